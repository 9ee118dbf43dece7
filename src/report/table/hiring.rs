//! A plan of weeks and months: classes, weeks, simulated weeks.

use std::io::{self, Write};

use super::cell::NOTHING;
use super::grid::{Grid, paragraph};
use crate::plan::found::Ended;
use crate::plan::hiring::found::{HiringPlan, Kept, Line, Short, currency};
use crate::report::figure::{Clock, exact_share, exact_time, grouped};
use crate::stats::estimate::Estimate;
use crate::stats::summary::Verdict;

/// Writes what it costs, who begins when, what each week needs and has, and what the simulated weeks came to.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(plan: &HiringPlan, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} · {} · hiring", plan.scenario.name, plan.variant)?;
    let [cost, lines] = answer(plan);
    writeln!(out, "{cost}")?;
    for line in paragraph(&lines) {
        writeln!(out, "{line}")?;
    }
    for grid in [classes(plan), weeks(plan), samples(plan)] {
        writeln!(out)?;
        grid.lines().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    writeln!(out)?;
    NOTES.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// What it costs and at least must cost, and what that is made of.
pub(in crate::report) fn answer(plan: &HiringPlan) -> [String; 2] {
    let label = &plan.scenario;
    let money = |amount: f64| format!("{} {}", label.currency, grouped(amount, 0));
    let cost = format!(
        "{} weeks from {}: {}, at least {} for any plan (gap {} %{})",
        plan.weeks.len(),
        plan.weeks.first().map_or("", |week| week.date.as_str()),
        money(plan.cost),
        money(plan.bound),
        grouped(100.0 * plan.gap, 2),
        match plan.ended {
            Ended::Time => ", the time allowed was over",
            Ended::Converged | Ended::Work | Ended::Interrupted => "",
        }
    );
    let lines = plan.lines.lines().into_iter();
    let lines = lines.filter(|(_, amount)| *amount > 0);
    let lines: Vec<String> = lines
        .map(|(name, amount)| {
            let name = name.replace('_', " ");
            format!("{name} {}", grouped(currency(amount), 0))
        })
        .collect();
    [cost, lines.join(", ")]
}

const NOTES: [&str; 4] = [
    "   net: work / occupancy, in people's weeks at contacts; required: net / (1 - time away); there: those who know all and, as",
    "   far as they do, those who have just been trained, with overtime and outsourced hours; spare: there - required",
    "   work of several groups goes where it is cheapest; trained and leavers are means, so they have fractions",
    "   simulated: the week's contacts with the people who are there, spread over the week as the file's staff is",
];

fn classes(plan: &HiringPlan) -> Grid {
    let mut grid = Grid::new([
        "Class",
        "Begins",
        "Week",
        "People",
        "Takes contacts in week",
    ]);
    for class in &plan.classes {
        let last = plan.weeks.len();
        let takes = class.takes_contacts_in;
        grid.row(vec![
            class.group.clone(),
            class.date.clone(),
            class.week.to_string(),
            class.people.to_string(),
            if takes > last {
                format!("{takes} (after the plan)")
            } else {
                takes.to_string()
            },
        ]);
    }
    if plan.classes.is_empty() {
        grid.row(vec!["nobody".to_owned()]);
    }
    grid
}

fn weeks(plan: &HiringPlan) -> Grid {
    let mut grid = Grid::new([
        "Week",
        "Begins",
        "Group",
        "Work, h",
        "Net",
        "Required",
        "There",
        "Spare",
        "Trained",
        "Learning",
        "Overtime, h",
        "Outsourced, h",
        "Cost",
    ]);
    for line in &plan.chain {
        grid.row(week(line));
    }
    grid
}

fn week(line: &Line) -> Vec<String> {
    let one = |value: f64| grouped(value, 1);
    let some = |value: f64| {
        if value < 0.05 {
            NOTHING.to_owned()
        } else {
            one(value)
        }
    };
    vec![
        line.week.to_string(),
        line.date.clone(),
        line.group.clone(),
        one(line.work_h),
        one(line.required_net_fte),
        one(line.required_fte),
        one(line.available_fte),
        // A solver's rounding is no shortage.
        one(if line.margin_fte.abs() < 0.05 {
            0.0
        } else {
            line.margin_fte
        }),
        one(line.trained),
        some(line.learning),
        some(line.overtime_h),
        some(line.outsourced_h),
        grouped(currency(line.money.total()), 0),
    ]
}

fn samples(plan: &HiringPlan) -> Grid {
    let mut grid = Grid::new(["Simulated", "Week", "Promise", "Reached", ""]);
    for sample in &plan.samples {
        for kept in &sample.targets {
            let verdict = match kept.target.verdict {
                Verdict::Met => "met",
                Verdict::Missed => "missed",
                Verdict::Undecided => "undecided",
            };
            grid.row(vec![
                sample.why.join(", "),
                sample.week.to_string(),
                promise(kept),
                reached(kept),
                verdict.to_owned(),
            ]);
        }
        for (group, occupancy) in sample.occupancy.iter() {
            grid.row(vec![
                sample.why.join(", "),
                sample.week.to_string(),
                format!("{group} occupancy"),
                percent(occupancy),
                String::new(),
            ]);
        }
    }
    grid
}

pub(in crate::report) fn promise(kept: &Kept) -> String {
    let of = &kept.of;
    let target = &kept.target;
    match (target.measure.as_str(), target.within_s) {
        ("service_level", Some(within)) => {
            let within = exact_time(within, Clock::of_target(target));
            format!("{of} {} in {within}", exact_share(target.limit))
        }
        ("asa_s", _) => format!(
            "{of} ASA up to {}",
            exact_time(target.limit, Clock::Calendar)
        ),
        (measure, _) => format!("{of} {measure} up to {}", exact_share(target.limit)),
    }
}

fn reached(kept: &Kept) -> String {
    match kept.target.measure.as_str() {
        "asa_s" => {
            let mean = kept.target.value.mean;
            mean.map_or(NOTHING.to_owned(), |mean| format!("{} s", grouped(mean, 1)))
        }
        _ => percent(&kept.target.value),
    }
}

fn percent(share: &Estimate) -> String {
    let of = |value: f64| grouped(100.0 * value, 1);
    match (share.mean, share.half_width()) {
        (Some(mean), Some(half)) => format!("{} ±{} %", of(mean), of(half)),
        (Some(mean), None) => format!("{} %", of(mean)),
        (None, _) => NOTHING.to_owned(),
    }
}

/// What is missing where no plan does all the work: which weeks, which groups, and what each would take.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_short(short: &[Short], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "no plan within the limits does the work of every week")?;
    for line in short {
        writeln!(
            out,
            "week {} ({}): {} lacks {} FTE, or {} h more outsourced",
            line.week,
            line.date,
            line.group,
            grouped(line.fte, 1),
            grouped(line.hours, 0)
        )?;
    }
    writeln!(
        out,
        "what would help: classes sooner or larger, more overtime or outsourcing in these weeks, other people at the start"
    )
}
