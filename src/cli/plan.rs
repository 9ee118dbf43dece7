//! `channelmix plan`

use super::exit::Failure;
use super::plan_arguments::{Plan, What};
use super::{plan_hiring, plan_staffing};

/// Searches for the cheapest way to keep every promise.
pub(crate) fn plan(asked: &Plan) -> Result<(), Failure> {
    match asked.what {
        What::Staffing => plan_staffing::staffing(asked),
        What::Hiring => plan_hiring::plan_hiring(asked),
        What::Shifts | What::Mix => {
            let reason = "--what: only staffing can be planned so far";
            Err(Failure::Usage(reason.to_owned()))
        }
    }
}
