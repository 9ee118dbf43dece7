//! `[plan]`: what a planner may choose, as a person writes it.

use super::mix_file::MixFile;
use super::read::table;

table! {
    /// What a planner may choose.
    PlanFile {
        /// Which channels to open and when, and how many people in which groups, within a budget.
        optional mix: MixFile,
    }
}
