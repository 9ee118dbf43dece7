//! Plans as workbooks: what was found in words and figures, and the tables behind it.
//!
//! - `front`: the first sheet of each: the answer, the figures that it rests on, what words mean
//! - [`write_plan`]: staffing: promises, groups, heads by interval, the way of the search
//! - [`write_shifts`]: the same, and the roster
//! - [`write_mix`]: a mix within a budget: the frontier, what to drop and to add first
//! - [`write_hiring`]: weeks and months: from contacts to money line by line, as formulas on prices that a reader may change

mod front;
mod hiring;
mod hiring_chain;
mod mix;
mod mix_rows;
mod roster;
mod staffing;
mod staffing_heads;
#[cfg(test)]
mod tests;

pub use hiring::write as write_hiring;
pub use mix::write as write_mix;
pub use staffing::{write as write_plan, write_shifts};
