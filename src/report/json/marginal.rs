//! What one agent more or fewer is worth.

use std::io::{self, Write};

use super::document::Document;
use crate::study::marginal::Marginal;

/// Writes what agents are worth at the margin.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(marginal: &Marginal, out: &mut impl Write) -> io::Result<()> {
    Document {
        schema: "channelmix.marginal/1",
        content: marginal,
    }
    .write(out)
}
