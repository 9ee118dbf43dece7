//! Erlang A, M/M/s+M: those who wait leave after an exponential patience. The everyday model of a telephone queue.

use super::fault::QueueError;
use super::law::Law;
use super::load::Load;
use super::offered_wait::SingleQueue;

/// M/M/s+M with all its measures.
///
/// # Formula
///
/// With patience of rate θ the offered wait has the density v(t) = π sμ exp(λ(1 − e^(−θt))/θ − sμt), π = P(all busy, nobody
/// waits), and P(abandon) = ∫ v(t)(1 − e^(−θt)) dt, mean wait = P(abandon) / θ, answered within T = P(free) + ∫₀ᵀ v(t) e^(−θt) dt.
///
/// # Source
///
/// C. Palm (1946); A. Mandelbaum and S. Zeltyn, "Service engineering in action: the Palm/Erlang-A queue", in *Advances in
/// Services Innovations* (2007).
///
/// # Examples
///
/// Where patience and handle time have the same mean, the number in the system is Poisson: one server and one erlang make
/// P(wait) = 1 − 1/e, and P(abandon) = 1/e.
///
/// ```
/// use channelmix::queueing::{Load, SteadyState, erlang_a};
/// let measures = erlang_a::solve(Load::new(0.01, 100.0)?, 1, 100.0)?.measures();
/// assert!((measures.p_wait - (1.0 - (-1.0_f64).exp())).abs() < 1e-13);
/// assert!((measures.p_abandon - (-1.0_f64).exp()).abs() < 1e-13);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When there are not 1 to 100,000 servers, or the mean patience is not above zero.
pub fn solve(load: Load, servers: u32, mean_patience_s: f64) -> Result<SingleQueue, QueueError> {
    let patience = Law::Exponential {
        mean_s: mean_patience_s,
    };
    SingleQueue::new(load, servers, patience, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::measures::SteadyState;

    #[test]
    fn every_size_and_load_has_finite_measures_that_balance() {
        for servers in [1, 2, 10, 1_000, 100_000] {
            for load in [1e-6, 0.5, 0.99, 1.0, 1.5, 100.0] {
                for patience in [0.001, 1.0, 1e6] {
                    let load = Load::new(load * f64::from(servers), 1.0).unwrap();
                    let queue = solve(load, servers, patience).unwrap();
                    let m = queue.measures();
                    let all = [
                        m.p_wait,
                        m.p_abandon,
                        m.mean_wait_s,
                        m.queue_length,
                        m.occupancy,
                    ];
                    assert!(all.iter().all(|x| x.is_finite() && *x >= 0.0), "{m:?}");
                    assert!(m.occupancy <= 1.0 + 1e-12, "{m:?}");
                    // Those who leave do so at rate θ each (up to what is next to nothing).
                    let balance = m.mean_wait_s / patience - m.p_abandon;
                    assert!(balance.abs() < 1e-11, "{m:?} {balance}");
                    let busy = m.occupancy * f64::from(servers);
                    assert!(
                        (busy / load.erlangs() + m.p_abandon - 1.0).abs() < 1e-11,
                        "{m:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn nonsense_is_refused() {
        let load = Load::new(1.0, 1.0).unwrap();
        for patience in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(solve(load, 3, patience).is_err());
        }
        assert!(solve(load, 0, 1.0).is_err());
        assert!(Load::new(f64::NAN, 1.0).is_err());
        assert!(Load::new(1.0, 0.0).is_err());
    }
}
