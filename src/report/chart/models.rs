//! What a queue model says, over the number of servers.

use super::axis::{Axis, Measure};
use super::draw::{ChartError, Format, render_all};
use super::font::{self, Weight};
use super::frame::{Frame, HEADING, LABEL, MARGIN, Swatch, WIDTH};
use super::palette::{BLUE, Colour, GREEN, GREY, GRID, INK, MIST, VERMILLION};
use super::picture::{Anchor, Area, Picture, Point};
use crate::report::figure::{Clock, exact_share, exact_time};
use crate::report::models::{Answers, Row};

const BETWEEN: f64 = 56.0;
const HEIGHT: f64 = 300.0;

/// Draws the answers in every format: file names and bytes.
///
/// # Errors
///
/// When the drawing library fails, which no answer should make it do.
pub fn draw(answers: &Answers, formats: &[Format]) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    let stem = format!("queue-{}", answers.model);
    render_all(vec![(stem, compose(answers))], formats)
}

/// Values over the number of servers.
struct Curve {
    colour: Colour,
    values: Vec<Option<f64>>,
}

/// Curves on one axis.
struct Plot {
    title: &'static str,
    axis: Axis,
    curves: Vec<Curve>,
    target: Option<f64>,
}

fn curve(rows: &[Row], colour: Colour, of: impl Fn(&Row) -> Option<f64>) -> Curve {
    Curve {
        colour,
        values: rows.iter().map(of).collect(),
    }
}

/// Name and value of the share that goes unanswered: those who left, or those turned away where nobody leaves.
fn lost(answers: &Answers) -> (&'static str, fn(&Row) -> Option<f64>) {
    let measures = || answers.rows.iter().map(|row| row.figures.measures);
    let leaves = measures().any(|of| of.p_abandon > 0.0);
    if !leaves && measures().any(|of| of.p_block > 0.0) {
        return ("blocked", |row| Some(row.figures.measures.p_block));
    }
    ("abandonment", |row| row.figures.abandonment)
}

/// Service level, occupancy, and what is lost.
fn shares(answers: &Answers) -> Plot {
    let rows = &answers.rows;
    let level = |row: &Row| row.figures.service_levels.as_ref()?.by(answers.definition);
    Plot {
        title: "Shares",
        axis: Axis::whole_share(),
        curves: vec![
            curve(rows, BLUE, level),
            curve(rows, GREEN, |row| Some(row.figures.measures.occupancy)),
            curve(rows, VERMILLION, lost(answers).1),
        ],
        target: answers.target,
    }
}

/// Mean wait of the answered, and the wait that one in ten exceeds.
fn waits(rows: &[Row]) -> Plot {
    let curves = vec![
        curve(rows, BLUE, |row| row.figures.measures.asa_s),
        curve(rows, VERMILLION, |row| row.figures.waits_s[2]),
    ];
    let all = curves
        .iter()
        .flat_map(|curve| curve.values.iter().flatten());
    Plot {
        title: "Waits",
        axis: Axis::new(Measure::Time(Clock::Calendar), all.copied()),
        curves,
        target: None,
    }
}

fn frame(answers: &Answers) -> Frame {
    let within = exact_time(answers.within_s, Clock::Calendar);
    let mut legend = vec![
        (
            Swatch::Line(BLUE),
            format!("left: service level in {within}; right: mean wait of the answered"),
        ),
        (Swatch::Line(GREEN), "left: occupancy".to_owned()),
        (
            Swatch::Line(VERMILLION),
            format!(
                "left: {}; right: wait that one in ten exceeds",
                lost(answers).0
            ),
        ),
    ];
    if let Some(target) = answers.target {
        let words = format!("target, {}", exact_share(target));
        legend.push((Swatch::Dashes(INK), words));
    }
    let given: Vec<String> = answers
        .given
        .iter()
        .map(|(name, value)| format!("{} {value}", name.replace('-', " ")))
        .collect();
    Frame {
        title: format!("{} · {}", answers.model, answers.short),
        subtitle: given.join(", "),
        legend,
        footer: format!(
            "By formula, in a steady state. Service level: {}.",
            answers.definition.name()
        ),
    }
}

