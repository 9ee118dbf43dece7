//! Shift patterns: every duty, and every week of days on, that their rules allow.

use super::centre::Scope;
use super::shift::{Shift, check_length, check_minutes};
use crate::ids::{GroupId, Id};
use crate::scenario::format::{GroupFile, ScenarioFile};
use crate::scenario::pattern::{Days, Duty, Pattern, Pause, Rules, Work, longest};
use crate::scenario::pattern_file::{HoursRange, PatternFile, PauseFile, StartsForm};
use crate::scenario::people::{Staff, heads_of};
use crate::scenario::problem::Place;
use crate::scenario::read::{At, Named, NamedEntry, hint_of};
use crate::time::{SimDuration, quantity};

/// Between duties where a pattern says nothing.
const REST: SimDuration = SimDuration::from_seconds(11 * 3_600);
const WEEK: u32 = 7;
/// The most starts of a pattern: every minute of a day.
const MOST_STARTS: u64 = 1_440;

/// The patterns of the file, and those that the shifts of groups make which no pattern names.
pub(super) fn patterns(
    file: &ScenarioFile,
    groups: &Named<GroupFile>,
    scope: &mut Scope<'_>,
) -> Vec<Pattern> {
    let written = file
        .plan
        .as_ref()
        .and_then(|plan| plan.value.patterns.as_ref());
    let entries = written.iter().flat_map(|named| &named.value.entries);
    let mut patterns: Vec<Pattern> = entries
        .filter_map(|entry| pattern(entry, scope))
        .filter(|pattern| !pattern.groups.is_empty())
        .collect();
    for (number, entry) in groups.entries.iter().enumerate() {
        let id = GroupId::from_index(number);
        if !patterns.iter().any(|pattern| pattern.groups.contains(&id)) {
            patterns.extend(of_group(id, entry, scope));
        }
    }
    patterns
}

/// The shifts that a group works.
fn of_group(id: GroupId, entry: &NamedEntry<GroupFile>, scope: &Scope<'_>) -> Option<Pattern> {
    let staff = entry.value.as_ref()?.staff.as_ref()?;
    let Staff::Shifts(staff) = &staff.value else {
        return None;
    };
    let names = staff.shifts.as_ref()?.value.names();
    let works = names.filter_map(|name| {
        let shift = scope.shifts.get(name)?.as_ref()?;
        Some(of_shift(name, shift))
    });
    Some(Pattern {
        name: entry.name.clone(),
        groups: vec![id],
        works: works.collect(),
        min: 0,
        max: None,
        names: Vec::new(),
        rules: Rules {
            rest: SimDuration::ZERO,
            days_in_a_row: WEEK,
        },
    })
}

/// A shift's own days are the week of who works it.
fn of_shift(name: &str, shift: &Shift) -> Work {
    let (duty, days) = shift.duty(name);
    Work {
        duties: vec![duty],
        days: Days::Weeks(vec![days]),
    }
}

fn pattern(entry: &NamedEntry<PatternFile>, scope: &mut Scope<'_>) -> Option<Pattern> {
    let file = entry.value.as_ref()?;
    let before = scope.reader.problems.len();
    let groups = groups_of(file, scope);
    let names: Vec<String> = file
        .names
        .iter()
        .flat_map(|names| &names.value)
        .map(|name| name.value.0.clone())
        .collect();
    check_names(file, &groups, scope);
    let (min, max) = limits(file, names.len(), scope);
    let rules = Rules {
        rest: file.rest.as_ref().map_or(REST, |rest| rest.value.0),
        days_in_a_row: small(file.days_in_a_row.as_ref().map(|days| days.value.count())),
    };
    let works = match &file.shifts {
        Some(shifts) => of_shifts(file, shifts, scope),
        None => works(file, &entry.place, rules, scope)?,
    };
    (scope.reader.problems.len() == before).then_some(Pattern {
        name: entry.name.clone(),
        groups,
        works,
        min,
        max,
        names,
        rules: Rules {
            rest: file
                .shifts
                .as_ref()
                .map_or(rules.rest, |_| SimDuration::ZERO),
            ..rules
        },
    })
}

