//! What a variant changes: its figures less those of the base.

use super::cell::{self, NOTHING};
use super::grid::{self, Grid};
use super::notes::Notes;
use super::queues::title;
use crate::report::figure::Clock;
use crate::stats::estimate::Estimate;
use crate::stats::summary::{Differences, VariantSummary};

/// The queues that both have, a row each.
pub(super) fn queues(
    variant: &VariantSummary,
    differences: &Differences,
    currency: &str,
    notes: &mut Notes,
) -> Grid {
    let cost = format!("Cost, {currency}");
    let per_contact = format!("{currency} a contact");
    let mut grid = Grid::new([
        "Queue",
        "Service level, pp",
        "Abandonment, pp",
        "Wait mean",
        "Answered",
        &cost,
        &per_contact,
    ]);
    for (name, measures) in differences.queues.iter() {
        let queue = variant.queues.find(name);
        let (of, spread, clock) = match queue.filter(|queue| queue.deferred) {
            Some(queue) => ("response_s", &measures.response_s, Clock::of(queue)),
            None => ("wait_s", &measures.wait_s, Clock::Calendar),
        };
        let mut mark = |part: &str, measure: &str, text| {
            notes.mark(
                variant,
                &format!("differences.{part}queues.{name}.{measure}"),
                text,
            )
        };
        let cost = differences.cost.queues.find(name);
        let mut money = |measure: &str, figure: Option<&Estimate>| {
            figure.map_or(NOTHING.to_owned(), |figure| {
                mark("cost.", measure, cell::money_difference(figure))
            })
        };
        let costs = [
            money("cost", cost.map(|cost| &cost.cost)),
            money("per_contact", cost.map(|cost| &cost.per_contact)),
        ];
        let mut of_queue = |measure: &str, text| mark("", measure, text);
        let mut row = vec![
            queue.map_or(name.to_owned(), |queue| title(name, queue)),
            of_queue(
                "service_level",
                cell::share_difference(&measures.service_level),
            ),
            of_queue("abandonment", cell::share_difference(&measures.abandonment)),
            of_queue(
                &format!("{of}.mean"),
                cell::time_difference(&spread.mean, clock),
            ),
            of_queue("answered", cell::count_difference(&measures.answered)),
        ];
        row.extend(costs);
        grid.row(row);
    }
    grid
}

/// Cost and demand of the whole, a line each or more.
pub(super) fn totals(
    variant: &VariantSummary,
    differences: &Differences,
    currency: &str,
    notes: &mut Notes,
) -> Vec<String> {
    let mut mark = |path: &str, text| notes.mark(variant, &format!("differences.{path}"), text);
    let cost = &differences.cost;
    let total = mark("cost.total", cell::money_difference(&cost.total));
    let each = cell::money_difference(&cost.per_contact);
    let costs = [
        format!("{currency} {total} in total"),
        format!("{} a contact", mark("cost.per_contact", each)),
    ];
    let demand = &differences.demand;
    let mut count = |word: &str, path: &str, figure| {
        let text = mark(&format!("demand.{path}"), cell::count_difference(figure));
        format!("{word} {text}")
    };
    let demands = [
        count("served", "served", &demand.served),
        count("moved", "moved", &demand.moved),
        count("lost", "lost", &demand.lost),
        count("open at the end", "open_at_end", &demand.open_at_end),
    ];
    let mut share = |word: &str, path: &str, figure| {
        let text = mark(&format!("demand.{path}"), cell::share_difference(figure));
        format!("{word} {text} pp")
    };
    let shares = [
        share("of wanted: served", "served_share", &demand.served_share),
        share("lost", "lost_share", &demand.lost_share),
    ];
    [
        grid::listing("Cost", &costs),
        grid::listing("Demand", &demands),
        grid::listing("", &shares),
    ]
    .concat()
}
