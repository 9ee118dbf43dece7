//! Fresh customers for what a search found: the best mix, the file as written, the frontier, and the steps away from the best.

use std::borrow::Cow;

use crate::scenario::model::{Staffing, Stopping};
use crate::sim::parallel::Workers;
use crate::stats::measure::Measure;
use crate::study::mixes::bench::{Bench, MOST_COUNTERS, Mix, Ran, TooMany};
use crate::study::run::RunError;

use super::field::{Candidate, Field};
use super::found::{Change, MixRow, Move, MoveKind};
use super::search::{Searched, thinned};
use super::sheet::Sheet;

/// Mixes of the frontier that are proven.
const MOST_ROWS: usize = 12;
/// Cheaper mixes that may take the place of the best where its cost turns out above the budget.
const SPARE: usize = 3;
/// Mixes that cost more than so many budgets are told nobody.
const FAR: f64 = 1.5;
/// Counters of a mix and of each of its queues.
const COUNTERS: (usize, usize) = (9, 6);

/// What is proven together, and under which customers.
#[derive(Debug)]
pub struct Prover<'f, 'a> {
    /// What has been simulated.
    pub field: &'f Field<'a>,
    /// The most that may be paid.
    pub budget: f64,
    /// Of the customers of the proof.
    pub seed: u64,
    /// How often each mix is simulated.
    pub stopping: Stopping,
    /// The threads.
    pub workers: &'f Workers,
}

/// What was proven.
#[derive(Debug)]
pub struct Proven {
    /// How much was run.
    pub ran: Ran,
    /// The best mix.
    pub candidate: Candidate,
    /// See [`MixPlan`](super::found::MixPlan).
    pub is_within_budget: bool,
    /// The same.
    pub best: MixRow,
    /// The same.
    pub as_written: MixRow,
    /// The same.
    pub gain: Change,
    /// The same.
    pub frontier: Vec<MixRow>,
    /// Steps away from the best, in no order.
    pub moves: Vec<Move>,
}

/// Why nothing was proven.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// More queues than can be compared at once.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// A run failed, or somebody stopped it too early.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// A step away from the best, and the place of its mix among those that are proven.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) what: MoveKind,
    pub(super) place: Option<usize>,
}

/// The mixes of a proof after the file as written.
#[derive(Debug)]
pub(super) struct List(pub(super) Vec<Candidate>);

impl List {
    /// The place of a mix, which is put in where it is new.
    fn place(&mut self, candidate: &Candidate) -> usize {
        let known = self.0.iter().position(|known| known == candidate);
        1 + known.unwrap_or_else(|| {
            self.0.push(candidate.clone());
            self.0.len() - 1
        })
    }
}

/// Where the file as written and the best stand among the mixes of a proof.
pub(super) const AS_WRITTEN: usize = 0;
pub(super) const BEST: usize = 1;

impl Prover<'_, '_> {
    /// Simulates what a search found with customers that the search has not met.
    ///
    /// # Errors
    /// When contacts come of others without bound, or somebody stops it too early.
    pub fn prove(
        &self,
        searched: &Searched,
        done: &(dyn Fn() + Sync),
    ) -> Result<Proven, ProofError> {
        let (best, is_within_budget) = self.affordable(searched, done)?;
        let mut list = List(vec![best.clone()]);
        let moves = self.moves(&best, searched, &mut list);
        let room = self.room().saturating_sub(list.0.len() + 1);
        let mut rows = vec![BEST];
        let most = room.min(MOST_ROWS);
        let near = searched
            .curve
            .partition_point(|(_, worth)| worth.paid <= FAR * self.budget);
        for (candidate, _) in thinned(&searched.curve[..near], most, |(_, worth)| worth.paid) {
            let place = list.place(candidate);
            if !rows.contains(&place) {
                rows.push(place);
            }
        }
        let staffings = self.staffings(&list.0);
        let bench = self.bench(&list.0, &staffings)?;
        let ran = bench.run(self.stopping, self.workers, done)?;
        let sheet = Sheet {
            field: self.field,
            bench: &bench,
            joint: &ran.joint,
            list: &list,
            staffings: &staffings,
        };
        let (gain, moves) = sheet.changes(moves);
        let frontier = sheet.frontier(&rows);
        let of_best = frontier.iter().find(|row| row.is_best);
        Ok(Proven {
            best: of_best.map_or_else(|| sheet.row(BEST), Clone::clone),
            as_written: sheet.row(AS_WRITTEN),
            gain,
            frontier,
            moves,
            candidate: best,
            is_within_budget,
            ran,
        })
    }

