//! Histograms of times in integers: zero has a bin of its own, the others grow with the value.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

/// How values are cut into bins: zero; then everything below `2^first_octave` µs; then `per_octave` bins of equal width
/// for each doubling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bins {
    first_octave: u32,
    per_octave: u32,
}

/// Two thousand years and more are one bin.
pub(super) const LONGEST: u64 = 1 << 56;

/// The bits of a float below its exponent.
const MANTISSA_BITS: u32 = f64::MANTISSA_DIGITS - 1;

impl Bins {
    /// From 1.024 ms on at most 1/128 wide: for totals.
    pub const FINE: Self = Self {
        first_octave: 10,
        per_octave: 128,
    };
    /// From 1.05 s on at most 1/20 wide: for intervals.
    pub const COARSE: Self = Self {
        first_octave: 20,
        per_octave: 20,
    };

    /// The bin of a value below 2⁵³ µs (285 years); for larger ones up to 2⁶³ that of a value not smaller by more than one part in 2⁵³.
    ///
    /// A float holds the octave above and the place within it below: times the bins of an octave, the bin itself is left above.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "there are a few thousand bins, none before the first"
    )]
    pub fn index(self, micros: u64) -> usize {
        let first = f64::from(1_u32 << self.first_octave).to_bits();
        // Whatever is below the first octave lies in the bin before it, and zero in the one before that: no branch on whether anybody
        // waited, which nobody foresees.
        let value = micros.max((1 << self.first_octave) - 1).cast_signed() as f64;
        let above = value.to_bits().wrapping_sub(first).cast_signed();
        let index = if self.per_octave.is_power_of_two() {
            let bits = MANTISSA_BITS - self.per_octave.ilog2();
            above.wrapping_add(2 << bits) >> bits
        } else {
            let scaled = above.wrapping_mul(i64::from(self.per_octave));
            scaled.wrapping_add(2 << MANTISSA_BITS) >> MANTISSA_BITS
        };
        (index - i64::from(micros == 0)) as usize
    }

    /// The lower and the upper edge of a bin, in microseconds.
    pub fn edges(self, index: usize) -> (f64, f64) {
        match index {
            0 => (0.0, 0.0),
            1 => (0.0, self.edge(0)),
            _ => (self.edge(index - 2), self.edge(index - 1)),
        }
    }

    fn edge(self, steps: usize) -> f64 {
        let per_octave = self.per_octave as usize;
        let octave = i32::try_from(steps / per_octave).expect("bins are few")
            + self.first_octave.cast_signed();
        let within = (steps % per_octave) as f64 / per_octave as f64;
        (1.0 + within) * 2_f64.powi(octave)
    }
}

/// A way of cutting values, known when compiled.
pub trait Cut {
    /// The way.
    const BINS: Bins;
}

/// Cut as [`Bins::FINE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fine {}
impl Cut for Fine {
    const BINS: Bins = Bins::FINE;
}

/// Cut as [`Bins::COARSE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coarse {}
impl Cut for Coarse {
    const BINS: Bins = Bins::COARSE;
}

/// Counts by bin; as long as the largest value needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram<C> {
    counts: Vec<u32>,
    cut: PhantomData<C>,
}

/// For totals.
pub type FineHistogram = Histogram<Fine>;
/// For intervals.
pub type CoarseHistogram = Histogram<Coarse>;

impl<C> Default for Histogram<C> {
    fn default() -> Self {
        Self {
            counts: Vec::new(),
            cut: PhantomData,
        }
    }
}

impl<C: Cut> Histogram<C> {
    /// Counts a value.
    #[inline]
    pub fn record(&mut self, micros: u64) {
        let index = C::BINS.index(micros);
        if let Some(count) = self.counts.get_mut(index) {
            *count += 1;
        } else {
            self.lengthen(micros);
        }
    }
    /// Counts several values and gives the longest of them and of another one.
    #[inline(never)]
    pub fn record_all(&mut self, micros: &[u64], mut longest: u64) -> u64 {
        for &micros in micros {
            self.record(micros);
            longest = longest.max(micros);
        }
        longest
    }
    /// Counts a value in a bin above all so far.
    #[cold]
    fn lengthen(&mut self, micros: u64) {
        let index = C::BINS.index(micros.min(LONGEST));
        let bins = self.counts.len().max(index + 1);
        self.counts.resize(bins, 0);
        self.counts[index] += 1;
    }
    /// Counts all values of another histogram.
    pub fn add(&mut self, other: &Self) {
        if self.counts.len() < other.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
    }
    /// Forgets all values and keeps the memory.
    pub fn clear(&mut self) {
        self.counts.fill(0);
    }
    /// How many values fell into each bin.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }
    /// How many values there are.
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn zero_has_a_bin_of_its_own() {
        assert_eq!(Bins::FINE.index(0), 0);
        assert_eq!(Bins::FINE.index(1), 1);
        assert_eq!(Bins::FINE.index(1023), 1);
        assert_eq!(Bins::FINE.index(1024), 2);
    }

    proptest! {
        #[test]
        fn a_value_lies_within_the_edges_of_its_bin(micros in 1_u64..1 << 52) {
            for (bins, most) in [(Bins::FINE, 1.0 / 128.0), (Bins::COARSE, 1.0 / 20.0)] {
                let index = bins.index(micros);
                let (lower, upper) = bins.edges(index);
                let value = micros as f64;
                prop_assert!(lower <= value && (value < upper || index == 0));
                if index > 1 {
                    prop_assert!((upper - lower) / lower <= most + 1e-12);
                }
            }
        }

        #[test]
        fn a_larger_value_is_never_in_a_smaller_bin(micros in 0_u64..1 << 50, more in 0_u64..1 << 40) {
            for bins in [Bins::FINE, Bins::COARSE] {
                prop_assert!(bins.index(micros) <= bins.index(micros + more));
            }
        }
    }
}
