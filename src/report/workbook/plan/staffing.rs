//! The workbook of a plan of staffing.

use rust_xlsxwriter::XlsxError;

use super::super::WorkbookError;
use super::super::grid::{Column, Kind, Value, table};
use super::super::pages::{Pages, workbook};
use super::front::Front;
use super::{roster, staffing_heads};
use crate::plan::found::{Plan, Proven};
use crate::plan::shifts::found::ShiftPlan;
use crate::report::figure::FigureKind;
use crate::report::table::plan::{answer, ended, named};
use crate::time::Calendar;

const WORDS: [(&str, &str); 5] = [
    (
        "Staffing",
        "Wages and all that follows from paid hours, before overtime: what the search makes small.",
    ),
    (
        "Reached, sure of",
        "The figure over the horizon with fresh customers; its one-sided bound where it is closest, corrected for testing many.",
    ),
    (
        "Saves",
        "What staffing would cost less if the promise were a point easier; of a time, a tenth.",
    ),
    (
        "Required by the work",
        "Heads that the expected work takes if nobody ever waited or idled, shared among the groups that may do it.",
    ),
    (
        "No plan costs less than",
        "By the work alone, by each queue alone with all agents of its groups, and by slopes as long as heads gain ever less; the highest counts.",
    ),
];

/// The workbook's bytes: the plan in words and figures, promises, groups with their charts, heads by interval, the way of the search.
///
/// # Errors
/// When the figures are more than a workbook holds.
pub fn write(plan: &Plan) -> Result<Vec<u8>, WorkbookError> {
    Ok(workbook(&plan.scenario, |mut pages| {
        sheets(plan, &mut pages)
    })?)
}

/// The same of a plan of shifts, and who works when by the wall clock of the calendar.
///
/// # Errors
/// When the figures are more than a workbook holds.
pub fn write_shifts(found: &ShiftPlan, calendar: &Calendar) -> Result<Vec<u8>, WorkbookError> {
    Ok(workbook(&found.plan.scenario, |mut pages| {
        sheets(&found.plan, &mut pages)?;
        roster::write(found, calendar, &mut pages)
    })?)
}

fn sheets(plan: &Plan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    front(plan).write(pages, &WORDS)?;
    promises(plan, pages)?;
    staffing_heads::write(plan, pages)
}

fn front(plan: &Plan) -> Front {
    let label = &plan.scenario;
    let money = |what: &str| format!("{what}, {}", label.currency);
    let title = format!("{} · {} · staffing", label.name, plan.variant);
    let mut front = Front::new(title, answer(plan));
    let (staffing, of_file) = (plan.cost.staffing, plan.cost.staffing_of_file);
    let cost = front.fact(money("Staffing"), Kind::Money, Value::Number(staffing));
    let file = front.fact(
        money("Of the file's own staff"),
        Kind::Money,
        Value::Number(of_file),
    );
    if of_file > 0.0 {
        let saved = Value::Formula(format!("=1-{cost}/{file}"), 1.0 - staffing / of_file);
        front.fact("Saved of the file's", Kind::Share, saved);
    }
    front.estimate(
        &money("All that is paid, as simulated"),
        Kind::Money,
        &plan.cost.total,
    );
    let bound = &plan.bound;
    let first = front.fact(
        money("No plan costs less than: by the work alone"),
        Kind::Money,
        Value::Number(bound.fluid),
    );
    let pooled = money("No plan costs less than: by each queue alone");
    front.fact(pooled, Kind::Money, bound.pooled.into());
    let slopes = money("No plan costs less than: by slopes");
    let last = front.fact(slopes, Kind::Money, bound.slopes.into());
    let highest = Value::Formula(format!("=MAX({first}:{last})"), bound.staffing);
    let highest = front.fact(money("No plan costs less than"), Kind::Money, highest);
    if let Some(gap) = plan.gap {
        let formula = format!("=({cost}-{highest})/{highest}");
        front.fact("Gap", Kind::Share, Value::Formula(formula, gap));
    }
    let kept = plan
        .targets
        .iter()
        .filter(|target| target.proven == target.goals);
    let kept = format!("{} of {}", kept.count(), plan.targets.len());
    front.fact("Promises proven", Kind::Text, Value::Text(kept));
    front.fact(
        "Chance of a wrong proof, at most",
        Kind::Share,
        Value::Number(plan.error),
    );
    front.fact("The search ended", Kind::Text, ended(plan.ended).into());
    front.basis(label, "Proof");
    for warning in &plan.warnings {
        front.fact("To be known", Kind::Text, warning.as_str().into());
    }
    front
}

fn promises(plan: &Plan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let currency = &plan.scenario.currency;
    let columns = [
        Column::new("Queue or group", Kind::Text).wide(22.0),
        Column::new("Promise", Kind::Text).wide(16.0),
        Column::new("Over", Kind::Text).wide(10.0),
        Column::new("Promised, share or seconds", Kind::Share),
        Column::new("Reached", Kind::Share),
        Column::new("Sure of", Kind::Share),
        Column::new("Closest at", Kind::Text).wide(14.0),
        Column::new("Proven in so many of them", Kind::Whole),
        Column::new("Of so many", Kind::Whole),
        Column::new(format!("Saves if it were easier, {currency}"), Kind::Money),
    ];
    let rows = plan.targets.iter().map(promise);
    let (sheet, formats) = pages.sheet("Promises")?;
    table(sheet, formats, &columns, 2, rows)?;
    Ok(())
}

fn promise(target: &Proven) -> Vec<Value> {
    let kind = match FigureKind::of(target.figure) {
        FigureKind::Share => Kind::Share,
        _ => Kind::Seconds,
    };
    let of = |value: Option<f64>| value.map_or(Value::Nothing, |value| Value::Of(kind, value));
    vec![
        target.of.as_str().into(),
        named(target.figure).into(),
        target.over.into(),
        of(Some(target.promised)),
        of(target.reached),
        of(target.sure),
        target.worst.as_deref().unwrap_or_default().into(),
        Value::Number(target.proven as f64),
        Value::Number(target.goals as f64),
        target.saving.into(),
    ]
}
