//! Redials: those who leave, or are turned away, call again after a while. Who looks at attempts alone sees more customers than there
//! are.

use statrs::function::beta::beta_reg;

use super::fault::{QueueError, positive, servers, share};
use super::load::Load;
use super::measures::{Flows, Measures, SteadyState, quantile, quantile_share, threshold};
use super::redial_chain::{Rates, ceiling, enough};

/// A queue met with less than this probability changes no figure.
const NOTHING: f64 = 1e-20;

/// Who calls again, and when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Redials {
    /// Mean time until the next attempt (exponential).
    pub mean_delay_s: f64,
    /// Share of the abandonments that is followed by another attempt.
    pub after_abandoning: f64,
    /// Share of the blocked attempts that is followed by another attempt.
    pub after_blocking: f64,
}

/// A queue with redials. Its [`Measures`] are per attempt, first or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Redial {
    fresh: Load,
    servers: u32,
    patience_rate: f64,
    redials: Redials,
    /// P(n in the system), and the mean number who will call again while n are there.
    system: Vec<f64>,
    orbit: Vec<f64>,
    /// The same whoever is there.
    mean_in_orbit: f64,
    blocking_state: Option<usize>,
}

/// A queue with redials and all its measures. `mean_patience_s` of `None` is patience without end; `lines` of `None` are enough for
/// everybody.
///
/// # Formula
///
/// The chain of (contacts in the system, customers who will call again): fresh calls at rate λ, each customer who will call again does so
/// at rate 1 / mean delay with a fresh patience. Solved level by level; what is cut off at its ends has a probability below 1e-13.
///
/// # Source
///
/// G. Falin and J. Templeton, *Retrial Queues* (1997), chapters 1 and 2.
///
/// # Examples
///
/// M/M/1/1 where everybody calls again: ρ = 0.7 of the first attempts are blocked, and with redials at twice the rate of service
/// 0.7² (1 + ½) / 0.3 = 2.45 customers wait to call again (Falin and Templeton, section 1.1).
///
/// ```
/// use channelmix::queueing::{Load, redial};
/// let redials = redial::Redials { mean_delay_s: 30.0, after_abandoning: 0.0, after_blocking: 1.0 };
/// let queue = redial::solve(Load::per_hour(42.0, 60.0)?, 1, None, Some(1), redials)?;
/// assert!((queue.mean_in_orbit() - 2.45).abs() < 1e-9);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When a rate, a share or a number is out of its range, nobody gives up and the load is too high, or the chain is too large.
pub fn solve(
    fresh: Load,
    number: u32,
    mean_patience_s: Option<f64>,
    lines: Option<u32>,
    redials: Redials,
) -> Result<Redial, QueueError> {
    servers(number)?;
    positive("the mean delay of a redial", redials.mean_delay_s)?;
    share(
        "the share of redials after abandoning",
        redials.after_abandoning,
    )?;
    share(
        "the share of redials after blocking",
        redials.after_blocking,
    )?;
    let patience_rate = match mean_patience_s {
        Some(mean) => 1.0 / positive("the mean patience", mean)?,
        None => 0.0,
    };
    let places = lines
        .map(|lines| super::mm_s_k::places(number, lines))
        .transpose()?;
    let keeps_all = match (places, mean_patience_s) {
        (None, None) => true,
        (Some(0), _) => redials.after_blocking >= 1.0,
        (places, patience) => {
            (patience.is_none() || redials.after_abandoning >= 1.0)
                && (places.is_none() || redials.after_blocking >= 1.0)
        }
    };
    let capacity = f64::from(number);
    if keeps_all && fresh.erlangs() >= capacity {
        return Err(QueueError::Overload {
            offered: fresh.erlangs(),
            capacity,
        });
    }
    let rates = Rates {
        fresh: fresh.arrivals_per_s(),
        service: 1.0 / fresh.handle_time_s(),
        leaving: patience_rate,
        redial: 1.0 / redials.mean_delay_s,
        servers: number as usize,
        redials,
    };
    let (system, orbit) = enough(&rates, fresh, lines, mean_patience_s)?;
    Ok(Redial {
        fresh,
        servers: number,
        patience_rate,
        redials,
        blocking_state: lines
            .map(|lines| lines as usize)
            .filter(|lines| *lines + 1 == system.len()),
        mean_in_orbit: orbit.iter().sum(),
        system,
        orbit,
    })
}

impl Redial {
    /// Mean number of customers who will call again.
    pub fn mean_in_orbit(&self) -> f64 {
        self.mean_in_orbit
    }

    /// Redials per second.
    pub fn redials_per_s(&self) -> f64 {
        self.mean_in_orbit() / self.redials.mean_delay_s
    }

