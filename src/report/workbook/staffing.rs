//! Groups by interval.

use rust_xlsxwriter::XlsxError;

use super::book::Book;
use super::grid::{Column, Kind, Value, table};
use super::intervals::MOST_ROWS;
use super::queues::{heading, kind};
use crate::report::csv::measures::GROUP_INTERVAL;
use crate::stats::summary::GroupInterval;

/// A row a mix, group and interval: heads paid, present and busy on average.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let mut columns = vec![
        Column::new("Mix", Kind::Text).wide(22.0),
        Column::new("Group", Kind::Text).wide(18.0),
        Column::new("Day", Kind::Text).wide(8.0),
        Column::new("Time", Kind::Text).wide(8.0),
    ];
    columns.extend(
        GROUP_INTERVAL
            .iter()
            .map(|(name, _)| Column::new(heading(name), kind(name))),
    );
    let variants = book.variants().iter();
    let groups = variants.flat_map(|variant| {
        variant
            .groups
            .iter()
            .map(move |(name, group)| (variant, name, group))
    });
    let rows = groups.flat_map(|(variant, name, group)| {
        group
            .intervals
            .iter()
            .map(move |interval| values(&variant.name, name, interval))
    });
    let (sheet, formats) = book.sheet("Staffing")?;
    table(sheet, formats, &columns, 4, rows.take(MOST_ROWS))?;
    Ok(())
}

fn values(variant: &str, group: &str, interval: &GroupInterval) -> Vec<Value> {
    let mut values = vec![
        variant.into(),
        group.into(),
        interval.weekday.unwrap_or("day").into(),
        interval.start.as_str().into(),
    ];
    values.extend(
        GROUP_INTERVAL
            .iter()
            .map(|(_, figure)| Value::from(figure(interval).mean)),
    );
    values
}
