//! Where two figures are equal.

use std::io::{self, Write};

use super::document::Document;
use crate::study::break_even::BreakEven;

/// Writes the answer and the values tried.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(found: &BreakEven, out: &mut impl Write) -> io::Result<()> {
    Document {
        schema: "channelmix.break-even/1",
        content: found,
    }
    .write(out)
}
