//! Instants and spans as the cells of a log hold them.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::scenario::read::{At, Read, Reader, table};
use crate::scenario::scalar::word;
use crate::scenario::tree::{Node, Value};
use crate::time::instant::MICROS_PER_SECOND;

const DAY_MICROS: i64 = 86_400_000_000;

table! {
    /// Where a time stands: a column, a date and a time of day, or seconds after another time.
    TimeKeys {
        /// The column of a moment: local time, or with an offset.
        optional column: String,
        /// The column of the date, where the time of day has a column of its own.
        optional date: String,
        /// The column of the time of day.
        optional time: String,
        /// How moments are written, such as "%d.%m.%Y %H:%M:%S"; ISO 8601 where it is missing.
        optional format: String,
        /// The column of seconds, or of h:m:s, after another time.
        optional seconds: String,
        /// Which time: arrived, answered or ended.
        optional after: Anchor,
    }
}

/// A time of a contact that others may count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Arrived,
    Answered,
    Ended,
}

pub(super) const ANCHORS: [(&str, Anchor); 3] = [
    ("arrived", Anchor::Arrived),
    ("answered", Anchor::Answered),
    ("ended", Anchor::Ended),
];

impl Anchor {
    /// Its number in the order of a contact's times.
    pub(super) fn place(self) -> usize {
        match self {
            Self::Arrived => 0,
            Self::Answered => 1,
            Self::Ended => 2,
        }
    }
}

impl Read for Anchor {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        word(node, "a time of the contact", &ANCHORS, reader)
    }
}

impl JsonSchema for Anchor {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Anchor".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": ANCHORS.map(|(name, _)| name) })
    }
}

/// One place where a time may stand.
#[derive(Debug, Clone)]
pub(super) enum TimePlace {
    Moment {
        column: String,
        format: Option<String>,
    },
    DateAndTime {
        date: String,
        time: String,
        format: Option<String>,
    },
    Seconds {
        column: String,
        after: At<Anchor>,
    },
}

/// Where a time stands: the first of these that is not blank.
#[derive(Debug, Clone)]
pub(crate) struct TimeForm(pub(super) Vec<TimePlace>);

impl TimeForm {
    /// The times that it counts from.
    pub(super) fn anchors(&self) -> impl Iterator<Item = &At<Anchor>> {
        self.0.iter().filter_map(|place| match place {
            TimePlace::Seconds { after, .. } => Some(after),
            TimePlace::Moment { .. } | TimePlace::DateAndTime { .. } => None,
        })
    }
}

impl Read for TimeForm {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if let Value::List(items) = &node.value
            && !items.is_empty()
        {
            let places = items.iter().enumerate();
            let places: Vec<_> = places
                .map(|(number, item)| reader.within_entry(number, |reader| place(item, reader)))
                .collect();
            return places.into_iter().collect::<Option<_>>().map(Self);
        }
        place(node, reader).map(|place| Self(vec![place]))
    }
}

impl JsonSchema for TimeForm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Time".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<TimeKeys>();
        json_schema!({ "anyOf": [{ "type": "string" }, table, { "type": "array", "items": { "anyOf": [{ "type": "string" }, table] } }] })
    }
}

fn place(node: &Node, reader: &mut Reader) -> Option<TimePlace> {
    match &node.value {
        Value::Text(_) => {
            let column = String::read(node, reader)?;
            Some(TimePlace::Moment {
                column,
                format: None,
            })
        }
        Value::Table(_) => {
            let before = reader.problems.len();
            let keys = TimeKeys::read(node, reader)?;
            let format = keys.format.map(|format| format.value);
            match (keys.column, keys.date, keys.time, keys.seconds, keys.after) {
                (Some(column), None, None, None, None) => Some(TimePlace::Moment {
                    column: column.value,
                    format,
                }),
                (None, Some(date), Some(time), None, None) => Some(TimePlace::DateAndTime {
                    date: date.value,
                    time: time.value,
                    format,
                }),
                (None, None, None, Some(seconds), Some(after)) if format.is_none() => {
                    Some(TimePlace::Seconds {
                        column: seconds.value,
                        after,
                    })
                }
                _ => {
                    if reader.problems.len() == before {
                        reader.report(&node.span, SHAPES);
                    }
                    None
                }
            }
        }
        _ => {
            reader.mistyped(
                node,
                "a column's name, a table that says where a time stands, or a list of them",
            );
            None
        }
    }
}

