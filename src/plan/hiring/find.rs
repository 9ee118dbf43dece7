//! The cheapest plan of weeks and months, or what stands in its way.

use thiserror::Error;

use super::build::{Built, Choice, Prices, work_h};
use super::chain;
use super::found::{Class, HiringPlan, Line, Money, Short, Week, currency};
use super::people::headcounts;
use super::sample;
use crate::ids::Id;
use crate::plan::programme::{Limits, Unsolved};
use crate::scenario::hiring::HiringBrief;
use crate::scenario::model::{Compiled, Model, Stopping};
use crate::sim::parallel::Workers;
use crate::study::run::RunError;

/// How far the cost reckoned line by line may be from the programme's, as a share of it.
const SAME_COST: f64 = 1e-6;

/// Why there is no plan.
#[derive(Debug, Error)]
pub enum HiringError {
    /// The work of some weeks cannot be done within the limits.
    #[error("no plan within the limits does the work of every week")]
    Short(Vec<Short>),
    /// No answer, or one that breaks a rule.
    #[error(transparent)]
    Unsolved(#[from] Unsolved),
    /// A week could not be simulated.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// When the search ends.
    pub limits: Limits,
    /// When the simulation of a week ends.
    pub stopping: Stopping,
    /// Its seed.
    pub seed: u64,
}

/// The cheapest plan of a scenario's brief, checked, with its sample weeks simulated.
///
/// # Errors
///
/// No plan does all the work, or none was found.
pub fn find(
    compiled: &Compiled,
    brief: &HiringBrief,
    asked: Asked,
    workers: &Workers,
) -> Result<HiringPlan, HiringError> {
    let model = &compiled.variants[0].model;
    let built = Built::new(brief, model);
    let found = match built.programme.minimise(asked.limits) {
        Err(Unsolved::Infeasible) => return Err(short(&built, brief, model, asked.limits)?),
        found => found?,
    };
    let choice = built.choice(&found);
    let lines = chain::lines(brief, model, &choice);
    chain::check(brief, &choice, &lines).map_err(Unsolved::Failed)?;
    let mut total = Money::default();
    for line in &lines {
        total.add(&line.money);
    }
    let cost = currency(total.total());
    let start = people_at_start(brief, model);
    if (start + found.cost - cost).abs() > SAME_COST * cost.max(1.0) {
        let message = format!(
            "the plan costs {cost}, the programme says {}",
            start + found.cost
        );
        return Err(Unsolved::Failed(message).into());
    }
    let bound = (start + found.bound).min(cost);
    let weeks = weeks(brief, &lines);
    let work: Vec<f64> = weeks.iter().map(|week| week.work_h).collect();
    let mut samples = Vec::new();
    let mut scenario = None;
    for chosen in sample::chosen(&work, &lines) {
        let run = (asked.stopping, asked.seed);
        let (sample, label) = sample::simulate(compiled, brief, chosen, &lines, run, workers)?;
        samples.push(sample);
        scenario = Some(label);
    }
    let scenario = scenario.ok_or(RunError::Interrupted)?;
    Ok(HiringPlan {
        scenario,
        cost,
        bound,
        gap: if cost > 0.0 {
            (cost - bound) / cost
        } else {
            0.0
        },
        lines: total,
        classes: classes(brief, model, &choice),
        weeks,
        work: chain::work(brief, model, &choice),
        chain: lines,
        samples,
        warnings: compiled.warnings.clone(),
    })
}

/// What those cost who are there at the start, whatever is chosen.
fn people_at_start(brief: &HiringBrief, model: &Model) -> f64 {
    let groups = brief.groups.iter();
    groups
        .map(|(id, group)| {
            let prices = Prices::new(&model.groups[id], group);
            let nobody = vec![0.0; brief.weeks.len()];
            let counts = headcounts(group, prices.leaving, &nobody);
            let pay = group.hours * prices.wage * (1.0 + prices.on_cost);
            let of_week = counts
                .iter()
                .map(|count| count.trained * pay + count.leavers * prices.leaver);
            of_week.sum::<f64>()
        })
        .sum()
}

/// Which weeks and groups fall short, by as little as possible.
fn short(
    built: &Built,
    brief: &HiringBrief,
    model: &Model,
    limits: Limits,
) -> Result<HiringError, Unsolved> {
    let soft: Vec<_> = built
        .suffices
        .values()
        .flatten()
        .map(|&suffices| (suffices, 1.0))
        .collect();
    let missing = built.programme.short_of(&soft, limits)?;
    let weeks = brief.weeks.len();
    let mut short = Vec::new();
    for week in 0..weeks {
        for (id, group) in brief.groups.iter() {
            let hours = missing[id.index() * weeks + week];
            let fte = hours / group.hours / (1.0 - group.away[week]);
            if fte > 1e-6 {
                short.push(Short {
                    week: week + 1,
                    date: brief.weeks[week].clone(),
                    group: model.groups[id].name.text.clone(),
                    hours,
                    fte,
                });
            }
        }
    }
    Ok(HiringError::Short(short))
}

fn classes(brief: &HiringBrief, model: &Model, choice: &Choice) -> Vec<Class> {
    let mut classes = Vec::new();
    for week in 0..brief.weeks.len() {
        for (id, group) in brief.groups.iter() {
            let people = choice.hires[id][week];
            if people > 0 {
                classes.push(Class {
                    week: week + 1,
                    date: brief.weeks[week].clone(),
                    group: model.groups[id].name.text.clone(),
                    people,
                    takes_contacts_in: week + 1 + group.training_weeks,
                });
            }
        }
    }
    classes
}

fn weeks(brief: &HiringBrief, lines: &[Line]) -> Vec<Week> {
    let weeks = lines.chunks(brief.groups.len()).enumerate();
    weeks
        .map(|(week, lines)| Week {
            week: week + 1,
            date: brief.weeks[week].clone(),
            contacts: brief
                .volumes
                .values()
                .map(|volumes| volumes[week].contacts)
                .sum(),
            work_h: brief
                .volumes
                .ids()
                .map(|queue| work_h(brief, queue, week))
                .sum(),
            required_fte: lines.iter().map(|line| line.required_fte).sum(),
            available_fte: lines.iter().map(|line| line.available_fte).sum(),
            cost: currency(lines.iter().map(|line| line.money.total()).sum()),
        })
        .collect()
}
