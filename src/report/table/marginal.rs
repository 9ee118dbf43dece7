//! What one agent more or fewer is worth, in tables and in words.

use std::io::{self, Write};

use super::cell::NOTHING;
use super::compare::change;
use super::grid::{Grid, paragraph};
use super::write::basis;
use crate::report::figure::grouped;
use crate::stats::estimate::Estimate;
use crate::stats::measure::{Measure, OfQueue};
use crate::stats::multiple::{Tested, Verdict};
use crate::study::marginal::{GroupStep, Marginal};

/// Writes the margin as tables of at most 120 columns, closed by a line feed.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(marginal: &Marginal, out: &mut impl Write) -> io::Result<()> {
    let label = &marginal.scenario;
    writeln!(out, "{} · {}", label.name, marginal.variant)?;
    writeln!(out, "{}", basis(label))?;
    for agents in [1, -1] {
        let steps = marginal.steps.iter();
        let steps: Vec<&GroupStep> = steps.filter(|step| step.agents == agents).collect();
        writeln!(out)?;
        let grid = of_groups(&steps, agents, &label.currency);
        grid.lines().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    if let Some(grid) = of_value(&marginal.steps, &label.currency) {
        writeln!(out)?;
        grid.lines().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    writeln!(out)?;
    let grid = of_queues(&marginal.steps);
    grid.lines().try_for_each(|line| writeln!(out, "{line}"))?;
    writeln!(out)?;
    for step in ranked(&marginal.steps) {
        let lines = paragraph(&sentence(step, &label.currency, label.days));
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    for group in &marginal.left_out {
        writeln!(out, " Nobody is ever on duty in {group}.")?;
    }
    writeln!(out)?;
    notes(marginal)
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}

/// The customers who get nothing, by what the scenario counts.
pub(in crate::report) fn customers_lost(step: &GroupStep) -> Measure {
    match step.change(&Measure::Gone) {
        Some(_) => Measure::Gone,
        None => Measure::Lost,
    }
}

fn of_groups(steps: &[&GroupStep], agents: i8, currency: &str) -> Grid {
    let (heading, spent) = if agents > 0 {
        ("One agent more", "paid")
    } else {
        ("One agent fewer", "saved")
    };
    let per_point = format!("{currency} {spent} a point");
    let per_customer = format!("{currency} {spent} a customer");
    let cost = format!("Cost, {currency}");
    let headings = [
        heading,
        &cost,
        "In time, pp",
        "Customers lost",
        &per_point,
        &per_customer,
    ];
    let mut grid = Grid::new(headings);
    for step in steps {
        let of = |figure: &Measure| {
            let found = step.change(figure);
            found.map_or(NOTHING.to_owned(), |tested| told(figure, tested))
        };
        grid.row(vec![
            step.group.clone(),
            of(&Measure::Cost),
            of(&Measure::InTime),
            of(&customers_lost(step)),
            price(&step.cost_per_point),
            price(&step.cost_per_customer),
        ]);
    }
    grid
}

/// What the scenario's assumptions make of it; nothing where it has none.
fn of_value(steps: &[GroupStep], currency: &str) -> Option<Grid> {
    let lost = format!("Value lost, {currency}");
    let net = format!("Cost + value lost − revenue, {currency}");
    let mut grid = Grid::new(["By assumption", "One agent", &lost, &net]);
    for step in steps {
        let [lost, net] = [Measure::ValueLost, Measure::NetCost].map(|figure| {
            let found = step.change(&figure);
            found.map(|tested| told(&figure, tested))
        });
        let way = if step.agents > 0 { "more" } else { "fewer" };
        grid.row(vec![step.group.clone(), way.to_owned(), lost?, net?]);
    }
    Some(grid)
}

/// Service level and abandonment of the queues that change for real.
fn of_queues(steps: &[GroupStep]) -> Grid {
    let mut grid = Grid::new(["Queue", "One agent", "Service level, pp", "Abandonment, pp"]);
    let mut queues: Vec<&str> = Vec::new();
    for difference in steps.iter().flat_map(|step| &step.differences) {
        if let Measure::Queue(queue, _) = &difference.figure
            && !queues.contains(&queue.as_str())
        {
            queues.push(queue);
        }
    }
    for queue in queues {
        for step in steps {
            let figures = [OfQueue::ServiceLevel, OfQueue::Abandonment]
                .map(|of| Measure::Queue(queue.to_owned(), of));
            let found = figures.each_ref().map(|figure| step.change(figure));
            let is_told = |tested: &Tested| tested.verdict != Verdict::Same;
            if found.iter().flatten().any(|tested| is_told(tested)) {
                let way = if step.agents > 0 { "more" } else { "fewer" };
                let mut row = vec![queue.to_owned(), format!("{way} in {}", step.group)];
                row.extend(figures.iter().zip(found).map(|(figure, tested)| {
                    tested.map_or(NOTHING.to_owned(), |tested| told(figure, tested))
                }));
                grid.row(row);
            }
        }
    }
    grid
}

/// A change, marked where it is real.
pub(in crate::report) fn told(figure: &Measure, tested: &Tested) -> String {
    let mark = if tested.verdict == Verdict::Real {
        "*"
    } else {
        ""
    };
    format!("{}{mark}", change(figure, &tested.difference))
}

/// A price with the ends of its interval, which is not even.
pub(in crate::report) fn price(price: &Estimate) -> String {
    let (Some(mean), Some(lo), Some(hi)) = (price.mean, price.lo, price.hi) else {
        return NOTHING.to_owned();
    };
    format!("{} ({} to {})", amount(mean), amount(lo), amount(hi))
}

/// Money to the unit, or to hundredths where it is little.
pub(super) fn amount(value: f64) -> String {
    let decimals = if value.abs() >= 100.0 { 0 } else { 2 };
    grouped(value, decimals)
}

/// One agent more first, and of each way the cheapest customer first; those whose price is not known come last.
pub(in crate::report) fn ranked(steps: &[GroupStep]) -> Vec<&GroupStep> {
    let mut ranked: Vec<&GroupStep> = steps.iter().collect();
    let key = |step: &GroupStep| {
        let price = step.cost_per_customer;
        let known = price.lo.and(price.mean);
        known.map_or(f64::INFINITY, |price| f64::from(step.agents) * price)
    };
    ranked.sort_by(|one, other| {
        let by_way = other.agents.cmp(&one.agents);
        by_way.then(key(one).total_cmp(&key(other)))
    });
    ranked
}

/// The change of a figure, where it is real.
fn real<'a>(step: &'a GroupStep, figure: &Measure) -> Option<&'a Tested> {
    let change = step.change(figure);
    change.filter(|tested| tested.verdict == Verdict::Real)
}

