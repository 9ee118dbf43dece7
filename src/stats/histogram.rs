//! Histograms of times in integers: zero has a bin of its own, the others grow with the value.

use std::hint::black_box;
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

/// Values below this (142 years) are the mantissa of a float that is so much larger.
const SHORT: u64 = 1 << MANTISSA_BITS;

/// So many values are cut into bins at a time.
pub const MANY: usize = 32;

/// Whether all of them are below [`SHORT`].
fn are_short(micros: &[u64; MANY]) -> bool {
    micros.iter().fold(0, |bits, micros| bits | micros) < SHORT
}

/// A value below [`SHORT`] as a float, without a cast.
#[inline]
fn as_float(micros: u64) -> f64 {
    let short = SHORT as f64;
    f64::from_bits(micros | short.to_bits()) - short
}

/// The larger of two numbers: one instruction, where `f64::max`, which minds what is no number, takes five.
#[inline]
fn larger(one: f64, other: f64) -> f64 {
    if one > other { one } else { other }
}

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
        reason = "there are a few thousand bins, none before the first"
    )]
    pub fn index(self, micros: u64) -> usize {
        // Whatever is below the first octave lies in the bin before it, and zero in the one before that: no branch on whether anybody
        // waited, which nobody foresees.
        let value = micros.max((1 << self.first_octave) - 1).cast_signed() as f64;
        (self.index_from_one(value) - u64::from(micros == 0)) as usize
    }

    /// The bin of a value that is not far below the first octave.
    #[inline]
    fn index_from_one(self, value: f64) -> u64 {
        let first = f64::from(1_u32 << self.first_octave).to_bits();
        let above = value.to_bits().wrapping_sub(first);
        if self.per_octave.is_power_of_two() {
            let bits = MANTISSA_BITS - self.per_octave.ilog2();
            above.wrapping_add(2 << bits) >> bits
        } else {
            let scaled = above.wrapping_mul(u64::from(self.per_octave));
            scaled.wrapping_add(2 << MANTISSA_BITS) >> MANTISSA_BITS
        }
    }

    /// The bins of many values below 2⁵² (142 years), and the largest of them: in floats, several at a time.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, not negative and below 2⁵²"
    )]
    fn cut_many(self, micros: &[u64; MANY]) -> ([usize; MANY], u64) {
        // Not known to the compiler, which would make four instructions of one.
        let before_first = black_box(f64::from((1_u32 << self.first_octave) - 1));
        let (mut indices, mut largest) = ([0; MANY], [0.0; 4]);
        let fours = indices.as_chunks_mut::<4>().0.iter_mut();
        for (indices, micros) in fours.zip(micros.as_chunks::<4>().0) {
            for ((index, largest), &micros) in indices.iter_mut().zip(&mut largest).zip(micros) {
                let value = as_float(micros);
                let from_one = self.index_from_one(larger(value, before_first));
                *index = (from_one - u64::from(value == 0.0)) as usize;
                *largest = larger(value, *largest);
            }
        }
        (indices, largest.into_iter().fold(0.0, larger) as u64)
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
    pub fn record_all(&mut self, micros: &[u64], longest: u64) -> u64 {
        match <&[u64; MANY]>::try_from(micros) {
            Ok(micros) if are_short(micros) => self.record_many(micros, longest),
            _ => {
                for &micros in micros {
                    self.record(micros);
                }
                micros
                    .iter()
                    .fold(longest, |longest, &micros| longest.max(micros))
            }
        }
    }
    /// The same of short values.
    #[inline]
    fn record_many(&mut self, micros: &[u64; MANY], longest: u64) -> u64 {
        let (indices, largest) = C::BINS.cut_many(micros);
        self.make_room_for(C::BINS.index(largest));
        for indices in indices.as_chunks::<4>().0 {
            for &index in indices {
                self.counts[index] += 1;
            }
        }
        longest.max(largest)
    }
    /// Counts a value in a bin above all so far.
    #[cold]
    fn lengthen(&mut self, micros: u64) {
        let index = C::BINS.index(micros.min(LONGEST));
        self.make_room_for(index);
        self.counts[index] += 1;
    }
    fn make_room_for(&mut self, index: usize) {
        if self.counts.len() <= index {
            self.counts.resize(index + 1, 0);
        }
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
        fn many_are_counted_as_one_by_one(
            micros in prop::collection::vec(prop_oneof![0_u64..4, 0_u64..1 << 12, 0_u64..1 << 42, 0_u64..1 << 57], 28..36),
            longest in 0_u64..1 << 42,
        ) {
            for most in [u64::MAX, SHORT - 1, 2_000_000] {
                let micros: Vec<u64> = micros.iter().map(|&micros| micros.min(most)).collect();
                let (mut fine, mut coarse) = (FineHistogram::default(), CoarseHistogram::default());
                let (mut many_fine, mut many_coarse) = (fine.clone(), coarse.clone());
                for &micros in &micros {
                    fine.record(micros);
                    coarse.record(micros);
                }
                let expected = micros.iter().copied().max().max(Some(longest));
                prop_assert_eq!(Some(many_fine.record_all(&micros, longest)), expected);
                prop_assert_eq!(Some(many_coarse.record_all(&micros, longest)), expected);
                prop_assert_eq!(fine, many_fine);
                prop_assert_eq!(coarse, many_coarse);
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
