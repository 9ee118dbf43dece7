//! The cheapest plan of weeks and months, or what stands in its way.

use thiserror::Error;

use super::build::{Built, Choice, Prices, work_h};
use super::chain;
use super::found::{Class, GroupPrices, HiringPlan, Line, Money, Short, Week, Work, currency};
use super::people::headcounts;
use super::sample;
use crate::ids::Id;
use crate::plan::found::Ended;
use crate::plan::programme::{Limits, Unsolved};
use crate::scenario::hiring::HiringBrief;
use crate::scenario::model::{Compiled, Model, Stopping, Variant};
use crate::sim::parallel::Workers;
use crate::stats::summary::Stopped;
use crate::study::labels;
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
}

/// The cheapest plan of a variant's weeks, checked, of which no week has been simulated yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Solved {
    cost: f64,
    bound: f64,
    fixed: f64,
    total: Money,
    lines: Vec<Line>,
    classes: Vec<Class>,
    weeks: Vec<Week>,
    work: Vec<Work>,
    ended: Ended,
}

/// How a simulation stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// What the plan costs.
    pub cost: f64,
    /// What any plan costs at least.
    pub bound: f64,
    /// The week that is simulated next, from 1.
    pub week: usize,
}

/// The cheapest plan of a brief, checked.
///
/// # Errors
///
/// No plan does all the work, none was found, or `stop` said that somebody wants the search to end.
pub fn solve(
    model: &Model,
    brief: &HiringBrief,
    limits: Limits,
    stop: &dyn Fn() -> bool,
) -> Result<Solved, HiringError> {
    let built = Built::new(brief, model);
    let found = match built.programme.minimise_until(limits, stop) {
        Err(Unsolved::Infeasible) => return Err(short(&built, (brief, model), limits, stop)?),
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
    Ok(Solved {
        cost,
        bound: (start + found.bound).min(cost),
        fixed: start,
        total,
        classes: classes(brief, model, &choice),
        weeks: weeks(brief, &lines),
        work: chain::work(brief, model, &choice),
        lines,
        ended: if found.gap() > limits.gap {
            Ended::Time
        } else {
            Ended::Converged
        },
    })
}

impl Solved {
    /// What it costs, in units of the currency.
    pub fn cost(&self) -> f64 {
        self.cost
    }

    /// What any plan of these weeks costs at least.
    pub fn bound(&self) -> f64 {
        self.bound
    }

    /// What those who are there at the start cost, whatever is chosen.
    pub fn fixed(&self) -> f64 {
        self.fixed
    }

    /// The plan with its sample weeks simulated, as far as nobody stops the workers.
    ///
    /// # Errors
    ///
    /// A week could not be simulated.
    pub fn simulated(
        self,
        (compiled, variant, brief): (&Compiled, &Variant, &HiringBrief),
        (stopping, seed): (Stopping, u64),
        workers: &Workers,
        progress: &dyn Fn(Standing),
    ) -> Result<HiringPlan, RunError> {
        let work: Vec<f64> = self.weeks.iter().map(|week| week.work_h).collect();
        let mut label = labels::scenario(compiled, seed, (0, 0), Stopped::Interrupted);
        let mut samples = Vec::new();
        let chosen = sample::chosen(&work, &self.lines);
        let all = chosen.len();
        for (week, why) in chosen {
            progress(Standing {
                cost: self.cost,
                bound: self.bound,
                week: week + 1,
            });
            let of = (compiled, variant);
            let run = (stopping, seed);
            match sample::simulate(of, brief, (week, why), &self.lines, run, workers) {
                Err(RunError::Interrupted) => break,
                found => {
                    let (sample, of_week) = found?;
                    samples.push(sample);
                    label = of_week;
                }
            }
        }
        let is_whole = samples.len() == all && label.stopped != Stopped::Interrupted;
        let mut warnings = variant.warnings.clone();
        if !is_whole {
            let many = samples.len();
            warnings.push(format!(
                "somebody stopped it: of {all} weeks {many} have been simulated"
            ));
        }
        Ok(HiringPlan {
            scenario: label,
            variant: variant.name.clone(),
            gap: if self.cost > 0.0 {
                (self.cost - self.bound) / self.cost
            } else {
                0.0
            },
            cost: self.cost,
            bound: self.bound,
            lines: self.total,
            prices: prices(brief, &variant.model),
            classes: self.classes,
            weeks: self.weeks,
            work: self.work,
            chain: self.lines,
            samples,
            ended: if is_whole {
                self.ended
            } else {
                Ended::Interrupted
            },
            warnings,
        })
    }
}

fn prices(brief: &HiringBrief, model: &Model) -> Vec<GroupPrices> {
    let groups = brief.groups.iter();
    groups
        .map(|(id, group)| {
            let prices = Prices::new(&model.groups[id], group);
            GroupPrices {
                group: model.groups[id].name.text.clone(),
                hours: group.hours,
                wage: prices.wage,
                overtime_rate: prices.overtime_rate,
                on_cost: prices.on_cost,
                leaver_share: prices.leaver_share,
                hire: prices.hire,
                outsourced: prices.outsourced,
            }
        })
        .collect()
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
    (brief, model): (&HiringBrief, &Model),
    limits: Limits,
    stop: &dyn Fn() -> bool,
) -> Result<HiringError, Unsolved> {
    let soft: Vec<_> = built
        .suffices
        .values()
        .flatten()
        .map(|&suffices| (suffices, 1.0))
        .collect();
    let missing = built.programme.short_of(&soft, limits, stop)?;
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
