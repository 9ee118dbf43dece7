//! What each group of each mix costs: paid hours by the wage, and what else is paid for it.

use rust_xlsxwriter::XlsxError;

use super::book::{Book, COSTS};
use super::grid::{Column, Kind, Value, column_of, place, table};
use super::wages;
use crate::stats::summary::VariantSummary;

const MIX: u16 = 0;
const GROUP: u16 = 1;
const HOURS: u16 = 2;
const WAGE: u16 = 3;
const FACTOR: u16 = 4;
const WAGES: u16 = 5;
const OTHER: u16 = 6;
const COST: u16 = 7;
/// The lines of a group's cost that grow as its wage does.
const BY_WAGE: [&str; 5] = ["wages", "overtime", "premiums", "on_cost", "turnover"];

/// A row a mix and group.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let currency = book.material.currency();
    let money = |what: &str, kind| Column::new(format!("{what}, {currency}"), kind);
    let columns = [
        Column::new("Mix", Kind::Text).wide(22.0),
        Column::new("Group", Kind::Text).wide(18.0),
        Column::new("Paid hours", Kind::Hours),
        money("Wage", Kind::Price),
        Column::new(
            "Times, for overtime, premiums, on-cost, turnover",
            Kind::Factor,
        ),
        money("Paid hours × wage × times", Kind::Money),
        money("Other cost of the group", Kind::Money),
        money("Cost", Kind::Money),
        money("As simulated, lower 95 %", Kind::Money),
        money("As simulated, upper 95 %", Kind::Money),
    ];
    let rows = book.group_rows();
    let rows: Vec<_> = (1..)
        .zip(rows)
        .map(|(row, (variant, group))| values(book, row, variant, group))
        .collect();
    let (sheet, formats) = book.sheet(COSTS)?;
    table(sheet, formats, &columns, 2, rows)?;
    Ok(())
}

fn values(book: &Book<'_, '_>, row: u32, variant: &VariantSummary, group: &str) -> Vec<Value> {
    let paid_h = variant
        .groups
        .find(group)
        .and_then(|of| of.measures.paid_h.mean)
        .unwrap_or(0.0);
    let wage = book.wage(variant, group);
    let is_common = (wage - book.common_wage(group)).abs() < 1e-9;
    let wage_cell = wages::cell(book, group).filter(|_| is_common);
    let cost = variant.cost.groups.find(group).copied().unwrap_or_default();
    let factor = factor(variant, group, paid_h * wage);
    let of_wages = paid_h * wage * factor;
    let at = |column| place(row, column);
    vec![
        variant.name.as_str().into(),
        group.into(),
        Value::Number(paid_h),
        wage_cell.map_or(Value::Input(wage), |cell| {
            Value::Formula(format!("={cell}"), wage)
        }),
        Value::Number(factor),
        Value::Formula(
            format!("={}*{}*{}", at(HOURS), at(WAGE), at(FACTOR)),
            of_wages,
        ),
        Value::Number(rest(cost.mean.unwrap_or(0.0), of_wages)),
        Value::Formula(
            format!("={}+{}", at(WAGES), at(OTHER)),
            cost.mean.unwrap_or(0.0),
        ),
        cost.lo.into(),
        cost.hi.into(),
    ]
}

/// How many times hours and wage everything comes to that grows as the wage does: 1 where only wages are paid.
fn factor(variant: &VariantSummary, group: &str, hours_by_wage: f64) -> f64 {
    let Some(lines) = variant.cost.group_lines.find(group) else {
        return 1.0;
    };
    let by_wage = lines.iter().filter(|(name, _)| BY_WAGE.contains(name));
    let sum: f64 = by_wage.filter_map(|(_, line)| line.mean).sum();
    if hours_by_wage > 0.0 {
        sum / hours_by_wage
    } else {
        1.0
    }
}

/// What is left of an amount, without what rounding leaves.
pub(super) fn rest(whole: f64, part: f64) -> f64 {
    let rest = whole - part;
    if rest.abs() <= 1e-6 * whole.abs().max(1.0) {
        0.0
    } else {
        rest
    }
}

/// The sum of the costs of a mix's groups (of one of them, where it is named by a cell), as a formula without its sign.
pub(super) fn sum_of(book: &Book<'_, '_>, mix_cell: &str, group_cell: Option<&str>) -> String {
    let last = u32::try_from(book.group_rows().len()).unwrap_or(u32::MAX);
    let column = |number| column_of(COSTS, number, last);
    match group_cell {
        None => format!("SUMIFS({},{},{mix_cell})", column(COST), column(MIX)),
        Some(group) => format!(
            "SUMIFS({},{},{mix_cell},{},{group})",
            column(COST),
            column(MIX),
            column(GROUP)
        ),
    }
}
