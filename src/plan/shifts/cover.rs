//! Covers heads by interval with shifts at least cost: the second step of the classical method, and where the integrated search begins.

use crate::ids::GroupId;

use super::super::grid::Heads;
use super::super::programme::{Limits, Programme, Unsolved};
use super::super::space::{Choice, Space};

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

/// The cheapest choice that has the required heads in every cell, or as few as possible too few.
///
/// # Formula
/// min Σ cost·x + price·Σ missing, with Σ heads·x + missing ≥ required in every cell, x whole and within the space's limits and rules.
///
/// # Errors
/// When the rules contradict each other, when the time was over before anything was found, or when there is no solver.
pub fn cover(space: &Space, required: &Heads, limits: Limits) -> Result<Cover, Unsolved> {
    let mut programme = Programme::default();
    let columns = &space.columns;
    let taken: Vec<_> = columns
        .iter()
        .map(|column| programme.whole(column.cost, f64::from(column.min), f64::from(column.max)))
        .collect();
    for rule in &space.rules {
        rule.ask(&taken, &mut programme);
    }
    let dearest = columns.iter().map(|column| column.cost).fold(1.0, f64::max);
    let mut by_cell: Vec<Vec<Vec<_>>> = required
        .values()
        .map(|heads| vec![Vec::new(); heads.len()])
        .collect();
    for (column, &variable) in columns.iter().zip(&taken) {
        for &(group, slot, heads) in &column.cells {
            by_cell[crate::ids::Id::index(group)][slot].push((variable, heads));
        }
    }
    let mut slacks = Vec::new();
    for (group, heads) in required.iter() {
        for (slot, &heads) in heads.iter().enumerate() {
            let there = space.fixed[group][slot];
            if heads <= there {
                continue;
            }
            let short = f64::from(heads - there);
            let missing = programme.variable(DEAR * dearest, 0.0, short);
            let mut terms = std::mem::take(&mut by_cell[crate::ids::Id::index(group)][slot]);
            terms.push((missing, 1.0));
            programme.at_least(&terms, short);
            slacks.push((group, slot, missing));
        }
    }
    let found = programme.minimise(limits)?;
    let missing: Vec<_> = slacks
        .into_iter()
        .map(|(group, slot, missing)| (group, slot, found.value(missing)))
        .filter(|(.., heads)| *heads > 1e-6)
        .collect();
    let choice: Choice = taken
        .iter()
        .map(|&variable| u32::try_from(found.whole(variable)).unwrap_or(0))
        .collect();
    let costs = columns.iter().zip(&choice);
    let cost = costs
        .map(|(column, &taken)| column.cost * f64::from(taken))
        .sum();
    let lost: f64 = missing
        .iter()
        .map(|(.., heads)| heads * DEAR * dearest)
        .sum();
    Ok(Cover {
        choice,
        cost,
        bound: (found.bound - lost).min(cost),
        missing,
    })
}
