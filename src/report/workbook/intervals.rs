//! Queues by interval.

use rust_xlsxwriter::XlsxError;

use super::book::Book;
use super::grid::{Column, Kind, Value, table};
use super::queues::{heading, kind};
use crate::report::csv::measures::QUEUE_INTERVAL;
use crate::stats::summary::QueueInterval;

/// More rows than this are not held by a sheet.
pub(super) const MOST_ROWS: usize = 1_000_000;

/// A row a mix, queue and interval: of each figure its mean, of the service level its range as well.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let mut columns = vec![
        Column::new("Mix", Kind::Text).wide(22.0),
        Column::new("Queue", Kind::Text).wide(18.0),
        Column::new("Day", Kind::Text).wide(8.0),
        Column::new("Time", Kind::Text).wide(8.0),
    ];
    columns.extend(
        QUEUE_INTERVAL
            .iter()
            .map(|(name, _)| Column::new(heading(name), kind(name))),
    );
    columns.extend(
        ["lower", "upper"]
            .map(|end| Column::new(format!("Service level, {end} 95 %"), Kind::Share)),
    );
    let variants = book.variants().iter();
    let queues = variants.flat_map(|variant| {
        variant
            .queues
            .iter()
            .map(move |(name, queue)| (variant, name, queue))
    });
    let rows = queues.flat_map(|(variant, name, queue)| {
        queue
            .intervals
            .iter()
            .map(move |interval| values(&variant.name, name, interval))
    });
    let (sheet, formats) = book.sheet("Intervals")?;
    table(sheet, formats, &columns, 4, rows.take(MOST_ROWS))?;
    Ok(())
}

fn values(variant: &str, queue: &str, interval: &QueueInterval) -> Vec<Value> {
    let mut values = vec![
        variant.into(),
        queue.into(),
        interval.weekday.unwrap_or("day").into(),
        interval.start.as_str().into(),
    ];
    values.extend(
        QUEUE_INTERVAL
            .iter()
            .map(|(_, figure)| Value::from(figure(interval).mean)),
    );
    values.extend([
        interval.service_level.lo.into(),
        interval.service_level.hi.into(),
    ]);
    values
}
