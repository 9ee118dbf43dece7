//! What one agent more or fewer in each group of the base is worth.

use rust_xlsxwriter::XlsxError;

use super::book::Book;
use super::grid::{Column, Kind, Value, estimate_columns, estimate_values, table};
use crate::report::table::marginal::customers_lost;
use crate::stats::estimate::Estimate;
use crate::stats::measure::Measure;
use crate::study::marginal::{GroupStep, Marginal};

/// A row a group and direction; no sheet where nobody asked.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let Some(marginal) = book.material.marginal else {
        return Ok(());
    };
    let figures = figures(marginal);
    let currency = book.material.currency();
    let mut columns = vec![
        Column::new("Group", Kind::Text).wide(22.0),
        Column::new("Agents", Kind::Whole),
    ];
    for (heading, kind, _) in &figures {
        let heading = match kind {
            Kind::Money => format!("{heading}, {currency}"),
            _ => heading.clone(),
        };
        columns.extend(estimate_columns(&heading, *kind));
        columns.push(Column::new("Verdict", Kind::Text).wide(10.0));
    }
    for what in ["a point in time", "a customer"] {
        let heading = format!("{currency} paid or saved for {what}");
        columns.extend(estimate_columns(&heading, Kind::Price));
    }
    let rows = marginal.steps.iter().map(|step| row(step, &figures));
    let rows: Vec<Vec<Value>> = rows.collect();
    let (sheet, formats) = book.sheet("One agent")?;
    table(sheet, formats, &columns, 2, rows)?;
    Ok(())
}

/// The figures that are told: their headings, how their numbers look, and which they are.
fn figures(marginal: &Marginal) -> Vec<(String, Kind, Measure)> {
    let Some(first) = marginal.steps.first() else {
        return Vec::new();
    };
    let lost = customers_lost(first);
    let mut figures = vec![
        ("Cost".to_owned(), Kind::Money, Measure::Cost),
        ("In time, share".to_owned(), Kind::Share, Measure::InTime),
        (
            format!("Customers lost: {}", lost.title()),
            Kind::Count,
            lost,
        ),
    ];
    if first.change(&Measure::ValueLost).is_some() {
        let value = [Measure::ValueLost, Measure::NetCost];
        figures.extend(value.map(|of| (of.title(), Kind::Money, of)));
    }
    figures
}

fn row(step: &GroupStep, figures: &[(String, Kind, Measure)]) -> Vec<Value> {
    let mut row = vec![
        step.group.as_str().into(),
        Value::Number(f64::from(step.agents)),
    ];
    for (_, _, figure) in figures {
        let change = step.change(figure);
        let estimate = change.map_or(Estimate::NONE, |tested| tested.difference);
        row.extend(estimate_values(&estimate));
        row.push(change.map_or(Value::Nothing, |tested| tested.verdict.word().into()));
    }
    for price in [&step.cost_per_point, &step.cost_per_customer] {
        row.extend(estimate_values(price));
    }
    row
}
