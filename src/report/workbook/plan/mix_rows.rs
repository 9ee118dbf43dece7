//! The mixes that are worth their cost, and the steps away from the best.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType, Color, XlsxError,
};

use super::super::grid::{Column, Kind, Value, estimate_columns, estimate_values, place, table};
use super::super::pages::Pages;
use super::front::PLAN;
use crate::plan::mix::found::{MixPlan, MixRow, Move};
use crate::report::mix::{people, step};
use crate::stats::estimate::Estimate;
use crate::stats::multiple::Tested;

pub(super) const FRONTIER: &str = "Frontier";
/// The columns of a mix's cost, of what is left of the budget, and of the share in time.
pub(super) const COST: u16 = 2;
const IN_TIME: u16 = 6;
const NET_COST: u16 = 12;

/// A row a mix of the frontier, the cheapest first, then the file as written.
pub(super) fn frontier(
    plan: &MixPlan,
    budget: &str,
    pages: &mut Pages<'_>,
) -> Result<(), XlsxError> {
    let columns = columns(plan);
    let named = plan.frontier.iter().zip(1..).map(|(row, number)| {
        let mark = if row.is_best { " best" } else { "" };
        (format!("{number}{mark}"), row)
    });
    let as_written = ("as written".to_owned(), &plan.as_written);
    let rows = named.chain([as_written]).zip(1..);
    let rows = rows.map(|((name, row), at)| values(plan, budget, at, (name, row)));
    let rows: Vec<Vec<Value>> = rows.collect();
    let (sheet, formats) = pages.sheet(FRONTIER)?;
    let last = table(sheet, formats, &columns, 1, rows)?;
    sheet.insert_chart(last + 2, 0, &chart(plan, last))?;
    Ok(())
}

fn columns(plan: &MixPlan) -> Vec<Column> {
    let currency = &plan.scenario.currency;
    let money = |what: &str| format!("{what}, {currency}");
    let mut columns = vec![
        Column::new("Mix", Kind::Text).wide(14.0),
        Column::new("Standing", Kind::Text).wide(18.0),
    ];
    columns.extend(estimate_columns(&money("Cost"), Kind::Money));
    columns.push(Column::new(money("Left of the budget"), Kind::Money));
    columns.extend(estimate_columns("In time", Kind::Share));
    columns.extend(estimate_columns("Lost", Kind::Count));
    if plan.best.net_cost.is_some() {
        columns.extend(estimate_columns(&money("Net cost"), Kind::Money));
    }
    for queue in queues(plan) {
        columns.push(Column::new(format!("{queue}: service level"), Kind::Share));
    }
    for of in &plan.best.staff {
        columns.push(Column::new(
            format!("{}: heads at the peak", of.group),
            Kind::Whole,
        ));
        columns.push(Column::new(
            format!("{}: paid hours", of.group),
            Kind::Hours,
        ));
    }
    let paths = paths(plan).into_iter();
    columns.extend(paths.map(|path| Column::new(path, Kind::Text).wide(20.0)));
    columns
}

fn values(plan: &MixPlan, budget: &str, at: u32, (name, row): (String, &MixRow)) -> Vec<Value> {
    let standing = row.standing.word().replace('_', " ");
    let mut values = vec![Value::Text(name), Value::Text(standing)];
    values.extend(estimate_values(&row.cost));
    let left = plan.budget - row.cost.mean.unwrap_or(0.0);
    let formula = format!("='{PLAN}'!{budget}-{}", place(at, COST));
    values.push(Value::Formula(formula, left));
    values.extend(estimate_values(&row.in_time));
    values.extend(estimate_values(&row.lost));
    if plan.best.net_cost.is_some() {
        values.extend(estimate_values(&row.net_cost.unwrap_or_default()));
    }
    for queue in queues(plan) {
        let own = row.queues.iter().find(|(own, _)| own == queue);
        values.push(own.and_then(|(_, level)| level.mean).into());
    }
    for of in &row.staff {
        values.push(Value::Number(f64::from(of.heads)));
        values.push(Value::Number(of.paid_h));
    }
    for path in paths(plan) {
        let own = row.choices.iter().find(|choice| choice.path == path);
        values.push(own.map_or(Value::Nothing, |choice| choice.value.as_str().into()));
    }
    values
}

/// Queues that promise a service level in any of the mixes.
fn queues(plan: &MixPlan) -> Vec<&str> {
    let rows = std::iter::once(&plan.as_written).chain(&plan.frontier);
    distinct(rows.flat_map(|row| row.queues.iter().map(|(name, _)| name.as_str())))
}

