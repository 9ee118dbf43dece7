//! What the columns of a log hold: a small TOML file.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::moment::TimeForm;
use crate::scenario::days::Zone;
use crate::scenario::file::{read_text, tree_of};
use crate::scenario::problem::Problems;
use crate::scenario::read::{At, Named, Read, Reader, table};
use crate::scenario::scalar::{Duration, PositiveDuration, Share, Whole};
use crate::scenario::title::Title;
use crate::scenario::tree::{Node, Value};
use crate::time::SimDuration;
use crate::time::instant::{MICROS_PER_HOUR, MICROS_PER_SECOND};

table! {
    /// What the columns of a log of contacts hold.
    MapFile {
        /// What the scenario is called; after the log's file where it is missing.
        optional name: Title,
        /// The zone of local times in the log and of the scenario, such as "Europe/Berlin"; UTC where it is missing.
        optional time_zone: Zone,
        /// The staffing interval of the scenario; 15m where it is missing.
        optional interval: PositiveDuration,
        /// Which column holds what.
        needed columns: ColumnsFile,
        /// The words that say how a contact ended.
        optional outcome: OutcomeFile,
        /// Work after each contact that the log does not record; none where it is missing.
        optional wrap_up: Duration,
        /// The promise: a share and the time within which.
        optional target: PromiseFile,
        /// When agents count as on duty.
        optional duty: DutyFile,
        /// What becomes of queues, by their names in the log.
        optional queues: Named<QueueChange>,
    }
}

table! {
    /// Which column holds what.
    ColumnsFile {
        /// Cells that mean nothing, beside empty ones, such as "NULL" or "00:00:00".
        optional blank: Names,
        /// When the contact began to wait for an agent.
        needed arrived: TimeForm,
        /// When an agent answered; blank where none did.
        needed answered: TimeForm,
        /// When the talk ended or the customer left.
        needed ended: TimeForm,
        /// When the agent was free again; `ended` where it is missing.
        optional released: TimeForm,
        /// Who answered.
        needed agent: String,
        /// The queue, from one column or several joined by a space; one queue for all where it is missing.
        optional queue: Names,
    }
}

table! {
    /// The words that say how a contact ended.
    OutcomeFile {
        /// The column of the words.
        needed column: String,
        /// Words of contacts that an agent answered.
        needed answered: Names,
        /// Words of rows that are no contacts.
        optional left_out: Names,
    }
}

table! {
    /// The promise of every queue.
    PromiseFile {
        /// The share of contacts to be answered in time; 0.8 where it is missing.
        optional share: Share,
        /// The time within which; 20s where it is missing.
        optional within: Duration,
    }
}

table! {
    /// When agents count as on duty.
    DutyFile {
        /// An agent idle for longer was off duty meanwhile; one interval where it is missing.
        optional gap: PositiveDuration,
        /// An idle agent was away while a contact that they may take had waited so long; "never" to take idle agents as there.
        optional away: Away,
        /// The most groups that agents are put into; 12 where it is missing.
        optional most_groups: Whole<1, 100>,
    }
}

table! {
    /// What becomes of a queue of the log.
    QueueChange {
        /// Its name in the scenario; several may get one name.
        optional name: Title,
        /// Smaller is served first; 1 where it is missing.
        optional priority: Whole<{ i64::MIN }, { i64::MAX }>,
        /// Whether its contacts are left out.
        optional left_out: bool,
    }
}

/// One text or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names(pub(super) Vec<String>);

impl Read for Names {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::List(items) if !items.is_empty() => {
                let names: Vec<At<String>> = reader.list(items)?;
                Some(Self(names.into_iter().map(|name| name.value).collect()))
            }
            Value::Text(_) => String::read(node, reader).map(|name| Self(vec![name])),
            _ => {
                reader.mistyped(node, "a text or a list of texts");
                None
            }
        }
    }
}

impl JsonSchema for Names {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Names".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "array"], "items": { "type": "string" } })
    }
}

