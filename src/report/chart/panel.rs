//! One panel: curves over time, on a light grid.

use super::axis::Axis;
use super::font::{self, Weight};
use super::frame::{HEADING, LABEL};
use super::palette::{Colour, GREY, GRID, INK, MIST};
use super::picture::{Anchor, Area, Picture};
use super::time_axis::{TimeAxis, hour_of};
use crate::stats::estimate::Estimate;

/// How strong the colour of a band is.
pub(super) const BAND: f64 = 0.3;
/// How strong that of a less important one is.
pub(super) const FAINT: f64 = 0.14;

/// How the points of a curve are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A line in the band of its confidence interval.
    Banded,
    /// A line in a fainter band.
    Faint,
    /// An area of steps, one an interval.
    Steps,
    /// The upper edge of such an area.
    Outline,
}

/// Estimates by interval; `None` is a gap.
#[derive(Debug, Clone)]
pub(super) struct Curve {
    /// Start of the interval (hours) and the estimate.
    pub(super) points: Vec<(f64, Option<Estimate>)>,
    pub(super) colour: Colour,
    pub(super) shape: Shape,
}

impl Curve {
    /// A curve of figures by weekday and start.
    pub(super) fn new<'a>(
        figures: impl Iterator<Item = (Option<&'a str>, &'a str, Option<Estimate>)>,
        colour: Colour,
        shape: Shape,
    ) -> Self {
        let points =
            figures.filter_map(|(weekday, start, figure)| Some((hour_of(weekday, start)?, figure)));
        Self {
            points: points.collect(),
            colour,
            shape,
        }
    }

    /// The values an axis should reach: means, and intervals unless they are far wider than these.
    pub(super) fn extent(&self) -> Vec<f64> {
        let numbers = |end: fn(&Estimate) -> Option<f64>| {
            let finite = self
                .points
                .iter()
                .filter_map(move |(_, figure)| end(figure.as_ref()?));
            finite.filter(|value| value.is_finite()).fold(0.0, f64::max)
        };
        let mean = numbers(|figure| figure.mean);
        match self.shape {
            Shape::Banded => vec![mean, numbers(|figure| figure.hi).min(mean * 1.3)],
            Shape::Faint | Shape::Steps | Shape::Outline => vec![mean],
        }
    }

    /// Points next to each other, in time and without gap: hour, mean, interval.
    fn runs(&self, interval_h: f64) -> Vec<Vec<(f64, f64, f64, f64)>> {
        let mut runs: Vec<Vec<(f64, f64, f64, f64)>> = Vec::new();
        let mut last = f64::NEG_INFINITY;
        for (hour, figure) in &self.points {
            let Some((mean, lo, hi)) = figure.as_ref().and_then(ends) else {
                continue;
            };
            if hour - last > interval_h * 1.01 || *hour < last {
                runs.push(Vec::new());
            }
            if let Some(run) = runs.last_mut() {
                run.push((*hour, mean, lo, hi));
            }
            last = *hour;
        }
        runs
    }
}

/// Mean and interval, all of them numbers; without an interval, the mean itself.
fn ends(figure: &Estimate) -> Option<(f64, f64, f64)> {
    let mean = figure.mean.filter(|mean| mean.is_finite())?;
    let or_mean = |end: Option<f64>| end.filter(|end| end.is_finite()).unwrap_or(mean);
    Some((mean, or_mean(figure.lo), or_mean(figure.hi)))
}

/// Curves on one axis.
#[derive(Debug, Clone)]
pub(super) struct Plot {
    /// What the axis measures; its unit is added.
    pub(super) caption: String,
    pub(super) axis: Axis,
    pub(super) curves: Vec<Curve>,
    /// A level to compare with.
    pub(super) target: Option<f64>,
}

/// One or two plots over one axis of time.
#[derive(Debug, Clone)]
pub(super) struct Panel {
    /// The queue or group.
    pub(super) title: String,
    /// What more there is to say, at the right of the title.
    pub(super) note: String,
    pub(super) main: Plot,
    /// A lower one below it.
    pub(super) strip: Option<Plot>,
}

impl Panel {
    /// Room that the labels of its ticks take.
    pub(super) fn tick_room(&self) -> f64 {
        let plots = [Some(&self.main), self.strip.as_ref()];
        plots
            .into_iter()
            .flatten()
            .map(|plot| plot.axis.room())
            .fold(0.0, f64::max)
    }

    /// Draws it into this area, whose left edge is the axis.
    pub(super) fn draw(
        &self,
        picture: &mut Picture,
        area: Area,
        left: f64,
        time: &TimeAxis,
        interval_h: f64,
    ) {
        let room = area.right - left;
        let note = font::fit(&self.note, LABEL, Weight::Regular, room * 0.6);
        let note_width = font::width(&note, LABEL, Weight::Regular);
        let title = font::fit(&self.title, HEADING, Weight::Bold, room - note_width - 24.0);
        let y = area.top + HEADING;
        picture.bold(&title, (left, y), Anchor::Start, HEADING, INK);
        picture.text(&note, (area.right, y), Anchor::End, LABEL, GREY);
        let top = area.top + HEADING + 30.0;
        let bottom = area.bottom - 22.0;
        let parted = if self.strip.is_some() {
            top + (bottom - top) * 0.58
        } else {
            bottom
        };
        self.main.draw(
            picture,
            Area {
                top,
                bottom: parted,
                ..area
            },
            left,
            time,
            interval_h,
        );
        if let Some(strip) = &self.strip {
            strip.draw(
                picture,
                Area {
                    top: parted + 32.0,
                    bottom,
                    ..area
                },
                left,
                time,
                interval_h,
            );
        }
        for (hour, label) in time.labels(area.width()) {
            let x = area.left + time.place(hour) * area.width();
            picture.text(&label, (x, bottom + 19.0), Anchor::Middle, LABEL, GREY);
        }
    }
}

