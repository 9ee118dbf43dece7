//! The workbook of a plan of weeks and months.

use rust_xlsxwriter::{Chart, ChartFormat, ChartLine, ChartSolidFill, ChartType, Color, XlsxError};

use super::super::WorkbookError;
use super::super::grid::{
    Column, Kind, Value, column_of, estimate_columns, estimate_values, place, table,
};
use super::super::pages::{Pages, workbook};
use super::front::Front;
use super::hiring_chain::{self, CHAIN, WORK};
use crate::plan::hiring::found::{HiringPlan, Kept, Sample, currency};
use crate::report::table::hiring::{answer, promise};
use crate::stats::summary::Verdict;

const WEEKS: &str = "Weeks";

const WORDS: [(&str, &str); 5] = [
    (
        "Work",
        "Contacts × seconds of work of a mean contact / 3600, what a bot does before the queue counted in. Hours of agents: work by what an hour of the group's agents does of it.",
    ),
    (
        "Net, required",
        "Net: hours of agents / occupancy / hours a week of one person. Required: net / (1 − time away).",
    ),
    (
        "There",
        "Those who know all and, as far as they do, those who have just been trained, with overtime and outsourced hours, in people before time away.",
    ),
    (
        "Trained, leavers",
        "Means, so they have fractions. People are never sent away: numbers fall by leavers alone.",
    ),
    (
        "Yellow cells",
        "Prices on the sheet Prices, which you may change: money follows, line by line. Who is hired when stays as planned; only a new plan tells what other prices would have chosen.",
    ),
];

/// The workbook's bytes: the plan in words and figures, classes, weeks, the chain from contacts to money as formulas, the simulated weeks.
///
/// # Errors
/// When the figures are more than a workbook holds.
pub fn write(plan: &HiringPlan) -> Result<Vec<u8>, WorkbookError> {
    Ok(workbook(&plan.scenario, |mut pages| {
        sheets(plan, &mut pages)
    })?)
}

fn sheets(plan: &HiringPlan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    front(plan).write(pages, &WORDS)?;
    classes(plan, pages)?;
    weeks(plan, pages)?;
    hiring_chain::write(plan, pages)?;
    samples(plan, pages)
}

fn front(plan: &HiringPlan) -> Front {
    let label = &plan.scenario;
    let money = |what: &str| format!("{what}, {}", label.currency);
    let title = format!("{} · {} · hiring", label.name, plan.variant);
    let mut front = Front::new(title, answer(plan).into());
    let lines = rows(plan.chain.len());
    let cost = Value::Formula(
        format!("=SUM({})", column_of(CHAIN, hiring_chain::COST, lines)),
        plan.cost,
    );
    let cost = front.fact(money("Cost of the weeks planned"), Kind::Money, cost);
    let bound = money("No plan of these weeks costs less than");
    let bound = front.fact(bound, Kind::Money, Value::Number(plan.bound));
    let gap = Value::Formula(format!("=IF({cost}>0,({cost}-{bound})/{cost},0)"), plan.gap);
    front.fact("Gap", Kind::Share, gap);
    for ((name, amount), column) in plan.lines.lines().into_iter().zip(hiring_chain::MONEY..) {
        let formula = format!("=SUM({})", column_of(CHAIN, column, lines));
        let name = format!("Of it {}", name.replace('_', "-"));
        let sum = Value::Formula(formula, currency(amount));
        front.fact(money(&name), Kind::Money, sum);
    }
    let hired: u32 = plan.classes.iter().map(|class| class.people).sum();
    front.fact("People hired", Kind::Whole, Value::Number(f64::from(hired)));
    front.basis(label, "Simulated weeks");
    for warning in &plan.warnings {
        front.fact("To be known", Kind::Text, warning.as_str().into());
    }
    front
}