/// A duration, or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Away(Option<SimDuration>);

impl Read for Away {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.as_text() == Some("never") {
            return Some(Self(None));
        }
        Duration::read(node, reader).map(|span| Self(Some(span.0)))
    }
}

impl JsonSchema for Away {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Away".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// When agents count as on duty, and how they are put into groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    /// An agent idle for longer was off duty meanwhile.
    pub gap: SimDuration,
    /// An idle agent was away while a contact that they may take had waited so long; `None`: idle agents were there.
    pub away: Option<SimDuration>,
    /// The most groups.
    pub most_groups: usize,
}

/// The words of a column.
#[derive(Debug, Clone)]
pub(super) struct Outcomes {
    pub(super) column: String,
    pub(super) answered: Vec<String>,
    pub(super) left_out: Vec<String>,
}

/// The columns of the times and names.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) blank: Vec<String>,
    pub(super) arrived: TimeForm,
    pub(super) answered: TimeForm,
    pub(super) ended: TimeForm,
    pub(super) released: Option<TimeForm>,
    pub(super) agent: String,
    pub(super) queue: Vec<String>,
}

/// What becomes of a queue of the log.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) left_out: bool,
}

/// What the columns of a log hold, checked.
#[derive(Debug, Clone)]
pub struct LogMap {
    /// What the scenario is called.
    pub name: Option<String>,
    /// The name of the time zone.
    pub time_zone: String,
    /// The staffing interval; divides an hour.
    pub interval: SimDuration,
    /// Work after each contact that the log does not record.
    pub wrap_up: SimDuration,
    /// The share of contacts to be answered in time.
    pub share: f64,
    /// The time within which.
    pub within: SimDuration,
    /// When agents count as on duty.
    pub duty: Duty,
    pub(super) zone: TimeZone,
    pub(super) columns: Columns,
    pub(super) outcomes: Option<Outcomes>,
    pub(super) changes: Vec<Change>,
    priorities: Vec<(String, i64)>,
}

const INTERVAL: SimDuration = SimDuration::from_seconds(900);
const WITHIN: SimDuration = SimDuration::from_seconds(20);
const SHARE: f64 = 0.8;
/// Ringing and reaching for the next contact are not absence.
const AWAY: SimDuration = SimDuration::from_seconds(10);
const MOST_GROUPS: usize = 12;

impl LogMap {
    /// Reads a map.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(path: &Path) -> Result<Self, Problems> {
        let (file, text) = read_text(path)?;
        Self::parse(&text, &file)
    }

    /// A map from a text; `file` is its name in messages.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    ///
    /// ```
    /// use channelmix::scenario::log::LogMap;
    /// let problems = LogMap::parse("[columns]\narived = \"received\"\n", "map.toml").unwrap_err();
    /// assert!(problems.to_string().contains("map.toml:2:1"));
    /// ```
    pub fn parse(text: &str, file: &str) -> Result<Self, Problems> {
        let text: Arc<str> = text.into();
        let root = tree_of(&text, file, "a map has [columns]")?;
        let mut reader = Reader::default();
        let map = MapFile::read(&root, &mut reader).and_then(|map| checked(map, &mut reader));
        match map {
            Some(map) if reader.problems.is_empty() => Ok(map),
            _ => Err(Problems::new(file, text, reader.problems)),
        }
    }

    /// The priority of a queue of the scenario, where it has one.
    pub fn priority(&self, queue: &str) -> Option<i64> {
        let mut named = self.priorities.iter().filter(|(name, _)| name == queue);
        named.next().map(|(_, priority)| *priority)
    }
}

