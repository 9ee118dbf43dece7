//! The figures of every queue.

use rust_xlsxwriter::XlsxError;

use super::book::Book;
use super::grid::{Column, Kind, Value, estimate_columns, estimate_values, table};
use crate::report::figure::promised_level;
use crate::report::table::queues::{promise, verdict};
use crate::stats::named;

/// The figures by their documented names, and whether their range is told; summary.csv has all of them with their ranges.
const FIGURES: [(&str, bool); 19] = [
    ("offered", false),
    ("answered", false),
    ("abandoned", false),
    ("blocked", false),
    ("contained", false),
    ("open_at_end", false),
    ("service_level", true),
    ("abandonment", true),
    ("delayed", false),
    ("asa_s", false),
    ("wait_s.mean", false),
    ("wait_s.p50", false),
    ("wait_s.p90", true),
    ("wait_s.p99", false),
    ("response_s.mean", false),
    ("response_s.p90", true),
    ("handle_time_s.mean", false),
    ("queue_length_max", false),
    ("offered_load", false),
];

/// Columns of a figure: its mean, and the ends of its range.
fn cells(has_range: bool) -> usize {
    if has_range { 3 } else { 1 }
}

/// A row a mix and queue.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let mut columns = vec![
        Column::new("Mix", Kind::Text).wide(22.0),
        Column::new("Queue", Kind::Text).wide(18.0),
        Column::new("Channel", Kind::Text),
        Column::new("Promise", Kind::Text),
        Column::new("Verdict", Kind::Text),
    ];
    for (name, has_range) in FIGURES {
        let figure = estimate_columns(&heading(name), kind(name));
        columns.extend(figure.into_iter().take(cells(has_range)));
    }
    let mut rows = Vec::new();
    for variant in book.variants() {
        for (name, queue) in variant.queues.iter() {
            let target = promised_level(queue);
            let text = |text: Option<String>| text.map_or(Value::Nothing, Value::Text);
            let mut row = vec![
                variant.name.as_str().into(),
                name.into(),
                queue.channel.as_str().into(),
                text(target.map(promise)),
                text(target.map(|target| verdict(target.verdict).to_owned())),
            ];
            let figures = named::of_queue(&queue.measures);
            for (name, has_range) in FIGURES {
                let figure = figures.iter().find(|(own, _)| own == name);
                let values = figure.map_or_else(Default::default, |(_, figure)| *figure);
                row.extend(estimate_values(&values).into_iter().take(cells(has_range)));
            }
            rows.push(row);
        }
    }
    let (sheet, formats) = book.sheet("Queues")?;
    table(sheet, formats, &columns, 2, rows)?;
    Ok(())
}

/// `wait_s.p90` as `Wait p90, s`.
pub(super) fn heading(name: &str) -> String {
    let (name, unit) = match name.split_once("_s.") {
        Some((name, part)) => (format!("{name} {part}"), ", s"),
        None => match name.strip_suffix("_s") {
            Some(name) => (name.to_owned(), ", s"),
            None => (name.to_owned(), ""),
        },
    };
    let words = name.replace(['_', '.'], " ");
    let mut letters = words.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    format!("{}{}{unit}", first.unwrap_or_default(), letters.as_str())
}

/// How the numbers of a documented name look.
pub(super) fn kind(name: &str) -> Kind {
    let is_share = ["service_level", "abandonment", "delayed", "occupancy"];
    if name.contains("_s.") || name.ends_with("_s") {
        Kind::Seconds
    } else if is_share.iter().any(|start| name.starts_with(start)) {
        Kind::Share
    } else {
        Kind::Count
    }
}
