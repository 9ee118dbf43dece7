//! Panels over time, arranged on as many pictures as they need.

use super::frame::{Frame, LABEL, MARGIN, WIDTH};
use super::palette::Colour;
use super::palette::GREY;
use super::panel::{Curve, Panel, Shape};
use super::picture::{Anchor, Area, Picture};
use super::time_axis::TimeAxis;
use crate::stats::estimate::Estimate;
use crate::stats::summary::{QueueInterval, QueueSummary, ScenarioLabel, VariantSummary};

/// Panels on one picture.
const ON_ONE: usize = 8;
/// Up to so many stand below each other over the whole width.
const STACKED: usize = 3;
const BETWEEN: f64 = 40.0;

/// Lays out panels; `subject` says what the time axis tells the time of.
pub(super) fn pictures(
    frame: &Frame,
    panels: &[Panel],
    label: &ScenarioLabel,
    time: &TimeAxis,
    subject: &str,
) -> Vec<Picture> {
    let pages = panels.len().div_ceil(ON_ONE);
    // Pictures that share the panels evenly look better than a full one and a rest.
    let on_one = panels.len().div_ceil(pages.max(1)).max(1);
    let columns = if on_one > STACKED { 2 } else { 1 };
    let title = time.title(subject, &label.time_zone);
    panels
        .chunks(on_one.next_multiple_of(columns))
        .zip(1..)
        .map(|(panels, page)| {
            let mut picture = Picture::new(WIDTH);
            let top = frame.begin(&mut picture, (page, pages));
            let bottom = grid(
                &mut picture,
                panels,
                (top, columns),
                (time, interval_h(label)),
                &title,
            );
            frame.end(&mut picture, bottom + 26.0);
            picture
        })
        .collect()
}

/// Draws the panels in rows; returns where the last one ends.
fn grid(
    picture: &mut Picture,
    panels: &[Panel],
    (top, columns): (f64, usize),
    (time, interval_h): (&TimeAxis, f64),
    title: &str,
) -> f64 {
    let tick_room = panels
        .iter()
        .map(Panel::tick_room)
        .fold(0.0, f64::max)
        .ceil()
        + 10.0;
    let width = (WIDTH - 2.0 * MARGIN - BETWEEN * (columns - 1) as f64) / columns as f64;
    let height = match (panels.iter().any(|panel| panel.strip.is_some()), columns) {
        (true, _) => 310.0,
        (false, 1) => 270.0,
        (false, _) => 235.0,
    };
    let mut bottom = top;
    for (at, panel) in panels.iter().enumerate() {
        let left = MARGIN + (at % columns) as f64 * (width + BETWEEN);
        let top = top + (at / columns) as f64 * (height + 30.0);
        let area = Area {
            left: left + tick_room,
            top,
            right: left + width,
            bottom: top + height,
        };
        panel.draw(picture, area, left, time, interval_h);
        if at + columns >= panels.len() {
            let middle = (area.left + area.width() / 2.0, area.bottom + 18.0);
            picture.text(title, middle, Anchor::Middle, LABEL, GREY);
        }
        bottom = area.bottom + 18.0;
    }
    bottom
}

/// The reporting interval in hours.
pub(super) fn interval_h(label: &ScenarioLabel) -> f64 {
    label.interval_s as f64 / 3600.0
}

/// The axis of time that the intervals of all queues and groups share.
pub(super) fn time_axis(label: &ScenarioLabel, variant: &VariantSummary) -> TimeAxis {
    let of_queues = variant
        .queues
        .iter()
        .flat_map(|(_, queue)| &queue.intervals);
    let of_groups = variant
        .groups
        .iter()
        .flat_map(|(_, group)| &group.intervals);
    let starts = of_queues
        .map(|interval| (interval.weekday, interval.start.as_str()))
        .chain(of_groups.map(|interval| (interval.weekday, interval.start.as_str())));
    TimeAxis::of(starts, interval_h(label))
}

/// A figure of a queue by interval, with gaps where nothing was offered.
pub(super) fn of_offered(
    queue: &QueueSummary,
    figure: fn(&QueueInterval) -> Estimate,
    colour: Colour,
    shape: Shape,
) -> Curve {
    let figures = queue.intervals.iter().map(|interval| {
        let offered = interval.offered.mean.is_some_and(|offered| offered > 0.0);
        (
            interval.weekday,
            interval.start.as_str(),
            offered.then(|| figure(interval)),
        )
    });
    Curve::new(figures, colour, shape)
}
