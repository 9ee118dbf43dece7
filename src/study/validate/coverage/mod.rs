//! How often the intervals hold the truth: many small runs of models whose answers are known.

mod subjects;
mod values;

use serde::Serialize;

use crate::queueing::QueueError;
use crate::scenario::model::Compiled;
use crate::scenario::{Scenario, name_hash};
use crate::sim::parallel::Workers;
use crate::stats::estimate::Estimate;
use crate::stats::summary::{Stopped, VariantSummary};
use crate::study::run::{RunError, Study};

use subjects::{Subject, subjects};
use values::Value;

/// Replications of an experiment: the sizes looked at.
const SIZES: [u64; 3] = [10, 20, 50];
/// Replications that experiments of every size are made of, the larger ones of the smaller ones.
const BLOCK: u64 = 100;

/// How many experiments, and with what luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverageEffort {
    /// Experiments of 10 replications for each model.
    pub experiments: u64,
    /// The seed.
    pub seed: u64,
}

/// How often intervals held the truth.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageTable {
    /// A model, a figure and a number of replications each.
    pub rows: Vec<CoverageRow>,
}

/// How often the intervals of a figure held its known value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageRow {
    /// The model.
    pub model: String,
    /// The figure's path.
    pub figure: String,
    /// Whether it is the variant less the base.
    pub is_difference: bool,
    /// Replications of each experiment.
    pub replications: u64,
    /// The known value.
    pub exact: f64,
    /// What became of the intervals.
    #[serde(flatten)]
    pub tried: Tried,
}

/// What became of a number of intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tried {
    /// How many there were.
    pub experiments: u64,
    /// Of these, wholly below the known value.
    pub too_low: u64,
    /// Of these, wholly above it.
    pub too_high: u64,
    /// How often the run said that the figure rests on too few events.
    pub few: u64,
}

/// Why the experiments could not be done.
#[derive(Debug, thiserror::Error)]
pub enum CoverageError {
    /// A model refused its numbers.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// A run failed.
    #[error(transparent)]
    Run(#[from] RunError),
}

impl Tried {
    /// Those that held the known value.
    pub fn held(&self) -> u64 {
        self.experiments - self.too_low - self.too_high
    }

    /// Their share.
    pub fn coverage(&self) -> Option<f64> {
        (self.experiments > 0).then(|| self.held() as f64 / self.experiments as f64)
    }

    fn see(&mut self, interval: Estimate, exact: f64, is_few: bool) {
        let (Some(lo), Some(hi)) = (interval.lo, interval.hi) else {
            return;
        };
        self.experiments += 1;
        self.too_low += u64::from(hi < exact);
        self.too_high += u64::from(lo > exact);
        self.few += u64::from(is_few);
    }

    fn merge(&mut self, other: Self) {
        self.experiments += other.experiments;
        self.too_low += other.too_low;
        self.too_high += other.too_high;
        self.few += other.few;
    }
}

/// Runs the experiments of every model whose name contains `pattern`. `done` is told of each model.
///
/// # Errors
/// When a run fails, which none does.
pub fn coverage(
    pattern: &str,
    effort: &CoverageEffort,
    workers: &Workers,
    done: &dyn Fn(&str),
) -> Result<CoverageTable, CoverageError> {
    let mut rows = Vec::new();
    let is_wanted = |subject: &Subject| subject.name.contains(pattern);
    for subject in subjects()?.into_iter().filter(is_wanted) {
        rows.extend(try_out(&subject, effort, workers)?);
        done(subject.name);
    }
    Ok(CoverageTable { rows })
}

fn try_out(
    subject: &Subject,
    effort: &CoverageEffort,
    workers: &Workers,
) -> Result<Vec<CoverageRow>, RunError> {
    let compiled = compiled(subject);
    // Each model has luck of its own.
    let study = Study::new(
        &compiled,
        |_| true,
        Some(effort.seed ^ name_hash(subject.name)),
    );
    let empty = || vec![[Tried::default(); SIZES.len()]; subject.values.len()];
    let blocks = effort.experiments.div_ceil(BLOCK / SIZES[0]);
    let parts = workers.each(
        0..blocks,
        || (study.desk(), empty()),
        |(desk, tried), block| {
            let tens = (0..BLOCK / SIZES[0]).map(|ten| {
                let first = block * BLOCK + ten * SIZES[0];
                study.tally_at(desk, first..first + SIZES[0])
            });
            let tens: Vec<_> = tens.collect::<Result<_, _>>()?;
            for (size, replications) in SIZES.into_iter().enumerate() {
                let together = usize::try_from(replications / SIZES[0]).expect("a few");
                for tallies in tens.chunks_exact(together) {
                    let mut tally = tallies[0].clone();
                    tallies[1..].iter().for_each(|more| tally.merge(more));
                    let summary = study.summary(&tally, Stopped::Replications);
                    for (value, tried) in subject.values.iter().zip(tried.iter_mut()) {
                        see(value, &summary.variants, &mut tried[size]);
                    }
                }
            }
            Ok::<(), RunError>(())
        },
    )?;
    let mut tried = empty();
    for (_, part) in parts {
        for (own, more) in tried.iter_mut().flatten().zip(part.into_iter().flatten()) {
            own.merge(more);
        }
    }
    let rows = subject
        .values
        .iter()
        .zip(&tried)
        .flat_map(|(value, tried)| {
            SIZES
                .into_iter()
                .zip(tried)
                .map(|(replications, tried)| CoverageRow {
                    model: subject.name.to_owned(),
                    figure: value.path.clone(),
                    is_difference: value.is_difference,
                    replications,
                    exact: value.exact,
                    tried: *tried,
                })
        });
    Ok(rows.collect())
}

fn see(value: &Value, variants: &[VariantSummary], tried: &mut Tried) {
    let variant = &variants[usize::from(value.is_difference)];
    let is_few = variant.has_too_few_events(&value.path);
    tried.see(value.read(variants), value.exact, is_few);
}

fn compiled(subject: &Subject) -> Compiled {
    let scenario = Scenario::parse(&subject.text, subject.name, |_| {
        Err("no data files".to_owned())
    });
    let compiled = scenario.and_then(|scenario| scenario.compile());
    compiled.unwrap_or_else(|problems| {
        panic!(
            "the scenario made for {} is faulty: {problems}",
            subject.name
        )
    })
}
