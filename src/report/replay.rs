//! A log played again, as one JSON document.

use std::io::{self, Write};

use serde::Serialize;

use crate::study::replay::compare::Comparison;
use crate::study::replay::read_off::{GroupFacts, QueueFacts, ReadOff};

/// The name and version of the layout; a change that breaks readers raises the number.
pub const SCHEMA: &str = "channelmix.replay/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    scenario: &'a str,
    within_s: f64,
    log: LogFacts<'a>,
    queues: &'a [QueueFacts],
    groups: &'a [GroupFacts],
    comparison: &'a Comparison,
}

/// What of the log was not taken, or not as it stands.
#[derive(Serialize)]
struct LogFacts<'a> {
    left_out_by_map: u64,
    left_out_without_time: u64,
    left_out_out_of_order: u64,
    left_out_outside: u64,
    never_answered: Vec<Queue<'a>>,
    overlaps: u64,
    without_agent: u64,
}

#[derive(Serialize)]
struct Queue<'a> {
    name: &'a str,
    contacts: u64,
}

/// Writes what was read off a log and the comparison as indented JSON, closed by a line feed.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_json(
    read_off: &ReadOff,
    comparison: &Comparison,
    out: &mut impl Write,
) -> io::Result<()> {
    let left_out = read_off.left_out;
    let never = read_off.never_answered.iter();
    let document = Document {
        schema: SCHEMA,
        scenario: &read_off.name,
        within_s: read_off.within.as_seconds(),
        log: LogFacts {
            left_out_by_map: left_out.by_map,
            left_out_without_time: left_out.without_time,
            left_out_out_of_order: left_out.out_of_order,
            left_out_outside: left_out.outside,
            never_answered: never
                .map(|(name, contacts)| Queue {
                    name,
                    contacts: *contacts,
                })
                .collect(),
            overlaps: read_off.overlaps,
            without_agent: read_off.without_agent,
        },
        queues: &read_off.queues,
        groups: &read_off.groups,
        comparison,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