const SHAPES: &str =
    "expected { column }, { date, time }, or { seconds, after }; the first two may have a format";

/// Reads moments of one zone.
#[derive(Debug)]
pub(super) struct Clock<'a> {
    pub(super) zone: &'a TimeZone,
}

impl Clock<'_> {
    /// Microseconds since 1970 of a text.
    pub(super) fn moment(&self, text: &str, format: Option<&str>) -> Option<i64> {
        let wall = match format {
            Some(format) => {
                let parsed = BrokenDownTime::parse(format, text).ok()?;
                if parsed.offset().is_some() {
                    return parsed.to_timestamp().ok().map(Timestamp::as_microsecond);
                }
                parsed.to_datetime().ok()?
            }
            None => match text.parse::<DateTime>() {
                Ok(wall) => wall,
                Err(_) => return text.parse().ok().map(Timestamp::as_microsecond),
            },
        };
        let instant = self.zone.to_ambiguous_timestamp(wall).compatible().ok()?;
        Some(instant.as_microsecond())
    }

    /// The same of a date and a time of day. Where that lies half a day or more before the contact's arrival, midnight has passed.
    pub(super) fn date_and_time(
        &self,
        (date, time): (&str, &str),
        format: Option<&str>,
        arrived: Option<i64>,
    ) -> Option<i64> {
        let moment = self.moment(&format!("{date} {time}"), format)?;
        let is_past_midnight = arrived.is_some_and(|arrived| moment < arrived - DAY_MICROS / 2);
        Some(if is_past_midnight {
            moment + DAY_MICROS
        } else {
            moment
        })
    }
}

/// Microseconds of seconds, or of `h:m:s` or `m:s`; not negative.
pub(super) fn span(text: &str) -> Option<i64> {
    let mut seconds = 0.0;
    for part in text.split(':') {
        let part: f64 = part.parse().ok()?;
        if !(part >= 0.0 && part.is_finite()) {
            return None;
        }
        seconds = seconds * 60.0 + part;
    }
    let is_sound = text.split(':').count() <= 3 && seconds < 1e9;
    #[expect(clippy::cast_possible_truncation, reason = "below 1e15, as checked")]
    is_sound.then_some((seconds * MICROS_PER_SECOND as f64).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_seconds_or_hours_minutes_and_seconds() {
        assert_eq!(span("20"), Some(20_000_000));
        assert_eq!(span("0.25"), Some(250_000));
        assert_eq!(span("1:02"), Some(62_000_000));
        assert_eq!(span("00:03:25"), Some(205_000_000));
        for wrong in ["", "x", "-1", "1:2:3:4", "inf", "1e99"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn moments_are_local_or_carry_an_offset() {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        let clock = Clock { zone: &zone };
        let at = clock.moment("2014-03-01 07:39:14", None);
        assert_eq!(at, clock.moment("2014-03-01T06:39:14Z", None));
        assert_eq!(
            at,
            clock.moment("01.03.2014 07:39:14", Some("%d.%m.%Y %H:%M:%S"))
        );
        let with_offset = clock.moment("2014/03/01 08:39:14 +0200", Some("%Y/%m/%d %H:%M:%S %z"));
        assert_eq!(at, with_offset);
        assert_eq!(clock.moment("yesterday", None), None);
    }

    #[test]
    fn a_time_of_day_long_before_the_arrival_is_of_the_next_day() {
        let clock = Clock {
            zone: &TimeZone::UTC,
        };
        let arrived = clock.moment("2014-03-01 23:59:00", None);
        let ended = clock.date_and_time(("2014-03-01", "00:04:00"), None, arrived);
        assert_eq!(ended, clock.moment("2014-03-02 00:04:00", None));
        let slip = clock.date_and_time(("2014-03-01", "23:58:58"), None, arrived);
        assert_eq!(slip, arrived.map(|arrived| arrived - 2_000_000));
    }
}
