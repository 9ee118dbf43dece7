//! Hours in which somebody has to be there: wherever contacts of a queue come that want an answer at once and the file has somebody for them. A promise
//! over the day or the horizon says nothing of a single interval, and service that is given up before closing may be the cheapest; a planner who
//! opens a line until six does not mean that. `unattended = true` in `[plan]` allows it.

use std::collections::BTreeMap;

use crate::ids::{GroupId, QueueId};
use crate::scenario::model::Model;

use super::flow::Flow;
use super::grid::{Grid, Heads};
use super::space::{Rule, RuleKind, Space};

/// An interval of a queue in which the file has somebody for those who come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attended {
    pub(super) queue: QueueId,
    pub(super) slot: usize,
}

/// All of them, queue by queue.
pub(super) fn attended(model: &Model, grid: &Grid, of_file: &Heads) -> Vec<Attended> {
    let flow = Flow::of_first_contacts(model, grid);
    let real_time = model.queues.iter().filter(|(_, queue)| !queue.deferred);
    let of_queue = |queue: QueueId| {
        let contacts = &flow.contacts[queue];
        let slots = grid.used().filter(|&slot| contacts[slot] > 0.0);
        let slots = slots.map(|slot| Attended { queue, slot });
        slots
            .filter(|attended| attended.is_by(model, of_file))
            .collect::<Vec<_>>()
    };
    real_time.flat_map(|(id, _)| of_queue(id)).collect()
}

impl Attended {
    /// Whether these heads have somebody for the queue then.
    pub(super) fn is_by(&self, model: &Model, heads: &Heads) -> bool {
        self.groups(model).any(|group| heads[group][self.slot] > 0)
    }

    fn groups<'a>(&self, model: &'a Model) -> impl Iterator<Item = GroupId> + 'a {
        let servers = model.queues[self.queue].servers.iter();
        servers.map(|server| server.group)
    }
}

/// Asks of a space that somebody is there then, by one of several columns at least; of single heads by a lower limit where only one column could be
/// taken. Where nobody may be there, nothing is asked.
pub(super) fn ask(space: &mut Space, model: &Model, all: &[Attended]) {
    if model.may_be_unattended {
        return;
    }
    let mut there: BTreeMap<(GroupId, usize), Vec<usize>> = BTreeMap::new();
    for (number, column) in space.columns.iter().enumerate() {
        for &(group, slot, heads) in &column.cells {
            if heads > 0.0 && column.max > 0 {
                there.entry((group, slot)).or_default().push(number);
            }
        }
    }
    let is_by_shift = space.is_by_shift();
    let choices = all.iter().filter_map(|attended| {
        if attended.is_by(model, &space.fixed) {
            return None;
        }
        let groups = attended.groups(model);
        let columns = groups.filter_map(|group| there.get(&(group, attended.slot)));
        let mut columns: Vec<usize> = columns.flatten().copied().collect();
        columns.sort_unstable();
        columns.dedup();
        (!columns.is_empty()).then_some(columns)
    });
    for columns in fewest(choices.collect()) {
        match columns[..] {
            // A duty comes with its breaks: it is never taken for itself.
            [only] if !is_by_shift => space.columns[only].min = space.columns[only].min.max(1),
            _ => space.rules.push(Rule {
                kind: RuleKind::Attended,
                terms: columns.into_iter().map(|column| (column, 1.0)).collect(),
                min: 1.0,
                max: f64::INFINITY,
            }),
        }
    }
}

/// Those that no other implies: whoever is in some of the columns is in all sets that have these and more.
fn fewest(mut sets: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    sets.sort_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
    let mut kept: Vec<Vec<usize>> = Vec::new();
    for set in sets {
        let has = |column: &usize| set.binary_search(column).is_ok();
        if !kept.iter().any(|fewer| fewer.iter().all(has)) {
            kept.push(set);
        }
    }
    kept
}
