//! `M_t/M/∞`: how many would be in hand at each time if nobody ever had to wait. The load that staffing has to follow, which lags
//! behind the arrivals.

use super::fault::{QueueError, not_negative, positive, share};

/// Arrivals at rate λ(t) = mean · (1 + swing · sin(2πt / period)).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sinusoid {
    mean_per_s: f64,
    swing: f64,
    period_s: f64,
    handle_time_s: f64,
}

impl Sinusoid {
    /// A checked daily wave.
    ///
    /// # Errors
    /// When a rate or time is not above zero, or the swing is not between 0 and 1.
    pub fn new(
        mean_per_s: f64,
        swing: f64,
        period_s: f64,
        handle_time_s: f64,
    ) -> Result<Self, QueueError> {
        Ok(Self {
            mean_per_s: positive("the mean arrival rate", mean_per_s)?,
            swing: share("the swing of the arrival rate", swing)?,
            period_s: positive("the period", period_s)?,
            handle_time_s: positive("the mean handle time", handle_time_s)?,
        })
    }

    fn frequency(&self) -> f64 {
        2.0 * std::f64::consts::PI / self.period_s
    }

    /// Mean number in hand at a time, long after the start.
    ///
    /// # Formula
    ///
    /// m(t) = a (1 + swing · (sin ωt − ω E cos ωt) / (1 + ω²E²)), with E the mean handle time and a = mean rate · E.
    ///
    /// # Source
    ///
    /// S. Eick, W. Massey and W. Whitt, "Mt/G/∞ queues with sinusoidal arrival rates", *Management Science* 39 (1993), equation 15.
    ///
    /// # Examples
    ///
    /// Where ωE = 1 the wave is halved at t = 0: a (1 − swing/2).
    ///
    /// ```
    /// use channelmix::queueing::infinite::Sinusoid;
    /// let wave = Sinusoid::new(2.0, 0.5, 2.0 * std::f64::consts::PI, 1.0)?;
    /// assert!((wave.mean_busy(0.0) - 2.0 * 0.75).abs() < 1e-14);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    pub fn mean_busy(&self, t: f64) -> f64 {
        let lag = self.frequency() * self.handle_time_s;
        let (sin, cos) = (self.frequency() * t).sin_cos();
        let wave = (sin - lag * cos) / (1.0 + lag * lag);
        self.mean_per_s * self.handle_time_s * (1.0 + self.swing * wave)
    }

    /// How long after the peak of the arrivals the load peaks.
    ///
    /// # Formula
    ///
    /// arctan(ωE) / ω.
    ///
    /// # Source
    ///
    /// Eick, Massey and Whitt (1993), section 3.
    ///
    /// # Examples
    ///
    /// ```
    /// use channelmix::queueing::infinite::Sinusoid;
    /// let wave = Sinusoid::new(2.0, 0.5, 2.0 * std::f64::consts::PI, 1.0)?;
    /// assert!((wave.peak_lag_s() - std::f64::consts::FRAC_PI_4).abs() < 1e-15);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    pub fn peak_lag_s(&self) -> f64 {
        (self.frequency() * self.handle_time_s).atan() / self.frequency()
    }

    /// The largest mean number in hand.
    ///
    /// # Formula
    ///
    /// a (1 + swing / √(1 + ω²E²)).
    ///
    /// # Source
    ///
    /// Eick, Massey and Whitt (1993), section 3.
    ///
    /// # Examples
    ///
    /// ```
    /// use channelmix::queueing::infinite::Sinusoid;
    /// let wave = Sinusoid::new(2.0, 0.5, 2.0 * std::f64::consts::PI, 1.0)?;
    /// assert!((wave.peak_mean_busy() - 2.0 * (1.0 + 0.5_f64.powf(1.5))).abs() < 1e-14);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    pub fn peak_mean_busy(&self) -> f64 {
        let lag = self.frequency() * self.handle_time_s;
        self.mean_per_s * self.handle_time_s * (1.0 + self.swing / (1.0 + lag * lag).sqrt())
    }
}

/// Mean number in hand at the end of each interval of constant rate, from an empty start.
///
/// # Formula
///
/// m' = λ − m/E within an interval, so m(end) = a + (m(start) − a) e^(−length/E), a = λE.
///
/// # Source
///
/// Eick, Massey and Whitt, "The physics of the Mt/G/∞ queue", *Operations Research* 41 (1993), equation 5.
///
/// # Examples
///
/// One erlang for as long as a handle time lasts: 1 − 1/e.
///
/// ```
/// use channelmix::queueing::infinite::mean_busy_by_interval;
/// let busy = mean_busy_by_interval(&[0.5], 2.0, 2.0)?;
/// assert!((busy[0] - (1.0 - (-1.0_f64).exp())).abs() < 1e-15);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When a rate is below zero or a time not above zero.
pub fn mean_busy_by_interval(
    arrivals_per_s: &[f64],
    interval_s: f64,
    handle_time_s: f64,
) -> Result<Vec<f64>, QueueError> {
    positive("the interval", interval_s)?;
    positive("the mean handle time", handle_time_s)?;
    let left = (-interval_s / handle_time_s).exp();
    let mut busy = 0.0;
    arrivals_per_s
        .iter()
        .map(|rate| {
            let load = not_negative("an arrival rate", *rate)? * handle_time_s;
            busy = load + (busy - load) * left;
            Ok(busy)
        })
        .collect()
}
