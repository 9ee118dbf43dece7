//! One group: its skills, its pace and its staffing.

use super::centre::Scope;
use super::column::weekly;
use super::source::name;
use crate::ids::{Id, QueueId};
use crate::scenario::format::GroupFile;
use crate::scenario::forms::{DayStaff, SkillForm, Staff, WEEKDAYS, Week};
use crate::scenario::model::{AgentChoice, Group, Policy, Skill};
use crate::scenario::problem::Place;
use crate::scenario::read::{At, NamedEntry, hint_of};
use crate::time::profile::Profile;

/// A group with its skills in the order of the file; `None` where these could not be read.
pub(super) fn group(entry: &NamedEntry<GroupFile>, scope: &mut Scope<'_>) -> Option<Group> {
    let file = entry.value.as_ref()?;
    let skills = skills(file, scope);
    let pace = pace(entry, file, scope);
    let skills = skills?;
    let most = skills.iter().map(|skill| skill.at_once).max().unwrap_or(1);
    Some(Group {
        name: name(&entry.name),
        pace: pace.into_iter().take(most as usize).collect(),
        skills,
        wage_micros_per_hour: file.wage.as_ref().map_or(0, |wage| micros(wage.value.0)),
        shrinkage: file.shrinkage.as_ref().map_or(0.0, |share| share.value.0),
        policy: file
            .policy
            .as_ref()
            .map_or_else(Policy::default, |policy| policy.value),
        agents: file
            .agents
            .as_ref()
            .map_or_else(AgentChoice::default, |choice| choice.value),
        occupancy_max: file.occupancy_max.as_ref().map(|share| share.value.0),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a wage is from 0 to a million, as read"
)]
fn micros(wage: f64) -> u64 {
    (wage * 1e6).round() as u64
}

fn skills(file: &GroupFile, scope: &mut Scope<'_>) -> Option<Vec<Skill>> {
    let written = file.skills.as_ref()?;
    let mut skills: Vec<Skill> = Vec::with_capacity(written.value.len());
    let mut sound = true;
    for form in &written.value {
        let queue = &form.value.queue;
        let Some(&number) = scope.queue_numbers.get(&queue.value) else {
            let hint = hint_of(&queue.value, scope.queue_names.iter().map(String::as_str));
            scope.reader.report_at(
                &queue.place,
                format!("skill `{}` is no queue", queue.value),
                Some(hint),
            );
            sound = false;
            continue;
        };
        let id = QueueId::from_index(number);
        if skills.iter().any(|skill| skill.queue == id) {
            let message = format!("skill `{}` is named twice", queue.value);
            scope.reader.report_at(&queue.place, message, None);
            sound = false;
        }
        let at_once = file
            .at_once
            .as_ref()
            .and_then(|at_once| at_once.value.get(&queue.value)?.value);
        let at_once = at_once
            .and_then(|count| u32::try_from(count.0).ok())
            .unwrap_or(1);
        skills.push(Skill {
            queue: id,
            at_once,
            speed: form.value.speed,
            terms: form.value.terms,
            weight: form.value.weight,
        });
    }
    check_at_once(file, &written.value, scope);
    sound.then_some(skills)
}

/// Reports the queues of `at_once` that the group does not serve.
fn check_at_once(file: &GroupFile, skills: &[At<SkillForm>], scope: &mut Scope<'_>) {
    for entry in file
        .at_once
        .iter()
        .flat_map(|at_once| &at_once.value.entries)
    {
        if !skills
            .iter()
            .any(|form| form.value.queue.value == entry.name)
        {
            let known = skills.iter().map(|form| form.value.queue.value.as_str());
            let hint = hint_of(&entry.name, known);
            scope.reader.report_at(
                &entry.place,
                format!("`{}` is no skill of this group", entry.name),
                Some(hint),
            );
        }
    }
}

/// The speeds with 1, 2, … contacts open, checked against the largest `at_once`.
fn pace(entry: &NamedEntry<GroupFile>, file: &GroupFile, scope: &mut Scope<'_>) -> Vec<f64> {
    let counts = file
        .at_once
        .iter()
        .flat_map(|at_once| &at_once.value.entries);
    let most = counts
        .filter_map(|entry| entry.value)
        .map(|count| count.0)
        .max()
        .unwrap_or(1);
    let most = usize::try_from(most).unwrap_or(1);
    let Some(pace) = &file.pace else {
        let is_absent = !scope.reader.is_faulty(&format!("{}.pace", entry.place.key));
        if let Some(at_once) = file.at_once.as_ref().filter(|_| most > 1 && is_absent) {
            let message = format!(
                "at_once goes up to {most}, so `pace` must give the speed with 1 to {most} contacts open"
            );
            let hint = "such as pace = [1.0, 0.85, 0.7]".to_owned();
            scope.reader.report_at(&at_once.place, message, Some(hint));
        }
        return vec![1.0];
    };
    if pace.value.len() < most {
        let message = format!(
            "expected at least {most} speeds, as at_once goes up to {most}, found {}",
            pace.value.len()
        );
        scope.reader.report_at(&pace.place, message, None);
    }
    pace.value.iter().map(|speed| speed.value.0).collect()
}

/// Paid heads of a group over time.
pub(super) fn heads(entry: &NamedEntry<GroupFile>, scope: &mut Scope<'_>) -> Option<Profile<u32>> {
    let staff = entry.value.as_ref()?.staff.as_ref()?;
    match &staff.value {
        Staff::Constant(heads) => Some(Profile::Constant(*heads)),
        Staff::Day(list) => {
            check_length(list, &staff.place, scope)?;
            Some(weekly(list, scope.horizon.calendar.interval()))
        }
        Staff::Week(week) => heads_by_weekday(week, &staff.place, scope),
        Staff::Column(column) => scope.data.heads(column, scope.horizon, &mut scope.reader),
    }
}

fn heads_by_weekday(
    week: &Week<DayStaff>,
    place: &Place,
    scope: &mut Scope<'_>,
) -> Option<Profile<u32>> {
    let a_day = scope.horizon.calendar.intervals_a_day();
    let days = scope.horizon.calendar.days();
    let mut heads = Vec::with_capacity(7 * a_day);
    let mut missing = Vec::new();
    let mut sound = true;
    for (weekday, day) in week.iter().enumerate() {
        match day {
            Some(At {
                value: DayStaff::Constant(count),
                ..
            }) => heads.extend(std::iter::repeat_n(*count, a_day)),
            Some(At {
                value: DayStaff::List(list),
                place,
            }) => {
                sound &= check_length(list, place, scope).is_some();
                heads.extend(list);
            }
            None => {
                if days.iter().any(|day| usize::from(day.weekday) == weekday) {
                    missing.push(WEEKDAYS[weekday]);
                }
                heads.extend(std::iter::repeat_n(0, a_day));
            }
        }
    }
    if !missing.is_empty() && scope.horizon.is_sound {
        let names = missing.join(", ");
        let message = format!("the horizon has days without staff: {names}");
        let hint = format!("write {} = 0 for nobody", missing[0]);
        scope.reader.report_at(place, message, Some(hint));
        return None;
    }
    sound.then(|| weekly(&heads, scope.horizon.calendar.interval()))
}

fn check_length(list: &[u32], place: &Place, scope: &mut Scope<'_>) -> Option<()> {
    let expected = scope.horizon.calendar.intervals_a_day();
    if list.len() == expected {
        return Some(());
    }
    if !scope.horizon.is_sound {
        return None;
    }
    let message = format!(
        "expected {expected} numbers, one for each interval of the day, found {}",
        list.len()
    );
    scope.reader.report_at(place, message, None);
    None
}
