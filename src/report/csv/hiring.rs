//! The arithmetic of a plan of weeks and months: `hiring.csv` and `hiring-work.csv`.

use std::io::{self, Write};

use crate::plan::hiring::found::{HiringPlan, Line, Work, currency};

/// Writes `hiring.csv`: a row a week and group, from work to money.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(plan: &HiringPlan, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let people = "week,date,group,work_h,occupancy,required_net_fte,away,required_fte,hired,learning,trained,leavers,productive,overtime_h,outsourced_h,available_fte,margin_fte";
    let money = plan.lines.lines().map(|(name, _)| name);
    writer.write_record(people.split(',').chain(money).chain(["cost"]))?;
    for line in &plan.chain {
        writer.write_record(row(line))?;
    }
    writer.flush()
}

fn row(line: &Line) -> Vec<String> {
    let mut row = vec![line.week.to_string(), line.date.clone(), line.group.clone()];
    let before = [
        line.work_h,
        line.occupancy,
        line.required_net_fte,
        line.away,
        line.required_fte,
    ];
    let after = [
        line.learning,
        line.trained,
        line.leavers,
        line.productive,
        line.overtime_h,
        line.outsourced_h,
        line.available_fte,
        line.margin_fte,
    ];
    let number = |value: f64| format!("{value:.6}");
    row.extend(before.map(number));
    row.push(line.hired.to_string());
    row.extend(after.map(number));
    row.extend(
        line.money
            .lines()
            .map(|(_, amount)| number(currency(amount))),
    );
    row.push(number(currency(line.money.total())));
    row
}

/// Writes `hiring-work.csv`: a row a week, queue and group: contacts, work, and whose it is.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_work(plan: &HiringPlan, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "week", "queue", "contacts", "work_s", "work_h", "group", "agent_h",
    ])?;
    let number = |value: f64| format!("{value:.6}");
    for Work {
        week,
        queue,
        contacts,
        work_s,
        work_h,
        group,
        agent_h,
    } in &plan.work
    {
        writer.write_record([
            week.to_string(),
            queue.clone(),
            number(*contacts),
            number(*work_s),
            number(*work_h),
            group.clone(),
            number(*agent_h),
        ])?;
    }
    writer.flush()
}