fn rows(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

fn classes(plan: &HiringPlan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let columns = [
        Column::new("Group", Kind::Text).wide(22.0),
        Column::new("Begins", Kind::Text).wide(14.0),
        Column::new("Week", Kind::Whole),
        Column::new("People", Kind::Whole),
        Column::new("Takes contacts in week", Kind::Whole).wide(14.0),
    ];
    let rows = plan.classes.iter().map(|class| {
        vec![
            class.group.as_str().into(),
            class.date.as_str().into(),
            Value::Number(class.week as f64),
            Value::Number(f64::from(class.people)),
            Value::Number(class.takes_contacts_in as f64),
        ]
    });
    let (sheet, formats) = pages.sheet("Classes")?;
    table(sheet, formats, &columns, 1, rows)?;
    Ok(())
}

fn weeks(plan: &HiringPlan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let currency = &plan.scenario.currency;
    let columns = [
        Column::new("Week", Kind::Whole).wide(8.0),
        Column::new("Begins", Kind::Text).wide(14.0),
        Column::new("Contacts", Kind::Count),
        Column::new("Work, h", Kind::Hours),
        Column::new("Required, FTE", Kind::Count),
        Column::new("There, FTE", Kind::Count),
        Column::new("Spare, FTE", Kind::Count),
        Column::new(format!("Cost, {currency}"), Kind::Money),
    ];
    let lines = rows(plan.chain.len());
    let rows = plan.weeks.iter().zip(1..).map(|(week, row)| {
        let of_chain = |column: u16, value: f64| {
            let formula = format!(
                "=SUMIFS({},{},{})",
                column_of(CHAIN, column, lines),
                column_of(CHAIN, 0, lines),
                place(row, 0)
            );
            Value::Formula(formula, value)
        };
        vec![
            Value::Number(week.week as f64),
            week.date.as_str().into(),
            Value::Number(week.contacts),
            Value::Number(week.work_h),
            of_chain(hiring_chain::REQUIRED, week.required_fte),
            of_chain(hiring_chain::THERE, week.available_fte),
            Value::Formula(
                format!("={}-{}", place(row, 5), place(row, 4)),
                week.available_fte - week.required_fte,
            ),
            of_chain(hiring_chain::COST, week.cost),
        ]
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    let (sheet, formats) = pages.sheet(WEEKS)?;
    let last = table(sheet, formats, &columns, 2, rows)?;
    sheet.insert_chart(1, 9, &chart(last))?;
    Ok(())
}

/// People there as columns, those required as a line over them.
fn chart(last: u32) -> Chart {
    let mut chart = Chart::new(ChartType::Column);
    chart
        .title()
        .set_name("People required and there, all groups");
    let fill = ChartSolidFill::new()
        .set_color(Color::RGB(0x0056_B4E9))
        .clone();
    chart
        .add_series()
        .set_name("there")
        .set_categories((WEEKS, 1, 0, last, 0))
        .set_values((WEEKS, 1, 5, last, 5))
        .set_gap(20)
        .set_format(ChartFormat::new().set_solid_fill(&fill));
    let line = ChartLine::new()
        .set_color(Color::RGB(0x00D5_5E00))
        .set_width(2.25)
        .clone();
    let mut required = Chart::new(ChartType::Line);
    required
        .add_series()
        .set_name("required")
        .set_categories((WEEKS, 1, 0, last, 0))
        .set_values((WEEKS, 1, 4, last, 4))
        .set_format(ChartFormat::new().set_line(&line));
    chart.combine(&required);
    chart.x_axis().set_name("week");
    chart.y_axis().set_name("FTE").set_min(0);
    chart.set_width(820).set_height(400);
    chart
}

fn samples(plan: &HiringPlan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let mut columns = vec![
        Column::new("Week", Kind::Whole).wide(8.0),
        Column::new("Why this one", Kind::Text).wide(22.0),
        Column::new("Figure", Kind::Text).wide(34.0),
        Column::new("Promised", Kind::Share),
    ];
    columns.extend(estimate_columns("Reached", Kind::Share));
    columns.push(Column::new("Verdict", Kind::Text).wide(12.0));
    let rows = plan.samples.iter().flat_map(|sample| {
        let targets = sample
            .targets
            .iter()
            .map(move |kept| of_target(sample, kept));
        let busy = sample.occupancy.iter().map(move |(group, occupancy)| {
            let mut row = begin(sample, format!("{group} occupancy"));
            row.push(Value::Nothing);
            row.extend(estimate_values(occupancy));
            row
        });
        targets.chain(busy)
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    let (sheet, formats) = pages.sheet("Simulated weeks")?;
    table(sheet, formats, &columns, 3, rows)?;
    Ok(())
}

fn begin(sample: &Sample, figure: String) -> Vec<Value> {
    vec![
        Value::Number(sample.week as f64),
        Value::Text(sample.why.join(", ")),
        Value::Text(figure),
    ]
}

fn of_target(sample: &Sample, kept: &Kept) -> Vec<Value> {
    let target = &kept.target;
    let kind = if target.measure.ends_with("_s") {
        Kind::Seconds
    } else {
        Kind::Share
    };
    let of = |value: Option<f64>| value.map_or(Value::Nothing, |value| Value::Of(kind, value));
    let mut row = begin(sample, promise(kept));
    let figures = [
        Some(target.limit),
        target.value.mean,
        target.value.lo,
        target.value.hi,
    ];
    row.extend(figures.map(of));
    let verdict = match target.verdict {
        Verdict::Met => "met",
        Verdict::Missed => "missed",
        Verdict::Undecided => "undecided",
    };
    row.push(verdict.into());
    row
}

/// The sum of what agents do for a group in a week, as a formula on the sheet of work.
pub(super) fn agent_hours(row: u32, lines: usize) -> String {
    let lines = rows(lines);
    format!(
        "=SUMIFS({},{},{},{},{})",
        column_of(WORK, hiring_chain::AGENT_H, lines),
        column_of(WORK, 0, lines),
        place(row, 0),
        column_of(WORK, hiring_chain::WORK_GROUP, lines),
        place(row, 2)
    )
}