fn small(days: Option<u64>) -> u32 {
    days.map_or(WEEK, |days| u32::try_from(days).unwrap_or(WEEK))
}

fn groups_of(file: &PatternFile, scope: &mut Scope<'_>) -> Vec<GroupId> {
    let mut groups = Vec::new();
    for name in file.groups.iter().flat_map(|groups| &groups.value) {
        let number = scope
            .group_names
            .iter()
            .position(|known| *known == name.value);
        match number.map(GroupId::from_index) {
            Some(id) if groups.contains(&id) => {
                let message = format!("the group \"{}\" is named twice", name.value);
                scope.reader.report_at(&name.place, message, None);
            }
            Some(id) => groups.push(id),
            None => {
                let hint = hint_of(&name.value, scope.group_names.iter().map(String::as_str));
                let message = format!("there is no group \"{}\"", name.value);
                scope.reader.report_at(&name.place, message, Some(hint));
            }
        }
    }
    groups
}

fn check_names(file: &PatternFile, groups: &[GroupId], scope: &mut Scope<'_>) {
    let Some(names) = &file.names else {
        return;
    };
    if groups.len() > 1 {
        let message = "names are those of one group's agents: write a pattern for each group";
        scope.reader.report_at(&names.place, message, None);
    }
    for (number, name) in names.value.iter().enumerate() {
        let earlier = &names.value[..number];
        if earlier.iter().any(|other| other.value.0 == name.value.0) {
            let message = format!("\"{}\" is named twice", name.value.0);
            scope.reader.report_at(&name.place, message, None);
        }
    }
}

fn limits(file: &PatternFile, named: usize, scope: &mut Scope<'_>) -> (u32, Option<u32>) {
    let min = file.min.as_ref().map_or(0, |min| heads_of(min.value));
    let named = u32::try_from(named).ok().filter(|&named| named > 0);
    let max = file.max.as_ref().map(|max| heads_of(max.value)).or(named);
    let place = file.min.as_ref().or(file.max.as_ref());
    if let (Some(max), Some(at)) = (max.filter(|&max| min > max), place) {
        let message = format!("expected min to be at most max, found {min} and {max}");
        scope.reader.report_at(&at.place, message, None);
    }
    (min, max)
}

fn of_shifts(file: &PatternFile, shifts: &At<Vec<At<String>>>, scope: &mut Scope<'_>) -> Vec<Work> {
    let brought = [
        ("starts", file.starts.as_ref().map(|key| &key.place)),
        ("lengths", file.lengths.as_ref().map(|key| &key.place)),
        ("breaks", file.breaks.as_ref().map(|key| &key.place)),
        ("lunch", file.lunch.as_ref().map(|key| &key.place)),
        ("days", file.days.as_ref().map(|key| &key.place)),
        ("days_on", file.days_on.as_ref().map(|key| &key.place)),
        ("vary", file.vary.as_ref().map(|key| &key.place)),
        ("rest", file.rest.as_ref().map(|key| &key.place)),
    ];
    for (key, place) in brought {
        if let Some(place) = place {
            let message = format!("`{key}` and `shifts`: the shifts have their own");
            scope.reader.report_at(place, message, None);
        }
    }
    let mut works = Vec::new();
    for name in &shifts.value {
        match scope.shifts.get(&name.value) {
            Some(Some(shift)) => works.push(of_shift(&name.value, shift)),
            Some(None) => (),
            None => {
                let message = format!("there is no shift \"{}\"", name.value);
                let hint = hint_of(&name.value, scope.shifts.keys().map(String::as_str));
                scope.reader.report_at(&name.place, message, Some(hint));
            }
        }
    }
    works
}

