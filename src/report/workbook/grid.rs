//! Tables of a sheet: a frozen heading, numbers with their formats, formulas with the results of the run.

use rust_xlsxwriter::{Formula, Worksheet, XlsxError, column_number_to_name};

use super::pages::Formats;
use crate::stats::estimate::Estimate;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// A number of things that is whole.
    Whole,
    /// A mean of such numbers.
    Count,
    Money,
    /// Money for one of something, and other small numbers.
    Price,
    Share,
    /// How many times.
    Factor,
    Seconds,
    Hours,
}

impl Kind {
    /// Its number format.
    pub(super) fn pattern(self) -> &'static str {
        match self {
            Self::Text => "General",
            Self::Whole => "0",
            Self::Count | Self::Seconds | Self::Hours => "#,##0.0",
            Self::Money => "#,##0",
            Self::Price => "#,##0.00",
            Self::Share => "0.0%",
            Self::Factor => "0.0000",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) heading: String,
    pub(super) kind: Kind,
    pub(super) width: f64,
}

impl Column {
    pub(super) fn new(heading: impl Into<String>, kind: Kind) -> Self {
        let width = if kind == Kind::Text { 16.0 } else { 12.0 };
        Self {
            heading: heading.into(),
            kind,
            width,
        }
    }

    pub(super) fn wide(self, width: f64) -> Self {
        Self { width, ..self }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Nothing,
    Text(String),
    Number(f64),
    /// A formula and what it comes to by the figures of the run.
    Formula(String, f64),
    /// A number that the reader may change.
    Input(f64),
    /// A number that is not of its column's kind.
    Of(Kind, f64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Self {
        number
            .filter(|number| number.is_finite())
            .map_or(Self::Nothing, Self::Number)
    }
}

/// A column for a figure and two for the ends of its range.
pub(super) fn estimate_columns(heading: &str, kind: Kind) -> [Column; 3] {
    [
        Column::new(heading, kind),
        Column::new(format!("{heading}, lower 95 %"), kind),
        Column::new(format!("{heading}, upper 95 %"), kind),
    ]
}

/// The cells of these.
pub(super) fn estimate_values(figure: &Estimate) -> [Value; 3] {
    [figure.mean.into(), figure.lo.into(), figure.hi.into()]
}

/// Writes a table that begins in the first row, with its heading and `fixed` columns frozen and a filter over it.
pub(super) fn table(
    sheet: &mut Worksheet,
    formats: &Formats,
    columns: &[Column],
    fixed: u16,
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> Result<u32, XlsxError> {
    for (number, column) in (0..).zip(columns) {
        sheet.write_string_with_format(0, number, &column.heading, &formats.heading)?;
        sheet.set_column_width(number, column.width)?;
    }
    let looks: Vec<_> = columns
        .iter()
        .map(|column| formats.of(column.kind))
        .collect();
    let mut last = 0;
    for (row, values) in (1..).zip(rows) {
        for (number, (value, look)) in (0..).zip(values.into_iter().zip(&looks)) {
            match value {
                Value::Nothing => {}
                Value::Text(text) => {
                    sheet.write_string(row, number, text)?;
                }
                Value::Number(value) => {
                    sheet.write_number_with_format(row, number, value, look)?;
                }
                Value::Formula(formula, result) => {
                    let formula = Formula::new(formula).set_result(result.to_string());
                    sheet.write_formula_with_format(row, number, formula, look)?;
                }
                Value::Input(value) => {
                    sheet.write_number_with_format(row, number, value, &formats.input)?;
                }
                Value::Of(kind, value) => {
                    sheet.write_number_with_format(row, number, value, &formats.of(kind))?;
                }
            }
        }
        last = row;
    }
    let columns = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    sheet.set_row_height(0, 48.0)?;
    sheet.set_freeze_panes(1, fixed)?.set_repeat_rows(0, 0)?;
    sheet.autofilter(0, 0, last.max(1), columns.saturating_sub(1))?;
    Ok(last)
}

/// `B7`, for a row and a column from 0.
pub(super) fn place(row: u32, column: u16) -> String {
    format!("{}{}", column_number_to_name(column), row + 1)
}

/// `'Costs'!$G$2:$G$25`, from the first row below the heading to this one.
pub(super) fn column_of(sheet: &str, column: u16, last: u32) -> String {
    let letter = column_number_to_name(column);
    format!("'{sheet}'!${letter}$2:${letter}${}", last + 1)
}
