//! Counting in integers, and estimates with confidence intervals.
//!
//! One replication's [`counts::Counts`] are added to a [`tally::Tally`]; [`summarise`] makes a [`summary::Summary`] of it.

pub mod counts;
pub mod estimate;
pub mod histogram;
pub mod moments;
pub mod quantile;
pub mod sample;
pub mod student;
pub mod summarise;
pub mod summary;
pub mod tally;
