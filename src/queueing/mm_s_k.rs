//! M/M/s/K: K lines in all; who finds them taken is turned away, who gets in waits as long as it takes.

use super::fault::QueueError;
use super::law::Law;
use super::load::Load;
use super::offered_wait::SingleQueue;

/// Waiting places that so many lines leave.
pub(super) fn places(servers: u32, lines: u32) -> Result<u32, QueueError> {
    super::fault::servers(lines)?;
    lines
        .checked_sub(servers)
        .ok_or(QueueError::FewerLinesThanServers { lines, servers })
}

/// M/M/s/K with all its measures; `lines` counts contacts in hand and waiting.
///
/// # Formula
///
/// πₙ ∝ aⁿ/n! up to s servers and aˢ/s! (a/s)ⁿ⁻ˢ from there to K lines; P(block) = π(K). A contact that finds n ≥ s waits for
/// n − s + 1 of the exponential times of rate sμ. No load is too high.
///
/// # Source
///
/// D. Gross and others, *Fundamentals of Queueing Theory* (2008), section 2.5.
///
/// # Examples
///
/// Two servers, six lines, two erlangs: π₀ : π₁ : π₂ … = 1 : 2 : 2 : 2 : 2 : 2 : 2, so 2 of 13 are turned away.
///
/// ```
/// use channelmix::queueing::{Load, SteadyState, mm_s_k};
/// let measures = mm_s_k::solve(Load::new(2.0, 1.0)?, 2, 6)?.measures();
/// assert!((measures.p_block - 2.0 / 13.0).abs() < 1e-14);
/// assert!((measures.p_wait - 8.0 / 13.0).abs() < 1e-14);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When there are fewer lines than servers, or not 1 to 100,000 of both.
pub fn solve(load: Load, servers: u32, lines: u32) -> Result<SingleQueue, QueueError> {
    super::fault::servers(servers)?;
    SingleQueue::new(load, servers, Law::Never, Some(places(servers, lines)?))
}
