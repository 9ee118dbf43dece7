//! How often the intervals hold the truth: many small runs of models whose answers are known.

mod day;
mod experiments;
mod subjects;
mod values;

use serde::Serialize;

use crate::queueing::QueueError;
use crate::sim::parallel::Workers;
use crate::study::run::RunError;

use subjects::{Subject, stopped_by_precision, subjects};

/// How many experiments, and with what luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverageEffort {
    /// Experiments of 10 replications for each model; half as many of 20, a fifth of 50, and half as many that stop by precision.
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
    /// Replications of each experiment; their mean where they end when a precision is reached.
    pub replications: f64,
    /// The half-width at which the experiments ended.
    pub precision: Option<f64>,
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

    /// Their binomial error: how far chance alone moves the share of those that hold, in 95 of 100 cases, where 95 % should.
    pub fn chance(&self) -> f64 {
        1.96 * (0.95 * 0.05 / self.experiments.max(1) as f64).sqrt()
    }

    /// Whether most runs said that the figure rests on too few events.
    pub fn is_of_few(&self) -> bool {
        2 * self.few > self.experiments
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
    let is_wanted = |subject: &Subject| subject.name.contains(pattern);
    let mut rows = Vec::new();
    for subject in subjects()?.into_iter().filter(is_wanted) {
        rows.extend(experiments::of_sizes(&subject, effort, workers)?);
        done(subject.name);
    }
    for (subject, half_width) in stopped_by_precision()?
        .into_iter()
        .filter(|(subject, _)| is_wanted(subject))
    {
        rows.extend(experiments::until_precise(
            &subject, half_width, effort, workers,
        )?);
        done(subject.name);
    }
    Ok(CoverageTable { rows })
}

/// The names of the models, in the order in which they are tried.
///
/// # Errors
/// When a model refuses its numbers, which none does.
pub fn models() -> Result<Vec<&'static str>, CoverageError> {
    let by_precision = stopped_by_precision()?
        .into_iter()
        .map(|(subject, _)| subject);
    let all = subjects()?.into_iter().chain(by_precision);
    Ok(all.map(|subject| subject.name).collect())
}
