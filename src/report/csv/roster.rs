//! A roster as `staff = { roster = … }` reads it.

use std::io::{self, Write};

use crate::scenario::roster::RosterRow;
use crate::time::Calendar;

/// Writes one row for each stretch of an agent's duty: agent, group, start, end, activity.
///
/// # Errors
/// When `out` fails.
pub fn write_roster(
    rows: &[RosterRow],
    calendar: &Calendar,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["agent", "group", "start", "end", "activity"])?;
    for row in rows {
        let (from, to) = (calendar.text(row.from), calendar.text(row.to));
        writer.write_record([&row.agent, &row.group, &from, &to, row.activity.name()])?;
    }
    writer.flush()
}
