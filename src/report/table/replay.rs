//! A log played again, for a terminal.

use std::io::{self, Write};

use super::grid::Grid;
use crate::report::figure::{Clock, exact_time, grouped};
use crate::study::replay::compare::{Comparison, Distance, Figures, Pair};
use crate::study::replay::read_off::ReadOff;

const NONE: &str = "-";

/// A figure, the size that is written as 1, and its decimals.
type Column = (fn(&Figures) -> Option<f64>, f64, usize);

fn number(value: Option<f64>, one: f64, decimals: usize) -> String {
    value.map_or(NONE.to_owned(), |value| grouped(value / one, decimals))
}

/// Writes what was read off a log, and simulated figures beside the observed ones.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(read_off: &ReadOff, comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    let days = read_off.calendar.days();
    let first = days
        .first()
        .map_or(String::new(), |day| day.date.to_string());
    writeln!(
        out,
        "{}: {} days from {first}, {} contacts, {} queues, {} groups",
        read_off.name,
        days.len(),
        grouped(comparison.total.observed.offered, 0),
        read_off.queues.len(),
        read_off.groups.len()
    )?;
    for line in remarks(read_off) {
        writeln!(out, "{line}")?;
    }
    laws(read_off, out)?;
    groups(read_off, out)?;
    let within = exact_time(read_off.within.as_seconds(), Clock::Calendar);
    writeln!(
        out,
        "\nObserved | simulated, mean of {} replications, seed {}. Waits and handle times in s, shares in %; in {within}: answered in time /\n\
         (answered + abandoned after {within}).",
        comparison.replications, comparison.seed
    )?;
    let total = std::slice::from_ref(&comparison.total);
    pairs("total", total, &within, out)?;
    chances(comparison, &within, out)?;
    pairs("queue", &comparison.queues, &within, out)?;
    pairs("hour", &comparison.hours, &within, out)?;
    pairs("day", &comparison.days, &within, out)?;
    writeln!(
        out,
        "\nMean absolute differences, weighted by the contacts observed (shares in percentage points):"
    )?;
    distance(
        "hours of the day",
        &comparison.distance_by_hour,
        &within,
        out,
    )?;
    distance("days", &comparison.distance_by_day, &within, out)
}

/// What was not taken, or not as it stands.
fn remarks(read_off: &ReadOff) -> Vec<String> {
    let left_out = read_off.left_out;
    let kinds = [
        (left_out.by_map, "rows left out as the map says"),
        (
            left_out.without_time,
            "rows left out without a time of arrival, answer or end (such as who left before waiting)",
        ),
        (
            left_out.out_of_order,
            "rows left out whose times are not in order",
        ),
        (left_out.outside, "contacts of other days left out"),
        (
            read_off.overlaps,
            "contacts begun while their agent had another: one at a time is simulated",
        ),
        (
            read_off.without_agent,
            "answered contacts without an agent's name: somebody was there for each alone",
        ),
    ];
    let told = kinds.iter().filter(|(count, _)| *count > 0);
    let mut lines: Vec<String> = told
        .map(|(count, what)| format!("- {} {what}", grouped(*count as f64, 0)))
        .collect();
    for (name, contacts) in &read_off.never_answered {
        lines.push(format!(
            "- queue {name} left out: none of its {contacts} contacts was answered"
        ));
    }
    lines
}

