//! Handle times of two phases: Erlang-2 (steadier than exponential) and hyperexponential (more variable).

use super::fault::{QueueError, positive, share, within};
use super::law::{Law, MOST_SQUARED_CV};

/// A handle time that starts in one of two exponential phases; the first may be followed by the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoPhases {
    /// Probability of starting in the first phase.
    pub(super) first: f64,
    pub(super) rates: [f64; 2],
    /// Probability that the second phase follows the first.
    onwards: f64,
}

impl TwoPhases {
    /// The sum of two exponential times of the same mean; its squared cv is ½.
    ///
    /// # Errors
    /// When the mean is not above zero.
    pub fn erlang_2(mean_s: f64) -> Result<Self, QueueError> {
        let rate = 2.0 / positive("the mean handle time", mean_s)?;
        Ok(Self {
            first: 1.0,
            rates: [rate, rate],
            onwards: 1.0,
        })
    }

    /// An exponential time of the first mean with this share, else of the second.
    ///
    /// # Errors
    /// When the share is not between 0 and 1 or a mean not above zero.
    pub fn hyperexponential(first: f64, means_s: [f64; 2]) -> Result<Self, QueueError> {
        share("the share of a phase", first)?;
        let rate = |mean| positive("the mean handle time", mean).map(|mean| 1.0 / mean);
        Ok(Self {
            first,
            rates: [rate(means_s[0])?, rate(means_s[1])?],
            onwards: 0.0,
        })
    }

    /// The hyperexponential with balanced means of this mean and squared cv (1 or more).
    ///
    /// # Formula
    ///
    /// p = (1 + √((c² − 1)/(c² + 1))) / 2, phase means mean/(2p) and mean/(2(1 − p)).
    ///
    /// # Source
    ///
    /// H. Tijms, *A First Course in Stochastic Models* (2003), appendix B.
    ///
    /// # Examples
    ///
    /// ```
    /// use channelmix::queueing::mph_s::TwoPhases;
    /// assert!((TwoPhases::of_squared_cv(300.0, 4.0)?.squared_cv() - 4.0).abs() < 1e-12);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    ///
    /// # Errors
    /// When the mean is not above zero, or the squared cv not between 1 and 10,000.
    pub fn of_squared_cv(mean_s: f64, squared_cv: f64) -> Result<Self, QueueError> {
        positive("the mean handle time", mean_s)?;
        within(
            "the squared cv of a hyperexponential law",
            squared_cv,
            (1.0, MOST_SQUARED_CV),
        )?;
        let over = squared_cv - 1.0;
        let first = 0.5 * (1.0 + (over / (over + 2.0)).sqrt());
        Self::hyperexponential(
            first,
            [mean_s / (2.0 * first), mean_s / (2.0 * (1.0 - first))],
        )
    }

    /// The law of this mean and cv: hyperexponential with balanced means from cv 1 up, Erlang-2 at a cv of √½ (0.7071).
    ///
    /// # Errors
    /// When the mean is not above zero, or the cv is neither.
    pub fn of_cv(mean_s: f64, cv: f64) -> Result<Self, QueueError> {
        if cv < 1.0 {
            let is_erlang_2 = (cv * cv - 0.5).abs() < 0.005;
            if is_erlang_2 {
                return Self::erlang_2(mean_s);
            }
            return Err(QueueError::WrongLaw {
                what: "a cv below 1 other than 0.707",
                reason: "two phases have a cv of 0.707 (Erlang-2) or of 1 and more; M/G/s takes any",
            });
        }
        Self::of_squared_cv(mean_s, cv * cv)
    }

    /// The same as a law of two exponentials; Erlang-2 as the gamma law that it is.
    pub(super) fn law(&self) -> Law {
        let [one, two] = self.rates;
        if self.onwards > 0.0 {
            return Law::Gamma {
                mean_s: self.mean_s(),
                cv: self.squared_cv().sqrt(),
            };
        }
        let phases = vec![(self.first, 1.0 / one), (1.0 - self.first, 1.0 / two)];
        Law::Hyperexponential { phases }
    }

    /// Mean in seconds.
    pub fn mean_s(&self) -> f64 {
        let [one, two] = self.rates;
        self.first * (1.0 / one + self.onwards / two) + (1.0 - self.first) / two
    }

    /// Variance divided by the square of the mean.
    pub fn squared_cv(&self) -> f64 {
        let [one, two] = self.rates;
        let both = 2.0 / (one * one) + self.onwards * (2.0 / (one * two) + 2.0 / (two * two));
        let second = self.first * both + (1.0 - self.first) * 2.0 / (two * two);
        second / self.mean_s().powi(2) - 1.0
    }

    /// Calls `to` with each step of `busy` servers, `one` of them in the first phase: the change of `one`, the rate, and whether a
    /// server gets free; with `refill` it takes the next contact at once.
    pub(super) fn steps(
        &self,
        busy: usize,
        one: usize,
        refill: bool,
        mut to: impl FnMut(isize, f64, bool),
    ) {
        let mut free = |change: isize, rate: f64| {
            if refill {
                to(change + 1, rate * self.first, true);
                to(change, rate * (1.0 - self.first), true);
            } else {
                to(change, rate, true);
            }
        };
        let first = one as f64 * self.rates[0];
        free(-1, first * (1.0 - self.onwards));
        free(0, (busy - one) as f64 * self.rates[1]);
        to(-1, first * self.onwards, false);
    }
}
