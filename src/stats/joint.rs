//! What replications counted of several mixes together: a few figures of each, in one row, so that any two mixes can be compared and
//! any two of their figures set against each other, paired by replication.
//!
//! Memory does not grow with the replications: it holds the products of all pairs of counters, that is the square of mixes × counters.

use super::counts::{COUNT, MONEY, TIME, counters};
use super::estimate::Estimate;
use super::moments::{Counters, Moments, Row};
use super::sample::{Linear, Quantity, Sample};
use super::student::t_quantile;

counters! {
    /// What is compared of a whole mix.
    MixTotals / MixFigure {
        /// Contacts that customers wanted.
        wanted Wanted COUNT,
        /// Answered.
        served Served COUNT,
        /// Abandoned, blocked or turned away.
        lost Lost COUNT,
        /// Answered within the threshold of their queue, or resolved by a bot; answered at all where nothing is promised.
        in_time InTime COUNT,
        /// Wanted, less those of deferred queues whose deadline is not within the horizon.
        judged Judged COUNT,
        /// Issues that ended with what the customer wanted; without issues, contacts answered.
        resolved Resolved COUNT,
        /// Issues that ended without; without issues, contacts lost.
        gone Gone COUNT,
        /// Paid to all groups and bots.
        cost Cost MONEY,
        /// Paid and lost, less what is earned.
        net Net MONEY,
    }
}

counters! {
    /// What is compared of a queue.
    MixQueue / MixQueueFigure {
        /// Contacts handled to the end.
        answered Answered COUNT,
        /// Contacts that left while waiting.
        abandoned Abandoned COUNT,
        /// Numerator of the target's own definition.
        kept Kept COUNT,
        /// Denominator of the target's own definition.
        counted Counted COUNT,
        /// Waits of the answered.
        wait Wait TIME,
        /// Share of what is paid.
        cost Cost MONEY,
    }
}

/// Where the counters of each mix stand in a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// The first column of each mix.
    starts: Vec<usize>,
    scales: Vec<i128>,
}

impl Columns {
    /// Columns for mixes with so many queues each.
    pub fn new(queues: impl IntoIterator<Item = usize>) -> Self {
        let mut columns = Self::default();
        for queues in queues {
            columns.starts.push(columns.scales.len());
            columns.scales.extend_from_slice(MixTotals::SCALES);
            for _ in 0..queues {
                columns.scales.extend_from_slice(MixQueue::SCALES);
            }
        }
        columns
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// A figure of a whole mix, taken once.
    pub fn whole(&self, mix: usize, figure: MixFigure) -> (usize, i128) {
        (self.starts[mix] + figure as usize, 1)
    }

    /// A figure of a queue of a mix, taken once.
    pub fn queue(&self, mix: usize, queue: usize, figure: MixQueueFigure) -> (usize, i128) {
        let before = MixTotals::SCALES.len() + queue * MixQueue::SCALES.len();
        (self.starts[mix] + before + figure as usize, 1)
    }
}

/// Sums and products of all counters of all mixes over replications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joint {
    /// How many replications, or batches that stand for them.
    pub replications: u64,
    moments: Moments,
    columns: Columns,
}

impl Joint {
    /// Nothing counted yet.
    pub fn new(columns: &Columns) -> Self {
        Self {
            replications: 0,
            moments: Moments::default(),
            columns: columns.clone(),
        }
    }

    /// Adds a replication: the counters of all mixes, one mix after the other.
    pub fn add(&mut self, values: &[i128], row: &mut Row) {
        self.replications += 1;
        row.fill_with(values, &self.columns.scales);
        self.moments.add(row);
    }

    /// Adds the replications of another.
    pub fn merge(&mut self, other: &Self) {
        self.replications += other.replications;
        self.moments.merge(&other.moments);
    }

    fn sample(&self) -> Sample<'_> {
        Sample::on(&self.moments, &self.columns.scales, self.replications)
    }

    /// A quantity with its interval.
    pub fn estimate(&self, quantity: Quantity<'_>) -> Estimate {
        self.sample().estimate(quantity)
    }

    /// One quantity less another, paired by replication.
    pub fn difference(&self, one: Quantity<'_>, other: Quantity<'_>) -> Estimate {
        let sample = self.sample();
        let Some(linear) = difference(&sample, one, other) else {
            return Estimate::NONE;
        };
        let is_of_few = sample.estimate(one).is_of_few || sample.estimate(other).is_of_few;
        let Some(t) = t_quantile(self.replications) else {
            return Estimate::point(linear.value).of_few(is_of_few);
        };
        let variance = sample.common(&linear, &linear).unless_noise();
        Estimate::around(linear.value, t * sample.standard_error(variance))
            .of_few(is_of_few && variance > 0.0)
    }

    /// What one difference comes to for each unit of another: (a − b) / (c − d). Without an interval where the second difference is not
    /// certain to be other than zero.
    ///
    /// # Formula
    /// The r for which (n − r·d)² ≤ t²·Var(n − r·d), with n and d the two differences.
    ///
    /// # Source
    /// E. C. Fieller, "Some problems in interval estimation", *Journal of the Royal Statistical Society* B 16 (1954), 175-185.
    pub fn exchange(
        &self,
        gained: (Quantity<'_>, Quantity<'_>),
        paid: (Quantity<'_>, Quantity<'_>),
    ) -> Estimate {
        let sample = self.sample();
        let differences = (
            difference(&sample, paid.0, paid.1),
            difference(&sample, gained.0, gained.1),
        );
        let (Some(paid), Some(gained)) = differences else {
            return Estimate::NONE;
        };
        if gained.value == 0.0 {
            return Estimate::NONE;
        }
        let value = paid.value / gained.value;
        let Some(t) = t_quantile(self.replications) else {
            return Estimate::point(value);
        };
        let variance = |one: &Linear, other: &Linear| {
            let error = sample.common(one, other).sum;
            error.signum() * (t * sample.standard_error(error.abs())).powi(2)
        };
        let a = gained.value.powi(2) - variance(&gained, &gained);
        let b = paid.value * gained.value - variance(&paid, &gained);
        let c = paid.value.powi(2) - variance(&paid, &paid);
        if a <= 0.0 {
            return Estimate::point(value);
        }
        let reach = (b * b - a * c).max(0.0).sqrt();
        Estimate::between((b - reach) / a, value, (b + reach) / a)
    }
}

