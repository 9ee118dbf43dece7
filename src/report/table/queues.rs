//! Queues of a variant, a row each: what they give, and what they take.

use super::cell::{self, NOTHING};
use super::grid::Grid;
use super::notes::{Note, Notes};
use crate::report::figure::{Clock, exact_share, exact_time, promised_level};
use crate::stats::summary::{QueueSummary, TargetSummary, VariantSummary, Verdict};

/// How well customers are served.
pub(super) fn service(variant: &VariantSummary, notes: &mut Notes) -> Grid {
    let mut grid = Grid::new([
        "Queue",
        "Service level, %",
        "Target",
        "Verdict",
        "Days met, %",
        "ASA",
        "Wait mean",
        "Wait p90",
        "Delayed, %",
    ]);
    for (name, queue) in variant.queues.iter() {
        if queue.deferred {
            notes.meet(Note::Deferred);
        }
        let target = promised_level(queue);
        if let Some(definition) = target.and_then(|target| target.definition.as_ref()) {
            notes.definitions.insert(definition.clone());
        }
        let mut mark =
            |measure: &str, text| notes.mark(variant, &format!("queues.{name}.{measure}"), text);
        let measures = &queue.measures;
        let (spread, of, clock) = if queue.deferred {
            (&measures.response_s, "response_s", Clock::of(queue))
        } else {
            (&measures.wait_s, "wait_s", Clock::Calendar)
        };
        let asa = if queue.deferred {
            NOTHING.to_owned()
        } else {
            cell::time(&measures.asa_s, Clock::Calendar)
        };
        let days_met = target.and_then(|target| target.days_met);
        grid.row(vec![
            title(name, queue),
            mark("service_level", cell::share(&measures.service_level)),
            target.map_or(NOTHING.to_owned(), promise),
            target
                .map_or(NOTHING, |target| verdict(target.verdict))
                .to_owned(),
            mark(
                "days_met",
                days_met.map_or(NOTHING.to_owned(), |share| cell::share(&share)),
            ),
            mark("asa_s", asa),
            mark(&format!("{of}.mean"), cell::time(&spread.mean, clock)),
            mark(&format!("{of}.p90"), cell::time(&spread.p90, clock)),
            mark("delayed", cell::share(&measures.delayed)),
        ]);
    }
    grid
}

/// How much there is to do, what becomes of it, and what it costs.
pub(super) fn volume(variant: &VariantSummary, currency: &str, notes: &mut Notes) -> Grid {
    let cost = format!("Cost, {currency}");
    let per_contact = format!("{currency} a contact");
    let mut grid = Grid::new([
        "Queue",
        "Offered",
        "Load, erlangs",
        "Answered",
        "Abandonment, %",
        "Blocked",
        "Open at end",
        &cost,
        &per_contact,
    ]);
    for (name, queue) in variant.queues.iter() {
        let mut mark =
            |measure: &str, text| notes.mark(variant, &format!("queues.{name}.{measure}"), text);
        let measures = &queue.measures;
        let cost = variant.cost.queues.find(name);
        let mut row = vec![
            title(name, queue),
            mark("offered", cell::count(&measures.offered)),
            mark("offered_load", cell::count(&measures.offered_load)),
            mark("answered", cell::count(&measures.answered)),
            mark("abandonment", cell::share(&measures.abandonment)),
            mark("blocked", cell::count(&measures.blocked)),
            mark("open_at_end", cell::count(&measures.open_at_end)),
        ];
        let mut cost_mark = |measure: &str, text| {
            notes.mark(variant, &format!("cost.queues.{name}.{measure}"), text)
        };
        row.push(cost_mark(
            "cost",
            cost.map_or(NOTHING.to_owned(), |cost| cell::money(&cost.cost)),
        ));
        row.push(cost_mark(
            "per_contact",
            cost.map_or(NOTHING.to_owned(), |cost| cell::money(&cost.per_contact)),
        ));
        grid.row(row);
    }
    grid
}

/// Its name, marked if it is deferred.
pub(super) fn title(name: &str, queue: &QueueSummary) -> String {
    if queue.deferred {
        format!("{name} †")
    } else {
        name.to_owned()
    }
}

/// What was promised of a service level.
pub(in crate::report) fn promise(target: &TargetSummary) -> String {
    let share = exact_share(target.limit);
    match target.within_s {
        Some(within) => {
            let clock = Clock::of_target(target);
            let within = cell::by(clock, exact_time(within, clock));
            format!("{share} in {within}")
        }
        None => share,
    }
}

/// A verdict in a word.
pub(in crate::report) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::Missed => "missed",
        Verdict::Undecided => "undecided",
    }
}
