//! Counting in integers, and estimates with confidence intervals.
//!
//! One replication's [`counts::Counts`] are added to a [`tally::Tally`]; [`summarise`] makes a [`summary::Summary`] of it.

pub mod chance;
pub mod counts;
mod deviations;
pub mod estimate;
pub mod events;
pub mod frontier;
mod group_summary;
pub mod histogram;
mod interval;
pub mod issue_counts;
pub mod issue_summary;
pub mod issue_tally;
pub mod joint;
pub mod measure;
pub mod moments;
pub mod money_counts;
pub mod money_line;
pub mod money_summary;
pub mod money_tally;
pub mod multiple;
pub mod named;
pub mod pair_tally;
pub mod quantile;
pub mod quantile_pair;
mod queue_summary;
pub mod sample;
pub mod student;
pub mod summarise;
pub mod summary;
pub mod tally;
mod target_summary;
pub mod within;
