//! Which uncertain inputs matter: bars by input, the longest on top, a panel a figure.

use super::draw::{ChartError, Format, render_all};
use super::font::{self, Weight};
use super::frame::{Frame, HEADING, LABEL, MARGIN, Swatch, WIDTH, error_bar};
use super::palette::{BLUE, Colour, GREY, GRID, INK, SKY, VERMILLION};
use super::picture::{Anchor, Area, Picture};
use super::span::Span;
use crate::report::figure::FigureKind;
use crate::stats::estimate::Estimate;
use crate::study::sensitivity::findings::{Effect, Method, OfFigure, Sensitivity};

/// Inputs with a row; those that matter less are left out.
const MOST_ROWS: usize = 15;
const ROW: f64 = 34.0;
const BAR: f64 = 11.0;
/// Room for the names of the inputs.
const NAMES: f64 = 330.0;

/// Draws the tornado (one at a time) or the indices (morris, sobol) in every format: file names and bytes.
///
/// # Errors
///
/// When the drawing library fails, which no analysis should make it do.
pub fn draw(found: &Sensitivity, formats: &[Format]) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    let stem = format!("sensitivity-{}", found.method);
    render_all(vec![(stem, compose(found))], formats)
}

/// The bars of a method: the place of the value and its colour.
fn bars(method: Method) -> &'static [(usize, Colour, &'static str)] {
    match method {
        Method::OneAtATime => &[
            (0, SKY, "input at its low end"),
            (1, VERMILLION, "at its high end"),
        ],
        Method::Morris => &[
            (0, BLUE, "mean size of effects"),
            (2, SKY, "deviation of effects"),
        ],
        Method::Sobol => &[
            (0, BLUE, "share of the variance alone"),
            (1, SKY, "with all it does together with others"),
        ],
    }
}

fn compose(found: &Sensitivity) -> Picture {
    let title = match found.method {
        Method::OneAtATime => "One input at a time",
        Method::Morris => "Elementary effects",
        Method::Sobol => "Shares of the variance",
    };
    let legend = bars(found.method)
        .iter()
        .map(|(_, colour, text)| (Swatch::Fill(*colour), (*text).to_owned()));
    let frame = Frame {
        title: format!("{title} · {}", found.variant),
        subtitle: found.scenario.clone(),
        legend: legend.collect(),
        footer: format!(
            "With 95 % intervals. {} Simulated: {} points, {} replications each, seed {}.",
            match found.method {
                Method::OneAtATime =>
                    "Change of the figure, the other inputs as the file has them; the same customers.",
                Method::Morris => "Effect of a step over the whole range of an input.",
                Method::Sobol => "Of the variance that all uncertain inputs together bring.",
            },
            found.points,
            found.replications,
            found.seed
        ),
    };
    let mut picture = Picture::new(WIDTH);
    let mut y = frame.begin(&mut picture, (1, 1));
    for figure in &found.figures {
        y = panel(&mut picture, found, figure, y) + 30.0;
    }
    frame.end(&mut picture, y - 10.0);
    picture
}

/// Draws the bars of a figure; returns where they end.
fn panel(picture: &mut Picture, found: &Sensitivity, figure: &OfFigure, top: f64) -> f64 {
    let kind = match found.method {
        Method::Sobol => FigureKind::Share,
        Method::OneAtATime | Method::Morris => FigureKind::of(&figure.name),
    };
    let rows = &figure.effects[..figure.effects.len().min(MOST_ROWS)];
    let shown = || {
        rows.iter()
            .flat_map(|effect| bars(found.method).iter().map(|(at, ..)| effect.values[*at]))
    };
    let ends = shown().flat_map(|value| [value.mean, value.lo, value.hi].into_iter().flatten());
    let ends: Vec<f64> = ends.filter(|end| end.is_finite()).chain([0.0]).collect();
    let across = Span::of_kind(kind, &found.currency, ends.into_iter());
    let unit = match (found.method, kind) {
        (Method::OneAtATime, FigureKind::Share) => "percentage points".to_owned(),
        _ => across.unit.clone(),
    };
    let title = if unit.is_empty() {
        figure.name.clone()
    } else {
        format!("{} ({unit})", figure.name)
    };
    picture.bold(&title, (MARGIN, top + HEADING), Anchor::Start, HEADING, INK);
    let plot = Area {
        left: MARGIN + NAMES,
        top: top + HEADING + 14.0,
        right: WIDTH - MARGIN - 20.0,
        bottom: top + HEADING + 14.0 + rows.len() as f64 * ROW,
    };
    for (value, label) in across.ticks() {
        let x = plot.left + across.place(value) * plot.width();
        picture.line(vec![(x, plot.top), (x, plot.bottom)], 1.0, GRID);
        picture.text(&label, (x, plot.bottom + 16.0), Anchor::Middle, LABEL, GREY);
    }
    let x = |value: f64| plot.left + across.place(value) * plot.width();
    for (at, effect) in rows.iter().enumerate() {
        row(
            picture,
            found,
            effect,
            (plot.top + (at as f64 + 0.5) * ROW, &x),
        );
    }
    picture.line(vec![(x(0.0), plot.top), (x(0.0), plot.bottom)], 1.2, INK);
    plot.bottom + 20.0
}

fn row(
    picture: &mut Picture,
    found: &Sensitivity,
    effect: &Effect,
    (y, x): (f64, &impl Fn(f64) -> f64),
) {
    let range = &found.inputs[effect.input];
    let name = font::fit(&range.key, LABEL, Weight::Regular, NAMES - 14.0);
    picture.text(&name, (MARGIN, y - 2.0), Anchor::Start, LABEL, INK);
    let ends = font::fit(
        &format!("{} to {}", range.low, range.high),
        LABEL * 0.9,
        Weight::Regular,
        NAMES - 14.0,
    );
    picture.text(&ends, (MARGIN, y + 12.0), Anchor::Start, LABEL * 0.9, GREY);
    for (number, (at, colour, _)) in bars(found.method).iter().enumerate() {
        let Estimate {
            mean: Some(mean),
            lo,
            hi,
            ..
        } = effect.values[*at]
        else {
            continue;
        };
        let middle = y + (number as f64 - 0.5) * (BAR + 1.0);
        picture.fill(
            Area {
                left: x(mean.min(0.0)),
                top: middle - BAR / 2.0,
                right: x(mean.max(0.0)),
                bottom: middle + BAR / 2.0,
            },
            *colour,
        );
        if let (Some(lo), Some(hi)) = (lo, hi) {
            error_bar(picture, (x(lo), x(hi)), middle);
        }
    }
}
