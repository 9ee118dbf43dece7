//! A plan of weeks and months.

use std::io::{self, Write};

use super::document::Document;
use crate::plan::hiring::found::HiringPlan;

/// Writes cost, bound and gap, classes, weeks, the chain of arithmetic and the simulated weeks.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(plan: &HiringPlan, out: &mut impl Write) -> io::Result<()> {
    Document {
        schema: "channelmix.hiring/1",
        content: plan,
    }
    .write(out)
}
