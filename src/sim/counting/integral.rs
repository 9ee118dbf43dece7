//! The integral over time of a number that changes now and then.

use crate::time::SimTime;

/// A number and its integral since it was last taken, in microseconds.
///
/// # Formula
/// With changes by dᵢ at instants tᵢ, n at the start a and m at the end b: ∫ = m·b − n·a − Σ dᵢ·tᵢ. A change costs one product, and
/// changes may be told in any order.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Integral {
    value: u32,
    sum: i128,
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
        let change = i64::from(value) - i64::from(self.value);
        self.sum -= i128::from(change) * i128::from(at.0);
        self.value = value;
    }

    /// The integral since it was last taken.
    #[inline]
    pub(super) fn take(&mut self, at: SimTime) -> i128 {
        let reached = i128::from(self.value) * i128::from(at.0);
        let integral = self.sum + reached;
        self.sum = -reached;
        integral
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
