//! The part of the horizon that counts.

use crate::sim::contacts::Contact;
use crate::time::{SimDuration, SimTime};

/// A part of simulated time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    from: SimTime,
    /// So that one comparison tells whether an instant lies in it.
    length: SimDuration,
}

impl Stretch {
    /// No instant lies in it.
    pub(super) const NONE: Self = Self {
        from: SimTime::START,
        length: SimDuration::ZERO,
    };

    /// Whether an instant lies in it.
    #[inline]
    pub(super) fn contains(self, at: SimTime) -> bool {
        // What is before it is far beyond its end.
        at.0.wrapping_sub(self.from.0).cast_unsigned() < self.length.0
    }
}

/// From the end of the warm-up to the end of the horizon.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) start: SimTime,
    end: SimTime,
    counted: Stretch,
    /// Contacts that arrived from here on count.
    counted_from: SimTime,
}

impl Window {
    /// From one instant to another. Without a warm-up what was there at the start counts too, however old.
    pub(super) fn new(start: SimTime, end: SimTime) -> Self {
        let counted_from = if start == SimTime::START {
            SimTime(i64::MIN)
        } else {
            start
        };
        Self {
            start,
            end,
            counted: Stretch {
                from: start,
                length: end.since(start),
            },
            counted_from,
        }
    }

    /// The part of it from an instant in it on.
    pub(super) fn rest_from(self, from: SimTime) -> Stretch {
        Stretch {
            from,
            length: self.end.since(from),
        }
    }

    /// An instant moved into it.
    #[inline]
    pub(super) fn within(self, at: SimTime) -> SimTime {
        if self.contains(at) {
            at
        } else {
            at.min(self.end).max(self.start)
        }
    }

    /// The part of a span that lies in it.
    #[inline]
    pub(super) fn part_of(self, from: SimTime, to: SimTime) -> SimDuration {
        if self.start <= from && to <= self.end {
            to.after(from)
        } else {
            self.within(to).since(self.within(from))
        }
    }

    /// Whether an instant lies in it.
    #[inline]
    pub(super) fn contains(self, at: SimTime) -> bool {
        self.counted.contains(at)
    }

    /// Whether what came at an instant counts.
    pub(super) fn has_seen(self, came_at: SimTime) -> bool {
        came_at >= self.counted_from
    }

    /// Whether a contact counts.
    #[inline]
    pub(super) fn counts(self, contact: &Contact) -> bool {
        contact.came_at >= self.counted_from
    }
}
