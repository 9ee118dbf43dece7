//! `channelmix plan`

use super::exit::Failure;
use super::plan_arguments::{Plan, What};
use super::plan_staffing;

/// Searches for the cheapest way to keep every promise.
pub(crate) fn plan(asked: &Plan) -> Result<(), Failure> {
    match asked.what {
        What::Staffing => plan_staffing::staffing(asked),
        What::Shifts | What::Mix | What::Hiring => {
            let reason = "--what: only staffing can be planned so far";
            Err(Failure::Usage(reason.to_owned()))
        }
    }
}
