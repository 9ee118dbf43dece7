//! The next choice: a linear programme over what the slopes say. In each cell u heads more and d heads fewer than now; a goal gains
//! Σ gain·u − Σ loss·d. Where service gains ever less from more heads, the programme knows more than the truth allows, so its cost is a bound.

use std::collections::BTreeMap;

use crate::ids::GroupId;
use crate::sim::parallel::Workers;

use super::grid::Heads;
use super::offers::Offer;
use super::programme::{Found, Limits, Programme, Unsolved, Variable};
use super::slope::{GoalOf, Slopes};
use super::space::{Choice, Space};
use super::target::Targets;
use super::whole::landscape::{Cell, Effect, Landscape};
use super::whole::near;

/// A missing unit of surplus costs so many times the dearest that the slopes can buy: never worth it.
const PENALTY: f64 = 50.0;
/// What is this near to a whole number is it.
const WHOLE: f64 = 1e-6;

/// A choice, its heads, and what is known there.
#[derive(Debug)]
pub struct Here<'a> {
    /// The choice.
    pub choice: &'a [u32],
    /// Its heads.
    pub heads: &'a Heads,
    /// By goal: the surplus above what has to be left.
    pub spare: &'a [f64],
    /// What a head is worth in every cell.
    pub slopes: &'a Slopes,
}

/// How far the next choice may be from here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Heads of a cell change by this share at most, or by one; all together by this share, or by those of one column.
    Within(f64),
    /// The same in parts of columns: for what a promise costs.
    InParts(f64),
    /// Anywhere: for the bound.
    Anywhere,
}

/// The programme at a choice.
#[derive(Debug)]
pub struct Master<'a> {
    /// What can be chosen.
    pub space: &'a Space,
    /// What must hold.
    pub targets: &'a Targets,
    /// Which goal is whose.
    pub goal_of: &'a GoalOf,
    /// When these are stopped, so is the way to the next choice.
    pub workers: &'a Workers,
}

/// What a solution says.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// By column.
    pub taken: Vec<f64>,
    /// In millionths of the currency, of the columns alone.
    pub cost: f64,
}

/// The changes of one cell.
struct Change {
    more: Variable,
    fewer: Variable,
}

/// A programme that is being written.
struct Draft {
    programme: Programme,
    changes: BTreeMap<(GroupId, usize), Change>,
    /// By column; `None` for those that are a cell's own.
    taken: Vec<Option<Variable>>,
}

impl Draft {
    /// Parts of offers: one whole offer in a slot, and no head is taken away twice.
    fn offered<'a>(
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

    /// All cells together change by so many heads at most.
    fn stay_near(&mut self, heads: f64) {
        let both = self
            .changes
            .values()
            .flat_map(|change| [change.more, change.fewer]);
        let terms: Vec<_> = both.map(|change| (change, 1.0)).collect();
        if heads.is_finite() {
            self.programme.at_most(&terms, heads);
        }
    }
}

