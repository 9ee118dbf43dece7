//! The summary as CSV, for spreadsheets and scripts.
//!
//! Seconds end in `_s`, hours in `_h`, shares are 0..1. Every figure has its mean and the two ends of its 95 % confidence
//! interval; an empty cell is a figure that does not exist (nothing over nothing, or an interval from one replication).
//!
//! - [`write_intervals`] (`intervals.csv`): a row a variant, queue and interval: `variant, queue, weekday, start`, then
//!   `<measure>_mean, <measure>_lo, <measure>_hi` for every measure of
//!   [`QueueInterval`](crate::stats::summary::QueueInterval) by its name; `weekday` is empty where only the time of day counts.
//! - [`write_groups`] (`groups.csv`): the same of every [`GroupInterval`](crate::stats::summary::GroupInterval), with
//!   `group` for `queue`.
//! - [`write_summary`] (`summary.csv`): one figure a row: `variant, kind, name, measure, mean, lo, hi`. `kind` is `queue`,
//!   `group`, `channel`, `cost`, `value_assumed` or `demand`, or one of these with `_difference` for the variant less the base; the parts of a time are
//!   named `wait_s.p90`.
//! - [`write_flows`] (`flows.csv`): a row a variant and a way of issues: `variant, from, to, mean, lo, hi`.
//! - [`write_trace`]: the events of a replication, one a row.

mod flows;
mod intervals;
pub(in crate::report) mod measures;
mod summary;
mod trace;

pub use flows::write_flows;
pub use intervals::{write_groups, write_intervals};
pub use summary::write_summary;
pub use trace::write_trace;
