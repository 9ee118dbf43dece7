//! What a variant costs line by line, and what value it loses and earns by the scenario's assumptions.

use super::cell::{self, NOTHING};
use super::grid::{self, Grid};
use super::notes::{Note, Notes};
use crate::stats::estimate::Estimate;
use crate::stats::named::{self, Figures};
use crate::stats::summary::{
    CostSummary, Differences, Named, PaidTime, PartCost, ValueSummary, VariantSummary,
};

/// So many groups stand side by side.
const MOST_COLUMNS: usize = 5;

/// Figures of one thing under their names, and the path to each.
struct Column<'a> {
    heading: &'a str,
    figures: Figures,
    path: String,
}

/// The cost by line, of all and by channel, then by group: where there is more to tell than wages and bots.
pub(super) fn lines(variant: &VariantSummary, currency: &str, notes: &mut Notes) -> Vec<Grid> {
    let cost = &variant.cost;
    if !cost.is_itemised() {
        return Vec::new();
    }
    notes.meet(Note::CostLines);
    let heading = format!("Cost, {currency}");
    let channels = cost.channels.iter().map(|(name, part)| Column {
        heading: name,
        figures: named::of_part_cost(part),
        path: format!("cost.channels.{name}"),
    });
    let columns: Vec<_> = std::iter::once(total(cost)).chain(channels).collect();
    let mut grids = vec![grid(&heading, &columns, variant, notes)];
    let groups = cost.group_lines.iter().map(|(name, lines)| Column {
        heading: name,
        figures: named::of_part_cost(&PartCost {
            cost: cost.groups.find(name).copied().unwrap_or_default(),
            lines: lines.clone(),
            ..PartCost::default()
        }),
        path: format!("cost.group_lines.{name}"),
    });
    let groups: Vec<_> = groups.collect();
    for some in groups.chunks(MOST_COLUMNS) {
        grids.push(grid(&heading, some, variant, notes));
    }
    if !cost.paid_time.is_empty() {
        grids.push(paid_time(&cost.paid_time, currency, notes));
    }
    grids
}

fn total(cost: &CostSummary) -> Column<'static> {
    let all = PartCost {
        cost: cost.total,
        per_contact: cost.per_contact,
        per_resolution: cost.per_resolution,
        per_service_level_point: cost.per_service_level_point,
        lines: cost.lines.clone(),
    };
    Column {
        heading: "Total",
        figures: named::of_part_cost(&all),
        path: "cost".to_owned(),
    }
}

/// What value is lost and earned; the heading says that all of it is assumed.
pub(super) fn value(variant: &VariantSummary, currency: &str, notes: &mut Notes) -> Option<Grid> {
    let value = variant.value.as_ref()?;
    notes.assume(&value.assumptions);
    let column = |heading, path: String, part| Column {
        heading,
        figures: named::of_part_value(part),
        path,
    };
    let mut columns = vec![column("Total", "value".to_owned(), &value.total)];
    for (name, part) in value.channels.iter() {
        columns.push(column(name, format!("value.channels.{name}"), part));
    }
    if value.turned_away.lost.mean != Some(0.0) {
        let path = "value.turned_away".to_owned();
        columns.push(column("Turned away", path, &value.turned_away));
    }
    let heading = format!("Value, assumed, {currency}");
    Some(grid(&heading, &columns, variant, notes))
}

