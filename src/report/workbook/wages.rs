//! What an hour costs: the cells that a reader changes.

use rust_xlsxwriter::XlsxError;

use super::book::{Book, WAGES};
use super::grid::{Column, Kind, Value, table};

/// One wage a group; the costs of all mixes that pay the same follow it.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let currency = book.material.currency();
    let columns = [
        Column::new("Group", Kind::Text).wide(20.0),
        Column::new(format!("Wage, {currency} a paid hour"), Kind::Price).wide(18.0),
        Column::new("How to use it", Kind::Text).wide(90.0),
    ];
    let names = book.group_names();
    let wages: Vec<f64> = names.iter().map(|name| book.common_wage(name)).collect();
    let rows = names.iter().zip(&wages).enumerate().map(|(row, (name, wage))| {
        let hint = if row == 0 {
            "Change a yellow cell: costs of groups, mixes and queues and the charts follow. Hours, waits and customers stay as simulated."
        } else {
            ""
        };
        vec![(*name).into(), Value::Input(*wage), hint.into()]
    });
    let rows: Vec<_> = rows.collect();
    let (sheet, formats) = book.sheet(WAGES)?;
    table(sheet, formats, &columns, 1, rows)?;
    Ok(())
}

/// The cell of a group's wage.
pub(super) fn cell(book: &Book<'_, '_>, group: &str) -> Option<String> {
    let names = book.group_names();
    let row = names.iter().position(|name| *name == group)?;
    Some(format!("'{WAGES}'!$B${}", row + 2))
}
