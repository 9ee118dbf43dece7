//! Cost against what is got for it: a dot a mix, with the intervals of both, and the frontier that nobody beats.

use super::axis::round_step;
use super::draw::{ChartError, Format, render_all};
use super::font::{self, Weight};
use super::frame::{Frame, HEADING, LABEL, MARGIN, Swatch, WIDTH, basis};
use super::palette::{BLUE, Colour, GREY, GRID, INK, MIST};
use super::picture::{Anchor, Area, Picture, Point};
use crate::report::figure::grouped;
use crate::stats::estimate::Estimate;
use crate::stats::frontier::{Frontier, OnFrontier};
use crate::stats::measure::{Kind, Measure};
use crate::study::compare::found::Comparison;

const HEIGHT: f64 = 430.0;
const BETWEEN: f64 = 60.0;
/// Room for the labels of the upright axis.
const SCALE: f64 = 62.0;
const DOT: f64 = 5.0;

/// Draws the frontiers of a comparison in every format: file names and bytes.
///
/// # Errors
///
/// When the drawing library fails, which no comparison should make it do.
pub fn draw(
    comparison: &Comparison,
    formats: &[Format],
) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    render_all(vec![("frontier".to_owned(), compose(comparison))], formats)
}

/// All frontiers side by side.
pub(super) fn compose(comparison: &Comparison) -> Picture {
    let mut picture = Picture::new(WIDTH);
    let frame = frame(comparison);
    let top = frame.begin(&mut picture, (1, 1));
    let many = comparison.frontiers.len().max(1) as f64;
    let each = (WIDTH - 2.0 * MARGIN - (many - 1.0) * BETWEEN) / many;
    let mut left = MARGIN;
    for frontier in &comparison.frontiers {
        let area = Area {
            left: left + SCALE,
            top: top + HEADING + 26.0,
            right: left + each,
            bottom: top + HEADING + 26.0 + HEIGHT,
        };
        let title = title(frontier);
        picture.bold(
            &title,
            (left, top + HEADING - 6.0),
            Anchor::Start,
            HEADING,
            INK,
        );
        let currency = &comparison.scenario.currency;
        panel(&mut picture, frontier, area, currency, &[]);
        left += each + BETWEEN;
    }
    frame.end(&mut picture, top + HEADING + HEIGHT + 90.0);
    picture
}

fn frame(comparison: &Comparison) -> Frame {
    Frame {
        title: "Cost against what is got for it".to_owned(),
        subtitle: subtitle(comparison),
        legend: vec![
            (
                Swatch::Bar(BLUE),
                "no other mix is as cheap and as good, with 95 % confidence intervals".to_owned(),
            ),
            (Swatch::Bar(MIST), "another mix is".to_owned()),
            (Swatch::Dashes(BLUE), "efficient frontier".to_owned()),
        ],
        footer: format!(
            "In time: contacts answered within the threshold of their queue (where there is none: at all) or resolved by a bot, of all contacts wanted whose deadline lies within the horizon. \
             Cost: over the horizon. The axes need not begin at zero. {}",
            basis(&comparison.scenario)
        ),
    }
}

fn subtitle(comparison: &Comparison) -> String {
    let files = comparison.files.iter();
    let files: Vec<String> = files
        .map(|file| format!("{}: {}", file.name, file.scenario))
        .collect();
    if files.is_empty() {
        comparison.scenario.name.clone()
    } else {
        files.join(" · ")
    }
}

fn title(frontier: &Frontier) -> String {
    let gain = match frontier.gain {
        Measure::InTime => "Answered in time",
        Measure::Gone => "Issues lost",
        _ => "Contacts lost",
    };
    gain.to_owned()
}

/// Round numbers from below the smallest to above the largest value.
pub(super) struct Range {
    from: f64,
    to: f64,
    step: f64,
}

