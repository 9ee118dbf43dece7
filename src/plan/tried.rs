//! How much a search simulates, and what it hands on: choices that were tried, and why there is none.

use crate::scenario::model::Model;
use crate::study::run::RunError;

use super::found::Ended;
use super::grid::Heads;
use super::judge::Verdict;
use super::programme::Unsolved;
use super::slope::Slopes;
use super::space::Choice;

/// How much is simulated, in replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// For each slope.
    pub slopes: u64,
    /// For each choice.
    pub verdict: u64,
    /// In the proof.
    pub proof: u64,
    /// At most in the whole search.
    pub work: u64,
}

/// Why a search ends without a choice.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Something went wrong in a run.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The programme could not be solved.
    #[error(transparent)]
    Unsolved(Unsolved),
    /// No choice within the limits keeps every promise: what comes of the largest.
    #[error("no staffing within the limits meets the targets")]
    Unmeetable(Box<Tried>),
}

impl From<Unsolved> for SearchError {
    /// Whoever stops the solver stops the search.
    fn from(error: Unsolved) -> Self {
        match error {
            Unsolved::Stopped => Self::Run(RunError::Interrupted),
            error => Self::Unsolved(error),
        }
    }
}

/// A choice and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// How many of each column.
    pub choice: Choice,
    /// Its heads.
    pub heads: Heads,
    /// What it costs, in units of the currency, with fixed heads.
    pub cost: f64,
    /// What came of it.
    pub verdict: Verdict,
}

impl Tried {
    /// What it costs with overtime, as simulated, in units of the currency.
    pub fn paid(&self) -> f64 {
        self.cost + self.verdict.overtime.iter().sum::<f64>()
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Searched {
    /// The cheapest choice that keeps every promise in the search's own replications.
    pub best: Tried,
    /// What a head is worth there, where that was measured.
    pub slopes: Option<Slopes>,
    /// Why it ended.
    pub ended: Ended,
}

impl Effort {
    /// What is usual for a model: more replications where the horizon is short.
    pub fn of(model: &Model, work: Option<u64>, proof: Option<u64>) -> Self {
        let days = model.calendar.days().len() as u64;
        let verdict = (700 / days).clamp(40, 1_000);
        Self {
            slopes: (56 / days).clamp(8, 100),
            verdict,
            proof: proof.unwrap_or(4 * verdict),
            work: work.unwrap_or((140_000 / days).max(2_000)),
        }
    }
}
