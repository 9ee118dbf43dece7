//! The best mix within a budget: in words, the frontier as a table, and what to drop or to add first.

use std::io::{self, Write};

use super::cell::{self, NOTHING};

use super::grid::{Grid, paragraph};
use super::marginal::{amount, size};
use super::write::basis;
use crate::plan::found::Ended;
use crate::plan::mix::found::{Change, MixPlan, MixRow, Move, MoveKind};
use crate::report::figure::grouped;
use crate::report::mix::{choices, choices_apart, people, step as words};
use crate::stats::estimate::Estimate;
use crate::stats::frontier::Standing;
use crate::stats::measure::Measure;
use crate::stats::multiple::{Tested, Verdict};
use crate::stats::summary::ScenarioLabel;

/// Writes a mix as text of at most 120 columns, closed by a line feed.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(plan: &MixPlan, out: &mut impl Write) -> io::Result<()> {
    let label = &plan.scenario;
    writeln!(out, "{} · {}", label.name, plan.variant)?;
    writeln!(out, "{}\n", basis(label))?;
    for sentence in answer(plan) {
        let lines = paragraph(&sentence);
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    writeln!(out)?;
    let grid = frontier(plan);
    grid.lines().try_for_each(|line| writeln!(out, "{line}"))?;
    let steps = [
        ("To drop first", &plan.drop_first),
        ("To add first", &plan.add_first),
        ("Other choices", &plan.others),
    ];
    for (title, steps) in steps.into_iter().filter(|(_, steps)| !steps.is_empty()) {
        writeln!(out, "\n {title}")?;
        for (number, step) in (1..).zip(steps) {
            let sentence = format!("{number}. {}", sentence(step, plan));
            let lines = paragraph(&sentence);
            lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        }
    }
    writeln!(out)?;
    let lines = notes(plan);
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// What to do, what it costs and what comes of it.
pub(in crate::report) fn answer(plan: &MixPlan) -> Vec<String> {
    let currency = &plan.scenario.currency;
    let best = &plan.best;
    let aim = if plan.aim == "service" {
        "The best service found"
    } else {
        "The least net cost found"
    };
    let chosen = choices(best);
    let chosen = if chosen.is_empty() {
        String::new()
    } else {
        format!("{chosen}; ")
    };
    let staff = people(&best.staff);
    let mut told = vec![
        format!(
            "{aim} within {currency} {}: {chosen}{staff} at the peak.",
            amount(plan.budget)
        ),
        format!("It costs {}.", figures(best, currency)),
        format!(
            "As written, with {}, it costs {}.",
            people(&plan.as_written.staff),
            figures(&plan.as_written, currency)
        ),
        format!("Against that it {}.", effects(&plan.gain, plan)),
    ];
    if !plan.is_within_budget {
        told.push(
            "The upper end of the interval of its cost is above the budget: some days may cost more."
                .to_owned(),
        );
    }
    told
}

/// `EUR 2,791 ±3, has 84.2 ±0.4 % of the contacts wanted in time and loses 41 ±2; service levels: …`.
fn figures(row: &MixRow, currency: &str) -> String {
    let net = row.net_cost.as_ref().map_or(String::new(), |net| {
        format!(" ({} with value lost and earned)", cell::money(net))
    });
    let levels: Vec<String> = row
        .queues
        .iter()
        .map(|(queue, level)| format!("{queue} {} %", cell::share(level)))
        .collect();
    let levels = if levels.is_empty() {
        String::new()
    } else {
        format!("; service levels: {}", levels.join(", "))
    };
    format!(
        "{currency} {}{net}, has {} % of the contacts wanted in time and loses {}{levels}",
        cell::money(&row.cost),
        cell::share(&row.in_time),
        cell::count(&row.lost)
    )
}

fn frontier(plan: &MixPlan) -> Grid {
    let rows = &plan.frontier;
    let cost = format!("Cost, {}", plan.scenario.currency);
    let has_value = plan.best.net_cost.is_some();
    let has_choices = rows
        .iter()
        .any(|row| !choices_apart(row, &plan.best).is_empty());
    let mut headings = vec![
        "Mix".to_owned(),
        cost,
        "In time, %".to_owned(),
        "Lost".to_owned(),
    ];
    headings.extend(has_value.then(|| "Net cost".to_owned()));
    headings.extend(plan.best.staff.iter().map(|of| of.group.clone()));
    headings.extend(has_choices.then(|| "Otherwise".to_owned()));
    headings.push("Standing".to_owned());
    let mut grid = Grid::new(headings.iter().map(String::as_str));
    for (number, row) in (1..).zip(rows) {
        let mark = if row.is_best { " best" } else { "" };
        let mut texts = vec![
            format!("{number}{mark}"),
            cell::money(&row.cost),
            cell::share(&row.in_time),
            cell::count(&row.lost),
        ];
        texts.extend(row.net_cost.as_ref().map(cell::money));
        texts.extend(row.staff.iter().map(|of| of.heads.to_string()));
        texts.extend(has_choices.then(|| choices_apart(row, &plan.best)));
        texts.push(standing(row.standing).to_owned());
        grid.row(texts);
    }
    grid
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Efficient => "efficient",
        Standing::PerhapsEfficient => "efficient?",
        Standing::PerhapsDominated => "dominated?",
        Standing::Dominated => "dominated",
        Standing::Unknown => NOTHING,
    }
}

