//! Which uncertain inputs matter: a block a figure, the input that matters most first.

use std::io::{self, Write};

use super::cell;
use super::grid::Grid;
use crate::report::figure::{FigureKind, grouped};
use crate::stats::estimate::Estimate;
use crate::study::sensitivity::findings::{Method, OfFigure, Sensitivity};

/// Writes what was looked at, then a block for each figure.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(found: &Sensitivity, out: &mut impl Write) -> io::Result<()> {
    let how = match found.method {
        Method::OneAtATime => "one input at a time",
        Method::Morris => "elementary effects (Morris)",
        Method::Sobol => "shares of the variance (Sobol)",
    };
    writeln!(
        out,
        "{} · sensitivity of {} · {how} · {} points · {} replications each · seed {}",
        found.scenario,
        found.variant,
        grouped(found.points as f64, 0),
        found.replications,
        found.seed,
    )?;
    for figure in &found.figures {
        writeln!(out)?;
        block(found, figure, out)?;
    }
    writeln!(out)?;
    for line in notes(found.method) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn block(found: &Sensitivity, figure: &OfFigure, out: &mut impl Write) -> io::Result<()> {
    let kind = FigureKind::of(&figure.name);
    let unit = match kind {
        FigureKind::Money => format!(", {}", found.currency),
        FigureKind::Share => ", %".to_owned(),
        FigureKind::Time | FigureKind::Count => String::new(),
    };
    let known = match (figure.base.mean, figure.spread) {
        (Some(_), _) => format!(": {}", cell::of_kind(&figure.base, kind)),
        (None, Some((mean, deviation))) => format!(
            ": {} on average, standard deviation {}",
            cell::of_kind(&Estimate::point(mean), kind),
            cell::of_kind(&Estimate::point(deviation), kind)
        ),
        (None, None) => String::new(),
    };
    writeln!(out, "{}{unit}{known}", figure.name)?;
    let mut headings = vec!["input", "low", "high"];
    headings.extend(match found.method {
        Method::OneAtATime => ["at low", "at high"].as_slice(),
        Method::Morris => &["mean size", "mean", "deviation"],
        Method::Sobol => &["alone, %", "in all, %"],
    });
    let mut grid = Grid::new(headings);
    for effect in &figure.effects {
        let range = &found.inputs[effect.input];
        let mut texts = vec![range.key.clone(), range.low.clone(), range.high.clone()];
        texts.extend(effect.values.iter().zip(found.method.columns()).map(
            |(value, column)| match (found.method, *column) {
                (Method::Sobol, _) => cell::share(value),
                (Method::OneAtATime, _) | (_, "mean") => cell::difference_of_kind(value, kind),
                (Method::Morris, _) => cell::of_kind(value, kind),
            },
        ));
        grid.row(texts);
    }
    grid.lines().try_for_each(|line| writeln!(out, "{line}"))
}

fn notes(method: Method) -> &'static [&'static str] {
    match method {
        Method::OneAtATime => &[
            "At low, at high: the change of the figure where this input is at that end of its range and the others are as the file has them,",
            "with half of its 95 % interval (paired: the same customers); * excludes zero. Shares in percentage points.",
        ],
        Method::Morris => &[
            "Effects of a step over the whole range, from many places of the ranges. Mean size: how much the input matters; a deviation as large",
            "as the mean size: the effect depends on the other inputs, or bends. With half of their 95 % intervals (bootstrap).",
        ],
        Method::Sobol => &[
            "Alone: the share of the figure's variance that would go if this input were known; in all: the share that would stay if only this",
            "input were not. Where the two differ, the input works together with others. With half of their 95 % intervals (bootstrap).",
        ],
    }
}
