//! The next choice: a linear programme over what the slopes say. In each cell u heads more and d heads fewer than now; a goal gains
//! Σ gain·u − Σ loss·d. Where service gains ever less from more heads, the programme knows more than the truth allows, so its cost is a bound.

use std::collections::BTreeMap;

use crate::ids::GroupId;

use super::grid::Heads;
use super::offers::Offer;
use super::programme::{Found, Limits, Programme, Unsolved, Variable};
use super::slope::{GoalOf, Slopes};
use super::space::{Choice, Space};
use super::target::Targets;

/// A missing unit of surplus costs so many times the dearest that the slopes can buy: never worth it.
const PENALTY: f64 = 50.0;
/// How well shifts are chosen in one step, and how long that may take.
const SHIFTS: Limits = Limits {
    gap: 0.004,
    time: std::time::Duration::from_secs(20),
};
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
    /// Heads of a cell change by this share at most, or by one; all together by this share.
    Within(f64),
    /// No cell loses heads.
    Up,
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

    /// All cells together change by so many heads at most, or by one.
    fn stay_near(&mut self, heads: f64) {
        let both = self
            .changes
            .values()
            .flat_map(|change| [change.more, change.fewer]);
        let terms: Vec<_> = both.map(|change| (change, 1.0)).collect();
        self.programme.at_most(&terms, heads.max(1.0));
    }
}

impl Master<'_> {
    /// The cheapest choice by the slopes. `room` caps by promise and slot what can be gained at all.
    ///
    /// # Errors
    /// When there is no solver, or it fails.
    pub fn solve(
        &self,
        here: &Here<'_>,
        step: Step,
        room: Option<&[Vec<f64>]>,
    ) -> Result<Next, Unsolved> {
        // A bound takes parts of shifts too.
        let whole = self.space.is_by_shift() && step != Step::Anywhere;
        let mut draft = self.draft(here, step, whole);
        self.goals(here, &[], &draft.changes, &mut draft.programme);
        if let Step::Within(share) = step {
            draft.stay_near(share * f64::from(here.heads.values().flatten().sum::<u32>()));
        }
        if let Some(room) = room {
            rooms(here, &draft.changes, room, &mut draft.programme);
        }
        let limits = if whole { SHIFTS } else { Limits::default() };
        let found = draft.programme.minimise(limits)?;
        let taken = self.taken(here, &draft, &found);
        let columns = self.space.columns.iter().zip(&taken);
        let cost = columns.map(|(column, taken)| column.cost * taken).sum();
        Ok(Next { taken, cost })
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
        let mut draft = self.draft(here, Step::Anywhere, false);
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
    fn draft(&self, here: &Here<'_>, step: Step, whole: bool) -> Draft {
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
            let variable = if whole {
                programme.whole(column.cost, min, max)
            } else {
                programme.variable(column.cost, min, max)
            };
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
        let mut dearest = vec![0.0_f64; self.targets.goals.len()];
        let most = self.space.columns.iter().map(|column| column.cost);
        let most = most.fold(0.0, f64::max);
        for (&(group, slot), change) in changes {
            for (goal, gain, loss) in here.slopes[group][slot].by_goal(self.goal_of) {
                if gain > 0.0 {
                    terms[goal].push((change.more, gain));
                    dearest[goal] = dearest[goal].max(gain);
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
            let price = if dearest[goal] > 0.0 {
                PENALTY * most / dearest[goal]
            } else {
                PENALTY * most
            };
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

/// How many heads more and fewer than now.
fn reach(step: Step, now: f64) -> (f64, f64) {
    match step {
        Step::Within(share) => {
            let heads = (share * now).round().max(1.0);
            (heads, heads)
        }
        Step::Up => ((0.25 * now).round().max(2.0), 0.0),
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
