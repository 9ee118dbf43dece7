//! What a variant changes: its figures less those of the base.

use super::cell::{self, NOTHING};
use super::grid::{self, Grid};
use super::queues::title;
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
        let deferred = queue.is_some_and(|queue| queue.deferred);
        let spread = if deferred {
            &measures.response_s
        } else {
            &measures.wait_s
        };
        let cost = differences.cost.queues.find(name);
        grid.row(vec![
            queue.map_or(name.to_owned(), |queue| title(name, queue)),
            cell::share_difference(&measures.service_level),
            cell::share_difference(&measures.abandonment),
            cell::time_difference(&spread.mean),
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
    let demands = [
        ("served", &demand.served),
        ("moved", &demand.moved),
        ("lost", &demand.lost),
        ("open at the end", &demand.open_at_end),
    ];
    let demands =
        demands.map(|(word, figure)| format!("{word} {}", cell::count_difference(figure)));
    [
        grid::listing("Cost", &costs),
        grid::listing("Demand", &demands),
    ]
    .concat()
}
