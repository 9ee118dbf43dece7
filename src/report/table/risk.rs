//! What is likely where inputs are uncertain.

use std::io::{self, Write};

use super::cell::NOTHING;
use super::grid::{Grid, paragraph};
use crate::report::figure::{Clock, exact_share, exact_time, grouped};
use crate::stats::estimate::Estimate;
use crate::study::risk::find::{BudgetRisk, Likely, Risk, TargetRisk};

/// Writes chances, likely ranges and the worst days as tables of at most 120 columns, closed by a line feed.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(risk: &Risk, out: &mut impl Write) -> io::Result<()> {
    let label = &risk.scenario;
    writeln!(out, "{} · {}", label.name, risk.variant)?;
    writeln!(
        out,
        "{} from {} ({}), {} worlds of {} each, seed {}",
        many(u64::from(label.days), "day"),
        label.start,
        label.time_zone,
        risk.worlds,
        many(risk.replications_per_world, "replication"),
        label.seed
    )?;
    for grid in [inputs(risk), targets(risk), ranges(risk)] {
        writeln!(out)?;
        grid.lines().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    if let Some(budget) = &risk.budget {
        writeln!(out)?;
        for line in paragraph(&of_budget(budget, &label.currency)) {
            writeln!(out, "{line}")?;
        }
    }
    writeln!(out)?;
    for line in NOTES {
        writeln!(out, "{line}")?;
    }
    if risk.net_cost.is_some() {
        writeln!(out, "{VALUE}")?;
    }
    Ok(())
}

const NOTES: [&str; 4] = [
    "   a world: one draw of all that is uncertain; a horizon: one replication of the days simulated",
    "   chance: share of worlds whose figure over all of their replications keeps the target, with its 95 % interval (Clopper, Pearson)",
    "   10 %, 90 %: of single horizons so many lie below (95 % interval over worlds); worst tenth: of all days, mean service level",
    "   from inputs: share of the variance over horizons that knowing the inputs would take away; the rest is chance",
];

const VALUE: &str = "   value lost: by what the scenario assumes of its customers; net cost: cost + value lost − revenue";

fn many(number: u64, thing: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {thing}{ending}", grouped(number as f64, 0))
}

fn inputs(risk: &Risk) -> Grid {
    let mut grid = Grid::new(["Uncertain", "Low", "High", "Mean drawn"]);
    for input in &risk.inputs {
        let amounts = [input.low, input.high, input.mean].map(short);
        let mut row = vec![input.key.clone()];
        row.extend(amounts);
        grid.row(row);
    }
    grid
}

fn targets(risk: &Risk) -> Grid {
    let mut grid = Grid::new([
        "Target",
        "Chance, %",
        "10 %",
        "50 %",
        "90 %",
        "From inputs, %",
        "Days met, %",
        "Worst tenth, %",
    ]);
    for target in &risk.targets {
        let of = |value: Estimate| {
            let mean = value.mean;
            mean.map_or(NOTHING.to_owned(), |value| told(target, value))
        };
        let likely = &target.likely;
        grid.row(vec![
            promise(target),
            interval(&target.chance),
            of(likely.p10),
            of(likely.p50),
            of(likely.p90),
            from_inputs(likely),
            target
                .days_met
                .as_ref()
                .map_or(NOTHING.to_owned(), super::cell::share),
            percent(target.worst_tenth_of_days),
        ]);
    }
    grid
}

/// A row a quantile, so that the ends of its interval have room.
fn ranges(risk: &Risk) -> Grid {
    let currency = &risk.scenario.currency;
    let mut columns = vec![
        (format!("Cost, {currency}"), &risk.cost),
        ("Customers lost".to_owned(), &risk.lost),
    ];
    let value = |name: &str| format!("{name}, {currency}");
    columns.extend(risk.value_lost.iter().map(|of| (value("Value lost"), of)));
    columns.extend(risk.net_cost.iter().map(|of| (value("Net cost"), of)));
    let headings = columns.iter().map(|(heading, _)| heading.as_str());
    let mut grid = Grid::new(std::iter::once("").chain(headings));
    let mut row = |name: &str, of: &dyn Fn(&Likely) -> String| {
        let cells = columns.iter().map(|(_, likely)| of(likely));
        grid.row(std::iter::once(name.to_owned()).chain(cells).collect());
    };
    row("Mean", &|of| of.mean.map_or(NOTHING.to_owned(), number));
    row("10 %", &|of| with_ends(&of.p10));
    row("50 %", &|of| with_ends(&of.p50));
    row("90 %", &|of| with_ends(&of.p90));
    row("From inputs, %", &from_inputs);
    grid
}

fn number(value: f64) -> String {
    grouped(value, 0)
}

fn with_ends(figure: &Estimate) -> String {
    let Some(mean) = figure.mean.map(number) else {
        return NOTHING.to_owned();
    };
    match (figure.lo.map(number), figure.hi.map(number)) {
        (Some(lo), Some(hi)) if lo != hi => format!("{mean} ({lo} to {hi})"),
        _ => mean,
    }
}

/// `phone 80 % in 20 s`
fn promise(target: &TargetRisk) -> String {
    let queue = &target.queue;
    match (target.measure, target.within_s) {
        ("service_level", Some(within)) => {
            let within = exact_time(within, Clock::Calendar);
            format!("{queue} {} in {within}", exact_share(target.limit))
        }
        ("asa_s", _) => format!(
            "{queue} ASA up to {}",
            exact_time(target.limit, Clock::Calendar)
        ),
        _ => format!("{queue} abandonment up to {}", exact_share(target.limit)),
    }
}

fn told(target: &TargetRisk, value: f64) -> String {
    match target.measure {
        "asa_s" => format!("{} s", grouped(value, 1)),
        _ => percent(Some(value)),
    }
}

fn percent(share: Option<f64>) -> String {
    share.map_or(NOTHING.to_owned(), |share| grouped(100.0 * share, 1))
}

fn from_inputs(likely: &Likely) -> String {
    let share = likely.variance.and_then(|split| split.inputs_share);
    share.map_or(NOTHING.to_owned(), |share| grouped(100.0 * share, 0))
}

fn interval(chance: &Estimate) -> String {
    match (chance.mean, chance.lo, chance.hi) {
        (Some(_), Some(_), Some(_)) => {
            let [mean, lo, hi] = [chance.mean, chance.lo, chance.hi].map(percent);
            format!("{mean} ({lo} to {hi})")
        }
        _ => percent(chance.mean),
    }
}

fn short(value: f64) -> String {
    let text = grouped(value, if value.abs() >= 100.0 { 1 } else { 3 });
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn of_budget(budget: &BudgetRisk, currency: &str) -> String {
    let excess = budget.mean_excess.map_or(String::new(), |excess| {
        format!(
            "; where it is overspent, by {currency} {} on average",
            grouped(excess, 0)
        )
    });
    format!(
        "Budget of {currency} {}: kept in {} % of worlds, {} % of single horizons{excess}.",
        grouped(budget.limit, 0),
        interval(&budget.worlds),
        percent(Some(budget.horizons))
    )
}
