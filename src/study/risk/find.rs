//! Chances of meeting targets and of staying in budget, likely ranges, worst days.

use serde::Serialize;

use crate::finance::assumed::assumptions;
use crate::scenario::Ground;
use crate::scenario::model::{Compiled, Queue, Variant};
use crate::stats::chance::chance;
use crate::stats::counts::{QueueFigure as Q, QueueTotals};
use crate::stats::estimate::Estimate;
use crate::stats::moments::{Moments, Row};
use crate::stats::sample::{Quantity, Sample};
use crate::stats::summary::{ScenarioLabel, Stopped};
use crate::study::labels::scenario;

use super::anova::{Split, split};
use super::quantile::quantile;
use super::worlds::{Days, Horizon, Ran, World, Worlds};

const MONEY: f64 = 1e6;
const SECOND: f64 = 1e6;

/// What is likely.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Risk {
    /// What was run; replications of all worlds together.
    pub scenario: ScenarioLabel,
    /// Which variant.
    pub variant: String,
    /// How many worlds.
    pub worlds: u64,
    /// Replications of each.
    pub replications_per_world: u64,
    /// What is uncertain.
    pub inputs: Vec<InputRange>,
    /// What was promised.
    pub targets: Vec<TargetRisk>,
    /// What it may cost.
    pub cost: Likely,
    /// Customers who may be lost: issues where they are followed, else contacts.
    pub lost: Likely,
    /// Value that may be lost, where the scenario says what customers are worth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_lost: Option<Likely>,
    /// Cost + value lost − revenue, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net_cost: Option<Likely>,
    /// Whether that fits the budget.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<BudgetRisk>,
}

/// An uncertain input.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InputRange {
    /// Its key.
    pub key: String,
    /// The ends of its likely range, of factors, numbers or seconds.
    pub low: f64,
    /// The same.
    pub high: f64,
    /// The mean of what was drawn.
    pub mean: f64,
}

/// What was promised of a queue, and how likely it is kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetRisk {
    /// The queue.
    pub queue: String,
    /// `service_level`, `asa_s` or `abandonment`.
    pub measure: &'static str,
    /// The least (service level) or the most (the others) promised.
    pub limit: f64,
    /// The threshold of a service level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_s: Option<f64>,
    /// The chance that it is kept, over worlds.
    pub chance: Estimate,
    /// The share of days on which it is kept, of a service level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_met: Option<Estimate>,
    /// The mean of the worst tenth of the days, of a service level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst_tenth_of_days: Option<f64>,
    /// The figure over single horizons.
    pub likely: Likely,
}

/// The likely range of a figure over single horizons, and where its variance comes from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Likely {
    /// The mean; of shares and times over horizons, not over contacts.
    pub mean: Option<f64>,
    /// A tenth lies below; the interval is over worlds, and has no end where that would lie beyond all that was simulated.
    pub p10: Estimate,
    /// Half lie below.
    pub p50: Estimate,
    /// Nine tenths lie below.
    pub p90: Estimate,
    /// Where the variance comes from.
    pub variance: Option<Split>,
}

/// How likely a budget is kept.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BudgetRisk {
    /// The budget.
    pub limit: f64,
    /// The chance that a world's mean cost stays within it.
    pub worlds: Estimate,
    /// The share of single horizons that do.
    pub horizons: f64,
    /// By how much it is overspent where it is, on average.
    pub mean_excess: Option<f64>,
}

/// What the worlds say of the variant as it is written.
pub fn find(worlds: &Worlds<'_>, compiled: &Compiled, ran: &Ran, budget: Option<f64>) -> Risk {
    let ground = worlds.ground;
    let mut variants = compiled.variants.iter();
    let written = variants
        .find(|variant| variant.name == ground.name())
        .unwrap_or(&compiled.variants[0]);
    let all = worlds.worlds * worlds.replications;
    let cost = |horizon: &Horizon| Some(horizon.cost as f64 / MONEY);
    let is_valued = assumptions(&written.model).is_some();
    Risk {
        scenario: scenario(compiled, worlds.seed, (all, all), Stopped::Replications),
        variant: written.name.clone(),
        worlds: worlds.worlds,
        replications_per_world: worlds.replications,
        inputs: ranges(ground, ran),
        targets: targets(written, ran),
        cost: likely(ran, cost),
        lost: likely(ran, |horizon| Some(horizon.lost as f64)),
        value_lost: is_valued.then(|| likely(ran, |of| Some(of.value_lost as f64 / MONEY))),
        net_cost: is_valued.then(|| {
            likely(ran, |of| {
                let net = of.cost + of.value_lost - of.revenue;
                Some(net as f64 / MONEY)
            })
        }),
        budget: budget.map(|limit| budget_risk(limit, ran)),
    }
}

fn ranges(ground: &Ground<'_>, ran: &Ran) -> Vec<InputRange> {
    let inputs = ground.inputs().iter().enumerate();
    inputs
        .map(|(place, input)| {
            let (low, high) = input.ends();
            let drawn = ran.worlds.iter().map(|world| world.inputs[place]);
            InputRange {
                key: input.key.clone(),
                low,
                high,
                mean: drawn.sum::<f64>() / ran.worlds.len() as f64,
            }
        })
        .collect()
}

/// A figure of a queue.
type OfQueue = fn(&QueueTotals) -> Option<f64>;

