//! What a variant changes: its figures less those of the base.

use super::cell::{self, NOTHING};
use super::grid::{self, Grid};
use super::queues::title;
use crate::report::figure::Clock;
use crate::stats::summary::{Differences, VariantSummary};

/// The queues that both have, a row each.
pub(super) fn queues(variant: &VariantSummary, differences: &Differences, currency: &str) -> Grid {
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
        let (spread, clock) = match queue.filter(|queue| queue.deferred) {
            Some(queue) => (&measures.response_s, Clock::of(queue)),
            None => (&measures.wait_s, Clock::Calendar),
        };
        let cost = differences.cost.queues.find(name);
        grid.row(vec![
            queue.map_or(name.to_owned(), |queue| title(name, queue)),
            cell::share_difference(&measures.service_level),
            cell::share_difference(&measures.abandonment),
            cell::time_difference(&spread.mean, clock),
            cell::count_difference(&measures.answered),
            cost.map_or(NOTHING.to_owned(), |cost| {
                cell::money_difference(&cost.cost)
            }),
            cost.map_or(NOTHING.to_owned(), |cost| {
                cell::money_difference(&cost.per_contact)
            }),
        ]);
    }
    grid
}

/// Cost and demand of the whole, a line each or more.
pub(super) fn totals(differences: &Differences, currency: &str) -> Vec<String> {
    let cost = &differences.cost;
    let costs = [
        format!(
            "{currency} {} in total",
            cell::money_difference(&cost.total)
        ),
        format!("{} a contact", cell::money_difference(&cost.per_contact)),
    ];
    let demand = &differences.demand;
    let count = |word: &str, figure| format!("{word} {}", cell::count_difference(figure));
    let share = |word: &str, figure| format!("{word} {} pp", cell::share_difference(figure));
    let demands = [
        count("served", &demand.served),
        count("moved", &demand.moved),
        count("lost", &demand.lost),
        count("open at the end", &demand.open_at_end),
    ];
    let shares = [
        share("of wanted: served", &demand.served_share),
        share("lost", &demand.lost_share),
    ];
    [
        grid::listing("Cost", &costs),
        grid::listing("Demand", &demands),
        grid::listing("", &shares),
    ]
    .concat()
}
