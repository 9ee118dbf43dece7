//! The whole of it: what was asked, the search, the proof, and what is told.

use crate::plan::found::Ended;
use crate::scenario::mix::{Aim, LeverKind, MixSpace};
use crate::scenario::model::{Queue, Staffing, Stopping};
use crate::sim::parallel::Workers;
use crate::study::labels::scenario;
use crate::study::mixes::bench::TooMany;
use crate::study::run::RunError;

use super::super::proof::fresh_seed;
use super::field::{Candidate, Field, Worth};
use super::found::{MixPlan, Move, MoveKind, SearchLabel};
use super::proof::{ProofError, Proven, Prover};
use super::search::{Effort, Moment, Search, SearchError, Searched};

/// What is asked.
#[expect(missing_debug_implementations, reason = "who knows the time has none")]
pub struct Asked<'a> {
    /// What can be chosen.
    pub space: &'a MixSpace,
    /// In place of the file's own budget, in units of the currency.
    pub budget: Option<f64>,
    /// In place of the file's own seed.
    pub seed: Option<u64>,
    /// The most replications of the search; as many as are usual where it is missing.
    pub work: Option<u64>,
    /// Replications of the proof; those of the file where it is missing.
    pub proof: Option<u64>,
    /// Whether it is the time allowed that has stopped the search.
    pub is_time_up: &'a dyn Fn() -> bool,
}

/// Why there is no mix.
#[derive(Debug, thiserror::Error)]
pub enum MixError {
    /// Nobody says how much may be spent.
    #[error(
        "what may be spent is not known: write `budget` in [plan.mix], or give --budget AMOUNT"
    )]
    NoBudget,
    /// The aim is the total, and nothing but what is paid is in it.
    #[error(
        "aim = \"total\" is what is paid and lost: say what is lost in `value` of a queue, or take aim = \"service\""
    )]
    NoValue,
    /// No mix is paid for by the budget.
    #[error("{}", .0.told())]
    NothingFits(Box<Unaffordable>),
    /// A run failed, or somebody stopped it before anything was found.
    #[error(transparent)]
    Run(#[from] RunError),
    /// More queues than can be compared at once.
    #[error(transparent)]
    TooMany(#[from] TooMany),
}

/// What the cheapest mix costs where the budget does not pay for any.
#[derive(Debug, Clone, PartialEq)]
pub struct Unaffordable {
    /// The budget, in units of the currency.
    pub budget: f64,
    /// What the cheapest mix costs.
    pub least: f64,
    /// What of it is paid whatever the heads are that can be chosen.
    pub fixed: f64,
    /// The currency.
    pub currency: String,
    /// The cheapest mix in words.
    pub mix: String,
}

impl Unaffordable {
    fn told(&self) -> String {
        let currency = &self.currency;
        let fixed = if self.budget < self.fixed {
            format!(
                "; {currency} {:.0} of it are paid whatever the heads are that can be chosen, and are above the budget alone",
                self.fixed
            )
        } else {
            String::new()
        };
        format!(
            "no mix costs as little as the budget of {currency} {:.0}: the least that any costs is {currency} {:.0} ({}){fixed}",
            self.budget, self.least, self.mix
        )
    }
}

impl From<ProofError> for MixError {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::TooMany(error) => Self::TooMany(error),
            ProofError::Run(error) => Self::Run(error),
        }
    }
}

/// A mix with what it takes to write it down as a scenario.
#[derive(Debug)]
pub struct Found {
    /// What is told.
    pub plan: MixPlan,
    /// The setup of the best, by its place.
    pub setup: usize,
    /// Who is on duty in it.
    pub staffing: Staffing,
}

/// The best mix within a budget. The search is done by `workers`, and ends with what it has when these are stopped; the proof by
/// `provers`. `progress` is told how it stands.
///
/// # Errors
/// When there is no budget, nothing to choose by, or nothing that the budget pays for; when a run fails.
pub fn mix(
    asked: &Asked<'_>,
    workers: &Workers,
    provers: &Workers,
    progress: &dyn Fn(&Moment),
) -> Result<Found, MixError> {
    let space = asked.space;
    let budget = asked.budget.or(space.budget).ok_or(MixError::NoBudget)?;
    let seed = asked.seed.unwrap_or(space.compiled.seed);
    let effort = Effort::of(&space.ground().model, asked.work);
    let mut field = Field::new(space, seed, effort.work, workers);
    if space.aim == Aim::Total && !field.has_value() {
        return Err(MixError::NoValue);
    }
    let search = Search {
        field: &mut field,
        budget,
        effort,
        progress,
    };
    let mut searched = search.search().map_err(|error| match error {
        SearchError::NothingFits(candidate, worth) => {
            MixError::NothingFits(Box::new(unaffordable(&field, &candidate, worth, budget)))
        }
        SearchError::Run(error) => MixError::Run(error),
    })?;
    if searched.ended == Ended::Interrupted && (asked.is_time_up)() {
        searched.ended = Ended::Time;
    }
    let prover = Prover {
        field: &field,
        budget,
        seed: fresh_seed(seed, 1),
        stopping: stopping(asked, searched.ended),
        workers: provers,
    };
    let proven = prover.prove(&searched, &|| ())?;
    let staffing = field.staffing(&proven.candidate);
    Ok(Found {
        setup: proven.candidate.setup,
        staffing,
        plan: told(asked, &field, (&searched, proven), (budget, seed)),
    })
}