/// A change without its direction.
pub(super) fn size(figure: &Measure, tested: &Tested) -> String {
    let mean = tested.difference.mean.unwrap_or_default().abs();
    let half = tested.difference.half_width().unwrap_or_default();
    let text = change(figure, &Estimate::around(mean, half));
    text.trim_start_matches('+').to_owned()
}

/// What an agent buys, in words.
pub(in crate::report) fn sentence(step: &GroupStep, currency: &str, days: u32) -> String {
    let way = if step.agents > 0 { "more" } else { "fewer" };
    let period = match days {
        1 => "day".to_owned(),
        days => format!("{days} days"),
    };
    let cost = real(step, &Measure::Cost).map(|cost| {
        let is_dearer = cost.difference.mean > Some(0.0);
        let verb = if is_dearer { "costs" } else { "saves" };
        format!(
            "{verb} {currency} {} in {period}",
            size(&Measure::Cost, cost)
        )
    });
    let service: Vec<String> = [
        (Measure::InTime, &step.cost_per_point),
        (customers_lost(step), &step.cost_per_customer),
    ]
    .into_iter()
    .filter_map(|(figure, price)| served(step, &figure, price, currency))
    .collect();
    let untested = step
        .change(&Measure::Cost)
        .is_some_and(|tested| tested.verdict == Verdict::Unknown);
    if untested {
        return format!(
            "One agent {way} in {}: nothing can be told from one replication.",
            step.group
        );
    }
    let rest = match (service.is_empty(), cost.is_some()) {
        (true, true) => "; what it does to service cannot be told from chance",
        (true, false) => "changes nothing that can be told from chance",
        (false, _) => "",
    };
    let parts: Vec<String> = cost.into_iter().chain(service).collect();
    format!(
        "One agent {way} in {} {}{rest}{}.",
        step.group,
        parts.join(", "),
        in_all(step, currency)
    )
}

/// What remains once customers are given the value that the scenario assumes; nothing where that is not real.
fn in_all(step: &GroupStep, currency: &str) -> String {
    let net = real(step, &Measure::NetCost);
    net.map_or(String::new(), |net| {
        let is_better = net.difference.mean < Some(0.0);
        let word = if is_better { "better" } else { "worse" };
        let size = size(&Measure::NetCost, net);
        format!(
            "; with what customers are assumed to be worth, that is {currency} {size} {word} in all"
        )
    })
}

/// What an agent does to service, with the price of each unit; nothing where that is not real.
fn served(step: &GroupStep, figure: &Measure, price: &Estimate, currency: &str) -> Option<String> {
    let tested = real(step, figure)?;
    let many = size(figure, tested);
    let each = price.mean.filter(|_| price.lo.is_some());
    let each = each.map_or(String::new(), |each| {
        format!(" ({currency} {} each)", amount(each))
    });
    let is_up = tested.difference.mean > Some(0.0);
    Some(match (figure, is_up) {
        (Measure::InTime, true) => format!("brings {many} points more in time{each}"),
        (Measure::InTime, false) => format!("takes {many} points in time{each}"),
        (_, true) => format!("loses {many} customers{each}"),
        (_, false) => format!("keeps {many} customers{each}"),
    })
}

fn notes(marginal: &Marginal) -> Vec<String> {
    let unit = marginal.scenario.unit();
    if marginal.scenario.batches < 2 {
        return vec!["   one replication, so no confidence intervals and no tests".to_owned()];
    }
    vec![
        format!("±  half the width of the 95 % confidence interval over {unit}s; both staffings meet the same customers; pp = percentage points"),
        "*  real: tested together with all other figures of this page (Holm, 5 %); only what is real is told in words".to_owned(),
        "   one agent: a head in every interval that has any; of shifts, all days of one agent of the largest; of a roster, of one agent".to_owned(),
        "   in time: of all contacts wanted; a point, a customer: 95 % intervals in brackets (Fieller), - where the gain may be none".to_owned(),
    ]
}
