//! M/G/1: one server, handle times of any law. The classic that shows how variability makes a queue.

use super::fault::QueueError;
use super::law::Law;
use super::load::Load;
use super::measures::{Flows, Measures, SteadyState, quantile, quantile_share, threshold};

/// Steps of the integral equation over the time asked for.
const FEWEST_STEPS: usize = 2_048;
const MOST_STEPS: usize = 8_192;
/// How far twice the step may be from it: what the extrapolation leaves is a small part of that.
const SETTLED: f64 = 1e-4;

/// M/G/1 with all its measures.
#[derive(Debug, Clone, PartialEq)]
pub struct OneServer {
    load: Load,
    service: Law,
}

/// A law that handle times can have.
pub(super) fn check_service(service: &Law) -> Result<(), QueueError> {
    service.check()?;
    match service {
        Law::Never => Err(QueueError::WrongLaw {
            what: "a time without end",
            reason: "handling has to end",
        }),
        Law::ExponentialOrBalk { .. } => Err(QueueError::WrongLaw {
            what: "leaving at once",
            reason: "it is a law of patience",
        }),
        Law::Exponential { .. }
        | Law::Constant { .. }
        | Law::Uniform { .. }
        | Law::Lognormal { .. }
        | Law::Gamma { .. }
        | Law::Hyperexponential { .. } => Ok(()),
    }
}

/// M/G/1 with all its measures.
///
/// # Formula
///
/// Mean wait W = λ E(S²) / (2(1 − ρ)) (Pollaczek-Khinchine); E(W²) = 2W² + λ E(S³) / (3(1 − ρ)) (Takács). The distribution solves
/// F(t) = 1 − ρ + λ ∫₀ᵗ F(t − u) P(S > u) du; it is found by the trapezoidal rule with extrapolation.
///
/// # Source
///
/// L. Takács, "A single-server queue with Poisson input", *Operations Research* 10 (1962); L. Kleinrock, *Queueing Systems* I (1975),
/// section 5.6.
///
/// # Examples
///
/// Exact handle times of 240 s, 12 an hour: W = (12/3600) 240² / (2 · 0.2) = 480 s, half the wait of M/M/1.
///
/// ```
/// use channelmix::queueing::{Law, SteadyState, mg_1};
/// let queue = mg_1::solve(12.0 / 3600.0, Law::Constant { value_s: 240.0 })?;
/// assert!((queue.measures().mean_wait_s - 480.0).abs() < 1e-9);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When the arrival rate is not above zero, the law makes no sense for a handle time, or the load is 1 or more.
pub fn solve(arrivals_per_s: f64, service: Law) -> Result<OneServer, QueueError> {
    check_service(&service)?;
    let load = Load::new(arrivals_per_s, service.mean_s())?;
    if load.erlangs() >= 1.0 {
        return Err(QueueError::Overload {
            offered: load.erlangs(),
            capacity: 1.0,
        });
    }
    Ok(OneServer { load, service })
}

impl OneServer {
    /// λ step P(S > u) at the steps of the rule; where it jumps, the mean of both sides.
    fn kernel(&self, t: f64, steps: usize) -> Vec<f64> {
        let step = t / steps as f64;
        let at = |index: usize| {
            let u = index as f64 * step;
            let both = self.service.survival(u) + self.service.survival(u * (1.0 - 1e-13));
            self.load.arrivals_per_s() * step * 0.5 * both
        };
        (0..=steps).map(at).collect()
    }

    /// P(W ≤ t) by the trapezoidal rule with this kernel.
    fn trapezoid(&self, kernel: &[f64]) -> f64 {
        let free = 1.0 - self.load.erlangs();
        let mut cdf = vec![free];
        for at in 1..kernel.len() {
            let pairs = kernel[1..at].iter().zip(cdf[1..].iter().rev());
            let inner: f64 = pairs.map(|(weight, value)| weight * value).sum();
            let sum = free + inner + 0.5 * kernel[at] * cdf[0];
            cdf.push(sum / (1.0 - 0.5 * kernel[0]));
        }
        cdf[kernel.len() - 1]
    }

