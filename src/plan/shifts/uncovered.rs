//! Hours that no shift reaches, in words: where customers of a queue come and nobody could be there, and where a group must have heads that no
//! pattern brings.

use crate::ids::GroupId;
use crate::scenario::model::{Model, Planned};

use super::super::flow::Flow;
use super::super::grid::Grid;
use super::super::space::Space;
use super::super::staffing::PlanError;
use super::super::tell;
use super::roster::is_by_pattern;

/// No more stretches than these are told of one queue or group.
const MOST_TOLD: usize = 6;

/// Which slots of a group some head can be in.
fn reached(space: &Space, group: GroupId) -> Vec<bool> {
    let mut reached: Vec<bool> = space.fixed[group].iter().map(|&heads| heads > 0).collect();
    for column in &space.columns {
        for &(of, slot, heads) in &column.cells {
            if of == group && heads > 0.0 {
                reached[slot] = true;
            }
        }
    }
    reached
}

/// Of each queue whose contacts want an answer at once: when they come and no shift of its groups reaches.
pub(super) fn by_queue(model: &Model, grid: &Grid, space: &Space) -> Vec<String> {
    let flow = Flow::of_first_contacts(model, grid);
    let mut told = Vec::new();
    for (id, queue) in model.queues.iter().filter(|(_, queue)| !queue.deferred) {
        let groups: Vec<GroupId> = queue.servers.iter().map(|server| server.group).collect();
        let reached: Vec<Vec<bool>> = groups.iter().map(|&group| reached(space, group)).collect();
        let is_missed = |&slot: &usize| {
            flow.contacts[id][slot] > 0.0 && !reached.iter().any(|reached| reached[slot])
        };
        let missed: Vec<usize> = grid.used().filter(is_missed).collect();
        if !missed.is_empty() && !groups.is_empty() {
            told.push(format!(
                "customers of \"{}\" come when no shift of {} reaches: {}",
                queue.name.text,
                names(model, &groups),
                stretches(model, grid, &missed)
            ));
        }
    }
    told
}

/// Whether every group can have the heads that it must have.
pub(super) fn check_limits(model: &Model, grid: &Grid, space: &Space) -> Result<(), PlanError> {
    for (id, group) in model.groups.iter() {
        let Planned::Within { min: 1.., .. } = group.plan else {
            continue;
        };
        let reached = reached(space, id);
        let missed: Vec<usize> = grid.used().filter(|&slot| !reached[slot]).collect();
        if is_by_pattern(model, id) && !missed.is_empty() {
            return Err(PlanError::Nothing(format!(
                "\"{}\" must have heads at all times (plan.min), but no shift reaches {}: give a pattern starts or lengths that do",
                group.name.text,
                stretches(model, grid, &missed)
            )));
        }
    }
    Ok(())
}

/// What of the patterns may stand in the way of a plan, where hours do not.
pub(super) fn limits(model: &Model, is_allowed: bool) -> Vec<String> {
    let mut told = Vec::new();
    if !is_allowed {
        told.push(
            "no whole agents were found that keep to all limits of groups (plan) and patterns (min, max)".to_owned(),
        );
    }
    let most = model.patterns.iter().filter_map(|pattern| {
        let max = pattern.max?;
        Some(format!(
            "pattern \"{}\" has at most {max} agents",
            pattern.name
        ))
    });
    told.extend(most);
    if told.is_empty() {
        told.push("other starts, lengths or breaks would be needed, or easier targets".to_owned());
    }
    told
}

fn names(model: &Model, groups: &[GroupId]) -> String {
    let names = groups
        .iter()
        .map(|&group| format!("\"{}\"", model.groups[group].name.text));
    names.collect::<Vec<_>>().join(", ")
}

/// `mon 00:30 to 06:00, tue 00:30 to 06:00`.
fn stretches(model: &Model, grid: &Grid, slots: &[usize]) -> String {
    let names = tell::names(model, grid);
    let follows = |one: &usize, next: &usize| one + 1 == *next && !next.is_multiple_of(grid.a_day);
    let stretch = |slots: &[usize]| {
        let (first, last) = (&names[slots[0]], slots[slots.len() - 1]);
        let weekday = first.weekday.map_or(String::new(), |day| format!("{day} "));
        let ends = names
            .get(last + 1)
            .filter(|_| !(last + 1).is_multiple_of(grid.a_day));
        let ends = ends.map_or("24:00", |next| &next.start);
        format!("{weekday}{} to {ends}", first.start)
    };
    let mut told: Vec<String> = slots.chunk_by(follows).map(stretch).collect();
    if told.len() > MOST_TOLD {
        let more = told.len() - MOST_TOLD;
        told.truncate(MOST_TOLD);
        told.push(format!("and {more} more"));
    }
    told.join(", ")
}
