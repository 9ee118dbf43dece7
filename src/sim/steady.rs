//! Whether a scenario is the same at all times, and which parts of its counted time are held against each other to see whether it has
//! come to rest.

use crate::scenario::model::{Model, Staffing};
use crate::stats::counts::SteadyCounts;
use crate::time::profile::Profile;
use crate::time::{SimDuration, SimTime};

/// The counted time of a scenario in which nothing changes by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SteadyWindow {
    from: SimTime,
    length: SimDuration,
}

impl SteadyWindow {
    /// The counted time, where arrivals, staff, handle times and levels are the same throughout and no queue ever closes.
    pub fn of(model: &Model, staffing: &Staffing) -> Option<Self> {
        let is_calm = model.shared_day_cv == 0.0
            && model
                .sources
                .values()
                .all(|source| source.day_cv == 0.0 && never_changes(&source.arrivals_per_hour))
            && model.queues.values().all(|queue| {
                let mut laws = [
                    Some(&queue.handle_time),
                    queue.wrap_up.as_ref(),
                    queue.patience.as_ref(),
                ]
                .into_iter()
                .flatten();
                queue.open.is_none() && laws.all(|law| law.mean.is_none())
            })
            && staffing.heads.values().all(never_changes)
            && model.groups.values().all(|group| {
                let learns = group
                    .speeds
                    .as_ref()
                    .is_some_and(|speeds| speeds.new_hires.is_some());
                group.attendance.is_none() && !learns
            });
        is_calm.then(|| Self {
            from: model.warm_up,
            length: model.calendar.end().since(model.warm_up),
        })
    }

    /// Counts those who are there at an instant after the warm-up.
    pub(super) fn count(self, at: SimTime, there: usize, counts: &mut SteadyCounts) {
        let (passed, all) = (u128::from(at.since(self.from).0), u128::from(self.length.0));
        let parts = [
            (
                10 * passed <= all,
                &mut counts.early,
                &mut counts.early_ends,
            ),
            (2 * passed > all, &mut counts.late, &mut counts.late_ends),
            (
                3 * passed > all && 3 * passed <= 2 * all,
                &mut counts.middle,
                &mut counts.middle_ends,
            ),
            (
                3 * passed > 2 * all,
                &mut counts.last,
                &mut counts.last_ends,
            ),
        ];
        for (is_within, sum, ends) in parts {
            *sum += if is_within { there as i128 } else { 0 };
            *ends += i128::from(is_within);
        }
    }
}

fn never_changes<T: Copy + PartialEq>(profile: &Profile<T>) -> bool {
    let mut values = profile.values();
    let first = values.next();
    values.all(|value| Some(value) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_counted_in_the_parts_of_the_window_that_they_lie_in() {
        let window = SteadyWindow {
            from: SimTime(1_000),
            length: SimDuration(60),
        };
        let parts_at = |passed: i64| {
            let mut counts = SteadyCounts::default();
            window.count(SimTime(1_000 + passed), 7, &mut counts);
            let ends = [
                counts.early_ends,
                counts.middle_ends,
                counts.late_ends,
                counts.last_ends,
            ];
            let there = [counts.early, counts.middle, counts.late, counts.last];
            assert_eq!(there, ends.map(|end| 7 * end));
            ends
        };
        assert_eq!(parts_at(6), [1, 0, 0, 0]);
        assert_eq!(parts_at(7), [0, 0, 0, 0]);
        assert_eq!(parts_at(20), [0, 0, 0, 0]);
        assert_eq!(parts_at(21), [0, 1, 0, 0]);
        assert_eq!(parts_at(30), [0, 1, 0, 0]);
        assert_eq!(parts_at(31), [0, 1, 1, 0]);
        assert_eq!(parts_at(40), [0, 1, 1, 0]);
        assert_eq!(parts_at(41), [0, 0, 1, 1]);
        assert_eq!(parts_at(60), [0, 0, 1, 1]);
    }
}
