//! The observer that counts: from what the engine tells to integers by queue, group, interval and day.
//!
//! - `count`: the observer
//! - `level`: which contacts count for a service level

mod count;
mod level;

pub use count::{Counting, extent};
