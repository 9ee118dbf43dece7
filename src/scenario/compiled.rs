//! What compiling gives: the base and its variants, each with its model, and when the run ends.

use super::hiring::HiringBrief;
use super::model::{Model, Staffing};

/// A scenario after all checks: the base as written, then its variants in order.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The scenario's name.
    pub name: String,
    /// ISO 4217 code of its currency.
    pub currency: String,
    /// The zone's name as written.
    pub time_zone: String,
    /// First day of the horizon, `2026-09-07`.
    pub start: String,
    /// The seed that the file gives.
    pub seed: u64,
    /// When the run ends.
    pub stopping: Stopping,
    /// `base` first, then the `[[variants]]`.
    pub variants: Vec<Variant>,
    /// What a reader should know that is no error, each with its place in the file.
    pub warnings: Vec<String>,
    /// Stable hash of the scenario's text and the content of its data files.
    pub fingerprint: u64,
}

/// A named change to a scenario, applied and compiled.
#[derive(Debug, Clone)]
pub struct Variant {
    /// `base` or as written.
    pub name: String,
    /// What the engine reads.
    pub model: Model,
    /// The file's own staffing.
    pub staffing: Staffing,
    /// What the reader of this variant's figures should know.
    pub warnings: Vec<String>,
    /// The weeks of `[plan.hiring]`.
    pub hiring: Option<HiringBrief>,
}

/// When a run ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stopping {
    /// After so many replications.
    Replications(u64),
    /// When the target metrics' half-widths are below this (relative for means, absolute for shares).
    Precision {
        /// The half-width to reach.
        half_width: f64,
        /// The most replications to run.
        max_replications: u64,
    },
}