impl Master<'_> {
    /// The cheapest choice by the slopes. `room` caps by promise and slot what can be gained at all.
    ///
    /// # Errors
    /// When there is no solver, or it fails, or, but for parts, somebody stops the workers.
    pub fn solve(
        &self,
        here: &Here<'_>,
        step: Step,
        room: Option<&[Vec<f64>]>,
    ) -> Result<Next, Unsolved> {
        let near = match step {
            Step::Within(share) | Step::InParts(share) => {
                let heads = f64::from(here.heads.values().flatten().sum::<u32>());
                (share * heads).max(self.space.largest())
            }
            Step::Anywhere => f64::INFINITY,
        };
        let mut draft = self.draft(here, step);
        self.goals(here, &[], &draft.changes, &mut draft.programme);
        draft.stay_near(near);
        if let Some(room) = room {
            rooms(here, &draft.changes, room, &mut draft.programme);
        }
        // What a promise costs is asked when the search is over, however it ended.
        let is_search = matches!(step, Step::Within(_));
        let stop = || is_search && self.workers.is_stopped();
        let found = draft.programme.minimise_until(Limits::default(), &stop)?;
        let mut taken = self.taken(here, &draft, &found);
        if self.space.is_by_shift() && is_search {
            let landscape = self.landscape(here, step);
            let now: Vec<f64> = here.choice.iter().map(|&taken| f64::from(taken)).collect();
            let choice = near::near(&landscape, &[&taken, &now], near::WORK, &stop);
            if stop() {
                return Err(Unsolved::Stopped);
            }
            taken = choice.into_iter().map(f64::from).collect();
        }
        let columns = self.space.columns.iter().zip(&taken);
        let cost = columns.map(|(column, taken)| column.cost * taken).sum();
        Ok(Next { taken, cost })
    }

    /// The same for whole columns. Those in parts lie near enough for all cells together; rounding may take each cell a head further.
    fn landscape(&self, here: &Here<'_>, step: Step) -> Landscape<'_> {
        let mut cells: Vec<Vec<Cell>> = Vec::new();
        let mut gains = vec![0.0_f64; self.targets.goals.len()];
        for (group, heads) in here.heads.iter() {
            let of_slot = |(slot, &heads): (usize, &u32)| {
                let now = f64::from(heads);
                let effects = here.slopes[group][slot].by_goal(self.goal_of);
                let effects = effects.into_iter().map(|(goal, gain, loss)| {
                    gains[goal] = gains[goal].max(gain);
                    Effect { goal, gain, loss }
                });
                Cell {
                    now,
                    reach: reach(step, now).0 + 1.0,
                    effects: effects.collect(),
                }
            };
            cells.push(heads.iter().enumerate().map(of_slot).collect());
        }
        let dearest = self.dearest();
        Landscape {
            space: self.space,
            cells,
            spare: here.spare.to_vec(),
            prices: gains.iter().map(|&gain| price(dearest, gain)).collect(),
            dear: dearest,
        }
    }

    /// What the dearest column costs.
    fn dearest(&self) -> f64 {
        let costs = self.space.columns.iter().map(|column| column.cost);
        costs.fold(0.0, f64::max)
    }

    /// What columns cost at least, in millionths of the currency, by the slopes and by offers of far fewer heads beside, parts of both. `room` caps
    /// by promise and slot what can be gained at all.
    ///
    /// # Errors
    /// When there is no solver, or it fails.
    pub(super) fn lowest(
        &self,
        here: &Here<'_>,
        offers: &[Offer],
        room: &[Vec<f64>],
    ) -> Result<f64, Unsolved> {
        let mut draft = self.draft(here, Step::Anywhere);
        let parts = draft.offered(self.space, here, offers);
        self.goals(here, &parts, &draft.changes, &mut draft.programme);
        rooms(here, &draft.changes, room, &mut draft.programme);
        let found = draft.programme.minimise(Limits::default())?;
        let taken = self.taken(here, &draft, &found);
        let columns = self.space.columns.iter().zip(&taken);
        let cost: f64 = columns.map(|(column, taken)| column.cost * taken).sum();
        let of_offers = parts
            .iter()
            .map(|(part, offer)| found.value(*part) * offer.cost);
        Ok(cost + of_offers.sum::<f64>())
    }

    /// The variables and the rules, without the goals.
    fn draft(&self, here: &Here<'_>, step: Step) -> Draft {
        let mut programme = Programme::default();
        let own = self.own_cells();
        let mut changes: BTreeMap<(GroupId, usize), Change> = BTreeMap::new();
        let mut taken: Vec<Option<Variable>> = vec![None; self.space.columns.len()];
        let mut covering: BTreeMap<(GroupId, usize), Vec<(Variable, f64)>> = BTreeMap::new();
        for (number, column) in self.space.columns.iter().enumerate() {
            let now = f64::from(here.choice[number]);
            let (min, max) = (f64::from(column.min), f64::from(column.max));
            if let Some(cell) = own[number] {
                let (up, down) = reach(step, now);
                let more = programme.variable(column.cost, 0.0, up.min((max - now).max(0.0)));
                let fewer = programme.variable(-column.cost, 0.0, down.min((now - min).max(0.0)));
                changes.insert(cell, Change { more, fewer });
                continue;
            }
            let variable = programme.variable(column.cost, min, max);
            taken[number] = Some(variable);
            for &(group, slot, heads) in &column.cells {
                covering
                    .entry((group, slot))
                    .or_default()
                    .push((variable, heads));
            }
        }
        let all: Option<Vec<Variable>> = taken.iter().copied().collect();
        for (rule, all) in self.space.rules.iter().zip(all.iter().cycle()) {
            rule.ask(all, &mut programme);
        }
        for (cell, columns) in covering {
            let now = f64::from(here.heads[cell.0][cell.1]);
            let (up, down) = reach(step, now);
            let more = programme.variable(0.0, 0.0, up);
            let fewer = programme.variable(0.0, 0.0, down.min(now));
            let mut terms = columns;
            terms.extend([(more, -1.0), (fewer, 1.0)]);
            // Parts of heads that do not make a whole one are worth what they are.
            programme.equal(&terms, now);
            changes.insert(cell, Change { more, fewer });
        }
        Draft {
            programme,
            changes,
            taken,
        }
    }

    /// How many of each column a solution takes.
    fn taken(&self, here: &Here<'_>, draft: &Draft, found: &Found) -> Vec<f64> {
        let of_column = |(number, column): (usize, &super::space::Column)| {
            draft.taken[number].map_or_else(
                || {
                    let change = &draft.changes[&(column.cells[0].0, column.cells[0].1)];
                    let change = found.value(change.more) - found.value(change.fewer);
                    f64::from(here.choice[number]) + change
                },
                |variable| found.value(variable),
            )
        };
        let columns = self.space.columns.iter().enumerate();
        columns.map(of_column).collect()
    }

    /// The cells of columns that are alone in one, a head each.
    fn own_cells(&self) -> Vec<Option<(GroupId, usize)>> {
        if self.space.is_by_shift() {
            return vec![None; self.space.columns.len()];
        }
        let mut users: BTreeMap<(GroupId, usize), usize> = BTreeMap::new();
        let cells = |column: &super::space::Column| {
            column
                .cells
                .iter()
                .map(|cell| (cell.0, cell.1))
                .collect::<Vec<_>>()
        };
        for cell in self.space.columns.iter().flat_map(cells) {
            *users.entry(cell).or_default() += 1;
        }
        let own = |column: &super::space::Column| match column.cells[..] {
            [(group, slot, heads)] if users[&(group, slot)] == 1 => {
                ((heads - 1.0).abs() < WHOLE).then_some((group, slot))
            }
            _ => None,
        };
        self.space.columns.iter().map(own).collect()
    }

    /// Every goal holds by the slopes, or what is missing is dear.
    fn goals(
        &self,
        here: &Here<'_>,
        parts: &[(Variable, &Offer)],
        changes: &BTreeMap<(GroupId, usize), Change>,
        programme: &mut Programme,
    ) {
        let mut terms: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); self.targets.goals.len()];
        let mut gains = vec![0.0_f64; self.targets.goals.len()];
        let most = self.dearest();
        for (&(group, slot), change) in changes {
            for (goal, gain, loss) in here.slopes[group][slot].by_goal(self.goal_of) {
                if gain > 0.0 {
                    terms[goal].push((change.more, gain));
                    gains[goal] = gains[goal].max(gain);
                }
                terms[goal].push((change.fewer, -loss));
            }
        }
        for (goal, mut terms) in terms.into_iter().enumerate() {
            let spare = here.spare[goal];
            terms.extend(
                parts
                    .iter()
                    .map(|(part, offer)| (*part, offer.surplus[goal])),
            );
            if terms.is_empty() {
                continue;
            }
            let price = price(most, gains[goal]);
            let missing = programme.variable(price, 0.0, f64::INFINITY);
            terms.push((missing, 1.0));
            programme.at_least(&terms, -spare);
        }
    }
}

