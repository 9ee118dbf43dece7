//! What is counted by queue, day and hour of the day, of a log and of replications alike.

use crate::queueing::{Definition, Flows, ServiceLevels};
use crate::time::calendar::since_midnight;
use crate::time::instant::{MICROS_PER_HOUR, MICROS_PER_SECOND};
use crate::time::{Calendar, SimDuration, SimTime};

/// Hours of a day.
pub const HOURS: usize = 24;

/// Contacts that arrived in some stretch, and what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Contacts that came.
    pub offered: u64,
    /// Contacts answered.
    pub answered: u64,
    /// Contacts that left.
    pub abandoned: u64,
    /// Answered within the threshold.
    pub answered_in_time: u64,
    /// Left within the threshold.
    pub abandoned_in_time: u64,
    /// Microseconds that the answered waited.
    pub waited: u64,
    /// Microseconds of handling, wrap-up included.
    pub handled: u64,
}

fn per(sum: u64, count: u64) -> Option<f64> {
    (count > 0).then(|| sum as f64 / MICROS_PER_SECOND as f64 / count as f64)
}

impl Counted {
    /// One answered contact.
    pub fn answer(&mut self, wait: SimDuration, handled: SimDuration, within: SimDuration) {
        self.answered += 1;
        self.answered_in_time += u64::from(wait <= within);
        self.waited += wait.0;
        self.handled += handled.0;
    }

    /// One contact that left.
    pub fn abandon(&mut self, wait: SimDuration, within: SimDuration) {
        self.abandoned += 1;
        self.abandoned_in_time += u64::from(wait <= within);
    }

    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.abandoned += other.abandoned;
        self.answered_in_time += other.answered_in_time;
        self.abandoned_in_time += other.abandoned_in_time;
        self.waited += other.waited;
        self.handled += other.handled;
    }

    /// Mean wait of the answered (s).
    pub fn asa_s(&self) -> Option<f64> {
        per(self.waited, self.answered)
    }

    /// Mean handle time (s).
    pub fn handle_time_s(&self) -> Option<f64> {
        per(self.handled, self.answered)
    }

    /// Abandoned / (answered + abandoned).
    pub fn abandonment(&self) -> Option<f64> {
        let all = self.answered + self.abandoned;
        (all > 0).then(|| self.abandoned as f64 / all as f64)
    }

    /// Answered in time / (answered + abandoned after the threshold).
    pub fn service_level(&self) -> Option<f64> {
        let flows = |answered: u64, abandoned: u64| Flows {
            answered: answered as f64,
            abandoned: abandoned as f64,
        };
        let all = flows(self.answered, self.abandoned);
        let within = flows(self.answered_in_time, self.abandoned_in_time);
        ServiceLevels::of(all, within, flows(0, 0)).by(Definition::LateAbandons)
    }
}

/// Time of agents in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Presence {
    /// With a contact.
    pub busy: u64,
    /// On duty, overtime included.
    pub on_duty: u64,
}

impl Presence {
    /// Adds another.
    pub fn add(&mut self, other: &Self) {
        self.busy += other.busy;
        self.on_duty += other.on_duty;
    }

    /// Busy / on duty.
    pub fn occupancy(&self) -> Option<f64> {
        (self.on_duty > 0).then(|| self.busy as f64 / self.on_duty as f64)
    }

    /// Hours on duty.
    pub fn on_duty_h(&self) -> f64 {
        self.on_duty as f64 / MICROS_PER_HOUR as f64
    }
}

/// Everything that is counted, by day and hour; of queues one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    days: usize,
    contacts: Vec<Counted>,
    presence: Vec<Presence>,
}

/// A day of the horizon and an hour of that day.
pub(super) type Hour = (usize, usize);

impl Counts {
    pub(super) fn new(queues: usize, days: usize) -> Self {
        Self {
            days,
            contacts: vec![Counted::default(); queues * days * HOURS],
            presence: vec![Presence::default(); days * HOURS],
        }
    }

    pub(super) fn at(&mut self, queue: usize, (day, hour): Hour) -> &mut Counted {
        &mut self.contacts[(queue * self.days + day) * HOURS + hour]
    }

    pub(super) fn presence_at(&mut self, (day, hour): Hour) -> &mut Presence {
        &mut self.presence[day * HOURS + hour]
    }

    pub(super) fn add(&mut self, other: &Self) {
        let contacts = self.contacts.iter_mut().zip(&other.contacts);
        contacts.for_each(|(own, other)| own.add(other));
        let presence = self.presence.iter_mut().zip(&other.presence);
        presence.for_each(|(own, other)| own.add(other));
    }

    pub(super) fn clear(&mut self) {
        self.contacts.fill(Counted::default());
        self.presence.fill(Presence::default());
    }

    /// The sums over the queues, days and hours that are picked.
    pub fn sum(&self, is_picked: impl Fn(usize, usize, usize) -> bool) -> (Counted, Presence) {
        let mut sums = (Counted::default(), Presence::default());
        for (number, counted) in self.contacts.iter().enumerate() {
            let (slot, hour) = (number / HOURS, number % HOURS);
            if is_picked(slot / self.days, slot % self.days, hour) {
                sums.0.add(counted);
            }
        }
        for (number, presence) in self.presence.iter().enumerate() {
            // Agents are of no one queue: their time counts with the first.
            if is_picked(0, number / HOURS, number % HOURS) {
                sums.1.add(presence);
            }
        }
        sums
    }
}

/// The day and the hour by the wall clock of an instant; `None` outside the horizon.
pub(super) fn hour_of(calendar: &Calendar, at: SimTime) -> Option<Hour> {
    if at < SimTime::START || at >= calendar.end() {
        return None;
    }
    let days = calendar.days();
    let day = days.partition_point(|day| day.start <= at) - 1;
    let regular = days[day].end.since(days[day].start) == SimDuration::DAY;
    let clock = if regular {
        at.since(days[day].start)
    } else {
        since_midnight(calendar.wall_clock(at))
    };
    let hour = usize::try_from(clock.0 / MICROS_PER_HOUR).unwrap_or(0);
    Some((day, hour.min(HOURS - 1)))
}
