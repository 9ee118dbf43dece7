//! All variants of a scenario over many replications. The unit of work is one replication of all variants.

use std::ops::Range;

use crate::scenario::model::{Compiled, Stopping, Variant};
use crate::sim::centre::{Centre, Layout};
use crate::sim::counting::extent;
use crate::sim::parallel::{NoThreads, Workers};
use crate::stats::counts::Counts;
use crate::stats::estimate::Estimate;
use crate::stats::frontier::Frontier;
use crate::stats::measure::Measure;
use crate::stats::moments::{Counters, Row};
use crate::stats::pair_tally::Pairing;
use crate::stats::summarise::{self, Labels};
use crate::stats::summary::{Stopped, Summary, VariantSummary};
use crate::stats::tally::Tally;

use super::labels::{labels, pairing, scenario};
use super::mixes::bench::{Bench, Mix, totals};
use super::mixes::frontiers::frontiers;
use super::mixes::once::count;

/// Replications between two looks at the precision.
const BATCH: u64 = 10;

/// Variants that are compared each with each; more would cost more than simulating them.
pub const MOST_MIXES: usize = 40;

/// Why a run failed.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Contacts came of others without bound.
    #[error(
        "variant \"{variant}\", replication {replication}: more than {limit} contacts came of others (bred posts, retries, returns, replies): they come faster than they are answered"
    )]
    Flooded {
        /// The variant.
        variant: String,
        /// The replication, from 1.
        replication: u64,
        /// The limit on such contacts.
        limit: u64,
    },
    /// Somebody stopped it before the first replication was done.
    #[error("interrupted before the first replication was done")]
    Interrupted,
    /// No threads could be had.
    #[error(transparent)]
    NoThreads(#[from] NoThreads),
}

/// Chosen variants of a scenario, the base first, under a seed.
#[derive(Debug)]
pub struct Study<'a> {
    compiled: &'a Compiled,
    variants: Vec<&'a Variant>,
    layouts: Vec<Layout>,
    pairings: Vec<Pairing>,
    /// The same variants as mixes, to be compared each with each.
    bench: Option<Bench<'a>>,
    seed: u64,
}

/// What one thread works in.
pub(super) struct Desk {
    centres: Vec<Centre>,
    counts: Vec<Counts>,
    tally: Tally,
    values: Vec<i128>,
    row: Row,
}

impl<'a> Study<'a> {
    /// The base and those of the other variants that `is_chosen` picks, under this seed or the scenario's own.
    pub fn new(
        compiled: &'a Compiled,
        is_chosen: impl Fn(&str) -> bool,
        seed: Option<u64>,
    ) -> Self {
        let chosen =
            |(number, variant): &(usize, &Variant)| *number == 0 || is_chosen(&variant.name);
        let variants: Vec<&Variant> = compiled
            .variants
            .iter()
            .enumerate()
            .filter(chosen)
            .map(|(_, variant)| variant)
            .collect();
        let base = &variants[0].model;
        let seed = seed.unwrap_or(compiled.seed);
        Self {
            bench: bench(&variants, seed),
            layouts: variants
                .iter()
                .map(|variant| Layout::new(&variant.model, &variant.staffing))
                .collect(),
            pairings: variants
                .iter()
                .map(|variant| pairing(&variant.model, base))
                .collect(),
            compiled,
            variants,
            seed,
        }
    }

    /// The seed in force.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The names of the variants, the base first.
    pub fn variant_names(&self) -> impl Iterator<Item = &str> {
        self.variants.iter().map(|variant| variant.name.as_str())
    }

    /// A tally of no replications.
    pub fn empty_tally(&self) -> Tally {
        let extents: Vec<_> = self
            .variants
            .iter()
            .zip(&self.layouts)
            .map(|(variant, layout)| extent(&variant.model, layout))
            .collect();
        let tally = Tally::new(&extents, &self.pairings);
        match &self.bench {
            Some(bench) => tally.with_mixes(bench.columns()),
            None => tally,
        }
    }

