//! The observer that counts: from what the engine tells to integers by queue, group, interval and day.
//!
//! - `count`: the observer
//! - `integral`: numbers over time
//! - `level`: which contacts count for a service level
//! - `rules`: what is to be known of a queue
//! - `totals`: what is added up at the end

mod count;
mod integral;
mod level;
mod rules;
mod totals;

pub use count::{Counting, extent};
