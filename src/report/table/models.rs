//! What a queue model says, for a terminal.

use std::io::{self, Write};

use super::grid::Grid;
use crate::queueing::Definition;
use crate::queueing::figures::{Figures, QUANTILES};
use crate::report::figure::{Clock, TimeUnit, exact_time, grouped};
use crate::report::models::{Answers, Row};

const NONE: &str = "-";

fn share(value: Option<f64>) -> String {
    value.map_or(NONE.to_owned(), |share| {
        format!("{} %", grouped(share * 100.0, 1))
    })
}

fn time(value: Option<f64>) -> String {
    value.map_or(NONE.to_owned(), |seconds| {
        let unit = TimeUnit::of(seconds);
        format!("{} {}", grouped(seconds / unit.seconds(), 1), unit.sign())
    })
}

fn count(value: f64) -> String {
    grouped(value, if value.abs() < 99.95 { 2 } else { 1 })
}

fn level(figures: &Figures, definition: Definition) -> String {
    share(
        figures
            .service_levels
            .as_ref()
            .and_then(|levels| levels.by(definition)),
    )
}

/// Writes one number of servers as a list, several as a table with a row each.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(answers: &Answers, out: &mut impl Write) -> io::Result<()> {
    let given: Vec<String> = answers
        .given
        .iter()
        .map(|(name, value)| format!("{} {value}", name.replace('-', " ")))
        .collect();
    writeln!(
        out,
        "{} ({}): {}",
        answers.model,
        answers.short,
        given.join(", ")
    )?;
    match (&answers.rows[..], answers.is_range) {
        ([row], false) => single(answers, row, out)?,
        (rows, _) => range(answers, rows, out)?,
    }
    let caution = answers.rows.iter().find_map(|row| row.figures.caution);
    if let Some(caution) = caution {
        writeln!(out, "\nCaution: {caution}.")?;
    }
    Ok(())
}

fn single(answers: &Answers, row: &Row, out: &mut impl Write) -> io::Result<()> {
    let servers = row.servers;
    let noun = if servers == 1 { "server" } else { "servers" };
    if answers.goals.is_empty() {
        writeln!(out, "\n{servers} {noun}\n")?;
    } else {
        let goals = answers.goals.join(", ");
        writeln!(out, "\n{servers} {noun}: the fewest with {goals}\n")?;
    }
    let figures = &row.figures;
    let mut grid = Grid::new(["measure", "value"]);
    let mut line = |name: &str, value: String| grid.row(vec![name.to_owned(), value]);
    let of = &figures.measures;
    line("offered load (erlangs)", count(of.offered_load_erlangs));
    line("occupancy", share(Some(of.occupancy)));
    line("has to wait", share(Some(of.p_wait)));
    if of.p_block > 0.0 {
        line("blocked", share(Some(of.p_block)));
    }
    if of.p_abandon > 0.0 {
        line("abandonment", share(figures.abandonment));
    }
    line("mean wait of the answered (ASA)", time(of.asa_s));
    line("mean wait", time(figures.mean_wait_s));
    if of.p_abandon > 0.0 {
        line("mean wait of the abandoned", time(of.mean_wait_abandoned_s));
    }
    line("mean wait of those who wait", time(of.wait_if_delayed_s));
    for ((name, _), wait) in QUANTILES.iter().zip(figures.waits_s) {
        line(&format!("wait {name}"), time(wait));
    }
    line("waiting (mean number)", count(of.queue_length));
    line("waiting or in hand", count(of.in_system));
    for (name, value) in &figures.more {
        line(&label(name), more(name, *value));
    }
    for definition in Definition::ALL {
        let name = format!(
            "service level in {}, {}",
            exact_time(answers.within_s, Clock::Calendar),
            definition.name()
        );
        line(&name, level(figures, definition));
    }
    for line in grid.lines() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The name of a figure that one model has, in words.
fn label(name: &str) -> String {
    match name {
        "p_full" => "all places taken".to_owned(),
        "never_answered" => "customers never answered".to_owned(),
        _ => name.trim_end_matches("_s").replace('_', " "),
    }
}

/// A figure that one model has: its name says what it is.
fn more(name: &str, value: f64) -> String {
    if name.ends_with("_s") {
        time(Some(value))
    } else if name.starts_with("p_") || name == "never_answered" {
        share(Some(value))
    } else {
        count(value)
    }
}

fn range(answers: &Answers, rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let within = format!("in {}", exact_time(answers.within_s, Clock::Calendar));
    let mut headings = vec![
        "servers",
        "occupancy",
        "waits",
        "blocked",
        "abandons",
        "ASA",
        "wait p90",
        "queue",
        &within,
    ];
    // Columns in which nothing ever happens are left out.
    let blocks = rows.iter().any(|row| row.figures.measures.p_block > 0.0);
    let abandons = rows.iter().any(|row| row.figures.measures.p_abandon > 0.0);
    headings.retain(|name| (*name != "blocked" || blocks) && (*name != "abandons" || abandons));
    let mut grid = Grid::new(headings);
    for row in rows {
        let (figures, of) = (&row.figures, &row.figures.measures);
        let mut texts = vec![
            row.servers.to_string(),
            share(Some(of.occupancy)),
            share(Some(of.p_wait)),
        ];
        if blocks {
            texts.push(share(Some(of.p_block)));
        }
        if abandons {
            texts.push(share(figures.abandonment));
        }
        texts.extend([
            time(of.asa_s),
            time(figures.waits_s[2]),
            count(of.queue_length),
            level(figures, answers.definition),
        ]);
        grid.row(texts);
    }
    writeln!(out)?;
    for line in grid.lines() {
        writeln!(out, "{line}")?;
    }
    let definition = answers.definition.name();
    writeln!(
        out,
        "\nIn {}: service level, {definition}.",
        exact_time(answers.within_s, Clock::Calendar)
    )
}
