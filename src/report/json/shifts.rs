//! The shifts that were chosen: a plan of heads, and the duties that bring them.

use std::io::{self, Write};

use serde::Serialize;

use super::document::Document;
use super::plan::{Content, content};
use crate::plan::shifts::found::{DutyPlan, PatternPlan, ShiftPlan};

const SCHEMA: &str = "channelmix.shifts/1";

#[derive(Serialize)]
struct Shifts<'a> {
    #[serde(flatten)]
    plan: Content<'a>,
    patterns: &'a [PatternPlan],
    duties: &'a [DutyPlan],
}

/// Writes the shifts: the keys of a plan, with `patterns` and `duties`.
///
/// # Errors
/// When `out` can't be written.
pub fn write(found: &ShiftPlan, out: &mut impl Write) -> io::Result<()> {
    Document {
        schema: SCHEMA,
        content: Shifts {
            plan: content(&found.plan),
            patterns: &found.patterns,
            duties: &found.duties,
        },
    }
    .write(out)
}
