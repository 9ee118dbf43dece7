//! Shift patterns that a plan may choose among, as a person writes them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::people::{Heads, TimeOfDay, Weekdays};
use super::read::{At, Read, Reader, table};
use super::scalar::{Duration, PositiveDuration, Whole};
use super::title::Title;
use super::tree::{Node, Value};

table! {
    /// Duties that agents may be given, and by which rules.
    PatternFile {
        /// The groups whose agents may work so.
        needed groups: Vec<At<String>>,
        /// Shifts of the file, each with its own start, length, days and breaks; in place of starts and lengths.
        optional shifts: Vec<At<String>>,
        /// When a duty may begin, local time: one time, a list, or { from, to, step }.
        optional starts: StartsForm,
        /// How long a duty may last with its breaks: one duration or a list; whole minutes, 24h at most.
        optional lengths: OneOrMore<PositiveDuration>,
        /// Breaks of every duty, paid unless they say otherwise.
        optional breaks: Vec<At<PauseFile>>,
        /// One more break, unpaid unless it says otherwise.
        optional lunch: PauseFile,
        /// The weekdays on which a duty may begin, such as "mon-fri"; every day where it is missing.
        optional days: Weekdays,
        /// How many days a week an agent works: a number or a list of them. Where it is missing, every day is planned for itself.
        optional days_on: OneOrMore<Whole<1, 7>>,
        /// With `days_on`: at least so many days off follow one another, from one week into the next too; 1 where it is missing.
        optional days_off_together: Whole<1, 6>,
        /// At most so many days on follow one another; no limit where it is missing.
        optional days_in_a_row: Whole<1, 7>,
        /// With `days_on`: how far apart the starts of one agent's duties in a week may lie; 0s, every day the same, where it is missing.
        optional vary: Duration,
        /// The least time from the end of an agent's duty to the beginning of the next; 11h where it is missing.
        optional rest: Duration,
        /// With `days_on`: the paid hours of an agent's week, { min, max }.
        optional weekly_hours: HoursRange,
        /// At least so many agents, of all its groups together; on each day where days are planned for themselves. 0 where it is missing.
        optional min: Heads,
        /// At most so many; as many as it names where it names any, else no limit, where it is missing.
        optional max: Heads,
        /// What the agents are called, in this order; who has no name is called by group and number.
        optional names: Vec<At<Title>>,
    }
}

table! {
    /// Regular starts.
    StartRange {
        /// The first, such as "06:00".
        needed from: TimeOfDay,
        /// None is later, such as "14:00".
        needed to: TimeOfDay,
        /// From one to the next, in whole minutes.
        needed step: PositiveDuration,
    }
}

table! {
    /// A break within a duty.
    PauseFile {
        /// How long it lasts, in whole minutes.
        needed length: PositiveDuration,
        /// How long after the beginning of the duty it may begin.
        needed after: Duration,
        /// How long after the beginning of the duty it must be over; `after` + `length` where it is missing.
        optional before: PositiveDuration,
        /// Whether it is paid.
        optional paid: bool,
    }
}

table! {
    /// Paid hours from least to most.
    HoursRange {
        /// The least, such as "20h".
        optional min: Duration,
        /// The most, such as "40h".
        optional max: Duration,
    }
}

/// One value, or a list of some.
#[derive(Debug, Clone)]
pub(crate) struct OneOrMore<T>(pub(crate) Vec<At<T>>);

impl<T: Read> Read for OneOrMore<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::List(items) if items.is_empty() => {
                reader.mistyped(node, "at least one");
                None
            }
            Value::List(items) => reader.list(items).map(Self),
            _ => {
                let one = T::read(node, reader)?;
                Some(Self(vec![reader.at(&node.span, one)]))
            }
        }
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMore<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMore{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
    }
}

/// When duties may begin.
#[derive(Debug, Clone)]
pub(crate) enum StartsForm {
    Times(OneOrMore<TimeOfDay>),
    Range(StartRange),
}

impl Read for StartsForm {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.as_table().is_some() {
            return StartRange::read(node, reader).map(Self::Range);
        }
        OneOrMore::read(node, reader).map(Self::Times)
    }
}

impl JsonSchema for StartsForm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Starts".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let times = generator.subschema_for::<OneOrMore<TimeOfDay>>();
        json_schema!({ "anyOf": [times, generator.subschema_for::<StartRange>()] })
    }
}
