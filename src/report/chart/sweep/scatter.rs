//! The cost of each point against the share of customers that it loses.

use super::super::font::{self, Weight};
use super::super::frame::{LABEL, MARGIN, Swatch, WIDTH};
use super::super::palette::{BLUE, Colour, GREEN, GREY, GRID, MIST, VERMILLION};
use super::super::picture::{Anchor, Area, Picture};
use super::super::span::Span;
use super::draw::frame;
use crate::report::figure::FigureKind;
use crate::study::sweep::row::{Findings, Row};

const HEIGHT: f64 = 460.0;
/// Up to so many points have their numbers beside them.
const MOST_NUMBERS: usize = 40;
const KINDS: [(&str, Colour, &str); 4] = [
    ("met", GREEN, "all targets met"),
    ("undecided", BLUE, "undecided"),
    ("missed", VERMILLION, "a target missed"),
    ("", BLUE, "point"),
];

/// A dot a point.
pub(super) fn compose(findings: &Findings) -> Picture {
    let rows = &findings.table.rows;
    let there = |word: &str| rows.iter().any(|row| row.targets == word);
    let legend = KINDS
        .into_iter()
        .filter(|(word, ..)| there(word))
        .map(|(_, colour, text)| (Swatch::Fill(colour), text.to_owned()));
    let frame = frame(findings, "Cost and customers lost", legend.collect());
    let mut picture = Picture::new(WIDTH);
    let top = frame.begin(&mut picture, (1, 1));
    let points: Vec<(&Row, f64, f64)> = rows
        .iter()
        .filter_map(|row| {
            let mean = |name| findings.table.figure(row, name)?.mean;
            Some((row, mean("cost.total")?, mean("demand.lost_share")?))
        })
        .collect();
    let across = Span::of_kind(
        FigureKind::Money,
        &findings.currency,
        points.iter().map(|(_, cost, _)| *cost),
    );
    let up = Span::of_kind(
        FigureKind::Share,
        "",
        points.iter().map(|(.., lost)| *lost).chain([0.0]),
    );
    let room = up
        .ticks()
        .iter()
        .map(|(_, label)| font::width(label, LABEL, Weight::Regular))
        .fold(0.0, f64::max);
    let plot = Area {
        left: MARGIN + room + 10.0,
        top: top + 20.0,
        right: WIDTH - MARGIN,
        bottom: top + HEIGHT,
    };
    picture.text(
        "customers lost (%)",
        (MARGIN, top + 4.0),
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
        picture.line(vec![(x, plot.top), (x, plot.bottom)], 1.0, GRID);
        picture.line(vec![(x, plot.bottom), (x, plot.bottom + 4.0)], 1.0, MIST);
        picture.text(&label, (x, plot.bottom + 18.0), Anchor::Middle, LABEL, GREY);
    }
    let caption = format!("cost ({})", across.unit);
    let middle = (plot.left + plot.width() / 2.0, plot.bottom + 38.0);
    picture.text(&caption, middle, Anchor::Middle, LABEL, GREY);
    for (row, cost, lost) in &points {
        let at = (
            plot.left + across.place(*cost) * plot.width(),
            plot.bottom - up.place(*lost) * plot.height(),
        );
        let kind = KINDS.iter().find(|(word, ..)| *word == row.targets);
        picture.dot(at, 3.6, kind.map_or(MIST, |(_, colour, _)| *colour));
        if points.len() <= MOST_NUMBERS {
            let number = row.point.to_string();
            picture.text(
                &number,
                (at.0 + 6.0, at.1 - 5.0),
                Anchor::Start,
                LABEL * 0.85,
                GREY,
            );
        }
    }
    frame.end(&mut picture, plot.bottom + 54.0);
    picture
}
