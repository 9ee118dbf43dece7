//! What is likely where inputs are uncertain.

use std::io::{self, Write};

use super::document::Document;
use crate::study::risk::find::Risk;

/// Writes chances, likely ranges and the worst days.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(risk: &Risk, out: &mut impl Write) -> io::Result<()> {
    Document {
        schema: "channelmix.risk/1",
        content: risk,
    }
    .write(out)
}
