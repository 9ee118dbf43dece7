//! `[plan]`: what a planner may choose, as a person writes it.

use super::hiring_file::HiringPlanFile;
use super::read::table;

table! {
    /// What a planner may choose.
    PlanFile {
        /// Weeks and months: whom to hire when.
        optional hiring: HiringPlanFile,
    }
}
