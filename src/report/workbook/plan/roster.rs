//! The sheet *Roster* of a plan of shifts: a row an agent, a column a day, in each cell from when to when.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Formula, XlsxError};

use super::super::grid::{Column, Kind, Value, place, table};
use super::super::pages::Pages;
use crate::plan::shifts::found::ShiftPlan;
use crate::scenario::roster::{RosterRow, duties};
use crate::time::Calendar;

/// Columns before those of days.
const BEFORE: u16 = 3;
/// Between the agents and how many are on duty, so that a filter over the agents leaves these alone.
const GAP: u32 = 2;

/// What an agent works.
struct Line<'a> {
    group: &'a str,
    agent: &'a str,
    /// By date.
    duties: BTreeMap<String, String>,
}

/// The sheet. A duty stands on the day on which it begins.
pub(super) fn write(
    found: &ShiftPlan,
    calendar: &Calendar,
    pages: &mut Pages<'_>,
) -> Result<(), XlsxError> {
    let days = days(found, calendar);
    let lines = lines(found, calendar);
    let mut columns = vec![
        Column::new("Group", Kind::Text).wide(16.0),
        Column::new("Agent", Kind::Text).wide(16.0),
        Column::new("Duties", Kind::Whole).wide(8.0),
    ];
    let of_days = days.values();
    columns.extend(of_days.map(|day| Column::new(day.as_str(), Kind::Text).wide(13.0)));
    let rows = (1..).zip(&lines).map(|(row, line)| {
        let (first, last) = (
            place(row, BEFORE),
            place(row, BEFORE - 1 + many(days.len())),
        );
        let on = line.duties.len() as f64;
        let counted = Value::Formula(format!("=COUNTA({first}:{last})"), on);
        let mut cells = vec![line.group.into(), line.agent.into(), counted];
        let worked = days.keys().map(|date| line.duties.get(date));
        cells.extend(worked.map(|duty| duty.map_or(Value::Nothing, |duty| duty.as_str().into())));
        cells
    });
    let (sheet, formats) = pages.sheet("Roster")?;
    let last = table(sheet, formats, &columns, BEFORE - 1, rows)?;
    for (row, (group, from, to)) in (last + GAP..).zip(groups(&lines)) {
        let name = format!("{group}: on duty");
        sheet.write_string_with_format(row, 0, name, &formats.strong)?;
        for (column, date) in (BEFORE..).zip(days.keys()) {
            let own = lines[from..to].iter();
            let on = own.filter(|line| line.duties.contains_key(date)).count();
            // Agents begin below the heading.
            let agents = (
                place(rows_below(from), column),
                place(rows_below(to) - 1, column),
            );
            let formula = Formula::new(format!("=COUNTA({}:{})", agents.0, agents.1));
            let formula = formula.set_result(on.to_string());
            sheet.write_formula_with_format(row, column, formula, &formats.of(Kind::Whole))?;
        }
    }
    Ok(())
}

fn many(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

fn rows_below(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1)
}

/// The days of the horizon, and the eve where somebody begins on it, by date: as the heading has them.
fn days(found: &ShiftPlan, calendar: &Calendar) -> BTreeMap<String, String> {
    let of_horizon = calendar.days().iter().map(|day| day.date);
    let begun = duties(&found.roster).filter_map(<[RosterRow]>::first);
    let begun = begun.map(|row| calendar.wall_clock(row.from).date());
    of_horizon
        .chain(begun)
        .map(|date| {
            let text = date.strftime("%Y-%m-%d").to_string();
            (text, date.strftime("%a %Y-%m-%d").to_string())
        })
        .collect()
}

/// The agents, by group in the order of the plan.
fn lines<'a>(found: &'a ShiftPlan, calendar: &Calendar) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for duty in duties(&found.roster) {
        let (Some(first), Some(last)) = (duty.first(), duty.last()) else {
            continue;
        };
        if lines.last().is_none_or(|line| line.agent != first.agent) {
            lines.push(Line {
                group: &first.group,
                agent: &first.agent,
                duties: BTreeMap::new(),
            });
        }
        let (from, to) = (
            calendar.wall_clock(first.from),
            calendar.wall_clock(last.to),
        );
        let text = format!("{}–{}", from.strftime("%H:%M"), to.strftime("%H:%M"));
        if let Some(line) = lines.last_mut() {
            let date = from.strftime("%Y-%m-%d").to_string();
            let of_day = line.duties.entry(date).or_default();
            if !of_day.is_empty() {
                of_day.push_str(", ");
            }
            of_day.push_str(&text);
        }
    }
    let place = |line: &Line<'_>| {
        let mut groups = found.plan.staff.iter();
        groups.position(|group| group.group == line.group)
    };
    lines.sort_by_key(place);
    lines
}

/// Each group with the first of its agents and the end of them.
fn groups<'a>(lines: &[Line<'a>]) -> Vec<(&'a str, usize, usize)> {
    let mut groups = Vec::new();
    let mut from = 0;
    for own in lines.chunk_by(|one, other| one.group == other.group) {
        groups.push((own[0].group, from, from + own.len()));
        from += own.len();
    }
    groups
}
