//! From contacts to money, line by line, as formulas: prices, work by queue, the chain by week and group.

use rust_xlsxwriter::XlsxError;

use super::super::grid::{Column, Kind, Value, column_of, place, table};
use super::super::pages::Pages;
use crate::plan::hiring::found::{HiringPlan, Line, Work, currency};
use crate::plan::hiring::people::WEEKS_A_YEAR;

pub(super) const PRICES: &str = "Prices";
pub(super) const WORK: &str = "Work";
pub(super) const CHAIN: &str = "Chain";
/// Columns of *Work*.
pub(super) const WORK_GROUP: u16 = 5;
pub(super) const AGENT_H: u16 = 6;
/// Columns of *Chain*.
pub(super) const REQUIRED: u16 = 8;
pub(super) const THERE: u16 = 16;
/// The first of the lines of money, in the order of the plan's.
pub(super) const MONEY: u16 = 18;
pub(super) const COST: u16 = 24;

/// The sheets *Chain*, *Work* and *Prices*.
pub(super) fn write(plan: &HiringPlan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    chain(plan, pages)?;
    work(plan, pages)?;
    prices(plan, pages)
}

fn prices(plan: &HiringPlan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let money = |what: &str| format!("{what}, {}", plan.scenario.currency);
    let price = |what: &str| Column::new(money(what), Kind::Price).wide(16.0);
    let columns = [
        Column::new("Group", Kind::Text).wide(22.0),
        Column::new("Hours a week of one person", Kind::Hours),
        price("Wage an hour"),
        Column::new("Overtime, times the wage", Kind::Factor),
        Column::new("On-cost, of wages and overtime", Kind::Share),
        Column::new("A leaver, of a year's wages", Kind::Share),
        price("A hire"),
        price("An outsourced hour"),
        Column::new("How to use it", Kind::Text).wide(70.0),
    ];
    let rows = plan.prices.iter().enumerate().map(|(number, of)| {
        let hint = if number == 0 {
            "Change a yellow cell: the money of Chain, Weeks and Plan follows. Who is hired when stays as planned."
        } else {
            ""
        };
        vec![
            of.group.as_str().into(),
            Value::Number(of.hours),
            Value::Input(of.wage),
            Value::Input(of.overtime_rate),
            Value::Input(of.on_cost),
            Value::Input(of.leaver_share),
            Value::Input(of.hire),
            Value::Input(of.outsourced),
            hint.into(),
        ]
    });
    let (sheet, formats) = pages.sheet(PRICES)?;
    table(sheet, formats, &columns, 1, rows)?;
    Ok(())
}

fn work(plan: &HiringPlan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let columns = [
        Column::new("Week", Kind::Whole).wide(8.0),
        Column::new("Queue", Kind::Text).wide(18.0),
        Column::new("Contacts of the queue", Kind::Count),
        Column::new("Work of one, s", Kind::Seconds),
        Column::new("Work of the queue, h", Kind::Hours),
        Column::new("Taken by", Kind::Text).wide(18.0),
        Column::new("Hours of its agents", Kind::Hours),
    ];
    let rows = plan.work.iter().zip(1..).map(|(of, row)| {
        let Work {
            week,
            queue,
            contacts,
            work_s,
            work_h,
            group,
            agent_h,
        } = of;
        vec![
            Value::Number(*week as f64),
            queue.as_str().into(),
            Value::Number(*contacts),
            Value::Number(*work_s),
            Value::Formula(
                format!("={}*{}/3600", place(row, 2), place(row, 3)),
                *work_h,
            ),
            group.as_str().into(),
            Value::Number(*agent_h),
        ]
    });
    let (sheet, formats) = pages.sheet(WORK)?;
    table(sheet, formats, &columns, 2, rows)?;
    Ok(())
}

fn chain(plan: &HiringPlan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let rows = plan
        .chain
        .iter()
        .zip(1..)
        .map(|(line, row)| values(plan, line, row));
    let rows: Vec<Vec<Value>> = rows.collect();
    let (sheet, formats) = pages.sheet(CHAIN)?;
    table(sheet, formats, &columns(&plan.scenario.currency), 3, rows)?;
    Ok(())
}

