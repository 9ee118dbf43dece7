//! What the words mean.

use rust_xlsxwriter::XlsxError;

use super::book::Book;
use crate::report::definitions::DEFINITIONS;

/// A row a word.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let (sheet, formats) = book.sheet("Definitions")?;
    sheet
        .set_column_width(0, 28.0)?
        .set_column_width(1, 110.0)?;
    sheet.write_string_with_format(0, 0, "Word", &formats.heading)?;
    sheet.write_string_with_format(0, 1, "Meaning", &formats.heading)?;
    sheet.set_freeze_panes(1, 1)?;
    for (row, (word, meaning)) in (1..).zip(DEFINITIONS) {
        sheet.write_string_with_format(row, 0, word, &formats.wrapped)?;
        sheet.write_string_with_format(row, 1, meaning, &formats.wrapped)?;
    }
    Ok(())
}