    /// The best whose cost is within the budget for fresh customers too: that of the search, or one that is cheaper; and whether the
    /// upper end of its cost is.
    fn affordable(
        &self,
        searched: &Searched,
        done: &(dyn Fn() + Sync),
    ) -> Result<(Candidate, bool), ProofError> {
        let curve: Vec<&Candidate> = searched
            .curve
            .iter()
            .map(|(candidate, _)| candidate)
            .collect();
        let own = curve.iter().position(|own| **own == searched.winner);
        let cheaper = curve[..own.unwrap_or(0)].iter().rev().take(SPARE).copied();
        let list: Vec<Candidate> = std::iter::once(&searched.winner)
            .chain(cheaper)
            .cloned()
            .collect();
        let staffings = self.staffings(&list);
        let bench = self.bench(&list, &staffings)?;
        let ran = bench.run(self.stopping, self.workers, done)?;
        let cost = |place: usize| bench.estimate(&ran.joint, place + 1, &Measure::Cost);
        let is_below = |value: Option<f64>| value.is_some_and(|value| value <= self.budget);
        let surely = (0..list.len()).find(|&place| {
            let cost = cost(place);
            is_below(cost.hi.or(cost.mean))
        });
        let found = surely.or_else(|| (0..list.len()).find(|&place| is_below(cost(place).mean)));
        Ok((list[found.unwrap_or(0)].clone(), surely.is_some()))
    }

    /// How many mixes can be compared at once.
    fn room(&self) -> usize {
        let variants = self.field.space.compiled.variants.iter();
        let queues = variants.map(|variant| variant.model.queues.len()).max();
        MOST_COUNTERS / (COUNTERS.0 + COUNTERS.1 * queues.unwrap_or(0))
    }

    fn staffings(&self, list: &[Candidate]) -> Vec<Staffing> {
        list.iter()
            .map(|candidate| self.field.staffing(candidate))
            .collect()
    }

    fn bench<'s>(
        &'s self,
        list: &[Candidate],
        staffings: &'s [Staffing],
    ) -> Result<Bench<'s>, TooMany> {
        let ground = self.field.ground();
        let mixes = list.iter().zip(staffings).map(|(candidate, staffing)| {
            let variant = self.field.variant(candidate.setup);
            Mix {
                name: variant.name.clone(),
                model: &variant.model,
                staffing: Cow::Borrowed(staffing),
            }
        });
        let all = std::iter::once(Mix::of(ground, &ground.name)).chain(mixes);
        Bench::new(all.collect(), self.seed)
    }

    /// One head more and one fewer in each group, and the other values of every lever: as many as there is room for.
    fn moves(&self, best: &Candidate, searched: &Searched, list: &mut List) -> Vec<Planned> {
        let space = self.field.space;
        let names = self.field.group_names();
        let mut wanted: Vec<(MoveKind, Option<Candidate>)> = Vec::new();
        for (group, range) in self.field.ranges_in(best.setup).iter().enumerate() {
            for heads in [-1_i8, 1] {
                let level = best.levels[group].checked_add_signed(heads.into());
                let is_within = |level: &u32| (range.min..=range.max).contains(level);
                let Some(level) = level.filter(is_within) else {
                    continue;
                };
                let mut there = best.clone();
                there.levels[group] = level;
                let group = names[group].clone();
                wanted.push((MoveKind::Heads { group, heads }, Some(there)));
            }
        }
        let own = &space.setups[best.setup].values;
        for other in &searched.alternatives {
            // A best that took the place of the search's may have another value.
            let Some(from) = own[other.lever].filter(|&from| from != other.value) else {
                continue;
            };
            let lever = &space.levers[other.lever];
            let what = MoveKind::Value {
                path: lever.what.path(),
                from: lever.values[from].clone(),
                to: lever.values[other.value].clone(),
            };
            wanted.push((what, other.best.clone()));
        }
        let room = self.room().saturating_sub(3);
        let planned = wanted.into_iter().map(|(what, candidate)| {
            let has_room = list.0.len() < room;
            let place = candidate
                .filter(|candidate| has_room || list.0.contains(candidate))
                .map(|candidate| list.place(&candidate));
            Planned { what, place }
        });
        planned.collect()
    }
}
