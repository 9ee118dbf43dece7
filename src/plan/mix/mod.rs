//! `plan --what mix`: which channels to open and when, which values to take and how many people to have within a budget.
//!
//! - [`heads`]: how many people a group may have, and who is then on duty when
//! - [`field`](mod@field): simulates mixes, all of them with the same customers, none of them twice
//! - [`walk`]: from many people to few, and better places nearby
//! - [`search`](mod@search): which mixes are worth their money
//! - [`proof`]: fresh customers for what was found and for the steps away from it; `sheet` is their figures
//! - [`plan`]: the whole of it, from what was asked to what is told
//! - [`found`]: what comes out

pub mod field;
pub mod found;
pub mod heads;
pub mod plan;
pub mod proof;
pub mod search;
mod sheet;
#[cfg(test)]
mod tests;
pub mod walk;
