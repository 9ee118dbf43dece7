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
}

impl Estimate {
    /// Nothing was counted.
    pub const NONE: Self = Self {
        mean: None,
        lo: None,
        hi: None,
    };

    /// An estimate without an interval.
    pub fn point(mean: f64) -> Self {
        Self {
            mean: Some(mean),
            lo: None,
            hi: None,
        }
    }

    /// An estimate with a symmetric interval.
    pub fn around(mean: f64, half_width: f64) -> Self {
        Self {
            mean: Some(mean),
            lo: Some(mean - half_width),
            hi: Some(mean + half_width),
        }
    }

    /// Half the width of the interval.
    pub fn half_width(&self) -> Option<f64> {
        Some((self.hi? - self.lo?) / 2.0)
    }

    /// Whether the interval lies wholly on one side of zero: for a difference, whether it is real.
    pub fn excludes_zero(&self) -> bool {
        matches!((self.lo, self.hi), (Some(lo), Some(hi)) if lo > 0.0 || hi < 0.0)
    }
}
