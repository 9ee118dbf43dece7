//! How alike the quantiles of two variants move from replication to replication.

use serde::{Deserialize, Serialize};

use super::estimate::Estimate;
use super::histogram::{Bins, FineHistogram};
use super::quantile::QuantileTally;

/// The upper edges of bins at which products are kept: zero, then one every so many bins from there on. Correlation changes slowly from
/// one to the next, and what lies between two is interpolated.
const FIRST: usize = 1 + 8 * STEP;
const STEP: usize = 64;
/// More edges than any value of 64 bits needs.
const MOST_EDGES: usize = 128;

/// Σ over replications of the product of how many values lie below an edge in one variant and below an edge in another. The first row
/// and column are of all values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuantilePair {
    rows: Vec<Vec<u128>>,
}

/// The bin at whose upper edge products are kept, the edges counted from 1.
fn bin_of(edge: usize) -> usize {
    if edge <= 1 {
        0
    } else {
        FIRST + (edge - 2) * STEP
    }
}

/// Of all values, then of those below each edge as far as there are any above.
fn counts(values: &FineHistogram) -> Vec<u128> {
    let mut counts = vec![u128::from(values.total())];
    let mut below = 0;
    for (bin, &count) in values.counts().iter().enumerate() {
        below += u128::from(count);
        if bin == bin_of(counts.len()) {
            if below == counts[0] {
                break;
            }
            counts.push(below);
        }
    }
    counts
}

impl Default for QuantilePair {
    fn default() -> Self {
        Self {
            rows: vec![vec![0]],
        }
    }
}

impl QuantilePair {
    /// Adds one replication of a time in two variants.
    pub fn add(&mut self, own: &FineHistogram, base: &FineHistogram) {
        let (own, base) = (counts(own), counts(base));
        self.cover(own.len(), base.len());
        for (edge, row) in self.rows.iter_mut().enumerate() {
            let below = own.get(edge).unwrap_or(&own[0]);
            for (edge, sum) in row.iter_mut().enumerate() {
                *sum = sum.saturating_add(below * base.get(edge).unwrap_or(&base[0]));
            }
        }
    }

    /// Adds the replications of another.
    pub fn merge(&mut self, other: &Self) {
        let mut other = other.clone();
        self.cover(other.rows.len(), other.rows[0].len());
        other.cover(self.rows.len(), self.rows[0].len());
        for (row, more) in self.rows.iter_mut().zip(&other.rows) {
            for (sum, more) in row.iter_mut().zip(more) {
                *sum = sum.saturating_add(*more);
            }
        }
    }

    /// Whether this can be read: rows of one length, and not too many.
    pub fn fits(&self) -> bool {
        let columns = self.rows.first().map_or(0, Vec::len);
        (1..=MOST_EDGES).contains(&columns)
            && self.rows.len() <= MOST_EDGES
            && self.rows.iter().all(|row| row.len() == columns)
    }

    /// Makes room for more edges; so far all values were below them.
    fn cover(&mut self, own: usize, base: usize) {
        for row in &mut self.rows {
            let all = row[0];
            row.resize(base.max(row.len()), all);
        }
        let all = self.rows[0].clone();
        self.rows.resize(own.max(self.rows.len()), all);
    }

    /// The difference of two quantiles, with a 95 % interval.
    ///
    /// # Formula
    /// With d = q − q', its interval reaches √(a² + b² − 2ρab) up and down, a and b half the widths of the intervals of q and q', and ρ
    /// the correlation of the shares below q and q' over replications.
    ///
    /// # Source
    /// G. Y. Zou, "Toward using confidence intervals to compare correlations", *Psychological Methods* 12 (2007), 399-413: the
    /// variances of dependent estimates recovered from their intervals.
    pub fn difference(
        &self,
        own: &QuantileTally,
        base: &QuantileTally,
        share: f64,
        replications: u64,
    ) -> Estimate {
        let (q, r) = (
            own.quantile(share, replications),
            base.quantile(share, replications),
        );
        let Some((high, low)) = q.mean.zip(r.mean) else {
            return Estimate::NONE;
        };
        let is_of_few = q.is_of_few || r.is_of_few;
        let (Some(own_lo), Some(own_hi), Some(base_lo), Some(base_hi)) = (q.lo, q.hi, r.lo, r.hi)
        else {
            return Estimate::point(high - low).of_few(is_of_few);
        };
        let likeness = self.correlation((own, high * 1e6), (base, low * 1e6));
        let (a, b) = ((own_hi - own_lo) / 2.0, (base_hi - base_lo) / 2.0);
        // 1 but for rounding is 1.
        let unlike = if likeness > 1.0 - 1e-9 {
            0.0
        } else {
            1.0 - likeness
        };
        let reach = ((a - b) * (a - b) + 2.0 * unlike * a * b).sqrt();
        Estimate::around(high - low, reach).of_few(is_of_few)
    }

