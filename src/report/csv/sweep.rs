//! The points of a sweep, one a row: `sweep.csv`, written as they come and read again where a sweep goes on.

use std::io::{self, Write};

use super::intervals::cells_of;
use crate::stats::estimate::Estimate;
use crate::study::sweep::row::{Cell, Row, Table};

/// Columns beside keys and figures.
const POINT: &str = "point";
const TARGETS: &str = "targets";
/// The three columns of a figure.
const PARTS: [&str; 3] = ["_mean", "_lo", "_hi"];

/// Writes the header: `point`, the keys, `targets`, then mean, lo and hi of each figure.
///
/// # Errors
/// When `out` can't be written.
pub fn write_sweep_header(
    keys: &[String],
    figures: &[String],
    out: &mut impl Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let figures = figures
        .iter()
        .flat_map(|name| PARTS.map(|part| format!("{name}{part}")));
    let own = |text: &str| std::iter::once(text.to_owned());
    let header = own(POINT)
        .chain(keys.iter().cloned())
        .chain(own(TARGETS))
        .chain(figures);
    writer.write_record(header)?;
    writer.flush()
}

/// Writes the row of a point.
///
/// # Errors
/// When `out` can't be written.
pub fn write_sweep_row(row: &Row, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let values = row.values.iter().map(|cell| match cell {
        Cell::Number(number) => number.map_or(String::new(), |number| number.to_string()),
        Cell::Text(text) => text.clone(),
    });
    let figures = row.figures.iter().flat_map(cells_of);
    let own = |text: String| std::iter::once(text);
    let record = own(row.point.to_string())
        .chain(values)
        .chain(own(row.targets.clone()))
        .chain(figures);
    writer.write_record(record)?;
    writer.flush()
}

/// Why points cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SweepFileError {
    /// They are not those of this sweep.
    #[error("{0}")]
    Foreign(String),
    /// A line is not as it was written.
    #[error("line {line} is damaged: {why}")]
    Damaged {
        /// Which one, the header being the first.
        line: u64,
        /// What is wrong with it.
        why: String,
    },
}

/// Reads the points of a file of whole lines; `keys` are those that its header must begin with.
///
/// # Errors
/// Where it is no such file, or a line is damaged.
pub fn read_sweep(text: &str, keys: &[String]) -> Result<Table, SweepFileError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let foreign = |why: String| SweepFileError::Foreign(why);
    let header = reader
        .headers()
        .map_err(|error| foreign(error.to_string()))?;
    let header = header.clone();
    let header: Vec<&str> = header.iter().collect();
    let figures = figures_of(&header, keys)
        .ok_or_else(|| foreign("line 1: its columns are not those of this sweep".to_owned()))?;
    let mut table = Table {
        keys: keys.to_vec(),
        figures,
        rows: Vec::new(),
    };
    for (record, point) in reader.records().zip(1_u64..) {
        let row = record
            .ok()
            .and_then(|record| row_of(&record, point, keys.len()));
        table.rows.push(row.ok_or_else(|| SweepFileError::Damaged {
            line: point + 1,
            why: format!("this is not point {point} of the sweep"),
        })?);
    }
    Ok(table)
}

/// The names of the figures, where the other columns are as they must be.
fn figures_of(header: &[&str], keys: &[String]) -> Option<Vec<String>> {
    let (point, rest) = header.split_first()?;
    let (own, rest) = rest.split_at_checked(keys.len())?;
    let (targets, figures) = rest.split_first()?;
    let is_own =
        *point == POINT && own.iter().zip(keys).all(|(own, key)| own == key) && *targets == TARGETS;
    let name = |parts: &[&str]| {
        let name = parts[0].strip_suffix(PARTS[0])?;
        let follow = |at: usize| parts[at].strip_suffix(PARTS[at]) == Some(name);
        (follow(1) && follow(2)).then(|| name.to_owned())
    };
    (is_own && figures.len().is_multiple_of(3)).then_some(())?;
    figures.chunks_exact(3).map(name).collect()
}

fn row_of(record: &csv::StringRecord, point: u64, keys: usize) -> Option<Row> {
    let number = |text: &str| match text {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    };
    if record.get(0)?.parse() != Ok(point) {
        return None;
    }
    let value = |text: &str| match text.parse::<f64>() {
        Ok(number) => Cell::Number(Some(number)),
        Err(_) => Cell::Text(text.to_owned()),
    };
    let numbers: Vec<Option<f64>> = record
        .iter()
        .skip(keys + 2)
        .map(number)
        .collect::<Option<_>>()?;
    let figure = |parts: &[Option<f64>]| Estimate {
        mean: parts[0],
        lo: parts[1],
        hi: parts[2],
        is_of_few: false,
    };
    Some(Row {
        point,
        values: record.iter().skip(1).take(keys).map(value).collect(),
        targets: record.get(keys + 1)?.to_owned(),
        figures: numbers.chunks_exact(3).map(figure).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let row = |point, value: Cell, mean| Row {
            point,
            values: vec![value, Cell::Number(Some(0.1 + 0.2))],
            targets: "met".to_owned(),
            figures: vec![Estimate::around(mean, 1.0 / 3.0), Estimate::NONE],
        };
        Table {
            keys: vec![
                "groups.a.staff".to_owned(),
                "queues.b.patience_s".to_owned(),
            ],
            figures: vec!["cost.total".to_owned(), "queues.b.asa_s".to_owned()],
            rows: vec![
                row(1, Cell::Number(Some(3.0)), 1e-300),
                row(2, Cell::Text("a, b".to_owned()), -2.5e20),
            ],
        }
    }

    fn text(table: &Table) -> String {
        let mut out = Vec::new();
        write_sweep_header(&table.keys, &table.figures, &mut out).unwrap();
        for row in &table.rows {
            write_sweep_row(row, &mut out).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_written_is_read_back_to_the_last_bit() {
        let table = table();
        assert_eq!(read_sweep(&text(&table), &table.keys), Ok(table));
    }

    #[test]
    fn a_file_of_something_else_is_refused() {
        let table = table();
        let text = text(&table);
        let refused = |text: &str| read_sweep(text, &table.keys).unwrap_err().to_string();
        let other = "line 1: its columns are not those of this sweep";
        assert_eq!(refused("a,b\n1,2\n"), other);
        assert_eq!(refused(&text.replacen("_lo", "_low", 1)), other);
        assert_eq!(refused(&text.replacen("patience_s", "patience", 1)), other);
        assert_eq!(
            refused(&text.replace("\n2,", "\n3,")),
            "line 3 is damaged: this is not point 2 of the sweep"
        );
        assert_eq!(
            refused(&text.replacen("0.3333333333333333", "a third", 1)),
            "line 2 is damaged: this is not point 1 of the sweep"
        );
    }
}
