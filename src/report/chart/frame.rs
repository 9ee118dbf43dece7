//! What stands around the panels of a picture: title, legend, footer.

use super::font::{self, Weight};
use super::palette::{Colour, GREY, INK};
use super::panel::{BAND, FAINT};
use super::picture::{Anchor, Area, Picture};
use crate::stats::summary::ScenarioLabel;

/// Width of every picture.
pub(super) const WIDTH: f64 = 1200.0;
/// Empty at its sides.
pub(super) const MARGIN: f64 = 36.0;
/// Size of titles of panels.
pub(super) const HEADING: f64 = 15.0;
/// Size of labels and notes.
pub(super) const LABEL: f64 = 12.0;

const TITLE: f64 = 24.0;
const SUBTITLE: f64 = 14.0;
const SWATCH: f64 = 26.0;

/// How a thing is drawn, for the legend.
#[derive(Debug, Clone, Copy)]
pub(super) enum Swatch {
    /// A line.
    Line(Colour),
    /// A line in its band.
    Banded(Colour),
    /// A line in a fainter one.
    Faint(Colour),
    /// Dashes.
    Dashes(Colour),
    /// An area.
    Fill(Colour),
    /// A bar with its interval.
    Bar(Colour),
}

/// Title, legend and footer.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// What is shown.
    pub(super) title: String,
    /// Of which variant and scenario.
    pub(super) subtitle: String,
    /// How things are drawn.
    pub(super) legend: Vec<(Swatch, String)>,
    /// How to read it.
    pub(super) footer: String,
}

impl Frame {
    /// Draws title and legend; returns where the panels may begin.
    pub(super) fn begin(&self, picture: &mut Picture, (page, pages): (usize, usize)) -> f64 {
        let room = WIDTH - 2.0 * MARGIN;
        let mut y = MARGIN + TITLE * 0.8;
        let page = if pages > 1 {
            format!("{page} of {pages}")
        } else {
            String::new()
        };
        let page_room = font::width(&page, SUBTITLE, Weight::Regular) + 20.0;
        let title = font::fit(&self.title, TITLE, Weight::Bold, room - page_room);
        picture.bold(&title, (MARGIN, y), Anchor::Start, TITLE, INK);
        picture.text(&page, (WIDTH - MARGIN, y), Anchor::End, SUBTITLE, GREY);
        y += 25.0;
        let subtitle = font::fit(&self.subtitle, SUBTITLE, Weight::Regular, room);
        picture.text(&subtitle, (MARGIN, y), Anchor::Start, SUBTITLE, GREY);
        y += 30.0;
        y = key(picture, &self.legend, (MARGIN, WIDTH - MARGIN), y);
        y + 26.0
    }

    /// Draws the footer below this height and closes the picture.
    pub(super) fn end(&self, picture: &mut Picture, top: f64) {
        let mut y = top + LABEL;
        for line in font::wrap(&self.footer, LABEL, WIDTH - 2.0 * MARGIN) {
            picture.text(&line, (MARGIN, y), Anchor::Start, LABEL, GREY);
            y += LABEL * 1.45;
        }
        picture.height = (y + MARGIN * 0.5).ceil();
    }
}

/// Draws how things are drawn, between two edges, in as many lines as it needs; returns the baseline of the last.
pub(super) fn key(
    picture: &mut Picture,
    entries: &[(Swatch, String)],
    (left, right): (f64, f64),
    top: f64,
) -> f64 {
    let (mut x, mut y) = (left, top);
    for (swatch, text) in entries {
        let room = right - left - SWATCH - 8.0;
        let text = font::fit(text, LABEL + 1.0, Weight::Regular, room);
        let width = SWATCH + 8.0 + font::width(&text, LABEL + 1.0, Weight::Regular);
        if x > left && x + width > right {
            x = left;
            y += 20.0;
        }
        swatch.draw(picture, x, y - 4.5);
        let at = (x + SWATCH + 8.0, y);
        picture.text(&text, at, Anchor::Start, LABEL + 1.0, INK);
        x += width + 28.0;
    }
    y
}

impl Swatch {
    fn draw(self, picture: &mut Picture, x: f64, y: f64) {
        let band = |half: f64| Area {
            left: x,
            top: y - half,
            right: x + SWATCH,
            bottom: y + half,
        };
        let line = vec![(x, y), (x + SWATCH, y)];
        match self {
            Self::Line(colour) => picture.line(line, 2.0, colour),
            Self::Banded(colour) => {
                picture.fill(band(6.0), colour.tint(BAND));
                picture.line(line, 2.0, colour);
            }
            Self::Faint(colour) => {
                picture.fill(band(6.0), colour.tint(FAINT));
                picture.line(line, 2.0, colour);
            }
            Self::Dashes(colour) => picture.dashes(line[0], line[1], 1.5, colour),
            Self::Fill(colour) => picture.fill(band(6.0), colour),
            Self::Bar(colour) => {
                picture.fill(
                    Area {
                        right: x + SWATCH - 7.0,
                        ..band(6.0)
                    },
                    colour,
                );
                error_bar(picture, (x + SWATCH - 14.0, x + SWATCH), y);
            }
        }
    }
}

/// The interval of a bar.
pub(super) fn error_bar(picture: &mut Picture, (from, to): (f64, f64), y: f64) {
    picture.line(vec![(from, y), (to, y)], 1.4, INK);
    for end in [from, to] {
        picture.line(vec![(end, y - 3.5), (end, y + 3.5)], 1.4, INK);
    }
}

/// What was simulated, in one sentence.
pub(super) fn basis(label: &ScenarioLabel) -> String {
    let days = if label.days == 1 {
        "1 day"
    } else {
        &format!("{} days", label.days)
    };
    let replications = if label.replications == 1 {
        "1 replication"
    } else {
        &format!("{} replications", label.replications)
    };
    format!(
        "Simulated: {days} from {}, {replications}{}, seed {}.",
        label.start,
        label.in_batches(),
        label.seed
    )
}
