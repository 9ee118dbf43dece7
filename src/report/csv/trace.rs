//! The events of a replication.

use std::io::{self, Write};

use crate::report::event_row::{COLUMNS, EventRow};
use crate::study::trace::Trace;

/// Writes the events of a trace, one a row. Every column is there in every row, empty where it does not belong to the event.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_trace(trace: &Trace<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(out);
    writer.write_record(COLUMNS).map_err(plain)?;
    for event in &trace.events {
        let row = EventRow::of(&trace.variant.model, event);
        writer.serialize(row).map_err(plain)?;
    }
    writer.flush()
}

/// The error of what is written to, whose kind says whether somebody has stopped reading.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