impl Plot {
    fn draw(&self, picture: &mut Picture, area: Area, left: f64, time: &TimeAxis, interval_h: f64) {
        let caption = format!("{} ({})", self.caption, self.axis.unit());
        let caption = font::fit(&caption, LABEL, Weight::Regular, area.right - left);
        picture.text(
            &caption,
            (left, area.top - 10.0),
            Anchor::Start,
            LABEL,
            GREY,
        );
        let empty = self
            .curves
            .iter()
            .all(|curve| curve.runs(interval_h).is_empty());
        for curve in self
            .curves
            .iter()
            .filter(|curve| curve.shape == Shape::Steps)
        {
            self.steps(picture, area, curve, time, interval_h);
        }
        for curve in self
            .curves
            .iter()
            .filter(|curve| matches!(curve.shape, Shape::Banded | Shape::Faint))
        {
            self.bands(picture, area, curve, time, interval_h);
        }
        self.grid(picture, area, time);
        if let Some(target) = self.target {
            let y = self.axis.y(area, target);
            picture.dashes((area.left, y), (area.right, y), 1.6, INK);
        }
        for curve in self
            .curves
            .iter()
            .filter(|curve| curve.shape != Shape::Steps)
        {
            self.line(picture, area, curve, time, interval_h);
        }
        if empty {
            let middle = (
                area.left + area.width() / 2.0,
                area.top + area.height() / 2.0 + 4.0,
            );
            picture.text("no figures", middle, Anchor::Middle, LABEL + 1.0, MIST);
        }
    }

    fn grid(&self, picture: &mut Picture, area: Area, time: &TimeAxis) {
        for hour in time.lines(area.width()) {
            let x = area.left + time.place(hour) * area.width();
            picture.line(vec![(x, area.top), (x, area.bottom)], 1.0, GRID);
        }
        self.axis.draw(picture, area);
        for hour in time.ticks() {
            let x = area.left + time.place(hour) * area.width();
            picture.line(vec![(x, area.bottom), (x, area.bottom + 4.0)], 1.0, MIST);
        }
    }

    fn bands(
        &self,
        picture: &mut Picture,
        area: Area,
        curve: &Curve,
        time: &TimeAxis,
        interval_h: f64,
    ) {
        let strength = match curve.shape {
            Shape::Faint => FAINT,
            Shape::Banded | Shape::Steps | Shape::Outline => BAND,
        };
        for run in curve.runs(interval_h) {
            let edge = |(hour, _, lo, hi): &(f64, f64, f64, f64)| {
                let x = area.left + time.place(hour + interval_h / 2.0) * area.width();
                (x, self.axis.y(area, *hi), self.axis.y(area, *lo))
            };
            let mut edges: Vec<_> = run.iter().map(edge).collect();
            if let [(x, upper, lower)] = edges[..] {
                edges = vec![(x - 2.0, upper, lower), (x + 2.0, upper, lower)];
            }
            picture.band(edges, curve.colour.tint(strength));
        }
    }

    fn line(
        &self,
        picture: &mut Picture,
        area: Area,
        curve: &Curve,
        time: &TimeAxis,
        interval_h: f64,
    ) {
        if curve.shape == Shape::Outline {
            return self.outline(picture, area, curve, time, interval_h);
        }
        for run in curve.runs(interval_h) {
            let point = |(hour, mean, _, _): &(f64, f64, f64, f64)| {
                let x = area.left + time.place(hour + interval_h / 2.0) * area.width();
                (x, self.axis.y(area, *mean))
            };
            let points: Vec<_> = run.iter().map(point).collect();
            match points[..] {
                [alone] => picture.dot(alone, 2.2, curve.colour),
                _ => picture.line(points, 1.8, curve.colour),
            }
        }
    }

    fn outline(
        &self,
        picture: &mut Picture,
        area: Area,
        curve: &Curve,
        time: &TimeAxis,
        interval_h: f64,
    ) {
        for run in curve.runs(interval_h) {
            let points = run.iter().flat_map(|(hour, mean, _, _)| {
                let y = self.axis.y(area, *mean);
                let x = |hour: f64| area.left + time.place(hour) * area.width();
                [(x(*hour), y), (x(hour + interval_h), y)]
            });
            picture.line(points.collect(), 1.2, curve.colour);
        }
    }

    fn steps(
        &self,
        picture: &mut Picture,
        area: Area,
        curve: &Curve,
        time: &TimeAxis,
        interval_h: f64,
    ) {
        for run in curve.runs(interval_h) {
            let edges = run.iter().flat_map(|(hour, mean, _, _)| {
                let y = self.axis.y(area, *mean);
                let x = |hour: f64| area.left + time.place(hour) * area.width();
                [
                    (x(*hour), y, area.bottom),
                    (x(hour + interval_h), y, area.bottom),
                ]
            });
            picture.band(edges.collect(), curve.colour);
        }
    }
}
