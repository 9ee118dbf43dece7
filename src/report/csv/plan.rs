//! The heads of a plan: `plan.csv`.

use std::io::{self, Write};

use crate::plan::found::Plan;

/// Writes `plan.csv`: a row a group and interval of the week, or of the day; `load` is the heads that the work alone takes.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "weekday",
        "start",
        "group",
        "heads",
        "heads_of_file",
        "load",
    ])?;
    for group in &plan.staff {
        for slot in &group.heads {
            writer.write_record([
                slot.weekday.unwrap_or_default(),
                &slot.start,
                &group.group,
                &slot.heads.to_string(),
                &slot.heads_of_file.to_string(),
                &format!("{:.3}", slot.load),
            ])?;
        }
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn a_row_a_group_and_interval() {
        let mut out = Vec::new();
        write(&fixture::plan(), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
