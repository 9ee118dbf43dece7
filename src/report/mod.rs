//! Views of a [`Summary`](crate::stats::summary::Summary) and of what the other verbs found: terminal tables, JSON, CSV and charts.
//!
//! A writer lays out finished estimates and computes no statistics. What it writes is the same bytes for the same
//! summary: it looks at no clock, terminal, environment, path or thread count.
//!
//! | view | function |
//! | --- | --- |
//! | terminal table | [`table::write`] |
//! | JSON | [`json::write`] |
//! | CSV | [`csv::write_intervals`], [`csv::write_groups`], [`csv::write_summary`] |
//! | calendar files | [`ics::write_calendar`] |
//! | page for a browser | [`page::write`] |
//! | workbook (feature `xlsx`) | `workbook::write` |
//! | charts (feature `charts`) | `chart::draw_all` |

mod answer;
pub mod answers;
#[cfg(feature = "charts")]
pub mod chart;
pub mod csv;
mod definitions;
mod event_row;
mod figure;
#[cfg(test)]
mod fixture;
pub mod ics;
pub mod json;
mod material;
mod mix;
pub mod page;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod table;
#[cfg(feature = "xlsx")]
pub mod workbook;

pub use material::Material;