fn difference(sample: &Sample<'_>, one: Quantity<'_>, other: Quantity<'_>) -> Option<Linear> {
    let (one, other) = (sample.linear(one)?, sample.linear(other)?);
    let away = other.weights.into_iter().map(|(at, weight)| (at, -weight));
    Some(Linear {
        value: one.value - other.value,
        weights: one.weights.into_iter().chain(away).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two mixes without queues: their costs and contacts in time.
    fn joint(rows: &[[(i128, i128); 2]]) -> (Joint, Columns) {
        let columns = Columns::new([0, 0]);
        let mut joint = Joint::new(&columns);
        let mut row = Row::default();
        for mixes in rows {
            let mut values = Vec::new();
            for &(cost, in_time) in mixes {
                let totals = MixTotals {
                    cost: cost * 1_000_000,
                    in_time,
                    wanted: 100,
                    judged: 100,
                    ..MixTotals::default()
                };
                totals.values(&mut values);
            }
            joint.add(&values, &mut row);
        }
        (joint, columns)
    }

    const MONEY: f64 = 1e6;

    #[test]
    fn a_paired_difference_is_that_of_the_textbook() {
        let (joint, columns) = joint(&[[(10, 0), (13, 0)], [(20, 0), (25, 0)], [(30, 0), (37, 0)]]);
        let own = [columns.whole(1, MixFigure::Cost)];
        let base = [columns.whole(0, MixFigure::Cost)];
        let difference =
            joint.difference(Quantity::Mean(&own, MONEY), Quantity::Mean(&base, MONEY));
        // 3, 5 and 7: mean 5, s = 2, t(2) = 4.30265, 2 / √3 · t
        assert!((difference.mean.unwrap() - 5.0).abs() < 1e-9);
        assert!((difference.half_width().unwrap() - 4.968_27).abs() < 1e-4);
    }

    #[test]
    fn a_mix_differs_from_itself_by_nothing() {
        let (joint, columns) = joint(&[[(10, 3), (13, 4)], [(20, 5), (26, 1)]]);
        let share = [columns.whole(0, MixFigure::InTime)];
        let all = [columns.whole(0, MixFigure::Judged)];
        let share = Quantity::Share(&share, &all);
        assert_eq!(joint.difference(share, share), Estimate::around(0.0, 0.0));
    }

    #[test]
    fn an_exchange_has_the_interval_of_fieller() {
        // Costs 100 more in each; gains of 4, 5 and 6 in time: r = 20, and the interval of the gain turned over.
        let (joint, columns) = joint(&[
            [(10, 10), (110, 14)],
            [(20, 20), (120, 25)],
            [(30, 15), (130, 21)],
        ]);
        let cost = |mix| [columns.whole(mix, MixFigure::Cost)];
        let in_time = |mix| [columns.whole(mix, MixFigure::InTime)];
        let (c0, c1, g0, g1) = (cost(0), cost(1), in_time(0), in_time(1));
        let exchange = joint.exchange(
            (Quantity::Mean(&g1, 1.0), Quantity::Mean(&g0, 1.0)),
            (Quantity::Mean(&c1, MONEY), Quantity::Mean(&c0, MONEY)),
        );
        let half = 4.302_653 / 3_f64.sqrt();
        assert!((exchange.mean.unwrap() - 20.0).abs() < 1e-9);
        assert!((exchange.lo.unwrap() - 100.0 / (5.0 + half)).abs() < 1e-4);
        assert!((exchange.hi.unwrap() - 100.0 / (5.0 - half)).abs() < 1e-4);
    }

    #[test]
    fn what_is_gained_without_certainty_has_no_price() {
        let (joint, columns) = joint(&[[(10, 10), (110, 9)], [(20, 20), (120, 24)]]);
        let (c0, c1) = (
            [columns.whole(0, MixFigure::Cost)],
            [columns.whole(1, MixFigure::Cost)],
        );
        let (g0, g1) = (
            [columns.whole(0, MixFigure::InTime)],
            [columns.whole(1, MixFigure::InTime)],
        );
        let exchange = joint.exchange(
            (Quantity::Mean(&g1, 1.0), Quantity::Mean(&g0, 1.0)),
            (Quantity::Mean(&c1, MONEY), Quantity::Mean(&c0, MONEY)),
        );
        assert!(exchange.mean.is_some() && exchange.lo.is_none() && exchange.hi.is_none());
    }

    #[test]
    fn merging_is_adding() {
        let rows = [[(10, 3), (13, 4)], [(20, 5), (26, 1)], [(7, 5), (9, 2)]];
        let (all, _) = joint(&rows);
        let (mut one, _) = joint(&rows[..1]);
        let (rest, _) = joint(&rows[1..]);
        one.merge(&rest);
        assert_eq!(one, all);
    }
}
