//! Counting a replication as the log is counted.

use crate::ids::{GroupId, Id, QueueId};
use crate::sim::contacts::Contact;
use crate::sim::observer::{Observer, Outcome};
use crate::time::instant::MICROS_PER_HOUR;
use crate::time::{Calendar, Piece, SimDuration, SimTime};

use super::counted::{Counts, Hour, hour_of};

/// How a group stands, and since when that is counted.
#[derive(Debug, Clone, Copy, Default)]
struct GroupClock {
    present: u32,
    busy: u32,
    since: SimTime,
}

/// Counts one replication.
#[derive(Debug)]
pub(super) struct Listening<'a> {
    calendar: &'a Calendar,
    within: SimDuration,
    counts: &'a mut Counts,
    groups: Vec<GroupClock>,
    /// The hour that runs; `None` after the end of the horizon.
    hour: Option<Hour>,
}

impl<'a> Listening<'a> {
    pub(super) fn new(
        calendar: &'a Calendar,
        groups: usize,
        within: SimDuration,
        counts: &'a mut Counts,
    ) -> Self {
        Self {
            calendar,
            within,
            counts,
            groups: vec![GroupClock::default(); groups],
            hour: Some((0, 0)),
        }
    }

    /// Counts a group's time up to now: it lies within the hour that runs, since the pieces of the calendar divide hours.
    fn count(&mut self, at: SimTime, group: usize) {
        let clock = &mut self.groups[group];
        let span = at.since(clock.since).0;
        clock.since = at;
        if let Some(hour) = self.hour {
            let presence = self.counts.presence_at(hour);
            presence.busy += span * u64::from(clock.busy);
            presence.on_duty += span * u64::from(clock.present.max(clock.busy));
        }
    }

    fn count_all(&mut self, at: SimTime) {
        for group in 0..self.groups.len() {
            self.count(at, group);
        }
    }
}

impl Observer for Listening<'_> {
    fn piece_began(&mut self, piece: &Piece) {
        self.count_all(piece.start);
        let hour = usize::try_from(piece.time_of_day.0 / MICROS_PER_HOUR).unwrap_or(0);
        self.hour = Some((piece.day as usize, hour));
    }

    fn staffed(&mut self, at: SimTime, group: GroupId, _heads: u32, present: u32) {
        self.count(at, group.index());
        self.groups[group.index()].present = present;
    }

    fn load_changed(&mut self, at: SimTime, group: GroupId, busy: u32, _open: u32) {
        self.count(at, group.index());
        self.groups[group.index()].busy = busy;
    }

    fn closed(&mut self, at: SimTime) {
        self.count_all(at);
        self.hour = None;
    }

    fn arrived(&mut self, at: SimTime, contact: &Contact) {
        if let Some(hour) = hour_of(self.calendar, at) {
            self.counts.at(QueueId::index(contact.queue), hour).offered += 1;
        }
    }

    fn ended(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        let Some(hour) = hour_of(self.calendar, contact.arrived_at) else {
            return;
        };
        let within = self.within;
        let counted = self.counts.at(contact.queue.index(), hour);
        match outcome {
            Outcome::Answered => {
                let wait = contact.started_at.since(contact.arrived_at);
                counted.answer(wait, at.since(contact.started_at), within);
            }
            Outcome::Abandoned => counted.abandon(at.since(contact.arrived_at), within),
            Outcome::Blocked | Outcome::NoLine | Outcome::Contained | Outcome::OpenAtEnd => {}
        }
    }
}
