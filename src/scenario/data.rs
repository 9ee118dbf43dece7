//! Data files: a table with a column of times, and the steps of the horizon that its rows cover.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::sheet::{Sheet, told};
use super::tree::shortened;
use crate::time::calendar::since_midnight;
use crate::time::{Calendar, SimDuration, quantity};

/// One data file, read once.
#[derive(Debug)]
pub(crate) struct DataTable {
    sheet: Sheet,
    coverage: OnceLock<Result<Arc<Coverage>, Vec<String>>>,
}

/// Which row of a file holds at each step of the horizon.
#[derive(Debug)]
pub(crate) struct Coverage {
    /// Divides the rows' step, and is the same where no clock changes.
    pub(crate) step: SimDuration,
    /// For each day and step the place of its row.
    pub(crate) days: Vec<Vec<usize>>,
    /// How many steps of the horizon each row holds for.
    pub(crate) steps_of_row: Vec<u32>,
}

/// A moment as a row tells it.
struct Start {
    wall: DateTime,
    /// Where the row carries an offset.
    instant: Option<Timestamp>,
}

impl DataTable {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Vec<String>> {
        Ok(Self {
            sheet: Sheet::parse(bytes)?,
            coverage: OnceLock::new(),
        })
    }

    /// The file as a table.
    pub(crate) fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// The numbers of a column. Faults name their row as a spreadsheet counts; `blank` is what an empty cell stands for,
    /// where it may be empty.
    pub(crate) fn numbers(
        &self,
        name: &str,
        blank: Option<f64>,
        is_allowed: impl Fn(f64) -> bool,
        allowed: &str,
    ) -> Result<Vec<f64>, Vec<String>> {
        let column = self.sheet.column(name).map_err(|message| vec![message])?;
        let mut numbers = Vec::with_capacity(self.sheet.rows.len());
        let mut faults = Vec::new();
        for row in &self.sheet.rows {
            let cell = row.cell(column);
            let number = match blank {
                Some(blank) if cell.is_empty() => Ok(blank),
                _ => cell.parse::<f64>(),
            };
            match number {
                Ok(number) if number.is_finite() && is_allowed(number) => numbers.push(number),
                _ => faults.push(format!(
                    "row {}, column {name}: expected {allowed}, found \"{}\"",
                    row.line,
                    shortened(cell)
                )),
            }
        }
        if faults.is_empty() {
            Ok(numbers)
        } else {
            Err(told(faults))
        }
    }

    /// Which rows hold when, over the horizon.
    pub(crate) fn coverage(&self, calendar: &Calendar) -> Result<Arc<Coverage>, Vec<String>> {
        self.coverage
            .get_or_init(|| self.cover(calendar).map(Arc::new))
            .clone()
    }

    fn cover(&self, calendar: &Calendar) -> Result<Coverage, Vec<String>> {
        let starts = self.starts(calendar.zone())?;
        let step = common_step(&starts)
            .or_else(|| {
                let interval = calendar.interval();
                (interval == SimDuration::DAY).then_some(interval)
            })
            .ok_or_else(|| {
                let interval = quantity::text(calendar.interval());
                vec![format!(
                    "one row tells no step: give a row for each interval of {interval}"
                )]
            })?;
        let fits = |step: SimDuration| {
            let interval = calendar.interval();
            step > SimDuration::ZERO
                && step.0.is_multiple_of(1_000_000)
                && SimDuration::DAY.0.is_multiple_of(step.0)
                && (step.0.is_multiple_of(interval.0) || interval.0.is_multiple_of(step.0))
        };
        if !fits(step) {
            return Err(vec![format!(
                "the rows are {} apart, which is no divisor or multiple of the interval of {} that divides a day",
                quantity::text(step),
                quantity::text(calendar.interval())
            )]);
        }
        let mut rows: BTreeMap<DateTime, Vec<usize>> = BTreeMap::new();
        for (number, start) in starts.iter().enumerate() {
            rows.entry(start.wall).or_default().push(number);
        }
        let mut faults = self.off_grid(&starts, step);
        faults.extend(self.repeats(&starts, &rows, calendar.zone()));
        if !faults.is_empty() {
            return Err(told(faults));
        }
        self.lay_out(&rows, step, calendar)
    }

    fn starts(&self, zone: &TimeZone) -> Result<Vec<Start>, Vec<String>> {
        let column = self
            .sheet
            .column("start")
            .map_err(|message| vec![message])?;
        let mut starts = Vec::with_capacity(self.sheet.rows.len());
        let mut faults = Vec::new();
        for row in &self.sheet.rows {
            let cell = row.cell(column);
            if let Ok(instant) = cell.parse::<Timestamp>() {
                starts.push(Start {
                    wall: zone.to_datetime(instant),
                    instant: Some(instant),
                });
            } else if let Ok(wall) = cell.parse::<DateTime>() {
                starts.push(Start {
                    wall,
                    instant: None,
                });
            } else {
                faults.push(format!(
                    "row {}, column start: expected a time such as \"2026-09-07 08:00\", found \"{}\"",
                    row.line,
                    shortened(cell)
                ));
            }
        }
        if faults.is_empty() {
            Ok(starts)
        } else {
            Err(told(faults))
        }
    }

