//! Erlang C, M/M/s: everybody waits as long as it takes. A cautious model of a queue that nobody leaves.

use super::erlang_b;
use super::fault::{QueueError, not_negative, positive, servers};
use super::load::Load;
use super::measures::{Flows, Measures, SteadyState, quantile_share, threshold};

/// The share that has to wait.
///
/// # Formula
///
/// C = s·B / (s − a(1 − B)), with a the offered load in erlangs, s servers, and B Erlang's loss formula.
///
/// # Source
///
/// A. K. Erlang (1917); L. Kleinrock, *Queueing Systems* I (1975), equation 3.40.
///
/// # Examples
///
/// One server: C = a. Two servers and 1.6 erlangs, a²/2 = 1.28: C = 1.28 / ((1 − 1.6/2)(1 + 1.6) + 1.28) = 0.7111.
///
/// ```
/// use channelmix::queueing::erlang_c;
/// assert!((erlang_c::p_wait(1, 0.8)? - 0.8).abs() < 1e-15);
/// assert!((erlang_c::p_wait(2, 1.6)? - 1.28 / (0.2 * 2.6 + 1.28)).abs() < 1e-15);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When the load is not above zero and below the number of servers, or there are not 1 to 100,000 of them.
pub fn p_wait(number: u32, erlangs: f64) -> Result<f64, QueueError> {
    servers(number)?;
    positive("the offered load", erlangs)?;
    let capacity = f64::from(number);
    if erlangs >= capacity {
        return Err(QueueError::Overload {
            offered: erlangs,
            capacity,
        });
    }
    let crowd = capacity / (capacity - erlangs);
    let free = erlang_b::ln_odds_of_free(number, erlangs).exp();
    Ok(crowd / (free + crowd))
}

/// The share that has to wait where the number of servers need not be whole.
///
/// # Formula
///
/// C = x·B / (x − a(1 − B)), with B the continuous loss formula of [`erlang_b::blocking_continuous`].
///
/// # Source
///
/// D. L. Jagerman (1974); W. Whitt, "Heavy-traffic approximations for service systems with blocking", *AT&T Bell
/// Laboratories Technical Journal* 63 (1984).
///
/// # Examples
///
/// ```
/// use channelmix::queueing::erlang_c;
/// assert!((erlang_c::p_wait_continuous(2.0, 1.6)? - 1.28 / (0.2 * 2.6 + 1.28)).abs() < 1e-13);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When the load is not above zero and below the number of servers, or that is above 100,000.
pub fn p_wait_continuous(number: f64, erlangs: f64) -> Result<f64, QueueError> {
    let blocking = erlang_b::blocking_continuous(number, erlangs)?;
    if erlangs >= number {
        return Err(QueueError::Overload {
            offered: erlangs,
            capacity: number,
        });
    }
    Ok(number * blocking / (number - erlangs * (1.0 - blocking)))
}

/// M/M/s with all its measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangC {
    load: Load,
    servers: u32,
    p_wait: f64,
    /// sμ − λ.
    relief: f64,
}

/// M/M/s with all its measures.
///
/// # Formula
///
/// Who waits does so for an exponential time of mean w = 1 / (sμ − λ): P(W > t) = C e^(−t/w), mean wait C·w, and so on.
///
/// # Source
///
/// L. Kleinrock, *Queueing Systems* I (1975), section 3.5; I. Angus, "An introduction to Erlang B and Erlang C",
/// *Telemanagement* 187 (2001).
///
/// # Examples
///
/// One agent, 12 contacts an hour of four minutes: a = 0.8, mean wait 0.8 · 240 s / 0.2 = 960 s.
///
/// ```
/// use channelmix::queueing::{Load, SteadyState, erlang_c};
/// let queue = erlang_c::solve(Load::per_hour(12.0, 240.0)?, 1)?;
/// assert!((queue.measures().mean_wait_s - 960.0).abs() < 1e-9);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When the load is not below the number of servers, or there are not 1 to 100,000 of them.
pub fn solve(load: Load, number: u32) -> Result<ErlangC, QueueError> {
    let erlangs = load.erlangs();
    Ok(ErlangC {
        load,
        servers: number,
        p_wait: p_wait(number, erlangs)?,
        relief: (f64::from(number) - erlangs) / load.handle_time_s(),
    })
}

