//! One group: its skills, its pace and its staffing.

use super::centre::Scope;
use super::law::law;
use super::money;
use super::source::name;
use crate::ids::{Id, QueueId};
use crate::scenario::format::GroupFile;
use crate::scenario::forms::SkillForm;
use crate::scenario::model::{
    AgentChoice, Attendance, Group, Late, NewHires, Planned, Policy, Skill, Speeds, Yields,
};
use crate::scenario::people::{Heads, heads_of};
use crate::scenario::read::{At, NamedEntry, hint_of};
use crate::scenario::scalar::Whole;
use crate::scenario::tree::digits;
use crate::time::SimDuration;

/// A group with its skills in the order of the file; `None` where these could not be read.
pub(super) fn group(entry: &NamedEntry<GroupFile>, scope: &mut Scope<'_>) -> Option<Group> {
    let file = entry.value.as_ref()?;
    let skills = skills(file, scope);
    let pace = if is_in_turns(file, scope) {
        vec![1.0; largest_at_once(file)]
    } else {
        pace(entry, file, scope)
    };
    let attendance = attendance(file, scope);
    let rate = money::rate(file, scope);
    let pay = money::pay(file, rate, scope);
    let skills = skills?;
    let most = skills.iter().map(|skill| skill.at_once).max().unwrap_or(1);
    Some(Group {
        name: name(&entry.name),
        pace: pace.into_iter().take(most as usize).collect(),
        skills,
        wage_micros_per_hour: file
            .wage
            .as_ref()
            .map_or(0, |wage| money::millionths(wage.value.0 * rate)),
        currency: file
            .currency
            .as_ref()
            .map(|own| (own.value.0.clone(), rate))
            .filter(|(own, _)| *own != scope.currency),
        pay,
        shrinkage: shrinkage(file, scope),
        away: away(file),
        attendance: attendance?,
        speeds: speeds(file, scope),
        switch: switch(file),
        policy: file
            .policy
            .as_ref()
            .map_or_else(Policy::default, |policy| policy.value),
        agents: agent_choice(file),
        occupancy_max: file.occupancy_max.as_ref().map(|share| share.value.0),
        plan: plan(file, scope),
    })
}

/// What a plan may choose.
fn plan(file: &GroupFile, scope: &mut Scope<'_>) -> Planned {
    let Some(At { value, place }) = &file.plan else {
        return Planned::Within {
            min: 0,
            max: u32::MAX,
        };
    };
    let heads = |written: &Option<At<Heads>>| {
        let heads = written.as_ref();
        heads.map(|heads| heads_of(heads.value))
    };
    let (min, max) = (heads(&value.min), heads(&value.max));
    if value.fixed.as_ref().is_some_and(|fixed| fixed.value) {
        if min.or(max).is_some() {
            let message = "a group whose staff is fixed has no min and max";
            scope.reader.report_at(place, message, None);
        }
        return Planned::Fixed;
    }
    let (min, max) = (min.unwrap_or(0), max.unwrap_or(u32::MAX));
    if min > max {
        let message = format!("expected min to be at most max, found {min} and {max}");
        scope.reader.report_at(place, message, None);
    }
    Planned::Within { min, max }
}

fn agent_choice(file: &GroupFile) -> AgentChoice {
    let choice = file.agents.as_ref();
    choice.map_or_else(AgentChoice::default, |choice| choice.value)
}

/// What it takes an agent to begin another kind of work than the last.
fn switch(file: &GroupFile) -> SimDuration {
    let switch = file.switch.as_ref();
    switch.map_or(SimDuration::ZERO, |switch| switch.value.0)
}

/// The time at work away from contacts: what adherence lacks of the rest is away too.
fn shrinkage(file: &GroupFile, scope: &mut Scope<'_>) -> f64 {
    let written = file.shrinkage.as_ref();
    let shrinkage = written.map_or(0.0, |form| form.value.total());
    if let Some(written) = written.filter(|_| shrinkage >= 1.0) {
        let message = format!(
            "expected shares that sum to below 1, found a sum of {}",
            digits(shrinkage)
        );
        scope.reader.report_at(&written.place, message, None);
    }
    match &file.adherence {
        Some(adherence) => 1.0 - (1.0 - shrinkage) * adherence.value.0,
        None => shrinkage,
    }
}

