//! A programme that is being written: how often columns are taken, the changes of heads in cells that this means, and what columns keep to together.

use std::collections::BTreeMap;

use crate::ids::GroupId;

use super::grid::Heads;
use super::master::{Cut, Here, Step};
use super::offers::Offer;
use super::programme::{Found, Programme, Variable};
use super::space::{Column, Space, Taken};

/// What is this near to a whole number is it.
pub(super) const WHOLE: f64 = 1e-6;

/// The changes of one cell.
pub(super) struct Change {
    pub(super) more: Variable,
    /// More heads that gain nothing: shifts bring some to where there is nothing left to gain.
    beside: Option<Variable>,
    pub(super) fewer: Variable,
}

impl Change {
    /// By how much heads change.
    fn terms(&self, factor: f64) -> impl Iterator<Item = (Variable, f64)> {
        let beside = self.beside.map(|beside| (beside, factor));
        [(self.more, factor), (self.fewer, -factor)]
            .into_iter()
            .chain(beside)
    }

    /// How often a column is taken that is the cell's own, of which there are so many now.
    fn often(&self, now: f64) -> Taken {
        Taken {
            known: now,
            terms: self.terms(1.0).collect(),
        }
    }
}

/// A programme that is being written.
pub(super) struct Draft {
    pub(super) programme: Programme,
    pub(super) changes: BTreeMap<(GroupId, usize), Change>,
    /// By column; `None` for those that are a cell's own.
    taken: Vec<Option<Variable>>,
}

impl Draft {
    /// The variables and the rules, without the goals.
    pub(super) fn new(space: &Space, here: &Here<'_>, step: Step) -> Self {
        let mut programme = Programme::default();
        let own = own_cells(space);
        let mut changes: BTreeMap<(GroupId, usize), Change> = BTreeMap::new();
        let mut taken: Vec<Option<Variable>> = vec![None; space.columns.len()];
        let mut often: Vec<Taken> = Vec::with_capacity(space.columns.len());
        let mut covering: BTreeMap<(GroupId, usize), Vec<(Variable, f64)>> = BTreeMap::new();
        for (number, column) in space.columns.iter().enumerate() {
            let now = f64::from(here.choice[number]);
            let (min, max) = (f64::from(column.min), f64::from(column.max));
            if let Some(cell) = own[number] {
                let (up, down) = reach(step, now);
                let more = programme.variable(column.cost, 0.0, up.min((max - now).max(0.0)));
                let fewer = programme.variable(-column.cost, 0.0, down.min((now - min).max(0.0)));
                let beside = None;
                let change = Change {
                    more,
                    beside,
                    fewer,
                };
                often.push(change.often(now));
                changes.insert(cell, change);
                continue;
            }
            let variable = programme.variable(column.cost, min, max);
            taken[number] = Some(variable);
            often.push(variable.into());
            for &(group, slot, heads) in &column.cells {
                covering
                    .entry((group, slot))
                    .or_default()
                    .push((variable, heads));
            }
        }
        for rule in &space.rules {
            rule.ask(&often, &mut programme);
        }
        for (cell, columns) in covering {
            let now = f64::from(here.heads[cell.0][cell.1]);
            let (up, down) = reach(step, now);
            let more = programme.variable(0.0, 0.0, up);
            let fewer = programme.variable(0.0, 0.0, down.min(now));
            let beside =
                (step == Step::Anywhere).then(|| programme.variable(0.0, 0.0, f64::INFINITY));
            let change = Change {
                more,
                beside,
                fewer,
            };
            let mut terms = columns;
            terms.extend(change.terms(-1.0));
            // Parts of heads that do not make a whole one are worth what they are.
            programme.equal(&terms, now);
            changes.insert(cell, change);
        }
        Self {
            programme,
            changes,
            taken,
        }
    }

