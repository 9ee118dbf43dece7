//! From single stretches of duty to heads over time.

use std::collections::BTreeMap;

use super::centre::Scope;
use crate::scenario::data::gcd;
use crate::scenario::problem::Place;
use crate::time::profile::Profile;
use crate::time::{Calendar, SimDuration, SimTime};

/// The most steps of all groups whose heads go by date.
const MOST_STEPS: u64 = 20_000_000;

/// What an agent does over a stretch of duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Activity {
    /// Ready for contacts.
    Work,
    /// Paid and away.
    Paid,
    /// Away and not paid.
    Unpaid,
}

/// By how many heads it goes up or down.
#[derive(Debug, Clone, Copy, Default)]
struct Change {
    paid: i64,
    at_work: i64,
}

/// The changes of a group's heads, by instant.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    changes: BTreeMap<SimTime, Change>,
}

/// Paid heads, and those of them at work.
pub(super) type TwoHeads = (Profile<u32>, Profile<u32>);

impl Timeline {
    /// So many agents do this between two instants.
    pub(super) fn add(&mut self, from: SimTime, to: SimTime, heads: i64, activity: Activity) {
        let (paid, at_work) = match activity {
            Activity::Work => (heads, heads),
            Activity::Paid => (heads, 0),
            Activity::Unpaid => (0, 0),
        };
        for (at, sign) in [(from, 1), (to, -1)] {
            let change = self.changes.entry(at).or_default();
            change.paid += sign * paid;
            change.at_work += sign * at_work;
        }
    }

    /// The heads over the horizon, on the longest step that meets every change; `None` after a problem at `place` has been reported.
    pub(super) fn heads(&self, place: &Place, scope: &mut Scope<'_>) -> Option<TwoHeads> {
        check_steps(self.step(&scope.horizon.calendar), place, scope)?;
        Some(self.profiles(&scope.horizon.calendar))
    }

    /// The heads over the horizon, on the longest step that meets every change.
    pub(super) fn profiles(&self, calendar: &Calendar) -> TwoHeads {
        let step = self.step(calendar);
        let mut changes = self.changes.iter().peekable();
        let mut heads = Change::default();
        let (mut paid, mut at_work) = (Vec::new(), Vec::new());
        for day in calendar.days() {
            let steps = day.end.since(day.start).0.div_ceil(step.0);
            let (mut paid_of_day, mut at_work_of_day) = (Vec::new(), Vec::new());
            for number in 0..steps {
                let at = day.start + SimDuration(number * step.0);
                while let Some((_, change)) = changes.next_if(|(changes_at, _)| **changes_at <= at)
                {
                    heads.paid += change.paid;
                    heads.at_work += change.at_work;
                }
                paid_of_day.push(count(heads.paid));
                at_work_of_day.push(count(heads.at_work));
            }
            paid.push(paid_of_day);
            at_work.push(at_work_of_day);
        }
        let dated = |days| Profile::Dated { step, days };
        (dated(paid), dated(at_work))
    }

    fn step(&self, calendar: &Calendar) -> SimDuration {
        let days = calendar.days();
        let mut step = clock_step(calendar).0;
        let mut day = 0;
        let within = self.changes.keys().filter(|at| **at >= SimTime::START);
        for at in within {
            while days.get(day).is_some_and(|day| day.end <= *at) {
                day += 1;
            }
            let Some(day) = days.get(day) else {
                break;
            };
            step = gcd(step, at.since(day.start).0);
        }
        SimDuration(step)
    }
}

/// Whether heads by date on a step have room beside those of the other groups; `None` after a problem has been reported.
pub(super) fn check_steps(step: SimDuration, place: &Place, scope: &mut Scope<'_>) -> Option<()> {
    let days = scope.horizon.calendar.days().len() as u64;
    scope.dated_steps += days * (SimDuration::DAY.0 / step.0);
    if scope.dated_steps <= MOST_STEPS {
        return Some(());
    }
    let message = format!(
        "heads by date have {} steps in all groups together, {MOST_STEPS} are possible: choose fewer days, or times on a coarser step",
        scope.dated_steps
    );
    scope.reader.report_at(place, message, None);
    None
}

fn count(heads: i64) -> u32 {
    u32::try_from(heads).unwrap_or(u32::MAX)
}

/// The longest step that divides the interval and every change of the clocks.
pub(super) fn clock_step(calendar: &Calendar) -> SimDuration {
    let days = calendar.days().iter();
    SimDuration(days.fold(calendar.interval().0, |step, day| {
        let change = day.end.since(day.start).0.abs_diff(SimDuration::DAY.0);
        gcd(step, change)
    }))
}
