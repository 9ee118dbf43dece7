//! Which queues are of the kind that [`alone`](super::alone) covers, and what they gain at most in each slot.

use std::collections::BTreeMap;

use crate::dist::Family;
use crate::ids::{Id, QueueId};
use crate::scenario::load;
use crate::scenario::model::{Law, Model, Queue, Yields};

use super::alone::Alone;
use super::flow::Flow;
use super::grid::Grid;
use super::must::Must;

/// Above so many contacts in hand, chance takes little beside the work, and the chains grow long.
const MOST_IN_HAND: f64 = 300.0;
/// Rates that differ by less are the same.
const SAME: f64 = 1e-9;

/// Corners of a concave line: heads present, and the most surplus.
pub(super) type Hull = Vec<(f64, f64)>;

/// By place in the order of slots: corners of the most surplus by heads present. `None` where the queue is of another kind.
pub(super) fn hulls(
    model: &Model,
    grid: &Grid,
    flow: &Flow,
    must: &Must,
) -> Option<(QueueId, Vec<Hull>)> {
    let queue = &model.queues[must.queue];
    if !must.is_timed || !is_plain(model, must.queue) {
        return None;
    }
    let alone = of_queue(queue, grid).filter(Alone::is_covered)?;
    let rates = rates(model, grid, must.queue)?;
    let decay = (-alone.leaving * alone.slot_s).exp();
    let mut in_hand = 0.0;
    let mut known: BTreeMap<(u64, u64), Vec<(f64, f64)>> = BTreeMap::new();
    let mut hulls = Vec::new();
    for &slot in &flow.order {
        let rate = rates[slot] / 3_600.0;
        let load = rate / alone.leaving;
        if load.max(in_hand) > MOST_IN_HAND {
            return None;
        }
        let key = (rate.to_bits(), f64::to_bits(in_hand));
        let hull = known
            .entry(key)
            .or_insert_with(|| alone.hull(rate, in_hand));
        hulls.push(if rate > 0.0 { hull.clone() } else { Vec::new() });
        in_hand = load + (in_hand - load) * decay;
    }
    Some((must.queue, hulls))
}

fn exponential(law: &Law) -> Option<f64> {
    match (law.sampler.family(), &law.mean) {
        (Family::Exponential { mean }, None) => Some(*mean),
        _ => None,
    }
}

fn of_queue(queue: &Queue, grid: &Grid) -> Option<Alone> {
    let level = queue.target.as_ref()?.service_level.as_ref()?;
    let fastest = queue.servers.iter().map(|server| server.speed);
    let fastest = fastest.fold(0.0, f64::max);
    let patience_s = queue.patience.as_ref().map(exponential);
    let impatience = match patience_s {
        None => 0.0,
        Some(mean) => 1.0 / mean?,
    };
    Some(Alone {
        slot_s: grid.interval.as_seconds(),
        leaving: fastest / exponential(&queue.handle_time)?,
        impatience,
        within_s: level.within.as_seconds(),
        share: level.share,
        definition: level.definition,
    })
}

/// Whether nothing but service and patience takes its contacts away, one agent each.
fn is_plain(model: &Model, id: QueueId) -> bool {
    let queue = &model.queues[id];
    let level = queue
        .target
        .as_ref()
        .and_then(|target| target.service_level.as_ref());
    let one_by_one = |server: &crate::scenario::model::Server| {
        let group = &model.groups[server.group];
        server.at_once == 1
            && server.yields != Yields::GivesWay
            && (group.pace[0] - 1.0).abs() < SAME
    };
    !queue.deferred
        && queue.wrap_up.is_none()
        && queue.journey.dialogue.is_none()
        && queue.backlog.count == 0
        && level.is_some_and(|level| level.open_hours.is_none())
        && queue.servers.iter().all(one_by_one)
        && model.shared_day_cv <= 0.0
        && feeds_are_poisson(model, id)
}

/// Whether no day is busier than another by chance.
fn feeds_are_poisson(model: &Model, id: QueueId) -> bool {
    model.sources.values().all(|source| {
        let feeds = source.own == Some(id) || source.moves.iter().any(|to| to.to == id);
        !feeds || source.day_cv <= 0.0
    })
}

/// Contacts an hour by slot; `None` where they are not the same throughout a slot and in all weeks.
fn rates(model: &Model, grid: &Grid, id: QueueId) -> Option<Vec<f64>> {
    let queue = &model.queues[id];
    let feeds = &load::feeds(model)[id.index()];
    let mut rates: Vec<Option<f64>> = vec![None; grid.slots()];
    for piece in model.calendar.pieces() {
        if piece.end <= model.warm_up {
            continue;
        }
        let rate: f64 = feeds
            .iter()
            .map(|(rate, share)| rate.at(&piece) * share)
            .sum();
        let open = load::accepted(queue, &piece);
        if open > 0.0 && open < 1.0 {
            return None;
        }
        let rate = rate * open;
        let slot = grid.slot(&piece);
        match rates[slot] {
            Some(known) if (known - rate).abs() > SAME * known => return None,
            _ => rates[slot] = Some(rate),
        }
    }
    Some(rates.into_iter().map(Option::unwrap_or_default).collect())
}
