//! Days and their parts, as a person writes them: dates, holidays, the zone and the interval.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::json_schema;

use super::forms::{DateText, date};
use super::read::{Read, Reader, nearest};
use super::scalar::{PositiveDuration, duration_schema};
use super::schema::schemas;
use super::tree::{Entry, Node, Value};
use crate::time::SimDuration;

/// A date.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day(pub(crate) Date);

impl Read for Day {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = match &node.value {
            Value::Text(text) | Value::Moment(text) => text.trim(),
            _ => "",
        };
        match date(text) {
            DateText::Date(date) => return Some(Self(date)),
            DateText::NotThere => {
                reader.report(&node.span, format!("the date {text} does not exist"));
            }
            DateText::NotADate => reader.mistyped(node, "a date such as \"2026-09-07\""),
        }
        None
    }
}

/// Dates that are not like others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holidays(pub(crate) BTreeSet<Date>);

impl Read for Holidays {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let dates = match &node.value {
            Value::List(items) => reader.list::<Day>(items)?,
            Value::Table(table) => {
                let day = |reader: &mut Reader, entry: &Entry| {
                    let key = Node {
                        span: entry.key_span.clone(),
                        value: Value::Text(entry.key.clone()),
                    };
                    reader.within(&entry.key, |reader| {
                        let date = Day::read(&key, reader)?;
                        String::read(&entry.node, reader)?;
                        Some(reader.at(&entry.key_span, date))
                    })
                };
                let read: Vec<_> = table
                    .entries
                    .iter()
                    .map(|entry| day(reader, entry))
                    .collect();
                read.into_iter().collect::<Option<Vec<_>>>()?
            }
            _ => {
                reader.mistyped(
                    node,
                    "a list of dates, or a table such as { \"2026-10-03\" = \"Unity Day\" }",
                );
                return None;
            }
        };
        let mut holidays = BTreeSet::new();
        for date in &dates {
            if !holidays.insert(date.value.0) {
                let message = format!("the date {} is named twice", date.value.0);
                reader.report_at(&date.place, message, None);
            }
        }
        Some(Self(holidays))
    }
}

/// A time zone and its name as written.
#[derive(Debug, Clone)]
pub(crate) struct Zone(pub(crate) TimeZone, pub(crate) String);

impl Read for Zone {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Some(name) = node.as_text() else {
            reader.mistyped(node, "a time zone such as \"Europe/Berlin\"");
            return None;
        };
        if let Ok(zone) = TimeZone::get(name) {
            return Some(Self(zone, name.to_owned()));
        }
        let known: Vec<String> = jiff::tz::db()
            .available()
            .map(|name| name.to_string())
            .collect();
        let hint = nearest(name, known.iter().map(String::as_str))
            .map(|near| format!("did you mean \"{near}\"?"));
        let place = reader.place(&node.span);
        let message = format!(
            "unknown time zone: expected a name such as \"Europe/Berlin\", found {}",
            node.describe()
        );
        reader.report_at(&place, message, hint);
        None
    }
}

/// A reporting interval: whole seconds that divide a day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Interval(pub(crate) SimDuration);

impl Read for Interval {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let PositiveDuration(span) = PositiveDuration::read(node, reader)?;
        if SimDuration::DAY.0.is_multiple_of(span.0) && span.0.is_multiple_of(1_000_000) {
            return Some(Self(span));
        }
        reader.mistyped(
            node,
            "an interval of whole seconds that divides a day, such as \"15m\", \"30m\" or \"1h\"",
        );
        None
    }
}

schemas! {
    Day, "Day", json_schema!({ "type": "string", "format": "date" });
    Holidays, "Holidays", json_schema!({ "anyOf": [
        { "type": "array", "items": { "type": "string", "format": "date" } },
        { "type": "object", "additionalProperties": { "type": "string" } },
    ] });
    Zone, "Zone", json_schema!({ "type": "string", "examples": ["UTC", "Europe/Berlin"] });
    Interval, "Interval", duration_schema();
}
