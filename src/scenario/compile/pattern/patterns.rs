//! The patterns of the file, and those that its shifts make: which groups, how many agents, and what they may work.

use super::super::centre::Scope;
use super::super::shift::Shift;
use super::works::works;
use crate::ids::{GroupId, Id};
use crate::scenario::format::{GroupFile, ScenarioFile};
use crate::scenario::pattern::{Days, Pattern, Rules, Work};
use crate::scenario::pattern_file::PatternFile;
use crate::scenario::people::{Staff, heads_of};
use crate::scenario::read::{At, Named, NamedEntry, hint_of};
use crate::time::SimDuration;

/// Between duties where a pattern says nothing.
const REST: SimDuration = SimDuration::from_seconds(11 * 3_600);
const WEEK: u32 = 7;

/// The patterns of the file, and those that the shifts of groups make which no pattern names.
pub(in super::super) fn patterns(
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

#[cfg(test)]
mod tests {
    use crate::scenario::Scenario;

    /// What is wrong with a file that has one pattern of these keys, by key.
    fn faults(keys: &str) -> Vec<String> {
        let text = format!(
            r#"
name = "Desk"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 7
interval = "1h"
[queues.phone]
channel = "phone"
arrivals = {{ per_hour = 20 }}
handle_time = "4m"
[groups.desk]
skills = ["phone"]
staff = 3
[plan.patterns.full]
groups = ["desk"]
{keys}
"#
        );
        match Scenario::sample(&text).compile() {
            Ok(_) => Vec::new(),
            Err(problems) => {
                let told = problems.iter();
                told.map(|problem| format!("{}: {}", problem.key(), problem.message))
                    .collect()
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_missed_as_well() {
        assert_eq!(faults("starts = \"08:00\"\nlengths = \"8h\""), [""; 0]);
        for (keys, fault) in [
            ("starts = \"08:00\"\nlengths = \"8 pm\"", "lengths"),
            ("starts = \"08:00\"\nlengths = [\"8h\", 4]", "lengths[2]"),
            ("starts = \"25:00\"\nlengths = \"8h\"", "starts"),
            ("shifts = \"early\"", "shifts"),
        ] {
            let found = faults(keys);
            let start = format!("plan.patterns.full.{fault}: ");
            assert!(
                found.len() == 1 && found[0].starts_with(&start),
                "{keys}: {found:?}"
            );
        }
    }

    #[test]
    fn a_break_without_time_is_told_once_for_all_lengths() {
        let with = |window: &str| {
            faults(&format!(
                "starts = \"08:00\"\nlengths = [\"4h\", \"5h\"]\nlunch = {{ length = \"30m\", {window} }}"
            ))
        };
        assert_eq!(with("after = \"2h\", before = \"3h\""), [""; 0]);
        let none = "plan.patterns.full.lunch: there is no time for a break of 30m from `after` to `before`";
        assert_eq!(with("after = \"3h\", before = \"3h 10m\""), [none]);
        let outside =
            "plan.patterns.full.lunch: the break does not lie within the duty, which lasts 4h";
        assert_eq!(with("after = \"4h\", before = \"5h\""), [outside]);
    }

    #[test]
    fn starts_and_lengths_are_needed_or_shifts() {
        let message = "plan.patterns.full: expected starts and lengths, or shifts";
        assert_eq!(faults("starts = \"08:00\""), [message]);
        assert_eq!(faults("lengths = \"8h\""), [message]);
        assert_eq!(faults(""), [message]);
    }
}