    /// Runs a range of replications (from 0) and tallies them, the first of them where somebody stops the workers. `done` is told of each.
    ///
    /// # Errors
    /// When posts breed without bound.
    pub fn tally(
        &self,
        range: Range<u64>,
        workers: &Workers,
        done: &(dyn Fn() + Sync),
    ) -> Result<Tally, RunError> {
        let step = |desk: &mut Desk, index| {
            self.replicate(desk, index)?;
            done();
            Ok::<(), RunError>(())
        };
        let mut desks = workers.each(range, || self.desk(), step)?.into_iter();
        let mut tally = desks
            .next()
            .map_or_else(|| self.empty_tally(), |desk| desk.tally);
        desks.for_each(|desk| tally.merge(&desk.tally));
        Ok(tally)
    }

    /// The same in the thread that asks, as long as it `goes_on`; nothing where it does not to the end.
    ///
    /// # Errors
    /// When posts breed without bound.
    pub(super) fn tally_while(
        &self,
        range: Range<u64>,
        goes_on: impl Fn() -> bool,
    ) -> Result<Option<Tally>, RunError> {
        let mut desk = self.desk();
        for index in range {
            if !goes_on() {
                return Ok(None);
            }
            self.replicate(&mut desk, index)?;
        }
        Ok(Some(desk.tally))
    }

    /// The same at one desk, in the thread that asks.
    ///
    /// # Errors
    /// When posts breed without bound.
    pub(super) fn tally_at(&self, desk: &mut Desk, range: Range<u64>) -> Result<Tally, RunError> {
        for index in range {
            self.replicate(desk, index)?;
        }
        Ok(std::mem::replace(&mut desk.tally, self.empty_tally()))
    }

    /// Runs until `stopping` says so. `done` is told of each replication.
    ///
    /// # Errors
    /// When posts breed without bound.
    pub fn run(
        &self,
        stopping: Stopping,
        workers: &Workers,
        done: &(dyn Fn() + Sync),
    ) -> Result<Summary, RunError> {
        match stopping {
            Stopping::Replications(replications) => {
                let tally = self.tally(0..replications, workers, done)?;
                if tally.replications == replications {
                    return Ok(self.summary(&tally, Stopped::Replications));
                }
                self.interrupted(&tally)
            }
            Stopping::Precision {
                half_width,
                max_replications,
            } => {
                let labels = labels(&self.variants);
                let mut tally = self.empty_tally();
                loop {
                    let next = (tally.replications + BATCH).min(max_replications);
                    tally.merge(&self.tally(tally.replications..next, workers, done)?);
                    if tally.replications < next {
                        return self.interrupted(&tally);
                    }
                    if is_precise(&summarise::variants(&tally, &labels), half_width) {
                        return Ok(self.summary_with(&tally, Stopped::Precision, &labels));
                    }
                    if tally.replications >= max_replications {
                        return Ok(self.summary_with(&tally, Stopped::MaxReplications, &labels));
                    }
                }
            }
        }
    }

    fn interrupted(&self, tally: &Tally) -> Result<Summary, RunError> {
        if tally.replications == 0 {
            return Err(RunError::Interrupted);
        }
        Ok(self.summary(tally, Stopped::Interrupted))
    }

    /// What a tally says of each variant, without its intervals of the day.
    pub(super) fn totals(&self, tally: &Tally) -> Vec<VariantSummary> {
        let labels = labels(&self.variants);
        let slots = Vec::new();
        summarise::variants(tally, &Labels { slots, ..labels })
    }

    /// The summary of a tally.
    pub fn summary(&self, tally: &Tally, stopped: Stopped) -> Summary {
        self.summary_with(tally, stopped, &labels(&self.variants))
    }

