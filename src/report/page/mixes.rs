//! All mixes in one table, and what each costs and whom it loses.

use askama::Template;

use super::section::Section;
use super::table::{Cell, Table};
use crate::report::answer::{Lost, Standing, has_all_channels, level};
use crate::report::material::Material;
use crate::report::table::cell;
use crate::report::table::queues::{promise, verdict};
use crate::stats::summary::{VariantSummary, Verdict};

#[derive(Template)]
#[template(path = "mixes.html")]
struct Mixes {
    table: Table,
    has_costs: bool,
    about_cost: String,
}

/// The mixes side by side.
pub(super) fn section(material: &Material<'_>) -> askama::Result<Section> {
    let content = Mixes {
        table: table(material),
        has_costs: material.has_costs(),
        about_cost: format!(
            "What each mix costs, in {}, and what it consists of.",
            material.currency()
        ),
    };
    let title = if material.summary.variants.len() > 1 {
        "The mixes side by side"
    } else {
        "The figures in a line"
    };
    Section::new("mixes", title, &content)
}

fn table(material: &Material<'_>) -> Table {
    let currency = material.currency();
    let mut headings = vec!["Mix".to_owned()];
    if material.has_costs() {
        headings.push(format!("Cost, {currency}"));
    }
    headings.push("Promises kept".to_owned());
    let promised: Vec<&str> = promised(material);
    headings.extend(promised.iter().map(|name| format!("{name}, %")));
    headings.push("Customers lost, %".to_owned());
    if material.has_costs() {
        headings.push(format!("{currency} a contact"));
    }
    let follows_issues = material.base().issues.is_some();
    if follows_issues {
        headings.push(format!("{currency} a resolution"));
    }
    let variants = material.summary.variants.iter();
    Table {
        caption:
            "Cost, service and customers of each mix, with ± half the 95 % confidence interval"
                .to_owned(),
        headings,
        rows: variants
            .map(|variant| row(material, variant, &promised))
            .collect(),
    }
}

/// The queues of which any mix promises a service level.
fn promised<'a>(material: &Material<'a>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for variant in &material.summary.variants {
        for (name, _) in variant.queues.iter() {
            if level(variant, name).is_some() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

fn row(material: &Material<'_>, variant: &VariantSummary, promised: &[&str]) -> Vec<Cell> {
    let mark = |path: &str, text: String| match text.as_str() {
        cell::NOTHING => text,
        _ if variant.has_too_few_events(path) => format!("~{text}"),
        _ => text,
    };
    let mut row = vec![Cell::new(&variant.name)];
    let cost = &variant.cost;
    if material.has_costs() {
        let less = variant.differences.as_ref().map(|of| of.cost.total);
        let note = less.map_or(String::new(), |less| {
            format!("{} to base", cell::money_difference(&less))
        });
        let total = mark("cost.total", cell::money(&cost.total));
        row.push(Cell::new(total).with_note(note).sorted_by(cost.total.mean));
    }
    let standing = Standing::of(variant);
    let kept = standing.of_verdict(Verdict::Met).len();
    let gone = if has_all_channels(material, variant) {
        ""
    } else {
        "fewer channels"
    };
    row.push(
        Cell {
            class: overall(&standing),
            ..Cell::new(format!("{kept} of {}", standing.promises.len()))
        }
        .with_note(gone)
        .sorted_by(Some(kept as f64)),
    );
    row.extend(promised.iter().map(|name| service(variant, name)));
    let lost = Lost::of(variant);
    let share = mark(lost.share_path, cell::share(&lost.share));
    let count = mark(lost.count_path, cell::count(&lost.count));
    row.push(
        Cell::new(share)
            .with_note(format!("{count} {}", lost.things))
            .sorted_by(lost.share.mean),
    );
    if material.has_costs() {
        let each = mark("cost.per_contact", cell::money(&cost.per_contact));
        row.push(Cell::new(each).sorted_by(cost.per_contact.mean));
    }
    if let Some(issues) = &variant.issues {
        let each = issues.cost_per_resolution;
        row.push(
            Cell::new(mark("issues.cost_per_resolution", cell::money(&each))).sorted_by(each.mean),
        );
    }
    row
}

fn overall(standing: &Standing<'_>) -> &'static str {
    if standing.promises.is_empty() {
        ""
    } else if standing.is_kept() {
        "met"
    } else if standing.of_verdict(Verdict::Missed).is_empty() {
        "undecided"
    } else {
        "missed"
    }
}

/// The service level of a queue, and whether it is what was promised.
fn service(variant: &VariantSummary, name: &str) -> Cell {
    let Some(target) = level(variant, name) else {
        let is_gone = variant.queues.find(name).is_none();
        return Cell::new(cell::NOTHING).with_note(if is_gone { "removed" } else { "" });
    };
    let class = verdict(target.verdict);
    Cell {
        class,
        ..Cell::new(cell::share(&target.value))
    }
    .with_note(format!("of {}", promise(target)))
    .sorted_by(target.value.mean)
}
