//! How often intervals hold the truth, as one JSON document.

use std::io::{self, Write};

use serde::Serialize;

use crate::study::validate::coverage::{CoverageEffort, CoverageTable};

/// The name and version of the layout; a change that breaks readers raises the number.
pub const SCHEMA: &str = "channelmix.coverage/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    experiments: u64,
    seed: u64,
    #[serde(flatten)]
    table: &'a CoverageTable,
}

/// Writes the table as indented JSON, closed by a line feed.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_json(
    table: &CoverageTable,
    effort: &CoverageEffort,
    out: &mut impl Write,
) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        experiments: effort.experiments,
        seed: effort.seed,
        table,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
