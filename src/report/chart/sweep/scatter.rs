//! The cost of each point against the share of customers that it loses.

use super::super::frame::{LABEL, MARGIN, Swatch, WIDTH};
use super::super::palette::{BLUE, Colour, GREEN, GREY, MIST, VERMILLION};
use super::super::picture::{Anchor, Area, Picture, Point};
use super::super::span::{Span, axes, room};
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
    let lost = findings.table.customers_lost();
    let points: Vec<(&Row, f64, f64)> = rows
        .iter()
        .filter_map(|row| {
            let mean = |name| findings.table.figure(row, name)?.mean;
            Some((row, mean("cost.total")?, mean(lost)?))
        })
        .collect();
    let costs = points.iter().map(|(_, cost, _)| *cost);
    let across = Span::of_kind(FigureKind::Money, &findings.currency, costs);
    let lost = points.iter().map(|(.., lost)| *lost);
    let up = Span::of_kind(FigureKind::Share, "", lost.chain([0.0]));
    let plot = Area {
        left: MARGIN + room(&up),
        top: top + 20.0,
        right: WIDTH - MARGIN,
        bottom: top + HEIGHT,
    };
    let title = (MARGIN, top + 4.0);
    picture.text("customers lost (%)", title, Anchor::Start, LABEL, GREY);
    axes(
        &mut picture,
        plot,
        (&across, &up),
        &format!("cost ({})", across.unit),
    );
    for (row, cost, lost) in &points {
        let at = (
            plot.left + across.place(*cost) * plot.width(),
            plot.bottom - up.place(*lost) * plot.height(),
        );
        dot(&mut picture, row, at, points.len() <= MOST_NUMBERS);
    }
    frame.end(&mut picture, plot.bottom + 54.0);
    picture
}

fn dot(picture: &mut Picture, row: &Row, at: Point, is_numbered: bool) {
    let kind = KINDS.iter().find(|(word, ..)| *word == row.targets);
    picture.dot(at, 3.6, kind.map_or(MIST, |(_, colour, _)| *colour));
    if is_numbered {
        let number = row.point.to_string();
        let beside = (at.0 + 6.0, at.1 - 5.0);
        picture.text(&number, beside, Anchor::Start, LABEL * 0.85, GREY);
    }
}
