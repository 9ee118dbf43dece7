//! The figures of every group.

use rust_xlsxwriter::XlsxError;

use super::book::Book;
use super::grid::{Column, Kind, Value, estimate_columns, estimate_values, table};
use super::queues::heading;
use crate::stats::named;

/// A row a mix and group.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let mut columns = vec![
        Column::new("Mix", Kind::Text).wide(22.0),
        Column::new("Group", Kind::Text).wide(18.0),
    ];
    let base = &book.material.base().groups;
    let figures = base
        .iter()
        .next()
        .map(|(_, group)| named::of_group(&group.measures));
    for (name, _) in figures.iter().flatten() {
        columns.extend(estimate_columns(&heading(name), kind(name)));
    }
    let mut rows = Vec::new();
    for (variant, name) in book.group_rows() {
        let mut row: Vec<Value> = vec![variant.name.as_str().into(), name.into()];
        let figures = variant
            .groups
            .find(name)
            .map(|group| named::of_group(&group.measures));
        row.extend(
            figures
                .iter()
                .flatten()
                .flat_map(|(_, figure)| estimate_values(figure)),
        );
        rows.push(row);
    }
    let (sheet, formats) = book.sheet("Groups")?;
    table(sheet, formats, &columns, 2, rows)?;
    Ok(())
}

fn kind(name: &str) -> Kind {
    match name {
        "occupancy" | "utilisation" => Kind::Share,
        "mean_concurrency" | "fte" => Kind::Price,
        _ => Kind::Hours,
    }
}
