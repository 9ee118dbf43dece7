//! What a solver says, and what all of them are given: costs of about one, whole bounds of whole variables.

#[cfg(feature = "optimise")]
use super::super::programme::Column;
use super::super::programme::{Limits, Programme, Unsolved};

/// A solver.
pub(in super::super) type Minimise = fn(&Programme, Limits) -> Result<Answer, Unsolved>;

/// What it says, unchecked.
pub(in super::super) struct Answer {
    /// By variable.
    pub(in super::super) values: Vec<f64>,
    /// What no answer can be cheaper than.
    pub(in super::super) bound: f64,
    /// Whether time, and not work or the gap, ended it.
    pub(in super::super) is_late: bool,
}

/// The largest cost, by which all are divided: money in millionths would drown in a solver's tolerances.
#[cfg(feature = "optimise")]
pub(super) fn scale(programme: &Programme) -> f64 {
    let costs = programme.columns.iter().map(|column| column.cost.abs());
    let scale = costs.fold(0.0, f64::max);
    if scale > 0.0 { scale } else { 1.0 }
}

/// The bounds of a variable.
#[cfg(feature = "optimise")]
pub(super) fn bounds(column: &Column) -> Result<(f64, f64), Unsolved> {
    let (min, max) = if column.is_whole {
        (column.min.ceil(), column.max.floor())
    } else {
        (column.min, column.max)
    };
    if min > max {
        return Err(Unsolved::Infeasible);
    }
    Ok((min, max))
}
