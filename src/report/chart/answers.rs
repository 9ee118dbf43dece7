//! What a queue model says, over the number of servers.

use super::axis::{Axis, Measure};
use super::draw::{ChartError, Format, render_all};
use super::font::{self, Weight};
use super::frame::{Frame, HEADING, LABEL, MARGIN, Swatch, WIDTH, key};
use super::palette::{BLUE, Colour, GREEN, GREY, INK, MIST, VERMILLION};
use super::picture::{Anchor, Area, Picture, Point};
use crate::report::answers::{Answers, Row};
use crate::report::figure::{Clock, exact_share, exact_time, grouped};

const BETWEEN: f64 = 56.0;
const HEIGHT: f64 = 340.0;
/// Up to so many numbers of servers are marked by a dot.
const MOST_DOTS: usize = 60;

/// Draws the answers in every format: file names and bytes.
///
/// # Errors
///
/// When the drawing library fails, which no answer should make it do.
pub fn draw(answers: &Answers, formats: &[Format]) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    let stem = format!("queue-{}", answers.model);
    render_all(vec![(stem, compose(answers))], formats)
}

/// A figure of a number of servers.
type Value = fn(&Row) -> Option<f64>;

/// Values over the number of servers.
struct Curve {
    name: String,
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

fn curve(rows: &[Row], name: &str, colour: Colour, of: impl Fn(&Row) -> Option<f64>) -> Curve {
    Curve {
        name: name.to_owned(),
        colour,
        values: rows.iter().map(of).collect(),
    }
}

/// Name and value of the share that goes unanswered: those who left, or those turned away where nobody leaves; nothing where all are
/// answered.
fn lost(rows: &[Row]) -> Option<(&'static str, Value)> {
    let measures = || rows.iter().map(|row| row.figures.measures);
    if measures().any(|of| of.p_abandon > 0.0) {
        return Some(("abandonment", |row| row.figures.abandonment));
    }
    let blocks = measures().any(|of| of.p_block > 0.0);
    blocks.then_some(("blocked", |row| Some(row.figures.measures.p_block)))
}

/// Service level, occupancy, and what is lost.
fn shares(answers: &Answers) -> Plot {
    let rows = &answers.rows;
    let level = |row: &Row| row.figures.service_levels.as_ref()?.by(answers.definition);
    let within = exact_time(answers.within_s, Clock::Calendar);
    let mut curves = vec![curve(rows, "occupancy", GREEN, |row| {
        Some(row.figures.measures.occupancy)
    })];
    if answers.anybody_waits() {
        let name = format!("service level in {within}");
        curves.insert(0, curve(rows, &name, BLUE, level));
    }
    if let Some((name, of)) = lost(rows) {
        curves.push(curve(rows, name, VERMILLION, of));
    }
    Plot {
        title: "Shares",
        axis: Axis::whole_share(),
        curves,
        target: answers.target,
    }
}

/// Mean wait of the answered, and the wait that one in ten exceeds.
fn waits(rows: &[Row]) -> Plot {
    let curves = vec![
        curve(rows, "mean wait of the answered (ASA)", BLUE, |row| {
            row.figures.measures.asa_s
        }),
        curve(rows, "wait that one in ten exceeds", VERMILLION, |row| {
            row.figures.waits_s[2]
        }),
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
    let given: Vec<String> = answers
        .given
        .iter()
        .map(|(name, value)| format!("{} {value}", name.replace('-', " ")))
        .collect();
    Frame {
        title: format!(
            "{} ({}), by number of servers",
            answers.model, answers.short
        ),
        subtitle: given.join(", "),
        legend: Vec::new(),
        footer: if answers.anybody_waits() {
            let definition = answers.definition.name();
            format!("By formula, in a steady state. Service level: {definition}.")
        } else {
            "By formula, in a steady state. Nobody waits.".to_owned()
        },
    }
}

/// The picture: shares at the left, times at the right; shares alone where nobody waits.
pub(super) fn compose(answers: &Answers) -> Picture {
    let frame = frame(answers);
    let mut picture = Picture::new(WIDTH);
    let top = frame.begin(&mut picture, (1, 1)) - 20.0;
    let mut plots = vec![shares(answers)];
    if answers.anybody_waits() {
        plots.push(waits(&answers.rows));
    }
    let count = plots.len() as f64;
    let width = (WIDTH - 2.0 * MARGIN - BETWEEN * (count - 1.0)) / count;
    let lefts = [MARGIN, MARGIN + width + BETWEEN];
    // Where one legend takes more lines than the other, both axes still begin at one height.
    let heads = plots.iter().zip(lefts);
    let begin = heads
        .map(|(plot, left)| plot.head(&mut picture, (left, left + width), top))
        .fold(top, f64::max);
    for (plot, left) in plots.iter().zip(lefts) {
        let area = Area {
            left,
            top: begin,
            right: left + width,
            bottom: top + HEIGHT,
        };
        plot.draw(&mut picture, area, &answers.rows);
    }
    frame.end(&mut picture, top + HEIGHT + 62.0);
    picture
}

impl Plot {
    /// Title and legend; returns where the curves may begin.
    fn head(&self, picture: &mut Picture, (left, right): (f64, f64), top: f64) -> f64 {
        let title = format!("{} ({})", self.title, self.axis.unit());
        let at = (left, top + HEADING);
        picture.bold(&title, at, Anchor::Start, HEADING, INK);
        let curves = self.curves.iter();
        let mut entries: Vec<_> = curves
            .map(|curve| (Swatch::Line(curve.colour), curve.name.clone()))
            .collect();
        if let Some(target) = self.target {
            let words = format!("target, {}", exact_share(target));
            entries.push((Swatch::Dashes(INK), words));
        }
        key(picture, &entries, (left, right), top + HEADING + 26.0) + 22.0
    }

    fn draw(&self, picture: &mut Picture, whole: Area, rows: &[Row]) {
        let area = Area {
            left: whole.left + self.axis.room().ceil() + 10.0,
            ..whole
        };
        self.axis.draw(picture, area);
        let x = place(rows, area);
        for servers in labels(rows, area.width()) {
            picture.line(
                vec![(x(servers), area.bottom), (x(servers), area.bottom + 4.0)],
                1.0,
                MIST,
            );
            let at = (x(servers), area.bottom + 19.0);
            picture.text(
                &grouped(f64::from(servers), 0),
                at,
                Anchor::Middle,
                LABEL,
                GREY,
            );
        }
        let middle = (area.left + area.width() / 2.0, area.bottom + 40.0);
        picture.text("servers", middle, Anchor::Middle, LABEL, GREY);
        if let Some(target) = self.target {
            let y = self.axis.y(area, target);
            picture.dashes((area.left, y), (area.right, y), 1.6, INK);
        }
        for curve in &self.curves {
            let known = rows.iter().zip(&curve.values);
            let points = known.filter_map(|(row, value)| {
                let value = value.filter(|value| value.is_finite())?;
                Some((x(row.servers), self.axis.y(area, value)))
            });
            curve.draw(picture, points.collect());
        }
    }
}

impl Curve {
    fn draw(&self, picture: &mut Picture, points: Vec<Point>) {
        // Dots close together would only thicken the line.
        if points.len() <= MOST_DOTS {
            for point in &points {
                picture.dot(*point, 2.8, self.colour);
            }
        }
        if points.len() > 1 {
            picture.line(points, 2.0, self.colour);
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

/// The numbers of servers that are written below the axis: round ones where there are any, else evenly picked.
fn labels(rows: &[Row], width: f64) -> Vec<u32> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Vec::new();
    };
    let longest = grouped(f64::from(last.servers), 0);
    let room = font::width(&longest, LABEL, Weight::Regular) + 14.0;
    let numbers = rows.iter().map(|row| row.servers);
    let least = f64::from(last.servers - first.servers) * room / width;
    let mut steps = (0..6).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u32.pow(power)));
    let step = steps.find(|step| f64::from(*step) >= least).unwrap_or(1);
    let round: Vec<u32> = numbers
        .clone()
        .filter(|number| number % step == 0)
        .collect();
    if round.len() > 1 {
        return round;
    }
    let every = (rows.len() as f64 * room / width).ceil().max(1.0);
    let mut next = 0.0;
    let picked = numbers.enumerate().filter(|(at, _)| {
        let is_due = *at as f64 >= next;
        if is_due {
            next += every;
        }
        is_due
    });
    picked.map(|(_, number)| number).collect()
}
