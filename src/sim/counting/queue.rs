//! What one queue's contacts count.

use crate::scenario::model::Model;
use crate::sim::contacts::{Contact, NO_SLOT};
use crate::sim::observer::Outcome;
use crate::stats::counts::{QueueCounts, QueueSlot};
use crate::time::{SimDuration, SimTime};

use super::integral::Integral;
use super::level::LevelEvent;
use super::rules::Rules;
use super::window::{Stretch, Window};

/// A queue whose contacts are being counted.
#[derive(Debug)]
pub(super) struct QueueCounter<'a> {
    pub(super) rules: Rules<'a>,
    pub(super) counts: QueueCounts,
    /// What contacts count who arrived in no interval of the horizon.
    pub(super) outside: QueueSlot,
    pub(super) longest: Longest,
    /// The first of the days that are counted now.
    first_day: u32,
    waiting: Integral,
    /// How many stood in the line when the warm-up ended; `None` until then.
    pub(super) standing: Option<u32>,
    /// After which instant that is known: never, once it is.
    stands_from: SimTime,
    /// When that is known and the line counts.
    settled: Stretch,
}

/// The longest times, in microseconds, and the longest line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Longest {
    pub(super) line: u32,
    pub(super) wait: u64,
    pub(super) response: u64,
    pub(super) handle_time: u64,
    pub(super) sojourn: u64,
}

impl<'a> QueueCounter<'a> {
    /// Nothing counted yet.
    pub(super) fn new(model: &'a Model, rules: Rules<'a>, counts: QueueCounts) -> Self {
        Self {
            rules,
            counts,
            outside: QueueSlot::default(),
            longest: Longest::default(),
            first_day: model.batches.map_or(0, |batches| batches.first_day),
            waiting: Integral::default(),
            standing: None,
            stands_from: model.warm_up,
            settled: Stretch::NONE,
        }
    }

    /// Another batch begins on a day, to be counted into what has been cleared.
    pub(super) fn begin_batch(&mut self, counts: QueueCounts, day: u32) {
        self.counts = counts;
        self.outside = QueueSlot::default();
        self.longest = Longest {
            line: self.waiting.value(),
            ..Longest::default()
        };
        self.first_day = day;
        self.standing = Some(0);
        self.stands_from = SimTime::NEVER;
    }

    /// A day, on which a contact came in an interval, among those that are counted now.
    #[inline]
    pub(super) fn day_of(&mut self, slot: u32, day: u32) -> Option<&mut (u32, u32)> {
        let day = day.wrapping_sub(self.first_day);
        let has_day = slot != NO_SLOT;
        has_day.then(|| self.counts.days.get_mut(day as usize))?
    }

    /// Sets the length of the line from an instant on; `now` is when that is told.
    fn set_line(&mut self, window: Window, now: SimTime, at: SimTime, waiting: u32) {
        self.note_standing(now);
        self.waiting.set(waiting, window.within(at));
    }

    #[inline]
    fn note_standing(&mut self, now: SimTime) {
        if now > self.stands_from {
            self.standing = Some(self.waiting.value());
            self.stands_from = SimTime::NEVER;
        }
    }

    /// The line's length has changed now. The window is hardly ever looked at, so it is not copied.
    #[inline]
    pub(super) fn line_changed(&mut self, window: &Window, now: SimTime, waiting: u32) {
        if self.settled.contains(now) {
            self.count_line(now, waiting);
        } else {
            self.line_changed_unsettled(window, now, waiting);
        }
    }

    #[inline]
    fn count_line(&mut self, now: SimTime, waiting: u32) {
        let before = self.waiting.value();
        self.waiting.set(waiting, now);
        // Exact where one joins and the line is the longest yet.
        if waiting > before && waiting > self.longest.line {
            self.longest.line = waiting;
        }
    }

