//! The summary as tables for a terminal: [`write`](write()).
//!
//! At most 120 columns wide wherever it is printed, without colour. Every figure is an estimate with half the width of its
//! 95 % confidence interval after `±`; `-` is nothing over nothing, `~` rests on too few events, and among the
//! differences `*` marks those whose interval excludes zero.

mod answers;
pub(in crate::report) mod cell;
mod costs;
mod coverage;
mod details;
mod differences;
mod grid;
mod groups;
mod issues;
mod notes;
pub(in crate::report) mod queues;
mod replay;
mod scoreboard;
mod trace;
mod write;

pub use answers::write as write_answers;
pub use coverage::write as write_coverage;
pub(in crate::report) use details::{Sheet, details};
pub use replay::write as write_replay;
pub use scoreboard::write as write_scoreboard;
pub use trace::write as write_trace;
pub use write::write;
