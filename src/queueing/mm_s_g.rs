//! M/M/s+G: patience of any law. Its start matters most: who gives up at once, and how many do so within the usual wait.

use super::fault::QueueError;
use super::law::Law;
use super::load::Load;
use super::offered_wait::SingleQueue;

/// M/M/s+G with all its measures.
///
/// # Formula
///
/// With H(t) = ∫₀ᵗ (1 − G) the offered wait has the density v(t) = π sμ exp(λH(t) − sμt); P(abandon) = ∫ v G, mean wait ∫ v H,
/// answered within T = P(free) + ∫₀ᵀ v (1 − G).
///
/// # Source
///
/// F. Baccelli and G. Hebuterne, "On queues with impatient customers" (1981); S. Zeltyn and A. Mandelbaum, "Call centers with
/// impatient customers: many-server asymptotics of the M/M/n+G queue", *Queueing Systems* 51 (2005).
///
/// # Examples
///
/// One server, one erlang, a patience of exactly one handle time: v is flat up to it, so free : waiting : too late = 1 : 1 : 1, and
/// a third leaves.
///
/// ```
/// use channelmix::queueing::{Law, Load, SteadyState, mm_s_g};
/// let measures = mm_s_g::solve(Load::new(1.0, 1.0)?, 1, Law::Constant { value_s: 1.0 })?.measures();
/// assert!((measures.p_abandon - 1.0 / 3.0).abs() < 1e-13);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When there are not 1 to 100,000 servers, the law makes no sense, or nobody ever leaves and the load is too high.
pub fn solve(load: Load, servers: u32, patience: Law) -> Result<SingleQueue, QueueError> {
    SingleQueue::new(load, servers, patience, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::measures::{Definition, SteadyState};

    #[test]
    fn every_law_of_patience_has_finite_measures_at_any_size() {
        let laws = [
            Law::Constant { value_s: 0.01 },
            Law::Uniform {
                low_s: 0.0,
                high_s: 0.5,
            },
            Law::Lognormal {
                mean_s: 0.5,
                cv: 3.0,
            },
            Law::Gamma {
                mean_s: 0.5,
                cv: 0.5,
            },
            Law::Hyperexponential {
                phases: vec![(0.3, 0.01), (0.7, 2.0)],
            },
            Law::ExponentialOrBalk {
                balk: 0.2,
                mean_s: 1.0,
            },
        ];
        for law in laws {
            for servers in [1, 40, 100_000] {
                for load in [0.01, 0.95, 1.0, 1.3, 40.0] {
                    let load = Load::new(load * f64::from(servers), 1.0).unwrap();
                    let queue = solve(load, servers, law.clone()).unwrap();
                    let m = queue.measures();
                    let busy = m.occupancy * f64::from(servers) / load.erlangs();
                    assert!((busy + m.p_abandon - 1.0).abs() < 1e-10, "{law:?} {m:?}");
                    assert!(m.occupancy <= 1.0 + 1e-10, "{law:?} {m:?}");
                    let p90 = queue.wait_quantile_s(0.9).unwrap();
                    assert!(p90.is_finite() && p90 >= 0.0);
                }
            }
        }
    }

    #[test]
    fn patience_without_end_is_erlang_c_and_may_be_too_much() {
        let load = Load::new(4.0, 1.0).unwrap();
        let queue = solve(load, 5, Law::Never).unwrap().measures();
        let exact = crate::queueing::erlang_c::solve(load, 5)
            .unwrap()
            .measures();
        assert!((queue.mean_wait_s / exact.mean_wait_s - 1.0).abs() < 1e-12);
        assert!(matches!(
            solve(load, 4, Law::Never),
            Err(QueueError::Overload { .. })
        ));
    }

    #[test]
    fn patience_far_shorter_than_the_wait_is_not_missed() {
        // Nearly nobody waits so short a time, so all who find no server free leave: what is answered is what is free.
        for (servers, erlangs, wait_scales) in [(43_555, 62_951.0, 1e-3), (40, 52.0, 1e-5)] {
            let mean_s = wait_scales / f64::from(servers);
            let laws = [
                Law::Exponential { mean_s },
                Law::Lognormal { mean_s, cv: 0.075 },
                Law::Gamma { mean_s, cv: 0.075 },
                Law::Hyperexponential {
                    phases: vec![(0.5, 0.5 * mean_s), (0.5, 1.5 * mean_s)],
                },
            ];
            for law in laws {
                let load = Load::new(erlangs, 1.0).unwrap();
                let queue = solve(load, servers, law.clone()).unwrap();
                let m = queue.measures();
                let busy = m.occupancy * f64::from(servers) / erlangs;
                assert!((busy + m.p_abandon - 1.0).abs() < 1e-12, "{law:?} {m:?}");
                // Whoever is not answered after eleven times the patience has left.
                let level = queue.service_levels(11.0 * mean_s, mean_s).unwrap();
                let answered = level.by(Definition::Answered).unwrap();
                assert!((answered - 1.0).abs() < 1e-6, "{law:?} {answered:e}");
            }
        }
    }

    #[test]
    fn laws_beyond_the_stated_range_are_refused() {
        let load = Load::new(4.0, 1.0).unwrap();
        for cv in [0.0, 9e-4, 101.0, f64::NAN, f64::INFINITY] {
            let refused = |law| matches!(solve(load, 4, law), Err(QueueError::OutOfRange { .. }));
            assert!(refused(Law::Lognormal { mean_s: 1.0, cv }), "{cv}");
            assert!(refused(Law::Gamma { mean_s: 1.0, cv }), "{cv}");
        }
        assert!(matches!(
            Load::new(1e7, 1.1),
            Err(QueueError::LoadOutOfRange { .. })
        ));
    }
}
