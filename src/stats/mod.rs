//! Counting in integers, and estimates with confidence intervals.

pub mod estimate;
pub mod summary;
