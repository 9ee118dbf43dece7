//! Columns of data files over the horizon. Each file is read once for all variants.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::horizon::Horizon;
use crate::scenario::data::{Coverage, DataTable};
use crate::scenario::forms::FileColumn;
use crate::scenario::people::MOST_AGENTS;
use crate::scenario::read::{At, Reader};
use crate::scenario::scalar::whole;
use crate::scenario::sheet::Sheet;
use crate::time::SimDuration;
use crate::time::instant::MICROS_PER_HOUR;
use crate::time::profile::Profile;

/// The data files of a scenario.
#[derive(Debug)]
pub(super) struct DataSet {
    tables: BTreeMap<String, Result<DataTable, Vec<String>>>,
}

impl DataSet {
    pub(super) fn new(files: &BTreeMap<String, Result<Arc<[u8]>, String>>) -> Self {
        let table = |content: &Result<Arc<[u8]>, String>| match content {
            Ok(bytes) => DataTable::parse(bytes),
            Err(reason) => Err(vec![format!("the data file cannot be read: {reason}")]),
        };
        Self {
            tables: files
                .iter()
                .map(|(name, content)| (name.clone(), table(content)))
                .collect(),
        }
    }

    /// The table of a file and the column wanted; `None` after a problem has been reported.
    fn find<'a>(
        &'a self,
        column: &'a FileColumn,
        reader: &mut Reader,
    ) -> Option<(&'a DataTable, &'a At<String>)> {
        let (file, name) = (column.file.as_ref()?, column.column.as_ref()?);
        Some((self.table(file, reader)?, name))
    }

    /// A file as a table; `None` after a problem has been reported.
    pub(super) fn sheet(&self, file: &At<String>, reader: &mut Reader) -> Option<&Sheet> {
        self.table(file, reader).map(DataTable::sheet)
    }

    fn table(&self, file: &At<String>, reader: &mut Reader) -> Option<&DataTable> {
        match self.tables.get(&file.value) {
            Some(Ok(table)) => Some(table),
            Some(Err(faults)) => {
                for fault in faults {
                    reader.report_at(&file.place, format!("{}: {fault}", file.value), None);
                }
                None
            }
            None => {
                reader.report_at(
                    &file.place,
                    format!("{}: the data file was not loaded", file.value),
                    None,
                );
                None
            }
        }
    }

    /// The values of a column without times.
    pub(super) fn values(
        &self,
        column: &FileColumn,
        expected: &str,
        reader: &mut Reader,
    ) -> Option<Vec<f64>> {
        let (table, name) = self.find(column, reader)?;
        let values = table.numbers(&name.value, None, |value| value >= 0.0, expected);
        let level = level(column);
        let mut values = sound(values, column, reader)?;
        for value in &mut values {
            *value *= level;
        }
        Some(values)
    }

    /// Counts by row as a rate: contacts an hour.
    pub(super) fn rates(
        &self,
        column: &FileColumn,
        horizon: &Horizon,
        reader: &mut Reader,
    ) -> Option<Profile<f64>> {
        let allowed = Allowed {
            blank: None,
            test: &|value| value >= 0.0,
            expected: "a number of zero or above",
        };
        let series = self.series(column, horizon, reader, &allowed)?;
        let level = level(column);
        Some(series.profile(|number| {
            let steps = series.coverage.steps_of_row[number].max(1);
            let hours = f64::from(steps) * series.coverage.step.as_hours();
            series.values[number] * level / hours
        }))
    }

    /// Means in seconds. A cell that is empty or 0, as where nobody came, stands for the average of the others.
    pub(super) fn means(
        &self,
        column: &FileColumn,
        horizon: &Horizon,
        reader: &mut Reader,
    ) -> Option<Profile<f64>> {
        let allowed = Allowed {
            blank: Some(0.0),
            test: &|value| (0.0..=1e9).contains(&value),
            expected: "a mean in seconds, or nothing where nobody came",
        };
        let series = self.series(column, horizon, reader, &allowed)?;
        let given: Vec<f64> = series
            .values
            .iter()
            .copied()
            .filter(|mean| *mean > 0.0)
            .collect();
        if given.is_empty() {
            let name = column.column.as_ref()?;
            let message = format!("column {} holds no mean above zero", name.value);
            reader.report_at(&name.place, message, None);
            return None;
        }
        let average = given.iter().sum::<f64>() / given.len() as f64;
        let level = level(column);
        Some(series.profile(|number| match series.values[number] {
            mean if mean > 0.0 => mean * level,
            _ => average * level,
        }))
    }

    /// Heads.
    pub(super) fn heads(
        &self,
        column: &FileColumn,
        horizon: &Horizon,
        reader: &mut Reader,
    ) -> Option<Profile<u32>> {
        let heads = |value| whole(value).filter(|heads| (0..=MOST_AGENTS).contains(heads));
        let allowed = Allowed {
            blank: None,
            test: &|value| heads(value).is_some(),
            expected: "a whole number of heads from 0 to 100000",
        };
        if let Some(level) = &column.level {
            let message = "a level makes no whole heads: it is for arrivals and times";
            reader.report_at(&level.place, message, None);
        }
        let series = self.series(column, horizon, reader, &allowed)?;
        let profile = series.profile(|number| {
            heads(series.values[number])
                .and_then(|heads| u32::try_from(heads).ok())
                .unwrap_or(0)
        });
        Some(by_interval(profile, horizon.calendar.interval()))
    }

    fn series(
        &self,
        column: &FileColumn,
        horizon: &Horizon,
        reader: &mut Reader,
        allowed: &Allowed<'_>,
    ) -> Option<Series> {
        let (table, name) = self.find(column, reader)?;
        let values = sound(
            table.numbers(&name.value, allowed.blank, allowed.test, allowed.expected),
            column,
            reader,
        );
        if !horizon.is_sound {
            return None;
        }
        let coverage = sound(table.coverage(&horizon.calendar), column, reader);
        Some(Series {
            values: values?,
            coverage: coverage?,
        })
    }
}

