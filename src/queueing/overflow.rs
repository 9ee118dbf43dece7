//! Overflow: what a group that turns contacts away sends on to the next is burstier than a Poisson stream.

use super::erlang_b;
use super::fault::{QueueError, positive};

/// Mean and variance of the number of busy servers that overflow would occupy at an endless second group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overflow {
    /// Mean (erlangs).
    pub mean: f64,
    /// Variance.
    pub variance: f64,
}

/// The overflow of a group with Poisson arrivals.
///
/// # Formula
///
/// m = a B(s, a); v = m (1 − m + a / (s + 1 − a + m)).
///
/// # Source
///
/// R. Wilkinson, "Theories for toll traffic engineering in the U.S.A.", *Bell System Technical Journal* 35 (1956), with Riordan's
/// appendix, equation 13.
///
/// # Examples
///
/// One server and two erlangs: m = 2 · 2/3, v = m (1 − 4/3 + 2 / (4/3)) = 4/3 · 7/6.
///
/// ```
/// use channelmix::queueing::overflow::overflow;
/// let found = overflow(1, 2.0)?;
/// assert!((found.mean - 4.0 / 3.0).abs() < 1e-15);
/// assert!((found.variance - 14.0 / 9.0).abs() < 1e-14);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When there are not 1 to 100,000 servers or the load is not above zero.
pub fn overflow(servers: u32, erlangs: f64) -> Result<Overflow, QueueError> {
    let mean = erlangs * erlang_b::blocking(servers, erlangs)?;
    let variance = mean * (1.0 - mean + erlangs / (f64::from(servers) + 1.0 - erlangs + mean));
    Ok(Overflow { mean, variance })
}

impl Overflow {
    /// Variance / mean: 1 for a Poisson stream, more for overflow.
    pub fn peakedness(&self) -> f64 {
        self.variance / self.mean
    }

    /// The share of this overflow that a second group of so many servers turns away, approximately.
    ///
    /// # Formula
    ///
    /// Hayward: B(c/z, m/z), with z the peakedness and B the continuous loss formula.
    ///
    /// # Source
    ///
    /// A. Fredericks, "Congestion in blocking systems: a simple approximation technique", *Bell System Technical Journal* 59 (1980).
    ///
    /// # Examples
    ///
    /// Where the peakedness is one it is Erlang B: 1 erlang and 1 server lose half.
    ///
    /// ```
    /// use channelmix::queueing::overflow::Overflow;
    /// let poisson = Overflow { mean: 1.0, variance: 1.0 };
    /// assert!((poisson.hayward(1.0)? - 0.5).abs() < 1e-14);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    ///
    /// # Errors
    /// When there are not above 0 and up to 100,000 servers (after division by the peakedness), or mean or variance are not above zero.
    pub fn hayward(&self, servers: f64) -> Result<f64, QueueError> {
        positive("the variance of the overflow", self.variance)?;
        let peakedness = positive("the peakedness", self.peakedness())?;
        erlang_b::blocking_continuous(servers / peakedness, self.mean / peakedness)
    }
}

/// The share of the overflow of a first group that a second group turns away.
///
/// # Formula
///
/// B(s + c, a) / B(s, a): servers taken in this order block as one group does.
///
/// # Source
///
/// Wilkinson (1956).
///
/// # Examples
///
/// One server, then three, two erlangs: B(4, 2) / B(1, 2) = (2/21) / (2/3) = 1/7.
///
/// ```
/// use channelmix::queueing::overflow::second_group_blocking;
/// assert!((second_group_blocking(1, 3, 2.0)? - 1.0 / 7.0).abs() < 1e-15);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When there are not 1 to 100,000 servers together, or the load is not above zero.
pub fn second_group_blocking(first: u32, second: u32, erlangs: f64) -> Result<f64, QueueError> {
    let all = erlang_b::blocking(first.saturating_add(second), erlangs)?;
    Ok(all / erlang_b::blocking(first, erlangs)?)
}
