//! The shifts that were chosen, with the roster that they make.

use std::io::{self, Write};

use super::document::Document;
use crate::plan::shifts::found::ShiftPlan;

const SCHEMA: &str = "channelmix.shifts/1";

/// Writes the shifts: a plan with `patterns`, `duties` and `roster`.
///
/// # Errors
/// When `out` can't be written.
pub fn write(found: &ShiftPlan, out: &mut impl Write) -> io::Result<()> {
    Document {
        schema: SCHEMA,
        content: found,
    }
    .write(out)
}
