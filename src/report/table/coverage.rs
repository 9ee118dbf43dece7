//! How often intervals hold the truth, for a terminal.

use std::io::{self, Write};

use super::grid::Grid;
use crate::report::figure::significant;
use crate::study::validate::coverage::{CoverageRow, CoverageTable};

/// Writes a block a model and a row a figure: how many of 100 intervals held the known value.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(table: &CoverageTable, out: &mut impl Write) -> io::Result<()> {
    for rows in table.rows.chunk_by(|a, b| a.model == b.model) {
        let sizes = rows.partition_point(|row| row.figure == rows[0].figure);
        let times: Vec<String> = rows[..sizes].iter().map(times).collect();
        writeln!(out, "{}: {}", rows[0].model, times.join(", "))?;
        let headings: Vec<String> = rows[..sizes].iter().map(heading).collect();
        let known = ["figure", "known value"].into_iter();
        let mut grid = Grid::new(known.chain(headings.iter().map(String::as_str)));
        for of_figure in rows.chunks(sizes) {
            let row = &of_figure[0];
            let name = row.figure.strip_prefix("differences.");
            let name = name.unwrap_or(&row.figure).to_owned();
            let mut texts = vec![name, significant(row.exact)];
            texts.extend(of_figure.iter().map(cell));
            grid.row(texts);
        }
        for line in grid.lines() {
            writeln!(out, "{line}")?;
        }
        writeln!(out)?;
    }
    notes(table, out)
}

/// How many experiments, and what chance does to the share.
fn times(row: &CoverageRow) -> String {
    let chance = 100.0 * row.tried.chance();
    format!("{} times (±{chance:.1})", row.tried.experiments)
}

/// How many replications.
fn heading(row: &CoverageRow) -> String {
    match row.precision {
        Some(_) => format!("{:.1} replications on average", row.replications),
        None => format!("{:.0} replications", row.replications),
    }
}

/// The share that held, and of the others how many lay too low and how many too high.
fn cell(row: &CoverageRow) -> String {
    let tried = &row.tried;
    let percent = |many: u64| 100.0 * many as f64 / tried.experiments as f64;
    let Some(coverage) = tried.coverage() else {
        return "-".to_owned();
    };
    format!(
        "{}{:.1} ({:.1}, {:.1})",
        if tried.is_of_few() { "~" } else { "" },
        100.0 * coverage,
        percent(tried.too_low),
        percent(tried.too_high)
    )
}

fn notes(table: &CoverageTable, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "Of 100 intervals so many hold the known value; in brackets how many lie wholly below and wholly above it. ± is what chance alone does."
    )?;
    writeln!(
        out,
        "~ most of the runs say that the figure rests on too few events for a trustworthy interval"
    )?;
    let enough = table.rows.iter().filter(|row| !row.tried.is_of_few());
    let shares: Vec<f64> = enough.filter_map(|row| row.tried.coverage()).collect();
    if shares.is_empty() {
        return Ok(());
    }
    let least = shares.iter().copied().fold(1.0, f64::min);
    let most = shares.iter().copied().fold(0.0, f64::max);
    let inside = shares.iter().filter(|share| (0.93..=0.97).contains(*share));
    writeln!(
        out,
        "{} rows rest on enough events: from {:.1} to {:.1}, {} of them between 93 and 97",
        shares.len(),
        100.0 * least,
        100.0 * most,
        inside.count()
    )
}
