//! Quantiles pooled over replications, with intervals from the counts at each bin's edge.

use serde::{Deserialize, Serialize};

use super::estimate::Estimate;
use super::events::{too_clustered, too_few};
use super::histogram::{Bins, Cut, Histogram};
use super::student::t_quantile;

/// More bins than any value of 64 bits needs.
const MOST_BINS: usize = 1 << 13;

/// An integer wide enough for sums of squares: `u128` for totals; `u64` for intervals, of which there are many and whose
/// counts are small. At its end it stays there.
pub trait Wide: Copy + Default + PartialEq + Eq + std::fmt::Debug {
    /// This and the product of two counts.
    #[must_use]
    fn plus_product(self, a: u64, b: u64) -> Self;
    /// This and another sum.
    #[must_use]
    fn plus(self, other: Self) -> Self;
    /// The nearest float.
    fn as_f64(self) -> f64;
}

impl Wide for u64 {
    fn plus_product(self, a: u64, b: u64) -> Self {
        self.saturating_add(a.saturating_mul(b))
    }
    fn plus(self, other: Self) -> Self {
        self.saturating_add(other)
    }
    fn as_f64(self) -> f64 {
        self as f64
    }
}

impl Wide for u128 {
    fn plus_product(self, a: u64, b: u64) -> Self {
        self.saturating_add(Self::from(a) * Self::from(b))
    }
    fn plus(self, other: Self) -> Self {
        self.saturating_add(other)
    }
    fn as_f64(self) -> f64 {
        self as f64
    }
}

/// Integer sums over replications of what lies below each bin's upper edge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuantileTally<W = u128> {
    bins: Bins,
    /// Σ n over replications, n the number of values in a replication.
    total: u64,
    /// Σ n².
    total_squares: W,
    /// The first bin that ever held a value: below it all sums are zero.
    first: usize,
    /// From there on.
    sums: Vec<Below<W>>,
}

/// Sums over replications for one bin, with c the number of values up to its upper edge in a replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Below<W> {
    /// Σ c.
    sum: u64,
    /// Σ c².
    squares: W,
    /// Σ c·n.
    by_total: W,
}

impl<W: Wide> QuantileTally<W> {
    /// Nothing yet.
    pub fn new(bins: Bins) -> Self {
        Self {
            bins,
            total: 0,
            total_squares: W::default(),
            first: 0,
            sums: Vec::new(),
        }
    }

    /// Adds one replication.
    pub fn add<C: Cut>(&mut self, values: &Histogram<C>) {
        let n = values.total();
        if n == 0 {
            return;
        }
        let counts = values.counts();
        let first = counts.iter().position(|&count| count > 0).unwrap_or(0);
        let last = counts.iter().rposition(|&count| count > 0).unwrap_or(0);
        self.cover(first, last + 1);
        let mut c = 0;
        for (bin, below) in self.sums.iter_mut().enumerate() {
            c += u64::from(counts.get(self.first + bin).copied().unwrap_or(0));
            below.sum += c;
            below.squares = below.squares.plus_product(c, c);
            below.by_total = below.by_total.plus_product(c, n);
        }
        self.total = self.total.saturating_add(n);
        self.total_squares = self.total_squares.plus_product(n, n);
    }

    /// Adds the replications of another tally.
    pub fn merge(&mut self, other: &Self) {
        if other.sums.is_empty() {
            return;
        }
        self.cover(other.first, other.first + other.sums.len());
        for (bin, below) in (self.first..).zip(&mut self.sums) {
            let more = other.below(bin);
            below.sum = below.sum.saturating_add(more.sum);
            below.squares = below.squares.plus(more.squares);
            below.by_total = below.by_total.plus(more.by_total);
        }
        self.total = self.total.saturating_add(other.total);
        self.total_squares = self.total_squares.plus(other.total_squares);
    }

    /// Whether this can be a tally of values cut like those of `other`.
    pub fn fits(&self, other: &Self) -> bool {
        self.bins == other.bins
            && self.sums.is_empty() == (self.total == 0)
            && self.sums.len() <= MOST_BINS
            && self.first <= MOST_BINS
    }

    /// How values are cut.
    pub fn bins(&self) -> Bins {
        self.bins
    }