    /// The same where it may be the first change that counts, or one before or after.
    #[inline(never)]
    fn line_changed_unsettled(&mut self, window: &Window, now: SimTime, waiting: u32) {
        self.note_standing(now);
        if !window.contains(now) {
            return self.waiting.set(waiting, window.within(now));
        }
        if self.stands_from == SimTime::NEVER {
            self.settled = window.rest_from(now);
        }
        self.count_line(now, waiting);
    }

    /// One left the line earlier than is told.
    pub(super) fn left_unnoticed(&mut self, window: Window, now: SimTime, left_at: SimTime) {
        self.set_line(window, now, left_at, self.waiting.value() - 1);
        if left_at <= window.start {
            self.standing = self.standing.map(|standing| standing - 1);
        }
    }

    /// An interval ends, or the horizon.
    pub(super) fn pass(&mut self, window: Window, at: SimTime, slot: usize) {
        self.set_line(window, at, at, self.waiting.value());
        self.counts.slots[slot].queue_time += self.waiting.take(window.within(at));
    }

    /// A contact has ended in another way than answered.
    #[inline(never)]
    pub(super) fn not_answered(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        match outcome {
            Outcome::Abandoned => self.abandoned(at, contact),
            Outcome::OpenAtEnd => {
                self.add_work(contact);
                self.counts.totals.open_at_end += 1;
                let judged = self.judge(contact, LevelEvent::Open);
                let slot = self.slot_of(contact.slot);
                slot.offered += 1;
                judged.count(slot);
            }
            Outcome::Contained => {
                self.counts.totals.contained += 1;
                self.slot_of(contact.slot).offered += 1;
            }
            Outcome::NoLine => {
                self.add_work(contact);
                self.slot_of(contact.slot).blocked += 1;
            }
            Outcome::Blocked | Outcome::Answered => self.slot_of(contact.slot).blocked += 1,
        }
    }

    /// The work that a contact brought through an open door.
    #[inline]
    fn add_work(&mut self, contact: &Contact) {
        if contact.slot != NO_SLOT {
            self.counts.totals.work += i128::from(contact.talk.0 + contact.wrap_up.0);
        }
    }

    fn abandoned(&mut self, at: SimTime, contact: &Contact) {
        self.add_work(contact);
        let wait = at.since(contact.arrived_at);
        self.longest.wait = self.longest.wait.max(wait.0);
        let counts = &mut self.counts;
        counts.wait.record(wait.0);
        let times = counts.slot_times.get_mut(contact.slot as usize);
        if let Some(times) = times.filter(|_| !self.rules.deferred) {
            times.record(wait.0);
        }
        let elapsed = self.rules.on_target_clock(contact.arrived_at, at);
        let judged = self.judge(contact, LevelEvent::Abandoned(elapsed));
        let slot = self.slot_of(contact.slot);
        slot.abandoned += 1;
        slot.delayed += 1;
        slot.wait_abandoned += micros(wait);
        judged.count(slot);
    }

    /// Where a contact's outcome is counted: in the interval of its arrival, by number.
    #[inline]
    pub(super) fn slot_of(&mut self, slot: u32) -> &mut QueueSlot {
        match self.counts.slots.get_mut(slot as usize) {
            Some(slot) => slot,
            None => &mut self.outside,
        }
    }
}

fn micros(span: SimDuration) -> i128 {
    i128::from(span.0)
}

impl QueueCounter<'_> {
    /// How many are in the system at the end of an interval, and how old they are.
    pub(super) fn backlog(&mut self, at: SimTime, slot: usize, count: usize, arrivals: &[SimTime]) {
        let slot = &mut self.counts.slots[slot];
        slot.backlog += count as i128;
        slot.backlog_samples += 1;
        if let [oldest, ..] = arrivals {
            // The oldest come first: the age that a share is below belongs to the contact that so many are not younger than.
            let n = arrivals.len();
            let age_at =
                |percent: usize| micros(at.since(arrivals[n - (n * percent).div_ceil(100).max(1)]));
            slot.age_p50 += age_at(50);
            slot.age_p90 += age_at(90);
            slot.age_max += micros(at.since(*oldest));
            slot.age_samples += 1;
        }
    }
}
