//! What was promised, and what the interval says of it.

use crate::stats::estimate::Estimate;
use crate::stats::summary::{TargetSummary, Verdict};

/// On which side of its limit a figure should lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    AtLeast,
    AtMost,
}

/// A figure held against its limit.
pub(super) fn judged(measure: &str, limit: f64, side: Side, value: Estimate) -> TargetSummary {
    TargetSummary {
        measure: measure.to_owned(),
        limit,
        within_s: None,
        definition: None,
        clock: None,
        value,
        verdict: verdict(limit, side, value),
        days_met: None,
    }
}

fn verdict(limit: f64, side: Side, value: Estimate) -> Verdict {
    let (Some(lo), Some(hi)) = (value.lo, value.hi) else {
        return Verdict::Undecided;
    };
    let (met, missed) = match side {
        Side::AtLeast => (lo >= limit, hi < limit),
        Side::AtMost => (hi <= limit, lo > limit),
    };
    match (met, missed) {
        (true, _) => Verdict::Met,
        (false, true) => Verdict::Missed,
        (false, false) => Verdict::Undecided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_kept_or_broken_by_the_whole_interval_only() {
        let value = Estimate::around(0.8, 0.02);
        assert_eq!(verdict(0.78, Side::AtLeast, value), Verdict::Met);
        assert_eq!(verdict(0.79, Side::AtLeast, value), Verdict::Undecided);
        assert_eq!(verdict(0.83, Side::AtLeast, value), Verdict::Missed);
        assert_eq!(verdict(0.83, Side::AtMost, value), Verdict::Met);
        assert_eq!(verdict(0.77, Side::AtMost, value), Verdict::Missed);
        assert_eq!(
            verdict(0.1, Side::AtLeast, Estimate::point(0.8)),
            Verdict::Undecided
        );
    }
}
