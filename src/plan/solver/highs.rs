//! `HiGHS`: in C++, by its own binding. On one thread and with one seed, so that the same programme has the same answer.

use highs::{
    HighsModelStatus, HighsSolutionStatus, HighsStatus, Model, RowProblem, SolvedModel,
    TrySetOptionError,
};

use super::super::programme::{Limits, Programme, Sense, Unsolved};
use super::answer::{Answer, bounds, scale};

/// The cheapest values that are found within the limits.
pub(in super::super) fn minimise(
    programme: &Programme,
    limits: Limits,
) -> Result<Answer, Unsolved> {
    if limits.time.is_zero() {
        return Err(Unsolved::TimeOut);
    }
    let scale = scale(programme);
    let solved = solved(programme, limits, scale)?;
    let bound = match solved.status() {
        HighsModelStatus::Infeasible => return Err(Unsolved::Infeasible),
        HighsModelStatus::Unbounded => return Err(Unsolved::Unbounded),
        HighsModelStatus::UnboundedOrInfeasible => return Err(which(programme, limits)),
        HighsModelStatus::ModelEmpty => 0.0,
        HighsModelStatus::Optimal if !has_whole(programme) => solved.objective_value(),
        HighsModelStatus::Optimal
        | HighsModelStatus::ReachedSolutionLimit
        | HighsModelStatus::ReachedTimeLimit => lowest(programme, &solved)?,
        other => return Err(Unsolved::Failed(format!("{other:?}"))),
    };
    let is_late = solved.status() == HighsModelStatus::ReachedTimeLimit;
    let is_known = solved.status() == HighsModelStatus::ModelEmpty
        || solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    if !is_known {
        return Err(if is_late {
            Unsolved::TimeOut
        } else {
            Unsolved::WorkOut
        });
    }
    Ok(Answer {
        values: solved.get_solution().columns().to_vec(),
        bound: bound * scale,
        is_late,
    })
}

fn solved(programme: &Programme, limits: Limits, scale: f64) -> Result<SolvedModel, Unsolved> {
    let mut problem = RowProblem::new();
    let mut variables = Vec::with_capacity(programme.columns.len());
    for column in &programme.columns {
        let (min, max) = bounds(column)?;
        let cost = column.cost / scale;
        variables.push(problem.add_column_with_integrality(cost, min..=max, column.is_whole));
    }
    for row in &programme.rows {
        let terms = row.terms.iter();
        let terms = terms.map(|&(at, factor)| (variables[at], factor));
        let (min, max) = match row.sense {
            Sense::AtLeast => (row.amount, f64::INFINITY),
            Sense::AtMost => (f64::NEG_INFINITY, row.amount),
            Sense::Equal => (row.amount, row.amount),
        };
        problem.add_row(min..=max, terms.collect::<Vec<_>>());
    }
    let mut model = Model::try_new(problem).map_err(failed)?;
    limit(&mut model, limits).map_err(|error| Unsolved::Failed(error.to_string()))?;
    model.try_solve().map_err(failed)
}

/// When it is to stop, and what makes its answers the same each time.
fn limit(model: &mut Model, limits: Limits) -> Result<(), TrySetOptionError> {
    let nodes = i32::try_from(limits.nodes).unwrap_or(i32::MAX);
    model.try_set_option("mip_rel_gap", limits.gap)?;
    model.try_set_option("mip_abs_gap", 0.0)?;
    model.try_set_option("mip_max_nodes", nodes)?;
    model.try_set_option("time_limit", limits.time.as_secs_f64())?;
    model.try_set_option("threads", 1)?;
    model.try_set_option("parallel", "off")?;
    model.try_set_option("random_seed", 0)?;
    // Small factors count, too.
    model.try_set_option("small_matrix_value", 1e-12)
}

/// A bound of whole variables; none where the solver has not come so far.
fn lowest(programme: &Programme, solved: &SolvedModel) -> Result<f64, Unsolved> {
    if !has_whole(programme) {
        return Ok(f64::NEG_INFINITY);
    }
    solved.double_info_value(c"mip_dual_bound").map_err(failed)
}

/// Where costs fall without end or nothing meets all constraints, which of the two: without costs there is an end.
fn which(programme: &Programme, limits: Limits) -> Unsolved {
    let mut free = programme.clone();
    for column in &mut free.columns {
        column.cost = 0.0;
    }
    match minimise(&free, limits) {
        Ok(_) => Unsolved::Unbounded,
        Err(error) => error,
    }
}

fn has_whole(programme: &Programme) -> bool {
    programme.columns.iter().any(|column| column.is_whole)
}

fn failed(status: HighsStatus) -> Unsolved {
    Unsolved::Failed(format!("HiGHS says {status:?}"))
}
