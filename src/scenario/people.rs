//! Who works when, as a person writes it: heads, shifts with their breaks, rosters.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::forms::{ByDay, FileColumn, by_day_schema, read_by_day, weekdays};
use super::law::LawForm;
use super::read::{At, Named, Read, Reader, table};
use super::scalar::{PositiveDuration, Share, Speed, Whole};
use super::tree::{Node, Value};
use crate::time::{SimDuration, opening};

/// The most agents on duty at once.
pub(crate) const MOST_AGENTS: i64 = 100_000;

/// Heads at one time.
pub(crate) type Heads = Whole<0, MOST_AGENTS>;

table! {
    /// A stretch of work that agents have in common.
    ShiftFile {
        /// When it begins, local time, such as "08:00".
        needed start: TimeOfDay,
        /// How long it lasts with its breaks: whole minutes, 24h at most.
        needed length: PositiveDuration,
        /// The weekdays on which it begins, such as "mon-fri"; every day where it is missing.
        optional days: Weekdays,
        /// Whether it begins on holidays too; true where it is missing.
        optional holidays: bool,
        /// Breaks, paid unless they say otherwise.
        optional breaks: Vec<At<BreakFile>>,
        /// One more break, unpaid unless it says otherwise.
        optional lunch: BreakFile,
    }
}

table! {
    /// A break of every agent of a shift.
    BreakFile {
        /// How long it lasts, in whole minutes.
        needed length: PositiveDuration,
        /// When the first agents take it, local time, such as "10:00".
        needed from: TimeOfDay,
        /// When the last are back: the agents take turns, one after the other, as many as there is time for. One turn where it is missing.
        optional to: TimeOfDay,
        /// Whether it is paid.
        optional paid: bool,
    }
}

table! {
    /// Agents by shift.
    ShiftStaff {
        /// How many agents work each shift, such as { early = 12, late = 8 }.
        needed shifts: Named<Heads>,
    }
}

table! {
    /// Who works when, from a file.
    RosterFile {
        /// A CSV file with the columns agent, group, start, end and activity; its path is relative to the scenario.
        needed roster: String,
        /// What the activities in the file mean.
        optional activities: Activities,
    }
}

table! {
    /// What the activities of a roster mean.
    Activities {
        /// Ready for contacts; work, shift and contacts where it is missing.
        optional work: Vec<At<String>>,
        /// Paid and away from contacts; break, training, meeting, coaching, project, vacation and sick where it is missing.
        optional paid: Vec<At<String>>,
        /// Away and not paid; lunch, unpaid and off where it is missing.
        optional unpaid: Vec<At<String>>,
    }
}

table! {
    /// Agents who come late.
    LateFile {
        /// The share of agents who do, on each day.
        needed share: Share,
        /// By how much: a duration or a distribution.
        needed by: LawForm,
    }
}

table! {
    /// Agents who are new on the first day.
    NewHiresFile {
        /// How many of the group, the last by number.
        needed agents: Heads,
        /// By how much longer their work takes on the first day, such as 1.6.
        needed starts_at: Speed,
        /// The time after which 37 % of the difference is left, such as "20d".
        needed learns: PositiveDuration,
    }
}

/// A time of day, since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimeOfDay(pub(crate) SimDuration);

impl Read for TimeOfDay {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let time = node
            .as_text()
            .and_then(|text| opening::time_of_day(text).ok());
        if time.is_none() {
            reader.mistyped(node, "a time of day such as \"08:30\"");
        }
        time.map(Self)
    }
}

/// Weekdays, by number from 0 for Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weekdays(pub(crate) [bool; 7]);

impl Read for Weekdays {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Some(days) = node.as_text().and_then(weekdays) else {
            reader.mistyped(node, "weekdays such as \"mon-fri\" or \"sat,sun\"");
            return None;
        };
        Some(Self(std::array::from_fn(|day| days.contains(&day))))
    }
}

/// Paid heads over time.
#[derive(Debug, Clone)]
pub(crate) enum Staff {
    Constant(u32),
    /// One number for each interval of the day.
    Day(Vec<u32>),
    ByDay(Box<ByDay<DayStaff>>),
    Column(FileColumn),
    Shifts(ShiftStaff),
    Roster(RosterFile),
}

/// Heads over one day.
#[derive(Debug, Clone)]
pub(crate) enum DayStaff {
    Constant(u32),
    List(Vec<u32>),
}

/// The keys by which a table of staff is another than one by weekday.
const KINDS_OF_STAFF: [&str; 4] = ["file", "column", "shifts", "roster"];

const STAFF: &str = "staff: a whole number of heads, a list by interval of the day, a table by weekday, { file, column }, { shifts } or { roster }";

impl Read for Staff {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Table(table) if table.get("file").is_some() || table.get("column").is_some() => {
                FileColumn::read(node, reader).map(Self::Column)
            }
            Value::Table(table) if table.get("shifts").is_some() => {
                ShiftStaff::read(node, reader).map(Self::Shifts)
            }
            Value::Table(table)
                if table.get("roster").is_some() || table.get("activities").is_some() =>
            {
                RosterFile::read(node, reader).map(Self::Roster)
            }
            Value::Table(table) => {
                read_by_day(table, &node.span, &KINDS_OF_STAFF, reader, read_day_staff)
                    .map(|days| Self::ByDay(Box::new(days)))
            }
            _ => Some(match read_day_staff(node, reader)? {
                DayStaff::Constant(heads) => Self::Constant(heads),
                DayStaff::List(heads) => Self::Day(heads),
            }),
        }
    }
}

fn read_day_staff(node: &Node, reader: &mut Reader) -> Option<DayStaff> {
    match &node.value {
        Value::Integer(_) | Value::Float(_) | Value::HugeInteger(_) => {
            Heads::read(node, reader).map(|heads| DayStaff::Constant(heads_of(heads)))
        }
        Value::List(items) => {
            let heads = reader.list::<Heads>(items)?;
            Some(DayStaff::List(
                heads.iter().map(|heads| heads_of(heads.value)).collect(),
            ))
        }
        _ => {
            reader.mistyped(node, STAFF);
            None
        }
    }
}

/// Heads are bounded far below 2³².
pub(crate) fn heads_of(heads: Heads) -> u32 {
    u32::try_from(heads.0).unwrap_or(0)
}

impl JsonSchema for Staff {
    fn schema_name() -> Cow<'static, str> {
        "Staff".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let heads = generator.subschema_for::<Heads>();
        let list = json_schema!({ "type": "array", "items": heads });
        let day = json_schema!({ "anyOf": [heads, list] });
        json_schema!({
            "anyOf": [
                heads,
                list,
                generator.subschema_for::<FileColumn>(),
                generator.subschema_for::<ShiftStaff>(),
                generator.subschema_for::<RosterFile>(),
                by_day_schema(&day),
            ]
        })
    }
}

impl JsonSchema for TimeOfDay {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "TimeOfDay".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": r"^\s*([01]?[0-9]|2[0-3]):[0-5][0-9]\s*$", "examples": ["08:00"] })
    }
}

impl JsonSchema for Weekdays {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Weekdays".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "examples": ["mon-fri", "sat,sun"] })
    }
}