/// A row for each figure that any of the columns has.
fn grid(
    heading: &str,
    columns: &[Column<'_>],
    variant: &VariantSummary,
    notes: &mut Notes,
) -> Grid {
    let headings = columns.iter().map(|column| column.heading);
    let mut grid = Grid::new(std::iter::once(heading).chain(headings));
    let names = columns.iter().flat_map(|column| column.figures.iter());
    let mut rows: Vec<&str> = Vec::new();
    for (name, figure) in names {
        let may_be_nothing = matches!(name.as_str(), "revenue" | "customers_lost");
        let is_part = may_be_nothing || name.contains("lines.");
        let says_nothing = figure.mean.is_none() || is_part && figure.mean == Some(0.0);
        if !says_nothing && !rows.contains(&name.as_str()) {
            rows.push(name);
        }
    }
    rows.sort_by_key(|name| place(name));
    for name in rows {
        let cells = columns.iter().map(|column| {
            let figure = column.figures.iter().find(|(own, _)| own == name);
            figure.map_or(NOTHING.to_owned(), |(_, figure)| {
                let is_count = name == "customers_lost";
                let text = if is_count {
                    cell::count(figure)
                } else {
                    cell::money(figure)
                };
                notes.mark(variant, &format!("{}.{name}", column.path), text)
            })
        });
        let title = std::iter::once(words(name));
        grid.row(title.chain(cells).collect());
    }
    grid
}

/// Lines stand above what they add up to.
fn place(name: &str) -> usize {
    usize::from(!name.contains("lines."))
}

/// A figure's name in words.
fn words(name: &str) -> String {
    match name {
        "cost" => "all of it".to_owned(),
        "per_contact" => "a contact".to_owned(),
        "per_resolution" => "a resolution".to_owned(),
        "per_service_level_point" => "a point of service level".to_owned(),
        "lost" => "value lost".to_owned(),
        "net_cost" => "cost + value lost − revenue".to_owned(),
        other => {
            let line = other.rsplit('.').next().unwrap_or(other);
            line.replace('_', " ")
        }
    }
}

/// What paid hours are spent on, of the groups of which the file says.
fn paid_time(groups: &Named<PaidTime>, currency: &str, notes: &mut Notes) -> Grid {
    let parts = ["training", "breaks", "leave", "other"];
    let has = |part: &&str| {
        groups
            .iter()
            .any(|(_, time)| time.away_h.find(part).is_some())
    };
    let parts: Vec<&str> = parts.into_iter().filter(has).collect();
    let of_parts: Vec<String> = parts.iter().map(|part| format!("{part} h")).collect();
    let costs = [
        format!("{currency} a paid h"),
        format!("{currency} a productive h"),
    ];
    let headings = ["Paid time", "Paid h"].into_iter();
    let headings = headings.chain(of_parts.iter().map(String::as_str));
    let headings = headings.chain(["Productive h"]);
    let mut grid = Grid::new(headings.chain(costs.iter().map(String::as_str)));
    for (name, time) in groups.iter() {
        let of = |part: &&str| {
            time.away_h
                .find(part)
                .map_or(NOTHING.to_owned(), cell::count)
        };
        let mut row = vec![name.to_owned(), cell::count(&time.paid_h)];
        row.extend(parts.iter().map(of));
        row.push(cell::count(&time.productive_h));
        row.push(cell::money(&time.cost_per_paid_hour));
        row.push(cell::money(&time.cost_per_productive_hour));
        for text in &row {
            notes.see(text);
        }
        grid.row(row);
    }
    grid
}

/// What changes in the lines of the cost, and in value.
pub(super) fn difference(
    variant: &VariantSummary,
    differences: &Differences,
    currency: &str,
    notes: &mut Notes,
) -> Vec<String> {
    let mut mark = |path: &str, figure: &Estimate| {
        let text = cell::money_difference(figure);
        notes.mark(variant, &format!("differences.{path}"), text)
    };
    let mut lines = Vec::new();
    let cost = &differences.cost;
    if cost.is_itemised() {
        let of_line = |(line, figure): (&str, &Estimate)| {
            let text = mark(&format!("cost.lines.{line}"), figure);
            format!("{} {text}", words(line))
        };
        let changed = cost
            .lines
            .iter()
            .filter(|(_, figure)| figure.mean != Some(0.0));
        let parts: Vec<String> = changed.map(of_line).collect();
        lines.extend(grid::listing("Lines", &parts));
    }
    if let Some(ValueSummary { total, .. }) = &differences.value {
        let parts = [
            format!(
                "assumed, {currency}: lost {}",
                mark("value.lost", &total.lost)
            ),
            format!("revenue {}", mark("value.revenue", &total.revenue)),
            format!(
                "cost + value lost − revenue {}",
                mark("value.net_cost", &total.net_cost)
            ),
        ];
        lines.extend(grid::listing("Value", &parts));
    }
    lines
}
