//! Bars of one figure, a row a variant.

use super::axis::Axis;
use super::font::{self, Weight};
use super::frame::{HEADING, LABEL, error_bar};
use super::palette::{Colour, GREY, GRID, INK, MIST, WHITE};
use super::picture::{Anchor, Area, Picture};
use crate::stats::estimate::Estimate;

/// Height of a row.
pub(super) const ROW: f64 = 27.0;
/// Above the first row: title and caption.
pub(super) const HEAD: f64 = HEADING + 26.0;
/// Below the last row: labels of the ticks.
pub(super) const FOOT: f64 = 24.0;

const BAR: f64 = 13.0;
/// Share of the width that bars may take; the rest is for the figures beside them.
const BARS: f64 = 0.72;

/// What a row shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Row {
    /// A figure.
    Figure(Estimate),
    /// The variant has no such queue.
    Absent,
}

/// A figure of every variant; the first is the base.
#[derive(Debug, Clone)]
pub(super) struct Bars {
    /// The queue, or what is measured.
    pub(super) title: String,
    /// What is measured; the unit is added.
    pub(super) caption: String,
    pub(super) axis: Axis,
    pub(super) rows: Vec<Row>,
    pub(super) colour: Colour,
    /// A level to compare with.
    pub(super) target: Option<f64>,
}

impl Row {
    /// The values an axis should reach.
    pub(super) fn extent(&self) -> Vec<f64> {
        match self {
            Self::Figure(figure) => {
                let mean = figure.mean.unwrap_or_default();
                vec![mean, figure.hi.unwrap_or_default().min(mean * 2.0)]
            }
            Self::Absent => Vec::new(),
        }
    }
}

impl Bars {
    /// Draws it into this area, title and tick labels included.
    pub(super) fn draw(&self, picture: &mut Picture, area: Area) {
        let room = area.width();
        // A long name is worth a smaller size before it is cut.
        let fits = font::width(&self.title, HEADING, Weight::Bold) <= room;
        let size = if fits { HEADING } else { HEADING * 0.8 };
        let title = font::fit(&self.title, size, Weight::Bold, room);
        let at = (area.left, area.top + HEADING * 0.8);
        picture.bold(&title, at, Anchor::Start, size, INK);
        let caption = font::fit(
            &format!("{} ({})", self.caption, self.axis.unit()),
            LABEL,
            Weight::Regular,
            room,
        );
        picture.text(
            &caption,
            (area.left, area.top + HEADING + 15.0),
            Anchor::Start,
            LABEL,
            GREY,
        );
        let top = area.top + HEAD;
        let bottom = top + self.rows.len() as f64 * ROW;
        let bars = Area {
            left: area.left,
            top,
            right: area.left + room * BARS,
            bottom,
        };
        grid(picture, bars, &self.axis);
        if let Some(Row::Figure(Estimate {
            mean: Some(base), ..
        })) = self.rows.first()
        {
            let x = bars.left + self.axis.place(*base) * bars.width();
            picture.dashes((x, top), (x, bottom), 1.0, MIST);
        }
        if let Some(target) = self.target {
            let x = bars.left + self.axis.place(target) * bars.width();
            picture.dashes((x, top), (x, bottom), 1.6, INK);
        }
        for (at, row) in self.rows.iter().enumerate() {
            let y = top + (at as f64 + 0.5) * ROW;
            let colour = if at == 0 { MIST } else { self.colour };
            self.row(picture, (bars, y, area.right), row, colour);
        }
    }

    fn row(
        &self,
        picture: &mut Picture,
        (area, y, right): (Area, f64, f64),
        row: &Row,
        colour: Colour,
    ) {
        let note = |picture: &mut Picture, text: &str| {
            // On white, since the level of the base may run through it.
            let right = area.left + 10.0 + font::width(text, LABEL, Weight::Regular);
            picture.fill(
                Area {
                    left: area.left + 2.0,
                    top: y - 9.0,
                    right,
                    bottom: y + 9.0,
                },
                WHITE,
            );
            picture.text(text, (area.left + 6.0, y + 4.2), Anchor::Start, LABEL, MIST);
        };
        let Row::Figure(figure) = row else {
            return note(picture, "not in this mix");
        };
        let Some(mean) = figure.mean.filter(|mean| mean.is_finite()) else {
            return note(picture, "no figure");
        };
        let x = |value: f64| area.left + self.axis.place(value) * area.width();
        let bar = Area {
            left: area.left,
            top: y - BAR / 2.0,
            right: x(mean),
            bottom: y + BAR / 2.0,
        };
        picture.fill(bar, colour);
        if let (Some(lo), Some(hi)) = (figure.lo, figure.hi)
            && lo.is_finite()
            && hi.is_finite()
        {
            error_bar(picture, (x(lo), x(hi)), y);
        }
        picture.text(
            &self.axis.label(mean),
            (right, y + 4.2),
            Anchor::End,
            LABEL,
            INK,
        );
    }
}

/// Lines at the ticks, labels at both ends.
pub(super) fn grid(picture: &mut Picture, area: Area, axis: &Axis) {
    let ticks = axis.ticks();
    let last = ticks.len().saturating_sub(1);
    for (at, (value, label)) in ticks.into_iter().enumerate() {
        let x = area.left + axis.place(value) * area.width();
        let colour = if at == 0 { MIST } else { GRID };
        picture.line(vec![(x, area.top), (x, area.bottom)], 1.0, colour);
        if at == 0 || at == last {
            let anchor = if at == 0 {
                Anchor::Start
            } else {
                Anchor::Middle
            };
            picture.text(&label, (x, area.bottom + 16.0), anchor, LABEL, GREY);
        }
    }
}
