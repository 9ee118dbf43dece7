//! The scoreboard of a validation, for a terminal.

use std::io::{self, Write};

use super::grid::Grid;
use crate::report::figure::significant;
use crate::study::validate::scoreboard::{Row, Scoreboard};

fn known(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), significant)
}

fn texts(row: &Row) -> Vec<String> {
    let (lo, hi) = (row.simulated.lo, row.simulated.hi);
    let note = match (row.z, row.capped) {
        (None, _) => "few events",
        (Some(_), true) => "capped",
        (Some(_), false) => "",
    };
    vec![
        format!("{}/{}", row.case, row.metric),
        significant(row.exact),
        known(row.simulated.mean),
        format!("{} .. {}", known(lo), known(hi)),
        row.z.map_or_else(|| "-".to_owned(), |z| format!("{z:+.2}")),
        note.to_owned(),
    ]
}

/// Writes a row a value, then what is left out, then whether the z-scores as a whole are standard normal.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(board: &Scoreboard, out: &mut impl Write) -> io::Result<()> {
    if !board.rows.is_empty() {
        let headings = ["value", "exact", "simulated", "95 % interval", "z", ""];
        let mut grid = Grid::new(headings);
        board.rows.iter().for_each(|row| grid.row(texts(row)));
        for line in grid.lines() {
            writeln!(out, "{line}")?;
        }
        writeln!(out)?;
        writeln!(
            out,
            "capped: more contacts would be needed for the precision asked for; few events: fewer than about 50, no z-score"
        )?;
    }
    let left = board.left_to_formulas.len();
    if left > 0 {
        writeln!(
            out,
            "Left to the formulas (no figure of a run answers them; the tests hold the queue models against them): {left} values"
        )?;
    }
    fit(board, out)
}

fn fit(board: &Scoreboard, out: &mut impl Write) -> io::Result<()> {
    let (fit, rows) = (&board.fit, board.rows.len());
    if fit.scored == 0 {
        return writeln!(out, "\nNo value was simulated.");
    }
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    writeln!(
        out,
        "\n{rows} values simulated, {} with a z-score: largest |z| {:.2} (allowed 4), above 2.6 {} (allowed 5 %, expected 0.9 %), inside the 95 % interval {}",
        fit.scored,
        fit.largest,
        percent(fit.above_2_6),
        percent(fit.inside_95),
    )?;
    writeln!(
        out,
        "One value of each of {} cases: inside {}; against a standard normal A² {:.3}, p {:.3} (Anderson and Darling)",
        fit.cases,
        percent(fit.cases_inside_95),
        fit.anderson_darling,
        fit.p_value,
    )?;
    let verdict = if fit.agrees() { "agrees" } else { "DISAGREES" };
    writeln!(out, "The simulator {verdict} with the known values.")
}
