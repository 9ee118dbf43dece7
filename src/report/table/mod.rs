//! The summary as tables for a terminal: [`write`](write()).
//!
//! At most 120 columns wide wherever it is printed, without colour. Every figure is an estimate with half the width of its
//! 95 % confidence interval after `±`; `-` is nothing over nothing, `~` rests on too few events, and among the
//! differences `*` marks those whose interval excludes zero.

mod answers;
mod break_even;
pub(in crate::report) mod cell;
pub(super) mod compare;
mod costs;
mod coverage;
mod details;
mod differences;
mod grid;
mod groups;
pub(in crate::report) mod hiring;
mod issues;
pub(super) mod marginal;
pub(in crate::report) mod mix;
mod notes;
pub(in crate::report) mod plan;
pub(in crate::report) mod queues;
mod replay;
mod risk;
mod scoreboard;
mod sensitivity;
mod sweep;
mod trace;
mod write;

pub use answers::write as write_answers;
pub use break_even::write as write_break_even;
pub use compare::write as write_comparison;
pub use coverage::write as write_coverage;
pub(in crate::report) use details::{Sheet, details};
pub use hiring::{write as write_hiring, write_short as write_hiring_short};
pub use marginal::write as write_marginal;
pub use mix::write as write_mix;
pub use plan::{unmeetable, write as write_plan};
pub use replay::write as write_replay;
pub use risk::write as write_risk;
pub use scoreboard::write as write_scoreboard;
pub use sensitivity::write as write_sensitivity;
pub use sweep::write as write_sweep;
pub use trace::write as write_trace;
pub use write::write;