    /// How many values there are in all.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The value in seconds below which a share lies, interpolated within its bin, with a 95 % interval.
    ///
    /// # Formula
    /// The share F at the upper edge of the quantile's bin has the variance of a ratio of sums over R replications,
    /// Σ(c − F·n)² · R/(R − 1) / (Σn)²; the ends of the interval are the quantiles at `share` ± t·se.
    ///
    /// # Source
    /// R. S. Woodruff, "Confidence intervals for medians and other position measures", JASA 47 (1952), 635-646.
    pub fn quantile(&self, share: f64, replications: u64) -> Estimate {
        let Some(mean) = self.at(share) else {
            return Estimate::NONE;
        };
        let rarer = share.min(1.0 - share);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a part of a count of 64 bits"
        )]
        let beyond = (rarer * self.total as f64) as i128;
        let Some(t) = t_quantile(replications) else {
            return Estimate::point(mean).of_few(too_few(beyond));
        };
        let error = self.standard_error(self.bin_at(share), replications);
        if error <= 0.0 {
            return Estimate::around(mean, 0.0).of_few(too_few(beyond));
        }
        let reach = t * error;
        let on_logit_scale = |reach: f64| {
            let odds = share / (1.0 - share) * (reach / share / (1.0 - share)).exp();
            odds / (1.0 + odds)
        };
        let lower = (share - reach).min(on_logit_scale(-reach)).max(0.0);
        let upper = (share + reach).max(on_logit_scale(reach)).min(1.0);
        let ends = self.at(lower).zip(self.at(upper));
        ends.map_or(Estimate::NONE, |(lo, hi)| {
            let is_of_few = too_few(beyond) || (hi > lo && too_clustered(rarer, error));
            Estimate::between(lo, mean, hi).of_few(is_of_few)
        })
    }

    pub(super) fn standard_error(&self, bin: usize, replications: u64) -> f64 {
        let r = replications as f64;
        (self.residuals(bin) * r / (r - 1.0)).sqrt() / self.total as f64
    }

    /// Σ (c − F·n)² over replications, of the values up to a bin's upper edge.
    pub(super) fn residuals(&self, bin: usize) -> f64 {
        let (below, share) = (self.below(bin), self.share_below(bin));
        let residuals = below.squares.as_f64() - 2.0 * share * below.by_total.as_f64()
            + share * share * self.total_squares.as_f64();
        residuals.max(0.0)
    }

    /// The share up to a bin's upper edge.
    pub(super) fn share_below(&self, bin: usize) -> f64 {
        self.below(bin).sum as f64 / self.total as f64
    }

    /// The bin in which the value lies that a share is below.
    fn bin_at(&self, share: f64) -> usize {
        let wanted = share * self.total as f64;
        let within = self
            .sums
            .partition_point(|below| (below.sum as f64) < wanted);
        self.first + within.min(self.sums.len() - 1)
    }

    fn at(&self, share: f64) -> Option<f64> {
        if self.total == 0 {
            return None;
        }
        let bin = self.bin_at(share);
        let (lower, upper) = self.bins.edges(bin);
        let below = if bin == 0 { 0 } else { self.below(bin - 1).sum };
        let within = self.below(bin).sum.saturating_sub(below) as f64;
        let part = if within > 0.0 {
            ((share * self.total as f64 - below as f64) / within).clamp(0.0, 1.0)
        } else {
            1.0
        };
        Some((lower + part * (upper - lower)) / 1e6)
    }

    /// The sums of a bin, wherever it lies.
    fn below(&self, bin: usize) -> Below<W> {
        match bin.checked_sub(self.first) {
            None => Below::default(),
            Some(within) => self.sums.get(within).copied().unwrap_or_else(|| self.all()),
        }
    }

    /// The sums past the largest value: in each replication all its values are below.
    fn all(&self) -> Below<W> {
        Below {
            sum: self.total,
            squares: self.total_squares,
            by_total: self.total_squares,
        }
    }

    /// Makes room for bins from `first` up to but without `end`.
    fn cover(&mut self, first: usize, end: usize) {
        if self.sums.is_empty() {
            self.first = first;
        }
        let end = end.max(self.first + self.sums.len());
        let start = first.min(self.first);
        if start < self.first {
            let front = std::iter::repeat_n(Below::default(), self.first - start);
            self.sums.splice(0..0, front);
            self.first = start;
        }
        let all = self.all();
        self.sums.resize(end - self.first, all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::histogram::FineHistogram;

    fn histogram(values: impl IntoIterator<Item = u64>) -> FineHistogram {
        let mut histogram = FineHistogram::default();
        values.into_iter().for_each(|value| histogram.record(value));
        histogram
    }

    #[test]
    fn quantiles_of_evenly_spread_values_are_found_within_a_bin() {
        let mut tally = QuantileTally::<u64>::new(Bins::FINE);
        for _ in 0..4 {
            tally.add(&histogram((1..=10_000).map(|milli| milli * 1_000)));
        }
        let p90 = tally.quantile(0.9, 4);
        assert!((p90.mean.unwrap() - 9.0).abs() < 0.01, "{p90:?}");
        assert_eq!(
            (p90.lo, p90.hi),
            (p90.mean, p90.mean),
            "equal replications leave no doubt"
        );
    }

    #[test]
    fn the_order_of_merging_does_not_matter() {
        let parts: Vec<QuantileTally<u64>> = [5_u64, 900, 70_000]
            .iter()
            .map(|&scale| {
                let mut tally = QuantileTally::<u64>::new(Bins::FINE);
                tally.add(&histogram((0..50).map(|value| value * scale)));
                tally
            })
            .collect();
        let merged = |order: [usize; 3]| {
            let mut tally = QuantileTally::<u64>::new(Bins::FINE);
            for part in order {
                tally.merge(&parts[part]);
            }
            tally
        };
        assert_eq!(merged([0, 1, 2]), merged([2, 0, 1]));
        let mut added = QuantileTally::<u64>::new(Bins::FINE);
        for scale in [70_000_u64, 5, 900] {
            added.add(&histogram((0..50).map(|value| value * scale)));
        }
        assert_eq!(merged([0, 1, 2]), added);
    }

    #[test]
    fn the_interval_of_a_quantile_ends_where_shares_as_unsure_lie() {
        // Five replications of 2,000 values, spread evenly from 0 to so many seconds each.
        let reaches = [9_000_000, 10_000_000, 10_500_000, 9_800_000, 11_000_000];
        let values = |reach: u64| (0..2_000).map(move |n| (2 * n + 1) * reach / 4_000);
        let mut tally = QuantileTally::<u64>::new(Bins::FINE);
        for reach in reaches {
            tally.add(&histogram(values(reach)));
        }
        let mut all: Vec<u64> = reaches.into_iter().flat_map(values).collect();
        all.sort_unstable();
        let at = |share: f64| {
            let first = |n: usize| n as f64 >= share * 10_000.0;
            all[(0..9_999).find(|&n| first(n)).unwrap_or(9_999)] as f64 / 1e6
        };
        for (share, is_of_few) in [(0.06_f64, false), (0.5, false), (0.9, true)] {
            let mid = at(share);
            let below = |reach: u64| {
                values(reach)
                    .filter(|&value| value as f64 / 1e6 <= mid)
                    .count() as f64
            };
            let squares: f64 = reaches
                .map(|reach| (below(reach) - share * 2_000.0).powi(2))
                .iter()
                .sum();
            let reach = 2.776_445 * (squares * 5.0 / 4.0).sqrt() / 10_000.0;
            let logit = |reach: f64| {
                1.0 / (1.0
                    + (-(share / (1.0 - share)).ln() - reach / (share * (1.0 - share))).exp())
            };
            let (lower, upper) = (
                (share - reach).min(logit(-reach)),
                (share + reach).max(logit(reach)),
            );
            let found = tally.quantile(share, 5);
            for (found, exact) in [
                (found.lo, at(lower)),
                (found.mean, mid),
                (found.hi, at(upper)),
            ] {
                let found = found.unwrap();
                assert!(
                    (found / exact - 1.0).abs() < 0.01,
                    "{share}: {found} {exact}"
                );
            }
            assert_eq!(found.is_of_few, is_of_few, "{share}");
        }
    }

    #[test]
    fn one_replication_has_a_quantile_without_an_interval() {
        let mut tally = QuantileTally::<u64>::new(Bins::FINE);
        tally.add(&histogram((0..2_000).map(|milli| milli * 1_000)));
        let median = tally.quantile(0.5, 1);
        assert!((median.mean.unwrap() - 1.0).abs() < 0.01);
        assert_eq!(
            (median.lo, median.hi, median.is_of_few),
            (None, None, false)
        );
        assert!(tally.quantile(0.98, 1).is_of_few, "40 are above");
    }

    #[test]
    fn a_quantile_of_a_few_clusters_is_marked() {
        let mut tally = QuantileTally::<u64>::new(Bins::FINE);
        for (few, many) in [(1_800, 200), (0, 2_000), (0, 2_000), (0, 2_000), (0, 2_000)] {
            let late = std::iter::repeat_n(9_000_000, few);
            tally.add(&histogram(late.chain(std::iter::repeat_n(1_000_000, many))));
        }
        assert!(tally.quantile(0.8, 5).is_of_few);
    }

    #[test]
    fn only_tallies_that_can_be_are_read() {
        let mut good = QuantileTally::<u64>::new(Bins::FINE);
        assert!(good.fits(&good));
        good.add(&histogram([5_000_000]));
        assert!(good.fits(&QuantileTally::new(Bins::FINE)));
        assert!(!good.fits(&QuantileTally::new(Bins::COARSE)));
        let without_total = QuantileTally {
            total: 0,
            ..good.clone()
        };
        let without_sums = QuantileTally {
            sums: Vec::new(),
            ..good.clone()
        };
        let far = QuantileTally {
            first: MOST_BINS + 1,
            ..good.clone()
        };
        for wrong in [without_total, without_sums, far] {
            assert!(!wrong.fits(&good), "{wrong:?}");
        }
    }

    #[test]
    fn nothing_has_no_quantile() {
        assert_eq!(
            QuantileTally::<u64>::new(Bins::FINE).quantile(0.5, 3),
            Estimate::NONE
        );
    }
}
