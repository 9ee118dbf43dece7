//! From starts and lengths to duties: those that one agent may have lie near enough to each other.

use super::super::centre::Scope;
use super::super::shift::{check_length, check_minutes};
use super::pauses::{check_within, pauses};
use super::weeks::{check_weekly_keys, weeks};
use crate::scenario::pattern::{Days, Duty, Rules, Work};
use crate::scenario::pattern_file::{PatternFile, StartsForm};
use crate::scenario::problem::Place;
use crate::scenario::read::At;
use crate::time::{SimDuration, quantity};

/// The most starts of a pattern: every minute of a day.
const MOST_STARTS: u64 = 1_440;

/// What an agent may do: a length and starts that lie near enough to each other, and the weeks.
pub(super) fn works(
    file: &PatternFile,
    place: &Place,
    rules: Rules,
    scope: &mut Scope<'_>,
) -> Option<Vec<Work>> {
    let (Some(starts), Some(lengths)) = (&file.starts, &file.lengths) else {
        check_missing(place, scope);
        return None;
    };
    check_weekly_keys(file, scope);
    let starts = starts_of(starts, scope)?;
    let days = file.days.as_ref().map_or([true; 7], |days| days.value.0);
    let vary = file
        .vary
        .as_ref()
        .map_or(SimDuration::ZERO, |vary| vary.value.0);
    let pauses = pauses(file, scope);
    let mut works = Vec::new();
    let mut weeks_found = file.days_on.is_none();
    for length in &lengths.value.0 {
        let place = &length.place;
        let length = length.value.0;
        check_minutes(length, place, scope);
        check_length(length, place, scope)?;
        check_within(&pauses, length, scope);
        let duty = |start: SimDuration| Duty {
            shift: None,
            start,
            length,
            pauses: pauses.iter().map(|(pause, _)| *pause).collect(),
        };
        if file.days_on.is_none() {
            let each = starts.iter().map(|&start| Work {
                duties: vec![duty(start)],
                days: Days::Each(days),
            });
            works.extend(each);
            continue;
        }
        let spent = SimDuration(length.0.saturating_add(rules.rest.0));
        if spent > SimDuration::DAY {
            let message = format!(
                "duties of {} on days that follow one another leave no rest of {}",
                quantity::text(length),
                quantity::text(rules.rest)
            );
            scope.reader.report_at(place, message, None);
            continue;
        }
        let apart = vary.min(SimDuration(SimDuration::DAY.0 - spent.0));
        let weeks = weeks(file, duty(starts[0]).paid(), days, rules);
        weeks_found |= !weeks.is_empty();
        if !weeks.is_empty() {
            works.extend(bands(&starts, apart).map(|band| Work {
                duties: band.iter().map(|&start| duty(start)).collect(),
                days: Days::Weeks(weeks.clone()),
            }));
        }
    }
    if !weeks_found && let Some(days_on) = &file.days_on {
        let message = "no week keeps to days, days_on, days_off_together, days_in_a_row and weekly_hours together";
        scope.reader.report_at(&days_on.place, message, None);
    }
    Some(works)
}

/// Reports that there is nothing to work; what cannot be read has been told.
fn check_missing(place: &Place, scope: &mut Scope<'_>) {
    let is_told = ["starts", "lengths", "shifts"]
        .iter()
        .any(|key| scope.reader.is_faulty(&format!("{}.{key}", place.key)));
    if !is_told {
        let message = "expected starts and lengths, or shifts";
        scope.reader.report_at(place, message, None);
    }
}

fn starts_of(starts: &At<StartsForm>, scope: &mut Scope<'_>) -> Option<Vec<SimDuration>> {
    let mut found: Vec<SimDuration> = match &starts.value {
        StartsForm::Times(times) => times.0.iter().map(|time| time.value.0).collect(),
        StartsForm::Range(range) => {
            let (from, to) = (range.from.as_ref()?.value.0, range.to.as_ref()?.value.0);
            let step = range.step.as_ref()?;
            check_minutes(step.value.0, &step.place, scope);
            let step = step.value.0;
            let steps = if from <= to {
                (to.0 - from.0) / step.0
            } else {
                MOST_STARTS
            };
            if steps >= MOST_STARTS {
                let message = "expected `from` not after `to` on the same day, and a step of a minute or more";
                scope.reader.report_at(&starts.place, message, None);
                return None;
            }
            let start = |number| from + SimDuration(number * step.0);
            (0..=steps).map(start).collect()
        }
    };
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// Starts that lie no further apart than this; none that lie within others.
fn bands(starts: &[SimDuration], apart: SimDuration) -> impl Iterator<Item = &[SimDuration]> {
    let end = move |first: usize| {
        let last = starts[first] + apart;
        starts.partition_point(|&start| start <= last)
    };
    let is_own = move |&first: &usize| first == 0 || end(first) > end(first - 1);
    (0..starts.len())
        .filter(is_own)
        .map(move |first| &starts[first..end(first)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_as_wide_as_starts_may_vary_and_none_lies_within_another() {
        let hour = |hour: u64| SimDuration::from_seconds(hour * 3_600);
        let starts: Vec<_> = [6, 7, 8, 14].map(hour).to_vec();
        let found: Vec<&[SimDuration]> = bands(&starts, hour(1)).collect();
        assert_eq!(found, [&starts[0..2], &starts[1..3], &starts[3..4]]);
        assert_eq!(bands(&starts, SimDuration::ZERO).count(), 4);
    }
}
