//! M/M/s/K+M: K lines in all, and those who wait leave after an exponential patience.

use super::fault::QueueError;
use super::law::Law;
use super::load::Load;
use super::mm_s_k::places;
use super::offered_wait::SingleQueue;

/// M/M/s/K+M with all its measures; `lines` counts contacts in hand and waiting.
///
/// # Formula
///
/// A birth-death chain: λ up, min(n, s)μ + max(0, n − s)θ down, up to K. The offered wait of an accepted contact has the density
/// π sμ e^(−sμt) Σ_{j<K−s} yʲ/j! with y = λ(1 − e^(−θt))/θ.
///
/// # Source
///
/// A. Movaghar, "On queueing with customer impatience until the beginning of service", *Queueing Systems* 29 (1998).
///
/// # Examples
///
/// One server, two lines, all rates one: π = 1 : 1 : ½, so a fifth is turned away.
///
/// ```
/// use channelmix::queueing::{Load, SteadyState, mm_s_k_m};
/// let measures = mm_s_k_m::solve(Load::new(1.0, 1.0)?, 1, 2, 1.0)?.measures();
/// assert!((measures.p_block - 0.2).abs() < 1e-14);
/// assert!((measures.p_abandon - 0.2).abs() < 1e-14);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When there are fewer lines than servers, not 1 to 100,000 of both, or the mean patience is not above zero.
pub fn solve(
    load: Load,
    servers: u32,
    lines: u32,
    mean_patience_s: f64,
) -> Result<SingleQueue, QueueError> {
    super::fault::servers(servers)?;
    let patience = Law::Exponential {
        mean_s: mean_patience_s,
    };
    SingleQueue::new(load, servers, patience, Some(places(servers, lines)?))
}
