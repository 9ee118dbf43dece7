//! Which contacts count for a service level, and by which clock (design, section 6).

use crate::scenario::model::{Definition, ServiceLevelTarget};
use crate::sim::contacts::Contact;
use crate::stats::counts::QueueSlot;
use crate::time::{SimDuration, SimTime};

use super::queue::QueueCounter;

impl QueueCounter<'_> {
    /// The time between two instants, by the target's clock.
    pub(super) fn on_target_clock(&self, from: SimTime, to: SimTime) -> SimDuration {
        match self.rules.open_hours() {
            Some(clock) => clock.between(&self.model.calendar, from, to),
            None => to.since(from),
        }
    }

    /// Whether a contact's deadline, by the target's clock, lies within the horizon.
    fn is_due_within_horizon(&self, contact: &Contact, within: SimDuration) -> bool {
        let until = |end| self.on_target_clock(contact.arrived_at, end);
        until(SimTime::START) <= within && within <= until(self.model.calendar.end())
    }

    /// Judges a contact by the target and counts it among the totals and its day; its interval is left to the caller.
    #[inline(always)]
    pub(super) fn judge(&mut self, contact: &Contact, event: LevelEvent) -> Judged {
        let Some(level) = self.rules.level else {
            return Judged::OUT;
        };
        if self.rules.deferred {
            if !self.is_due_within_horizon(contact, level.within) {
                return Judged::OUT;
            }
        } else if event == LevelEvent::Open {
            return Judged::OUT;
        }
        let totals = &mut self.counts.totals;
        match event {
            // Those of real-time queues follow from the others at the end.
            LevelEvent::Answered(elapsed) if self.rules.deferred => {
                totals.level_answered += 1;
                totals.level_in_time += i128::from(elapsed <= level.within);
            }
            LevelEvent::Answered(_) => {}
            LevelEvent::Abandoned(elapsed) => {
                totals.level_abandoned += 1;
                totals.level_abandoned_in_time += i128::from(elapsed <= level.within);
                totals.level_abandoned_short += i128::from(elapsed <= level.short);
            }
            LevelEvent::Open => totals.level_late += 1,
        }
        let (kept, counted) = event.judged_by(level);
        if let Some(day) = self.day_of(contact) {
            day.0 += u32::from(kept);
            day.1 += u32::from(counted);
        }
        let follows = matches!(event, LevelEvent::Answered(_)) && !self.rules.deferred;
        Judged {
            kept,
            counted: counted && !follows,
        }
    }
}

/// Whether a contact is in the numerator and in the denominator of the target's own definition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judged {
    kept: bool,
    counted: bool,
}

impl Judged {
    /// In neither.
    const OUT: Self = Self {
        kept: false,
        counted: false,
    };

    /// Counts it in the interval of its arrival.
    #[inline]
    pub(super) fn count(self, slot: &mut QueueSlot) {
        slot.level_kept += i128::from(self.kept);
        slot.level_counted += i128::from(self.counted);
    }
}

/// What a service level hears of a contact: the time on the target's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LevelEvent {
    Answered(SimDuration),
    Abandoned(SimDuration),
    Open,
}

impl LevelEvent {
    /// Whether it is in the numerator and in the denominator of the target's own definition.
    #[inline]
    fn judged_by(self, level: &ServiceLevelTarget) -> (bool, bool) {
        match self {
            Self::Answered(elapsed) => (elapsed <= level.within, true),
            Self::Open => (false, true),
            Self::Abandoned(elapsed) => match level.definition {
                Definition::Answered => (false, false),
                Definition::Offered => (false, true),
                Definition::LateAbandons => (false, elapsed > level.within),
                Definition::EarlyAbandonsOk => (elapsed <= level.within, true),
                Definition::NoShort => (false, elapsed > level.short),
            },
        }
    }
}
