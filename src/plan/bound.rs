//! What any plan costs at least by the slopes at one, and what each promise costs.

use crate::study::run::RunError;

use super::grid::Heads;
use super::judge::Verdict;
use super::master::{Cut, Here, Step};
use super::programme::Unsolved;
use super::search::Search;
use super::slope::Slopes;
use super::staffing::PlanError;
use super::target::{Promise, Targets};
use super::tried::{Effort, Tried};

/// A share is relaxed by a point.
const POINT: f64 = 0.01;
/// A time is relaxed by a tenth.
const TENTH: f64 = 0.1;
/// So far around the plan the price of a promise is taken.
const NEAR: f64 = 0.1;

/// This part of a search's work goes into the heads that bound shifts.
const PART: u64 = 4;

/// What any plan costs at least, fixed heads too, in units of the currency: the cheapest by the slopes, however far away. Right where service
/// gains ever less from more heads in any cells, but for the offers that were looked at there: giving up an interval is known to cost less than
/// the slopes say. No slot gains more than there is to gain in it. Shifts have to keep to what is known at the cheapest heads by interval, too.
///
/// # Errors
/// When a run fails, or there is no solver, or it fails.
pub fn by_slopes(search: &Search<'_>, at: &Tried, slopes: &Slopes) -> Result<f64, PlanError> {
    let offers = search.offers.borrow();
    let offers = offers.as_ref().filter(|offers| offers.at == at.choice);
    let offers = offers.map_or(&[][..], |offers| &offers.all);
    let at_plan = cut(search, (at.heads.clone(), &at.verdict), slopes.clone());
    let elsewhere = if search.space.is_by_shift() {
        by_heads(search, &at.heads)?
    } else {
        None
    };
    let master = search.master();
    let cost = master.lowest(&at.choice, &at_plan, elsewhere.as_ref(), offers)?;
    Ok(cost / 1e6 + search.grid.cost_of(&search.space.fixed))
}

/// What is known at some heads.
fn cut(search: &Search<'_>, (heads, verdict): (Heads, &Verdict), slopes: Slopes) -> Cut {
    let targets = search.judge.targets;
    let goals = 0..targets.goals.len();
    let spare = goals.map(|goal| verdict.surplus(targets, goal).0);
    Cut {
        heads,
        spare: spare.collect(),
        slopes,
        room: room(targets, verdict),
    }
}

/// What is known at the cheapest heads that are found near these if no shifts tie them together; `None` where somebody stopped it. A roster has hours
/// to spare, in which a head fewer loses little: its own slopes say little of what must be there. No cell is given up, since first heads gain ever more.
fn by_heads(search: &Search<'_>, heads: &Heads) -> Result<Option<Cut>, PlanError> {
    let space = search.space.by_heads(search.grid, heads);
    let effort = Effort {
        work: search.effort.work / PART,
        ..search.effort
    };
    let untied = Search::new(search.judge, search.grid, &space, effort, 0.0, &|_| ());
    let Some(found) = PlanError::or_none(untied.search(&[space.choice_of(heads)]))? else {
        return Ok(None);
    };
    let slopes = match found.slopes {
        Some(slopes) => slopes,
        None => match untied.slopes_at(&found.best.heads, None) {
            Err(RunError::Interrupted) => return Ok(None),
            slopes => slopes?.0,
        },
    };
    let at = (found.best.heads, &found.best.verdict);
    Ok(Some(cut(search, at, slopes)))
}

/// By promise: what staffing would cost less if it were relaxed, a share by one point and a time by a tenth.
///
/// # Errors
/// When there is no solver, or it fails.
pub fn savings(search: &Search<'_>, at: &Tried, slopes: &Slopes) -> Result<Vec<f64>, Unsolved> {
    let targets = search.judge.targets;
    let spare = search.spare(&at.verdict);
    let cost = |spare: &[f64]| {
        let next = search
            .master()
            .solve(&here(at, slopes, spare), Step::InParts(NEAR))?;
        Ok(next.cost / 1e6)
    };
    let now = cost(&spare)?;
    let relaxed = |number: usize, promise: &Promise| {
        let by = match promise {
            Promise::Asa(_, most) | Promise::BacklogAge(_, most) => TENTH * most,
            _ => POINT,
        };
        let mut spare = spare.clone();
        for (goal, spare) in targets.goals.iter().zip(&mut spare) {
            if goal.promise == number {
                let counted = &at.verdict.slots[number][goal.slots.clone()];
                *spare += by * counted.iter().map(|cell| cell.1).sum::<f64>();
            }
        }
        Ok((now - cost(&spare)?).max(0.0))
    };
    let promises = targets.promises.iter().enumerate();
    promises
        .map(|(number, promise)| relaxed(number, promise))
        .collect()
}

fn here<'a>(at: &'a Tried, slopes: &'a Slopes, spare: &'a [f64]) -> Here<'a> {
    Here {
        choice: &at.choice,
        heads: &at.heads,
        spare,
        slopes,
    }
}

/// What is left to gain, by promise and slot: contacts that were not in time, that abandoned, ages.
fn room(targets: &Targets, verdict: &Verdict) -> Vec<Vec<f64>> {
    let promises = targets.promises.iter().zip(&verdict.slots);
    let of_promise = |(promise, slots): (&Promise, &Vec<(f64, f64)>)| {
        let of_slot = |&(had, of): &(f64, f64)| match promise {
            Promise::ServiceLevel(..) => of - had,
            Promise::Abandonment(..) | Promise::BacklogAge(..) => had,
            Promise::Asa(..) | Promise::Occupancy(..) => f64::INFINITY,
        };
        slots.iter().map(of_slot).collect()
    };
    promises.map(of_promise).collect()
}
