//! `channelmix plan`

use super::exit::Failure;
use super::plan_arguments::{Plan, What};
use super::{plan_hiring, plan_mix, plan_shifts, plan_staffing};

/// Searches for the cheapest way to keep every promise.
pub(crate) fn plan(asked: &Plan) -> Result<(), Failure> {
    match asked.what {
        What::Staffing => plan_staffing::staffing(asked),
        What::Hiring => plan_hiring::plan_hiring(asked),
        What::Mix => plan_mix::plan_mix(asked),
        What::Shifts => plan_shifts::plan_shifts(asked),
    }
}