/// What an agent may do: a length and starts that lie near enough to each other, and the weeks.
fn works(
    file: &PatternFile,
    place: &Place,
    rules: Rules,
    scope: &mut Scope<'_>,
) -> Option<Vec<Work>> {
    let (Some(starts), Some(lengths)) = (&file.starts, &file.lengths) else {
        let message = "expected starts and lengths, or shifts";
        scope.reader.report_at(place, message, None);
        return None;
    };
    check_weekly_keys(file, scope);
    let starts = starts_of(starts, scope)?;
    let days = file.days.as_ref().map_or([true; 7], |days| days.value.0);
    let vary = file
        .vary
        .as_ref()
        .map_or(SimDuration::ZERO, |vary| vary.value.0);
    let mut works = Vec::new();
    let mut weeks_found = file.days_on.is_none();
    for length in &lengths.value.0 {
        let place = &length.place;
        let length = length.value.0;
        check_minutes(length, place, scope);
        check_length(length, place, scope)?;
        let pauses = pauses(file, length, scope);
        let duty = |start: SimDuration| Duty {
            shift: None,
            start,
            length,
            pauses: pauses.clone(),
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

/// Keys that say nothing of agents whose days are planned each for itself.
fn check_weekly_keys(file: &PatternFile, scope: &mut Scope<'_>) {
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

/// The breaks of a duty of this length, in order.
fn pauses(file: &PatternFile, length: SimDuration, scope: &mut Scope<'_>) -> Vec<Pause> {
    let breaks = file.breaks.iter().flat_map(|breaks| &breaks.value);
    let breaks = breaks.map(|written| (written, true));
    let lunch = file.lunch.iter().map(|written| (written, false));
    let mut pauses: Vec<(Pause, &Place)> = Vec::new();
    for (written, is_paid) in breaks.chain(lunch) {
        let pause = pause(written, is_paid, length, scope);
        pauses.extend(pause.map(|pause| (pause, &written.place)));
    }
    pauses.sort_by_key(|(pause, _)| pause.after);
    for pair in pauses.windows(2) {
        if pair[1].0.after < pair[0].0.before {
            let message = "the break may begin before the one ahead of it is over".to_owned();
            scope.reader.report_at(pair[1].1, message, None);
        }
    }
    pauses.into_iter().map(|(pause, _)| pause).collect()
}

fn pause(
    written: &At<PauseFile>,
    is_paid: bool,
    of: SimDuration,
    scope: &mut Scope<'_>,
) -> Option<Pause> {
    let (keys, place) = (&written.value, &written.place);
    let length = keys.length.as_ref()?;
    check_minutes(length.value.0, &length.place, scope);
    let (length, after) = (length.value.0, keys.after.as_ref()?.value.0);
    let end = SimDuration(after.0.saturating_add(length.0));
    let before = keys.before.as_ref().map_or(end, |before| before.value.0);
    let mut fault = |message: String| {
        scope.reader.report_at(place, message, None);
        None
    };
    if before < end {
        return fault(format!(
            "there is no time for a break of {} from `after` to `before`",
            quantity::text(length)
        ));
    }
    if before > of {
        return fault(format!(
            "the break does not lie within the duty, which lasts {}",
            quantity::text(of)
        ));
    }
    let interval = scope.horizon.calendar.interval();
    check_minutes(after, place, scope);
    check_minutes(before, place, scope);
    Some(Pause {
        after,
        before,
        length,
        step: length.min(interval),
        is_paid: keys.paid.as_ref().map_or(is_paid, |paid| paid.value),
    })
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

/// The weeks that keep to all rules: days follow one another from Sunday into Monday too.
fn weeks(file: &PatternFile, paid: SimDuration, days: [bool; 7], rules: Rules) -> Vec<[bool; 7]> {
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
        let of = |hours: &Option<At<_>>| {
            hours
                .as_ref()
                .map(|hours: &At<crate::scenario::scalar::Duration>| hours.value.0)
        };
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

    #[test]
    fn bands_are_as_wide_as_starts_may_vary_and_none_lies_within_another() {
        let hour = |hour: u64| SimDuration::from_seconds(hour * 3_600);
        let starts: Vec<_> = [6, 7, 8, 14].map(hour).to_vec();
        let found: Vec<&[SimDuration]> = bands(&starts, hour(1)).collect();
        assert_eq!(found, [&starts[0..2], &starts[1..3], &starts[3..4]]);
        assert_eq!(bands(&starts, SimDuration::ZERO).count(), 4);
    }
}
