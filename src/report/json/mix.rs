//! The best mix within a budget.

use std::io::{self, Write};

use super::document::Document;
use crate::plan::mix::found::MixPlan;

/// Writes the best mix, the frontier, and what to drop or to add first.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(plan: &MixPlan, out: &mut impl Write) -> io::Result<()> {
    Document {
        schema: "channelmix.mix/1",
        content: plan,
    }
    .write(out)
}