/// What a step is and what it does.
fn sentence(step: &Move, plan: &MixPlan) -> String {
    let what = words(step);
    let Some(change) = &step.change else {
        return format!("{what}: nothing found with it fits the budget.");
    };
    let price = match (&step.what, step.cost_per_point) {
        (
            MoveKind::Heads { .. },
            Estimate {
                mean: Some(mean),
                lo: Some(_),
                ..
            },
        ) => {
            let currency = &plan.scenario.currency;
            format!(" ({currency} {} a point)", amount(mean))
        }
        _ => String::new(),
    };
    format!("{what} {}{price}.", effects(change, plan))
}

/// What a change does, as far as it is real.
fn effects(change: &Change, plan: &MixPlan) -> String {
    if change.cost.verdict == Verdict::Unknown {
        return "cannot be told from one replication".to_owned();
    }
    let (label, lost) = (&plan.scenario, Measure::Lost);
    let mut parts = Vec::new();
    parts.extend(effect(&Measure::Cost, &change.cost, label));
    parts.extend(effect(&Measure::InTime, &change.in_time, label));
    parts.extend(effect(&lost, &change.lost, label));
    if let Some(net) = &change.net_cost {
        parts.extend(effect(&Measure::NetCost, net, label));
    }
    match parts.split_last() {
        None => "changes nothing that can be told from chance".to_owned(),
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
    }
}

/// What a change does to one figure; nothing where that may be chance.
fn effect(measure: &Measure, tested: &Tested, label: &ScenarioLabel) -> Option<String> {
    if tested.verdict != Verdict::Real {
        return None;
    }
    let is_up = tested.difference.mean > Some(0.0);
    let (many, currency) = (size(measure, tested), &label.currency);
    Some(match (measure, is_up) {
        (Measure::Cost, true) => format!("costs {currency} {many} more"),
        (Measure::Cost, false) => format!("saves {currency} {many}"),
        (Measure::NetCost, true) => format!("makes the net cost {currency} {many} higher"),
        (Measure::NetCost, false) => format!("makes the net cost {currency} {many} lower"),
        (Measure::InTime, true) => format!("brings {many} points in time"),
        (Measure::InTime, false) => format!("takes {many} points in time"),
        (_, true) => format!("loses {many} more"),
        (_, false) => format!("keeps {many}"),
    })
}

/// How long it was searched, in words.
pub(in crate::report) fn ended(ended: Ended) -> &'static str {
    match ended {
        Ended::Converged => "until no step made it better",
        Ended::Work => "until the work allowed was done",
        Ended::Time => "until the time was over",
        Ended::Interrupted => "until it was stopped, so there may be better ones",
    }
}

fn notes(plan: &MixPlan) -> Vec<String> {
    let search = &plan.search;
    let ended = ended(search.ended);
    let unit = plan.scenario.unit();
    let mut notes = vec![
        format!(
            "±  half the width of the 95 % confidence interval over {unit}s; all mixes meet the same customers, who are none of the search's"
        ),
        format!(
            "   searched: {} combinations with {} mixes in {} replications (seed {}), {ended}",
            grouped(search.setups as f64, 0),
            grouped(search.mixes as f64, 0),
            grouped(search.replications as f64, 0),
            search.seed
        ),
        "   steps are greedy and to places nearby: no proof that no other mix is better".to_owned(),
        "   steps away from the best: only what is real of all of them together is told (Holm, 5 %); one head: at the group's peak, elsewhere in".to_owned(),
        "   proportion; other channels, hours and values: with all heads and all else chosen anew within the budget".to_owned(),
        "   in time: of all contacts wanted; standing: whether another mix of the table is as cheap and as good, by their intervals together".to_owned(),
    ];
    notes.extend(plan.warnings.iter().map(|warning| format!("!  {warning}")));
    notes
}
