//! The arithmetic of an answer, line by line, and whether it keeps every rule: reckoned anew, without the programme.

use super::build::{Choice, Prices, work_h};
use super::found::{Line, Money, Work};
use super::people::{Headcount, headcounts};
use crate::ids::{GroupId, QueueId};
use crate::scenario::hiring::HiringBrief;
use crate::scenario::model::Model;

/// How far a rule may be missed, of the larger of one and what it is about: a solver reckons in floating point.
const TOLERANCE: f64 = 1e-6;

/// A line a week and group, the weeks in order.
pub fn lines(brief: &HiringBrief, model: &Model, choice: &Choice) -> Vec<Line> {
    let mut by_group: Vec<_> = brief
        .groups
        .ids()
        .map(|id| of_group(brief, model, choice, id).into_iter())
        .collect();
    (0..brief.weeks.len())
        .flat_map(|_| {
            let lines: Vec<Line> = by_group.iter_mut().filter_map(Iterator::next).collect();
            lines
        })
        .collect()
}

fn of_group(brief: &HiringBrief, model: &Model, choice: &Choice, id: GroupId) -> Vec<Line> {
    let group = &brief.groups[id];
    let prices = Prices::new(&model.groups[id], group);
    let hires: Vec<f64> = choice.hires[id]
        .iter()
        .map(|&people| f64::from(people))
        .collect();
    let line = |(week, count): (usize, Headcount)| {
        let work_h: f64 = choice
            .agent_h
            .values()
            .map(|by_group| by_group[id][week])
            .sum();
        let (overtime_h, outsourced_h) =
            (choice.overtime_h[id][week], choice.outsourced_h[id][week]);
        let here = 1.0 - group.away[week];
        let required_net_fte = work_h / brief.occupancy[week] / group.hours;
        let required_fte = required_net_fte / here;
        let available_fte = count.productive + (overtime_h + outsourced_h / here) / group.hours;
        Line {
            week: week + 1,
            date: brief.weeks[week].clone(),
            group: model.groups[id].name.text.clone(),
            work_h,
            occupancy: brief.occupancy[week],
            required_net_fte,
            away: group.away[week],
            required_fte,
            hired: choice.hires[id][week],
            learning: count.learning,
            trained: count.trained,
            leavers: count.leavers,
            productive: count.productive,
            overtime_h,
            outsourced_h,
            available_fte,
            margin_fte: available_fte - required_fte,
            money: money(
                &prices,
                &count,
                group.hours,
                (hires[week], overtime_h, outsourced_h),
            ),
        }
    };
    let counts = headcounts(group, prices.leaving, &hires);
    counts.into_iter().enumerate().map(line).collect()
}

fn money(
    prices: &Prices,
    count: &Headcount,
    hours: f64,
    (hired, overtime_h, outsourced_h): (f64, f64, f64),
) -> Money {
    let wages = (count.trained + count.learning) * hours * prices.wage;
    let overtime = overtime_h * prices.overtime;
    Money {
        wages: millionths(wages),
        overtime: millionths(overtime),
        on_cost: millionths((wages + overtime) * prices.on_cost),
        turnover: millionths(count.leavers * prices.leaver),
        hiring: millionths(hired * prices.hire),
        outsourced: millionths(outsourced_h * prices.outsourced),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "an amount of money in millionths fits, and a cast saturates"
)]
fn millionths(amount: f64) -> i128 {
    (amount * 1e6).round() as i128
}

/// Whose work goes where: a line a week, queue and group that takes some of it.
pub fn work(brief: &HiringBrief, model: &Model, choice: &Choice) -> Vec<Work> {
    let mut lines = Vec::new();
    for week in 0..brief.weeks.len() {
        for (queue, by_group) in choice.agent_h.iter() {
            for (group, agent_h) in by_group.iter() {
                let agent_h = agent_h[week];
                if agent_h > TOLERANCE {
                    lines.push(Work {
                        week: week + 1,
                        queue: model.queues[queue].name.text.clone(),
                        contacts: brief.volumes[queue][week].contacts,
                        work_s: brief.work_s[queue],
                        work_h: work_h(brief, queue, week),
                        group: model.groups[group].name.text.clone(),
                        agent_h,
                    });
                }
            }
        }
    }
    lines
}

/// Whether an answer keeps every rule: all work is done, hours suffice, classes have their sizes and weeks, limits hold.
///
/// # Errors
///
/// The rule that is broken: a fault of the program.
pub fn check(brief: &HiringBrief, choice: &Choice, lines: &[Line]) -> Result<(), String> {
    let below = |what: f64, limit: f64| what <= limit + TOLERANCE * limit.abs().max(1.0);
    for (queue, by_group) in choice.agent_h.iter() {
        for week in 0..brief.weeks.len() {
            let done = done(brief, queue, week, choice);
            let work_h = work_h(brief, queue, week);
            if !(below(done, work_h) && below(work_h, done)) {
                return Err(format!(
                    "week {}: {done} h of {work_h} h are done",
                    week + 1
                ));
            }
            if by_group.values().any(|agent_h| !below(0.0, agent_h[week])) {
                return Err(format!("week {}: hours below zero", week + 1));
            }
        }
    }
    for line in lines {
        if !below(line.required_fte, line.available_fte) {
            let Line {
                week,
                group,
                margin_fte,
                ..
            } = line;
            return Err(format!("week {week}: {group} lacks {} FTE", -margin_fte));
        }
    }
    for (id, group) in brief.groups.iter() {
        let trained = lines.iter().skip(index(id)).step_by(brief.groups.len());
        for (week, line) in trained.enumerate() {
            let hired = line.hired;
            let fits = group
                .class
                .is_some_and(|(min, max)| (min..=max).contains(&hired));
            if hired > 0 && !(fits && group.may_begin[week]) {
                return Err(format!("week {}: a class of {hired}", week + 1));
            }
            let overtime_max = group.overtime_max[week] * group.hours * line.trained;
            if !(below(line.overtime_h, overtime_max)
                && below(line.outsourced_h, group.outsource_max_h[week]))
            {
                return Err(format!("week {}: more hours than allowed", week + 1));
            }
        }
    }
    Ok(())
}

fn index(id: GroupId) -> usize {
    crate::ids::Id::index(id)
}

/// Hours of work that are done of a queue in a week, at speed 1.
fn done(brief: &HiringBrief, queue: QueueId, week: usize, choice: &Choice) -> f64 {
    let by_group = choice.agent_h[queue].iter();
    by_group
        .map(|(group, agent_h)| agent_h[week] * brief.groups[group].does[queue].unwrap_or(0.0))
        .sum()
}
