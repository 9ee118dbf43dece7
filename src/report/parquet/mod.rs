//! Tables as Parquet, for those who read many of them (feature `parquet`): the same columns as the CSV, with their types.
//!
//! Numbers are 64-bit floating point, counts and numbers of things 64-bit integers, words UTF-8; what a CSV leaves empty is null.
//!
//! - `file`: columns to a file
//! - `sweep`, `trace`: what stands in them

mod file;
mod sweep;
#[cfg(test)]
mod tests;
mod trace;

pub use sweep::write as write_sweep;
pub use trace::write as write_trace;
