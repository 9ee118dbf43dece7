//! Groups of a variant, a row each; and what else was promised.

use super::cell::{self, NOTHING};
use super::grid::Grid;
use super::notes::Notes;
use super::queues::verdict;
use crate::report::figure::{Clock, exact_share, exact_time};
use crate::stats::summary::{TargetSummary, VariantSummary};

/// What groups work and cost.
pub(super) fn work(variant: &VariantSummary, currency: &str, notes: &mut Notes) -> Grid {
    let cost = format!("Cost, {currency}");
    let mut grid = Grid::new([
        "Group",
        "Paid h",
        "FTE",
        "Staffed h",
        "Occupancy, %",
        "Utilisation, %",
        "Concurrency",
        "Overtime h",
        &cost,
    ]);
    for (name, group) in variant.groups.iter() {
        let mut mark =
            |measure: &str, text| notes.mark(variant, &format!("groups.{name}.{measure}"), text);
        let measures = &group.measures;
        let mut row = vec![
            name.to_owned(),
            mark("paid_h", cell::count(&measures.paid_h)),
            mark("fte", cell::count(&measures.fte)),
            mark("staffed_h", cell::count(&measures.staffed_h)),
            mark("occupancy", cell::share(&measures.occupancy)),
            mark("utilisation", cell::share(&measures.utilisation)),
            mark("mean_concurrency", cell::ratio(&measures.mean_concurrency)),
            mark("overtime_h", cell::count(&measures.overtime_h)),
        ];
        let cost = variant
            .cost
            .groups
            .find(name)
            .map_or(NOTHING.to_owned(), cell::money);
        row.push(notes.mark(variant, &format!("cost.groups.{name}"), cost));
        grid.row(row);
    }
    grid
}

/// What it took agents to turn from one contact to another, where that is counted.
pub(super) fn changeovers(variant: &VariantSummary, notes: &mut Notes) -> Option<Grid> {
    let mut grid = Grid::new([
        "Group",
        "Set aside",
        "Switches",
        "Hours that took",
        "Of busy time, %",
    ]);
    let mut is_any = false;
    for (name, group) in variant.groups.iter() {
        let Some(of) = &group.measures.changeovers else {
            continue;
        };
        is_any = true;
        let mut mark = |measure: &str, text| {
            notes.mark(
                variant,
                &format!("groups.{name}.changeovers.{measure}"),
                text,
            )
        };
        grid.row(vec![
            name.to_owned(),
            mark("interruptions", cell::count(&of.interruptions)),
            mark("switches", cell::count(&of.switches)),
            mark("work_h", cell::count(&of.work_h)),
            mark("share_of_busy", cell::share(&of.share_of_busy)),
        ]);
    }
    is_any.then_some(grid)
}

/// Promises other than service levels, one a line.
pub(super) fn further_targets(variant: &VariantSummary, notes: &mut Notes) -> Vec<String> {
    let of_queues = variant
        .queues
        .iter()
        .flat_map(|(name, queue)| queue.targets.iter().map(move |target| (name, target)));
    let of_groups = variant
        .groups
        .iter()
        .flat_map(|(name, group)| group.targets.iter().map(move |target| (name, target)));
    of_queues
        .chain(of_groups)
        .filter(|(_, target)| target.measure != "service_level")
        .map(|(name, target)| further(name, target))
        .inspect(|line| notes.see(line))
        .collect()
}

fn further(name: &str, target: &TargetSummary) -> String {
    let (measure, limit, value) = if target.measure.ends_with("_s") {
        let measure = if target.measure == "asa_s" {
            "ASA"
        } else {
            target.measure.trim_end_matches("_s")
        };
        (
            measure,
            exact_time(target.limit, Clock::Calendar),
            cell::time(&target.value, Clock::Calendar),
        )
    } else {
        (
            target.measure.as_str(),
            exact_share(target.limit),
            format!("{} %", cell::share(&target.value)),
        )
    };
    format!(
        "{name}: {measure} at most {limit}: {value}, {}",
        verdict(target.verdict)
    )
}