impl Range {
    fn of(values: &[f64]) -> Self {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let least = finite().fold(f64::INFINITY, f64::min).min(1e300);
        let most = finite().fold(f64::NEG_INFINITY, f64::max).max(-1e300);
        if least > most {
            return Self {
                from: 0.0,
                to: 1.0,
                step: 0.25,
            };
        }
        let spread = (most - least).max(most.abs() * 1e-3).max(1e-6);
        let step = round_step(spread / 4.0);
        let from = ((least - 0.08 * spread) / step).floor() * step;
        let to = ((most + 0.08 * spread) / step).ceil() * step;
        // What cannot be negative has no axis below zero.
        let from = if least >= 0.0 { from.max(0.0) } else { from };
        Self { from, to, step }
    }

    /// Where a value lies between the ends, 0 to 1.
    pub(super) fn share(&self, value: f64) -> f64 {
        let share = (value - self.from) / (self.to - self.from);
        if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        }
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let (from, step, to) = (self.from, self.step, self.to);
        (0..12_u8)
            .map(move |number| from + f64::from(number) * step)
            .take_while(move |tick| *tick <= to + 1e-9 * step.abs())
    }
}

fn ends(estimate: &Estimate) -> [f64; 3] {
    let mean = estimate.mean.unwrap_or(f64::NAN);
    [
        mean,
        estimate.lo.unwrap_or(mean),
        estimate.hi.unwrap_or(mean),
    ]
}

/// Draws the mixes in an area; the axis of costs, which `also` has room for these, is given back.
pub(super) fn panel(
    picture: &mut Picture,
    frontier: &Frontier,
    area: Area,
    currency: &str,
    also: &[f64],
) -> Range {
    let one = if frontier.gain.kind() == Kind::Share {
        0.01
    } else {
        1.0
    };
    let costs: Vec<f64> = frontier
        .mixes
        .iter()
        .flat_map(|mix| ends(&mix.cost))
        .chain(also.iter().copied())
        .collect();
    let gains: Vec<f64> = frontier
        .mixes
        .iter()
        .flat_map(|mix| ends(&mix.gain).map(|value| value / one))
        .collect();
    let (across, mut up) = (Range::of(&costs), Range::of(&gains));
    if frontier.gain.kind() == Kind::Share {
        up.to = up.to.min(100.0);
    }
    let unit = match frontier.gain.kind() {
        Kind::Share => "% of contacts wanted",
        Kind::Money => currency,
        Kind::Count | Kind::Time => "a replication",
    };
    let caption = (area.left - SCALE, area.top - 12.0);
    picture.text(unit, caption, Anchor::Start, LABEL, GREY);
    axes(picture, (&across, &up), area, currency);
    let place = |cost: f64, gain: f64| -> Point {
        let x = area.left + across.share(cost) * area.width();
        (x, area.bottom - up.share(gain / one) * area.height())
    };
    staircase(picture, frontier, &place);
    // No name is written across a line that stands for one of the other amounts.
    let upright = |&cost: &f64| {
        let x = area.left + across.share(cost) * area.width();
        Area {
            left: x - 3.0,
            right: x + 3.0,
            ..area
        }
    };
    let mut taken: Vec<Area> = also.iter().map(upright).collect();
    for mix in &frontier.mixes {
        taken.push(cross(picture, mix, &place));
    }
    let mut labels: Vec<Area> = Vec::new();
    for mix in &frontier.mixes {
        let [cost, ..] = ends(&mix.cost);
        let [gain, ..] = ends(&mix.gain);
        let at = place(cost, gain);
        if cost.is_finite() && gain.is_finite() {
            let blocked = [&taken[..], &labels[..]].concat();
            labels.push(label(picture, &mix.name, at, area, &blocked));
        }
    }
    across
}