fn checked(map: MapFile, reader: &mut Reader) -> Option<LogMap> {
    let interval = map.interval.map_or(Some(INTERVAL), |interval| {
        let span = interval.value.0;
        let is_whole = span.0.is_multiple_of(MICROS_PER_SECOND);
        if is_whole && MICROS_PER_HOUR.is_multiple_of(span.0) {
            return Some(span);
        }
        let message = "a log's interval divides an hour into whole seconds, such as \"15m\", \"30m\" or \"1h\"";
        reader.report_at(&interval.place, message, None);
        None
    });
    let columns = columns(map.columns?.value, reader);
    let (time_zone, zone) = map.time_zone.map_or_else(
        || ("UTC".to_owned(), TimeZone::UTC),
        |zone| (zone.value.1, zone.value.0),
    );
    let (changes, priorities) = changes(map.queues);
    let promise = map.target.map(|target| target.value);
    let within = promise.as_ref().and_then(|promise| promise.within.as_ref());
    let share = promise.as_ref().and_then(|promise| promise.share.as_ref());
    let duty = map.duty.map(|duty| duty.value);
    let interval = interval?;
    Some(LogMap {
        name: map.name.map(|name| name.value.0),
        time_zone,
        zone,
        interval,
        wrap_up: map.wrap_up.map_or(SimDuration::ZERO, |span| span.value.0),
        share: share.map_or(SHARE, |share| share.value.0),
        within: within.map_or(WITHIN, |within| within.value.0),
        duty: self::duty(duty, interval),
        columns: columns?,
        outcomes: outcomes(map.outcome),
        changes,
        priorities,
    })
}

fn duty(file: Option<DutyFile>, interval: SimDuration) -> Duty {
    let (gap, away, most_groups) = file.map_or((None, None, None), |duty| {
        (duty.gap, duty.away, duty.most_groups)
    });
    Duty {
        gap: gap.map_or(interval, |gap| gap.value.0),
        away: away.map_or(Some(AWAY), |away| away.value.0),
        most_groups: most_groups
            .and_then(|most| usize::try_from(most.value.0).ok())
            .unwrap_or(MOST_GROUPS),
    }
}

/// The columns; a time counts only from one that comes before it.
fn columns(file: ColumnsFile, reader: &mut Reader) -> Option<Columns> {
    let order = [&file.arrived, &file.answered, &file.ended, &file.released];
    for (number, form) in order.iter().enumerate() {
        for anchor in form.iter().flat_map(|form| form.value.anchors()) {
            if anchor.value.place() >= number {
                let names: Vec<_> = super::moment::ANCHORS[..number]
                    .iter()
                    .map(|(name, _)| format!("`{name}`"))
                    .collect();
                let expected = if names.is_empty() {
                    "the first time counts from none".to_owned()
                } else {
                    format!("expected a time before it: {}", names.join(", "))
                };
                reader.report_at(&anchor.place, expected, None);
            }
        }
    }
    Some(Columns {
        blank: file.blank.map_or_else(Vec::new, |blank| blank.value.0),
        arrived: file.arrived?.value,
        answered: file.answered?.value,
        ended: file.ended?.value,
        released: file.released.map(|released| released.value),
        agent: file.agent?.value,
        queue: file.queue.map_or_else(Vec::new, |queue| queue.value.0),
    })
}

fn outcomes(file: Option<At<OutcomeFile>>) -> Option<Outcomes> {
    let file = file?.value;
    Some(Outcomes {
        column: file.column?.value,
        answered: file.answered?.value.0,
        left_out: file.left_out.map_or_else(Vec::new, |words| words.value.0),
    })
}

fn changes(file: Option<At<Named<QueueChange>>>) -> (Vec<Change>, Vec<(String, i64)>) {
    let mut changes = Vec::new();
    let mut priorities = Vec::new();
    for entry in file.into_iter().flat_map(|queues| queues.value.entries) {
        let Some(change) = entry.value else {
            continue;
        };
        let to = change
            .name
            .map_or_else(|| entry.name.clone(), |name| name.value.0);
        if let Some(priority) = change.priority {
            priorities.push((to.clone(), priority.value.0));
        }
        changes.push(Change {
            from: entry.name,
            to,
            left_out: change.left_out.is_some_and(|left_out| left_out.value),
        });
    }
    (changes, priorities)
}
