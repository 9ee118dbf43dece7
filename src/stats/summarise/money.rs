//! What a variant costs and what value it loses, line by line.

use crate::ids::Id;
use crate::stats::counts::{GroupFigure as G, GroupTotals};
use crate::stats::estimate::Estimate;
use crate::stats::issue_summary::BotSummary;
use crate::stats::moments::{CrossMoments, Moments};
use crate::stats::money_counts::{MoneyFigure as M, MoneyTotals};
use crate::stats::money_line::{Line, Loss};
use crate::stats::money_summary::{CostSummary, PaidTime, PartCost, PartValue, ValueSummary};
use crate::stats::sample::{Quantity, Sample};
use crate::stats::summary::Named;
use crate::stats::tally::{GroupTally, VariantTally};

use super::labels::{GroupLabel, VariantLabel};

/// Millionths in a unit of the currency, and of a customer.
const MILLION: f64 = 1e6;
/// Points in a whole: what a point of service level costs is reckoned from shares.
const POINTS: f64 = 100.0;
const HOUR: f64 = 3_600e6;

/// Gives the estimates of one thing, of a variant or of a difference.
type Of<'a> = Box<dyn Fn(Quantity<'_>) -> Estimate + 'a>;

/// Things under their names.
type Parts<'a> = Vec<(String, Of<'a>)>;

/// The money of a variant, or of a variant less the base.
pub(super) struct Money<'a> {
    total: Of<'a>,
    turned_away: Of<'a>,
    channels: Parts<'a>,
    queues: Parts<'a>,
    groups: Parts<'a>,
    /// The lines that anything is booked on.
    lines: Vec<Line>,
}

impl<'a> Money<'a> {
    /// The money of a variant.
    pub(super) fn of(label: &VariantLabel, tally: &'a VariantTally, replications: u64) -> Self {
        let sample = move |moments: &'a Moments| -> Of<'a> {
            let sample = Sample::of::<MoneyTotals>(moments, replications);
            Box::new(move |quantity| sample.estimate(quantity))
        };
        let money = &tally.money;
        let named = |names: Vec<String>, moments: &'a [Moments]| -> Parts<'a> {
            names.into_iter().zip(moments.iter().map(sample)).collect()
        };
        let lines = booked(&[&money.total]);
        let names = Names::of(label);
        Self {
            total: sample(&money.total),
            turned_away: sample(&money.turned_away),
            channels: named(names.channels, &money.channels),
            queues: named(names.queues, &money.queues),
            groups: named(names.groups, &money.groups),
            lines,
        }
    }

    /// The money of a variant less that of the base, of what both have.
    pub(super) fn less(
        label: &VariantLabel,
        own: &'a VariantTally,
        base: &'a VariantTally,
        replications: u64,
    ) -> Self {
        let pair = move |own: &'a Moments, base: &'a Moments, cross: &'a CrossMoments| -> Of<'a> {
            let own = Sample::of::<MoneyTotals>(own, replications);
            let base = Sample::of::<MoneyTotals>(base, replications);
            Box::new(move |quantity| own.difference(quantity, &base, cross))
        };
        let (of, in_base, cross) = (&own.money, &base.money, &own.pairs.money);
        let (pairing, names) = (&label.pairing, Names::of(label));
        let named = |names: &[String],
                     (own, base): (&'a [Moments], &'a [Moments]),
                     pairs: Vec<(usize, usize)>,
                     cross: &'a [CrossMoments]|
         -> Parts<'a> {
            let pairs = pairs.into_iter().zip(cross);
            pairs
                .map(|((at, there), cross)| {
                    (names[at].clone(), pair(&own[at], &base[there], cross))
                })
                .collect()
        };
        let lines = booked(&[&of.total, &in_base.total]);
        Self {
            total: pair(&of.total, &in_base.total, &cross.total),
            turned_away: pair(&of.turned_away, &in_base.turned_away, &cross.turned_away),
            channels: named(
                &names.channels,
                (&of.channels, &in_base.channels),
                pairing.channels.clone(),
                &cross.channels,
            ),
            queues: named(
                &names.queues,
                (&of.queues, &in_base.queues),
                numbers(&pairing.queues),
                &cross.queues,
            ),
            groups: named(
                &names.groups,
                (&of.groups, &in_base.groups),
                numbers(&pairing.groups),
                &cross.groups,
            ),
            lines,
        }
    }

    /// What it costs.
    pub(super) fn cost(&self) -> CostSummary {
        let plain = [Line::Wages, Line::Bots];
        let is_itemised = self.lines.iter().any(|line| !plain.contains(line));
        let lines_of = |of: &Of<'_>| self.lines(of);
        let part = |of: &Of<'_>, has_lines: bool| PartCost {
            lines: if has_lines {
                lines_of(of)
            } else {
                Named::default()
            },
            ..part_cost(of)
        };
        let PartCost {
            cost,
            per_contact,
            per_resolution,
            per_service_level_point,
            lines,
        } = part(&self.total, true);
        let itemised = self.groups.iter().filter(|_| is_itemised);
        CostSummary {
            total: cost,
            per_contact,
            per_resolution,
            per_service_level_point,
            lines,
            groups: each(&self.groups, |of| mean(of, M::Cost)),
            group_lines: itemised
                .map(|(name, of)| (name.clone(), lines_of(of)))
                .collect(),
            bots: Named::default(),
            channels: each(&self.channels, |of| part(of, true)),
            queues: each(&self.queues, |of| part(of, is_itemised)),
            paid_time: Named::default(),
            currencies: Named::default(),
        }
    }

    fn lines(&self, of: &Of<'_>) -> Named<Estimate> {
        let line = |line: &Line| (line.name().to_owned(), mean(of, line.figure()));
        self.lines.iter().map(line).collect()
    }

    /// What value it loses and earns.
    pub(super) fn value(&self, assumptions: Vec<String>) -> ValueSummary {
        ValueSummary {
            assumed: true,
            assumptions,
            total: part_value(&self.total),
            channels: each(&self.channels, |of| part_value(of)),
            queues: each(&self.queues, |of| part_value(of)),
            turned_away: part_value(&self.turned_away),
        }
    }
}

