//! `plan --what staffing`: the cheapest heads of every group in every interval that keep every promise, with the proof.

use std::borrow::Cow;

use crate::scenario::model::{Compiled, Model, Planned, Variant};
use crate::sim::parallel::Workers;
use crate::study::run::RunError;

use super::attended::{ask, attended};
use super::first::{self, First};
use super::fluid;
use super::found::{Moment, Plan, Unmeetable};
use super::grid::{Grid, Heads};
use super::judge::Judge;
use super::programme::Unsolved;
use super::proven::proven;
use super::search::Search;
use super::space::{Column, Space};
use super::target::Targets;
use super::tell::{self, Told};
use super::tried::{Effort, SearchError, Searched, Tried};

/// Heads of a group are at most so many times the most that the file or the first guess has,
const MANY_TIMES: u32 = 3;
/// and so many more.
const SOME: u32 = 30;

/// What is asked.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The scenario.
    pub compiled: &'a Compiled,
    /// The variant that is planned.
    pub variant: &'a Variant,
    /// In place of the file's own seed.
    pub seed: Option<u64>,
    /// The most replications of the search; as many as are usual where it is missing.
    pub work: Option<u64>,
    /// Replications of the proof; as many as are usual where it is missing.
    pub proof: Option<u64>,
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Something went wrong in a run.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The programme could not be solved.
    #[error(transparent)]
    Unsolved(Unsolved),
    /// There is nothing to plan for or nothing to choose.
    #[error("{0}")]
    Nothing(String),
    /// No staffing within the limits keeps every promise.
    #[error("no staffing within the limits meets the targets")]
    Unmeetable(Box<Unmeetable>),
}

impl From<Unsolved> for PlanError {
    fn from(error: Unsolved) -> Self {
        match error {
            Unsolved::Stopped => RunError::Interrupted.into(),
            error => Self::Unsolved(error),
        }
    }
}

impl PlanError {
    /// No queue promises anything.
    pub(super) fn no_target() -> Self {
        let message = "no queue has a target: there is nothing that a plan has to keep; write `target = { share = 0.8, within = \"20s\" }`, say";
        Self::Nothing(message.to_owned())
    }

    /// What a search found; `None` where it was stopped, or where no choice keeps every promise.
    pub(super) fn or_none(found: Result<Searched, SearchError>) -> Result<Option<Searched>, Self> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(SearchError::Run(RunError::Interrupted) | SearchError::Unmeetable(_)) => Ok(None),
            Err(SearchError::Run(error)) => Err(error.into()),
            Err(SearchError::Unsolved(error)) => Err(error.into()),
        }
    }

    /// Why a search ends without a plan; `unmeetable` tells it of the largest choice that was tried.
    pub(super) fn of(error: SearchError, unmeetable: impl FnOnce(&Tried) -> Self) -> Self {
        match error {
            SearchError::Run(error) => error.into(),
            SearchError::Unsolved(error) => error.into(),
            SearchError::Unmeetable(tried) => unmeetable(&tried),
        }
    }
}

/// The cheapest staffing that is found. The search is done by `workers`, and ends with what it has when these are stopped; the proof by
/// `provers`. `progress` is told of every staffing tried.
///
/// # Errors
/// When nothing is promised or can be chosen, when the promises cannot be kept within the limits, or when a run fails.
pub fn staffing(
    asked: &Asked<'_>,
    workers: &Workers,
    provers: &Workers,
    progress: &dyn Fn(&Moment),
) -> Result<Plan, PlanError> {
    let model = &asked.variant.model;
    let grid = Grid::new(model);
    let targets = Targets::of(model, &grid);
    if targets.goals.is_empty() {
        return Err(PlanError::no_target());
    }
    let of_file = grid.heads_of(model, &asked.variant.staffing);
    let first = first::guess(model, &grid, &of_file);
    let mut space = space(model, &grid, &of_file, &first)?;
    let attended = attended(model, &grid, &of_file);
    ask(&mut space, model, &attended);
    let judge = Judge {
        model,
        targets: &targets,
        seed: asked.seed.unwrap_or(asked.compiled.seed),
        workers,
    };
    let effort = Effort::of(model, asked.work, asked.proof);
    let lowest = fluid::known(model, &grid, &targets, &of_file)?;
    let search = Search::new(judge, &grid, &space, effort, lowest.highest(), progress);
    let starts = [space.choice_of(&of_file), space.choice_of(&first.heads)];
    let unmeetable = |tried: &Tried| match needed(&judge, &grid, &of_file, &first, effort) {
        Ok(needed) => {
            let found = tell::unmeetable(model, &grid, &targets, tried, needed);
            PlanError::Unmeetable(Box::new(found))
        }
        Err(error) => error,
    };
    let searched = search.search(&starts);
    let searched = searched.map_err(|error| PlanError::of(error, unmeetable))?;
    let by_heads = |tried: &Tried| Ok((Cow::Borrowed(model), grid.staffing(&tried.heads)));
    let proven = proven(&search, searched, provers, &by_heads)?;
    let (bound, savings) = proven.prices(&search)?;
    let moments = search.moments.take();
    Ok(tell::plan(&Told {
        asked,
        grid: &grid,
        targets: &targets,
        of_file: &of_file,
        attended: &attended,
        load: &first.load,
        lowest,
        proven,
        bound,
        savings,
        moments,
    }))
}

/// The heads that groups would take at their peak without limits; nothing where no heads suffice.
fn needed(
    judge: &Judge<'_>,
    grid: &Grid,
    of_file: &Heads,
    first: &First,
    effort: Effort,
) -> Result<Vec<(String, u32)>, PlanError> {
    let mut model = judge.model.clone();
    for (_, group) in model.groups.iter_mut() {
        group.plan = Planned::Within {
            min: 0,
            max: u32::MAX,
        };
    }
    let space = space(&model, grid, of_file, first)?;
    let judge = Judge {
        model: &model,
        ..*judge
    };
    let search = Search::new(judge, grid, &space, effort, 0.0, &|_| ());
    match search.feasible(&space.choice_of(&first.heads)) {
        Err(SearchError::Run(error)) => Err(error.into()),
        Err(_) => Ok(Vec::new()),
        Ok(tried) => {
            let groups = model.groups.iter().map(|(id, group)| {
                let most = tried.heads[id].iter().max().copied().unwrap_or(0);
                (group.name.text.clone(), most)
            });
            Ok(groups.collect())
        }
    }
}

/// One column a cell; groups whose staff is fixed have none. Nobody has more heads than many times what the work takes.
fn space(model: &Model, grid: &Grid, of_file: &Heads, first: &First) -> Result<Space, PlanError> {
    let mut columns = Vec::new();
    let mut fixed = of_file.clone();
    for (group, of_group) in model.groups.iter() {
        let Planned::Within { min, max } = of_group.plan else {
            continue;
        };
        fixed[group].fill(0);
        let likely = of_file[group].iter().chain(&first.heads[group]).max();
        let most = MANY_TIMES * likely.copied().unwrap_or(0) + SOME;
        columns.extend(grid.used().map(|slot| Column {
            cost: grid.cost[group][slot],
            min,
            max: max.min(most.max(min)),
            cells: vec![(group, slot, 1.0)],
        }));
    }
    if columns.is_empty() {
        let message = "the staff of every group is fixed: there is nothing to choose";
        return Err(PlanError::Nothing(message.to_owned()));
    }
    Ok(Space {
        columns,
        fixed,
        rules: Vec::new(),
    })
}
