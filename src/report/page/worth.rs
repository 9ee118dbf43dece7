//! What waits and lost customers cost, by the scenario's assumptions.

use askama::Template;

use super::section::Section;
use super::table::{Cell, Table};
use crate::report::material::Material;
use crate::report::table::cell;
use crate::stats::estimate::Estimate;
use crate::stats::summary::{ValueSummary, VariantSummary};

#[derive(Template)]
#[template(path = "worth.html")]
struct Worth {
    table: Table,
    assumptions: Vec<String>,
}

/// What customers are assumed to be worth; nothing where the scenario says nothing of that.
pub(super) fn section(material: &Material<'_>) -> askama::Result<Option<Section>> {
    let variants = material.summary.variants.iter();
    let valued: Vec<(&VariantSummary, &ValueSummary)> = variants
        .filter_map(|variant| Some((variant, variant.value.as_ref()?)))
        .collect();
    let Some((_, first)) = valued.first() else {
        return Ok(None);
    };
    let content = Worth {
        table: table(material.currency(), &valued),
        assumptions: first.assumptions.clone(),
    };
    Section::new("worth", "What waits and lost customers cost", &content).map(Some)
}

fn table(currency: &str, valued: &[(&VariantSummary, &ValueSummary)]) -> Table {
    let lines = lines(valued);
    let mut headings = vec!["Mix".to_owned(), format!("Cost, {currency}")];
    headings.extend(
        lines
            .iter()
            .map(|line| format!("Value lost: {}, {currency}", line.replace('_', " "))),
    );
    headings.push(format!("Revenue, {currency}"));
    headings.push("Customers gone for good".to_owned());
    headings.push(format!("Cost + value lost − revenue, {currency}"));
    let money = |figure: &Estimate| Cell::new(cell::money(figure)).sorted_by(figure.mean);
    let rows = valued.iter().map(|(variant, value)| {
        let mut row = vec![Cell::new(&variant.name), money(&variant.cost.total)];
        let nothing = Estimate::NONE;
        row.extend(
            lines
                .iter()
                .map(|line| money(value.total.lost_lines.find(line).unwrap_or(&nothing))),
        );
        row.push(money(&value.total.revenue));
        row.push(
            Cell::new(cell::count(&value.total.customers_lost))
                .sorted_by(value.total.customers_lost.mean),
        );
        row.push(money(&value.total.net_cost));
        row
    });
    Table {
        caption: "Assumed, not observed: value lost and earned of each mix, beside what it costs"
            .to_owned(),
        headings,
        rows: rows.collect(),
    }
}

/// By what value is lost in any mix.
fn lines<'a>(valued: &[(&VariantSummary, &'a ValueSummary)]) -> Vec<&'a str> {
    let mut lines: Vec<&str> = Vec::new();
    for (_, value) in valued {
        for (line, lost) in value.total.lost_lines.iter() {
            if lost.mean.is_some_and(|lost| lost > 0.0) && !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}
