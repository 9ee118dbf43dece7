//! Where two figures are equal: the values tried, and the answer in words.

use std::io::{self, Write};

use super::compare::{change, value, with_unit};
use super::grid::{Grid, paragraph};
use super::write::basis;
use crate::report::figure::{Clock, exact_time, grouped};
use crate::study::break_even::found::{BreakEven, Crossing, Tried};

/// Writes the answer as a table of at most 120 columns and a sentence, closed by a line feed.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(found: &BreakEven, out: &mut impl Write) -> io::Result<()> {
    let label = &found.scenario;
    writeln!(out, "{} · {}", label.name, found.variant)?;
    writeln!(out, "{}\n", basis(label))?;
    let figure = with_unit(&found.figure, &label.currency);
    let mut grid = Grid::new([&*found.key, &figure, &found.equals, "Difference"]);
    for tried in told(found) {
        let mark = if tried.difference.excludes_zero() {
            "*"
        } else {
            ""
        };
        grid.row(vec![
            key(found, tried.value),
            value(&found.figure, &tried.own),
            value(&found.figure, &tried.other),
            format!("{}{mark}", change(&found.figure, &tried.difference)),
        ]);
    }
    grid.lines().try_for_each(|line| writeln!(out, "{line}"))?;
    writeln!(out)?;
    let mut sentences = vec![answer(found)];
    if !found.is_monotone {
        sentences.push(
            "The difference does not go one way over the range: there may be further values at which they are equal."
                .to_owned(),
        );
    }
    for line in sentences.iter().flat_map(|text| paragraph(text)) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    notes(found)
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}

/// The values tried without those that lie closer to the one before than a sixty-fourth of the range.
fn told(found: &BreakEven) -> Vec<&Tried> {
    let last = found.tried.last();
    let least = (found.high - found.low) / 64.0;
    let mut told: Vec<&Tried> = Vec::new();
    for tried in &found.tried {
        let is_apart = told
            .last()
            .is_none_or(|before| tried.value - before.value >= least);
        if is_apart || last == Some(tried) {
            told.push(tried);
        }
    }
    told
}

/// A value of the key, as it would stand in a file.
fn key(found: &BreakEven, value: f64) -> String {
    match found.unit {
        "seconds" => exact_time((value * 10.0).round() / 10.0, Clock::Calendar),
        "whole" => grouped(value, 0),
        "factor" => format!("× {}", short(value)),
        _ => short(value),
    }
}

/// About four digits.
fn short(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 1_000.0 => 0,
        size if size >= 100.0 => 1,
        size if size >= 10.0 => 2,
        size if size >= 1.0 => 3,
        _ => 4,
    };
    let text = grouped(value, decimals);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

fn answer(found: &BreakEven) -> String {
    let title = found.figure.title();
    let equals = &found.equals;
    let Some(crossing) = &found.crossing else {
        let less = found.tried.first().and_then(|tried| tried.difference.mean);
        let word = if less <= Some(0.0) {
            "at most"
        } else {
            "more than"
        };
        return format!(
            "No crossing from {} to {}: {title} of {} is {word} {equals} throughout.",
            key(found, found.low),
            key(found, found.high),
            found.variant
        );
    };
    if found.unit == "whole" {
        return from_on(found, crossing);
    }
    let (below, above) = if crossing.rises {
        ("less", "more")
    } else {
        ("more", "less")
    };
    let end = |end: Option<f64>, beyond: &str, bound: f64| match end {
        Some(end) => key(found, end),
        None => format!("{beyond} {}", key(found, bound)),
    };
    let range = if found.scenario.replications > 1 {
        let lo = end(crossing.lo, "below", found.low);
        let hi = end(crossing.hi, "above", found.high);
        format!("from {lo} to {hi}")
    } else {
        "how sure, one replication does not tell".to_owned()
    };
    format!(
        "{title} of {} equals {equals} at {} = {} ({range}): below that it is {below}, above it is {above}.",
        found.variant,
        found.key,
        key(found, crossing.at)
    )
}

fn from_on(found: &BreakEven, crossing: &Crossing) -> String {
    let word = if crossing.rises {
        "more than"
    } else {
        "at most"
    };
    let certain = match crossing.hi {
        Some(hi) if hi <= crossing.at => String::new(),
        Some(hi) => format!("; for certain from {} on", key(found, hi)),
        None => format!("; even at {} that is not certain", key(found, found.high)),
    };
    format!(
        "From {} = {} on, {} of {} is {word} {}{certain}.",
        found.key,
        key(found, crossing.at),
        found.figure.title(),
        found.variant,
        found.equals
    )
}

fn notes(found: &BreakEven) -> Vec<String> {
    if found.scenario.batches < 2 {
        return vec!["   one replication, so no confidence intervals".to_owned()];
    }
    let unit = found.scenario.unit();
    vec![
        format!("±  half the width of the 95 % confidence interval over {unit}s; all values meet the same customers, differences are paired"),
        "*  the interval excludes zero; the interval of the answer are the values at which it does not".to_owned(),
    ]
}
