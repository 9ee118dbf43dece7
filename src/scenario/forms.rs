//! Keys that take several shapes: hours, staff, backlog, skills, columns of data files.

use std::borrow::Cow;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::model::Terms;
use super::read::{At, Read, Reader, table};
use super::scalar::{Duration, Speed, Weight, Whole, word};
use super::tree::{Node, Table, Value};
use crate::time::SimDuration;
use crate::time::hours::WeekHours;
use crate::time::opening;

/// The most agents on duty at once.
pub(crate) const MOST_AGENTS: i64 = 100_000;

pub(crate) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Heads at one time.
pub(crate) type Heads = Whole<0, MOST_AGENTS>;

table! {
    /// A column of a data file.
    FileColumn {
        /// A CSV file with a column `start` and one row per step; its path is relative to the scenario.
        needed file: String,
        /// The name of the column in the file's header.
        needed column: String,
    }
}

/// Values by weekday; `None` where the file says nothing of a day.
pub(crate) type Week<T> = [Option<At<T>>; 7];

/// Opening hours.
#[derive(Debug, Clone)]
pub(crate) enum Hours {
    Always,
    Week(WeekHours),
}

impl Read for Hours {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let mut hours = WeekHours::default();
        if let Some(table) = node.as_table() {
            let week = read_week(table, &node.span, reader, read_day)?;
            for (weekday, day) in week.iter().enumerate() {
                for (from, to) in day.iter().flat_map(|day| &day.value) {
                    hours.open(weekday, *from, *to);
                }
            }
        } else {
            let day = read_day(node, reader)?;
            for weekday in 0..7 {
                for (from, to) in &day {
                    hours.open(weekday, *from, *to);
                }
            }
        }
        if node.as_text().is_some_and(|text| text.trim() == "always") {
            return Some(Self::Always);
        }
        Some(Self::Week(hours))
    }
}

fn read_day(node: &Node, reader: &mut Reader) -> Option<Vec<opening::Opening>> {
    let Some(text) = node.as_text() else {
        reader.mistyped(
            node,
            "opening hours: \"08:00-20:00\", \"always\", \"closed\" or a table by weekday",
        );
        return None;
    };
    opening::parse(text)
        .map_err(|error| reader.report(&node.span, format!("{error}, found {}", node.describe())))
        .ok()
}

impl JsonSchema for Hours {
    fn schema_name() -> Cow<'static, str> {
        "Hours".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let day = json_schema!({
            "type": "string",
            "pattern": r"^\s*(always|closed|[0-9]{1,2}:[0-9]{2}\s*[-–]\s*[0-9]{1,2}:[0-9]{2}(\s*,\s*[0-9]{1,2}:[0-9]{2}\s*[-–]\s*[0-9]{1,2}:[0-9]{2})*)\s*$",
            "examples": ["08:00-20:00", "08:00-12:00, 13:00-17:00", "20:00-26:00", "always", "closed"],
        });
        json_schema!({ "anyOf": [day.clone(), week_schema(&day)] })
    }
}

/// Reads a table whose keys are weekdays, ranges of them (`mon-fri`) or lists (`"mon,wed"`).
fn read_week<T: Clone>(
    table: &Table,
    span: &Range<usize>,
    reader: &mut Reader,
    read: impl Fn(&Node, &mut Reader) -> Option<T>,
) -> Option<Week<T>> {
    let mut week: Week<T> = [const { None }; 7];
    let mut sound = true;
    for entry in &table.entries {
        reader.within(&entry.key, |reader| {
            let Some(days) = weekdays(&entry.key) else {
                let place = reader.place(&entry.key_span);
                let message = format!(
                    "expected weekdays such as `mon`, `mon-fri` or `\"sat,sun\"`, found `{}`",
                    super::tree::shortened(&entry.key)
                );
                let hint = super::read::hint_of(&entry.key, WEEKDAYS);
                reader.report_at(&place, message, Some(hint));
                sound = false;
                return;
            };
            let Some(value) = read(&entry.node, reader) else {
                sound = false;
                return;
            };
            let value = reader.at(&entry.node.span, value);
            for day in days {
                if week[day].replace(value.clone()).is_some() {
                    reader.report(
                        &entry.key_span,
                        format!("`{}` is given twice", WEEKDAYS[day]),
                    );
                    sound = false;
                }
            }
        });
    }
    if table.entries.is_empty() {
        reader.report(span, "expected weekdays, found an empty table");
        sound = false;
    }
    sound.then_some(week)
}

/// The numbers of the weekdays that a key names, 0 for Monday.
fn weekdays(key: &str) -> Option<Vec<usize>> {
    let day = |name: &str| WEEKDAYS.iter().position(|known| *known == name.trim());
    let mut days = Vec::new();
    for part in key.split(',') {
        match part.split_once('-') {
            Some((first, last)) => {
                let (first, last) = (day(first)?, day(last)?);
                let length = (last + 7 - first) % 7;
                days.extend((0..=length).map(|offset| (first + offset) % 7));
            }
            None => days.push(day(part)?),
        }
    }
    Some(days)
}

