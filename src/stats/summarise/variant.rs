//! The figures of a variant, and its differences to the base.

use crate::ids::Id;
use crate::stats::counts::{DemandFigure as D, DemandTotals, GroupTotals, QueueTotals};
use crate::stats::estimate::Estimate;
use crate::stats::issue_counts::IssueTotals;
use crate::stats::issue_summary::IssueMeasures;
use crate::stats::pair_tally::QueuePairTally;
use crate::stats::sample::{Quantity, Sample};
use crate::stats::summary::{CostSummary, DemandSummary, Differences, VariantSummary};
use crate::stats::tally::{QueueTally, Tally, Time, VariantTally};

use super::few;
use super::labels::{GroupLabel, Labels, QueueLabel, VariantLabel};
use super::money::Money;
use super::queue::Estimator;
use super::{group, issue, money, queue, steady};

/// The figures of all variants of a tally.
pub fn variants(tally: &Tally, labels: &Labels) -> Vec<VariantSummary> {
    let base = labels.variants.iter().zip(&tally.variants).next();
    let summaries =
        labels
            .variants
            .iter()
            .zip(&tally.variants)
            .enumerate()
            .map(|(number, (label, own))| {
                let variant = Variant {
                    label,
                    tally: own,
                    replications: tally.replications * labels.batches,
                };
                let mut summary = variant.summarise(labels);
                if let Some((base_label, base)) = base.filter(|_| number > 0) {
                    let base = Variant {
                        label: base_label,
                        tally: base,
                        replications: tally.replications * labels.batches,
                    };
                    summary.differences = Some(variant.differences(&base, labels.window_h));
                }
                summary.too_few_events = few::too_few_events(&summary, label);
                summary
            });
    summaries.collect()
}

/// One variant's tally with its names.
#[derive(Clone, Copy)]
struct Variant<'a> {
    label: &'a VariantLabel,
    tally: &'a VariantTally,
    replications: u64,
}

