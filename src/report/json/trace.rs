//! The events of a replication.

use std::io::{self, Write};

use serde::Serialize;

use super::document::Document;
use crate::report::event_row::EventRow;
use crate::study::trace::Trace;

#[derive(Serialize)]
struct Content<'a> {
    scenario: &'a str,
    variant: &'a str,
    replication: u64,
    seed: u64,
    issues: u64,
    events: Vec<EventRow<'a>>,
}

/// Writes the events of a trace.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(trace: &Trace<'_>, out: &mut impl Write) -> io::Result<()> {
    let row = |event| EventRow::of(&trace.variant.model, event);
    let content = Content {
        scenario: trace.scenario,
        variant: &trace.variant.name,
        replication: trace.replication,
        seed: trace.seed,
        issues: trace.issues,
        events: trace.events.iter().map(row).collect(),
    };
    Document {
        schema: "channelmix.trace/1",
        content,
    }
    .write(out)
}
