//! What a queue model says, for a terminal.

use std::io::{self, Write};

use super::grid::Grid;
use crate::queueing::figures::{Figures, QUANTILES};
use crate::queueing::{Definition, Measures};
use crate::report::answers::{Answers, Row};
use crate::report::figure::{Clock, TimeUnit, exact_time, grouped};

const NONE: &str = "-";

fn share(value: Option<f64>) -> String {
    value.map_or(NONE.to_owned(), |share| {
        format!("{} %", grouped(share * 100.0, 1))
    })
}

/// A share of which the small ones matter.
fn fine_share(share: f64) -> String {
    format!("{} %", grouped(share * 100.0, 3))
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
        _ => range(answers, out)?,
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
        line("blocked", fine_share(of.p_block));
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
    let within = exact_time(answers.within_s, Clock::Calendar);
    if of.p_abandon > 0.0 {
        for definition in Definition::ALL {
            let name = format!("service level in {within}, {}", definition.name());
            line(&name, level(figures, definition));
        }
    } else {
        // Nobody leaves, so that all definitions say the same.
        let name = format!("service level in {within}");
        line(&name, level(figures, answers.definition));
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

/// The columns of a range, heading and texts; those in which nothing ever happens are left out.
fn columns(answers: &Answers) -> Vec<(String, Vec<String>)> {
    let rows = &answers.rows;
    let within = format!("in {}", exact_time(answers.within_s, Clock::Calendar));
    let all = |text: &dyn Fn(&Row) -> String| rows.iter().map(text).collect::<Vec<_>>();
    let any = |value: fn(&Measures) -> f64| {
        let mut measures = rows.iter().map(|row| &row.figures.measures);
        measures.any(|of| value(of) > 0.0)
    };
    let of = |text: fn(&Measures) -> String| all(&|row| text(&row.figures.measures));
    let waits = answers.anybody_waits();
    let columns = [
        ("servers", true, all(&|row| row.servers.to_string())),
        ("occupancy", true, of(|of| share(Some(of.occupancy)))),
        ("waits", waits, of(|of| share(Some(of.p_wait)))),
        (
            "blocked",
            any(|of| of.p_block),
            of(|of| fine_share(of.p_block)),
        ),
        (
            "abandons",
            any(|of| of.p_abandon),
            all(&|row| share(row.figures.abandonment)),
        ),
        ("ASA", waits, of(|of| time(of.asa_s))),
        ("wait p90", waits, all(&|row| time(row.figures.waits_s[2]))),
        ("queue", waits, of(|of| count(of.queue_length))),
        (
            &within,
            waits,
            all(&|row| level(&row.figures, answers.definition)),
        ),
    ];
    let shown = columns.into_iter().filter(|(_, is_shown, _)| *is_shown);
    shown
        .map(|(name, _, texts)| (name.to_owned(), texts))
        .collect()
}

fn range(answers: &Answers, out: &mut impl Write) -> io::Result<()> {
    let columns = columns(answers);
    let mut grid = Grid::new(columns.iter().map(|(name, _)| name.as_str()));
    for at in 0..answers.rows.len() {
        grid.row(columns.iter().map(|(_, texts)| texts[at].clone()).collect());
    }
    writeln!(out)?;
    for line in grid.lines() {
        writeln!(out, "{line}")?;
    }
    if answers.anybody_waits() {
        let within = exact_time(answers.within_s, Clock::Calendar);
        let definition = answers.definition.name();
        writeln!(out, "\nIn {within}: service level, {definition}.")?;
    }
    Ok(())
}
