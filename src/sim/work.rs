//! The work of one agent: how far on the contacts in hand are, and when the next one is due.

use crate::ids::QueueId;
use crate::time::instant::nearest;
use crate::time::{SimDuration, SimTime};

/// A contact open at an agent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InHand {
    /// Its place among the contacts.
    pub contact: u32,
    /// Its queue.
    pub queue: QueueId,
    /// The agent's own progress (see [`Work`]) at which its talk or its wrap-up ends; before it begins, what it takes. Infinite while nobody
    /// works on it.
    pub due: f64,
    /// Wrap-up still to come after that, at pace 1.
    pub wrap_up: f64,
}

impl InHand {
    /// Of a plain model, the calendar alone knows when a contact is due.
    #[inline(always)]
    pub(super) fn hold(&mut self, contact: u32, queue: QueueId) {
        (self.contact, self.queue) = (contact, queue);
    }
}

/// How far on an agent's work is. All open contacts progress alike, so that a change of pace moves nothing but the time of the next event.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// Work done on each contact since the agent was last empty, in microseconds at pace 1.
    progress: f64,
    /// When `progress` was last brought up to date.
    updated_at: SimTime,
    /// When the next contact is due at the present pace.
    due_at: SimTime,
}

impl Work {
    /// No work yet.
    pub const NONE: Self = Self {
        progress: 0.0,
        updated_at: SimTime::START,
        due_at: SimTime::NEVER,
    };

    /// One contact alone, which begins now.
    #[inline]
    pub(super) fn alone(now: SimTime, due_at: SimTime) -> Self {
        Self {
            progress: 0.0,
            updated_at: now,
            due_at,
        }
    }

    /// Another contact begins now, with a progress that is up to date.
    #[inline]
    pub(super) fn take(&mut self, contact: &mut InHand, now: SimTime) {
        contact.due += self.progress;
        self.updated_at = now;
    }

    /// Work done on each contact, as of the last time it was brought up to date.
    pub(super) fn progress(&self) -> f64 {
        self.progress
    }

    /// Nothing is left to do.
    #[inline]
    pub(super) fn forget(&mut self) {
        self.progress = 0.0;
    }
}

/// An agent with contacts open.
#[derive(Debug)]
pub struct AtWork<'a> {
    pub(super) work: &'a mut Work,
    /// The contacts in the order in which they began.
    pub hands: &'a mut [InHand],
    /// The speed of each.
    pub(super) pace: f64,
}

/// Work that would take longer, more than four thousand years, ends here, so that every contact ends, and sums of several spans fit into 64 bits.
const AT_THE_LATEST: SimTime = SimTime(1 << 57);

/// The end of so much work at a pace.
#[inline]
pub(super) fn after(now: SimTime, work: f64, pace: f64) -> SimTime {
    (now + SimDuration(nearest(work / pace))).min(AT_THE_LATEST)
}

impl AtWork<'_> {
    /// Whether a contact is due at an instant.
    pub(super) fn is_due(&self, now: SimTime) -> bool {
        self.work.due_at == now
    }

    /// Brings the progress up to an instant and gives the one up to which it was before.
    #[inline]
    pub fn advance(&mut self, now: SimTime) -> SimTime {
        let from = std::mem::replace(&mut self.work.updated_at, now);
        self.work.progress += now.since(from).as_micros_f64() * self.pace;
        from
    }

    /// The place of the contact that is due first; among equals the one begun first.
    #[inline]
    pub fn first_due(&self) -> usize {
        let mut first = 0;
        for place in 1..self.hands.len() {
            if self.hands[place].due < self.hands[first].due {
                first = place;
            }
        }
        first
    }

    /// Works out when the next contact is due, with a progress that is up to date: never where the agent works on none of them.
    #[inline]
    pub fn plan(&mut self, now: SimTime) -> SimTime {
        let left = self.hands[self.first_due()].due - self.work.progress;
        self.work.due_at = if left == f64::INFINITY {
            SimTime::NEVER
        } else {
            after(now, left, self.pace)
        };
        self.work.due_at
    }
}
