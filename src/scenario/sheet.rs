//! A CSV table as written: a header, and rows that have a cell for each of its columns.

use super::read::hint_of;
use super::tree::shortened;

/// The most faults that are told of one file or column.
const MOST_TOLD: usize = 5;

/// A header and the rows below it.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// One row.
#[derive(Debug)]
pub(crate) struct Row {
    /// The line of the file on which it begins, from 1.
    pub(crate) line: u64,
    cells: csv::StringRecord,
}

impl Row {
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }

    /// Whether nothing stands in it, as in the empty lines at the end of what a spreadsheet saves.
    fn is_blank(&self) -> bool {
        self.cells.iter().all(str::is_empty)
    }
}

impl Sheet {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Vec<String>> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let row = before.split('\n').count();
            vec![format!("row {row}: not UTF-8; save the file as UTF-8")]
        })?;
        let text = text.trim_start_matches('\u{feff}');
        let mut rows = rows(text).map_err(|error| vec![error.to_string()])?;
        rows.retain(|row| !row.is_blank());
        if rows.is_empty() {
            return Err(vec!["the file is empty".to_owned()]);
        }
        let header = rows.remove(0);
        let names: Vec<String> = header.cells.iter().map(str::to_owned).collect();
        check_header(&names)?;
        if rows.is_empty() {
            return Err(vec!["no rows below the header".to_owned()]);
        }
        let faults: Vec<String> = rows
            .iter()
            .filter_map(|row| fault_of_length(row, names.len()))
            .collect();
        if faults.is_empty() {
            Ok(Self {
                header: names,
                rows,
            })
        } else {
            Err(told(faults))
        }
    }

    /// The place of a column.
    pub(crate) fn column(&self, name: &str) -> Result<usize, String> {
        self.header
            .iter()
            .position(|column| column == name)
            .ok_or_else(|| {
                let hint = hint_of(name, self.header.iter().map(String::as_str));
                format!("no column `{}` in the header; {hint}", shortened(name))
            })
    }
}

/// All rows with the lines on which they begin. The package counts a row from the end of the one before, so that blank lines
/// in between have to be passed over.
fn rows(text: &str) -> Result<Vec<Row>, csv::Error> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let bytes = text.as_bytes();
    let (mut line, mut at) = (1, 0);
    let mut rows = Vec::new();
    for cells in reader.records() {
        let cells = cells?;
        let from = cells.position().map_or(0, csv::Position::byte);
        let from = usize::try_from(from).unwrap_or(at).clamp(at, bytes.len());
        let blank = bytes[from..]
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        line += line_breaks(&bytes[at..from + blank]);
        at = from + blank;
        rows.push(Row { line, cells });
    }
    Ok(rows)
}

/// Line breaks of any kind: `\n`, `\r\n` or a lone `\r`.
fn line_breaks(bytes: &[u8]) -> u64 {
    let mut breaks = 0;
    let mut before = 0;
    for byte in bytes {
        match byte {
            b'\n' if before == b'\r' => {}
            b'\r' | b'\n' => breaks += 1,
            _ => {}
        }
        before = *byte;
    }
    breaks
}

fn check_header(names: &[String]) -> Result<(), Vec<String>> {
    if let [only] = names {
        for (separator, what) in [(';', "semicolons"), ('\t', "tabs")] {
            if only.contains(separator) {
                return Err(vec![format!(
                    "the header has {what} and no comma: the separator must be a comma"
                )]);
            }
        }
    }
    let mut sorted: Vec<&str> = names.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let twice = sorted
        .windows(2)
        .find(|pair| pair[0] == pair[1] && !pair[0].is_empty());
    match twice {
        Some(pair) => Err(vec![format!(
            "the header names the column `{}` twice",
            shortened(pair[0])
        )]),
        None => Ok(()),
    }
}

fn fault_of_length(row: &Row, columns: usize) -> Option<String> {
    let cells = row.cells.len();
    let hint = if cells > columns {
        " (a decimal comma?)"
    } else {
        ""
    };
    let plural = if cells == 1 { "" } else { "s" };
    (cells != columns).then(|| {
        format!(
            "row {} has {cells} cell{plural}, the header has {columns}{hint}",
            row.line
        )
    })
}

/// The first faults, and how many more there are.
pub(crate) fn told(mut faults: Vec<String>) -> Vec<String> {
    if faults.len() > MOST_TOLD {
        let more = faults.len() - MOST_TOLD;
        faults.truncate(MOST_TOLD);
        if let Some(last) = faults.last_mut() {
            *last = format!("{last} (and {more} more rows like it)");
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        Sheet::parse(text.as_bytes())
            .expect_err("a fault")
            .join("\n")
    }

    fn lines(text: &str) -> Vec<u64> {
        let sheet = Sheet::parse(text.as_bytes()).expect("a table");
        sheet.rows.iter().map(|row| row.line).collect()
    }

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        assert_eq!(
            fault("start,x\n2026-09-07,1,9\n"),
            "row 2 has 3 cells, the header has 2 (a decimal comma?)"
        );
        assert_eq!(
            fault("start,x\n2026-09-07\n"),
            "row 2 has 1 cell, the header has 2"
        );
        let many = fault(&format!("a,b\n{}", "1\n".repeat(9)));
        assert!(many.ends_with("row 6 has 1 cell, the header has 2 (and 4 more rows like it)"));
    }

    #[test]
    fn a_header_is_separated_by_commas_and_names_each_column_once() {
        for (text, what) in [
            ("start;x\n1;2\n", "semicolons"),
            ("start\tx\n1\t2\n", "tabs"),
        ] {
            let expected =
                format!("the header has {what} and no comma: the separator must be a comma");
            assert_eq!(fault(text), expected);
        }
        assert_eq!(
            fault("x,start, x\n1,2,3\n"),
            "the header names the column `x` twice"
        );
    }

    #[test]
    fn nothing_and_a_header_alone_are_refused() {
        for empty in ["", "\n\n", "\u{feff}", " \n,,\n"] {
            assert_eq!(fault(empty), "the file is empty");
        }
        assert_eq!(fault("start,x\n\n,\n"), "no rows below the header");
    }

    #[test]
    fn rows_are_counted_as_lines_of_the_file() {
        assert_eq!(lines("a,b\n1,2\n\n\n3,4\n"), [2, 5]);
        assert_eq!(lines("\r\n\r\na,b\r\n\r\n1,2\r\n3,4"), [5, 6]);
        assert_eq!(lines("a,b\r1,2\r\r3,4\r"), [2, 4]);
        assert_eq!(lines("a,b\n \n,\n1,2\n"), [4]);
        assert_eq!(lines("\u{feff}a,b\n\"x\ny\",2\n3,4\n"), [2, 4]);
    }
}
