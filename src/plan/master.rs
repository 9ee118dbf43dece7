//! The next choice: a linear programme over what the slopes say. In each cell u heads more and d heads fewer than now; a goal gains
//! Σ gain·u − Σ loss·d. Where service gains ever less from more heads, the programme knows more than the truth allows, so its cost is a bound.

use std::collections::BTreeMap;

use crate::ids::GroupId;
use crate::sim::parallel::Workers;

use super::draft::{Change, Draft, WHOLE, reach, rooms};
use super::grid::Heads;
use super::offers::Offer;
use super::programme::{Limits, Programme, Unsolved, Variable};
use super::slope::{GoalOf, Slopes};
use super::space::{Choice, Space};
use super::target::Targets;
use super::whole::landscape::{Cell, Effect, Landscape};
use super::whole::near;

/// A missing unit of surplus costs so many times the dearest that the slopes can buy: never worth it.
const PENALTY: f64 = 50.0;

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

/// What is known at some heads, and what there is to gain at all.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) heads: Heads,
    /// By goal: the surplus.
    pub(super) spare: Vec<f64>,
    pub(super) slopes: Slopes,
    /// By promise and slot: no heads gain more than that.
    pub(super) room: Vec<Vec<f64>>,
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

impl Master<'_> {
    /// The cheapest choice by the slopes.
    ///
    /// # Errors
    /// When there is no solver, or it fails, or, but for parts, somebody stops the workers.
    pub fn solve(&self, here: &Here<'_>, step: Step) -> Result<Next, Unsolved> {
        let near = match step {
            Step::Within(share) | Step::InParts(share) => {
                let heads = f64::from(here.heads.values().flatten().sum::<u32>());
                (share * heads).max(self.space.largest())
            }
            Step::Anywhere => f64::INFINITY,
        };
        let mut draft = Draft::new(self.space, here, step);
        let known = (here.spare, here.slopes);
        self.goals(known, &[], &draft.changes, &mut draft.programme);
        draft.stay_near(near);
        // What a promise costs is asked when the search is over, however it ended.
        let is_search = matches!(step, Step::Within(_));
        let stop = || is_search && self.workers.is_stopped();
        let found = draft.programme.minimise_until(Limits::default(), &stop)?;
        let mut taken = draft.taken(self.space, here, &found);
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

    /// What columns cost at least, in millionths of the currency, in parts, by what is known at the heads of a choice and elsewhere, and by offers of far
    /// fewer heads beside: nothing gains more than any of it says.
    ///
    /// # Errors
    /// When there is no solver, or it fails.
    pub(super) fn lowest(
        &self,
        choice: &[u32],
        at_choice: &Cut,
        elsewhere: Option<&Cut>,
        offers: &[Offer],
    ) -> Result<f64, Unsolved> {
        let here = Here {
            choice,
            heads: &at_choice.heads,
            spare: &at_choice.spare,
            slopes: &at_choice.slopes,
        };
        let mut draft = Draft::new(self.space, &here, Step::Anywhere);
        let parts = draft.offered(self.space, &here, offers);
        self.goals(
            (here.spare, here.slopes),
            &parts,
            &draft.changes,
            &mut draft.programme,
        );
        rooms(at_choice, &draft.changes, &mut draft.programme);
        if let Some(other) = elsewhere {
            let changes = draft.seen_from(here.heads, &other.heads);
            let known = (&other.spare[..], &other.slopes);
            self.goals(known, &[], &changes, &mut draft.programme);
            rooms(other, &changes, &mut draft.programme);
        }
        let found = draft.programme.minimise(Limits::default())?;
        let taken = draft.taken(self.space, &here, &found);
        let columns = self.space.columns.iter().zip(&taken);
        let cost: f64 = columns.map(|(column, taken)| column.cost * taken).sum();
        let of_offers = parts
            .iter()
            .map(|(part, offer)| found.value(*part) * offer.cost);
        Ok(cost + of_offers.sum::<f64>())
    }

    /// Every goal holds by the slopes, or what is missing is dear.
    fn goals(
        &self,
        (spare, slopes): (&[f64], &Slopes),
        parts: &[(Variable, &Offer)],
        changes: &BTreeMap<(GroupId, usize), Change>,
        programme: &mut Programme,
    ) {
        let mut terms: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); self.targets.goals.len()];
        let mut gains = vec![0.0_f64; self.targets.goals.len()];
        let most = self.dearest();
        for (&(group, slot), change) in changes {
            for (goal, gain, loss) in slopes[group][slot].by_goal(self.goal_of) {
                if gain > 0.0 {
                    terms[goal].push((change.more, gain));
                    gains[goal] = gains[goal].max(gain);
                }
                terms[goal].push((change.fewer, -loss));
            }
        }
        for (goal, mut terms) in terms.into_iter().enumerate() {
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
            programme.at_least(&terms, -spare[goal]);
        }
    }
}

/// What a missing unit of a goal costs, where the dearest column costs so much and a head gains so much at most.
fn price(dearest: f64, gain: f64) -> f64 {
    PENALTY * dearest / if gain > 0.0 { gain } else { 1.0 }
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
