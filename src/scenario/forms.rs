//! Keys that take several shapes: hours, backlog, skills, columns of data files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::model::Terms;
use super::people::{Heads, heads_of};
use super::read::{At, Read, Reader, table};
use super::scalar::{Duration, Factor, Speed, Weight, Whole, word};
use super::tree::{Node, Table, Value};
use crate::time::SimDuration;
use crate::time::opening;

pub(crate) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

table! {
    /// A column of a data file.
    FileColumn {
        /// A CSV file with a column `start` and one row per step; its path is relative to the scenario.
        needed file: String,
        /// The name of the column in the file's header.
        needed column: String,
        /// A factor on all of its values; 1 where it is missing.
        optional level: Factor,
    }
}

/// Values by day: of weekdays, of holidays, of single dates.
#[derive(Debug, Clone)]
pub(crate) struct ByDay<T> {
    /// From Monday; `None` where the file says nothing of a day.
    pub(crate) week: [Option<At<T>>; 7],
    /// Of the holidays that the horizon names.
    pub(crate) holidays: Option<At<T>>,
    pub(crate) dates: BTreeMap<Date, At<T>>,
}

impl<T> ByDay<T> {
    /// The value of a date: its own, else that of holidays where it is one, else its weekday's.
    pub(crate) fn of(&self, date: Date, is_holiday: bool) -> Option<&At<T>> {
        let of_holiday = self.holidays.as_ref().filter(|_| is_holiday);
        let of_date = self.dates.get(&date).or(of_holiday);
        of_date.or_else(|| self.of_weekday(date))
    }

    /// The value of a date's weekday.
    pub(crate) fn of_weekday(&self, date: Date) -> Option<&At<T>> {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        self.week[weekday].as_ref()
    }

    /// Whether weekdays say it all.
    pub(crate) fn is_weekly(&self) -> bool {
        self.holidays.is_none() && self.dates.is_empty()
    }
}

/// Opening hours.
#[derive(Debug, Clone)]
pub(crate) enum Hours {
    Always,
    /// The spans of each day; `None` for those of the weekday.
    ByDay(Box<ByDay<DayHours>>),
}

/// The spans of one day; `None` where a holiday is as any other day.
pub(crate) type DayHours = Option<Vec<opening::Opening>>;

impl Read for Hours {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.as_text().is_some_and(|text| text.trim() == "always") {
            return Some(Self::Always);
        }
        if let Some(table) = node.as_table() {
            let by_day = read_by_day(table, &node.span, &[], reader, read_day)?;
            let as_usual = by_day.week.iter().flatten().find(|day| day.value.is_none());
            if let Some(day) = as_usual {
                let message = "a weekday cannot be as usual, only holidays and dates can";
                reader.report_at(&day.place, message, None);
                return None;
            }
            return Some(Self::ByDay(Box::new(by_day)));
        }
        let day = read_hours(node, reader)?;
        let day = reader.at(&node.span, Some(day));
        Some(Self::ByDay(Box::new(ByDay {
            week: std::array::from_fn(|_| Some(day.clone())),
            holidays: None,
            dates: BTreeMap::new(),
        })))
    }
}

/// The hours of a day in a table.
fn read_day(node: &Node, reader: &mut Reader) -> Option<DayHours> {
    if node.as_text().is_some_and(|text| text.trim() == "as_usual") {
        return Some(None);
    }
    read_hours(node, reader).map(Some)
}

fn read_hours(node: &Node, reader: &mut Reader) -> Option<Vec<opening::Opening>> {
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
        let of_day = json_schema!({ "anyOf": [day, { "const": "as_usual" }] });
        json_schema!({ "anyOf": [day, by_day_schema(&of_day)] })
    }
}

/// Reads a table whose keys are weekdays, ranges of them (`mon-fri`), lists (`"mon,wed"`), `holidays` or dates. What else the table might
/// have been is in `others`, for who mistypes it.
pub(super) fn read_by_day<T: Clone>(
    table: &Table,
    span: &Range<usize>,
    others: &[&str],
    reader: &mut Reader,
    read: impl Fn(&Node, &mut Reader) -> Option<T>,
) -> Option<ByDay<T>> {
    let mut by_day = ByDay {
        week: [const { None }; 7],
        holidays: None,
        dates: BTreeMap::new(),
    };
    let mut sound = true;
    for entry in &table.entries {
        reader.within(&entry.key, |reader| {
            let Some(days) = DayKey::of(&entry.key) else {
                let place = reader.place(&entry.key_span);
                let message = format!(
                    "expected weekdays such as `mon`, `mon-fri` or `\"sat,sun\"`, `holidays` or a date such as `\"2026-12-24\"`, found `{}`",
                    super::tree::shortened(&entry.key)
                );
                let known = WEEKDAYS.into_iter().chain([HOLIDAYS]);
                let known = known.chain(others.iter().copied());
                let hint = super::read::hint_of(&entry.key, known);
                reader.report_at(&place, message, Some(hint));
                sound = false;
                return;
            };
            let Some(value) = read(&entry.node, reader) else {
                sound = false;
                return;
            };
            let value = reader.at(&entry.node.span, value);
            let mut twice = Vec::new();
            match days {
                DayKey::Weekdays(days) => {
                    for day in days {
                        if by_day.week[day].replace(value.clone()).is_some() {
                            twice.push(WEEKDAYS[day].to_owned());
                        }
                    }
                }
                DayKey::Holidays => by_day.holidays = Some(value),
                DayKey::Date(date) => {
                    if by_day.dates.insert(date, value).is_some() {
                        twice.push(date.to_string());
                    }
                }
            }
            for day in twice {
                reader.report(&entry.key_span, format!("`{day}` is given twice"));
                sound = false;
            }
        });
    }
    if table.entries.is_empty() {
        reader.report(span, "expected weekdays, found an empty table");
        sound = false;
    }
    sound.then_some(by_day)
}

const HOLIDAYS: &str = "holidays";

/// What a key of a table by day names.
enum DayKey {
    Weekdays(Vec<usize>),
    Holidays,
    Date(Date),
}

impl DayKey {
    fn of(key: &str) -> Option<Self> {
        if key.trim() == HOLIDAYS {
            return Some(Self::Holidays);
        }
        if let DateText::Date(date) = date(key.trim()) {
            return Some(Self::Date(date));
        }
        weekdays(key).map(Self::Weekdays)
    }
}

/// What a text says of a date.
pub(super) enum DateText {
    Date(Date),
    /// In the shape of a date, as `2026-02-30`.
    NotThere,
    NotADate,
}

/// A date as `2026-12-24`.
pub(super) fn date(text: &str) -> DateText {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_shaped = text.len() == 10 && text.split('-').count() == 3 && text.split('-').all(digits);
    if !is_shaped {
        return DateText::NotADate;
    }
    text.parse().map_or(DateText::NotThere, DateText::Date)
}

/// The numbers of the weekdays that a key names, 0 for Monday.
pub(super) fn weekdays(key: &str) -> Option<Vec<usize>> {
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

pub(super) fn by_day_schema(day: &Schema) -> Schema {
    json_schema!({
        "type": "object",
        "patternProperties": {
            "^\\s*(mon|tue|wed|thu|fri|sat|sun)\\s*(-\\s*(mon|tue|wed|thu|fri|sat|sun)\\s*)?(,\\s*(mon|tue|wed|thu|fri|sat|sun)\\s*(-\\s*(mon|tue|wed|thu|fri|sat|sun)\\s*)?)*$": day,
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": day,
        },
        "properties": { "holidays": day },
        "minProperties": 1,
        "additionalProperties": false,
    })
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
