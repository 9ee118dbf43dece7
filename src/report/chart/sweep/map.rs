//! Figures over a grid of two keys: a map each, the darker the larger.

use super::super::font::{self, Weight};
use super::super::frame::{HEADING, LABEL, MARGIN, Swatch, WIDTH};
use super::super::palette::{BLUE, Colour, GREY, INK, VERMILLION, WHITE};
use super::super::picture::{Anchor, Area, Picture};
use super::draw::{frame, shown};
use crate::report::figure::{Clock, FigureKind, grouped, plain};
use crate::study::sweep::row::{Cell, Findings};

const BETWEEN: f64 = 44.0;
const CELL: f64 = 26.0;
/// More values of a key are not told apart.
const MOST: usize = 120;

/// Nothing where the grid is too fine to be seen.
pub(super) fn compose(findings: &Findings) -> Option<Picture> {
    let (down, across) = (values(findings, 0), values(findings, 1));
    let fits = down.len() <= MOST
        && across.len() <= MOST
        && down.len() * across.len() == findings.table.rows.len();
    if !fits {
        return None;
    }
    let legend = vec![
        (Swatch::Fill(BLUE.tint(0.15)), "lowest".to_owned()),
        (Swatch::Fill(BLUE), "highest of the panel".to_owned()),
    ];
    let frame = frame(findings, "Sweep over two keys", legend);
    let mut picture = Picture::new(WIDTH);
    let top = frame.begin(&mut picture, (1, 1));
    let width = (WIDTH - 2.0 * MARGIN - BETWEEN) / 2.0;
    let cell = (600.0 / down.len() as f64).clamp(4.0, CELL);
    let height = HEADING + 34.0 + cell * down.len() as f64 + 40.0;
    let mut bottom = top;
    for (at, (name, title)) in shown(findings).into_iter().enumerate() {
        let left = MARGIN + (at % 2) as f64 * (width + BETWEEN);
        let top = top + (at / 2) as f64 * (height + 16.0);
        let area = Area {
            left,
            top,
            right: left + width,
            bottom: top + height,
        };
        let panel = Panel {
            findings,
            name: &name,
            title: &title,
            down: &down,
            across: &across,
        };
        panel.draw(&mut picture, area, cell);
        bottom = area.bottom;
    }
    frame.end(&mut picture, bottom + 14.0);
    Some(picture)
}

/// The values of a key as they are written, in the order in which they come up.
fn values(findings: &Findings, key: usize) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for row in &findings.table.rows {
        let value = match &row.values[key] {
            Cell::Number(number) => number.map_or(String::new(), plain),
            Cell::Text(text) => text.clone(),
        };
        if !values.contains(&value) && values.len() <= MOST {
            values.push(value);
        }
    }
    values
}

struct Panel<'a> {
    findings: &'a Findings,
    name: &'a str,
    title: &'a str,
    down: &'a [String],
    across: &'a [String],
}

impl Panel<'_> {
    fn draw(&self, picture: &mut Picture, area: Area, cell: f64) {
        let table = &self.findings.table;
        let means: Vec<Option<f64>> = table
            .rows
            .iter()
            .map(|row| table.figure(row, self.name)?.mean)
            .collect();
        let scale = Scale::new(FigureKind::of(self.name), &self.findings.currency, &means);
        let title = format!("{} ({})", self.title, scale.unit);
        let at = (area.left, area.top + HEADING);
        picture.bold(&title, at, Anchor::Start, HEADING, INK);
        let keys = format!("down: {}   across: {}", table.keys[0], table.keys[1]);
        let keys = font::fit(&keys, LABEL, Weight::Regular, area.width());
        let at = (area.left, area.top + HEADING + 18.0);
        picture.text(&keys, at, Anchor::Start, LABEL, GREY);
        let plot = Area {
            left: area.left + longest(self.down) + 10.0,
            top: area.top + HEADING + 30.0,
            right: area.right,
            bottom: area.bottom,
        };
        let wide = plot.width() / self.across.len() as f64;
        let is_bad = scale.kind == FigureKind::Money || self.name.ends_with("lost_share");
        let colour = if is_bad { VERMILLION } else { BLUE };
        for (at, mean) in means.iter().enumerate() {
            let (row, column) = (at / self.across.len(), at % self.across.len());
            let square = Area {
                left: plot.left + column as f64 * wide,
                top: plot.top + row as f64 * cell,
                right: plot.left + (column + 1) as f64 * wide - 1.0,
                bottom: plot.top + (row + 1) as f64 * cell - 1.0,
            };
            if let Some(mean) = mean {
                scale.square(picture, square, *mean, colour);
            }
        }
        labels(picture, plot, (self.down, self.across), (wide, cell));
    }
}

/// How the figures of a panel are coloured and written.
struct Scale {
    kind: FigureKind,
    low: f64,
    high: f64,
    /// The value that is written as 1.
    one: f64,
    unit: String,
}

impl Scale {
    fn new(kind: FigureKind, currency: &str, means: &[Option<f64>]) -> Self {
        let (low, high) = means
            .iter()
            .flatten()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), mean| {
                (low.min(*mean), high.max(*mean))
            });
        let (one, unit) = match kind {
            FigureKind::Share => (0.01, "%".to_owned()),
            FigureKind::Money => (1.0, currency.to_owned()),
            FigureKind::Time => {
                let unit = Clock::Calendar.unit(high);
                (unit.seconds(), unit.sign().to_owned())
            }
            FigureKind::Count => (1.0, String::new()),
        };
        Self {
            kind,
            low,
            high,
            one,
            unit,
        }
    }

    fn square(&self, picture: &mut Picture, area: Area, mean: f64, colour: Colour) {
        let width = self.high - self.low;
        let share = if width > 0.0 {
            (mean - self.low) / width
        } else {
            0.0
        };
        picture.fill(area, colour.tint(0.1 + 0.9 * share));
        let number = mean / self.one;
        let label = grouped(number, usize::from(number.abs() < 100.0));
        let fits = font::width(&label, LABEL, Weight::Regular) + 4.0 < area.width()
            && area.height() >= LABEL + 2.0;
        if fits {
            let at = (
                area.left + area.width() / 2.0,
                area.top + area.height() / 2.0 + 4.2,
            );
            let ink = if share > 0.55 { WHITE } else { INK };
            picture.text(&label, at, Anchor::Middle, LABEL, ink);
        }
    }
}

fn longest(labels: &[String]) -> f64 {
    let widths = labels
        .iter()
        .map(|label| font::width(label, LABEL, Weight::Regular));
    widths.fold(0.0, f64::max)
}

/// The values of the keys, as many as there is room for.
fn labels(
    picture: &mut Picture,
    plot: Area,
    (down, across): (&[String], &[String]),
    (wide, cell): (f64, f64),
) {
    let every = |room: f64, needed: f64| {
        let every = (1..=MOST).find(|every| *every as f64 * room >= needed);
        every.unwrap_or(MOST)
    };
    for (at, label) in down.iter().enumerate().step_by(every(cell, LABEL + 2.0)) {
        let y = plot.top + (at as f64 + 0.5) * cell + 4.2;
        picture.text(label, (plot.left - 8.0, y), Anchor::End, LABEL, GREY);
    }
    let y = plot.top + down.len() as f64 * cell + 16.0;
    let step = every(wide, longest(across) + 8.0);
    for (at, label) in across.iter().enumerate().step_by(step) {
        let x = plot.left + (at as f64 + 0.5) * wide;
        picture.text(label, (x, y), Anchor::Middle, LABEL, GREY);
    }
}
