//! A log of contacts, read into instants and numbers.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::Path;

use csv::StringRecord;
use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use jiff::civil::Date;

use super::layout::{Cells, Fault, Layout};
use super::map::LogMap;
use super::moment::Clock;
use crate::scenario::file::load;
use crate::scenario::sheet::told;
use crate::scenario::tree::shortened;
use crate::time::{Calendar, SimTime};

/// A log unpacked is this large at most.
const LARGEST_BYTES: u64 = 1 << 30;
const MOST_DAYS: u32 = 3_660;
/// Clocks of two machines differ by so much: an answer so little before the arrival came at once.
const SLIP_MICROS: i64 = 5_000_000;

/// Which days of a log count.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// The first, `2014-03-01`; the day of the first contact where it is missing.
    pub from: Option<String>,
    /// How many; up to the day of the last contact where it is missing.
    pub days: Option<u32>,
}

/// Why a log is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .faults.join("\n"))]
pub struct LogError {
    /// Each with the file, line and column, as far as they have one.
    pub faults: Vec<String>,
}

impl LogError {
    fn of(file: &str, faults: Vec<String>) -> Self {
        let faults = faults.into_iter().map(|fault| format!("{file}: {fault}"));
        Self {
            faults: faults.collect(),
        }
    }
}

/// One contact of a log. The instants are in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logged {
    /// The number of its queue among [`Log::queues`].
    pub queue: u32,
    /// The number of its agent, where one is known.
    pub agent: Option<u32>,
    /// When it began to wait.
    pub arrived: SimTime,
    /// When it was answered; `None` of one that left.
    pub answered: Option<SimTime>,
    /// When the talk ended or the customer left.
    pub ended: SimTime,
    /// When the agent was free again.
    pub released: SimTime,
}

/// Rows that are no contacts of the horizon, by why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// The map says so, by a word or the queue.
    pub by_map: u64,
    /// A time that is needed is blank: of the arrival, the answer or the end.
    pub without_time: u64,
    /// The times are not in order.
    pub out_of_order: u64,
    /// They arrived before or after the days that count.
    pub outside: u64,
}

/// The contacts of some days.
#[derive(Debug)]
pub struct Log {
    /// The days, cut into intervals.
    pub calendar: Calendar,
    /// The first day as text.
    pub start: String,
    /// The names of the queues.
    pub queues: Vec<String>,
    /// How many agents were seen.
    pub agents: usize,
    /// In order of arrival.
    pub contacts: Vec<Logged>,
    /// What was left out.
    pub left_out: LeftOut,
}

impl Log {
    /// Reads logs that one map describes, packed ones (`.gz`) too.
    ///
    /// # Errors
    /// When a file cannot be read, a cell does not hold what the map says, or no contact is left.
    pub fn read(
        paths: &[impl AsRef<Path>],
        map: &LogMap,
        window: &Window,
    ) -> Result<Self, LogError> {
        let mut rows = Rows::default();
        let mut seen: Vec<(u64, String)> = Vec::new();
        for path in paths {
            let path = path.as_ref();
            let file = path.display().to_string();
            let refused = |reason: String| {
                LogError::of(&file, vec![format!("the file cannot be read: {reason}")])
            };
            let bytes = load(path).map_err(refused)?;
            let is_packed = path.extension().is_some_and(|ending| ending == "gz");
            let text = if is_packed {
                unpacked(&bytes).map_err(refused)?
            } else {
                bytes
            };
            let print = fingerprint(&text);
            if let Some((_, other)) = seen.iter().find(|(other, _)| *other == print) {
                let fault = format!("the same contacts as {other}; each log counts once");
                return Err(LogError::of(&file, vec![fault]));
            }
            rows.add(&text, map)
                .map_err(|faults| LogError::of(&file, faults))?;
            seen.push((print, file));
        }
        rows.log(map, window)
    }

