//! What one agent more or fewer in each group is worth: the same customers, with and without.

use std::borrow::Cow;

use serde::Serialize;

use crate::ids::GroupId;
use crate::scenario::Step;
use crate::scenario::model::{Compiled, Stopping, Variant};
use crate::sim::parallel::Workers;
use crate::stats::estimate::Estimate;
use crate::stats::multiple::{Tested, holm};
use crate::stats::summary::ScenarioLabel;

use super::labels::scenario;
use super::mixes::bench::{Bench, Mix, Ran, TooMany};
use super::run::RunError;
use crate::stats::measure::Measure;

/// A percentage point.
const POINT: f64 = 0.01;

/// What agents are worth at the margin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Marginal {
    /// What was run.
    pub scenario: ScenarioLabel,
    /// Which variant.
    pub variant: String,
    /// By group, one agent more and one fewer.
    pub steps: Vec<GroupStep>,
    /// Groups in which nobody is ever on duty.
    pub left_out: Vec<String>,
}

/// How many replications of so many staffings go beside a run of so many mixes: as many as that has, as long as this is at most about twice
/// its work, and twenty at least.
pub fn replications_beside(staffings: usize, mixes: usize, replications: u64) -> u64 {
    let work = 2 * replications.saturating_mul(mixes as u64);
    replications.min((work / staffings.max(1) as u64).max(20))
}

/// One agent more or fewer in a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupStep {
    /// The group.
    pub group: String,
    /// 1 or −1.
    pub agents: i8,
    /// What changes.
    pub differences: Vec<StepFigure>,
    /// What is paid for each percentage point more in time (of one agent fewer: saved for each point less).
    pub cost_per_point: Estimate,
    /// What is paid for each customer kept (of one agent fewer: saved for each one lost).
    pub cost_per_customer: Estimate,
}

/// By how much a figure changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepFigure {
    /// Which one.
    pub figure: Measure,
    /// By how much, and whether that is real.
    #[serde(flatten)]
    pub tested: Tested,
}

impl GroupStep {
    /// The change of a figure.
    pub fn change(&self, figure: &Measure) -> Option<&Tested> {
        let mut found = self.differences.iter();
        found
            .find(|difference| difference.figure == *figure)
            .map(|difference| &difference.tested)
    }
}

/// A variant beside itself with other staffings.
#[derive(Debug)]
pub struct Margin<'a> {
    compiled: &'a Compiled,
    variant: &'a Variant,
    bench: Bench<'a>,
    /// The group of each mix but the first, and which way it changes.
    steps: Vec<(GroupId, Step)>,
    left_out: Vec<String>,
    seed: u64,
}

impl<'a> Margin<'a> {
    /// A variant of a scenario, under this seed or the file's own.
    ///
    /// # Errors
    /// When there are too many groups and queues to compare at once.
    pub fn new(
        compiled: &'a Compiled,
        variant: &'a Variant,
        seed: Option<u64>,
    ) -> Result<Self, TooMany> {
        let calendar = &variant.model.calendar;
        let mut mixes = vec![Mix::of(variant, &variant.name)];
        let mut steps = Vec::new();
        let mut left_out = Vec::new();
        for (id, group) in variant.model.groups.iter() {
            for step in Step::BOTH {
                let Some(staffing) = variant.staffing.with_one(id, step, calendar) else {
                    left_out.push(group.name.text.clone());
                    break;
                };
                mixes.push(Mix {
                    name: variant.name.clone(),
                    model: &variant.model,
                    staffing: Cow::Owned(staffing),
                });
                steps.push((id, step));
            }
        }
        let seed = seed.unwrap_or(compiled.seed);
        Ok(Self {
            compiled,
            variant,
            bench: Bench::new(mixes, seed)?,
            steps,
            left_out,
            seed,
        })
    }

    /// How many staffings are run together.
    pub fn mixes(&self) -> usize {
        self.bench.mixes().len()
    }

    /// Runs all staffings until `stopping` says so. `done` is told of each replication.
    ///
    /// # Errors
    /// When the variant floods, or somebody stops it too early.
    pub fn run(
        &self,
        stopping: Stopping,
        workers: &Workers,
        done: &(dyn Fn() + Sync),
    ) -> Result<Marginal, RunError> {
        let ran = self.bench.run(stopping, workers, done)?;
        let measures = Measure::all(&self.bench);
        let differences: Vec<Estimate> = (1..self.bench.mixes().len())
            .flat_map(|mix| measures.iter().map(move |measure| (mix, measure)))
            .map(|(mix, measure)| self.bench.difference(&ran.joint, (mix, 0), measure))
            .collect();
        let tested = holm(&differences, ran.joint.replications);
        let steps = (1..).zip(&self.steps).zip(tested.chunks(measures.len()));
        Ok(Marginal {
            scenario: scenario(
                self.compiled,
                self.seed,
                (ran.replications, ran.joint.replications),
                ran.stopped,
            ),
            variant: self.variant.name.clone(),
            steps: steps
                .map(|((mix, step), tested)| self.step((mix, *step), &measures, tested, &ran))
                .collect(),
            left_out: self.left_out.clone(),
        })
    }

    fn step(
        &self,
        (mix, (group, step)): (usize, (GroupId, Step)),
        measures: &[Measure],
        tested: &[Tested],
        ran: &Ran,
    ) -> GroupStep {
        let differences = measures.iter().zip(tested);
        let differences = differences.map(|(figure, tested)| StepFigure {
            figure: figure.clone(),
            tested: *tested,
        });
        let price = |gain: &Measure, unit: f64| {
            let price = self.exchange(ran, mix, gain);
            let of = |value: Option<f64>| value.map(|value| value * unit);
            let (lo, hi) = (of(price.lo), of(price.hi));
            Estimate {
                mean: of(price.mean),
                lo: if unit < 0.0 { hi } else { lo },
                hi: if unit < 0.0 { lo } else { hi },
                ..price
            }
        };
        GroupStep {
            group: self.variant.model.groups[group].name.text.clone(),
            agents: match step {
                Step::More => 1,
                Step::Fewer => -1,
            },
            differences: differences.collect(),
            cost_per_point: price(&Measure::InTime, POINT),
            cost_per_customer: price(&Measure::customers_lost(&self.bench), -1.0),
        }
    }

    /// What is paid for each unit of a figure.
    fn exchange(&self, ran: &Ran, mix: usize, gain: &Measure) -> Estimate {
        let wanted = |measure: &Measure| {
            let own = measure.wanted(&self.bench, mix)?;
            Some((own, measure.wanted(&self.bench, 0)?))
        };
        let (Some(gained), Some(paid)) = (wanted(gain), wanted(&Measure::Cost)) else {
            return Estimate::NONE;
        };
        ran.joint.exchange(
            (gained.0.quantity(), gained.1.quantity()),
            (paid.0.quantity(), paid.1.quantity()),
        )
    }
}
