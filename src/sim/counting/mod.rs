//! The observer that counts: from what the engine tells to integers by queue, group, interval and day.
//!
//! - `count`: the observer
//! - `integral`: numbers over time
//! - `level`: which contacts count for a service level

mod count;
mod integral;
mod level;

pub use count::{Counting, extent};
