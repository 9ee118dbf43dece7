//! A log played again.

use std::io::{self, Write};

use serde::Serialize;

use super::document::Document;
use crate::study::replay::compare::Comparison;
use crate::study::replay::read_off::{GroupFacts, QueueFacts, ReadOff};

#[derive(Serialize)]
struct Content<'a> {
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

/// Writes what was read off a log and the comparison.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(read_off: &ReadOff, comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    let left_out = read_off.left_out;
    let never = read_off.never_answered.iter();
    let content = Content {
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
    Document {
        schema: "channelmix.replay/1",
        content,
    }
    .write(out)
}