fn laws(read_off: &ReadOff, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "\nHandle times (lognormal), and patience: the share who have left by then if not answered, as seen (Kaplan-Meier) | by the law"
    )?;
    let first = read_off
        .queues
        .iter()
        .find_map(|queue| queue.patience.as_ref());
    let times = first.map_or(&[][..], |patience| &patience.left_by);
    let mut headings = vec![
        "queue".to_owned(),
        "mean s".to_owned(),
        "cv".to_owned(),
        "left".to_owned(),
        "patience".to_owned(),
    ];
    for time in times {
        headings.extend([format!("{} s", time.wait_s), "law".to_owned()]);
    }
    let mut grid = Grid::new(headings.iter().map(String::as_str));
    for queue in &read_off.queues {
        let pooled = |is_pooled: bool| if is_pooled { "*" } else { "" };
        let mut row = vec![
            queue.name.clone(),
            format!(
                "{}{}",
                grouped(queue.handle_time_s, 0),
                pooled(queue.is_handle_time_pooled)
            ),
            grouped(queue.handle_time_cv, 2),
        ];
        match &queue.patience {
            None => row.extend(["0".to_owned(), "nobody leaves".to_owned()]),
            Some(patience) => {
                row.push(grouped(patience.left as f64, 0));
                row.push(format!("{}{}", patience.law, pooled(patience.is_pooled)));
                for by in &patience.left_by {
                    row.extend([
                        number(Some(by.observed), 0.01, 1),
                        number(Some(by.fitted), 0.01, 1),
                    ]);
                }
            }
        }
        row.resize(headings.len(), String::new());
        grid.row(row);
    }
    write_grid(&grid, out)?;
    if read_off.queues.iter().any(|queue| {
        queue.is_handle_time_pooled
            || queue
                .patience
                .as_ref()
                .is_some_and(|patience| patience.is_pooled)
    }) {
        writeln!(out, "* of all queues together, since this one has few")?;
    }
    Ok(())
}

fn groups(read_off: &ReadOff, out: &mut impl Write) -> io::Result<()> {
    writeln!(out)?;
    let mut grid = Grid::new(["group", "agents", "hours on duty", "takes first to last"]);
    for group in &read_off.groups {
        grid.row(vec![
            group.name.clone(),
            group.agents.to_string(),
            grouped(group.on_duty_h, 0),
            group.skills.join(", "),
        ]);
    }
    write_grid(&grid, out)
}

fn pairs(what: &str, pairs: &[Pair], within: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out)?;
    let level = format!("in {within}");
    let mut grid = Grid::new([
        what, "offered", "sim.", "abandon", "sim.", "ASA", "sim.", &level, "sim.", "handle",
        "sim.", "occup.", "sim.",
    ]);
    let columns: [Column; 6] = [
        (|figures| Some(figures.offered), 1.0, 0),
        (|figures| figures.abandonment, 0.01, 1),
        (|figures| figures.asa_s, 1.0, 1),
        (|figures| figures.service_level, 0.01, 1),
        (|figures| figures.handle_time_s, 1.0, 0),
        (|figures| figures.occupancy, 0.01, 1),
    ];
    for pair in pairs {
        let mut row = vec![pair.of.clone()];
        for (of, one, decimals) in columns {
            row.push(number(of(&pair.observed), one, decimals));
            row.push(number(of(&pair.simulated), one, decimals));
        }
        grid.row(row);
    }
    write_grid(&grid, out)
}

/// The ranges of the total in which single horizons lie.
fn chances(comparison: &Comparison, within: &str, out: &mut impl Write) -> io::Result<()> {
    let Some(chance) = &comparison.total.chance else {
        return Ok(());
    };
    let range = |range: Option<[f64; 2]>, one: f64| {
        range.map_or(NONE.to_owned(), |[low, high]| {
            format!("{} to {}", grouped(low / one, 1), grouped(high / one, 1))
        })
    };
    writeln!(
        out,
        "95 of 100 single horizons of the simulated centre: abandonment {} %, ASA {} s, in {within} {} %",
        range(chance.abandonment, 0.01),
        range(chance.asa_s, 1.0),
        range(chance.service_level, 0.01)
    )
}

fn distance(what: &str, of: &Distance, within: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "- {what}: offered {} %, abandonment {}, ASA {} s, in {within} {}, occupancy {}",
        number(of.offered, 0.01, 1),
        number(of.abandonment, 0.01, 1),
        number(of.asa_s, 1.0, 1),
        number(of.service_level, 0.01, 1),
        number(of.occupancy, 0.01, 1)
    )
}

fn write_grid(grid: &Grid, out: &mut impl Write) -> io::Result<()> {
    for line in grid.lines() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
