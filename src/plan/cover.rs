//! Covers heads by interval with shifts at least cost: the second step of the classical method, and where the integrated search begins.

use std::collections::BTreeMap;

use crate::ids::GroupId;

use super::grid::Heads;
use super::programme::{Found, Limits, Programme, Unsolved};
use super::space::{Choice, Space, Taken};
use super::whole::landscape::{Cell, Effect, Landscape};
use super::whole::near::{WORK, near};

/// What a missing head in one interval costs, as a multiple of the dearest column: never worth it where the head can be had.
const DEAR: f64 = 20.0;

/// The cheapest cover that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    /// How many of each column.
    pub choice: Choice,
    /// What they cost, in millionths of the currency.
    pub cost: f64,
    /// What no cover that misses as little can be cheaper than.
    pub bound: f64,
    /// Heads that no choice within the rules brings, by group and slot.
    pub missing: Vec<(GroupId, usize, f64)>,
}

/// A cheap choice that has the required heads in every cell, or as few as possible too few.
///
/// # Formula
/// min Σ cost·x + price·Σ missing, with Σ heads·x + missing ≥ required in every cell, x within the space's limits and rules: solved with x in
/// parts, which gives the bound, then searched near by whole x.
///
/// # Errors
/// When the rules contradict each other, or when there is no solver.
pub fn cover(space: &Space, required: &Heads) -> Result<Cover, Unsolved> {
    cover_until(space, required, &|| false)
}

/// The same, until `stop` says that somebody wants it to end: then with what there is, where the bound is known.
///
/// # Errors
/// See [`cover`]; or it was stopped.
pub fn cover_until(
    space: &Space,
    required: &Heads,
    stop: &dyn Fn() -> bool,
) -> Result<Cover, Unsolved> {
    let dearest = space.columns.iter().map(|column| column.cost);
    let price = DEAR * dearest.fold(1.0, f64::max);
    let parts = in_parts(space, required, price, stop)?;
    let landscape = landscape(space, required, price);
    let choice = near(&landscape, &[&parts.values], WORK, stop);
    let costs = space.columns.iter().zip(&choice);
    let cost = costs
        .map(|(column, &taken)| column.cost * f64::from(taken))
        .sum();
    let missing = missing(space, required, &choice);
    let lost: f64 = missing.iter().map(|(.., heads)| heads * price).sum();
    Ok(Cover {
        choice,
        cost,
        bound: (parts.cost - lost).min(cost),
        missing,
    })
}

/// The cheapest in parts: the first values are those of the columns.
fn in_parts(
    space: &Space,
    required: &Heads,
    price: f64,
    stop: &dyn Fn() -> bool,
) -> Result<Found, Unsolved> {
    let mut programme = Programme::default();
    let columns = space.columns.iter();
    let taken: Vec<_> = columns
        .map(|column| programme.variable(column.cost, f64::from(column.min), f64::from(column.max)))
        .collect();
    let often: Vec<Taken> = taken.iter().map(|&variable| variable.into()).collect();
    for rule in &space.rules {
        rule.ask(&often, &mut programme);
    }
    let mut by_cell = BTreeMap::<_, Vec<_>>::new();
    for (column, &variable) in space.columns.iter().zip(&taken) {
        for &(group, slot, heads) in &column.cells {
            by_cell
                .entry((group, slot))
                .or_default()
                .push((variable, heads));
        }
    }
    for (group, heads) in required.iter() {
        for (slot, &heads) in heads.iter().enumerate() {
            let there = space.fixed[group][slot];
            if heads > there {
                let short = f64::from(heads - there);
                let mut terms = by_cell.remove(&(group, slot)).unwrap_or_default();
                terms.push((programme.variable(price, 0.0, short), 1.0));
                programme.at_least(&terms, short);
            }
        }
    }
    programme.minimise_until(Limits::default(), stop)
}

/// A goal for each cell: no head is missing.
pub(super) fn landscape<'a>(space: &'a Space, required: &Heads, price: f64) -> Landscape<'a> {
    let mut goals = 0;
    let mut cell = |&heads: &u32| {
        goals += 1;
        Cell {
            now: f64::from(heads),
            reach: f64::INFINITY,
            effects: vec![Effect {
                goal: goals - 1,
                gain: 0.0,
                loss: 1.0,
            }],
        }
    };
    let cells = required.values();
    let cells: Vec<Vec<Cell>> = cells
        .map(|heads| heads.iter().map(&mut cell).collect())
        .collect();
    Landscape {
        space,
        cells,
        spare: vec![0.0; goals],
        prices: vec![price; goals],
        dear: price,
    }
}

/// Heads that a choice lacks.
fn missing(space: &Space, required: &Heads, choice: &[u32]) -> Vec<(GroupId, usize, f64)> {
    let there = space.parts(choice);
    let mut missing = Vec::new();
    for (group, heads) in required.iter() {
        for (slot, &heads) in heads.iter().enumerate() {
            let short = f64::from(heads) - there[group][slot];
            if short > 1e-6 {
                missing.push((group, slot, short));
            }
        }
    }
    missing
}