    /// Parts of offers: one whole offer in a slot, and no head is taken away twice.
    pub(super) fn offered<'a>(
        &mut self,
        space: &Space,
        here: &Here<'_>,
        offers: &'a [Offer],
    ) -> Vec<(Variable, &'a Offer)> {
        let mut parts = Vec::new();
        let mut of_slots: BTreeMap<usize, Vec<(Variable, f64)>> = BTreeMap::new();
        let mut gone: BTreeMap<usize, Vec<(Variable, f64)>> = BTreeMap::new();
        for offer in offers.iter().filter(|offer| offer.is_far) {
            let part = self.programme.variable(offer.cost, 0.0, 1.0);
            of_slots.entry(offer.slot).or_default().push((part, 1.0));
            for &(column, taken) in &offer.taken {
                let fewer = f64::from(here.choice[column]) - f64::from(taken);
                if fewer > 0.0 {
                    gone.entry(column).or_default().push((part, fewer));
                }
            }
            parts.push((part, offer));
        }
        for terms in of_slots.values() {
            self.programme.at_most(terms, 1.0);
        }
        for (column, mut terms) in gone {
            let (group, slot, _) = space.columns[column].cells[0];
            if let Some(change) = self.changes.get(&(group, slot)) {
                terms.push((change.fewer, 1.0));
                let most = here.choice[column].saturating_sub(space.columns[column].min);
                self.programme.at_most(&terms, f64::from(most));
            }
        }
        parts
    }

    /// The same changes as seen from other heads.
    pub(super) fn seen_from(
        &mut self,
        here: &Heads,
        other: &Heads,
    ) -> BTreeMap<(GroupId, usize), Change> {
        let mut changes = BTreeMap::new();
        for (&(group, slot), change) in &self.changes {
            let now = f64::from(other[group][slot]);
            let free = |programme: &mut Programme| programme.variable(0.0, 0.0, f64::INFINITY);
            let seen = Change {
                more: free(&mut self.programme),
                beside: Some(free(&mut self.programme)),
                fewer: self.programme.variable(0.0, 0.0, now),
            };
            let terms: Vec<_> = seen.terms(1.0).chain(change.terms(-1.0)).collect();
            let apart = f64::from(here[group][slot]) - now;
            self.programme.equal(&terms, apart);
            changes.insert((group, slot), seen);
        }
        changes
    }

    /// All cells together change by so many heads at most.
    pub(super) fn stay_near(&mut self, heads: f64) {
        let both = self
            .changes
            .values()
            .flat_map(|change| [change.more, change.fewer]);
        let terms: Vec<_> = both.map(|change| (change, 1.0)).collect();
        if heads.is_finite() {
            self.programme.at_most(&terms, heads);
        }
    }

    /// How many of each column a solution takes.
    pub(super) fn taken(&self, space: &Space, here: &Here<'_>, found: &Found) -> Vec<f64> {
        let of_column = |(number, column): (usize, &Column)| {
            self.taken[number].map_or_else(
                || {
                    let change = &self.changes[&(column.cells[0].0, column.cells[0].1)];
                    let change = found.value(change.more) - found.value(change.fewer);
                    f64::from(here.choice[number]) + change
                },
                |variable| found.value(variable),
            )
        };
        let columns = space.columns.iter().enumerate();
        columns.map(of_column).collect()
    }
}

/// The cells of columns that are alone in one, a head each.
fn own_cells(space: &Space) -> Vec<Option<(GroupId, usize)>> {
    if space.is_by_shift() {
        return vec![None; space.columns.len()];
    }
    let mut users: BTreeMap<(GroupId, usize), usize> = BTreeMap::new();
    let cells = |column: &Column| {
        column
            .cells
            .iter()
            .map(|cell| (cell.0, cell.1))
            .collect::<Vec<_>>()
    };
    for cell in space.columns.iter().flat_map(cells) {
        *users.entry(cell).or_default() += 1;
    }
    let own = |column: &Column| match column.cells[..] {
        [(group, slot, heads)] if users[&(group, slot)] == 1 => {
            ((heads - 1.0).abs() < WHOLE).then_some((group, slot))
        }
        _ => None,
    };
    space.columns.iter().map(own).collect()
}

/// No slot gains more than there is to gain in it.
pub(super) fn rooms(
    cut: &Cut,
    changes: &BTreeMap<(GroupId, usize), Change>,
    programme: &mut Programme,
) {
    let mut terms: BTreeMap<(usize, usize), Vec<(Variable, f64)>> = BTreeMap::new();
    for (&(group, slot), change) in changes {
        for effect in &cut.slopes[group][slot].gain {
            if effect.surplus > 0.0 {
                terms
                    .entry((effect.promise, effect.slot))
                    .or_default()
                    .push((change.more, effect.surplus));
            }
        }
    }
    for ((promise, slot), terms) in terms {
        let room = cut.room[promise][slot];
        if room.is_finite() {
            programme.at_most(&terms, room);
        }
    }
}

/// How many heads more and fewer than now.
pub(super) fn reach(step: Step, now: f64) -> (f64, f64) {
    match step {
        Step::Within(share) | Step::InParts(share) => {
            let heads = (share * now).round().max(1.0);
            (heads, heads)
        }
        Step::Anywhere => (f64::INFINITY, f64::INFINITY),
    }
}
