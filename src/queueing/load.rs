//! What comes in: a Poisson stream and the mean time that each contact takes.

use super::fault::{LEAST_ERLANGS, MOST_ERLANGS, QueueError, positive};

/// Arrivals and mean handle time, both checked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    arrivals_per_s: f64,
    handle_time_s: f64,
}

impl Load {
    /// Arrivals per second and the mean handle time in seconds.
    ///
    /// # Errors
    /// When one of them is not a number above zero, or the load not between [`LEAST_ERLANGS`] and [`MOST_ERLANGS`].
    pub fn new(arrivals_per_s: f64, handle_time_s: f64) -> Result<Self, QueueError> {
        let load = Self {
            arrivals_per_s: positive("the arrival rate", arrivals_per_s)?,
            handle_time_s: positive("the mean handle time", handle_time_s)?,
        };
        let found = load.erlangs();
        if (LEAST_ERLANGS..=MOST_ERLANGS).contains(&found) {
            Ok(load)
        } else {
            Err(QueueError::LoadOutOfRange { found })
        }
    }

    /// Arrivals per hour and the mean handle time in seconds.
    ///
    /// # Errors
    /// As [`Load::new`].
    pub fn per_hour(arrivals_per_hour: f64, handle_time_s: f64) -> Result<Self, QueueError> {
        Self::new(arrivals_per_hour / 3600.0, handle_time_s)
    }

    /// λ, arrivals per second.
    pub fn arrivals_per_s(&self) -> f64 {
        self.arrivals_per_s
    }

    /// 1/μ, the mean handle time in seconds.
    pub fn handle_time_s(&self) -> f64 {
        self.handle_time_s
    }

    /// The offered load: how many servers would be busy on average if there were enough.
    ///
    /// # Formula
    ///
    /// a = λ / μ, in erlangs, with λ arrivals per second and 1/μ the mean handle time in seconds.
    ///
    /// # Source
    ///
    /// A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone
    /// exchanges", *The Post Office Electrical Engineers' Journal* 10 (1917).
    ///
    /// # Examples
    ///
    /// 200 contacts an hour of three minutes are ten hours of work an hour.
    ///
    /// ```
    /// use channelmix::queueing::Load;
    /// let load = Load::per_hour(200.0, 180.0)?;
    /// assert!((load.erlangs() - 10.0).abs() < 1e-12);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    pub fn erlangs(&self) -> f64 {
        self.arrivals_per_s * self.handle_time_s
    }
}