    fn summary_with(&self, tally: &Tally, stopped: Stopped, labels: &Labels) -> Summary {
        let batches = tally.replications * labels.batches;
        Summary {
            scenario: scenario(
                self.compiled,
                self.seed,
                (tally.replications, batches),
                stopped,
            ),
            variants: summarise::variants(tally, labels),
            frontiers: self.frontiers(tally),
        }
    }

    /// Which variants are worth their cost; nothing where nothing costs anything.
    fn frontiers(&self, tally: &Tally) -> Vec<Frontier> {
        let Some((bench, joint)) = self.bench.as_ref().zip(tally.mixes.as_ref()) else {
            return Vec::new();
        };
        let costs = |mix| bench.estimate(joint, mix, &Measure::Cost).mean > Some(0.0);
        if (0..self.variants.len()).any(costs) {
            frontiers(bench, joint)
        } else {
            Vec::new()
        }
    }

    /// A place to work at.
    pub(super) fn desk(&self) -> Desk {
        let both = || self.variants.iter().zip(&self.layouts);
        Desk {
            centres: both()
                .map(|(variant, layout)| Centre::new(&variant.model, layout, self.seed, 0))
                .collect(),
            counts: both()
                .map(|(variant, layout)| Counts::new(extent(&variant.model, layout)))
                .collect(),
            tally: self.empty_tally(),
            values: Vec::new(),
            row: Row::default(),
        }
    }

    /// One replication of all variants.
    fn replicate(&self, desk: &mut Desk, index: u64) -> Result<(), RunError> {
        for (number, (variant, layout)) in self.variants.iter().zip(&self.layouts).enumerate() {
            let Desk {
                centres,
                counts,
                tally,
                ..
            } = desk;
            count(
                (&variant.model, &variant.staffing, layout),
                &variant.name,
                (self.seed, index),
                &mut centres[number],
                &mut counts[number],
                |counts| tally.add_batch(std::slice::from_ref(counts), &self.pairings),
            )?;
        }
        desk.tally.add(&desk.counts, &self.pairings);
        if let Some(joint) = &mut desk.tally.mixes {
            desk.values.clear();
            for (variant, counts) in self.variants.iter().zip(&desk.counts) {
                totals(&variant.model, counts).values(&mut desk.values);
            }
            joint.add(&desk.values, &mut desk.row);
        }
        Ok(())
    }
}

/// Variants to be compared each with each: several of them, and not too many. Batches, which know no variants, are not counted here.
fn bench<'a>(variants: &[&'a Variant], seed: u64) -> Option<Bench<'a>> {
    if !(2..=MOST_MIXES).contains(&variants.len()) {
        return None;
    }
    let mixes = variants
        .iter()
        .map(|variant| Mix::of(variant, &variant.name));
    Bench::of_wholes(mixes.collect(), seed).ok()
}

/// Whether every promised figure of every variant is known well enough: shares to within `half_width`, times to within
/// that part of their mean. Without promises, the mean waits are looked at.
fn is_precise(variants: &[VariantSummary], half_width: f64) -> bool {
    let narrow = |value: &Estimate, size: f64| {
        value
            .half_width()
            .is_none_or(|half| half <= half_width * size)
    };
    let mut targets = variants
        .iter()
        .flat_map(|variant| {
            let queues = variant.queues.iter().flat_map(|(_, queue)| &queue.targets);
            queues.chain(variant.groups.iter().flat_map(|(_, group)| &group.targets))
        })
        .peekable();
    if targets.peek().is_none() {
        let mut waits = variants
            .iter()
            .flat_map(|variant| variant.queues.iter().map(|(_, queue)| queue.measures.asa_s));
        return waits.all(|wait| narrow(&wait, wait.mean.unwrap_or(0.0)));
    }
    targets.all(|target| {
        let size = if target.measure == "asa_s" {
            target.value.mean.unwrap_or(0.0)
        } else {
            1.0
        };
        narrow(&target.value, size)
    })
}
