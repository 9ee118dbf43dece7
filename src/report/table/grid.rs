//! Rows under headings, in columns.

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

/// Nothing is wider.
pub(super) const WIDTH: u16 = 120;

const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Texts in columns, the first flush left, the others flush right.
pub(super) struct Grid {
    table: Table,
}

impl Grid {
    pub(super) fn new<'a>(headings: impl IntoIterator<Item = &'a str>) -> Self {
        let mut table = Table::new();
        table
            .load_style(STYLE)
            .set_width(WIDTH)
            .set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(cells(headings.into_iter().map(str::to_owned)));
        for column in table.column_iter_mut() {
            column.set_padding((1, 0));
        }
        Self { table }
    }

    pub(super) fn row(&mut self, texts: Vec<String>) {
        self.table.add_row(cells(texts.into_iter()));
    }

    /// Headings and rows as texts.
    pub(super) fn texts(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let row = |row: &comfy_table::Row| row.cell_iter().map(Cell::content).collect();
        let headings = self.table.header().map(row).unwrap_or_default();
        (headings, self.table.row_iter().map(row).collect())
    }

    /// The lines, without space at their ends.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        self.table.lines().map(|line| line.trim_end().to_owned())
    }
}

/// Parts after a word, with commas between them, on as many lines as they need.
pub(super) fn listing(word: &str, parts: &[String]) -> Vec<String> {
    let mut lines = vec![format!(" {word:<8}")];
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.iter().enumerate() {
        let part = if at < last {
            format!("{part}, ")
        } else {
            part.clone()
        };
        let length = lines.last().map_or(0, |line| line.chars().count());
        if length > 9 && length + part.chars().count() > usize::from(WIDTH) {
            lines.push(" ".repeat(9));
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(&part);
        }
    }
    lines
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// A text in lines that fit, each after a space.
pub(super) fn paragraph(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < usize::from(WIDTH) => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("   {word}")),
            None => lines.push(format!(" {word}")),
        }
    }
    lines
}

fn cells(texts: impl Iterator<Item = String>) -> Vec<Cell> {
    texts
        .enumerate()
        .map(|(column, text)| {
            let alignment = if column == 0 {
                CellAlignment::Left
            } else {
                CellAlignment::Right
            };
            Cell::new_owned(text).set_alignment(alignment)
        })
        .collect()
}