    /// Reads a log from its text; `file` is its name in messages.
    ///
    /// # Errors
    /// When a cell does not hold what the map says, or no contact is left.
    pub fn parse(text: &str, file: &str, map: &LogMap, window: &Window) -> Result<Self, LogError> {
        let mut rows = Rows::default();
        rows.add(text.as_bytes(), map)
            .map_err(|faults| LogError::of(file, faults))?;
        rows.log(map, window)
    }
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    let mut reader = MultiGzDecoder::new(bytes).take(LARGEST_BYTES + 1);
    reader
        .read_to_end(&mut text)
        .map_err(|error| format!("it cannot be unpacked: {error}"))?;
    if text.len() as u64 > LARGEST_BYTES {
        return Err(format!(
            "unpacked it is larger than {} MiB",
            LARGEST_BYTES >> 20
        ));
    }
    Ok(text)
}

/// Names by number, in order of their appearance.
#[derive(Debug, Default)]
struct Roll {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl Roll {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

/// A contact in microseconds since 1970.
#[derive(Debug, Clone, Copy)]
struct Raw {
    queue: u32,
    agent: Option<u32>,
    arrived: i64,
    answered: Option<i64>,
    ended: i64,
    released: i64,
}

#[derive(Debug, Default)]
struct Rows {
    contacts: Vec<Raw>,
    queues: Roll,
    agents: Roll,
    left_out: LeftOut,
}

/// What a row is.
enum Row {
    Contact(Raw),
    LeftOut(fn(&mut LeftOut) -> &mut u64),
}

impl Rows {
    /// Adds the rows of one file.
    fn add(&mut self, text: &[u8], map: &LogMap) -> Result<(), Vec<String>> {
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text);
        let header = reader
            .headers()
            .map_err(|error| vec![error.to_string()])?
            .clone();
        let layout = Layout::of(&map.columns, map, &header)?;
        let mut faults = Vec::new();
        let mut record = StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => return Err(vec![error.to_string()]),
            }
            if record.iter().all(str::is_empty) {
                continue;
            }
            let line = record.position().map_or(0, csv::Position::line);
            if record.len() != header.len() {
                faults.push(format!(
                    "line {line} has {} cells, the header has {}",
                    record.len(),
                    header.len()
                ));
                continue;
            }
            match self.row(&record, &layout, map) {
                Ok(Row::Contact(contact)) => self.contacts.push(contact),
                Ok(Row::LeftOut(kind)) => *kind(&mut self.left_out) += 1,
                Err(fault) => faults.push(format!(
                    "line {line}, column `{}`: expected {}, found \"{}\"",
                    &header[fault.column],
                    fault.expected,
                    shortened(&record[fault.column])
                )),
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(told(faults))
        }
    }

    fn row(
        &mut self,
        record: &StringRecord,
        layout: &Layout<'_>,
        map: &LogMap,
    ) -> Result<Row, Fault> {
        let cells = Cells {
            record,
            blank: &map.columns.blank,
            clock: Clock { zone: &map.zone },
        };
        let word = layout.outcome.map(|column| &record[column]);
        let has = |words: &[String]| word.is_some_and(|word| words.iter().any(|own| own == word));
        let outcomes = map.outcomes.as_ref();
        let Some(queue) = layout.queue(record, map) else {
            return Ok(Row::LeftOut(|left_out| &mut left_out.by_map));
        };
        if outcomes.is_some_and(|outcomes| has(&outcomes.left_out)) {
            return Ok(Row::LeftOut(|left_out| &mut left_out.by_map));
        }
        let Some(arrived) = cells.time(&layout.arrived, [None; 3])? else {
            return Ok(Row::LeftOut(|left_out| &mut left_out.without_time));
        };
        let answered = cells.time(&layout.answered, [Some(arrived), None, None])?;
        let is_answered = outcomes.map_or(answered.is_some(), |outcomes| has(&outcomes.answered));
        let answered = answered.filter(|_| is_answered);
        let ended = cells.time(&layout.ended, [Some(arrived), answered, None])?;
        let (Some(ended), true) = (ended, is_answered == answered.is_some()) else {
            return Ok(Row::LeftOut(|left_out| &mut left_out.without_time));
        };
        let released = match &layout.released {
            Some(released) => cells.time(released, [Some(arrived), answered, Some(ended)])?,
            None => None,
        };
        let (answered, ended) = (
            slipped(answered, arrived),
            ended.max(arrived.min(ended + SLIP_MICROS)),
        );
        let begun = answered.unwrap_or(arrived);
        let released = released.unwrap_or(ended);
        if begun < arrived || ended < begun || released < begun {
            return Ok(Row::LeftOut(|left_out| &mut left_out.out_of_order));
        }
        let agent = Some(&record[layout.agent]).filter(|name| !cells.is_blank(name));
        Ok(Row::Contact(Raw {
            queue: self.queues.number(&queue),
            agent: agent
                .filter(|_| is_answered)
                .map(|name| self.agents.number(name)),
            arrived,
            answered,
            ended,
            released,
        }))
    }