fn week_schema(day: &Schema) -> Schema {
    json_schema!({
        "type": "object",
        "patternProperties": {
            "^\\s*(mon|tue|wed|thu|fri|sat|sun)\\s*(-\\s*(mon|tue|wed|thu|fri|sat|sun)\\s*)?(,\\s*(mon|tue|wed|thu|fri|sat|sun)\\s*(-\\s*(mon|tue|wed|thu|fri|sat|sun)\\s*)?)*$": day,
        },
        "minProperties": 1,
        "additionalProperties": false,
    })
}

/// Paid heads over time.
#[derive(Debug, Clone)]
pub(crate) enum Staff {
    Constant(u32),
    /// One number for each interval of the day.
    Day(Vec<u32>),
    Week(Box<Week<DayStaff>>),
    Column(FileColumn),
}

/// Heads over one day.
#[derive(Debug, Clone)]
pub(crate) enum DayStaff {
    Constant(u32),
    List(Vec<u32>),
}

const STAFF: &str = "staff: a whole number of heads, a list by interval of the day, a table by weekday, or { file, column }";

impl Read for Staff {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Table(table) if table.get("file").is_some() || table.get("column").is_some() => {
                FileColumn::read(node, reader).map(Self::Column)
            }
            Value::Table(table) => read_week(table, &node.span, reader, read_day_staff)
                .map(|week| Self::Week(Box::new(week))),
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
            "anyOf": [heads, list, generator.subschema_for::<FileColumn>(), week_schema(&day)]
        })
    }
}

table! {
    /// Contacts open at the start.
    BacklogKeys {
        /// How many contacts are open at the start.
        needed count: Whole<0, 1_000_000_000>,
        /// The age of the oldest; the others are spread evenly between it and the start.
        optional oldest: Duration,
    }
}

/// Contacts open at the start.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct BacklogForm {
    pub(crate) count: u32,
    pub(crate) oldest: SimDuration,
}

impl Read for BacklogForm {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let count = |count: Whole<0, 1_000_000_000>| u32::try_from(count.0).unwrap_or(0);
        if node.as_table().is_some() {
            let keys = BacklogKeys::read(node, reader)?;
            return Some(Self {
                count: count(keys.count?.value),
                oldest: keys
                    .oldest
                    .map_or_else(Default::default, |oldest| oldest.value.0),
            });
        }
        Whole::read(node, reader).map(|read| Self {
            count: count(read),
            ..Self::default()
        })
    }
}

impl JsonSchema for BacklogForm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Backlog".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let count = generator.subschema_for::<Whole<0, 1_000_000_000>>();
        json_schema!({ "anyOf": [count, generator.subschema_for::<BacklogKeys>()] })
    }
}

/// The order in which an arriving contact tries the groups.
#[derive(Debug, Clone)]
pub(crate) enum GroupOrder {
    /// These first.
    Named(Vec<At<String>>),
    /// Those with the fewest skills first.
    MostSpecialised,
}

const MOST_SPECIALISED: &str = "most_specialised";

impl Read for GroupOrder {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::List(items) => reader.list(items).map(Self::Named),
            Value::Text(_) => word(
                node,
                "a list of groups or an order of groups",
                &[(MOST_SPECIALISED, ())],
                reader,
            )
            .map(|()| Self::MostSpecialised),
            _ => {
                reader.mistyped(node, "a list of groups or \"most_specialised\"");
                None
            }
        }
    }
}

impl JsonSchema for GroupOrder {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "GroupOrder".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [
            { "type": "array", "items": { "type": "string" } },
            { "const": MOST_SPECIALISED },
        ] })
    }
}

table! {
    /// A queue that a group may serve.
    SkillKeys {
        /// The queue's name.
        needed queue: String,
        /// Divides the work: at 0.9 a contact takes a ninth longer. 1 where it is missing.
        optional speed: Speed,
        /// Its contacts are taken only while more than so many agents of the group are idle, the taker included; always where it is missing.
        optional reserve: Heads,
        /// Only contacts that have waited so long are taken; 0s where it is missing.
        optional after: Duration,
        /// What a wait counts under the policy `weighted`; 1 where it is missing.
        optional weight: Weight,
    }
}

/// A queue that a group may serve.
#[derive(Debug, Clone)]
pub(crate) struct SkillForm {
    pub(crate) queue: At<String>,
    pub(crate) speed: f64,
    pub(crate) terms: Terms,
    pub(crate) weight: f64,
}

impl Read for SkillForm {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.as_table().is_some() {
            let keys = SkillKeys::read(node, reader)?;
            return Some(Self {
                queue: keys.queue?,
                speed: keys.speed.map_or(1.0, |speed| speed.value.0),
                terms: Terms {
                    reserve: keys.reserve.map_or(0, |reserve| heads_of(reserve.value)),
                    after: keys.after.map_or(SimDuration::ZERO, |after| after.value.0),
                },
                weight: keys.weight.map_or(1.0, |weight| weight.value.0),
            });
        }
        if node.as_text().is_none() {
            reader.mistyped(
                node,
                "the name of a queue or { queue, speed, reserve, after, weight }",
            );
            return None;
        }
        let queue = String::read(node, reader)?;
        Some(Self {
            queue: reader.at(&node.span, queue),
            speed: 1.0,
            terms: Terms::default(),
            weight: 1.0,
        })
    }
}

impl JsonSchema for SkillForm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Skill".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, generator.subschema_for::<SkillKeys>()] })
    }
}
