//! Mixes against each other: the mixes by cost, what is worth its cost, and what differs for real.

use std::io::{self, Write};

use super::cell::{self, NOTHING};
use super::grid::{self, Grid};
use super::write::{basis, heading};
use crate::report::figure::Clock;
use crate::stats::estimate::Estimate;
use crate::stats::frontier::{Frontier, Standing};
use crate::stats::measure::{Kind, Measure};
use crate::stats::multiple::Verdict;
use crate::study::compare::found::{Comparison, Difference, Differences, MixFigures};

/// Writes a comparison as tables of at most 120 columns, closed by a line feed.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    if comparison.files.is_empty() {
        writeln!(out, "{}", comparison.scenario.name)?;
    }
    for file in &comparison.files {
        writeln!(out, "{}: {}", file.name, file.scenario)?;
    }
    writeln!(out, "{}", basis(&comparison.scenario))?;
    for frontier in &comparison.frontiers {
        let currency = &comparison.scenario.currency;
        writeln!(out, "\n{}\n", title(frontier, currency))?;
        lines(&of_frontier(frontier), out)?;
    }
    for differences in &comparison.differences {
        for rows in differences.rows.chunk_by(|one, next| one.mix == next.mix) {
            let name = format!("{}, less {}", rows[0].mix, differences.against);
            writeln!(out, "\n{}", heading(&name))?;
            of_mix(rows, differences, comparison, out)?;
        }
    }
    writeln!(out)?;
    notes(comparison)
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}

fn lines(grid: &Grid, out: &mut impl Write) -> io::Result<()> {
    grid.lines().try_for_each(|line| writeln!(out, "{line}"))
}

fn title(frontier: &Frontier, currency: &str) -> String {
    let gain = match frontier.gain {
        Measure::InTime => "contacts answered in time, of those wanted",
        Measure::Gone => "issues lost",
        _ => "contacts lost",
    };
    format!("Cost ({currency}) against {gain}")
}

fn of_frontier(frontier: &Frontier) -> Grid {
    let gain = match frontier.gain.kind() {
        Kind::Share => "In time, %",
        Kind::Money | Kind::Count | Kind::Time => "Lost",
    };
    let mut grid = Grid::new(["Mix", "Cost", gain, "Standing"]);
    for mix in &frontier.mixes {
        let by: Vec<&str> = mix.dominated_by.iter().map(|by| by.name.as_str()).collect();
        let standing = match mix.standing {
            Standing::Efficient => "efficient".to_owned(),
            Standing::PerhapsEfficient => "efficient?".to_owned(),
            Standing::PerhapsDominated => format!("dominated? by {}", by.join(", ")),
            Standing::Dominated => format!("dominated by {}", by.join(", ")),
            Standing::Unknown => NOTHING.to_owned(),
        };
        grid.row(vec![
            mix.name.clone(),
            cell::money(&mix.cost),
            value(&frontier.gain, &mix.gain),
            standing,
        ]);
    }
    grid
}

/// The differences of one mix: the real ones in a table, the others in a line.
fn of_mix(
    rows: &[Difference],
    differences: &Differences,
    comparison: &Comparison,
    out: &mut impl Write,
) -> io::Result<()> {
    let figures = |name: &str| comparison.mixes.iter().find(|mix| mix.name == name);
    let (own, base) = (figures(&rows[0].mix), figures(&differences.against));
    let figure = |mix: Option<&MixFigures>, measure: &Measure| {
        let figures = mix.map_or(&[][..], |mix| &mix.figures);
        let found = figures.iter().find(|figure| figure.figure == *measure);
        found.map_or(NOTHING.to_owned(), |figure| value(measure, &figure.value))
    };
    let real = |row: &&Difference| matches!(row.tested.verdict, Verdict::Real | Verdict::Unknown);
    let is_untested = |row: &Difference| row.tested.verdict == Verdict::Unknown;
    let heading = if rows.iter().any(is_untested) {
        "Not tested"
    } else {
        "Real"
    };
    let mut grid = Grid::new([
        heading,
        &differences.against,
        &rows[0].mix,
        "Difference",
        "p",
    ]);
    for row in rows.iter().filter(real) {
        grid.row(vec![
            with_unit(&row.figure, &comparison.scenario.currency),
            figure(base, &row.figure),
            figure(own, &row.figure),
            change(&row.figure, &row.tested.difference),
            row.tested.p_adjusted.map_or(NOTHING.to_owned(), chance),
        ]);
    }
    if rows.iter().any(|row| real(&row)) {
        writeln!(out)?;
        lines(&grid, out)?;
    }
    let noise = rows
        .iter()
        .filter(|row| row.tested.verdict == Verdict::Noise);
    let noise: Vec<String> = noise
        .map(|row| {
            let change = change(&row.figure, &row.tested.difference);
            format!(
                "{} {change}",
                with_unit(&row.figure, &comparison.scenario.currency)
            )
        })
        .collect();
    let same = rows
        .iter()
        .filter(|row| row.tested.verdict == Verdict::Same);
    let same: Vec<String> = same.map(|row| row.figure.title()).collect();
    for (word, parts) in [("Noise", noise), ("Same", same)] {
        if !parts.is_empty() {
            writeln!(out)?;
            let listed = grid::listing(word, &parts);
            listed.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        }
    }
    Ok(())
}

/// A figure's title with what it is told in.
pub(super) fn with_unit(measure: &Measure, currency: &str) -> String {
    let title = measure.title();
    match measure.kind() {
        Kind::Money => format!("{title}, {currency}"),
        Kind::Share => format!("{title}, %"),
        Kind::Count | Kind::Time => title,
    }
}

pub(in crate::report) fn value(measure: &Measure, estimate: &Estimate) -> String {
    match measure.kind() {
        Kind::Money => cell::money(estimate),
        Kind::Share => cell::share(estimate),
        Kind::Count => cell::count(estimate),
        Kind::Time => cell::time(estimate, Clock::Calendar),
    }
}

pub(super) fn change(measure: &Measure, estimate: &Estimate) -> String {
    let text = match measure.kind() {
        Kind::Money => cell::money_difference(estimate),
        Kind::Share => cell::share_difference(estimate),
        Kind::Count => cell::count_difference(estimate),
        Kind::Time => cell::time_difference(estimate, Clock::Calendar),
    };
    text.trim_end_matches('*').replace("* ", " ")
}

fn chance(p: f64) -> String {
    if p < 0.0001 {
        "<0.0001".to_owned()
    } else {
        format!("{p:.4}")
    }
}

fn notes(comparison: &Comparison) -> Vec<String> {
    let unit = comparison.scenario.unit();
    let tests = comparison.differences.iter().flat_map(|of| &of.rows);
    let tests = tests.filter(|row| row.tested.p.is_some()).count();
    let mut notes = vec![
        format!("±  half the width of the 95 % confidence interval over {unit}s; differences are paired: every mix meets the same customers"),
        format!("p  chance of so large a difference if there were none, for one of {tests} (Holm); up to 0.05 it is called real, in the order of certainty"),
        "   in time: answered within the threshold of the queue (no threshold: at all) or resolved by a bot, of all contacts wanted".to_owned(),
        "   efficient: no other mix is as cheap and as good; dominated: that one is; ? where the intervals, all taken together, leave a doubt".to_owned(),
    ];
    if comparison.scenario.batches < 2 {
        notes = vec!["   one replication, so no confidence intervals and no tests".to_owned()];
        notes.push("   efficient: no other mix is as cheap and as good".to_owned());
    }
    notes
}