/// Everything that any of the mixes chooses beside heads.
fn paths(plan: &MixPlan) -> Vec<&str> {
    let choices = plan.frontier.iter().flat_map(|row| &row.choices);
    distinct(choices.map(|choice| choice.path.as_str()))
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut all = Vec::new();
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// Cost against what the aim makes large or small, a dot a mix.
fn chart(plan: &MixPlan, last: u32) -> Chart {
    let is_service = plan.aim == "service";
    let gain = if is_service { IN_TIME } else { NET_COST };
    let best = plan.frontier.iter().position(|row| row.is_best);
    let best = best.and_then(|place| u32::try_from(place + 1).ok());
    let mut chart = Chart::new(ChartType::Scatter);
    let title = if is_service {
        "Cost against contacts in time"
    } else {
        "Cost against net cost"
    };
    chart.title().set_name(title);
    let mut dots = |name: &str, (first, last): (u32, u32), look: (ChartMarkerType, u32)| {
        let fill = ChartSolidFill::new().set_color(Color::RGB(look.1)).clone();
        let mut marker = ChartMarker::new();
        marker
            .set_type(look.0)
            .set_size(9)
            .set_format(ChartFormat::new().set_solid_fill(&fill));
        chart
            .add_series()
            .set_name(name)
            .set_categories((FRONTIER, first, COST, last, COST))
            .set_values((FRONTIER, first, gain, last, gain))
            .set_marker(&marker);
    };
    let frontier = (1, last.saturating_sub(1).max(1));
    dots("frontier", frontier, (ChartMarkerType::Circle, 0x0056_B4E9));
    dots(
        "as written",
        (last, last),
        (ChartMarkerType::Square, 0x008A_8F98),
    );
    if let Some(best) = best {
        dots(
            "best within the budget",
            (best, best),
            (ChartMarkerType::Diamond, 0x00D5_5E00),
        );
    }
    let currency = &plan.scenario.currency;
    let cost = format!("cost, {currency}");
    chart.x_axis().set_name(&cost).set_num_format("#,##0");
    let (name, pattern) = if is_service {
        ("in time".to_owned(), "0%")
    } else {
        (format!("net cost, {currency}"), "#,##0")
    };
    chart.y_axis().set_name(&name).set_num_format(pattern);
    chart.set_width(900).set_height(400);
    chart
}

/// What could be dropped, added or chosen otherwise, in the order in which one would.
pub(super) fn steps(plan: &MixPlan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let currency = &plan.scenario.currency;
    let money = |what: &str| format!("{what}, {currency}");
    let mut columns = vec![
        Column::new("List", Kind::Text).wide(14.0),
        Column::new("Place", Kind::Whole).wide(8.0),
        Column::new("Step", Kind::Text).wide(52.0),
        Column::new("People with it", Kind::Text).wide(28.0),
    ];
    let has_value = plan.best.net_cost.is_some();
    let figures = [
        (money("Cost"), Kind::Money),
        ("In time".to_owned(), Kind::Share),
        ("Lost".to_owned(), Kind::Count),
        (money("Net cost"), Kind::Money),
    ];
    for (heading, kind) in figures.into_iter().take(if has_value { 4 } else { 3 }) {
        columns.extend(estimate_columns(&format!("{heading}: change"), kind));
        columns.push(Column::new("Verdict", Kind::Text).wide(10.0));
    }
    columns.extend(estimate_columns(
        &money("A point in time costs or saves"),
        Kind::Price,
    ));
    let lists = [
        ("to drop first", &plan.drop_first),
        ("to add first", &plan.add_first),
        ("other choices", &plan.others),
    ];
    let rows = lists.into_iter().flat_map(|(list, steps)| {
        let steps = steps.iter().zip(1_u32..);
        steps.map(move |(step, number)| of_step(list, number, step, has_value))
    });
    let (sheet, formats) = pages.sheet("Steps")?;
    table(sheet, formats, &columns, 3, rows)?;
    Ok(())
}

fn of_step(list: &str, number: u32, of: &Move, has_value: bool) -> Vec<Value> {
    let bare = Move {
        staff: Vec::new(),
        ..of.clone()
    };
    let mut values = vec![
        list.into(),
        Value::Number(f64::from(number)),
        Value::Text(step(&bare)),
        Value::Text(people(&of.staff)),
    ];
    let Some(change) = &of.change else {
        values.truncate(3);
        values.push("nothing found with it fits the budget".into());
        return values;
    };
    let mut tested: Vec<Option<&Tested>> = vec![
        Some(&change.cost),
        Some(&change.in_time),
        Some(&change.lost),
    ];
    if has_value {
        tested.push(change.net_cost.as_ref());
    }
    for tested in tested {
        let figure = tested.map_or(Estimate::NONE, |tested| tested.difference);
        values.extend(estimate_values(&figure));
        values.push(tested.map_or(Value::Nothing, |tested| tested.verdict.word().into()));
    }
    values.extend(estimate_values(&of.cost_per_point));
    values
}