    /// P(W ≤ t), with steps that are halved until the rule has settled.
    fn cdf(&self, t: f64) -> Result<f64, QueueError> {
        if t <= 0.0 {
            return Ok(1.0 - self.load.erlangs());
        }
        // P(W > t) ≤ E(W²) / t².
        let measures = self.measures();
        let spread = measures.wait_sd_s.unwrap_or(f64::INFINITY);
        if (measures.mean_wait_s / t).hypot(spread / t) < 1e-7 {
            return Ok(1.0);
        }
        let mut steps = FEWEST_STEPS;
        while steps <= MOST_STEPS {
            let kernel = self.kernel(t, steps);
            let every_other: Vec<f64> = kernel.iter().step_by(2).map(|part| 2.0 * part).collect();
            // Only where a step is a small part of a handle time can the rule be right.
            if kernel[0] < 1.0 {
                let (coarse, fine) = (self.trapezoid(&every_other), self.trapezoid(&kernel));
                if (fine - coarse).abs() < SETTLED {
                    return Ok((fine + (fine - coarse) / 3.0).min(1.0));
                }
            }
            steps *= 2;
        }
        Err(QueueError::TooLarge {
            what: format!("a wait of {t} s, many times the handle time"),
            instead: "ask for a shorter time",
        })
    }
}

impl SteadyState for OneServer {
    fn measures(&self) -> Measures {
        let [_, second, third] = self.service.moments();
        let (lambda, load) = (self.load.arrivals_per_s(), self.load.erlangs());
        let wait = lambda * second / (2.0 * (1.0 - load));
        let spread = wait * wait + lambda * third / (3.0 * (1.0 - load));
        Measures {
            wait_sd_s: Some(spread.sqrt()),
            ..Measures::where_nobody_leaves(lambda, load, 1, load, wait)
        }
    }

    /// Exact for constant handle times, by [`md_s`](super::md_s); else to nine digits for times of a few handle times and to five at least;
    /// refused where it would be less.
    fn within(&self, time_s: f64) -> Result<Flows, QueueError> {
        let time = threshold(time_s)?;
        if let Law::Constant { .. } = self.service {
            return super::md_s::solve(self.load, 1)?.within(time);
        }
        Ok(Flows {
            answered: self.cdf(time)?,
            abandoned: 0.0,
        })
    }

    fn wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        let left = 1.0 - quantile_share(share)?;
        let measures = self.measures();
        if measures.p_wait <= left {
            return Ok(0.0);
        }
        if let Law::Constant { .. } = self.service {
            return super::md_s::solve(self.load, 1)?.wait_quantile_s(share);
        }
        // Longer until it is far enough, and refused where that is too far.
        let mut far = measures.wait_if_delayed_s.unwrap_or(0.0);
        while 1.0 - self.cdf(far)? > left {
            far *= 1.5;
        }
        let tail = |t: f64| self.cdf(t).map_or(f64::NAN, |cdf| 1.0 - cdf);
        Ok(quantile(&tail, left, far))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_handle_times_are_mm1() {
        let queue = solve(0.8, Law::Exponential { mean_s: 1.0 }).unwrap();
        for t in [0.0, 0.1, 1.0, 10.0_f64] {
            let exact = 1.0 - 0.8 * (-0.2 * t).exp();
            let found = queue.within(t).unwrap().answered;
            assert!((found - exact).abs() < 1e-9, "{t}: {found} {exact}");
        }
        assert!((queue.measures().wait_sd_s.unwrap() - 24.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn laws_of_patience_and_overload_are_refused() {
        assert!(solve(1.0, Law::Never).is_err());
        assert!(
            solve(
                1.0,
                Law::ExponentialOrBalk {
                    balk: 0.1,
                    mean_s: 0.1
                }
            )
            .is_err()
        );
        assert!(matches!(
            solve(1.0, Law::Constant { value_s: 1.0 }),
            Err(QueueError::Overload { .. })
        ));
    }
}
