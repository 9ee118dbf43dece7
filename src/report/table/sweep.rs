//! The points of a sweep, the best of them where there are many.

use std::io::{self, Write};

use super::cell;
use super::grid::Grid;
use crate::report::figure::{Clock, FigureKind, grouped, plain};
use crate::stats::estimate::Estimate;
use crate::study::sweep::row::{Cell, Findings, Row};

/// Up to so many points all are shown ...
const ALL: usize = 40;
/// ... and of more only so many.
const BEST: usize = 20;
/// Queues whose figures have a column.
const QUEUES: usize = 4;

/// Writes what was swept and its points: of many the best.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(findings: &Findings, out: &mut impl Write) -> io::Result<()> {
    let (state, table) = (&findings.state, &findings.table);
    let points = table.rows.len();
    writeln!(
        out,
        "{} · sweep of {} · {} {} ({}) · {} replications each · seed {}",
        findings.scenario,
        state.variant,
        grouped(points as f64, 0),
        if points == 1 { "point" } else { "points" },
        state.design,
        state.replications,
        state.seed,
    )?;
    for (key, values) in &state.vary {
        writeln!(out, " {key} = {values}")?;
    }
    writeln!(out)?;
    let columns = columns(findings);
    let headings = headings(findings, &columns);
    let mut grid = Grid::new(headings.iter().map(String::as_str));
    let shown = if points > ALL {
        findings.best(BEST)
    } else {
        table.rows.iter().collect()
    };
    let efficient = findings.efficient();
    for row in &shown {
        let at = usize::try_from(row.point - 1).unwrap_or(usize::MAX);
        let mark = if efficient.get(at) == Some(&true) {
            "*"
        } else {
            ""
        };
        grid.row(texts(findings, row, mark, &columns));
    }
    for line in grid.lines() {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    notes(findings, shown.len(), out)
}

/// A figure with a column of its own: its name and its heading.
struct Column {
    name: String,
    heading: String,
}

fn columns(findings: &Findings) -> Vec<Column> {
    let column = |name: String, heading: String| Column { name, heading };
    let cost = format!("cost, {}", findings.currency);
    let mut columns = vec![column("cost.total".to_owned(), cost)];
    for queue in findings.queues().into_iter().take(QUEUES) {
        let path = |measure: &str| format!("queues.{queue}.{measure}");
        if findings.has(&path("service_level")) {
            columns.push(column(path("service_level"), format!("{queue} in time, %")));
        } else {
            columns.push(column(path("asa_s"), format!("{queue} ASA")));
        }
    }
    let lost = findings.table.customers_lost().to_owned();
    columns.push(column(lost, "lost, %".to_owned()));
    columns
}

fn headings(findings: &Findings, columns: &[Column]) -> Vec<String> {
    let mut headings = vec!["point".to_owned()];
    headings.extend(findings.state.vary.iter().map(|(key, _)| short(key)));
    headings.extend(columns.iter().map(|column| column.heading.clone()));
    headings.push("targets".to_owned());
    headings
}

/// The last two parts of a path.
fn short(key: &str) -> String {
    let parts: Vec<&str> = key.rsplitn(3, '.').take(2).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join(".")
}

fn texts(findings: &Findings, row: &Row, mark: &str, columns: &[Column]) -> Vec<String> {
    let mut texts = vec![format!("{}{mark}", row.point)];
    let values = row
        .values
        .iter()
        .zip(&findings.table.keys)
        .zip(&findings.state.vary);
    texts.extend(values.map(|((value, column), (key, _))| match value {
        Cell::Number(Some(number)) if column != key => {
            cell::time(&Estimate::point(*number), Clock::Calendar)
        }
        Cell::Number(Some(number)) => plain(*number),
        Cell::Number(None) => String::new(),
        Cell::Text(text) => text.clone(),
    }));
    texts.extend(columns.iter().map(|column| {
        let figure = findings.table.figure(row, &column.name).unwrap_or_default();
        cell::of_kind(&figure, FigureKind::of(&column.name))
    }));
    texts.push(row.targets.clone());
    texts
}

fn things_lost(findings: &Findings) -> &'static str {
    if findings.table.customers_lost().starts_with("issues.") {
        "issues"
    } else {
        "contacts"
    }
}

fn notes(findings: &Findings, shown: usize, out: &mut impl Write) -> io::Result<()> {
    let points = findings.table.rows.len();
    if shown < points {
        writeln!(
            out,
            "The {shown} best of {}: those that meet their targets first, then the cheapest. All are in sweep.csv.",
            grouped(points as f64, 0)
        )?;
    }
    let queues = findings.queues().len();
    if queues > QUEUES {
        writeln!(out, "{} more queues are in sweep.csv.", queues - QUEUES)?;
    }
    writeln!(
        out,
        "* no other point is as cheap and loses as few customers ({}), by the means.",
        things_lost(findings)
    )?;
    writeln!(
        out,
        "With half of their 95 % intervals. All points meet the same customers: differences are surer than the figures."
    )
}