/// What shrinkage is spent on, where the file says.
fn away(file: &GroupFile) -> Vec<(&'static str, f64)> {
    let parts = file.shrinkage.iter().flat_map(|form| form.value.parts());
    parts.filter(|(_, share)| *share > 0.0).collect()
}

/// Who is away or late, where anybody is; `None` after a problem has been reported.
#[expect(clippy::option_option, reason = "nobody and a fault are two things")]
fn attendance(file: &GroupFile, scope: &mut Scope<'_>) -> Option<Option<Attendance>> {
    let absence = file.absence.as_ref().map_or(0.0, |share| share.value.0);
    let late = match &file.late {
        None => None,
        Some(written) => {
            let (share, by) = (written.value.share.as_ref()?, written.value.by.as_ref()?);
            let by = law(by, scope.data, scope.horizon, &mut scope.reader)?;
            Some(Late {
                share: share.value.0,
                by,
            })
        }
    };
    let late = late.filter(|late| late.share > 0.0);
    let is_any = absence > 0.0 || late.is_some();
    Some(is_any.then_some(Attendance { absence, late }))
}

fn speeds(file: &GroupFile, scope: &mut Scope<'_>) -> Option<Speeds> {
    let cv = file.speed_cv.as_ref().map_or(0.0, |cv| cv.value.0);
    let new_hires = file.new_hires.as_ref().and_then(|written| {
        let keys = &written.value;
        Some(NewHires {
            agents: heads_of(keys.agents.as_ref()?.value),
            starts_at: keys.starts_at.as_ref()?.value.0,
            learns: keys.learns.as_ref()?.value.0,
        })
    });
    let speeds = (cv > 0.0 || new_hires.is_some()).then_some(Speeds { cv, new_hires });
    if speeds.is_some() && scope.horizon.batches.is_some() {
        let of_cv = file.speed_cv.as_ref().map(|cv| &cv.place);
        let place = of_cv.or(file.new_hires.as_ref().map(|new| &new.place));
        let message = "agents keep their speeds for a whole replication, which batches of its days cannot stand for";
        let hint = "leave out batch_days".to_owned();
        if let Some(place) = place {
            scope.reader.report_at(place, message, Some(hint));
        }
    }
    speeds
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
            is_plain: form.value.terms.are_none()
                && agent_choice(file) == AgentChoice::default()
                && switch(file) == SimDuration::ZERO
                && !scope.in_turns.contains(&queue.value),
            yields: Yields::Never,
            weight: form.value.weight,
        });
    }
    check_at_once(file, &written.value, scope);
    sound.then_some(skills)
}

/// Whether an agent may have several chats in turns open, beside which nothing else is.
fn is_in_turns(file: &GroupFile, scope: &mut Scope<'_>) -> bool {
    let Some(at_once) = &file.at_once else {
        return false;
    };
    let entries = at_once.value.entries.iter();
    let is_shared =
        |entry: &&NamedEntry<_>| matches!(entry.value, Some(count) if at_once_of(count) > 1);
    let names: Vec<&String> = entries.filter(is_shared).map(|entry| &entry.name).collect();
    let of_turns = names.iter().find(|name| scope.in_turns.contains(**name));
    let of_pace = names.iter().find(|name| !scope.in_turns.contains(**name));
    if let (Some(of_turns), Some(of_pace)) = (of_turns, of_pace) {
        let message = format!(
            "an agent has no contact of `{of_pace}` open beside a chat of `{of_turns}`, which goes in turns"
        );
        let hint = format!("leave out `{of_pace}`, or give it turns too");
        scope.reader.report_at(&at_once.place, message, Some(hint));
    }
    of_turns.is_some()
}

fn at_once_of(count: Whole<1, 1_000>) -> usize {
    usize::try_from(count.0).unwrap_or(1)
}

/// The most contacts that an agent may have open.
fn largest_at_once(file: &GroupFile) -> usize {
    let counts = file
        .at_once
        .iter()
        .flat_map(|at_once| &at_once.value.entries);
    let counts = counts.filter_map(|entry| entry.value);
    counts.map(at_once_of).max().unwrap_or(1)
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
    let most = largest_at_once(file);
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
