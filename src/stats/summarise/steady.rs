//! Whether a scenario that is the same at all times had come to rest when counting began.

use crate::stats::counts::{SteadyCounts, SteadyFigure as F};
use crate::stats::sample::Sample;
use crate::stats::student::t_exceeded_by;
use crate::stats::tally::QueueTally;

/// A scenario at rest is told otherwise in so many of all cases, in each of three ways.
const FALSE_ALARM: f64 = 0.001;
/// From the middle of the first tenth to that of the second half, and from one third to the next, as parts of the counted time.
const EARLY_TO_LATE: f64 = 0.7;
const THIRD: f64 = 1.0 / 3.0;

/// What of a queue speaks against a steady state.
///
/// # Formula
/// The numbers in the system at the ends of intervals, averaged over a part of the counted time, less those of another part: a
/// difference of each replication, held against zero by Student's t over replications. The last third against the second: still
/// growing. The first tenth against the second half: not yet at rest when counting began. What grows from the second third to the last
/// by more than half of what an even growth would bring is growing still.
///
/// # Source
/// L. W. Schruben, H. Singh, L. Tierney, "Optimal tests for initialization bias in simulation output", *Operations Research* 31 (1983),
/// 1167-1178, for the idea of testing an early part against a late one; here over independent replications.
pub(super) fn warning(name: &str, tally: &QueueTally, replications: u64) -> Option<String> {
    let sample = Sample::of::<SteadyCounts>(&tally.steady, replications);
    let limit = t_exceeded_by(FALSE_ALARM, replications)?;
    let part = |sum: F, ends: F| Part {
        sum,
        // The same in every replication.
        ends: sample.total(&[ends.once()]) / i128::from(replications),
        mean: sample.total(&[sum.once()]) as f64 / sample.total(&[ends.once()]).max(1) as f64,
    };
    let (early, late) = (part(F::Early, F::EarlyEnds), part(F::Late, F::LateEnds));
    let (middle, last) = (part(F::Middle, F::MiddleEnds), part(F::Last, F::LastEnds));
    if early.ends == 0 {
        return None;
    }
    let score = |own: &Part, other: &Part| {
        let difference = [
            (own.sum as usize, other.ends),
            (other.sum as usize, -own.ends),
        ];
        sample.score(&difference)
    };
    let unrest = score(&early, &late)?;
    let growth = late.mean - early.mean;
    let still = last.mean - middle.mean > 0.5 * growth * THIRD / EARLY_TO_LATE;
    if score(&last, &middle)? > limit || (unrest < -limit && still) {
        return Some(format!(
            "queue \"{name}\" is not stable: {:.1} contacts are there on average in the last third of the counted time, {:.1} in the \
             third before; more work comes than is done, or a steady state takes longer than the horizon",
            last.mean, middle.mean
        ));
    }
    (unrest.abs() > limit).then(|| {
        format!(
            "queue \"{name}\": the warm-up is too short: {:.1} contacts are there on average in the first tenth of the counted time, \
             {:.1} in its second half",
            early.mean, late.mean
        )
    })
}

/// A part of the counted time.
struct Part {
    sum: F,
    ends: i128,
    mean: f64,
}
