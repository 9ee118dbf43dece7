//! Searches: the cheapest staffing that keeps every promise, and what builds on it.
//!
//! - [`grid`]: the cells that can be chosen, heads of every group in every interval, and what they cost
//! - [`target`]: what must hold, as surpluses that have to be at least zero
//! - [`judge`]: simulates staffings, all of them with the same customers
//! - [`space`]: what a search chooses: heads by cell, shifts
//! - [`programme`]: linear programmes, whole numbers too, at least cost
//! - [`found`]: what a search for staffing found

pub mod found;
pub mod grid;
pub mod judge;
pub mod programme;
mod solver;
pub mod space;
pub mod target;
