//! What it cost.

pub mod cost;