/// What a cell may hold.
struct Allowed<'a> {
    /// What an empty cell stands for, where it may be empty.
    blank: Option<f64>,
    test: &'a dyn Fn(f64) -> bool,
    expected: &'a str,
}

/// A column's values and which of them holds when.
struct Series {
    values: Vec<f64>,
    coverage: Arc<Coverage>,
}

impl Series {
    fn profile<T>(&self, value_of_row: impl Fn(usize) -> T) -> Profile<T> {
        let day = |rows: &Vec<usize>| rows.iter().map(|row| value_of_row(*row)).collect();
        Profile::Dated {
            step: self.coverage.step,
            days: self.coverage.days.iter().map(day).collect(),
        }
    }
}

/// Staffing in steps of the interval at most, where the file's are longer.
fn by_interval(profile: Profile<u32>, interval: SimDuration) -> Profile<u32> {
    match profile {
        Profile::Dated { step, days } if step > interval => {
            let parts = usize::try_from(step.0 / interval.0).unwrap_or(1);
            let split = |day: Vec<u32>| {
                day.into_iter()
                    .flat_map(|heads| std::iter::repeat_n(heads, parts))
                    .collect()
            };
            Profile::Dated {
                step: SimDuration(step.0 / parts as u64),
                days: days.into_iter().map(split).collect(),
            }
        }
        profile => profile,
    }
}

/// The factor on the values of a column.
fn level(column: &FileColumn) -> f64 {
    column.level.as_ref().map_or(1.0, |level| level.value.0)
}

/// Reports the faults of a file at the key that names the column.
fn sound<T>(read: Result<T, Vec<String>>, column: &FileColumn, reader: &mut Reader) -> Option<T> {
    let faults = match read {
        Ok(value) => return Some(value),
        Err(faults) => faults,
    };
    if let (Some(file), Some(name)) = (&column.file, &column.column) {
        for fault in faults {
            reader.report_at(&name.place, format!("{}: {fault}", file.value), None);
        }
    }
    None
}

/// Counts by interval of a day or a week as a rate an hour.
pub(super) fn rates_by_interval(counts: &[f64], interval: SimDuration) -> Profile<f64> {
    let rates: Vec<f64> = counts
        .iter()
        .map(|count| count * MICROS_PER_HOUR as f64 / interval.0 as f64)
        .collect();
    weekly(&rates, interval)
}

/// A list of one day, which every day then has, or of a week from Monday.
pub(super) fn weekly<T: Clone>(values: &[T], interval: SimDuration) -> Profile<T> {
    let a_day = usize::try_from(SimDuration::DAY.0 / interval.0).unwrap_or(1);
    let day = |weekday: usize| {
        let from = if values.len() == 7 * a_day {
            weekday * a_day
        } else {
            0
        };
        values[from..from + a_day].to_vec()
    };
    Profile::Weekly {
        step: interval,
        days: Box::new(std::array::from_fn(day)),
    }
}
