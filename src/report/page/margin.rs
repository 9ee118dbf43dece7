//! What one agent more buys, and what one fewer saves.

use askama::Template;

use super::section::Section;
use super::table::{Cell, Table};
use crate::report::figure::grouped;
use crate::report::material::Material;
use crate::report::table::marginal::{customers_lost, price, ranked, sentence, told};
use crate::stats::measure::Measure;
use crate::study::marginal::{GroupStep, Marginal};

#[derive(Template)]
#[template(path = "margin.html")]
struct Margin {
    more: Way,
    fewer: Way,
    basis: String,
    left_out: Vec<String>,
    lost_issues: bool,
}

/// One agent more, or fewer, in words and in a table.
struct Way {
    lines: Vec<String>,
    table: Table,
}

/// One agent more and fewer in each group of the base; nothing where nobody asked.
pub(super) fn section(material: &Material<'_>) -> askama::Result<Option<Section>> {
    let Some(marginal) = material.marginal else {
        return Ok(None);
    };
    let label = &marginal.scenario;
    let way = |agents: i8| {
        let steps = ranked(&marginal.steps).into_iter();
        let steps = steps.filter(|step| step.agents == agents);
        let lines = steps.map(|step| sentence(step, &label.currency, label.days));
        Way {
            lines: lines.collect(),
            table: table(marginal, agents),
        }
    };
    let content = Margin {
        more: way(1),
        fewer: way(-1),
        basis: format!(
            "{} {}s of the base, with and without: both meet the same customers.",
            grouped(label.batches as f64, 0),
            label.unit()
        ),
        left_out: marginal.left_out.clone(),
        lost_issues: marginal
            .steps
            .iter()
            .any(|step| customers_lost(step) == Measure::Gone),
    };
    Section::new("margin", "What one more agent buys", &content).map(Some)
}

fn table(marginal: &Marginal, agents: i8) -> Table {
    let currency = &marginal.scenario.currency;
    let steps = marginal.steps.iter().filter(|step| step.agents == agents);
    let steps: Vec<&GroupStep> = steps.collect();
    let is_valued = steps
        .iter()
        .any(|step| step.change(&Measure::ValueLost).is_some());
    let (way, spent, customer) = if agents > 0 {
        ("more", "paid", "kept")
    } else {
        ("fewer", "saved", "lost")
    };
    let mut headings = vec![
        format!("One agent {way} in"),
        format!("Cost, {currency}"),
        "In time, points".to_owned(),
        "Customers lost".to_owned(),
    ];
    if is_valued {
        headings.push(format!("Value lost, {currency}"));
        headings.push(format!("Cost + value lost − revenue, {currency}"));
    }
    headings.push(format!("{currency} {spent} a point"));
    headings.push(format!("{currency} {spent} a customer {customer}"));
    let rows = steps.iter().map(|step| {
        let change = |figure: &Measure| {
            let found = step.change(figure);
            found.map_or_else(Cell::default, |tested| {
                Cell::new(told(figure, tested)).sorted_by(tested.difference.mean)
            })
        };
        let mut row = vec![
            Cell::new(&step.group),
            change(&Measure::Cost),
            change(&Measure::InTime),
            change(&customers_lost(step)),
        ];
        if is_valued {
            row.extend([Measure::ValueLost, Measure::NetCost].map(|of| change(&of)));
        }
        let prices = [&step.cost_per_point, &step.cost_per_customer];
        row.extend(prices.map(|of| Cell::new(price(of)).sorted_by(of.mean)));
        row
    });
    Table {
        caption: format!("One agent {way} in each group: what changes"),
        headings,
        rows: rows.collect(),
    }
}