/// No slot gains more than there is to gain in it.
fn rooms(
    here: &Here<'_>,
    changes: &BTreeMap<(GroupId, usize), Change>,
    room: &[Vec<f64>],
    programme: &mut Programme,
) {
    let mut terms: BTreeMap<(usize, usize), Vec<(Variable, f64)>> = BTreeMap::new();
    for (&(group, slot), change) in changes {
        for effect in &here.slopes[group][slot].gain {
            if effect.surplus > 0.0 {
                terms
                    .entry((effect.promise, effect.slot))
                    .or_default()
                    .push((change.more, effect.surplus));
            }
        }
    }
    for ((promise, slot), terms) in terms {
        if room[promise][slot].is_finite() {
            programme.at_most(&terms, room[promise][slot]);
        }
    }
}

/// What a missing unit of a goal costs, where the dearest column costs so much and a head gains so much at most.
fn price(dearest: f64, gain: f64) -> f64 {
    PENALTY * dearest / if gain > 0.0 { gain } else { 1.0 }
}

/// How many heads more and fewer than now.
fn reach(step: Step, now: f64) -> (f64, f64) {
    match step {
        Step::Within(share) | Step::InParts(share) => {
            let heads = (share * now).round().max(1.0);
            (heads, heads)
        }
        Step::Anywhere => (f64::INFINITY, f64::INFINITY),
    }
}

impl Next {
    /// The same in whole numbers: parts are rounded up.
    pub fn rounded_up(&self) -> Choice {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative, and bounded by the columns' limits"
        )]
        let whole = |taken: &f64| (taken - WHOLE).ceil().max(0.0) as u32;
        self.taken.iter().map(whole).collect()
    }
}
