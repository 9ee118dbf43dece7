//! What all documents have: a layout by name and version, and what they tell.

use std::io::{self, Write};

use serde::Serialize;

/// A document; a change of its layout that breaks readers raises the number in its schema's name.
#[derive(Serialize)]
pub(super) struct Document<T> {
    pub(super) schema: &'static str,
    #[serde(flatten)]
    pub(super) content: T,
}

impl<T: Serialize> Document<T> {
    /// Writes it with indentation, closed by a line feed.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        writeln!(out)
    }
}
