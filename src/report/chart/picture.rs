//! A picture before it is rendered: a list of marks in drawing order.

use super::font::Weight;
use super::palette::Colour;

/// A place, from the top left.
pub(super) type Point = (f64, f64);

/// Where a text stands about its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    /// What it says.
    pub(super) words: String,
    /// The place of the anchor on the baseline.
    pub(super) at: Point,
    /// Which end of it stands there.
    pub(super) anchor: Anchor,
    /// Its size.
    pub(super) em: f64,
    /// How heavy it is.
    pub(super) weight: Weight,
    /// Its colour.
    pub(super) colour: Colour,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }
    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// One thing that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// A path with round corners.
    Line {
        points: Vec<Point>,
        width: f64,
        colour: Colour,
    },
    /// The area between two curves: x, upper y, lower y, from left to right.
    Band {
        edges: Vec<(f64, f64, f64)>,
        colour: Colour,
    },
    /// A filled rectangle.
    Fill(Area, Colour),
    /// A filled circle.
    Dot {
        at: Point,
        radius: f64,
        colour: Colour,
    },
    /// A line of text.
    Text(Text),
}

/// Marks on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    /// Its width.
    pub(super) width: f64,
    /// Its height.
    pub(super) height: f64,
    /// What is on it, the lowest first.
    pub(super) marks: Vec<Mark>,
}

impl Picture {
    pub(super) fn new(width: f64) -> Self {
        Self {
            width,
            height: 0.0,
            marks: Vec::new(),
        }
    }

    /// Draws a path.
    pub(super) fn line(&mut self, points: Vec<Point>, width: f64, colour: Colour) {
        self.marks.push(Mark::Line {
            points,
            width,
            colour,
        });
    }

    /// Draws a line of dashes.
    pub(super) fn dashes(&mut self, from: Point, to: Point, width: f64, colour: Colour) {
        let (dash, gap) = (6.0, 4.0);
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let along = |done: f64| {
            let share = (done / length).min(1.0);
            (
                from.0 + (to.0 - from.0) * share,
                from.1 + (to.1 - from.1) * share,
            )
        };
        let mut done = 0.0;
        while done < length {
            self.line(vec![along(done), along(done + dash)], width, colour);
            done += dash + gap;
        }
    }

    /// Fills a rectangle.
    pub(super) fn fill(&mut self, area: Area, colour: Colour) {
        self.marks.push(Mark::Fill(area, colour));
    }

    /// Fills between two curves.
    pub(super) fn band(&mut self, edges: Vec<(f64, f64, f64)>, colour: Colour) {
        self.marks.push(Mark::Band { edges, colour });
    }

    /// Draws a dot.
    pub(super) fn dot(&mut self, at: Point, radius: f64, colour: Colour) {
        self.marks.push(Mark::Dot { at, radius, colour });
    }

    /// Writes a text of regular weight; an empty one is left out.
    pub(super) fn text(&mut self, text: &str, at: Point, anchor: Anchor, em: f64, colour: Colour) {
        self.write(text, at, anchor, em, (Weight::Regular, colour));
    }

    /// Writes a bold text; an empty one is left out.
    pub(super) fn bold(&mut self, text: &str, at: Point, anchor: Anchor, em: f64, colour: Colour) {
        self.write(text, at, anchor, em, (Weight::Bold, colour));
    }

    fn write(
        &mut self,
        text: &str,
        at: Point,
        anchor: Anchor,
        em: f64,
        (weight, colour): (Weight, Colour),
    ) {
        if !text.is_empty() {
            let words = text.to_owned();
            self.marks.push(Mark::Text(Text {
                words,
                at,
                anchor,
                em,
                weight,
                colour,
            }));
        }
    }
}
