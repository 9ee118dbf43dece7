//! Quantiles pooled over replications, with intervals from the counts at each bin's edge.

use serde::{Deserialize, Serialize};

use super::estimate::Estimate;
use super::histogram::{Bins, Histogram};
use super::student::t_quantile;

/// Integer sums over replications of what lies below each bin's upper edge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuantileTally {
    bins: Bins,
    /// Σ n over replications, n the number of values in a replication.
    total: u64,
    /// Σ n².
    total_squares: u128,
    /// For each bin, Σ c, with c the number of values up to its upper edge in a replication.
    below: Vec<u64>,
    /// Σ c².
    below_squares: Vec<u128>,
    /// Σ c·n.
    below_by_total: Vec<u128>,
}

impl QuantileTally {
    /// Nothing yet.
    pub fn new(bins: Bins) -> Self {
        Self {
            bins,
            total: 0,
            total_squares: 0,
            below: Vec::new(),
            below_squares: Vec::new(),
            below_by_total: Vec::new(),
        }
    }

    /// Adds one replication.
    pub fn add(&mut self, values: &Histogram) {
        let n = values.total();
        if n == 0 {
            return;
        }
        self.grow(values.counts().len());
        let mut c = 0;
        for bin in 0..self.below.len() {
            c += u64::from(values.counts().get(bin).copied().unwrap_or(0));
            self.below[bin] += c;
            self.below_squares[bin] += u128::from(c) * u128::from(c);
            self.below_by_total[bin] += u128::from(c) * u128::from(n);
        }
        self.total += n;
        self.total_squares += u128::from(n) * u128::from(n);
    }

    /// Adds the replications of another tally.
    pub fn merge(&mut self, other: &Self) {
        self.grow(other.below.len());
        for bin in 0..self.below.len() {
            self.below[bin] += other.below.get(bin).copied().unwrap_or(other.total);
            self.below_squares[bin] += other
                .below_squares
                .get(bin)
                .copied()
                .unwrap_or(other.total_squares);
            self.below_by_total[bin] += other
                .below_by_total
                .get(bin)
                .copied()
                .unwrap_or(other.total_squares);
        }
        self.total += other.total;
        self.total_squares += other.total_squares;
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
        let Some(t) = t_quantile(replications) else {
            return Estimate::point(mean);
        };
        let half_width = t * self.standard_error(self.bin_at(share), replications);
        Estimate {
            mean: Some(mean),
            lo: self.at((share - half_width).max(0.0)),
            hi: self.at((share + half_width).min(1.0)),
        }
    }

    fn standard_error(&self, bin: usize, replications: u64) -> f64 {
        let n = self.total as f64;
        let share = self.below[bin] as f64 / n;
        let residuals = self.below_squares[bin] as f64
            - 2.0 * share * self.below_by_total[bin] as f64
            + share * share * self.total_squares as f64;
        let r = replications as f64;
        (residuals.max(0.0) * r / (r - 1.0)).sqrt() / n
    }

    fn bin_at(&self, share: f64) -> usize {
        let wanted = share * self.total as f64;
        self.below
            .partition_point(|&below| (below as f64) < wanted)
            .min(self.below.len() - 1)
    }

    fn at(&self, share: f64) -> Option<f64> {
        if self.total == 0 {
            return None;
        }
        let bin = self.bin_at(share);
        let (lower, upper) = self.bins.edges(bin);
        let below = if bin == 0 { 0 } else { self.below[bin - 1] };
        let within = (self.below[bin] - below) as f64;
        let part = if within > 0.0 {
            ((share * self.total as f64 - below as f64) / within).clamp(0.0, 1.0)
        } else {
            1.0
        };
        Some((lower + part * (upper - lower)) / 1e6)
    }

    /// In the bins past its largest value a replication has all its values below.
    fn grow(&mut self, bins: usize) {
        if bins > self.below.len() {
            self.below.resize(bins, self.total);
            self.below_squares.resize(bins, self.total_squares);
            self.below_by_total.resize(bins, self.total_squares);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(values: impl IntoIterator<Item = u64>) -> Histogram {
        let mut histogram = Histogram::new(Bins::FINE);
        values.into_iter().for_each(|value| histogram.record(value));
        histogram
    }

    #[test]
    fn quantiles_of_evenly_spread_values_are_found_within_a_bin() {
        let mut tally = QuantileTally::new(Bins::FINE);
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
        let parts: Vec<QuantileTally> = [5_u64, 900, 70_000]
            .iter()
            .map(|&scale| {
                let mut tally = QuantileTally::new(Bins::FINE);
                tally.add(&histogram((0..50).map(|value| value * scale)));
                tally
            })
            .collect();
        let merged = |order: [usize; 3]| {
            let mut tally = QuantileTally::new(Bins::FINE);
            order.iter().for_each(|&part| tally.merge(&parts[part]));
            tally
        };
        assert_eq!(merged([0, 1, 2]), merged([2, 0, 1]));
        let mut added = QuantileTally::new(Bins::FINE);
        for scale in [70_000_u64, 5, 900] {
            added.add(&histogram((0..50).map(|value| value * scale)));
        }
        assert_eq!(merged([0, 1, 2]), added);
    }

    #[test]
    fn nothing_has_no_quantile() {
        assert_eq!(
            QuantileTally::new(Bins::FINE).quantile(0.5, 3),
            Estimate::NONE
        );
    }
}
