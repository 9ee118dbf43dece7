//! Figures over the values of one key.

use super::super::frame::{HEADING, LABEL, MARGIN, Swatch, WIDTH};
use super::super::palette::{BLUE, GREY, INK};
use super::super::panel::BAND;
use super::super::picture::{Anchor, Area, Picture};
use super::super::span::{Span, axes, room};
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
        let all = self.points.iter().flat_map(|(_, figure)| ends(figure));
        let up = Span::of_kind(self.kind, self.currency, all.chain([0.0]));
        let plot = Area {
            left: area.left + room(&up),
            top: area.top + HEADING + 34.0,
            right: area.right,
            bottom: area.bottom - 22.0,
        };
        let title = (area.left, area.top + HEADING);
        picture.bold(&self.title, title, Anchor::Start, HEADING, INK);
        let unit = (area.left, plot.top - 15.0);
        picture.text(&up.unit, unit, Anchor::Start, LABEL, GREY);
        axes(picture, plot, (across, &up), key);
        self.curve(picture, plot, (across, &up));
    }

    /// The means in the band of their intervals.
    fn curve(&self, picture: &mut Picture, plot: Area, (across, up): (&Span, &Span)) {
        let x = |value: f64| plot.left + across.place(value) * plot.width();
        let y = |number: f64| plot.bottom - up.place(number) * plot.height();
        let known = || {
            self.points.iter().filter_map(|(value, figure)| {
                let mean = figure.mean?;
                let (lo, hi) = (figure.lo.unwrap_or(mean), figure.hi.unwrap_or(mean));
                Some((x(*value), y(mean), y(lo), y(hi)))
            })
        };
        let edges = known().map(|(x, _, lower, upper)| (x, upper, lower));
        picture.band(edges.collect(), BLUE.tint(BAND));
        let line: Vec<(f64, f64)> = known().map(|(x, mean, ..)| (x, mean)).collect();
        for at in &line {
            picture.dot(*at, 2.6, BLUE);
        }
        picture.line(line, 1.8, BLUE);
    }
}