    fn off_grid(&self, starts: &[Start], step: SimDuration) -> Vec<String> {
        let is_off = |start: &Start| !since_midnight(start.wall).0.is_multiple_of(step.0);
        let off = starts.iter().enumerate().filter(|(_, start)| is_off(start));
        off.map(|(number, start)| {
            format!(
                "row {}: {} does not lie on the step of {} counted from local midnight",
                self.sheet.rows[number].line,
                shown(start.wall),
                quantity::text(step)
            )
        })
        .collect()
    }

    fn repeats(
        &self,
        starts: &[Start],
        rows: &BTreeMap<DateTime, Vec<usize>>,
        zone: &TimeZone,
    ) -> Vec<String> {
        let mut faults = Vec::new();
        for (wall, numbers) in rows.iter().filter(|(_, numbers)| numbers.len() > 1) {
            let twice = matches!(
                zone.to_ambiguous_timestamp(*wall).offset(),
                AmbiguousOffset::Fold { .. }
            );
            let same = |pair: &[usize]| {
                starts[pair[0]].instant.is_some()
                    && starts[pair[0]].instant == starts[pair[1]].instant
            };
            if !twice || numbers.len() > 2 || numbers.windows(2).any(same) {
                faults.push(format!(
                    "row {}: {} stands in row {} already",
                    self.sheet.rows[numbers[1]].line,
                    shown(*wall),
                    self.sheet.rows[numbers[0]].line
                ));
            }
        }
        faults
    }

    fn lay_out(
        &self,
        rows: &BTreeMap<DateTime, Vec<usize>>,
        row_step: SimDuration,
        calendar: &Calendar,
    ) -> Result<Coverage, Vec<String>> {
        let step = calendar.days().iter().fold(row_step, |step, day| {
            let shift = day.end.since(day.start).0.abs_diff(SimDuration::DAY.0);
            SimDuration(gcd(step.0, shift))
        });
        let mut coverage = Coverage {
            step,
            days: Vec::with_capacity(calendar.days().len()),
            steps_of_row: vec![0; self.sheet.rows.len()],
        };
        let mut missing: Option<(DateTime, u64)> = None;
        for day in calendar.days() {
            let length = day.end.since(day.start);
            let is_regular = length == SimDuration::DAY;
            let steps = length.0.div_ceil(step.0);
            let mut of_day = Vec::with_capacity(usize::try_from(steps).unwrap_or(0));
            for number in 0..steps {
                let at = day.start + SimDuration(number * step.0);
                let wall = if is_regular {
                    day.date.to_datetime(jiff::civil::Time::midnight()) + signed(number * step.0)
                } else {
                    calendar.wall_clock(at)
                };
                let into_row = since_midnight(wall).0 % row_step.0;
                let wall = wall - signed(into_row);
                let second = !is_regular && is_second_time(calendar, at);
                match rows.get(&wall) {
                    Some(numbers) => {
                        let number = numbers[usize::from(second).min(numbers.len() - 1)];
                        coverage.steps_of_row[number] += 1;
                        of_day.push(number);
                    }
                    None => missing = Some(missing.map_or((wall, 1), |(first, n)| (first, n + 1))),
                }
            }
            coverage.days.push(of_day);
        }
        match missing {
            None => Ok(coverage),
            Some((first, steps)) => Err(vec![self.gap(rows, first, steps, step)]),
        }
    }

    fn gap(
        &self,
        rows: &BTreeMap<DateTime, Vec<usize>>,
        first: DateTime,
        steps: u64,
        step: SimDuration,
    ) -> String {
        let after = rows.range(..first).next_back().map_or_else(
            || "before the first row".to_owned(),
            |(_, numbers)| format!("after row {}", self.sheet.rows[numbers[0]].line),
        );
        let whole = quantity::text(SimDuration(steps.saturating_mul(step.0)));
        format!(
            "gap {after}: no row for {} ({whole} of the horizon are missing in all)",
            shown(first)
        )
    }
}

/// Whether the wall clock of an instant shows for the second time, in autumn.
fn is_second_time(calendar: &Calendar, at: crate::time::SimTime) -> bool {
    let wall = calendar.wall_clock(at);
    let first = calendar.zone().to_ambiguous_timestamp(wall);
    matches!(first.offset(), AmbiguousOffset::Fold { .. })
        && first
            .earlier()
            .is_ok_and(|earlier| calendar.instant_of(earlier) < at)
}

/// The distance that most rows have to the next; `None` of one row.
fn common_step(starts: &[Start]) -> Option<SimDuration> {
    let mut walls: Vec<DateTime> = starts.iter().map(|start| start.wall).collect();
    walls.sort_unstable();
    walls.dedup();
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for pair in walls.windows(2) {
        let apart = pair[1].duration_since(pair[0]).as_micros();
        *counts
            .entry(i64::try_from(apart).unwrap_or(i64::MAX))
            .or_default() += 1;
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(apart, _)| SimDuration(apart.unsigned_abs()))
}

fn signed(micros: u64) -> jiff::SignedDuration {
    jiff::SignedDuration::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

/// The greatest common divisor.
pub(crate) fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn shown(wall: DateTime) -> String {
    wall.strftime("%Y-%m-%d %H:%M").to_string()
}
