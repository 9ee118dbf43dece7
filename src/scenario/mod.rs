//! The scenario file: its format, units, defaults and checks, and compiling it to a [`model::Model`].
//!
//! Text → tree of values with places → tables as written → [`model::Compiled`]. A reader never stops at the first fault:
//! [`Problems`] are all of them. A variant edits the tree, which is then read and compiled again.

mod compile;
pub mod compiled;
mod data;
mod defaults;
mod file;
mod forget;
mod format;
mod forms;
#[cfg(test)]
mod holiday_tests;
pub mod inputs;
pub mod journey;
mod journey_file;
mod law;
mod load;
pub mod log;
pub mod model;
pub mod money;
mod money_file;
pub mod name;
mod people;
#[cfg(test)]
mod people_tests;
mod problem;
mod read;
mod scalar;
pub mod schema;
mod sheet;
mod staffing;
#[cfg(test)]
mod tests;
mod title;
mod tree;
mod variant;
#[cfg(test)]
mod variant_tests;

pub use file::Scenario;
pub use name::name_hash;
pub use problem::{Problem, Problems};
pub use read::hint_of;
