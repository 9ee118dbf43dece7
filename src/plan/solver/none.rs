//! A build without the feature `optimise` has no solver.

use super::super::programme::{Limits, Programme, Unsolved};
use super::answer::Answer;

/// Says so.
pub(in super::super) fn minimise(_: &Programme, _: Limits) -> Result<Answer, Unsolved> {
    Err(Unsolved::NoSolver)
}
