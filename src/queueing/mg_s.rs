//! M/G/s by approximation: several servers, handle times of any mean and variability.

use super::erlang_c::{self, ErlangC};
use super::fault::{QueueError, not_negative};
use super::load::Load;
use super::md_s;
use super::measures::{Flows, Measures, SteadyState, quantile_share, threshold};

/// Whose approximation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Allen and Cunneen: Erlang C times (1 + c²)/2.
    AllenCunneen,
    /// Kimura: between M/M/s and M/D/s.
    Kimura,
}

/// Where an approximation is poor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// The squared cv is above 4: two moments no longer say enough about the law.
    HighlyVariable,
    /// Few wait (below one in twenty): relative errors are large, absolute ones small.
    LightTraffic,
    /// Allen-Cunneen with steady handle times (c² below ½) at ten servers or more: too short by up to a fifth and more.
    SteadyAndMany,
}

impl Caution {
    /// What to tell.
    pub fn message(self) -> &'static str {
        match self {
            Self::HighlyVariable => {
                "handle times this variable (squared cv above 4) are not described by mean and cv alone; simulate instead"
            }
            Self::LightTraffic => {
                "so few wait that the relative error of this approximation is large"
            }
            Self::SteadyAndMany => {
                "with handle times this steady and many servers this approximation errs; Kimura's is closer"
            }
        }
    }
}

/// M/G/s by approximation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Approximation {
    method: Method,
    exponential: ErlangC,
    load: Load,
    servers: u32,
    squared_cv: f64,
    mean_wait_s: f64,
}

/// M/G/s by approximation: the mean wait by the method named, the share that waits from Erlang C, and an exponential wait of those who do.
///
/// # Formula
///
/// With c² the squared cv of the handle time. Allen-Cunneen: W ≈ (1 + c²)/2 · W(M/M/s). Kimura: W ≈ (1 + c²) / (2c² / W(M/M/s) +
/// (1 − c²) / W(M/D/s)), exact for c² of 0 and 1. P(W > t) ≈ C e^(−C t / W).
///
/// # Source
///
/// A. Allen, *Probability, Statistics, and Queueing Theory* (1990), section 5.5 (after Lee and Longton 1959); T. Kimura, "A two-moment
/// approximation for the mean waiting time in the GI/G/s queue", *Management Science* 32 (1986).
///
/// # Examples
///
/// For one server both are Pollaczek-Khinchine's exact wait: 0.8 · (1 + 0.25)/2 / 0.2 = 2.5 handle times at c² = ¼.
///
/// ```
/// use channelmix::queueing::{Load, SteadyState, mg_s};
/// for method in [mg_s::Method::AllenCunneen, mg_s::Method::Kimura] {
///     let queue = mg_s::solve(Load::new(0.8, 1.0)?, 1, 0.25, method)?;
///     assert!((queue.measures().mean_wait_s - 2.5).abs() < 1e-9);
/// }
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When the load is not below the number of servers, or the squared cv is below zero.
pub fn solve(
    load: Load,
    servers: u32,
    squared_cv: f64,
    method: Method,
) -> Result<Approximation, QueueError> {
    not_negative("the squared cv", squared_cv)?;
    let exponential = erlang_c::solve(load, servers)?;
    let random = exponential.measures().mean_wait_s;
    let mean_wait_s = match method {
        Method::AllenCunneen => 0.5 * (1.0 + squared_cv) * random,
        Method::Kimura => {
            let constant = md_s::solve(load, servers)?.measures().mean_wait_s;
            // Without waits at all the quotient has no value.
            if constant > 0.0 && random > 0.0 {
                (1.0 + squared_cv) / (2.0 * squared_cv / random + (1.0 - squared_cv) / constant)
            } else {
                0.5 * (1.0 + squared_cv) * random
            }
        }
    };
    Ok(Approximation {
        method,
        exponential,
        load,
        servers,
        squared_cv,
        mean_wait_s,
    })
}

impl Approximation {
    /// Where this approximation is poor, if it is here.
    pub fn caution(&self) -> Option<Caution> {
        let is_steady = self.squared_cv < 0.5 && self.servers >= 10;
        if self.squared_cv > 4.0 {
            Some(Caution::HighlyVariable)
        } else if self.exponential.measures().p_wait < 0.05 {
            Some(Caution::LightTraffic)
        } else if self.method == Method::AllenCunneen && is_steady {
            Some(Caution::SteadyAndMany)
        } else {
            None
        }
    }
}

impl SteadyState for Approximation {
    fn measures(&self) -> Measures {
        let exact = self.exponential.measures();
        Measures::where_nobody_leaves(
            self.load.arrivals_per_s(),
            self.load.erlangs(),
            self.servers,
            exact.p_wait,
            self.mean_wait_s,
        )
    }

    fn within(&self, time_s: f64) -> Result<Flows, QueueError> {
        let time = threshold(time_s)?;
        let measures = self.measures();
        let delayed = measures.wait_if_delayed_s.unwrap_or(0.0);
        let late = if delayed > 0.0 {
            measures.p_wait * (-time / delayed).exp()
        } else {
            0.0
        };
        Ok(Flows {
            answered: 1.0 - late,
            abandoned: 0.0,
        })
    }

    fn wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        let left = 1.0 - quantile_share(share)?;
        let measures = self.measures();
        let delayed = measures.wait_if_delayed_s.unwrap_or(0.0);
        Ok((delayed * (measures.p_wait / left).ln()).max(0.0))
    }

    fn caution(&self) -> Option<&'static str> {
        Self::caution(self).map(Caution::message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::mph_s::{self, TwoPhases};

    #[test]
    fn kimura_is_within_two_per_cent_of_exact_values() {
        for (number, erlangs) in [(2, 1.6), (5, 4.0), (50, 46.8)] {
            for service in [
                TwoPhases::erlang_2(1.0).unwrap(),
                TwoPhases::of_squared_cv(1.0, 2.0).unwrap(),
            ] {
                let exact = mph_s::solve(erlangs, number, service)
                    .unwrap()
                    .measures()
                    .mean_wait_s;
                let load = Load::new(erlangs, 1.0).unwrap();
                let kimura = solve(load, number, service.squared_cv(), Method::Kimura).unwrap();
                let error = kimura.measures().mean_wait_s / exact - 1.0;
                assert!(error.abs() < 0.03, "{number} {erlangs}: {error}");
                assert_eq!(kimura.caution(), None);
            }
        }
    }

    #[test]
    fn where_it_is_poor_it_says_so() {
        let caution = |erlangs: f64, servers, squared_cv| {
            let load = Load::new(erlangs, 1.0).unwrap();
            solve(load, servers, squared_cv, Method::AllenCunneen)
                .unwrap()
                .caution()
        };
        assert_eq!(caution(9.0, 10, 9.0), Some(Caution::HighlyVariable));
        assert_eq!(caution(2.0, 10, 1.0), Some(Caution::LightTraffic));
        assert_eq!(caution(95.0, 100, 0.1), Some(Caution::SteadyAndMany));
        assert_eq!(caution(9.0, 10, 1.0), None);
    }
}
