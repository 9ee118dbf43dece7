//! What the reader came for, first.

use askama::Template;

use super::section::Section;
use crate::report::answer::{Lost, Standing, answer};
use crate::report::material::Material;
use crate::report::table::cell;
use crate::stats::summary::VariantSummary;

#[derive(Template)]
#[template(path = "short.html")]
struct Short {
    headline: String,
    lines: Vec<String>,
    tiles: Vec<Tile>,
}

/// A figure of the base that is seen at once.
struct Tile {
    label: String,
    value: String,
    note: String,
}

/// In short.
pub(super) fn section(material: &Material<'_>) -> askama::Result<Section> {
    let answer = answer(material);
    let content = Short {
        headline: answer.headline,
        lines: answer.lines,
        tiles: tiles(material, material.base()),
    };
    Section::new("short", "In short", &content)
}

fn tiles(material: &Material<'_>, base: &VariantSummary) -> Vec<Tile> {
    let mut tiles = Vec::new();
    let mut add = |label: &str, value: String, note: String| {
        let label = label.to_owned();
        tiles.push(Tile { label, value, note });
    };
    let parted = |text: String| match text.split_once(" ±") {
        Some((value, doubt)) => (value.to_owned(), format!("±{doubt}")),
        None => (text, String::new()),
    };
    if material.has_costs() {
        let (value, doubt) = parted(cell::money(&base.cost.total));
        add(
            &format!("Cost of {}", material.horizon()),
            format!("{} {value}", material.currency()),
            doubt,
        );
        let (value, doubt) = parted(cell::money(&base.cost.per_contact));
        add(
            "Cost per contact answered",
            format!("{} {value}", material.currency()),
            doubt,
        );
    }
    let standing = Standing::of(base);
    if !standing.promises.is_empty() {
        let missed = standing
            .of_verdict(crate::stats::summary::Verdict::Missed)
            .len();
        let undecided = standing
            .of_verdict(crate::stats::summary::Verdict::Undecided)
            .len();
        add(
            "Promises kept",
            standing
                .told()
                .replace(" promises", "")
                .replace(" promise", ""),
            format!("{missed} broken, {undecided} undecided"),
        );
    }
    let customers = Lost::of(base);
    let (value, doubt) = parted(cell::share(&customers.share));
    let (lost, _) = parted(cell::count(&customers.count));
    add(
        "Customers lost",
        format!("{value} %"),
        if doubt.is_empty() {
            format!("{lost} {}", customers.things)
        } else {
            format!("{doubt} points: {lost} {}", customers.things)
        },
    );
    tiles
}
