//! An agent's duties as a calendar file, which phones and desktops read.

use std::fmt::Write as _;
use std::io::{self, Write};

use ics::properties::{Description, DtEnd, DtStart, Summary};
use ics::{Event, ICalendar, escape_text};

use super::material::Material;
use crate::scenario::roster::{self, RosterActivity, RosterRow};
use crate::time::{Calendar, SimTime};

/// Writes an event for each duty of these rows of the agent `id`, unlike those of any other, with its breaks in words. Times are universal, or the wall clock's where the scenario has no zone. Stamped
/// with the first moment of the horizon, so that the same roster is the same file.
///
/// # Source
/// RFC 5545, Internet Calendaring and Scheduling Core Object Specification (2009), sections 3.4 and 3.6.1.
///
/// # Errors
/// When `out` fails.
pub fn write_calendar(
    id: &str,
    rows: &[RosterRow],
    calendar: &Calendar,
    out: &mut impl Write,
) -> io::Result<()> {
    let maker = format!("-//channelmix//channelmix {}//EN", Material::VERSION);
    let mut file = ICalendar::new("2.0", maker);
    let stamp = universal(calendar, SimTime::START);
    for duty in roster::duties(rows) {
        let (Some(first), Some(last)) = (duty.first(), duty.last()) else {
            continue;
        };
        let begins = universal(calendar, first.from);
        let mut event = Event::new(format!("{id}-{begins}@channelmix"), stamp.clone());
        event.push(DtStart::new(moment(calendar, first.from)));
        event.push(DtEnd::new(moment(calendar, last.to)));
        event.push(Summary::new(escape_text(first.group.clone())));
        let breaks = breaks(duty, calendar);
        if !breaks.is_empty() {
            event.push(Description::new(escape_text(breaks)));
        }
        file.add_event(event);
    }
    file.write(out)
}

/// Letters and digits of a name, with dashes for the rest: for files.
pub fn slug(name: &str) -> String {
    let dashed: String = name
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect();
    dashed.to_lowercase()
}

fn breaks(duty: &[RosterRow], calendar: &Calendar) -> String {
    let mut text = String::new();
    for row in duty {
        if row.activity != RosterActivity::Work {
            let clock = |at| calendar.wall_clock(at).strftime("%H:%M").to_string();
            let name = row.activity.name();
            let separator = if text.is_empty() { "" } else { "\n" };
            let _ = write!(
                text,
                "{separator}{name} {} to {}",
                clock(row.from),
                clock(row.to)
            );
        }
    }
    text
}

fn universal(calendar: &Calendar, at: SimTime) -> String {
    calendar.moment(at).strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn moment(calendar: &Calendar, at: SimTime) -> String {
    if calendar.is_universal() {
        let wall = calendar.wall_clock(at);
        return wall.strftime("%Y%m%dT%H%M%S").to_string();
    }
    universal(calendar, at)
}
