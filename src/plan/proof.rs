//! The proof that a staffing keeps every promise: fresh customers, and a one-sided bound on every surplus, corrected for testing many.
//!
//! # Formula
//! With K goals and the i-th attempt, each surplus has to be above zero by Student's t at the chance 0.05 / 2^i / K: so the chance that any
//! attempt proves a promise that does not hold is at most 0.05 in all (Bonferroni 1936), where surpluses of single replications are nearly
//! normal in the mean.

use crate::scenario::model::Staffing;
use crate::stats::student::t_exceeded_by;
use crate::study::run::RunError;

use super::judge::{Judge, Verdict};
use super::target::Targets;

/// The chance of a wrong proof, over all attempts.
pub const ERROR: f64 = 0.05;
/// How often a plan is mended and proven anew.
pub const ATTEMPTS: u32 = 8;

/// What an attempt gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// What came of the fresh customers.
    pub verdict: Verdict,
    /// By goal: what its surplus is at least, at the attempt's chance of error.
    pub sure: Vec<f64>,
}

impl Proof {
    /// Whether every promise is proven.
    pub fn holds(&self) -> bool {
        self.sure.iter().all(|&sure| sure >= 0.0)
    }
}

/// Simulates a staffing with the customers of an attempt (from 1), which no search has seen.
///
/// # Errors
/// See [`Judge::judge`].
pub fn prove(
    judge: &Judge<'_>,
    staffing: &Staffing,
    attempt: u32,
    replications: u64,
) -> Result<Proof, RunError> {
    let fresh = judge.under(fresh_seed(judge.seed, attempt));
    let verdict = fresh.judge(staffing, 0..replications)?;
    let sure = sure(judge.targets, &verdict, attempt);
    Ok(Proof { verdict, sure })
}

/// By goal: what its surplus is at least.
fn sure(targets: &Targets, verdict: &Verdict, attempt: u32) -> Vec<f64> {
    let goals = targets.goals.len();
    let chance = ERROR * 0.5_f64.powi(i32::try_from(attempt).unwrap_or(i32::MAX)) / goals as f64;
    let factor = t_exceeded_by(chance, verdict.replications.len() as u64).unwrap_or(f64::INFINITY);
    let of_goal = |goal| {
        let (mean, error) = verdict.surplus(targets, goal);
        if error > 0.0 {
            mean - factor * error
        } else {
            mean
        }
    };
    (0..goals).map(of_goal).collect()
}

/// Seeds that no search uses: numbered from the seed by steps of the golden ratio of 2⁶⁴.
pub(super) fn fresh_seed(seed: u64, attempt: u32) -> u64 {
    seed.wrapping_add(u64::from(attempt).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
