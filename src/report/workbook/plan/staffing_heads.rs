//! Groups and their heads by interval, with charts, and the way of the search.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLine, ChartMarker, ChartSolidFill, ChartType, Color, XlsxError,
};

use super::super::grid::{Column, Kind, Value, column_of, place, table};
use super::super::pages::Pages;
use crate::plan::found::{GroupPlan, Moment, Plan, SlotHeads};

const HEADS: &str = "Heads";
const SEARCH: &str = "Search";
/// Columns before those of groups.
const BEFORE: u16 = 2;
/// Columns of a group.
const EACH: u16 = 3;
/// Rows that a chart covers.
const CHART_ROWS: u32 = 17;

/// The sheets *Groups*, *Heads* and *Search*.
pub(super) fn write(plan: &Plan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    groups(plan, pages)?;
    heads(plan, pages)?;
    search(plan, pages)
}

/// The column of a group's heads on the sheet *Heads*; those of the file and the required ones stand beside.
fn column(group: usize) -> u16 {
    u16::try_from(group).map_or(u16::MAX, |group| BEFORE + EACH * group)
}

/// How many rows the sheet *Heads* has.
fn slots(plan: &Plan) -> u32 {
    let many = plan.staff.first().map_or(0, |group| group.heads.len());
    u32::try_from(many).unwrap_or(u32::MAX)
}

fn groups(plan: &Plan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let columns = [
        Column::new("Group", Kind::Text).wide(22.0),
        Column::new("Staff", Kind::Text).wide(18.0),
        Column::new("Paid hours", Kind::Hours),
        Column::new("Paid hours of the file", Kind::Hours),
        Column::new("More than the file", Kind::Hours),
        Column::new("Most heads at a time", Kind::Whole),
        Column::new("Most heads of the file", Kind::Whole),
    ];
    let last = slots(plan);
    let rows = plan.staff.iter().enumerate().map(|(number, group)| {
        let row = u32::try_from(number + 1).unwrap_or(u32::MAX);
        let own = column(number);
        let most = |column: u16, of: fn(&SlotHeads) -> u32| {
            let most = group.heads.iter().map(of).max().unwrap_or(0);
            Value::Formula(
                format!("=MAX({})", column_of(HEADS, column, last)),
                f64::from(most),
            )
        };
        vec![
            group.group.as_str().into(),
            if group.fixed {
                "fixed by the file"
            } else {
                "planned"
            }
            .into(),
            Value::Number(group.paid_h),
            Value::Number(group.paid_h_of_file),
            Value::Formula(
                format!("={}-{}", place(row, 2), place(row, 3)),
                group.paid_h - group.paid_h_of_file,
            ),
            most(own, |slot| slot.heads),
            most(own + 1, |slot| slot.heads_of_file),
        ]
    });
    let (sheet, formats) = pages.sheet("Groups")?;
    let end = table(sheet, formats, &columns, 1, rows)?;
    let mut row = end + 2;
    for (number, group) in plan.staff.iter().enumerate() {
        sheet.insert_chart(row, 0, &chart(group, column(number), last))?;
        row += CHART_ROWS;
    }
    Ok(())
}

/// Heads of the plan as columns, with those of the file and the required ones as lines over them.
fn chart(group: &GroupPlan, first: u16, last: u32) -> Chart {
    let is_week = group.heads.iter().any(|slot| slot.weekday.is_some());
    let times = (HEADS, 1, u16::from(!is_week), last, 1);
    let values = |column: u16| (HEADS, 1, column, last, column);
    let mut chart = Chart::new(ChartType::Column);
    let title = format!("{}: required and scheduled heads", group.group);
    chart.title().set_name(&title);
    let fill = ChartSolidFill::new()
        .set_color(Color::RGB(0x0056_B4E9))
        .clone();
    chart
        .add_series()
        .set_name("heads of the plan")
        .set_categories(times)
        .set_values(values(first))
        .set_gap(0)
        .set_format(ChartFormat::new().set_solid_fill(&fill));
    let mut lines = Chart::new(ChartType::Line);
    let of_lines = [
        ("heads of the file", 1, 0x008A_8F98),
        ("required by the work", 2, 0x00D5_5E00),
    ];
    for (name, beside, colour) in of_lines {
        let line = ChartLine::new()
            .set_color(Color::RGB(colour))
            .set_width(1.75)
            .clone();
        lines
            .add_series()
            .set_name(name)
            .set_categories(times)
            .set_values(values(first + beside))
            .set_format(ChartFormat::new().set_line(&line));
    }
    chart.combine(&lines);
    chart.y_axis().set_name("heads").set_min(0);
    chart.set_width(1_060).set_height(320);
    chart
}

