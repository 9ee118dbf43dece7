//! Every input as the file has it.

use rust_xlsxwriter::XlsxError;

use super::book::Book;
use super::grid::{Column, Kind, Value, table};

/// A row a key of the scenario file.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let columns = [
        Column::new("Input", Kind::Text).wide(40.0),
        Column::new("Value, as written", Kind::Text).wide(70.0),
        Column::new("Remark in the file", Kind::Text).wide(60.0),
        Column::new("Line", Kind::Text).wide(8.0),
    ];
    let inputs = book.material.scenario.inputs().into_iter();
    let rows = inputs.map(|input| {
        let line = Value::Number(input.line as f64);
        vec![
            Value::Text(input.key),
            Value::Text(input.value),
            Value::Text(input.remark),
            line,
        ]
    });
    let (sheet, formats) = book.sheet("Assumptions")?;
    table(sheet, formats, &columns, 1, rows)?;
    Ok(())
}