/// What value a part loses and earns.
fn part_value(of: &Of<'_>) -> PartValue {
    let losses = Loss::ALL.map(|loss| loss.figure().once());
    let mut net = vec![M::Cost.once(), M::Revenue.less()];
    net.extend(losses);
    let loss = |loss: &Loss| (loss.name().to_owned(), mean(of, loss.figure()));
    PartValue {
        lost: of(Quantity::Mean(&losses, MILLION)),
        lost_lines: Loss::ALL.iter().map(loss).collect(),
        revenue: mean(of, M::Revenue),
        customers_lost: mean(of, M::Churned),
        net_cost: of(Quantity::Mean(&net, MILLION)),
    }
}

/// The names of what a variant has.
struct Names {
    channels: Vec<String>,
    queues: Vec<String>,
    groups: Vec<String>,
}

impl Names {
    fn of(label: &VariantLabel) -> Self {
        let queues = label.queues.iter().map(|queue| queue.name.clone());
        let groups = label.groups.iter().map(|group| group.name.clone());
        Self {
            channels: label.channels.iter().map(|&name| name.to_owned()).collect(),
            queues: queues.collect(),
            groups: groups.collect(),
        }
    }
}

fn numbers<I: Id>(pairs: &[(I, I)]) -> Vec<(usize, usize)> {
    let numbers = pairs.iter().map(|(own, base)| (own.index(), base.index()));
    numbers.collect()
}

fn each<T>(parts: &Parts<'_>, figures: impl Fn(&Of<'_>) -> T) -> Named<T> {
    let named = |(name, of): &(String, Of<'_>)| (name.clone(), figures(of));
    parts.iter().map(named).collect()
}

fn mean(of: &Of<'_>, figure: M) -> Estimate {
    of(Quantity::Mean(&[figure.once()], MILLION))
}

fn part_cost(of: &Of<'_>) -> PartCost {
    let cost = &[M::Cost.once()];
    let per = |figure: M| of(Quantity::Ratio(cost, &[figure.once()], MILLION));
    PartCost {
        cost: mean(of, M::Cost),
        per_contact: per(M::Answered),
        per_resolution: per(M::Resolved),
        per_service_level_point: of(Quantity::PerShare(
            cost,
            (&[M::LevelKept.once()], &[M::LevelCounted.once()]),
            MILLION * POINTS,
        )),
        lines: Named::default(),
    }
}

/// The lines that anything is booked on in any of these.
fn booked(all: &[&Moments]) -> Vec<Line> {
    let is_booked = |figure: M| {
        all.iter()
            .any(|moments| Sample::of::<MoneyTotals>(moments, 1).total(&[figure.once()]) != 0)
    };
    let lines = Line::ALL
        .into_iter()
        .filter(|line| is_booked(line.figure()));
    lines.collect()
}

/// What is paid for each bot.
pub(super) fn of_bots(bots: &Named<BotSummary>) -> Named<Estimate> {
    bots.iter()
        .map(|(name, bot)| (name.to_owned(), bot.cost))
        .collect()
}

/// What paid time is spent on, of the groups of which the file says.
pub(super) fn paid_time(
    label: &VariantLabel,
    tallies: &[GroupTally],
    replications: u64,
) -> Named<PaidTime> {
    let groups = label.groups.iter().zip(tallies);
    let groups = groups.filter(|(label, _)| !label.away.is_empty());
    let of_group = |(label, tally): (&GroupLabel, &GroupTally)| {
        let sample = Sample::of::<GroupTotals>(&tally.totals, replications);
        let productive = [G::Staffed.once(), G::Overtime.once()];
        let heads = [G::Paid.once(), G::Overtime.less()];
        let away = label.away.iter().map(|&(part, share)| {
            let hours = Quantity::Mean(&heads, HOUR / share);
            (part.to_owned(), sample.estimate(hours))
        });
        let per_hour = |hours| {
            let unit = MILLION / HOUR;
            sample.estimate(Quantity::Ratio(&[G::Cost.once()], hours, unit))
        };
        let hours = |hours| sample.estimate(Quantity::Mean(hours, HOUR));
        let time = PaidTime {
            paid_h: hours(&[G::Paid.once()]),
            productive_h: hours(&productive),
            away_h: away.collect(),
            cost_per_paid_hour: per_hour(&[G::Paid.once()]),
            cost_per_productive_hour: per_hour(&productive),
        };
        (label.name.clone(), time)
    };
    groups.map(of_group).collect()
}
