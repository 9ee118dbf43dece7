//! Where a file holds what: the map's columns by number, and the cells of a row.

use csv::StringRecord;

use super::map::{Columns, LogMap};
use super::moment::{Anchor, Clock, TimeForm, TimePlace, span};
use crate::scenario::read::hint_of;
use crate::scenario::tree::shortened;

/// The queue of logs without one.
const ONLY_QUEUE: &str = "contacts";
const A_MOMENT: &str = "a time such as \"2014-03-01 08:00:00\", or as the map's format says";

/// A cell that does not hold what it should: its column and what was expected.
pub(super) struct Fault {
    pub(super) column: usize,
    pub(super) expected: &'static str,
}

/// A time's places with their columns by number.
pub(super) type Places<'a> = Vec<(&'a TimePlace, usize, Option<usize>)>;

/// The columns of a file by number.
pub(super) struct Layout<'a> {
    pub(super) arrived: Places<'a>,
    pub(super) answered: Places<'a>,
    pub(super) ended: Places<'a>,
    pub(super) released: Option<Places<'a>>,
    pub(super) agent: usize,
    queue: Vec<usize>,
    pub(super) outcome: Option<usize>,
}

impl<'a> Layout<'a> {
    pub(super) fn of(
        columns: &'a Columns,
        map: &LogMap,
        header: &StringRecord,
    ) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let mut find = |name: &str| {
            header
                .iter()
                .position(|own| own == name)
                .unwrap_or_else(|| {
                    let hint = hint_of(name, header);
                    faults.push(format!(
                        "no column `{}` in the header; {hint}",
                        shortened(name)
                    ));
                    0
                })
        };
        let mut places = |form: &'a TimeForm| -> Places<'a> {
            let found = form.0.iter().map(|place| match place {
                TimePlace::Moment { column, .. } | TimePlace::Seconds { column, .. } => {
                    (place, find(column), None)
                }
                TimePlace::DateAndTime { date, time, .. } => (place, find(time), Some(find(date))),
            });
            found.collect()
        };
        let layout = Self {
            arrived: places(&columns.arrived),
            answered: places(&columns.answered),
            ended: places(&columns.ended),
            released: columns.released.as_ref().map(&mut places),
            agent: find(&columns.agent),
            queue: columns.queue.iter().map(|name| find(name)).collect(),
            outcome: map.outcomes.as_ref().map(|outcomes| find(&outcomes.column)),
        };
        faults.dedup();
        if faults.is_empty() {
            Ok(layout)
        } else {
            Err(faults)
        }
    }

    /// The queue of a row under its name in the scenario; `None` where it is left out.
    pub(super) fn queue(&self, record: &StringRecord, map: &LogMap) -> Option<String> {
        let parts: Vec<&str> = self.queue.iter().map(|column| &record[*column]).collect();
        let name = if self.queue.is_empty() {
            ONLY_QUEUE.to_owned()
        } else {
            parts.join(" ")
        };
        match map.changes.iter().find(|change| change.from == name) {
            Some(change) if change.left_out => None,
            Some(change) => Some(change.to.clone()),
            None => Some(lawful(&name)),
        }
    }
}

/// A name that a scenario may have: without dots, quotes and control characters, of bounded length.
fn lawful(name: &str) -> String {
    const LONGEST: usize = 60;
    let is_lawful = |letter: char| !letter.is_control() && letter != '.' && letter != '"';
    let letters = name.trim().chars().take(LONGEST / 2);
    let name: String = letters
        .map(|letter| if is_lawful(letter) { letter } else { '_' })
        .collect();
    if name.is_empty() {
        "unnamed".to_owned()
    } else {
        name
    }
}

/// The cells of a row.
pub(super) struct Cells<'a> {
    pub(super) record: &'a StringRecord,
    pub(super) blank: &'a [String],
    pub(super) clock: Clock<'a>,
}

impl Cells<'_> {
    pub(super) fn is_blank(&self, cell: &str) -> bool {
        cell.is_empty() || self.blank.iter().any(|blank| blank == cell)
    }

    /// The first time that is not blank; `anchors` are those that it may count from. A time that counts from a blank one is blank.
    pub(super) fn time(
        &self,
        places: &Places<'_>,
        anchors: [Option<i64>; 3],
    ) -> Result<Option<i64>, Fault> {
        for (place, column, date) in places {
            let cell = &self.record[*column];
            if self.is_blank(cell) {
                continue;
            }
            let refused = |expected| Fault {
                column: *column,
                expected,
            };
            return match place {
                TimePlace::Moment { format, .. } => {
                    let moment = self.clock.moment(cell, format.as_deref());
                    moment.ok_or_else(|| refused(A_MOMENT)).map(Some)
                }
                TimePlace::DateAndTime { format, .. } => {
                    let date = date.map_or("", |date| &self.record[date]);
                    let moment = self.clock.date_and_time(
                        (date, cell),
                        format.as_deref(),
                        anchors[Anchor::Arrived.place()],
                    );
                    moment.ok_or_else(|| refused(A_MOMENT)).map(Some)
                }
                TimePlace::Seconds { after, .. } => {
                    let span = span(cell).ok_or_else(|| refused("seconds or h:m:s"))?;
                    match anchors[after.value.place()] {
                        Some(anchor) => Ok(Some(anchor + span)),
                        None => continue,
                    }
                }
            };
        }
        Ok(None)
    }
}