    /// The correlation of the shares below two times, in microseconds, one in each variant. Of the edges around them the pair that goes
    /// together best stands for them: the times are the same quantile, and so go together better than any other pair near them.
    fn correlation(&self, own: (&QuantileTally, f64), base: (&QuantileTally, f64)) -> f64 {
        let (own_edges, base_edges) = (around(own.0.bins(), own.1), around(base.0.bins(), base.1));
        let pairs = own_edges
            .into_iter()
            .flat_map(|edge| base_edges.map(|other| (edge, other)));
        pairs
            .map(|(edge, other)| self.at((own.0, edge), (base.0, other)))
            .fold(0.0, f64::max)
            .min(1.0)
    }

    fn at(&self, own: (&QuantileTally, usize), base: (&QuantileTally, usize)) -> f64 {
        let (Some(row), Some(all)) = (self.rows.get(own.1), self.rows.first()) else {
            return 0.0;
        };
        let (Some(&both), Some(&base_below)) = (row.get(base.1), all.get(base.1)) else {
            return 0.0;
        };
        let spread = |(tally, edge): (&QuantileTally, usize)| tally.residuals(bin_of(edge));
        let share = |(tally, edge): (&QuantileTally, usize)| tally.share_below(bin_of(edge));
        let (f, g) = (share(own), share(base));
        let together =
            both as f64 - f * base_below as f64 - g * row[0] as f64 + f * g * all[0] as f64;
        let size = (spread(own) * spread(base)).sqrt();
        if size > 0.0 { together / size } else { 0.0 }
    }
}

/// The edges around a time.
fn around(bins: Bins, micros: f64) -> [usize; 2] {
    let edge = (1..MOST_EDGES).find(|&edge| bins.edges(bin_of(edge)).1 >= micros);
    let upper = edge.unwrap_or(MOST_EDGES - 1);
    [upper.max(2) - 1, upper]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hundred waits around so many seconds.
    fn waits(seconds: u64) -> FineHistogram {
        let mut histogram = FineHistogram::default();
        (50..150).for_each(|percent| histogram.record(seconds * 10_000 * percent));
        histogram
    }

    struct Both {
        own: QuantileTally,
        base: QuantileTally,
        pair: QuantilePair,
    }

    fn tallied(replications: &[(u64, u64)]) -> Both {
        let fine = || QuantileTally::new(Bins::FINE);
        let mut both = Both {
            own: fine(),
            base: fine(),
            pair: QuantilePair::default(),
        };
        for &(own, base) in replications {
            let (own, base) = (waits(own), waits(base));
            both.own.add(&own);
            both.base.add(&base);
            both.pair.add(&own, &base);
        }
        both
    }

    fn half_width(replications: &[(u64, u64)]) -> f64 {
        let Both { own, base, pair } = tallied(replications);
        let difference = pair.difference(&own, &base, 0.5, replications.len() as u64);
        difference.half_width().unwrap()
    }

    #[test]
    fn what_is_the_same_in_both_differs_by_nothing() {
        assert!(half_width(&[(20, 20), (30, 30), (25, 25), (60, 60)]).abs() < 1e-12);
    }

    #[test]
    fn what_goes_together_differs_for_certain_and_what_does_not_does_not() {
        let together = half_width(&[(20, 40), (30, 60), (24, 48), (36, 72), (28, 56)]);
        let apart = half_width(&[(20, 72), (30, 40), (24, 56), (36, 60), (28, 48)]);
        assert!(together < 0.7 * apart, "{together} {apart}");
    }

    #[test]
    fn the_order_of_merging_does_not_matter() {
        let runs = [[(20, 3_000)], [(900, 40)], [(1, 2)]];
        let parts = runs.map(|run| tallied(&run).pair);
        let merged = |order: [usize; 3]| {
            let mut pair = QuantilePair::default();
            for part in order {
                pair.merge(&parts[part]);
            }
            pair
        };
        assert_eq!(merged([0, 1, 2]), merged([2, 0, 1]));
        assert_eq!(merged([0, 1, 2]), tallied(&runs.concat()).pair);
        assert!(merged([0, 1, 2]).fits());
    }

    #[test]
    fn only_pairs_that_can_be_are_read() {
        let good = tallied(&[(20, 30), (25, 40)]).pair;
        assert!(good.fits());
        let mut ragged = good.clone();
        ragged.rows[0].push(1);
        let rows = |rows: Vec<Vec<_>>| QuantilePair { rows };
        for wrong in [
            ragged,
            rows(vec![]),
            rows(vec![vec![]]),
            rows(vec![vec![0]; MOST_EDGES + 1]),
        ] {
            assert!(!wrong.fits());
        }
    }
}
