//! The observer that counts: from what the engine tells to integers by queue, group, interval and day.
//!
//! - `answered`: what answered contacts count
//! - `count`: the observer
//! - `queue`, `group`: what contacts and agents count
//! - `integral`: numbers over time
//! - `issue`: what issues and bots count
//! - `level`: which contacts count for a service level
//! - `money`: what money is reckoned from
//! - `rules`: what is to be known of a queue
//! - `totals`: what is added up at the end
//! - `window`: the part of the horizon that counts

mod answered;
mod count;
mod group;
mod integral;
mod issue;
mod level;
mod money;
mod queue;
mod rules;
mod totals;
mod window;

pub use count::{Counting, extent};
