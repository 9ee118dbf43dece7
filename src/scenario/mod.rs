//! The scenario file: its format, units, defaults and checks, and compiling it to a [`model::Model`].
//!
//! Text → tree of values with places → tables as written → [`model::Compiled`]. A reader never stops at the first fault:
//! [`Problems`] are all of them. A variant edits the tree, which is then read and compiled again.

pub mod change;
mod compile;
pub mod compiled;
mod data;
mod days;
mod defaults;
mod file;
mod forget;
mod format;
mod forms;
mod group;
pub mod hiring;
mod hiring_file;
#[cfg(test)]
mod holiday_tests;
pub mod inputs;
pub mod journey;
mod journey_file;
mod law;
pub mod load;
pub mod log;
pub mod mix;
mod mix_file;
pub mod model;
pub mod money;
mod money_file;
pub mod name;
mod one_agent;
mod overload;
pub mod pattern;
mod pattern_file;
mod people;
#[cfg(test)]
mod people_tests;
mod plan_file;
pub mod planned;
pub mod planned_mix;
mod problem;
mod queue;
mod read;
mod rewrite;
pub mod roster;
#[cfg(test)]
mod sample;
mod scalar;
pub mod schema;
mod sheet;
mod skill;
mod staffing;
#[cfg(test)]
mod tests;
mod title;
mod tree;
pub mod uncertain;
#[cfg(test)]
mod uncertain_tests;
mod variant;
#[cfg(test)]
mod variant_tests;
pub mod vary;
mod words;

pub use compile::Ground;
pub use file::Scenario;
pub use name::name_hash;
pub use one_agent::Step;
pub use problem::{Problem, Problems};
pub use read::hint_of;