fn columns(currency: &str) -> Vec<Column> {
    let money = |what: &str| Column::new(format!("{what}, {currency}"), Kind::Money);
    vec![
        Column::new("Week", Kind::Whole).wide(8.0),
        Column::new("Begins", Kind::Text).wide(12.0),
        Column::new("Group", Kind::Text).wide(18.0),
        Column::new("Hours of agents at contacts", Kind::Hours),
        Column::new("Occupancy", Kind::Share),
        Column::new("Hours a week of one person", Kind::Hours),
        Column::new("Net, FTE", Kind::Price),
        Column::new("Time away", Kind::Share),
        Column::new("Required, FTE", Kind::Price),
        Column::new("Begin", Kind::Whole),
        Column::new("Learning", Kind::Price),
        Column::new("Trained", Kind::Price),
        Column::new("Leavers", Kind::Price),
        Column::new("Productive", Kind::Price),
        Column::new("Overtime, h", Kind::Hours),
        Column::new("Outsourced, h", Kind::Hours),
        Column::new("There, FTE", Kind::Price),
        Column::new("Spare, FTE", Kind::Price),
        money("Wages"),
        money("Overtime"),
        money("On-cost"),
        money("Turnover"),
        money("Hiring"),
        money("Outsourced"),
        money("Cost"),
    ]
}

/// A week of a group: each figure from those before it.
fn values(plan: &HiringPlan, line: &Line, row: u32) -> Vec<Value> {
    let at = |column: u16| place(row, column);
    let hours = plan.prices.iter().find(|of| of.group == line.group);
    let hours = hours.map_or(0.0, |of| of.hours);
    let mut values = vec![
        Value::Number(line.week as f64),
        line.date.as_str().into(),
        line.group.as_str().into(),
        Value::Formula(
            super::hiring::agent_hours(row, plan.work.len()),
            line.work_h,
        ),
        Value::Number(line.occupancy),
        Value::Number(hours),
        Value::Formula(
            format!("={}/{}/{}", at(3), at(4), at(5)),
            line.required_net_fte,
        ),
        Value::Number(line.away),
        Value::Formula(format!("={}/(1-{})", at(6), at(7)), line.required_fte),
        Value::Number(f64::from(line.hired)),
        Value::Number(line.learning),
        Value::Number(line.trained),
        Value::Number(line.leavers),
        Value::Number(line.productive),
        Value::Number(line.overtime_h),
        Value::Number(line.outsourced_h),
        Value::Formula(
            format!(
                "={}+{}/{hours}+{}/(1-{})/{hours}",
                at(13),
                at(14),
                at(15),
                at(7),
                hours = at(5)
            ),
            line.available_fte,
        ),
        Value::Formula(format!("={}-{}", at(THERE), at(REQUIRED)), line.margin_fte),
    ];
    values.extend(money(plan, line, row));
    values
}

fn money(plan: &HiringPlan, line: &Line, row: u32) -> Vec<Value> {
    let at = |column: u16| place(row, column);
    let groups = u32::try_from(plan.prices.len()).unwrap_or(u32::MAX);
    let price = |column: u16| {
        let all = column_of(PRICES, column, groups);
        format!(
            "INDEX({all},MATCH({},{},0))",
            at(2),
            column_of(PRICES, 0, groups)
        )
    };
    let (wage, rate, on_cost) = (price(2), price(3), price(4));
    let (leaver, hire, outsourced) = (price(5), price(6), price(7));
    let hours = at(5);
    let formulas = [
        format!("=({}+{})*{hours}*{wage}", at(10), at(11)),
        format!("={}*{wage}*{rate}", at(14)),
        format!("=({}+{})*{on_cost}", at(MONEY), at(MONEY + 1)),
        format!("={}*{leaver}*{wage}*{hours}*{WEEKS_A_YEAR}", at(12)),
        format!("={}*{hire}", at(9)),
        format!("={}*{outsourced}", at(15)),
    ];
    let amounts = line.money.lines().into_iter().zip(formulas);
    let lines = amounts.map(|((_, amount), formula)| Value::Formula(formula, currency(amount)));
    let sum = format!("=SUM({}:{})", at(MONEY), at(COST - 1));
    let total = Value::Formula(sum, currency(line.money.total()));
    lines.chain([total]).collect()
}
