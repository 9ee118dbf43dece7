//! The mixes side by side, and charts of them.

use rust_xlsxwriter::{Chart, ChartFormat, ChartSolidFill, ChartType, Color, Worksheet, XlsxError};

use super::book::{Book, MIXES};
use super::costs;
use super::grid::{Column, Kind, Value, estimate_columns, estimate_values, place, table};
use crate::report::answer::{Lost, Standing, level};
use crate::stats::frontier::Frontier;
use crate::stats::summary::{VariantSummary, Verdict};

/// The column of a mix's total cost.
pub(super) const COST: u16 = 1;
const OTHER: u16 = 2;
/// Columns before those of queues and groups where there are costs, and where there are none.
const BEFORE: u16 = 18;
const BEFORE_WITHOUT_COSTS: u16 = 12;

/// A row a mix.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let has_costs = book.material.has_costs();
    let queues: Vec<&str> = book
        .queue_names()
        .into_iter()
        .filter(|name| {
            book.variants()
                .iter()
                .any(|variant| level(variant, name).is_some())
        })
        .collect();
    let groups = if has_costs {
        book.group_names()
    } else {
        Vec::new()
    };
    let columns = columns(book, &queues, &groups);
    let variants = (1..).zip(book.variants());
    let rows: Vec<_> = variants
        .map(|(row, variant)| values(book, row, variant, (&queues, &groups)))
        .collect();
    let (sheet, formats) = book.sheet(MIXES)?;
    let last = table(sheet, formats, &columns, 1, rows)?;
    let first = if has_costs {
        BEFORE
    } else {
        BEFORE_WITHOUT_COSTS
    };
    if !groups.is_empty() {
        let after = first + count(&queues);
        let chart = chart(
            ChartType::BarStacked,
            "Cost by group",
            (after, &groups),
            last,
        );
        put(sheet, &chart, last + 2, 0)?;
    }
    if !queues.is_empty() {
        let chart = chart(
            ChartType::Column,
            "Service level by queue",
            (first, &queues),
            last,
        );
        put(
            sheet,
            &chart,
            last + 2,
            if groups.is_empty() { 0 } else { 9 },
        )?;
    }
    Ok(())
}

fn count(names: &[&str]) -> u16 {
    u16::try_from(names.len()).unwrap_or(u16::MAX)
}

fn columns(book: &Book<'_, '_>, queues: &[&str], groups: &[&str]) -> Vec<Column> {
    let currency = book.material.currency();
    let money = |what: &str, kind| Column::new(format!("{what}, {currency}"), kind);
    let mut columns = vec![Column::new("Mix", Kind::Text).wide(24.0)];
    if book.material.has_costs() {
        columns.extend([
            money("Cost", Kind::Money),
            money("Of it bots and other cost that is no group's", Kind::Money),
            money("Less base", Kind::Money),
            money("Cost as simulated, lower 95 %", Kind::Money),
            money("Cost as simulated, upper 95 %", Kind::Money),
            Column::new(format!("{currency} a contact answered"), Kind::Price),
        ]);
    }
    columns.extend([
        Column::new("Promises", Kind::Whole),
        Column::new("Promises met", Kind::Whole),
        Column::new("Promises missed", Kind::Whole),
        Column::new("Promises undecided", Kind::Whole),
    ]);
    columns.push(Column::new("Contacts answered", Kind::Count));
    columns.extend(estimate_columns("Customers lost", Kind::Count));
    columns.extend(estimate_columns("Customers lost, share", Kind::Share));
    let level = |name: &&str| Column::new(format!("{name}: service level"), Kind::Share);
    columns.extend(queues.iter().map(level));
    columns.extend(
        groups
            .iter()
            .map(|name| money(&format!("Cost of {name}"), Kind::Money)),
    );
    let frontiers = book.material.summary.frontiers.iter();
    columns.extend(frontiers.flat_map(|frontier| {
        let gain = frontier.gain.title();
        [
            Column::new(format!("Cost against {gain}"), Kind::Text).wide(20.0),
            Column::new(format!("Cost against {gain}: by which mixes"), Kind::Text).wide(24.0),
        ]
    }));
    columns
}