    /// Attempts per customer.
    pub fn attempts_per_customer(&self) -> f64 {
        1.0 + self.redials_per_s() / self.fresh.arrivals_per_s()
    }

    /// Share of customers who are never answered.
    pub fn never_answered(&self) -> f64 {
        let measures = self.measures();
        let lost = measures.p_abandon * (1.0 - self.redials.after_abandoning)
            + measures.p_block * (1.0 - self.redials.after_blocking);
        lost * self.attempts_per_customer()
    }

    /// P(all servers busy, not all lines taken) as a first attempt finds it, and P(all lines taken).
    pub fn first_attempt(&self) -> (f64, f64) {
        let blocked = self.blocking_state.map_or(0.0, |at| self.system[at]);
        let busy: f64 = self.system[self.servers as usize..].iter().sum();
        (busy - blocked, blocked)
    }

    /// Shares of first attempts that are answered and gone within a time.
    ///
    /// # Errors
    /// When the time is no number of at least zero.
    pub fn first_within(&self, time_s: f64) -> Result<Flows, QueueError> {
        let time = threshold(time_s)?;
        Ok(self.flows(time, |n| self.system[n]))
    }

    /// The share of attempts that find n in the system.
    fn seen(&self, n: usize) -> f64 {
        let fresh = self.fresh.arrivals_per_s();
        let rate = self.system[n] * fresh + self.orbit[n] / self.redials.mean_delay_s;
        rate / (fresh + self.redials_per_s())
    }

    /// Shares answered and gone within a time, where n is seen with this probability.
    fn flows(&self, time: f64, seen: impl Fn(usize) -> f64) -> Flows {
        let servers = self.servers as usize;
        let mut flows = Flows {
            answered: (0..servers.min(self.system.len())).map(&seen).sum(),
            abandoned: 0.0,
        };
        let open = self.blocking_state.unwrap_or(self.system.len());
        for n in servers..open {
            let (share, ahead) = (seen(n), (n - servers) as f64);
            if share < NOTHING {
                continue;
            }
            flows.answered += share * self.answered_in(ahead, time);
            flows.abandoned += share * self.gone_in(ahead, time);
        }
        flows
    }

    /// P(answered within t) with so many ahead in the queue.
    fn answered_in(&self, ahead: f64, time: f64) -> f64 {
        if time <= 0.0 {
            return 0.0;
        }
        let clearing = f64::from(self.servers) / self.fresh.handle_time_s();
        let theta = self.patience_rate;
        if theta <= 0.0 {
            return 1.0 - super::poisson::ln_below(below(ahead), clearing * time).exp();
        }
        // The wait is the sum of exponential times of rates c, c + θ, …, c + ahead·θ; e^(−θ wait) has a beta law.
        let ratio = clearing / theta;
        let chance = ratio / (ratio + ahead + 1.0);
        chance * beta_reg(ahead + 1.0, ratio + 1.0, -(-theta * time).exp_m1())
    }

    /// P(gone within t) with so many ahead in the queue.
    fn gone_in(&self, ahead: f64, time: f64) -> f64 {
        let theta = self.patience_rate;
        if theta <= 0.0 || time <= 0.0 {
            return 0.0;
        }
        let ratio = f64::from(self.servers) / self.fresh.handle_time_s() / theta;
        let gone = -(-theta * time).exp_m1();
        let waits_longer = 1.0 - beta_reg(ahead + 1.0, ratio, gone);
        // P(patience < min(wait, t)) = P(patience < wait) − P(t < patience < wait).
        let left = (ahead + 1.0) / (ratio + ahead + 1.0);
        let answered_later =
            ratio / (ratio + ahead + 1.0) * (1.0 - beta_reg(ahead + 1.0, ratio + 1.0, gone));
        (left - ((1.0 - gone) * waits_longer - answered_later)).max(0.0)
    }

    /// Shares of attempts.
    fn attempts(&self) -> [f64; 3] {
        let servers = self.servers as usize;
        let busy: f64 = (servers..self.system.len()).map(|n| self.seen(n)).sum();
        let blocked = self.blocking_state.map_or(0.0, |at| self.seen(at));
        let waiting: f64 = self.waiting();
        let rate = self.fresh.arrivals_per_s() + self.redials_per_s();
        [busy - blocked, blocked, waiting * self.patience_rate / rate]
    }

