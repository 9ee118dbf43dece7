//! Simulated instants and spans in whole microseconds, so that they sort, meet interval edges exactly and are never NaN.

use std::ops::{Add, AddAssign};

/// Microseconds in a second.
pub const MICROS_PER_SECOND: u64 = 1_000_000;
/// Microseconds in an hour.
pub const MICROS_PER_HOUR: u64 = 3_600 * MICROS_PER_SECOND;

/// A span of simulated time: whole microseconds, never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SimDuration(pub u64);

impl SimDuration {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// Longer than anything that can happen; the patience of who never leaves.
    pub const FOREVER: Self = Self(u64::MAX);
    /// One day of 24 hours.
    pub const DAY: Self = Self(24 * MICROS_PER_HOUR);

    /// A span of whole seconds.
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds.saturating_mul(MICROS_PER_SECOND))
    }
    /// The nearest whole microsecond to so many seconds; negative and NaN give zero, too much gives what no instant is after.
    #[inline]
    pub fn from_seconds_f64(seconds: f64) -> Self {
        Self(nearest(seconds * MICROS_PER_SECOND as f64))
    }
    /// The nearest whole microsecond to so many, a half going up; negative and NaN give zero, and what is longer than a span below 2⁵² µs
    /// (142 years) gives that. Without a cast and without a branch: several at a time take little more than one.
    #[inline]
    pub(crate) fn nearest_up_to(micros: f64, longest: Self) -> Self {
        let longest = longest.as_micros_f64();
        let micros = if micros > 0.0 { micros } else { 0.0 };
        let micros = if micros < longest { micros } else { longest };
        // From 2⁵² on a float holds no halves: they go to the even number.
        let nearest = (micros + NO_HALVES) - NO_HALVES;
        let is_half_below = micros - nearest >= 0.5;
        let nearest = nearest + if is_half_below { 1.0 } else { 0.0 };
        Self((nearest + NO_HALVES).to_bits() - NO_HALVES.to_bits())
    }
    /// This span in microseconds. Spans reach no further than instants, whose conversion is one instruction rather than five.
    #[inline]
    pub(crate) fn as_micros_f64(self) -> f64 {
        self.0.cast_signed() as f64
    }
    /// This span in seconds.
    pub fn as_seconds(self) -> f64 {
        self.0 as f64 / MICROS_PER_SECOND as f64
    }
    /// This span in hours.
    pub fn as_hours(self) -> f64 {
        self.0 as f64 / MICROS_PER_HOUR as f64
    }
}

impl SimDuration {
    /// This span so many times; a negative factor and NaN give zero, too much gives what no instant is after.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self(nearest(self.0 as f64 * factor))
    }
}

impl Add for SimDuration {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// The nearest whole number, a half going up; negative and NaN give zero, too much gives the largest that an instant holds.
///
/// A call of `f64::round` costs more than all else around it where the processor's own rounding cannot be taken for granted.
#[inline]
pub(crate) fn nearest(value: f64) -> u64 {
    whole_part(value + 0.5).0
}

/// The whole part of so many microseconds, with the same ends.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast saturates, as documented"
)]
pub(crate) fn whole_part(value: f64) -> SimDuration {
    // Saturating takes a cast to u32 two instructions and one to i64 six; u64 would be worse.
    if value < AN_HOUR {
        SimDuration(u64::from(value as u32))
    } else {
        SimDuration((value as i64).max(0).cast_unsigned())
    }
}

/// The first float of which all that are larger are whole.
const NO_HALVES: f64 = (1_u64 << 52) as f64;

/// Spans up to 71 minutes in microseconds fit into 32 bits.
const AN_HOUR: f64 = (1_u64 << 32) as f64;

/// An instant: microseconds since the first day's midnight; what was there before the start is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SimTime(pub i64);

impl SimTime {
    /// The first day's midnight.
    pub const START: Self = Self(0);
    /// Later than anything that can happen.
    pub const NEVER: Self = Self(i64::MAX);

    /// The span from `earlier` to here; zero when `earlier` is later.
    #[inline]
    pub fn since(self, earlier: Self) -> SimDuration {
        if self.0 > earlier.0 {
            SimDuration(self.0.wrapping_sub(earlier.0).cast_unsigned())
        } else {
            SimDuration::ZERO
        }
    }
    /// The span from an instant that is not later to here.
    #[inline]
    pub(crate) fn after(self, earlier: Self) -> SimDuration {
        debug_assert!(earlier <= self, "{earlier:?} is after {self:?}");
        SimDuration(self.0.wrapping_sub(earlier.0).cast_unsigned())
    }
    /// The instant so long after this one, both far from the end of their range: `+` minds that end.
    #[inline]
    #[must_use]
    pub(crate) fn later(self, span: SimDuration) -> Self {
        Self(self.0.wrapping_add(span.0.cast_signed()))
    }
    /// The instant so long before this one.
    #[must_use]
    pub fn before(self, span: SimDuration) -> Self {
        Self(self.0.saturating_sub_unsigned(span.0))
    }
}

impl Add<SimDuration> for SimTime {
    type Output = Self;
    #[inline]
    fn add(self, span: SimDuration) -> Self {
        Self(self.0.saturating_add_unsigned(span.0))
    }
}

impl AddAssign<SimDuration> for SimTime {
    fn add_assign(&mut self, span: SimDuration) {
        *self = *self + span;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_nearest_is_the_same_with_and_without_a_cast(
            micros in prop_oneof![
                0.0..10.0,
                0.0..4e15,
                -1e3..1e3,
                (0_u64..1 << 53).prop_map(|halves| halves as f64 / 2.0),
                Just(f64::NAN),
                Just(f64::INFINITY),
                Just(f64::NEG_INFINITY),
            ],
            longest in 0_u64..1 << 52,
        ) {
            let longest = SimDuration(longest);
            let expected = SimDuration(nearest(micros)).min(longest);
            prop_assert_eq!(SimDuration::nearest_up_to(micros, longest), expected);
        }
    }

    #[test]
    fn forever_added_to_an_instant_is_never() {
        assert_eq!(SimTime(5) + SimDuration::FOREVER, SimTime::NEVER);
    }

    #[test]
    fn a_span_back_in_time_is_zero() {
        assert_eq!(SimTime(5).since(SimTime(9)), SimDuration::ZERO);
        assert_eq!(SimTime(-3).since(SimTime(-9)), SimDuration(6));
    }

    #[test]
    fn seconds_round_to_the_nearest_microsecond_and_saturate() {
        assert_eq!(
            SimDuration::from_seconds_f64(1.000_000_6),
            SimDuration(1_000_001)
        );
        assert_eq!(SimDuration::from_seconds_f64(-1.0), SimDuration::ZERO);
        assert_eq!(SimDuration::from_seconds_f64(f64::NAN), SimDuration::ZERO);
        let endless = SimDuration::from_seconds_f64(1e300);
        assert_eq!(SimTime::START + endless, SimTime::NEVER);
    }
}
