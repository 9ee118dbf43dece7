//! `plan --what shifts`: which duties, when, by how many agents of which groups.
//!
//! - [`columns`](mod@columns): patterns as what a search chooses among
//! - [`cover`](mod@cover): heads by interval covered at least cost
//! - [`roster`]: named agents for the duties that were chosen
//! - [`search`](mod@search): the cheapest choice that keeps every promise, with the proof of its roster

pub mod columns;
pub mod cover;
pub mod roster;
pub mod search;
#[cfg(all(test, feature = "optimise"))]
mod tests;
