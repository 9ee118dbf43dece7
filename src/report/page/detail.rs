//! One mix in detail: when it is hard, how long customers wait, what lies open, who is busy; and all its tables.

use askama::Template;

use super::data::without_intervals_shown;
use super::section::Section;
use super::table::{Table, of_sheet};
use crate::report::material::Material;
use crate::report::table::details;

#[derive(Template)]
#[template(path = "detail.html")]
struct Detail {
    mixes: Vec<Mix>,
    notes: Vec<String>,
    /// The mixes that have no figures by interval here.
    left_out: String,
}

struct Mix {
    name: String,
    tables: Vec<Table>,
}

/// One mix in detail.
pub(super) fn section(material: &Material<'_>) -> askama::Result<Section> {
    let (details, notes) = details(material.summary);
    let mixes = details.into_iter().map(|of| Mix {
        name: of.name,
        tables: of.sheets.into_iter().map(of_sheet).collect(),
    });
    let content = Detail {
        mixes: mixes.collect(),
        notes,
        left_out: without_intervals_shown(material.summary).join(", "),
    };
    Section::new("detail", "One mix in detail", &content)
}
