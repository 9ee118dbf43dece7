//! The scoreboard of a validation as one JSON document.

use std::io::{self, Write};

use serde::Serialize;

use crate::study::validate::scoreboard::{Effort, Scoreboard};

/// The name and version of the layout; a change that breaks readers raises the number.
pub const SCHEMA: &str = "channelmix.validation/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    precision: f64,
    most_contacts: u64,
    seed: u64,
    agrees: bool,
    #[serde(flatten)]
    board: &'a Scoreboard,
}

/// Writes the scoreboard as indented JSON, closed by a line feed.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_json(board: &Scoreboard, effort: &Effort, out: &mut impl Write) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        precision: effort.precision,
        most_contacts: effort.most_contacts,
        seed: effort.seed,
        agrees: board.fit.agrees(),
        board,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
