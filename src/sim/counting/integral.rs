//! The integral over time of a number that changes now and then.

use crate::time::SimTime;

/// A number and its integral since it was last taken, in microseconds.
///
/// # Formula
/// With changes by dᵢ at instants tᵢ, n at the start a and m at the end b: ∫ = m·b − n·a − Σ dᵢ·tᵢ. A change costs one product, and
/// changes may be told in any order. All of it is reckoned modulo 2⁶⁴: the integral is taken at the end of every day or more often, and
/// less than 2·10⁸ contacts are there at a time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Integral {
    value: u32,
    sum: u64,
}

impl Integral {
    /// The number now.
    #[inline]
    pub(super) fn value(self) -> u32 {
        self.value
    }

    /// Sets the number from an instant on.
    #[inline]
    pub(super) fn set(&mut self, value: u32, at: SimTime) {
        let change = u64::from(value).wrapping_sub(u64::from(self.value));
        let product = change.wrapping_mul(at.0.cast_unsigned());
        self.sum = self.sum.wrapping_sub(product);
        self.value = value;
    }

    /// It grows by one at an instant.
    #[inline]
    pub(super) fn raise(&mut self, at: SimTime) {
        self.sum = self.sum.wrapping_sub(at.0.cast_unsigned());
        self.value += 1;
    }

    /// It falls by one at an instant.
    #[inline]
    pub(super) fn lower(&mut self, at: SimTime) {
        self.sum = self.sum.wrapping_add(at.0.cast_unsigned());
        self.value -= 1;
    }

    /// The integral since it was last taken.
    #[inline]
    pub(super) fn take(&mut self, at: SimTime) -> i128 {
        let reached = u64::from(self.value).wrapping_mul(at.0.cast_unsigned());
        let integral = self.sum.wrapping_add(reached);
        self.sum = reached.wrapping_neg();
        i128::from(integral)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growing_and_falling_by_one_is_being_set() {
        let (mut one, mut other) = (Integral::default(), Integral::default());
        one.raise(SimTime(3));
        one.raise(SimTime(5));
        one.lower(SimTime(9));
        other.set(1, SimTime(3));
        other.set(2, SimTime(5));
        other.set(1, SimTime(9));
        assert_eq!(one.value(), 1);
        assert_eq!(one.take(SimTime(10)), 11);
        assert_eq!(other.take(SimTime(10)), 11);
    }

    #[test]
    fn a_number_is_integrated_whatever_the_order_of_telling() {
        let mut number = Integral::default();
        number.set(3, SimTime(10));
        number.set(5, SimTime(14));
        number.set(4, SimTime(12));
        // 3 from 10 to 12, 2 from 12 to 14, 4 from 14 to 20.
        assert_eq!(number.take(SimTime(20)), 34);
        assert_eq!(number.take(SimTime(21)), 4);
        assert_eq!(number.take(SimTime(21)), 0);
    }
}