    /// Mean wait of the answered attempts: each contact ahead, and the one in front of it, takes a time of rate c + iθ to go, and who waits
    /// so long without leaving is the likelier answered the shorter it was; so the law is that of patience with rates c + (i + 1)θ.
    fn asa_s(&self) -> Option<f64> {
        let (servers, theta) = (self.servers as usize, self.patience_rate);
        let clearing = f64::from(self.servers) / self.fresh.handle_time_s();
        let open = self.blocking_state.unwrap_or(self.system.len());
        let (mut answered, mut waited, mut mean) = (0.0, 0.0, 0.0);
        for n in 0..open.max(servers.min(self.system.len())) {
            if n < servers {
                answered += self.seen(n);
                continue;
            }
            let ahead = (n - servers) as f64;
            mean += 1.0 / (clearing + (ahead + 1.0) * theta);
            let chance = clearing / (clearing + (ahead + 1.0) * theta);
            answered += self.seen(n) * chance;
            waited += self.seen(n) * chance * mean;
        }
        (answered > 0.0).then(|| waited / answered)
    }

    fn waiting(&self) -> f64 {
        let each = self.system.iter().enumerate();
        each.map(|(n, share)| n.saturating_sub(self.servers as usize) as f64 * share)
            .sum()
    }
}

fn below(ahead: f64) -> u32 {
    u32::try_from(ceiling(ahead + 1.0)).unwrap_or(u32::MAX)
}

impl SteadyState for Redial {
    fn measures(&self) -> Measures {
        let [p_wait, p_block, p_abandon] = self.attempts();
        let rate = self.fresh.arrivals_per_s() + self.redials_per_s();
        let queue_length = self.waiting();
        let each = self.system.iter().enumerate();
        let busy: f64 = each
            .map(|(n, share)| n.min(self.servers as usize) as f64 * share)
            .sum();
        let wait = queue_length / rate;
        Measures {
            offered_load_erlangs: rate * self.fresh.handle_time_s(),
            p_wait,
            p_block,
            p_abandon,
            mean_wait_s: wait,
            asa_s: self.asa_s(),
            mean_wait_abandoned_s: None,
            wait_if_delayed_s: (p_wait > 0.0).then(|| wait / p_wait),
            wait_sd_s: None,
            queue_length,
            in_system: queue_length + busy,
            occupancy: busy / f64::from(self.servers),
        }
    }

    fn within(&self, time_s: f64) -> Result<Flows, QueueError> {
        let time = threshold(time_s)?;
        Ok(self.flows(time, |n| self.seen(n)))
    }

    fn wait_quantile_s(&self, wanted: f64) -> Result<f64, QueueError> {
        let left = 1.0 - quantile_share(wanted)?;
        let accepted = 1.0 - self.attempts()[1];
        let tail = |t: f64| {
            let flows = self.flows(t, |n| self.seen(n));
            1.0 - (flows.answered + flows.abandoned) / accepted
        };
        Ok(quantile(&tail, left, self.fresh.handle_time_s()))
    }

    fn answered_wait_quantile_s(&self, wanted: f64) -> Result<f64, QueueError> {
        let left = 1.0 - quantile_share(wanted)?;
        let [_, blocked, abandoned] = self.attempts();
        let answered = 1.0 - blocked - abandoned;
        let tail = |t: f64| 1.0 - self.flows(t, |n| self.seen(n)).answered / answered;
        Ok(quantile(&tail, left, self.fresh.handle_time_s()))
    }

    fn more(&self) -> Vec<(&'static str, f64)> {
        vec![
            ("attempts_per_customer", self.attempts_per_customer()),
            ("never_answered", self.never_answered()),
            ("waiting_to_call_again", self.mean_in_orbit()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::erlang_a;

    #[test]
    fn nobody_calls_again_is_erlang_a() {
        let load = Load::new(1.1, 5.0).unwrap();
        let none = Redials {
            mean_delay_s: 10.0,
            after_abandoning: 0.0,
            after_blocking: 0.0,
        };
        let queue = solve(load, 5, Some(3.0), None, none).unwrap();
        let exact = erlang_a::solve(load, 5, 3.0).unwrap();
        let (found, wanted) = (queue.within(1.5).unwrap(), exact.within(1.5).unwrap());
        assert!(
            (found.answered - wanted.answered).abs() < 1e-11,
            "{found:?} {wanted:?}"
        );
        assert!(
            (found.abandoned - wanted.abandoned).abs() < 1e-11,
            "{found:?} {wanted:?}"
        );
        assert!(
            (queue.wait_quantile_s(0.8).unwrap() - exact.wait_quantile_s(0.8).unwrap()).abs()
                < 1e-8
        );
    }

    #[test]
    fn stubborn_callers_need_enough_servers() {
        let stubborn = Redials {
            mean_delay_s: 10.0,
            after_abandoning: 1.0,
            after_blocking: 1.0,
        };
        let load = Load::new(1.1, 5.0).unwrap();
        assert!(matches!(
            solve(load, 5, Some(3.0), None, stubborn),
            Err(QueueError::Overload { .. })
        ));
        assert!(matches!(
            solve(load, 5, None, Some(5), stubborn),
            Err(QueueError::Overload { .. })
        ));
    }
}
