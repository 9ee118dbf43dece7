//! The events of a replication, with the columns of the CSV.

use std::io::{self, Write};

use serde_json::Value as Json;

use super::file::{self, Kind, Values};
use crate::report::event_row::{COLUMNS, EventRow};
use crate::study::trace::{Event, Trace};

/// Rows that are laid out at once.
const GROUP: usize = 100_000;
/// Columns of whole numbers; those of seconds end in `_s`, all others hold words.
const WHOLE: [&str; 6] = ["issue", "contact", "agent", "ahead", "heads", "present"];

/// Writes the events of a trace, one a row.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(trace: &Trace<'_>, out: &mut (impl Write + Send)) -> io::Result<()> {
    let columns: Vec<(String, Kind)> = COLUMNS
        .iter()
        .map(|name| ((*name).to_owned(), kind(name)))
        .collect();
    let mut groups = trace.events.chunks(GROUP);
    let mut failed = None;
    let next = || match groups.next().map(|events| values(trace, events))? {
        Ok(values) => Some(values),
        Err(error) => {
            failed = Some(error);
            None
        }
    };
    file::write(&columns, next, out)?;
    failed.map_or(Ok(()), |error| Err(error.into()))
}

fn kind(column: &str) -> Kind {
    if WHOLE.contains(&column) {
        Kind::Whole
    } else if column.ends_with("_s") {
        Kind::Number
    } else {
        Kind::Text
    }
}

fn values(trace: &Trace<'_>, events: &[Event]) -> serde_json::Result<Vec<Values>> {
    let mut columns: Vec<Values> = COLUMNS.iter().map(|name| kind(name).values()).collect();
    for event in events {
        let row = serde_json::to_value(EventRow::of(&trace.variant.model, event))?;
        for (name, column) in COLUMNS.iter().zip(&mut columns) {
            let cell = row.get(*name);
            match column {
                Values::Whole(values) => values.push(cell.and_then(Json::as_i64)),
                Values::Number(values) => values.push(cell.and_then(Json::as_f64)),
                Values::Text(values) => values.push(cell.and_then(Json::as_str).map(str::to_owned)),
            }
        }
    }
    Ok(columns)
}