fn values(
    book: &Book<'_, '_>,
    row: u32,
    variant: &VariantSummary,
    (queues, groups): (&[&str], &[&str]),
) -> Vec<Value> {
    let mut values = vec![variant.name.as_str().into()];
    let answered = variant
        .queues
        .iter()
        .filter_map(|(_, queue)| queue.measures.answered.mean)
        .sum::<f64>();
    let answered_column = if book.material.has_costs() { 11 } else { 5 };
    if book.material.has_costs() {
        values.extend(costs(book, row, variant, (answered, answered_column)));
    }
    let standing = Standing::of(variant);
    let verdicts = [Verdict::Met, Verdict::Missed, Verdict::Undecided];
    values.push(Value::Number(standing.promises.len() as f64));
    values.extend(verdicts.map(|verdict| Value::Number(standing.of_verdict(verdict).len() as f64)));
    values.push(Value::Number(answered));
    let lost = Lost::of(variant);
    values.extend(estimate_values(&lost.count));
    values.extend(estimate_values(&lost.share));
    values.extend(queues.iter().map(|name| {
        level(variant, name)
            .and_then(|target| target.value.mean)
            .into()
    }));
    let mix = format!("${}", place(row, 0));
    values.extend(groups.iter().map(|name| {
        let cost = variant.cost.groups.find(name).and_then(|cost| cost.mean);
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        let sum = costs::sum_of(book, &mix, Some(&quoted));
        Value::Formula(format!("={sum}"), cost.unwrap_or(0.0))
    }));
    values.extend(standings(book, &variant.name));
    values
}

/// Where a mix stands in each frontier, and which mixes are as cheap and as good.
fn standings(book: &Book<'_, '_>, mix: &str) -> Vec<Value> {
    let frontiers = book.material.summary.frontiers.iter();
    let of_frontier = |frontier: &Frontier| {
        let own = frontier.mixes.iter().find(|own| own.name == mix);
        own.map_or([Value::Nothing, Value::Nothing], |own| {
            let by: Vec<&str> = own.dominated_by.iter().map(|by| by.name.as_str()).collect();
            let word = own.standing.word().replace('_', " ");
            [Value::Text(word), by.join(", ").as_str().into()]
        })
    };
    frontiers.flat_map(of_frontier).collect()
}

fn costs(
    book: &Book<'_, '_>,
    row: u32,
    variant: &VariantSummary,
    (answered, column): (f64, u16),
) -> [Value; 6] {
    let total = variant.cost.total;
    let mean = total.mean.unwrap_or(0.0);
    let of_groups: f64 = variant
        .cost
        .groups
        .iter()
        .filter_map(|(_, cost)| cost.mean)
        .sum();
    let base = book.material.base().cost.total.mean.unwrap_or(0.0);
    let mix = format!("${}", place(row, 0));
    let cost = place(row, COST);
    let answered_cell = place(row, column);
    let each = if answered > 0.0 { mean / answered } else { 0.0 };
    [
        Value::Formula(
            format!("={}+{}", costs::sum_of(book, &mix, None), place(row, OTHER)),
            mean,
        ),
        Value::Number(costs::rest(mean, of_groups)),
        Value::Formula(format!("={cost}-$B$2"), mean - base),
        total.lo.into(),
        total.hi.into(),
        Value::Formula(
            format!("=IF({answered_cell}>0,{cost}/{answered_cell},0)"),
            each,
        ),
    ]
}

/// Colours that colour-blind readers tell apart (Okabe and Ito).
const COLOURS: [u32; 7] = [
    0x0000_72B2,
    0x00E6_9F00,
    0x0000_9E73,
    0x00CC_79A7,
    0x0056_B4E9,
    0x00D5_5E00,
    0x008A_8F98,
];

/// A series for each of some columns, from `first` on, a category a mix.
fn chart(kind: ChartType, title: &str, (first, names): (u16, &[&str]), last: u32) -> Chart {
    let mut chart = Chart::new(kind);
    chart.title().set_name(title);
    for ((column, name), colour) in (first..).zip(names).zip(COLOURS.iter().cycle()) {
        let fill = ChartSolidFill::new().set_color(Color::RGB(*colour)).clone();
        chart
            .add_series()
            .set_name(*name)
            .set_categories((MIXES, 1, 0, last, 0))
            .set_values((MIXES, 1, column, last, column))
            .set_format(ChartFormat::new().set_solid_fill(&fill));
    }
    if kind == ChartType::BarStacked {
        chart.y_axis().set_reverse();
        chart.x_axis().set_num_format("#,##0");
    } else {
        chart.y_axis().set_num_format("0%").set_min(0).set_max(1);
    }
    chart.set_width(760).set_height(380);
    chart
}

fn put(sheet: &mut Worksheet, chart: &Chart, row: u32, column: u16) -> Result<(), XlsxError> {
    sheet.insert_chart(row, column, chart)?;
    Ok(())
}
