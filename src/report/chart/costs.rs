//! What each variant costs line by line, as stacked bars, with the value lost that is assumed on a thin one below.

use super::axis::{Axis, Measure};
use super::bars::{FOOT, HEAD, ROW, grid};
use super::demand::number;
use super::font::{self, Weight};
use super::frame::{Frame, HEADING, LABEL, MARGIN, Swatch, WIDTH, basis};
use super::palette::{BLUE, Colour, GREEN, GREY, INK, PURPLE, SKY, VERMILLION};
use super::picture::{Anchor, Area, Picture};
use crate::stats::summary::{Summary, VariantSummary};

/// Room for the names of the variants.
const NAMES: f64 = 190.0;
/// Width of a column of figures.
const COLUMN: f64 = 96.0;
const BAR: f64 = 12.0;
const THIN: f64 = 4.0;
/// What is assumed, and no money that goes out.
const ASSUMED: Colour = VERMILLION;

/// One picture, where any variant has more than wages and bots.
pub(super) fn compose(summary: &Summary) -> Vec<Picture> {
    let mut variants = summary.variants.iter();
    if !variants.any(|variant| variant.cost.is_itemised()) {
        return Vec::new();
    }
    let frame = frame(summary);
    let mut picture = Picture::new(WIDTH);
    let top = frame.begin(&mut picture, (1, 1)) - 10.0;
    let bottom = draw(&mut picture, top, summary);
    frame.end(&mut picture, bottom + 6.0);
    vec![picture]
}

/// The colour of a line: pay in blues, leavers and hires in light blues, what is bought in greens.
fn colour(line: &str) -> Colour {
    match line {
        "wages" => BLUE,
        "overtime" => BLUE.tint(0.75),
        "premiums" => BLUE.tint(0.55),
        "on_cost" => BLUE.tint(0.35),
        "turnover" => SKY,
        "hiring" => SKY.tint(0.55),
        "licences" => GREEN,
        "telephony" => GREEN.tint(0.65),
        "platform" => GREEN.tint(0.35),
        "bots" => PURPLE,
        "outsourced" => PURPLE.tint(0.5),
        _ => GREY,
    }
}

/// The lines of all variants, each once, in their order.
fn lines(summary: &Summary) -> Vec<&str> {
    let mut lines: Vec<&str> = Vec::new();
    for (line, _) in summary
        .variants
        .iter()
        .flat_map(|variant| variant.cost.lines.iter())
    {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn has_value(summary: &Summary) -> bool {
    let mut variants = summary.variants.iter();
    variants.any(|variant| variant.value.is_some())
}

fn frame(summary: &Summary) -> Frame {
    let fill = |line: &&str| (Swatch::Fill(colour(line)), line.replace('_', " "));
    let mut legend: Vec<_> = lines(summary).iter().map(fill).collect();
    let mut note = "";
    if has_value(summary) {
        let text = "value lost, assumed".to_owned();
        legend.push((Swatch::Fill(ASSUMED), text));
        note = "Value lost rests on assumptions of the scenario and is no money that goes out. ";
    }
    Frame {
        title: "What it costs".to_owned(),
        subtitle: summary.scenario.name.clone(),
        legend,
        footer: format!(
            "Means over replications; the lines of a bar add up to the cost over the horizon. {note}{}",
            basis(&summary.scenario)
        ),
    }
}

/// A row a variant; returns where they end.
fn draw(picture: &mut Picture, top: f64, summary: &Summary) -> f64 {
    let variants = &summary.variants;
    let currency = summary.scenario.currency.as_str();
    let ends = variants
        .iter()
        .flat_map(|variant| [cost(variant), lost(variant)]);
    let axis = Axis::new(Measure::Count(currency), ends);
    let heading = (MARGIN, top + HEADING * 0.8);
    picture.bold("cost by line", heading, Anchor::Start, HEADING, INK);
    let columns = if has_value(summary) { 2.0 } else { 1.0 };
    let bars = Area {
        left: MARGIN + NAMES,
        top: top + HEAD,
        right: WIDTH - MARGIN - columns * COLUMN,
        bottom: top + HEAD + variants.len() as f64 * ROW,
    };
    let caption = top + HEADING + 15.0;
    let unit = format!("bars: {}", axis.unit());
    picture.text(&unit, (bars.left, caption), Anchor::Start, LABEL, GREY);
    grid(picture, bars, &axis);
    let column = |at: f64| WIDTH - MARGIN - (columns - 1.0 - at) * COLUMN;
    let headings = ["cost", "value lost"].into_iter().zip([0.0, 1.0]);
    for (text, at) in headings.filter(|(_, at)| *at < columns) {
        picture.text(text, (column(at), caption), Anchor::End, LABEL - 1.0, GREY);
    }
    for (row, variant) in variants.iter().enumerate() {
        let y = bars.top + (row as f64 + 0.5) * ROW;
        let name = font::fit(&variant.name, LABEL + 0.5, Weight::Regular, NAMES - 14.0);
        picture.text(&name, (MARGIN, y + 4.2), Anchor::Start, LABEL + 0.5, INK);
        bar(picture, bars, &axis, y, variant);
        let total = number(variant.cost.total);
        picture.text(&total, (column(0.0), y + 4.2), Anchor::End, LABEL, INK);
        if let Some(value) = &variant.value {
            let lost = number(value.total.lost);
            picture.text(&lost, (column(1.0), y + 4.2), Anchor::End, LABEL, INK);
        }
    }
    bars.bottom + FOOT
}

fn bar(picture: &mut Picture, area: Area, axis: &Axis, y: f64, variant: &VariantSummary) {
    let x = |value: f64| area.left + axis.place(value) * area.width();
    let mut done = 0.0;
    for (line, figure) in variant.cost.lines.iter() {
        let amount = figure.mean.filter(|amount| amount.is_finite());
        let Some(amount) = amount.filter(|amount| *amount > 0.0) else {
            continue;
        };
        let part = Area {
            left: x(done),
            top: y - 9.0,
            right: x(done + amount),
            bottom: y - 9.0 + BAR,
        };
        picture.fill(part, colour(line));
        done += amount;
    }
    let lost = lost(variant);
    if lost > 0.0 {
        let part = Area {
            left: area.left,
            top: y + 4.5,
            right: x(lost),
            bottom: y + 4.5 + THIN,
        };
        picture.fill(part, ASSUMED);
    }
}

fn cost(variant: &VariantSummary) -> f64 {
    let cost = variant.cost.total.mean;
    cost.filter(|cost| cost.is_finite()).unwrap_or_default()
}

fn lost(variant: &VariantSummary) -> f64 {
    let lost = variant
        .value
        .as_ref()
        .and_then(|value| value.total.lost.mean);
    lost.filter(|lost| lost.is_finite()).unwrap_or_default()
}
