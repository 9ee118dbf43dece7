//! The mixes of a budget: `mix.csv`.

use std::io::{self, Write};

use super::intervals::cells_of;
use crate::plan::mix::found::{MixPlan, MixRow};

/// Writes `mix.csv`: a row a mix of the frontier, the cheapest first, then the file as written.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(plan: &MixPlan, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(header(plan))?;
    for row in &plan.frontier {
        let name = if row.is_best { "best" } else { "frontier" };
        writer.write_record(cells(name, row, plan))?;
    }
    writer.write_record(cells("as_written", &plan.as_written, plan))?;
    writer.flush()
}

fn header(plan: &MixPlan) -> Vec<String> {
    let mut header = vec!["mix".to_owned(), "standing".to_owned()];
    for figure in ["cost", "in_time", "lost", "net_cost"] {
        header.extend(["mean", "lo", "hi"].map(|end| format!("{figure}_{end}")));
    }
    let staff = plan.best.staff.iter();
    header.extend(staff.clone().map(|of| format!("{}_heads", of.group)));
    header.extend(staff.map(|of| format!("{}_paid_h", of.group)));
    header.extend(paths(plan).into_iter().map(str::to_owned));
    header
}

/// Everything that any of the mixes chooses.
fn paths(plan: &MixPlan) -> Vec<&str> {
    let mut paths: Vec<&str> = Vec::new();
    for choice in plan.frontier.iter().flat_map(|row| &row.choices) {
        if !paths.contains(&choice.path.as_str()) {
            paths.push(&choice.path);
        }
    }
    paths
}

fn cells(name: &str, row: &MixRow, plan: &MixPlan) -> Vec<String> {
    let mut cells = vec![name.to_owned(), row.standing.word().to_owned()];
    let net = row.net_cost.unwrap_or_default();
    for figure in [&row.cost, &row.in_time, &row.lost, &net] {
        cells.extend(cells_of(figure));
    }
    cells.extend(row.staff.iter().map(|of| of.heads.to_string()));
    cells.extend(row.staff.iter().map(|of| of.paid_h.to_string()));
    let value = |path: &str| {
        let mut own = row.choices.iter();
        let found = own.find(|choice| choice.path == path);
        found.map_or(String::new(), |choice| choice.value.clone())
    };
    cells.extend(paths(plan).into_iter().map(value));
    cells
}