/// As often as the file says; seldom where somebody is in a hurry.
fn stopping(asked: &Asked<'_>, ended: Ended) -> Stopping {
    const HASTY: u64 = 10;
    let own = asked
        .proof
        .map_or(asked.space.compiled.stopping, Stopping::Replications);
    match (ended, own) {
        (Ended::Interrupted, Stopping::Replications(many)) => {
            Stopping::Replications(many.min(HASTY))
        }
        (Ended::Interrupted, Stopping::Precision { .. }) => Stopping::Replications(HASTY),
        (_, own) => own,
    }
}

fn unaffordable(
    field: &Field<'_>,
    candidate: &Candidate,
    worth: Worth,
    budget: f64,
) -> Unaffordable {
    let heads = field.group_names().into_iter().zip(&candidate.levels);
    let heads: Vec<String> = heads
        .map(|(group, heads)| format!("{heads} {group}"))
        .collect();
    Unaffordable {
        budget,
        least: worth.paid,
        fixed: worth.paid - field.price_of_heads(candidate),
        currency: field.space.compiled.currency.clone(),
        mix: format!(
            "{}; {}",
            field.variant(candidate.setup).name,
            heads.join(", ")
        ),
    }
}

fn told(
    asked: &Asked<'_>,
    field: &Field<'_>,
    (searched, proven): (&Searched, Proven),
    (budget, seed): (f64, u64),
) -> MixPlan {
    let space = asked.space;
    let ran = &proven.ran;
    let mut warnings = space.warnings.clone();
    warnings.extend(worthless(space));
    warnings.extend(
        field
            .variant(proven.candidate.setup)
            .warnings
            .iter()
            .cloned(),
    );
    let (drop_first, add_first, others) = sorted(space, proven.moves);
    MixPlan {
        scenario: scenario(
            &space.compiled,
            fresh_seed(seed, 1),
            (ran.replications, ran.joint.replications),
            ran.stopped,
        ),
        variant: space.ground.clone(),
        aim: space.aim.name(),
        budget,
        cost: proven.best.cost,
        is_within_budget: proven.is_within_budget,
        best: proven.best,
        as_written: proven.as_written,
        gain: proven.gain,
        frontier: proven.frontier,
        drop_first,
        add_first,
        others,
        search: SearchLabel {
            seed,
            setups: space.setups.len(),
            kept: searched.kept,
            mixes: field.tried(),
            replications: field.work,
            ended: searched.ended,
        },
        warnings,
    }
}

/// Queues that may be dropped without anything being lost, where it is counted what is lost.
fn worthless(space: &MixSpace) -> Vec<String> {
    let model = &space.ground().model;
    let is_free = |queue: &&Queue| {
        let value = queue.value.as_ref();
        value.is_none_or(|value| value.blocked == 0 && value.lost == 0 && value.churn.is_none())
    };
    let dropped = space.levers.iter().filter_map(|lever| match &lever.what {
        LeverKind::Drop(queue) if space.aim == Aim::Total => Some(queue),
        _ => None,
    });
    let queues = dropped.filter_map(|name| {
        let mut queues = model.queues.values();
        queues
            .find(|queue| queue.name.text == *name)
            .filter(is_free)
    });
    queues
        .map(|queue| {
            let name = &queue.name.text;
            format!("customers of {name} who go nowhere once it is dropped lose nothing: queues.{name}.value has neither blocked nor lost")
        })
        .collect()
}

/// Steps away from the best by what they do, in the order in which one would take them.
fn sorted(space: &MixSpace, moves: Vec<Move>) -> (Vec<Move>, Vec<Move>, Vec<Move>) {
    let (mut drop, mut add, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for step in moves {
        match direction(space, &step.what) {
            Direction::Drop => drop.push(step),
            Direction::Add => add.push(step),
            Direction::Other => others.push(step),
        }
    }
    let by_rank = |one: &Move, other: &Move| {
        let (one, other) = (rank(space.aim, one), rank(space.aim, other));
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
    };
    for steps in [&mut drop, &mut add, &mut others] {
        steps.sort_by(by_rank);
    }
    (drop, add, others)
}

/// Which way a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Drop,
    Add,
    Other,
}

fn direction(space: &MixSpace, what: &MoveKind) -> Direction {
    match what {
        MoveKind::Heads { heads, .. } if *heads < 0 => Direction::Drop,
        MoveKind::Heads { .. } => Direction::Add,
        MoveKind::Value { path, from, .. } => {
            let is_it =
                |what: &LeverKind| matches!(what, LeverKind::Drop(_)) && what.path() == *path;
            let is_channel = space.levers.iter().any(|lever| is_it(&lever.what));
            match (is_channel, from.as_str()) {
                (true, "kept") => Direction::Drop,
                (true, _) => Direction::Add,
                (false, _) => Direction::Other,
            }
        }
    }
}

/// Heads before values, of which all heads are chosen anew, and what cannot be paid last. Heads by what is lost for the money, or paid for
/// the gain; values by what is lost.
fn rank(aim: Aim, step: &Move) -> (u8, f64) {
    let Some(change) = &step.change else {
        return (2, 0.0);
    };
    let of = |tested: &crate::stats::multiple::Tested| tested.difference.mean.unwrap_or(0.0);
    let gained = match (aim, &change.net_cost) {
        (Aim::Total, Some(net)) => -of(net),
        _ => of(&change.in_time),
    };
    match step.what {
        MoveKind::Heads { .. } => {
            let paid = of(&change.cost).abs().max(f64::MIN_POSITIVE);
            (0, -gained / paid)
        }
        MoveKind::Value { .. } => (1, -gained),
    }
}
