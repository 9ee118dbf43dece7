//! The ways that issues go between queues, bots and their ends.

use askama::Template;

use super::section::Section;
use super::table::{Cell, Table};
use crate::report::material::Material;
use crate::report::table::cell;

#[derive(Template)]
#[template(path = "flows.html")]
struct Flows {
    tables: Vec<Table>,
}

/// The ways of issues; nothing where they are not followed.
pub(super) fn section(material: &Material<'_>) -> askama::Result<Option<Section>> {
    let variants = material.summary.variants.iter();
    let followed = variants.filter(|variant| !variant.flows.is_empty());
    let tables: Vec<Table> = followed
        .map(|variant| Table {
            caption: format!("Ways of issues: {}", variant.name),
            headings: ["From", "To", "Times"].map(str::to_owned).to_vec(),
            rows: variant
                .flows
                .iter()
                .map(|flow| {
                    let number = Cell::new(cell::count(&flow.issues));
                    vec![
                        Cell::new(stop(&flow.from)),
                        Cell::new(stop(&flow.to)),
                        number,
                    ]
                })
                .collect(),
        })
        .collect();
    if tables.is_empty() {
        return Ok(None);
    }
    Section::new("flows", "The ways of issues", &Flows { tables }).map(Some)
}

/// A stop's name for people.
fn stop(path: &str) -> String {
    let name = path.strip_prefix("queues.").unwrap_or(path);
    match name.strip_prefix("bots.") {
        Some(bot) => format!("{bot} (bot)"),
        None => name.replace('_', " "),
    }
}