fn ratio(over: i128, under: i128) -> Option<f64> {
    (under > 0).then(|| over as f64 / under as f64)
}

fn service_level(of: &QueueTotals) -> Option<f64> {
    ratio(of.level_kept, of.level_counted)
}

fn asa_s(of: &QueueTotals) -> Option<f64> {
    ratio(of.wait_answered, of.answered).map(|micros| micros / SECOND)
}

fn abandonment(of: &QueueTotals) -> Option<f64> {
    ratio(of.abandoned, of.answered + of.abandoned)
}

fn targets(variant: &Variant, ran: &Ran) -> Vec<TargetRisk> {
    let mut targets = Vec::new();
    for (place, queue) in variant.model.queues.values().enumerate() {
        let Some(target) = &queue.target else {
            continue;
        };
        if let Some(level) = &target.service_level {
            let risk = of_target(
                queue,
                ran,
                place,
                ("service_level", level.share),
                service_level,
            );
            targets.push(TargetRisk {
                within_s: Some(level.within.as_seconds()),
                days_met: Some(days_met(ran, place)),
                worst_tenth_of_days: ran.days.get(place).and_then(Days::worst_tenth),
                ..risk
            });
        }
        if let Some(most) = target.asa {
            let limit = ("asa_s", most.as_seconds());
            targets.push(of_target(queue, ran, place, limit, asa_s));
        }
        if let Some(most) = target.abandonment {
            targets.push(of_target(
                queue,
                ran,
                place,
                ("abandonment", most),
                abandonment,
            ));
        }
    }
    targets
}

fn of_target(
    queue: &Queue,
    ran: &Ran,
    place: usize,
    (measure, limit): (&'static str, f64),
    figure: OfQueue,
) -> TargetRisk {
    let figures = ran
        .worlds
        .iter()
        .filter_map(|world| figure(&pooled(world, place)));
    // Few shares are exact floats: 55 of 100 reach 0.55.
    let is_kept = |figure: &f64| match measure {
        "service_level" => *figure >= limit * (1.0 - 1e-12),
        _ => *figure <= limit * (1.0 + 1e-12),
    };
    let (mut kept, mut all) = (0, 0);
    for figure in figures {
        all += 1;
        kept += u64::from(is_kept(&figure));
    }
    TargetRisk {
        queue: queue.name.text.clone(),
        measure,
        limit,
        within_s: None,
        chance: chance(kept, all),
        days_met: None,
        worst_tenth_of_days: None,
        likely: likely(ran, |horizon| figure(&horizon.queues[place])),
    }
}

/// What a queue counted in all horizons of a world.
fn pooled(world: &World, place: usize) -> QueueTotals {
    let mut all = QueueTotals::default();
    for of in world.horizons.iter().map(|horizon| &horizon.queues[place]) {
        all.answered += of.answered;
        all.abandoned += of.abandoned;
        all.wait_answered += of.wait_answered;
        all.level_kept += of.level_kept;
        all.level_counted += of.level_counted;
        all.days_met += of.days_met;
        all.days_counted += of.days_counted;
    }
    all
}

/// The share of days on which a service level is met; its interval is over worlds.
fn days_met(ran: &Ran, place: usize) -> Estimate {
    let mut moments = Moments::default();
    let mut row = Row::default();
    for world in &ran.worlds {
        row.fill(&pooled(world, place));
        moments.add(&row);
    }
    let share = Quantity::Share(&[Q::DaysMet.once()], &[Q::DaysCounted.once()]);
    Sample::of::<QueueTotals>(&moments, ran.worlds.len() as u64).estimate(share)
}

/// A figure over single horizons.
fn likely(ran: &Ran, figure: impl Fn(&Horizon) -> Option<f64>) -> Likely {
    let of_world =
        |world: &World| -> Vec<f64> { world.horizons.iter().filter_map(&figure).collect() };
    let worlds: Vec<Vec<f64>> = ran.worlds.iter().map(of_world).collect();
    let all: Vec<f64> = worlds.concat();
    let mean = (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64);
    let [p10, p50, p90] = [0.10, 0.50, 0.90].map(|share| quantile(&worlds, share));
    Likely {
        mean,
        p10,
        p50,
        p90,
        variance: split(&worlds),
    }
}

fn budget_risk(limit: f64, ran: &Ran) -> BudgetRisk {
    let cost = |horizon: &Horizon| horizon.cost as f64 / MONEY;
    let of_world = |world: &World| {
        let sum: f64 = world.horizons.iter().map(cost).sum();
        sum / world.horizons.len() as f64
    };
    let kept = ran
        .worlds
        .iter()
        .filter(|world| of_world(world) <= limit)
        .count();
    let horizons: Vec<f64> = ran
        .worlds
        .iter()
        .flat_map(|world| world.horizons.iter().map(cost))
        .collect();
    let over: Vec<f64> = horizons
        .iter()
        .map(|cost| cost - limit)
        .filter(|over| *over > 0.0)
        .collect();
    BudgetRisk {
        limit,
        worlds: chance(kept as u64, ran.worlds.len() as u64),
        horizons: 1.0 - over.len() as f64 / horizons.len() as f64,
        mean_excess: (!over.is_empty()).then(|| over.iter().sum::<f64>() / over.len() as f64),
    }
}
