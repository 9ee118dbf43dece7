//! The values tried in the search for where two figures are equal: `break-even.csv`.

use std::io::{self, Write};

use super::intervals::cells_of;
use crate::study::break_even::BreakEven;

/// Writes `break-even.csv`: a row a value of the key.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(found: &BreakEven, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let mut headings = vec![found.key.clone()];
    for part in ["own", "other", "difference"] {
        headings.extend(["mean", "lo", "hi"].map(|end| format!("{part}_{end}")));
    }
    writer.write_record(&headings)?;
    for tried in &found.tried {
        let mut row = vec![tried.value.to_string()];
        for estimate in [&tried.own, &tried.other, &tried.difference] {
            row.extend(cells_of(estimate));
        }
        writer.write_record(row)?;
    }
    writer.flush()
}
