//! The cheapest shifts that keep every promise: chosen straight from what simulation says of heads in every interval, not by covering
//! requirements; and proven as the roster that they make, with every break.

use std::borrow::Cow;

use crate::scenario::model::Model;
use crate::scenario::roster::RosterRow;
use crate::sim::parallel::Workers;

use super::super::attended::{Attended, ask, attended};
use super::super::cover::cover_until;
use super::super::first;
use super::super::fluid;
use super::super::found::{Moment, Plan};
use super::super::grid::{Grid, Heads};
use super::super::judge::Judge;
use super::super::programme::Unsolved;
use super::super::proven::proven;
use super::super::search::Search;
use super::super::space::{Choice, Space};
use super::super::staffing::{Asked, PlanError};
use super::super::target::Targets;
use super::super::tell::{self, Told};
use super::super::tried::{Effort, Tried};
use super::columns::{Columns, MOST_COLUMNS, columns};
use super::found::{ShiftPlan, by_duty, by_pattern};
use super::roster::{agents, is_by_pattern, paid_h, rows, worked};
use super::uncovered;

/// The cheapest shifts that are found, with the roster that they make. The search is done by `workers`, the proof by `provers`; `progress`
/// is told of every choice tried.
///
/// # Errors
/// When nothing is promised, when there are no patterns, when the promises cannot be kept within them, or when a run fails.
pub fn shifts(
    asked: &Asked<'_>,
    workers: &Workers,
    provers: &Workers,
    progress: &dyn Fn(&Moment),
) -> Result<ShiftPlan, PlanError> {
    let model = &asked.variant.model;
    let grid = Grid::new(model);
    let targets = Targets::of(model, &grid);
    let of_file = grid.heads_of(model, &asked.variant.staffing);
    let mut columns = columns(model, &grid, &of_file);
    check(&targets, &columns)?;
    uncovered::check_limits(model, &grid, &columns.space)?;
    let first = first::guess(model, &grid, &of_file);
    let attended = attended(model, &grid, &of_file);
    let starts = starts(
        &mut columns,
        model,
        [&of_file, &first.heads],
        &attended,
        &|| workers.is_stopped(),
    )?;
    let judge = Judge {
        model,
        targets: &targets,
        seed: asked.seed.unwrap_or(asked.compiled.seed),
        workers,
    };
    let effort = Effort::of(model, asked.work, asked.proof);
    let lowest = fluid::known(model, &grid, &targets, &of_file)?;
    let bound = lowest.highest();
    let search = Search::new(judge, &grid, &columns.space, effort, bound, progress);
    let uncovered = uncovered::by_queue(model, &grid, &columns.space);
    let searched = search.search(&starts);
    let searched = searched
        .map_err(|error| PlanError::of(error, |tried| unmeetable(&search, tried, &uncovered)))?;
    let as_roster = |tried: &Tried| {
        let choice = &tried.choice;
        let worked = worked(model, &asked.variant.staffing, &grid, &columns, choice);
        let (model, staffing) = worked.ok_or_else(|| {
            PlanError::Nothing("the roster reaches outside the dates that can be".to_owned())
        })?;
        Ok((Cow::Owned(model), staffing))
    };
    let proven = proven(&search, searched, provers, &as_roster)?;
    let (bound, savings) = proven.prices(&search)?;
    let choice = proven.best.choice.clone();
    let moments = search.moments.take();
    let mut plan = tell::plan(&Told {
        asked,
        grid: &grid,
        targets: &targets,
        of_file: &of_file,
        attended: &attended,
        load: &first.load,
        lowest,
        proven,
        bound,
        savings,
        moments,
    });
    plan.warnings.extend(uncovered);
    Ok(with_roster(plan, model, &grid, (&columns, &choice)))
}

/// A plan with the duties of its choice and who works them.
fn with_roster(
    mut plan: Plan,
    model: &Model,
    grid: &Grid,
    (columns, choice): (&Columns, &Choice),
) -> ShiftPlan {
    let agents = agents(model, grid, columns, choice);
    let roster = rows(model, &agents);
    pay_by_roster(model, &roster, &mut plan);
    ShiftPlan {
        patterns: by_pattern(model, &agents),
        duties: by_duty(model, &agents),
        roster,
        plan,
    }
}

/// Why there is no plan, with what of shifts stands in the way.
fn unmeetable(search: &Search<'_>, tried: &Tried, uncovered: &[String]) -> PlanError {
    let (model, targets) = (search.judge.model, search.judge.targets);
    let mut found = tell::unmeetable(model, search.grid, targets, tried, Vec::new());
    found.obstacles = uncovered.to_vec();
    let is_allowed = search.space.allows(&tried.choice);
    found.obstacles.extend(uncovered::limits(model, is_allowed));
    PlanError::Unmeetable(Box::new(found))
}

/// Paid hours are those of the roster: parts of an interval and paid breaks count.
fn pay_by_roster(model: &Model, roster: &[RosterRow], plan: &mut Plan) {
    for (group, of_plan) in model.groups.ids().zip(&mut plan.staff) {
        if is_by_pattern(model, group) {
            of_plan.paid_h = paid_h(model, roster, &of_plan.group);
        }
    }
}

fn check(targets: &Targets, columns: &Columns) -> Result<(), PlanError> {
    let nothing = |message: &str| Err(PlanError::Nothing(message.to_owned()));
    if targets.goals.is_empty() {
        return Err(PlanError::no_target());
    }
    if columns.parts.is_empty() {
        return nothing(
            "no group has a shift pattern: write `[plan.patterns.day]` with `groups`, `starts` and `lengths`, say",
        );
    }
    if columns.parts.len() > MOST_COLUMNS {
        return nothing(
            "the patterns have more shifts, weeks and breaks than can be searched: give them fewer starts, lengths or days_on, or breaks less room",
        );
    }
    Ok(())
}

/// Shifts that have the heads of the file, and those that the queue models ask for: as in the classical second step. Somebody has to be there wherever
/// somebody is in the file, where the patterns' limits allow that.
fn starts(
    columns: &mut Columns,
    model: &Model,
    heads: [&Heads; 2],
    attended: &[Attended],
    stop: &dyn Fn() -> bool,
) -> Result<Vec<Choice>, PlanError> {
    let unasked = columns.space.clone();
    ask(&mut columns.space, model, attended);
    let covers = |space: &Space| {
        let covers = heads
            .into_iter()
            .map(|heads| Ok(cover_until(space, heads, stop)?.choice));
        covers.collect::<Result<Vec<_>, Unsolved>>()
    };
    let mut found = covers(&columns.space);
    let is_possible = match &found {
        Ok(choices) => choices.iter().any(|choice| columns.space.allows(choice)),
        Err(error) => *error != Unsolved::Infeasible,
    };
    if !is_possible {
        columns.space = unasked;
        found = covers(&columns.space);
    }
    found.map_err(|error| match error {
        Unsolved::Infeasible => PlanError::Nothing(
            "the limits of groups (plan) and of patterns (min, max, weekly_hours) contradict each other: no shifts keep to all of them"
                .to_owned(),
        ),
        error => error.into(),
    })
}
