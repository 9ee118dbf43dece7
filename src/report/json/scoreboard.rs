//! The scoreboard of a validation.

use std::io::{self, Write};

use serde::Serialize;

use super::document::Document;
use crate::study::validate::scoreboard::{Effort, Scoreboard};

#[derive(Serialize)]
struct Content<'a> {
    precision: f64,
    most_contacts: u64,
    seed: u64,
    agrees: bool,
    #[serde(flatten)]
    board: &'a Scoreboard,
}

/// Writes the scoreboard.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(board: &Scoreboard, effort: &Effort, out: &mut impl Write) -> io::Result<()> {
    Document {
        schema: "channelmix.validation/1",
        content: Content {
            precision: effort.precision,
            most_contacts: effort.most_contacts,
            seed: effort.seed,
            agrees: board.fit.agrees(),
            board,
        },
    }
    .write(out)
}
