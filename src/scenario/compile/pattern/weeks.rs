//! Which days of a week an agent may be on.

use super::super::centre::Scope;
use crate::scenario::pattern::{Rules, longest};
use crate::scenario::pattern_file::{HoursRange, PatternFile};
use crate::scenario::read::At;
use crate::scenario::scalar::Duration;
use crate::time::SimDuration;

/// Keys that say nothing of agents whose days are planned each for itself.
pub(super) fn check_weekly_keys(file: &PatternFile, scope: &mut Scope<'_>) {
    if let Some(HoursRange {
        min: Some(min),
        max: Some(max),
    }) = file.weekly_hours.as_ref().map(|hours| &hours.value)
        && min.value.0 > max.value.0
    {
        let message = "expected min to be at most max";
        scope.reader.report_at(&min.place, message, None);
    }
    if file.days_on.is_some() {
        return;
    }
    let keys = [
        (
            "days_off_together",
            file.days_off_together.as_ref().map(|key| &key.place),
        ),
        ("vary", file.vary.as_ref().map(|key| &key.place)),
        (
            "weekly_hours",
            file.weekly_hours.as_ref().map(|key| &key.place),
        ),
    ];
    for (key, place) in keys {
        if let Some(place) = place {
            let message =
                format!("`{key}` needs `days_on`: without it every day is planned for itself");
            scope.reader.report_at(place, message, None);
        }
    }
}

/// The weeks that keep to all rules: days follow one another from Sunday into Monday too.
pub(super) fn weeks(
    file: &PatternFile,
    paid: SimDuration,
    days: [bool; 7],
    rules: Rules,
) -> Vec<[bool; 7]> {
    let counts: Vec<u64> = file
        .days_on
        .iter()
        .flat_map(|counts| &counts.value.0)
        .map(|count| count.value.count())
        .collect();
    let together = file
        .days_off_together
        .as_ref()
        .map_or(1, |days| days.value.count());
    let (least, most) = file.weekly_hours.as_ref().map_or((None, None), |hours| {
        let of = |hours: &Option<At<_>>| hours.as_ref().map(|hours: &At<Duration>| hours.value.0);
        (of(&hours.value.min), of(&hours.value.max))
    });
    let keeps = |week: &[bool; 7]| {
        let on = week.iter().filter(|&&is_on| is_on).count() as u64;
        let hours = SimDuration(paid.0 * on);
        let rows = u64::from(rules.days_in_a_row);
        week.iter().zip(&days).all(|(is_on, may)| *may || !is_on)
            && counts.contains(&on)
            && least.is_none_or(|least| hours >= least)
            && most.is_none_or(|most| hours <= most)
            && (on == 7 || longest(week, false) >= together)
            && longest(week, true) <= rows
    };
    let week = |bits: u32| std::array::from_fn(|day| bits >> day & 1 == 1);
    (1..128).map(week).filter(keeps).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_one_another_from_sunday_into_monday() {
        let week = [true, false, false, true, true, true, true];
        assert_eq!(longest(&week, true), 5);
        assert_eq!(longest(&week, false), 2);
        assert_eq!(longest(&[true; 7], true), 7);
        assert_eq!(longest(&[true; 7], false), 0);
    }
}
