//! `microlp`: in Rust alone.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, TerminationReason};

use super::super::programme::{Limits, Programme, Sense, Unsolved};
use super::answer::{Answer, bounds, scale};

/// The cheapest values that are found within the limits.
pub(in super::super) fn minimise(
    programme: &Programme,
    limits: Limits,
) -> Result<Answer, Unsolved> {
    let scale = scale(programme);
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut variables = Vec::with_capacity(programme.columns.len());
    for column in &programme.columns {
        let (min, max) = bounds(column)?;
        let cost = column.cost / scale;
        variables.push(if column.is_whole {
            problem.add_integer_var(cost, (whole(min), whole(max)))
        } else {
            problem.add_var(cost, (min, max))
        });
    }
    for row in &programme.rows {
        let terms: Vec<_> = row
            .terms
            .iter()
            .map(|&(at, factor)| (variables[at], factor))
            .collect();
        let sense = match row.sense {
            Sense::AtLeast => ComparisonOp::Ge,
            Sense::AtMost => ComparisonOp::Le,
            Sense::Equal => ComparisonOp::Eq,
        };
        problem.add_constraint(&terms, sense, row.amount);
    }
    let mut options = SolveOptions::default();
    options.mip_gap = limits.gap;
    options.node_limit = Some(limits.nodes);
    options.time_limit = Some(limits.time);
    let outcome = problem.solve_with(options).map_err(unsolved)?;
    let is_late = outcome.termination_reason() == TerminationReason::TimeLimit;
    let Some(solution) = outcome.solution() else {
        return Err(if is_late {
            Unsolved::TimeOut
        } else {
            Unsolved::WorkOut
        });
    };
    let values = variables
        .iter()
        .map(|&variable| solution.var_value(variable))
        .collect();
    let bound = solution.stats().best_bound.unwrap_or(f64::NEG_INFINITY) * scale;
    Ok(Answer {
        values,
        bound,
        is_late,
    })
}

/// A bound of a whole variable as the solver takes it; what is beyond is infinite.
#[expect(clippy::cast_possible_truncation, reason = "clamped before")]
fn whole(bound: f64) -> i32 {
    bound.clamp(f64::from(i32::MIN), f64::from(i32::MAX)) as i32
}

fn unsolved(error: microlp::Error) -> Unsolved {
    match error {
        microlp::Error::Infeasible => Unsolved::Infeasible,
        microlp::Error::Unbounded => Unsolved::Unbounded,
        other => Unsolved::Failed(other.to_string()),
    }
}
