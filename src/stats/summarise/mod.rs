//! From a tally to a summary: every figure an estimate with its interval.
//!
//! - [`labels`]: names and promises that the figures go with
//! - `queue`, `group`, `issue`, `money`, `variant`: the figures of each kind of thing

mod few;
mod group;
mod issue;
pub mod labels;
mod money;
mod queue;
mod steady;
mod target;
mod variant;

pub use labels::{BotLabel, GroupLabel, Labels, LevelLabel, QueueLabel, SlotLabel, VariantLabel};
pub use variant::variants;