impl ErlangC {
    /// P(wait and handling together last longer than t).
    ///
    /// # Formula
    ///
    /// e^(−μt) (1 + C μ (1 − e^(−(r−μ)t)) / (r − μ)) with r = sμ − λ, or 1 + C μ t where r = μ.
    ///
    /// # Source
    ///
    /// The convolution of the wait and the handle time; D. Gross and others, *Fundamentals of Queueing Theory* (2008), 2.3.
    ///
    /// # Examples
    ///
    /// M/M/1 stays for an exponential time of rate μ − λ: e^(−480/1200).
    ///
    /// ```
    /// use channelmix::queueing::{Load, erlang_c};
    /// let queue = erlang_c::solve(Load::per_hour(12.0, 240.0)?, 1)?;
    /// assert!((queue.p_sojourn_over(480.0)? - (-0.4_f64).exp()).abs() < 1e-14);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    ///
    /// # Errors
    /// When the time is no number of at least zero.
    pub fn p_sojourn_over(&self, time_s: f64) -> Result<f64, QueueError> {
        let t = not_negative("the time", time_s)?;
        let mu = 1.0 / self.load.handle_time_s();
        let difference = self.relief - mu;
        let spread = if (difference * t).abs() < 1e-12 {
            t
        } else {
            -(-difference * t).exp_m1() / difference
        };
        if spread.is_finite() {
            return Ok((-mu * t).exp() * (1.0 + self.p_wait * mu * spread));
        }
        // e^(−(r−μ)t) is too large for a number, but not its product with e^(−μt).
        Ok((-mu * t).exp() - self.p_wait * mu * (-self.relief * t).exp() / difference)
    }
}

impl SteadyState for ErlangC {
    fn measures(&self) -> Measures {
        let delayed = 1.0 / self.relief;
        let spread = delayed * (self.p_wait * (2.0 - self.p_wait)).sqrt();
        Measures {
            wait_if_delayed_s: Some(delayed),
            wait_sd_s: Some(spread),
            ..Measures::where_nobody_leaves(
                self.load.arrivals_per_s(),
                self.load.erlangs(),
                self.servers,
                self.p_wait,
                self.p_wait * delayed,
            )
        }
    }

    fn within(&self, time_s: f64) -> Result<Flows, QueueError> {
        let t = threshold(time_s)?;
        Ok(Flows {
            answered: 1.0 - self.p_wait * (-self.relief * t).exp(),
            abandoned: 0.0,
        })
    }

    fn wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        let left = 1.0 - quantile_share(share)?;
        Ok(((self.p_wait / left).ln() / self.relief).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overload_and_nonsense_are_refused() {
        let load = |erlangs: f64| Load::new(erlangs, 1.0).unwrap();
        assert!(matches!(
            solve(load(5.0), 5),
            Err(QueueError::Overload { .. })
        ));
        assert!(solve(load(4.999), 5).is_ok());
        assert!(solve(load(1.0), 0).is_err());
        let queue = solve(load(4.0), 5).unwrap();
        for wrong in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(queue.within(wrong).is_err());
        }
        for wrong in [-0.1, 1.0, f64::NAN] {
            assert!(queue.wait_quantile_s(wrong).is_err());
        }
    }

    #[test]
    fn a_hundred_thousand_servers_follow_halfin_and_whitt() {
        // s = a + β√a with β = 1: C → 1 / (1 + β Φ(β)/φ(β)) = 0.2234 (Halfin and Whitt 1981).
        let erlangs = 99_684.27;
        let found = p_wait(100_000, erlangs).unwrap();
        assert!((found - 0.2234).abs() < 1e-3, "{found}");
    }
}
