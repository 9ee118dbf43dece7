//! What it cost, and what its customers are worth.
//!
//! - [`cost`]: the books of a replication: every line, shared out to queues so that nothing is lost
//! - [`labour`]: what is paid for a group
//! - [`fixed`]: what is paid whatever a plan chooses
//! - `value`: what is lost and earned by the scenario's assumptions
//! - [`assumed`]: these assumptions in words
//! - `split`: amounts cut into parts that add up

pub mod assumed;
pub mod cost;
pub mod fixed;
pub mod labour;
mod split;
mod value;