impl Variant<'_> {
    fn summarise(&self, labels: &Labels) -> VariantSummary {
        let (slots, window_h, r) = (&labels.slots, labels.window_h, self.replications);
        let queues = || self.label.queues.iter().zip(&self.tally.queues);
        let groups = || self.label.groups.iter().zip(&self.tally.groups);
        let demand = Sample::of::<DemandTotals>(&self.tally.demand, r);
        let issues = &self.tally.issues;
        let bots = issue::bots(issues, self.label, r, window_h);
        let money = Money::of(self.label, self.tally, r);
        let unrest = queues().filter_map(|(label, tally)| steady::warning(&label.name, tally, r));
        VariantSummary {
            name: self.label.name.clone(),
            queues: queues()
                .map(|(label, tally)| {
                    (
                        label.name.clone(),
                        queue::summarise(label, tally, r, slots, window_h),
                    )
                })
                .collect(),
            groups: groups()
                .map(|(label, tally)| {
                    (
                        label.name.clone(),
                        group::summarise(label, tally, r, slots, window_h),
                    )
                })
                .collect(),
            cost: CostSummary {
                bots: money::of_bots(&bots),
                paid_time: money::paid_time(self.label, &self.tally.groups, r),
                currencies: self.label.currencies.iter().cloned().collect(),
                ..money.cost()
            },
            value: self.label.assumptions.clone().map(|of| money.value(of)),
            demand: customers(|quantity| demand.estimate(quantity)),
            issues: issue::summarise(issues, self.label, r, window_h),
            turns: issue::turns(issues, self.label, r),
            flows: issue::flows(issues, self.label, r),
            bots,
            differences: None,
            too_few_events: Vec::new(),
            warnings: self.label.warnings.iter().cloned().chain(unrest).collect(),
        }
    }

    fn differences(&self, base: &Self, window_h: f64) -> Differences {
        let queues = self.paired_queues(base);
        let groups = self.paired_groups(base);
        let own = Sample::of::<DemandTotals>(&self.tally.demand, self.replications);
        let other = Sample::of::<DemandTotals>(&base.tally.demand, self.replications);
        let demand =
            |quantity: Quantity<'_>| own.difference(quantity, &other, &self.tally.pairs.demand);
        let money = Money::less(self.label, self.tally, base.tally, self.replications);
        let assumes = self.label.assumptions.is_some() || base.label.assumptions.is_some();
        Differences {
            queues: queues
                .iter()
                .map(|(label, pair)| {
                    (
                        label.name.clone(),
                        queue::measures(pair, label.level.as_ref(), window_h),
                    )
                })
                .collect(),
            groups: groups
                .iter()
                .map(|(label, of)| (label.name.clone(), group::measures(of, label, window_h)))
                .collect(),
            cost: money.cost(),
            value: assumes.then(|| money.value(Vec::new())),
            demand: customers(demand),
            issues: self.issue_differences(base),
        }
    }

    fn issue_differences(&self, base: &Self) -> Option<IssueMeasures> {
        let (own, other) = (&self.tally.issues, &base.tally.issues);
        let _ = own
            .resolution_time
            .as_ref()
            .zip(other.resolution_time.as_ref())?;
        let own = Sample::of::<IssueTotals>(&own.totals, self.replications);
        let other = Sample::of::<IssueTotals>(&other.totals, self.replications);
        let cross = &self.tally.pairs.issues;
        Some(issue::measures(|quantity| {
            own.difference(quantity, &other, cross)
        }))
    }

    fn paired_queues<'a>(&'a self, base: &'a Self) -> Vec<(&'a QueueLabel, Paired<'a>)> {
        let pairs = self
            .label
            .pairing
            .queues
            .iter()
            .zip(&self.tally.pairs.queues);
        pairs
            .map(|((own, in_base), cross)| {
                let pair = Paired {
                    own: &self.tally.queues[own.index()],
                    base: &base.tally.queues[in_base.index()],
                    cross,
                    replications: self.replications,
                };
                (&self.label.queues[own.index()], pair)
            })
            .collect()
    }

    fn paired_groups<'a>(
        &'a self,
        base: &'a Self,
    ) -> Vec<(&'a GroupLabel, impl Fn(Quantity<'_>) -> Estimate)> {
        let pairs = self
            .label
            .pairing
            .groups
            .iter()
            .zip(&self.tally.pairs.groups);
        pairs
            .map(|((own, in_base), cross)| {
                let sample = |variant: &'a VariantTally, group: usize| {
                    Sample::of::<GroupTotals>(&variant.groups[group].totals, self.replications)
                };
                let (label, own) = (
                    &self.label.groups[own.index()],
                    sample(self.tally, own.index()),
                );
                let base = sample(base.tally, in_base.index());
                (label, move |quantity: Quantity<'_>| {
                    own.difference(quantity, &base, cross)
                })
            })
            .collect()
    }
}

fn customers(of: impl Fn(Quantity<'_>) -> Estimate) -> DemandSummary {
    let count = |figure: D| of(Quantity::Mean(&[figure.once()], 1.0));
    let share = |figure: D| of(Quantity::Share(&[figure.once()], &[D::Wanted.once()]));
    DemandSummary {
        wanted: count(D::Wanted),
        served: count(D::Served),
        moved: count(D::Moved),
        lost: count(D::Lost),
        contained: count(D::Contained),
        open_at_end: count(D::OpenAtEnd),
        served_share: share(D::Served),
        lost_share: share(D::Lost),
    }
}

/// A queue in a variant and in the base.
struct Paired<'a> {
    own: &'a QueueTally,
    base: &'a QueueTally,
    cross: &'a QueuePairTally,
    replications: u64,
}

impl Estimator for Paired<'_> {
    fn totals(&self, quantity: Quantity<'_>) -> Estimate {
        let own = Sample::of::<QueueTotals>(&self.own.totals, self.replications);
        let base = Sample::of::<QueueTotals>(&self.base.totals, self.replications);
        own.difference(quantity, &base, &self.cross.totals)
    }

    fn quantile(&self, time: Time, share: f64) -> Estimate {
        let (own, base) = (self.own.times(time), self.base.times(time));
        let pair = self.cross.times(time);
        pair.difference(own, base, share, self.replications)
    }
}
