//! Tables of the page: texts with what a reader sorts by and how a verdict looks.

use crate::report::table::Sheet;

/// A table whose first column names its rows.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) headings: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A figure in a table.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Smaller, below it.
    pub(super) note: String,
    /// `met`, `missed` or `undecided`, where it is a verdict.
    pub(super) class: &'static str,
    /// What the column is sorted by.
    pub(super) key: String,
}

impl Cell {
    /// A text.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// The same with a note.
    pub(super) fn with_note(self, note: impl Into<String>) -> Self {
        Self {
            note: note.into(),
            ..self
        }
    }

    /// The same, sorted by a number.
    pub(super) fn sorted_by(self, key: Option<f64>) -> Self {
        Self {
            key: key.map_or(String::new(), |key| key.to_string()),
            ..self
        }
    }
}

/// A printed table, its verdicts marked.
pub(super) fn of_sheet(sheet: Sheet) -> Table {
    let cell = |text: String| Cell {
        class: match text.as_str() {
            "met" => "met",
            "missed" => "missed",
            "undecided" => "undecided",
            _ => "",
        },
        ..Cell::new(text)
    };
    Table {
        caption: sheet.caption,
        headings: sheet.headings,
        rows: sheet
            .rows
            .into_iter()
            .map(|row| row.into_iter().map(cell).collect())
            .collect(),
    }
}
