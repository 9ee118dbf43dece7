//! A figure with its confidence interval.

use serde::Serialize;

/// An estimate over replications: its mean and a 95 % confidence interval.
///
/// `mean` is `None` where nothing was counted (nothing over nothing); `lo` and `hi` are `None` as well with one
/// replication, or where the interval does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Default)]
pub struct Estimate {
    /// The estimate.
    pub mean: Option<f64>,
    /// Lower end of the 95 % confidence interval.
    pub lo: Option<f64>,
    /// Upper end of the 95 % confidence interval.
    pub hi: Option<f64>,
    /// Whether too few events were counted to trust the interval; a summary lists these by their paths.
    #[serde(skip)]
    pub is_of_few: bool,
}

impl Estimate {
    /// Nothing was counted.
    pub const NONE: Self = Self {
        mean: None,
        lo: None,
        hi: None,
        is_of_few: false,
    };

    /// An estimate without an interval.
    pub fn point(mean: f64) -> Self {
        Self {
            mean: Some(mean),
            ..Self::NONE
        }
    }

    /// An estimate between the ends of its interval.
    pub fn between(lo: f64, mean: f64, hi: f64) -> Self {
        Self {
            mean: Some(mean),
            lo: Some(lo),
            hi: Some(hi),
            is_of_few: false,
        }
    }

    /// An estimate with a symmetric interval.
    pub fn around(mean: f64, half_width: f64) -> Self {
        Self::between(mean - half_width, mean, mean + half_width)
    }

    /// The same, of too few events if `is_of_few`.
    #[must_use]
    pub fn of_few(self, is_of_few: bool) -> Self {
        Self { is_of_few, ..self }
    }

    /// The same with its sign turned.
    #[must_use]
    pub fn negated(self) -> Self {
        let less = |value: Option<f64>| value.map(|value| -value);
        Self {
            mean: less(self.mean),
            lo: less(self.hi),
            hi: less(self.lo),
            ..self
        }
    }

    /// Of a share, what is left of the whole.
    #[must_use]
    pub fn complement(self) -> Self {
        let rest = |share: Option<f64>| share.map(|share| 1.0 - share);
        Self {
            mean: rest(self.mean),
            lo: rest(self.hi),
            hi: rest(self.lo),
            ..self
        }
    }

    /// Half the width of the interval.
    pub fn half_width(&self) -> Option<f64> {
        Some((self.hi? - self.lo?) / 2.0)
    }

    /// The same with an interval so many times as wide, even about the mean.
    #[must_use]
    pub fn widened(self, by: f64) -> Self {
        match (self.mean, self.half_width()) {
            (Some(mean), Some(half)) => Self::around(mean, by * half),
            _ => self,
        }
    }

    /// Its negative.
    #[must_use]
    pub fn turned(self) -> Self {
        let less = |value: Option<f64>| value.map(|value| -value);
        Self {
            mean: less(self.mean),
            lo: less(self.hi),
            hi: less(self.lo),
            ..self
        }
    }

    /// Whether the interval lies wholly on one side of zero: for a difference, whether it is real.
    pub fn excludes_zero(&self) -> bool {
        matches!((self.lo, self.hi), (Some(lo), Some(hi)) if lo > 0.0 || hi < 0.0)
    }
}