fn axes(picture: &mut Picture, (across, up): (&Range, &Range), area: Area, currency: &str) {
    let decimals = |range: &Range| {
        (0..6_u8)
            .find(|&decimals| {
                let scaled = range.step * 10_f64.powi(i32::from(decimals));
                (scaled - scaled.round()).abs() < 1e-6 * scaled
            })
            .map_or(6, usize::from)
    };
    for tick in up.ticks() {
        let y = area.bottom - up.share(tick) * area.height();
        picture.line(vec![(area.left, y), (area.right, y)], 1.0, GRID);
        let text = grouped(tick, decimals(up));
        picture.text(&text, (area.left - 8.0, y + 4.2), Anchor::End, LABEL, GREY);
    }
    let wide = |tick: f64| font::width(&grouped(tick, decimals(across)), LABEL, Weight::Regular);
    let widest = across.ticks().map(wide).fold(0.0, f64::max) + 14.0;
    let room = across.step / (across.to - across.from) * area.width();
    let every = if widest > room { 2 } else { 1 };
    for tick in across.ticks().step_by(every) {
        let x = area.left + across.share(tick) * area.width();
        picture.line(vec![(x, area.top), (x, area.bottom)], 1.0, GRID);
        let text = grouped(tick, decimals(across));
        let at = (x, area.bottom + 18.0);
        picture.text(&text, at, Anchor::Middle, LABEL, GREY);
    }
    let at = (area.right, area.bottom + 38.0);
    let caption = format!("cost over the horizon, {currency}");
    picture.text(&caption, at, Anchor::End, LABEL, GREY);
}

/// The frontier: from one efficient mix the same is got until the next one is paid for.
fn staircase(picture: &mut Picture, frontier: &Frontier, place: &impl Fn(f64, f64) -> Point) {
    let on = frontier
        .mixes
        .iter()
        .filter(|mix| mix.standing.is_on_frontier());
    let points: Vec<Point> = on
        .filter_map(|mix| Some(place(mix.cost.mean?, mix.gain.mean?)))
        .collect();
    for pair in points.windows(2) {
        let corner = (pair[1].0, pair[0].1);
        picture.dashes(pair[0], corner, 1.4, BLUE);
        picture.dashes(corner, pair[1], 1.4, BLUE);
    }
}

/// A dot with its intervals; the area that they take.
fn cross(picture: &mut Picture, mix: &OnFrontier, place: &impl Fn(f64, f64) -> Point) -> Area {
    let colour: Colour = if mix.standing.is_on_frontier() {
        BLUE
    } else {
        MIST
    };
    let ([cost, cheap, dear], [gain, low, high]) = (ends(&mix.cost), ends(&mix.gain));
    let (left, bottom) = place(cheap, low);
    let (right, top) = place(dear, high);
    let at = place(cost, gain);
    if cost.is_finite() && gain.is_finite() {
        picture.line(vec![(left, at.1), (right, at.1)], 1.6, colour);
        picture.line(vec![(at.0, bottom), (at.0, top)], 1.6, colour);
        picture.dot(at, DOT, colour);
    }
    Area {
        left: at.0 - DOT,
        top: at.1 - DOT,
        right: at.0 + DOT,
        bottom: at.1 + DOT,
    }
}

/// Writes a name beside its dot where there is room; the area that it takes.
fn label(picture: &mut Picture, name: &str, at: Point, within: Area, taken: &[Area]) -> Area {
    let text = font::fit(name, LABEL, Weight::Regular, within.width() * 0.6);
    let wide = font::width(&text, LABEL, Weight::Regular);
    let boxed = |left: f64, base: f64| Area {
        left,
        top: base - LABEL,
        right: left + wide,
        bottom: base + 3.0,
    };
    let away = DOT + 5.0;
    let places = [
        boxed(at.0 + away, at.1 - away + 2.0),
        boxed(at.0 - away - wide, at.1 - away + 2.0),
        boxed(at.0 + away, at.1 + away + LABEL - 4.0),
        boxed(at.0 - away - wide, at.1 + away + LABEL - 4.0),
        boxed(at.0 - wide / 2.0, at.1 - away - LABEL),
        boxed(at.0 - wide / 2.0, at.1 + away + 2.0 * LABEL),
        boxed(at.0 + away, at.1 - away - LABEL - 2.0),
        boxed(at.0 + away, at.1 + away + 2.0 * LABEL),
    ];
    let is_free = |area: &&Area| {
        let inside = area.left >= within.left && area.right <= within.right + 30.0;
        let apart = |other: &Area| {
            area.right < other.left
                || other.right < area.left
                || area.bottom < other.top
                || other.bottom < area.top
        };
        inside && taken.iter().all(apart)
    };
    let free = places.iter().find(is_free).unwrap_or(&places[0]);
    let baseline = (free.left, free.bottom - 3.0);
    picture.text(&text, baseline, Anchor::Start, LABEL, INK);
    *free
}
