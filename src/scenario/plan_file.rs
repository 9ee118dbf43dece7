//! `[plan]`: what a planner may choose, as a person writes it.

use super::hiring_file::HiringPlanFile;
use super::mix_file::MixFile;
use super::pattern_file::PatternFile;
use super::read::{Named, table};

table! {
    /// What a planner may choose.
    PlanFile {
        /// Shift patterns, each under its name.
        optional patterns: Named<PatternFile>,
        /// Which channels to open and when, and how many people in which groups, within a budget.
        optional mix: MixFile,
        /// Weeks and months: whom to hire when.
        optional hiring: HiringPlanFile,
        /// Whether a plan may leave customers who want an answer at once to nobody, in hours in which `staff` has somebody for them, where every
        /// promise still holds.
        optional unattended: bool,
    }
}