fn heads(plan: &Plan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let mut columns = vec![
        Column::new("Day", Kind::Text).wide(8.0),
        Column::new("Time", Kind::Text).wide(8.0),
    ];
    for group in &plan.staff {
        columns.push(Column::new(format!("{}: heads", group.group), Kind::Whole));
        columns.push(Column::new(
            format!("{}: heads of the file", group.group),
            Kind::Whole,
        ));
        let required = format!("{}: required by the work", group.group);
        columns.push(Column::new(required, Kind::Count));
    }
    let times = plan.staff.first().map_or(&[][..], |group| &group.heads);
    let rows = times.iter().enumerate().map(|(number, time)| {
        let mut row = vec![
            time.weekday.unwrap_or("day").into(),
            time.start.as_str().into(),
        ];
        for slot in plan
            .staff
            .iter()
            .filter_map(|group| group.heads.get(number))
        {
            row.push(Value::Number(f64::from(slot.heads)));
            row.push(Value::Number(f64::from(slot.heads_of_file)));
            row.push(Value::Number(slot.load));
        }
        row
    });
    let (sheet, formats) = pages.sheet(HEADS)?;
    table(sheet, formats, &columns, BEFORE, rows)?;
    Ok(())
}

fn search(plan: &Plan, pages: &mut Pages<'_>) -> Result<(), XlsxError> {
    let currency = &plan.scenario.currency;
    let money = |what: &str| Column::new(format!("{what}, {currency}"), Kind::Money).wide(18.0);
    let columns = [
        Column::new("Replications so far", Kind::Whole).wide(14.0),
        money("Plan under way"),
        money("Cheapest so far that keeps the promises in the search"),
        money("No plan costs less than"),
        Column::new("Targets met by the plan under way", Kind::Whole).wide(16.0),
        Column::new("Of so many", Kind::Whole),
    ];
    // The bound by slopes is known only at the end.
    let rows = plan.progress.iter().map(|moment: &Moment| {
        vec![
            Value::Number(moment.replications as f64),
            Value::Number(moment.cost),
            moment.best.into(),
            Value::Number(plan.bound.staffing),
            Value::Number(moment.met as f64),
            Value::Number(moment.goals as f64),
        ]
    });
    let (sheet, formats) = pages.sheet(SEARCH)?;
    let last = table(sheet, formats, &columns, 1, rows)?;
    if last < 2 {
        return Ok(());
    }
    let mut chart = Chart::new(ChartType::ScatterStraight);
    chart.title().set_name("Cost against bound");
    let curves = [
        ("plan under way", 1, 0x008A_8F98),
        ("cheapest so far", 2, 0x0000_72B2),
        ("no plan costs less", 3, 0x0000_9E73),
    ];
    for (name, column, colour) in curves {
        let line = ChartLine::new()
            .set_color(Color::RGB(colour))
            .set_width(1.75)
            .clone();
        chart
            .add_series()
            .set_name(name)
            .set_categories((SEARCH, 1, 0, last, 0))
            .set_values((SEARCH, 1, column, last, column))
            .set_marker(ChartMarker::new().set_none())
            .set_format(ChartFormat::new().set_line(&line));
    }
    chart
        .x_axis()
        .set_name("replications simulated")
        .set_num_format("#,##0");
    chart
        .y_axis()
        .set_name(currency.as_str())
        .set_num_format("#,##0");
    chart.set_width(760).set_height(380);
    sheet.insert_chart(1, 7, &chart)?;
    Ok(())
}
