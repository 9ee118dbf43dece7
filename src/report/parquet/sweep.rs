//! The points of a sweep: `sweep.parquet`, with the columns of `sweep.csv`.

use std::io::{self, Write};

use super::file::{self, Kind, Values};
use crate::study::sweep::row::{Cell, Row, Table};

/// Writes the points. A key is a column of numbers where all of its values are, else of words.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(table: &Table, out: &mut (impl Write + Send)) -> io::Result<()> {
    let is_number = |key: usize| {
        table
            .rows
            .iter()
            .all(|row| matches!(row.values[key], Cell::Number(_)))
    };
    let mut columns = vec![("point".to_owned(), Kind::Whole)];
    columns.extend(table.keys.iter().enumerate().map(|(at, key)| {
        let kind = if is_number(at) {
            Kind::Number
        } else {
            Kind::Text
        };
        (key.clone(), kind)
    }));
    columns.push(("targets".to_owned(), Kind::Text));
    for name in &table.figures {
        columns.extend(["mean", "lo", "hi"].map(|part| (format!("{name}_{part}"), Kind::Number)));
    }
    let mut rows = Some(values(table, &columns));
    file::write(&columns, || rows.take(), out)
}

fn values(table: &Table, columns: &[(String, Kind)]) -> Vec<Values> {
    let number =
        |of: &dyn Fn(&Row) -> Option<f64>| Values::Number(table.rows.iter().map(of).collect());
    let text =
        |of: &dyn Fn(&Row) -> Option<String>| Values::Text(table.rows.iter().map(of).collect());
    let point = |row: &Row| i64::try_from(row.point).ok();
    let mut values = vec![Values::Whole(table.rows.iter().map(point).collect())];
    for (at, (_, kind)) in columns[1..].iter().take(table.keys.len()).enumerate() {
        values.push(match kind {
            Kind::Number | Kind::Whole => number(&|row| match &row.values[at] {
                Cell::Number(number) => *number,
                Cell::Text(_) => None,
            }),
            Kind::Text => text(&|row| match &row.values[at] {
                Cell::Number(number) => number.map(|number| number.to_string()),
                Cell::Text(text) => Some(text.clone()),
            }),
        });
    }
    values.push(text(&|row| {
        Some(row.targets.clone()).filter(|word| !word.is_empty())
    }));
    for at in 0..table.figures.len() {
        values.push(number(&|row| row.figures[at].mean));
        values.push(number(&|row| row.figures[at].lo));
        values.push(number(&|row| row.figures[at].hi));
    }
    values
}
