//! Shares of times that are no longer than given ones: a distribution in few numbers, for drawing.

use serde::Serialize;

use super::estimate::Estimate;
use super::histogram::LONGEST;
use super::interval::{logit_interval, none_or_all_interval};
use super::quantile::{QuantileTally, Wide};
use super::student::t_quantile;

/// The share of contacts whose time is no longer than this.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ShareWithin {
    /// The time.
    pub within_s: f64,
    /// The share.
    pub share: Estimate,
}

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;

/// The times at which a distribution is told: of seconds, minutes, hours and days, as people count them.
const EDGES: [f64; 48] = [
    0.0,
    1.0,
    2.0,
    3.0,
    5.0,
    7.5,
    10.0,
    15.0,
    20.0,
    30.0,
    45.0,
    MINUTE,
    1.5 * MINUTE,
    2.0 * MINUTE,
    3.0 * MINUTE,
    4.0 * MINUTE,
    5.0 * MINUTE,
    7.5 * MINUTE,
    10.0 * MINUTE,
    15.0 * MINUTE,
    20.0 * MINUTE,
    30.0 * MINUTE,
    45.0 * MINUTE,
    HOUR,
    1.5 * HOUR,
    2.0 * HOUR,
    3.0 * HOUR,
    4.0 * HOUR,
    5.0 * HOUR,
    6.0 * HOUR,
    8.0 * HOUR,
    10.0 * HOUR,
    12.0 * HOUR,
    15.0 * HOUR,
    18.0 * HOUR,
    DAY,
    1.5 * DAY,
    2.0 * DAY,
    2.5 * DAY,
    3.0 * DAY,
    4.0 * DAY,
    5.0 * DAY,
    7.0 * DAY,
    10.0 * DAY,
    14.0 * DAY,
    21.0 * DAY,
    28.0 * DAY,
    56.0 * DAY,
];

impl<W: Wide> QuantileTally<W> {
    /// The distribution at times from 0 to 56 days, up to the first that no contact exceeds; nothing where there are no contacts.
    pub fn shares_within(&self, replications: u64) -> Vec<ShareWithin> {
        let mut shares = Vec::new();
        for within_s in EDGES {
            let share = self.share_within(within_s, replications);
            let Some(mean) = share.mean else {
                break;
            };
            shares.push(ShareWithin { within_s, share });
            if mean >= 1.0 {
                break;
            }
        }
        shares
    }

    /// The share of values up to so many seconds, interpolated within its bin.
    ///
    /// Its interval is that of a ratio of sums over replications, even on the logit scale, with the deviations at the upper edge of
    /// the bin.
    pub fn share_within(&self, seconds: f64, replications: u64) -> Estimate {
        if self.total() == 0 {
            return Estimate::NONE;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "weeks in microseconds"
        )]
        let bin = self
            .bins()
            .index((seconds * 1e6).min(LONGEST as f64) as u64);
        let (lower, upper) = self.bins().edges(bin);
        let part = if upper > lower {
            ((seconds * 1e6 - lower) / (upper - lower)).clamp(0.0, 1.0)
        } else {
            1.0
        };
        let below = bin.checked_sub(1).map_or(0.0, |bin| self.share_below(bin));
        let share = below + part * (self.share_below(bin) - below);
        let Some(t) = t_quantile(replications) else {
            return Estimate::point(share);
        };
        let error = self.standard_error(bin, replications);
        if share <= 0.0 || share >= 1.0 {
            none_or_all_interval(share.clamp(0.0, 1.0), self.total() as f64)
        } else if error > 0.0 {
            logit_interval(share, t * error)
        } else {
            Estimate::around(share, 0.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::histogram::{Bins, FineHistogram};

    fn tally(of: &[&[u64]]) -> QuantileTally {
        let mut tally = QuantileTally::new(Bins::FINE);
        for seconds in of {
            let mut values = FineHistogram::default();
            seconds
                .iter()
                .for_each(|second| values.record(second * 1_000_000));
            tally.add(&values);
        }
        tally
    }

    #[test]
    fn shares_are_those_counted() {
        let tally = tally(&[&[0, 0, 4, 8], &[0, 4, 8, 40]]);
        let share = |seconds| tally.share_within(seconds, 2).mean.unwrap();
        for (seconds, counted) in [(0.0, 3.0), (3.0, 3.0), (5.0, 5.0), (10.0, 7.0), (45.0, 8.0)] {
            assert!((share(seconds) - counted / 8.0).abs() < 1e-12, "{seconds}");
        }
    }

    #[test]
    fn a_distribution_ends_with_the_first_time_that_holds_all() {
        let shares = tally(&[&[0, 0, 4, 8], &[0, 4, 8, 40]]).shares_within(2);
        let last = shares.last().unwrap();
        assert!((last.within_s - 45.0).abs() < 1e-12 && last.share.mean == Some(1.0));
        assert!(shares.is_sorted_by(|a, b| a.share.mean <= b.share.mean));
        assert_eq!(QuantileTally::<u128>::new(Bins::FINE).shares_within(2), []);
    }

    #[test]
    fn intervals_hold_the_share_and_stay_between_none_and_all() {
        for shares in [
            tally(&[&[0, 0, 4, 8], &[0, 4, 8, 40]]).shares_within(2),
            tally(&[&[1, 2, 3], &[1, 2, 90], &[5, 5, 5]]).shares_within(3),
        ] {
            for ShareWithin { share, .. } in shares {
                let (lo, mean, hi) = (share.lo.unwrap(), share.mean.unwrap(), share.hi.unwrap());
                assert!(0.0 <= lo && lo <= mean && mean <= hi && hi <= 1.0);
            }
        }
        let one = tally(&[&[0, 4]]).share_within(1.0, 1);
        assert_eq!((one.mean, one.lo, one.hi), (Some(0.5), None, None));
    }
}
