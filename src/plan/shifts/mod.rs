//! `plan --what shifts`: which duties, when, by how many agents of which groups.
//!
//! - [`columns`](mod@columns): patterns as what a search chooses among
//! - [`found`]: patterns, duties and who works them, as they are told
//! - [`roster`]: named agents for the duties that were chosen
//! - [`search`](mod@search): the cheapest choice that keeps every promise, with the proof of its roster

pub mod columns;
pub mod found;
pub mod roster;
pub mod search;
#[cfg(all(test, feature = "optimise"))]
mod tests;
mod uncovered;
