//! The tables of a variant as texts, for views that lay them out themselves.

use super::costs;
use super::differences;
use super::grid::Grid;
use super::groups;
use super::issues;
use super::notes::{Note, Notes};
use super::queues;
use crate::stats::summary::{Summary, VariantSummary};

/// A table as texts: what it shows, the headings, and rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Sheet {
    /// What it shows.
    pub(in crate::report) caption: String,
    /// A heading a column.
    pub(in crate::report) headings: Vec<String>,
    /// The first cell of a row names it.
    pub(in crate::report) rows: Vec<Vec<String>>,
}

/// The tables of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Details {
    /// The variant.
    pub(in crate::report) name: String,
    /// Its tables, as they are printed.
    pub(in crate::report) sheets: Vec<Sheet>,
}

/// The tables of all variants, and the footnotes to them.
pub(in crate::report) fn details(summary: &Summary) -> (Vec<Details>, Vec<String>) {
    let mut notes = Notes::default();
    let variants = summary.variants.iter();
    let details =
        variants.map(|variant| of_variant(variant, &summary.scenario.currency, &mut notes));
    let details = details.collect();
    (details, notes.lines(&summary.scenario))
}

/// The tables of a variant and what each shows, in the order in which they are printed.
pub(super) fn grids(
    variant: &VariantSummary,
    currency: &str,
    notes: &mut Notes,
) -> Vec<(&'static str, Grid)> {
    let mut grids = vec![
        ("How customers are served", queues::service(variant, notes)),
        (
            "How much there is to do, and what it costs",
            queues::volume(variant, currency, notes),
        ),
        (
            "What groups work and cost",
            groups::work(variant, currency, notes),
        ),
    ];
    let lines = costs::lines(variant, currency, notes).into_iter();
    grids.extend(lines.map(|grid| ("What money goes out for", grid)));
    let value = costs::value(variant, currency, notes);
    grids.extend(value.map(|grid| ("What value is lost and earned", grid)));
    let changeovers = groups::changeovers(variant, notes);
    grids.extend(changeovers.map(|grid| ("What turning to other work took", grid)));
    let turns = issues::turns(variant, notes);
    grids.extend(turns.map(|grid| ("What customers did beside waiting", grid)));
    if !variant.bots.is_empty() {
        grids.push(("What bots did", issues::bots(variant, currency, notes)));
    }
    if let Some(of) = &variant.issues {
        notes.meet(Note::Issues);
        grids.push(("What became of issues", issues::issues(variant, of, notes)));
    }
    grids
}

fn of_variant(variant: &VariantSummary, currency: &str, notes: &mut Notes) -> Details {
    let mut sheets: Vec<Sheet> = Vec::new();
    for (caption, grid) in grids(variant, currency, notes) {
        // Each has a name of its own, for readers who go by names.
        let before = sheets
            .iter()
            .filter(|sheet| sheet.caption.starts_with(caption));
        let caption = match before.count() {
            0 => caption.to_owned(),
            number => format!("{caption} ({})", number + 1),
        };
        sheets.push(sheet(&caption, &grid));
    }
    if let Some(differences) = &variant.differences {
        notes.meet(Note::Differences);
        let grid = differences::queues(variant, differences, currency, notes);
        sheets.push(sheet("Less the base", &grid));
    }
    Details {
        name: variant.name.clone(),
        sheets,
    }
}

fn sheet(caption: &str, grid: &Grid) -> Sheet {
    let (headings, rows) = grid.texts();
    Sheet {
        caption: caption.to_owned(),
        headings,
        rows,
    }
}
