//! Hawkes process: each arrival makes more arrivals likely for a while, as an unanswered post does.

use super::fault::{QueueError, not_negative, positive};

/// A Hawkes process with exponentially fading influence: the rate is ν plus α e^(−βu) for each arrival u seconds ago.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hawkes {
    baseline: f64,
    jump: f64,
    fading: f64,
}

impl Hawkes {
    /// Baseline ν, jump α and fading β, all per second.
    ///
    /// # Errors
    /// When ν or β is not above zero, α below zero, or α/β is 1 or more: the flood would have no end.
    pub fn new(baseline: f64, jump: f64, fading: f64) -> Result<Self, QueueError> {
        positive("the baseline rate", baseline)?;
        not_negative("the jump of the rate", jump)?;
        positive("the fading", fading)?;
        if jump >= fading {
            return Err(QueueError::Overload {
                offered: jump / fading,
                capacity: 1.0,
            });
        }
        Ok(Self {
            baseline,
            jump,
            fading,
        })
    }

    /// Mean number of direct followers of an arrival, α/β.
    pub fn branching_ratio(&self) -> f64 {
        self.jump / self.fading
    }

    fn relaxation(&self) -> f64 {
        self.fading - self.jump
    }

    /// Mean arrivals per second in the long run, ν / (1 − α/β).
    pub fn mean_rate(&self) -> f64 {
        self.baseline * self.fading / self.relaxation()
    }

    /// Variance / mean of the count in a very long window, 1 / (1 − α/β)².
    pub fn limit_dispersion(&self) -> f64 {
        (1.0 - self.branching_ratio()).powi(-2)
    }

    /// The covariance density just after an arrival.
    fn density(&self) -> f64 {
        let pair = self.jump * (2.0 * self.fading - self.jump);
        self.mean_rate() * pair / (2.0 * self.relaxation())
    }

    /// Variance of the count in a window, in the long run.
    ///
    /// # Formula
    ///
    /// ΛW + 2C (W/γ − (1 − e^(−γW))/γ²), with γ = β − α, Λ the mean rate and C = Λ α (2β − α) / (2γ).
    ///
    /// # Source
    ///
    /// A. Hawkes, "Spectra of some self-exciting and mutually exciting point processes", *Biometrika* 58 (1971).
    ///
    /// # Examples
    ///
    /// Without jumps it is a Poisson process: variance and mean agree.
    ///
    /// ```
    /// use channelmix::queueing::hawkes::Hawkes;
    /// let poisson = Hawkes::new(0.5, 0.0, 1.0)?;
    /// assert!((poisson.variance(10.0)? - 5.0).abs() < 1e-12);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    ///
    /// # Errors
    /// When the window is below zero.
    pub fn variance(&self, window_s: f64) -> Result<f64, QueueError> {
        let window = not_negative("the window", window_s)?;
        let gamma = self.relaxation();
        let faded = -(-gamma * window).exp_m1();
        let pairs = window / gamma - faded / (gamma * gamma);
        Ok(self.mean_rate() * window + 2.0 * self.density() * pairs)
    }

    /// Covariance of the counts in two windows next to each other, in the long run.
    ///
    /// # Formula
    ///
    /// C (1 − e^(−γW))² / γ².
    ///
    /// # Source
    ///
    /// Hawkes (1971).
    ///
    /// # Examples
    ///
    /// ```
    /// use channelmix::queueing::hawkes::Hawkes;
    /// assert!(Hawkes::new(0.5, 0.0, 1.0)?.covariance_of_neighbours(10.0)?.abs() < 1e-15);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    ///
    /// # Errors
    /// When the window is below zero.
    pub fn covariance_of_neighbours(&self, window_s: f64) -> Result<f64, QueueError> {
        let window = not_negative("the window", window_s)?;
        let gamma = self.relaxation();
        let faded = -(-gamma * window).exp_m1();
        Ok(self.density() * (faded / gamma).powi(2))
    }

    /// Mean and variance of the count in a window before which there was nothing.
    ///
    /// # Formula
    ///
    /// The rate x and the count n obey E(x)' = −γ(E(x) − Λ), Var(x)' = −2γ Var(x) + α² E(x), Cov(n, x)' = −γ Cov(n, x) + Var(x) + α E(x),
    /// Var(n)' = 2 Cov(n, x) + E(x), from x = ν and n = 0.
    ///
    /// # Source
    ///
    /// A. Dassios and H. Zhao, "A dynamic contagion process", *Advances in Applied Probability* 43 (2011), section 3, without external jumps.
    ///
    /// # Examples
    ///
    /// ```
    /// use channelmix::queueing::hawkes::Hawkes;
    /// let (mean, variance) = Hawkes::new(0.5, 0.0, 1.0)?.from_empty(10.0)?;
    /// assert!((mean - 5.0).abs() < 1e-12 && (variance - 5.0).abs() < 1e-12);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    ///
    /// # Errors
    /// When the window is below zero.
    pub fn from_empty(&self, window_s: f64) -> Result<(f64, f64), QueueError> {
        let window = not_negative("the window", window_s)?;
        let (gamma, alpha, rate) = (self.relaxation(), self.jump, self.mean_rate());
        let short = rate - self.baseline;
        let left = (-gamma * window).exp();
        let faded = -(-gamma * window).exp_m1();
        let mean = rate * window - short * faded / gamma;
        let square = alpha * alpha / gamma;
        // Coefficients of 1, e^(−γt), t e^(−γt) and e^(−2γt).
        let twice = square * (short - 0.5 * rate);
        let steady = 0.5 * square * rate + alpha * rate;
        let growing = -(square + alpha) * short;
        let single = (twice - steady) / gamma;
        let covariances = steady * window / gamma
            + growing * (faded / gamma - window * left) / gamma
            - 0.5 * twice * faded * (1.0 + left) / (gamma * gamma)
            + single * faded / gamma;
        Ok((mean, mean + 2.0 * covariances))
    }

    /// P(nothing in a window before which there was nothing), e^(−νW).
    ///
    /// # Errors
    /// When the window is below zero.
    pub fn p_none_from_empty(&self, window_s: f64) -> Result<f64, QueueError> {
        Ok((-self.baseline * not_negative("the window", window_s)?).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_without_end_is_refused() {
        assert!(matches!(
            Hawkes::new(1.0, 2.0, 2.0),
            Err(QueueError::Overload { .. })
        ));
        assert!(Hawkes::new(0.0, 1.0, 2.0).is_err());
        assert!(
            Hawkes::new(1.0, 1.0, 2.0)
                .unwrap()
                .variance(f64::NAN)
                .is_err()
        );
    }
}
