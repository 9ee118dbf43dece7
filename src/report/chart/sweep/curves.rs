//! Figures over the values of one key.

use super::super::font::{self, Weight};
use super::super::frame::{HEADING, LABEL, MARGIN, Swatch, WIDTH};
use super::super::palette::{BLUE, GREY, GRID, INK, MIST, VERMILLION};
use super::super::panel::BAND;
use super::super::picture::{Anchor, Area, Picture};
use super::super::span::Span;
use super::draw::{frame, shown};
use crate::report::figure::FigureKind;
use crate::stats::estimate::Estimate;
use crate::study::sweep::row::Findings;

const BETWEEN: f64 = 40.0;
const HEIGHT: f64 = 250.0;

/// Panels beside and below each other, one a figure.
pub(super) fn compose(findings: &Findings, values: &[f64]) -> Picture {
    let legend = vec![(
        Swatch::Banded(BLUE),
        "mean, with 95 % confidence interval".to_owned(),
    )];
    let frame = frame(findings, "Sweep", legend);
    let mut picture = Picture::new(WIDTH);
    let top = frame.begin(&mut picture, (1, 1));
    let across = Span::new(values.iter().copied(), 1.0, String::new());
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let width = (WIDTH - 2.0 * MARGIN - BETWEEN) / 2.0;
    let mut bottom = top;
    for (at, (name, title)) in shown(findings).into_iter().enumerate() {
        let left = MARGIN + (at % 2) as f64 * (width + BETWEEN);
        let top = top + (at / 2) as f64 * (HEIGHT + 44.0);
        let points: Vec<(f64, Estimate)> = order
            .iter()
            .map(|row| {
                let figure = findings.table.figure(&findings.table.rows[*row], &name);
                (values[*row], figure.unwrap_or_default())
            })
            .collect();
        let area = Area {
            left,
            top,
            right: left + width,
            bottom: top + HEIGHT,
        };
        let panel = Panel {
            title,
            kind: FigureKind::of(&name),
            currency: &findings.currency,
            points,
        };
        panel.draw(&mut picture, area, &across, &findings.table.keys[0]);
        bottom = area.bottom + 20.0;
    }
    frame.end(&mut picture, bottom + 16.0);
    picture
}

struct Panel<'a> {
    title: String,
    kind: FigureKind,
    currency: &'a str,
    points: Vec<(f64, Estimate)>,
}

impl Panel<'_> {
    fn draw(&self, picture: &mut Picture, area: Area, across: &Span, key: &str) {
        let ends = |figure: &Estimate| [figure.mean, figure.lo, figure.hi].into_iter().flatten();
        let up = Span::of_kind(
            self.kind,
            self.currency,
            self.points
                .iter()
                .flat_map(|(_, figure)| ends(figure))
                .chain([0.0]),
        );
        let room = up
            .ticks()
            .iter()
            .map(|(_, label)| font::width(label, LABEL, Weight::Regular))
            .fold(0.0, f64::max);
        let plot = Area {
            left: area.left + room + 10.0,
            top: area.top + HEADING + 26.0,
            right: area.right,
            bottom: area.bottom - 22.0,
        };
        picture.bold(
            &self.title,
            (area.left, area.top + HEADING),
            Anchor::Start,
            HEADING,
            INK,
        );
        picture.text(
            &up.unit,
            (area.left, plot.top - 8.0),
            Anchor::Start,
            LABEL,
            GREY,
        );
        for (value, label) in up.ticks() {
            let y = plot.bottom - up.place(value) * plot.height();
            picture.line(vec![(plot.left, y), (plot.right, y)], 1.0, GRID);
            picture.text(&label, (plot.left - 8.0, y + 4.2), Anchor::End, LABEL, GREY);
        }
        for (value, label) in across.ticks() {
            let x = plot.left + across.place(value) * plot.width();
            picture.line(vec![(x, plot.bottom), (x, plot.bottom + 4.0)], 1.0, MIST);
            picture.text(&label, (x, plot.bottom + 18.0), Anchor::Middle, LABEL, GREY);
        }
        let middle = (plot.left + plot.width() / 2.0, plot.bottom + 36.0);
        let key = font::fit(key, LABEL, Weight::Regular, plot.width());
        picture.text(&key, middle, Anchor::Middle, LABEL, GREY);
        let colour = if self.kind == FigureKind::Money {
            VERMILLION
        } else {
            BLUE
        };
        let place = |value: f64, number: f64| {
            (
                plot.left + across.place(value) * plot.width(),
                plot.bottom - up.place(number) * plot.height(),
            )
        };
        let known: Vec<(f64, f64, f64, f64)> = self
            .points
            .iter()
            .filter_map(|(value, figure)| {
                let mean = figure.mean?;
                Some((
                    *value,
                    mean,
                    figure.lo.unwrap_or(mean),
                    figure.hi.unwrap_or(mean),
                ))
            })
            .collect();
        let edges = known.iter().map(|(value, _, lo, hi)| {
            let (x, upper) = place(*value, *hi);
            (x, upper, place(*value, *lo).1)
        });
        picture.band(edges.collect(), colour.tint(BAND));
        picture.line(
            known
                .iter()
                .map(|(value, mean, ..)| place(*value, *mean))
                .collect(),
            1.8,
            colour,
        );
        for (value, mean, ..) in &known {
            picture.dot(place(*value, *mean), 2.6, colour);
        }
    }
}
