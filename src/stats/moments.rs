//! Integer sums and products of counters over replications.

use serde::{Deserialize, Serialize};

/// Counters of one kind of thing, in a fixed order. Money and times are large: their products are taken in a coarser unit.
pub trait Counters {
    /// In which unit the products of each counter are taken.
    const SCALES: &'static [i128];
    /// The counters' values in order.
    fn values(&self, into: &mut Vec<i128>);
}

/// A sum of counters with whole factors.
pub type Combination = [(usize, i128)];

/// Σ v and Σ v·w over replications of the counters of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Moments {
    pub(super) sums: Vec<i128>,
    /// The same in the units of the products.
    pub(super) scaled: Vec<i128>,
    /// The upper triangle, row by row.
    products: Vec<i128>,
}

/// Σ v·w over replications of the counters of two things of a kind: in two variants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct CrossMoments {
    pub(super) products: Vec<i128>,
}

/// A counter's value in the unit of its products, rounded to the nearest.
fn scaled(value: i128, scale: i128) -> i128 {
    if scale == 1 {
        value
    } else {
        (value + scale / 2).div_euclid(scale)
    }
}

/// The counters of one thing in one replication, ready to be added.
#[derive(Debug, Clone, Default)]
pub struct Row {
    values: Vec<i128>,
    scaled: Vec<i128>,
}

impl Row {
    /// Takes the counters of a thing.
    pub fn fill<C: Counters>(&mut self, counters: &C) {
        self.values.clear();
        counters.values(&mut self.values);
        self.scale(C::SCALES);
    }

    /// Takes counters of several things, with the unit in which the products of each are taken.
    pub(super) fn fill_with(&mut self, values: &[i128], scales: &[i128]) {
        self.values.clear();
        self.values.extend_from_slice(values);
        self.scale(scales);
    }

    fn scale(&mut self, scales: &[i128]) {
        self.scaled.clear();
        let values = self.values.iter().zip(scales);
        self.scaled
            .extend(values.map(|(&value, &scale)| scaled(value, scale)));
    }

    fn is_zero(&self) -> bool {
        self.values.iter().all(|&value| value == 0)
    }
}

impl Moments {
    /// Adds one replication.
    pub fn add(&mut self, row: &Row) {
        if row.is_zero() {
            return;
        }
        let n = row.values.len();
        if self.sums.is_empty() {
            self.sums = vec![0; n];
            self.scaled = vec![0; n];
            self.products = vec![0; n * (n + 1) / 2];
        }
        let mut at = 0;
        for (first, &value) in row.scaled.iter().enumerate() {
            self.sums[first] += row.values[first];
            self.scaled[first] += value;
            let rest = &row.scaled[first..];
            if value != 0 {
                for (product, &other) in self.products[at..at + rest.len()].iter_mut().zip(rest) {
                    *product = product.saturating_add(value.saturating_mul(other));
                }
            }
            at += rest.len();
        }
    }

    /// Adds the replications of another tally.
    pub fn merge(&mut self, other: &Self) {
        add_all(&mut self.sums, &other.sums);
        add_all(&mut self.scaled, &other.scaled);
        add_all(&mut self.products, &other.products);
    }

    /// Whether these can be sums of the counters `C`: nothing yet, or as many as there are.
    pub fn fits<C: Counters>(&self) -> bool {
        self.has_counters(C::SCALES.len())
    }

    /// The same of so many counters.
    pub(super) fn has_counters(&self, n: usize) -> bool {
        let lengths = [self.sums.len(), self.scaled.len(), self.products.len()];
        lengths == [0; 3] || lengths == [n, n, n * (n + 1) / 2]
    }

    pub(super) fn product(&self, a: usize, b: usize) -> i128 {
        let (a, b) = (a.min(b), a.max(b));
        let n = self.sums.len();
        self.products[a * n - a * a.saturating_sub(1) / 2 + b - a]
    }
}

impl CrossMoments {
    /// Adds one replication of a thing in two variants.
    pub fn add(&mut self, own: &Row, base: &Row) {
        if self.products.is_empty() {
            self.products = vec![0; own.scaled.len() * base.scaled.len()];
        }
        for (row, &value) in self
            .products
            .chunks_exact_mut(base.scaled.len())
            .zip(&own.scaled)
            .filter(|(_, value)| **value != 0)
        {
            for (product, &other) in row.iter_mut().zip(&base.scaled) {
                *product = product.saturating_add(value.saturating_mul(other));
            }
        }
    }

    /// Adds the replications of another tally.
    pub fn merge(&mut self, other: &Self) {
        add_all(&mut self.products, &other.products);
    }

    /// Whether these can be products of the counters `C` in two variants.
    pub fn fits<C: Counters>(&self) -> bool {
        let n = C::SCALES.len();
        self.products.is_empty() || self.products.len() == n * n
    }
}

fn add_all(into: &mut Vec<i128>, from: &[i128]) {
    if into.is_empty() {
        into.extend_from_slice(from);
    } else {
        for (sum, &more) in into.iter_mut().zip(from) {
            *sum = sum.saturating_add(more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::counts::QueueSlot;

    #[test]
    fn only_sums_of_these_counters_are_read() {
        let nothing = Moments::default();
        let mut row = Row::default();
        row.fill(&QueueSlot {
            offered: 3,
            ..QueueSlot::default()
        });
        let mut good = nothing.clone();
        good.add(&row);
        assert!(nothing.fits::<QueueSlot>() && good.fits::<QueueSlot>());
        let mut wrong = [good.clone(), good.clone(), good];
        wrong[0].sums.pop();
        wrong[1].scaled.push(0);
        wrong[2].products.pop();
        for wrong in wrong {
            assert!(!wrong.fits::<QueueSlot>(), "{wrong:?}");
        }
    }

    #[test]
    fn only_products_of_these_counters_are_read() {
        let mut row = Row::default();
        row.fill(&QueueSlot::default());
        let mut cross = CrossMoments::default();
        assert!(cross.fits::<QueueSlot>());
        cross.add(&row, &row);
        assert!(cross.fits::<QueueSlot>());
        cross.products.pop();
        assert!(!cross.fits::<QueueSlot>());
    }
}