    /// The contacts of the days that count.
    fn log(mut self, map: &LogMap, window: &Window) -> Result<Log, LogError> {
        self.contacts.sort_by_key(|contact| contact.arrived);
        let calendar = self.calendar(map, window)?;
        let instant = |micros: i64| {
            calendar.instant_of(Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX))
        };
        let mut contacts = Vec::with_capacity(self.contacts.len());
        for raw in &self.contacts {
            let arrived = instant(raw.arrived);
            if arrived < SimTime::START || arrived >= calendar.end() {
                self.left_out.outside += 1;
                continue;
            }
            contacts.push(Logged {
                queue: raw.queue,
                agent: raw.agent,
                arrived,
                answered: raw.answered.map(instant),
                ended: instant(raw.ended),
                released: instant(raw.released),
            });
        }
        let ends = calendar.days().first().zip(calendar.days().last());
        let (first, last) =
            ends.map_or_else(Default::default, |(first, last)| (first.date, last.date));
        if contacts.is_empty() {
            let fault = format!("no contact arrived from {first} to {last}");
            return Err(LogError {
                faults: vec![fault],
            });
        }
        Ok(Log {
            start: first.to_string(),
            calendar,
            queues: self.queues.names,
            agents: self.agents.names.len(),
            contacts,
            left_out: self.left_out,
        })
    }

    /// The days that count; the contacts are sorted.
    fn calendar(&self, map: &LogMap, window: &Window) -> Result<Calendar, LogError> {
        let refused = |fault: String| LogError {
            faults: vec![fault],
        };
        let date_of = |contact: &Raw| {
            let instant = Timestamp::from_microsecond(contact.arrived).unwrap_or(Timestamp::MAX);
            map.zone.to_datetime(instant).date()
        };
        let ends = self.contacts.first().zip(self.contacts.last());
        let Some((earliest, latest)) = ends.map(|(a, b)| (date_of(a), date_of(b))) else {
            return Err(refused("no row of the log is a contact".to_owned()));
        };
        let first: Date = match &window.from {
            None => earliest,
            Some(text) => text.parse().map_err(|_| {
                refused(format!(
                    "expected a date such as 2014-03-01, found \"{text}\""
                ))
            })?,
        };
        let span = first.until(latest);
        let up_to_last = span.map_or(0, |span| i64::from(span.get_days()) + 1);
        let days = u32::try_from(window.days.map_or(up_to_last, i64::from));
        let days = days.ok().filter(|days| (1..=MOST_DAYS).contains(days));
        let days = days.ok_or_else(|| {
            refused(format!(
                "the log's contacts arrived from {earliest} to {latest}: no day from {first} on, or more than {MOST_DAYS}"
            ))
        })?;
        Calendar::new(first, days, map.zone.clone(), map.interval, map.interval)
            .map_err(|error| refused(error.to_string()))
    }
}

/// Tells texts apart.
fn fingerprint(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// An answer a little before the arrival came at once.
fn slipped(answered: Option<i64>, arrived: i64) -> Option<i64> {
    answered.map(|answered| {
        if answered < arrived && answered >= arrived - SLIP_MICROS {
            arrived
        } else {
            answered
        }
    })
}