/// The picture: shares at the left, times at the right.
pub(super) fn compose(answers: &Answers) -> Picture {
    let frame = frame(answers);
    let mut picture = Picture::new(WIDTH);
    let top = frame.begin(&mut picture, (1, 1));
    let width = (WIDTH - 2.0 * MARGIN - BETWEEN) / 2.0;
    let plots = [
        (shares(answers), MARGIN),
        (waits(&answers.rows), MARGIN + width + BETWEEN),
    ];
    for (plot, left) in plots {
        let area = Area {
            left,
            top,
            right: left + width,
            bottom: top + HEIGHT,
        };
        plot.draw(&mut picture, area, &answers.rows);
    }
    frame.end(&mut picture, top + HEIGHT + 62.0);
    picture
}

impl Plot {
    fn draw(&self, picture: &mut Picture, whole: Area, rows: &[Row]) {
        let ticks = self.axis.ticks();
        let room = ticks
            .iter()
            .map(|(_, label)| font::width(label, LABEL, Weight::Regular))
            .fold(0.0, f64::max);
        let area = Area {
            left: whole.left + room.ceil() + 10.0,
            top: whole.top + HEADING + 16.0,
            ..whole
        };
        let title = format!("{} ({})", self.title, self.axis.unit());
        picture.bold(
            &title,
            (whole.left, whole.top + HEADING),
            Anchor::Start,
            HEADING,
            INK,
        );
        let y = |value: f64| area.bottom - self.axis.place(value) * area.height();
        for (value, label) in &ticks {
            let colour = if *value > 0.0 { GRID } else { MIST };
            picture.line(
                vec![(area.left, y(*value)), (area.right, y(*value))],
                1.0,
                colour,
            );
            picture.text(
                label,
                (area.left - 8.0, y(*value) + 4.2),
                Anchor::End,
                LABEL,
                GREY,
            );
        }
        let x = place(rows, area);
        for servers in labels(rows, area.width()) {
            picture.line(
                vec![(x(servers), area.bottom), (x(servers), area.bottom + 4.0)],
                1.0,
                MIST,
            );
            let at = (x(servers), area.bottom + 19.0);
            picture.text(&servers.to_string(), at, Anchor::Middle, LABEL, GREY);
        }
        let middle = (area.left + area.width() / 2.0, area.bottom + 40.0);
        picture.text("servers", middle, Anchor::Middle, LABEL, GREY);
        if let Some(target) = self.target {
            let ends = ((area.left, y(target)), (area.right, y(target)));
            picture.dashes(ends.0, ends.1, 1.6, INK);
        }
        for curve in &self.curves {
            let known = rows.iter().zip(&curve.values);
            let points = known.filter_map(|(row, value)| {
                let value = value.filter(|value| value.is_finite())?;
                Some((x(row.servers), y(value)))
            });
            curve.draw(picture, points.collect());
        }
    }
}

impl Curve {
    fn draw(&self, picture: &mut Picture, points: Vec<Point>) {
        for point in &points {
            picture.dot(*point, 2.4, self.colour);
        }
        if points.len() > 1 {
            picture.line(points, 1.8, self.colour);
        }
    }
}

/// Where a number of servers lies.
fn place(rows: &[Row], area: Area) -> impl Fn(u32) -> f64 {
    let ends = (rows.first(), rows.last());
    let (first, last) = match ends {
        (Some(first), Some(last)) => (f64::from(first.servers), f64::from(last.servers)),
        _ => (0.0, 1.0),
    };
    let margin = 12.0;
    move |servers| {
        let share = if last > first {
            (f64::from(servers) - first) / (last - first)
        } else {
            0.5
        };
        area.left + margin + share * (area.width() - 2.0 * margin)
    }
}

/// The numbers of servers that are written below the axis.
fn labels(rows: &[Row], width: f64) -> impl Iterator<Item = u32> {
    let longest = rows.last().map_or(1, |row| row.servers).to_string();
    let room = font::width(&longest, LABEL, Weight::Regular) + 14.0;
    let every = (rows.len() as f64 * room / width).ceil().max(1.0);
    let mut next = 0.0;
    rows.iter().enumerate().filter_map(move |(at, row)| {
        if (at as f64) < next {
            return None;
        }
        next += every;
        Some(row.servers)
    })
}
