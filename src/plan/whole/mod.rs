//! Whole columns near a choice in parts, where columns hang together: shifts with their duties and breaks. A search of its own, since programmes
//! of whole numbers take a solver minutes for a week of shifts: the same on any machine, and it ends after so much work.
//!
//! - [`landscape`]: what heads in cells are worth, and what a choice is worth that is changed column by column
//! - `ties`: which columns go together
//! - [`near`](mod@near): the search

pub(super) mod landscape;
pub(super) mod near;
#[cfg(all(test, feature = "optimise"))]
mod tests;
mod ties;
