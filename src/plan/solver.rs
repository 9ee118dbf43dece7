//! The solver under [`programme`](super::programme): `good_lp` with `microlp`, or none.

use super::programme::{Limits, Programme, Unsolved};

/// The solver's values, unchecked, and what no answer can be cheaper than.
#[cfg(feature = "optimise")]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the solver takes its gap in 32 bits"
)]
pub(super) fn minimise(programme: &Programme, limits: Limits) -> Result<(Vec<f64>, f64), Unsolved> {
    use good_lp::solvers::{WithMipGap, WithTimeLimit};
    use good_lp::{Expression, ProblemVariables, Solution, SolverModel, microlp, variable};

    use super::programme::Sense;

    let mut variables = ProblemVariables::new();
    let mut columns = Vec::with_capacity(programme.columns.len());
    // Costs of about one: money in millionths would drown in the solver's tolerances.
    let scale = programme
        .columns
        .iter()
        .map(|column| column.cost.abs())
        .fold(0.0, f64::max);
    let scale = if scale > 0.0 { scale } else { 1.0 };
    let mut costs = Expression::with_capacity(programme.columns.len());
    for (number, column) in programme.columns.iter().enumerate() {
        if column.min > column.max {
            return Err(Unsolved::Infeasible);
        }
        let mut definition = variable().min(column.min).max(column.max);
        if column.is_whole {
            definition = definition.integer();
        }
        if let Some(start) = &programme.start {
            definition = definition.initial(start[number]);
        }
        let added = variables.add(definition);
        costs.add_mul(column.cost / scale, added);
        columns.push(added);
    }
    let mut model = variables
        .minimise(costs)
        .using(microlp)
        .with_time_limit(limits.time.as_secs_f64())
        .with_mip_gap(limits.gap as f32)
        .map_err(|fault| Unsolved::Failed(format!("{fault:?}")))?;
    for row in &programme.rows {
        let mut sum = Expression::with_capacity(row.terms.len());
        for &(at, factor) in &row.terms {
            sum.add_mul(factor, columns[at]);
        }
        model.add_constraint(match row.sense {
            Sense::AtLeast => sum.geq(row.amount),
            Sense::AtMost => sum.leq(row.amount),
            Sense::Equal => sum.eq(row.amount),
        });
    }
    let solution = model.solve().map_err(unsolved)?;
    let values = columns.iter().map(|&at| solution.value(at)).collect();
    let bound = solution.into_inner().stats().best_bound;
    Ok((values, bound.unwrap_or(f64::NEG_INFINITY) * scale))
}

#[cfg(feature = "optimise")]
fn unsolved(error: good_lp::ResolutionError) -> Unsolved {
    match error {
        good_lp::ResolutionError::Infeasible => Unsolved::Infeasible,
        good_lp::ResolutionError::Unbounded => Unsolved::Unbounded,
        // The one such message of this solver: see its `solve`.
        good_lp::ResolutionError::Other(_) => Unsolved::TimeOut,
        good_lp::ResolutionError::Str(message) => Unsolved::Failed(message),
    }
}

/// A build without the feature `optimise` has no solver.
#[cfg(not(feature = "optimise"))]
pub(super) fn minimise(_: &Programme, _: Limits) -> Result<(Vec<f64>, f64), Unsolved> {
    Err(Unsolved::NoSolver)
}
