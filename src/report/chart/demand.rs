//! What became of the customers of every variant, as stacked bars.

use super::axis::{Axis, Measure};
use super::bars::{HEAD, ROW, grid};
use super::font::{self, Weight};
use super::frame::{HEADING, LABEL};
use super::palette::{Colour, GREEN, GREY, INK, PURPLE, SKY, VERMILLION};
use super::picture::{Anchor, Area, Picture};
use crate::report::figure::grouped;
use crate::stats::estimate::Estimate;
use crate::stats::summary::DemandSummary;

pub(super) const SERVED: Colour = GREEN;
pub(super) const CONTAINED: Colour = PURPLE;
pub(super) const OPEN: Colour = GREY;
pub(super) const LOST: Colour = VERMILLION;
pub(super) const MOVED: Colour = SKY;

const BAR: f64 = 10.0;
const THIN: f64 = 4.0;
/// Width of a column of figures.
const COLUMN: f64 = 74.0;

/// Whether any of it ended at a bot.
pub(super) fn has_bots<'a>(variants: impl IntoIterator<Item = &'a DemandSummary>) -> bool {
    let is_some = |demand: &DemandSummary| demand.contained.mean.is_some_and(|mean| mean > 0.0);
    variants.into_iter().any(is_some)
}

/// Draws demand served, ended at bots, open at the end and lost on one bar a variant, the moved on a thin one below it, and the figures.
pub(super) fn draw(picture: &mut Picture, area: Area, variants: &[&DemandSummary]) {
    picture.bold(
        "demand per replication",
        (area.left, area.top + HEADING * 0.8),
        Anchor::Start,
        HEADING,
        INK,
    );
    let axis = Axis::new(
        Measure::Count("contacts"),
        variants.iter().map(|demand| stacked(demand)),
    );
    let caption = format!("bars: {}", axis.unit());
    let y = area.top + HEADING + 15.0;
    picture.text(&caption, (area.left, y), Anchor::Start, LABEL, GREY);
    let top = area.top + HEAD;
    let bars = Area {
        left: area.left,
        top,
        right: area.right - 4.0 * COLUMN - 10.0,
        bottom: top + variants.len() as f64 * ROW,
    };
    grid(picture, bars, &axis);
    let columns = |at: usize| area.right - (3 - at) as f64 * COLUMN;
    for (at, heading) in ["served", "open at end", "lost", "moved"]
        .into_iter()
        .enumerate()
    {
        picture.text(heading, (columns(at), y), Anchor::End, LABEL - 1.0, GREY);
    }
    for (row, demand) in variants.iter().enumerate() {
        let y = top + (row as f64 + 0.5) * ROW;
        bar(picture, bars, &axis, y, demand);
        for (at, figure) in [demand.served, demand.open_at_end, demand.lost, demand.moved]
            .into_iter()
            .enumerate()
        {
            let text = font::fit(&number(figure), LABEL, Weight::Regular, COLUMN - 6.0);
            picture.text(&text, (columns(at), y + 4.2), Anchor::End, LABEL, INK);
        }
    }
}

fn bar(picture: &mut Picture, area: Area, axis: &Axis, y: f64, demand: &DemandSummary) {
    let x = |value: f64| area.left + axis.place(value) * area.width();
    let mut done = 0.0;
    for (figure, colour) in [
        (demand.served, SERVED),
        (demand.contained, CONTAINED),
        (demand.open_at_end, OPEN),
        (demand.lost, LOST),
    ] {
        let Some(amount) = figure
            .mean
            .filter(|amount| amount.is_finite() && *amount > 0.0)
        else {
            continue;
        };
        let part = Area {
            left: x(done),
            top: y - 8.0,
            right: x(done + amount),
            bottom: y - 8.0 + BAR,
        };
        picture.fill(part, colour);
        done += amount;
    }
    if let Some(moved) = demand
        .moved
        .mean
        .filter(|moved| moved.is_finite() && *moved > 0.0)
    {
        let part = Area {
            left: area.left,
            top: y + 3.5,
            right: x(moved),
            bottom: y + 3.5 + THIN,
        };
        picture.fill(part, MOVED);
    }
}

/// The end of the stacked bar.
fn stacked(demand: &DemandSummary) -> f64 {
    let parts = [
        demand.served,
        demand.contained,
        demand.open_at_end,
        demand.lost,
    ];
    parts
        .into_iter()
        .filter_map(|part| part.mean)
        .filter(|part| part.is_finite())
        .sum()
}

/// A number of customers in a few letters.
pub(super) fn number(figure: Estimate) -> String {
    match figure.mean {
        Some(mean) if mean.abs() < 1e7 => {
            grouped(mean, usize::from(mean != 0.0 && mean.abs() < 9.95))
        }
        Some(mean) if mean.abs() < 1e9 => format!("{} M", grouped(mean / 1e6, 1)),
        Some(mean) => format!("{mean:.1e}"),
        None => "–".to_owned(),
    }
}
