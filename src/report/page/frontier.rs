//! Cost against service and against customers lost, a point a mix, and which mixes are worth their cost.

use askama::Template;

use super::section::Section;
use super::table::{Cell, Table};
use crate::report::material::Material;
use crate::report::table::cell;
use crate::report::table::compare::value;
use crate::stats::frontier::{Frontier, OnFrontier, Standing};
use crate::stats::measure::Measure;

#[derive(Template)]
#[template(path = "frontier.html")]
struct Content {
    table: Table,
    is_compared: bool,
    is_tested: bool,
}

/// What service costs.
pub(super) fn section(material: &Material<'_>) -> askama::Result<Section> {
    let content = Content {
        table: table(material),
        is_compared: !material.summary.frontiers.is_empty(),
        is_tested: material.summary.scenario.batches > 1,
    };
    Section::new("frontier", "What service costs", &content)
}

/// What is got for the cost, as a heading.
pub(in crate::report) fn gain_heading(gain: &Measure) -> &'static str {
    match gain {
        Measure::InTime => "In time, %",
        Measure::Gone => "Issues lost",
        _ => "Contacts lost",
    }
}

fn table(material: &Material<'_>) -> Table {
    let frontiers = &material.summary.frontiers;
    let mut headings = vec!["Mix".to_owned(), format!("Cost, {}", material.currency())];
    for frontier in frontiers {
        headings.push(gain_heading(&frontier.gain).to_owned());
        headings.push("Standing".to_owned());
    }
    let mixes = frontiers.first().map_or(&[][..], |first| &first.mixes);
    Table {
        caption: "Which mixes are worth their cost: the cheapest first".to_owned(),
        headings,
        rows: mixes.iter().map(|mix| row(frontiers, mix)).collect(),
    }
}

fn row(frontiers: &[Frontier], mix: &OnFrontier) -> Vec<Cell> {
    let mut row = vec![
        Cell::new(&mix.name),
        Cell::new(cell::money(&mix.cost)).sorted_by(mix.cost.mean),
    ];
    for frontier in frontiers {
        let found = frontier.mixes.iter().find(|own| own.name == mix.name);
        let Some(own) = found else {
            continue;
        };
        row.push(Cell::new(value(&frontier.gain, &own.gain)).sorted_by(own.gain.mean));
        row.push(standing(own));
    }
    row
}

fn standing(mix: &OnFrontier) -> Cell {
    let word = match mix.standing {
        Standing::Efficient => "efficient",
        Standing::PerhapsEfficient => "efficient?",
        Standing::PerhapsDominated => "dominated?",
        Standing::Dominated => "dominated",
        Standing::Unknown => cell::NOTHING,
    };
    // One that beats it says enough, and a certain one comes first.
    let by = mix.dominated_by.first();
    let note = by.map_or(String::new(), |by| format!("by {}", by.name));
    Cell::new(word).with_note(note)
}
