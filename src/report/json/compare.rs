//! Mixes against each other.

use std::io::{self, Write};

use super::document::Document;
use crate::study::compare::Comparison;

/// Writes a comparison.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    Document {
        schema: "channelmix.compare/1",
        content: comparison,
    }
    .write(out)
}
