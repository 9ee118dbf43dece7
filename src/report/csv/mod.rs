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
//! - [`write_comparison`] (`compare.csv`) and [`write_frontiers`] (`frontier.csv`): mixes against each other.
//! - [`write_marginal`] (`marginal.csv`): what one agent more or fewer is worth.
//! - [`write_mix`] (`mix.csv`): the mixes that are worth their cost within a budget.
//! - [`write_sweep_row`] (`sweep.csv`): a row a point: `point`, the keys varied, `targets`, then the figures as above.
//! - [`write_break_even`] (`break-even.csv`): the values tried of a key.
//! - [`write_risk`] (`risk.csv`): the worlds of a risk, a row a replication.
//! - [`write_sensitivity`] (`sensitivity.csv`): a row a figure, input and effect.
//! - [`write_plan`] (`plan.csv`): the heads of a plan, a row a group and interval.
//! - [`write_roster`] (`roster.csv`): who does what from when to when, a row a stretch of an agent's duty.
//! - [`write_trace`]: the events of a replication, one a row.

mod break_even;
mod compare;
mod flows;
mod hiring;
mod intervals;
mod marginal;
pub(in crate::report) mod measures;
mod mix;
mod plan;
mod risk;
mod roster;
mod sensitivity;
mod summary;
mod sweep;
mod trace;

pub use break_even::write as write_break_even;
pub use compare::{write_comparison, write_frontiers};
pub use flows::write_flows;
pub use hiring::{write as write_hiring, write_work as write_hiring_work};
pub use intervals::{write_groups, write_intervals};
pub use marginal::write as write_marginal;
pub use mix::write as write_mix;
pub use plan::write as write_plan;
pub use risk::write as write_risk;
pub use roster::write_roster;
pub use sensitivity::write_sensitivity;
pub use summary::write_summary;
pub use sweep::{SweepFileError, read_sweep, write_sweep_header, write_sweep_row};
pub use trace::write_trace;
