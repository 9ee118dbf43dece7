//! Which contacts count for a service level, and by which clock (design, section 6).

use crate::scenario::model::{Definition, ServiceLevelTarget};
use crate::sim::contacts::Contact;
use crate::stats::counts::QueueSlot;
use crate::time::{SimDuration, SimTime};

use super::queue::QueueCounter;
use super::rules::Rules;

impl Rules<'_> {
    /// The time between two instants, by the target's clock.
    pub(super) fn on_target_clock(&self, from: SimTime, to: SimTime) -> SimDuration {
        match self.open_hours() {
            Some(clock) => clock.between(self.calendar, from, to),
            None => to.since(from),
        }
    }

    /// The threshold for a contact that came at an instant; none where the service level does not count it.
    #[inline]
    pub(super) fn judges_within(&self, arrived_at: SimTime) -> Option<SimDuration> {
        let within = self.level?.within;
        let is_judged = !self.deferred || self.is_due_within_horizon(arrived_at, within);
        is_judged.then_some(within)
    }

    /// Whether the deadline of a contact, by the target's clock, lies within the horizon.
    fn is_due_within_horizon(&self, arrived_at: SimTime, within: SimDuration) -> bool {
        let until = |end| self.on_target_clock(arrived_at, end);
        until(SimTime::START) <= within && within <= until(self.calendar.end())
    }
}

impl QueueCounter<'_> {
    /// Judges a contact that was not answered by the target and counts it among the totals and its day; its interval is left to the caller.
    pub(super) fn judge(&mut self, contact: &Contact, event: LevelEvent) -> Judged {
        let Some(level) = self.rules.level else {
            return Judged::OUT;
        };
        let is_followed = event == LevelEvent::Open && !self.rules.deferred;
        if is_followed || self.rules.judges_within(contact.arrived_at).is_none() {
            return Judged::OUT;
        }
        let totals = &mut self.counts.totals;
        match event {
            LevelEvent::Abandoned(elapsed) => {
                totals.level_abandoned += 1;
                totals.level_abandoned_in_time += i128::from(elapsed <= level.within);
                totals.level_abandoned_short += i128::from(elapsed <= level.short);
            }
            LevelEvent::Open => totals.level_late += 1,
        }
        let (kept, counted) = event.judged_by(level);
        if let Some(day) = self.day_of(contact.slot, contact.day) {
            day.0 += u32::from(kept);
            day.1 += u32::from(counted);
        }
        Judged { kept, counted }
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

/// What a service level hears of a contact that was not answered: the time on the target's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LevelEvent {
    Abandoned(SimDuration),
    Open,
}

impl LevelEvent {
    /// Whether it is in the numerator and in the denominator of the target's own definition.
    #[inline]
    fn judged_by(self, level: &ServiceLevelTarget) -> (bool, bool) {
        match self {
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
