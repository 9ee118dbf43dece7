//! A plan in words and tables: what it costs, what it keeps, who works when.

use std::io::{self, Write};

use super::cell::{NOTHING, money};
use super::grid::{Grid, WIDTH, paragraph};
use crate::plan::found::{Ended, Failing, GroupPlan, Plan, Proven, SlotHeads, Unmeetable};
use crate::report::figure::{Clock, FigureKind, TimeUnit, exact_share, exact_time, grouped};

/// Writes the plan as text of at most 120 columns, closed by a line feed.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let label = &plan.scenario;
    let days = if label.days == 1 { "" } else { "s" };
    writeln!(out, "{} · {} · staffing", label.name, plan.variant)?;
    writeln!(
        out,
        "{} day{days} from {} ({}), proof of {} replications, seed {}",
        label.days,
        label.start,
        label.time_zone,
        grouped(label.replications as f64, 0),
        label.seed
    )?;
    writeln!(out)?;
    for sentence in answer(plan) {
        let lines = paragraph(&sentence);
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    for grid in [targets(plan), groups(plan)] {
        writeln!(out)?;
        grid.lines().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    writeln!(out)?;
    writeln!(out, " Heads from each time on")?;
    for group in &plan.staff {
        let lines = heads(group);
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    writeln!(out)?;
    for line in NOTES {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// What it costs, what no plan costs less than, what is proven, how the search ended: a sentence each.
pub(in crate::report) fn answer(plan: &Plan) -> Vec<String> {
    vec![headline(plan), bound(plan), proof(plan), way(plan)]
}

const NOTES: [&str; 5] = [
    "   staffing: wages and all that follows from paid hours, before overtime; all that is paid: as simulated in the proof",
    "   reached: over the horizon, with fresh customers; sure of: its one-sided bound where it is closest, corrected for",
    "   testing many; proven: of the days or intervals in which it must hold",
    "   saves: what staffing would cost less if the promise were a point, or of a time a tenth, easier",
    "   no plan costs less: by the work alone, and, where that says more, by slopes as long as heads gain ever less",
];

/// Money in whole units.
fn amount(value: f64, currency: &str) -> String {
    let decimals = if value.abs() < 100.0 { 2 } else { 0 };
    format!("{currency} {}", grouped(value, decimals))
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn headline(plan: &Plan) -> String {
    let (cost, file) = (plan.cost.staffing, plan.cost.staffing_of_file);
    let currency = &plan.scenario.currency;
    let change = (cost - file) / file;
    let than = match change {
        change if !change.is_finite() => "where the file's costs nothing".to_owned(),
        change if change.abs() < 0.000_5 => "as much as the file's".to_owned(),
        change if change < 0.0 => format!(
            "{} less than the file's {}",
            percent(-change),
            amount(file, currency)
        ),
        change => format!(
            "{} more than the file's {}",
            percent(change),
            amount(file, currency)
        ),
    };
    let overtime = plan.cost.overtime.mean.unwrap_or(0.0);
    let overtime = if overtime > 0.0 {
        format!(", of it {} for overtime", amount(overtime, currency))
    } else {
        String::new()
    };
    format!(
        "The cheapest staffing found costs {}, {than}; all that is paid is {currency} {}{overtime}.",
        amount(cost, currency),
        money(&plan.cost.total),
    )
}

fn bound(plan: &Plan) -> String {
    let gap = plan.gap.map_or(String::new(), |gap| {
        format!(": the gap is {}", percent(gap))
    });
    let rests_on = match plan.bound.by {
        "slopes" => ", as long as service gains ever less from more heads",
        "pooled" => ", even with each queue alone and all agents of its groups pooled",
        _ => ", even if agents were never idle",
    };
    format!(
        "No plan that keeps the promises costs less than {}{rests_on}{gap}.",
        amount(plan.bound.staffing, &plan.scenario.currency)
    )
}

fn proof(plan: &Plan) -> String {
    let all = plan.targets.len();
    let kept = plan
        .targets
        .iter()
        .filter(|target| target.proven == target.goals);
    let kept = kept.count();
    let chance = percent(plan.error);
    if plan.proven {
        let what = if all == 1 {
            "The promise is".to_owned()
        } else {
            format!("All {all} promises are")
        };
        format!(
            "{what} proven with fresh customers: the chance that any of it is wrong is {chance} at most."
        )
    } else {
        format!(
            "Not proven: of {all} promises {kept} are; more work or more replications may prove the rest."
        )
    }
}

fn way(plan: &Plan) -> String {
    let why = ended(plan.ended);
    let work = plan.progress.last().map_or(0, |last| last.replications);
    let work = grouped(work as f64, 0);
    format!("The search ended after {work} replications: {why}.")
}

/// Why a search ended, in words.
pub(in crate::report) fn ended(ended: Ended) -> &'static str {
    match ended {
        Ended::Converged => "nothing cheaper was found",
        Ended::Work => "the work allowed was done",
        Ended::Time => "the time allowed was over",
        Ended::Interrupted => "it was interrupted",
    }
}

/// A promised or reached value by the kind of its figure.
fn value(figure: &str, value: Option<f64>) -> String {
    let Some(value) = value else {
        return NOTHING.to_owned();
    };
    if FigureKind::of(figure) == FigureKind::Share {
        percent(value)
    } else {
        let unit = TimeUnit::of(value);
        format!("{:.1} {}", value / unit.seconds(), unit.sign())
    }
}

fn promised(figure: &str, value: f64) -> String {
    let sign = if figure == "service_level" {
        "≥"
    } else {
        "≤"
    };
    match FigureKind::of(figure) {
        FigureKind::Share => format!("{sign} {}", exact_share(value)),
        _ => format!("{sign} {}", exact_time(value, Clock::Calendar)),
    }
}

/// A figure in words.
pub(in crate::report) fn named(figure: &str) -> &str {
    match figure {
        "service_level" => "service level",
        "asa_s" => "ASA",
        "backlog_age_s" => "backlog age",
        other => other,
    }
}

fn targets(plan: &Plan) -> Grid {
    let saves = format!("Saves, {}", plan.scenario.currency);
    let mut grid = Grid::new([
        "Promise", "Over", "Promised", "Reached", "Sure of", "Closest", "Proven", &saves,
    ]);
    for target in &plan.targets {
        grid.row(row(target));
    }
    grid
}

fn row(target: &Proven) -> Vec<String> {
    let saving = target.saving.map(|saving| {
        let decimals = if saving.abs() < 100.0 { 2 } else { 0 };
        grouped(saving, decimals)
    });
    vec![
        format!("{} {}", target.of, named(target.figure)),
        target.over.to_owned(),
        promised(target.figure, target.promised),
        value(target.figure, target.reached),
        value(target.figure, target.sure),
        target.worst.clone().unwrap_or_else(|| NOTHING.to_owned()),
        format!("{} of {}", target.proven, target.goals),
        saving.unwrap_or_else(|| NOTHING.to_owned()),
    ]
}

fn groups(plan: &Plan) -> Grid {
    let mut grid = Grid::new([
        "Group",
        "Paid h",
        "Of the file",
        "Most heads",
        "Of the file",
    ]);
    for group in &plan.staff {
        let most = |of: fn(&SlotHeads) -> u32| group.heads.iter().map(of).max().unwrap_or(0);
        let fixed = if group.fixed { " (fixed)" } else { "" };
        grid.row(vec![
            format!("{}{fixed}", group.group),
            grouped(group.paid_h, 1),
            grouped(group.paid_h_of_file, 1),
            most(|slot| slot.heads).to_string(),
            most(|slot| slot.heads_of_file).to_string(),
        ]);
    }
    grid
}

/// The heads of a group by day, each from the time on which they change; days alike together.
fn heads(group: &GroupPlan) -> Vec<String> {
    let mut days: Vec<(Vec<&str>, Vec<String>)> = Vec::new();
    for day in group
        .heads
        .chunk_by(|one, other| one.weekday == other.weekday)
    {
        let changes = changes(day);
        let name = day
            .first()
            .and_then(|slot| slot.weekday)
            .unwrap_or("every day");
        match days.last_mut() {
            Some((names, same)) if *same == changes => names.push(name),
            _ => days.push((vec![name], changes)),
        }
    }
    let mut lines = vec![format!(" {}", group.group)];
    for (names, changes) in days {
        let name = match names[..] {
            [only] => only.to_owned(),
            [first, .., last] => format!("{first}-{last}"),
            [] => String::new(),
        };
        let mut line = format!("   {name:<9}  ");
        for change in changes {
            if line.chars().count() + change.chars().count() + 2 > usize::from(WIDTH) {
                lines.push(line.trim_end().to_owned());
                line = " ".repeat(14);
            }
            line.push_str(&change);
            line.push_str("  ");
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

fn changes(day: &[SlotHeads]) -> Vec<String> {
    let mut last = None;
    let mut changes = Vec::new();
    for slot in day {
        if last != Some(slot.heads) && (slot.heads > 0 || last.is_some()) {
            changes.push(format!("{} {}", slot.start, slot.heads));
        }
        last = Some(slot.heads);
    }
    if changes.is_empty() {
        changes.push("nobody".to_owned());
    }
    changes
}

/// Why there is no plan, for people: which promises cannot be kept, and what would be needed.
pub fn unmeetable(found: &Unmeetable) -> String {
    let mut lines = vec!["no staffing within the limits meets the targets".to_owned()];
    for target in &found.targets {
        lines.push(failing(target));
    }
    let listed = |groups: &[(String, u32)]| {
        let groups = groups
            .iter()
            .map(|(group, heads)| format!("{group} {heads}"));
        groups.collect::<Vec<_>>().join(", ")
    };
    if !found.limits.is_empty() {
        lines.push(format!(
            "  heads allowed at most: {}",
            listed(&found.limits)
        ));
    }
    lines.extend(found.obstacles.iter().map(|words| format!("  {words}")));
    if !found.needed.is_empty() {
        lines.push(format!(
            "  heads needed at the peak: {}",
            listed(&found.needed)
        ));
    } else if found.obstacles.is_empty() {
        lines.push(
            "  no number of heads is enough: the targets themselves, opening hours or handle times stand in the way"
                .to_owned(),
        );
    }
    lines.join("\n")
}

fn failing(target: &Failing) -> String {
    let at = target.worst.as_ref();
    let at = at.map_or(String::new(), |worst| format!(", worst at {worst}"));
    format!(
        "  {} {}: promised {}, within the limits at best {}{at}",
        target.of,
        named(target.figure),
        promised(target.figure, target.promised),
        value(target.figure, target.reached),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn a_plan_reads_well() {
        let mut out = Vec::new();
        write(&fixture::plan(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(120), "{widest:?}");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn what_is_not_proven_is_told() {
        let mut plan = fixture::plan();
        plan.proven = false;
        plan.targets[0].proven = 1;
        plan.ended = Ended::Interrupted;
        insta::assert_snapshot!(answer(&plan).join("\n"));
    }
}
