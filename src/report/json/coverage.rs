//! How often intervals hold the truth.

use std::io::{self, Write};

use serde::Serialize;

use super::document::Document;
use crate::study::validate::coverage::{CoverageEffort, CoverageTable};

#[derive(Serialize)]
struct Content<'a> {
    experiments: u64,
    seed: u64,
    #[serde(flatten)]
    table: &'a CoverageTable,
}

/// Writes the table of coverage.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(
    table: &CoverageTable,
    effort: &CoverageEffort,
    out: &mut impl Write,
) -> io::Result<()> {
    Document {
        schema: "channelmix.coverage/1",
        content: Content {
            experiments: effort.experiments,
            seed: effort.seed,
            table,
        },
    }
    .write(out)
}
