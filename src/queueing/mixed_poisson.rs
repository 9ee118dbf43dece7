//! Counts of a day whose level is drawn from a gamma distribution: more variable than Poisson counts, and alike from hour to hour.

use statrs::function::gamma::ln_gamma;

use super::fault::{QueueError, positive, share};

/// A Poisson count whose mean is multiplied by a gamma factor of mean 1: the negative binomial distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MixedPoisson {
    mean: f64,
    shape: f64,
}

impl MixedPoisson {
    /// The mean count and the cv of the factor.
    ///
    /// # Errors
    /// When one of them is not above zero.
    pub fn new(mean: f64, level_cv: f64) -> Result<Self, QueueError> {
        let cv = positive("the cv of the level", level_cv)?;
        Ok(Self {
            mean: positive("the mean count", mean)?,
            shape: positive("the shape of the level", 1.0 / (cv * cv))?,
        })
    }

    /// The variance of the count.
    ///
    /// # Formula
    ///
    /// m + m² cv².
    ///
    /// # Source
    ///
    /// G. Jongbloed and G. Koole, "Managing uncertainty in call centres using Poisson mixtures" (2001), section 3.
    ///
    /// # Examples
    ///
    /// 100 a day, cv 0.1: 100 + 100.
    ///
    /// ```
    /// use channelmix::queueing::mixed_poisson::MixedPoisson;
    /// assert!((MixedPoisson::new(100.0, 0.1)?.variance() - 200.0).abs() < 1e-10);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    pub fn variance(&self) -> f64 {
        self.mean + self.mean * self.mean / self.shape
    }

    /// Variance / mean.
    pub fn dispersion(&self) -> f64 {
        self.variance() / self.mean
    }

    /// Variance of the count of a half of the day, and the covariance of both halves: m/2 + m²cv²/4, and m²cv²/4.
    pub fn halves(&self) -> (f64, f64) {
        let covariance = self.mean * self.mean / self.shape / 4.0;
        (self.mean / 2.0 + covariance, covariance)
    }

    /// P(n).
    ///
    /// # Formula
    ///
    /// Γ(n + k) / (n! Γ(k)) · (k/(k + m))ᵏ (m/(k + m))ⁿ, with k = 1/cv².
    ///
    /// # Source
    ///
    /// M. Greenwood and G. Yule, *Journal of the Royal Statistical Society* 83 (1920).
    ///
    /// # Examples
    ///
    /// With cv 1 and mean 1 it is geometric: ½, ¼, ⅛ …
    ///
    /// ```
    /// use channelmix::queueing::mixed_poisson::MixedPoisson;
    /// assert!((MixedPoisson::new(1.0, 1.0)?.p(2) - 0.125).abs() < 1e-14);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    pub fn p(&self, n: u32) -> f64 {
        let (k, m, n) = (self.shape, self.mean, f64::from(n));
        let ways = ln_gamma(n + k) - ln_gamma(n + 1.0) - ln_gamma(k);
        (ways - k * (m / k).ln_1p() + n * (m / (k + m)).ln()).exp()
    }

    /// The smallest count that is not exceeded with at least this probability.
    ///
    /// # Errors
    /// When the share is not below 1, or the count beyond ten million.
    pub fn quantile(&self, wanted: f64) -> Result<u32, QueueError> {
        share("the share of a quantile", wanted)?;
        let mut sum = 0.0;
        for n in 0..10_000_000 {
            sum += self.p(n);
            if sum >= wanted {
                return Ok(n);
            }
        }
        Err(QueueError::TooLarge {
            what: format!("a mean count of {}", self.mean),
            instead: "take the normal distribution with this mean and variance",
        })
    }
}
