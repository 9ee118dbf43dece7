//! Where a search for staffing begins: a first guess of heads from the queue models, and the heads that the work alone takes.
//!
//! Each real-time queue's work goes to the groups that do it at least cost, slot by slot, within what groups may have. Each group gets heads
//! for its part of it and beside them a safety: what the queue model asks above the load, in proportion to the part; safeties of several
//! queues in one group add up as squares do, since the queues do not peak together. Deferred work then fills what is idle and takes heads
//! where they cost least, within its deadlines. Heads are what is present, made gross by shrinkage and absence and rounded up.

use crate::ids::{GroupId, QueueId, Table};
use crate::scenario::model::{Model, Planned, Queue, Server};

use super::backlog::{Backlog, Done};
use super::flow::Flow;
use super::grid::{Grid, Heads};
use super::need::{self, Formula, Need};
use super::programme::{Limits, Programme, Variable};

/// What work costs beside that no head is there to do it, as a multiple of the dearest head.
const UNDONE: f64 = 1_000.0;
/// What rounding errors may add to a whole number of heads.
const ROUNDING: f64 = 1e-6;

/// A first guess.
#[derive(Debug, Clone, PartialEq)]
pub struct First {
    /// Paid heads by group and slot, within what groups may have.
    pub heads: Heads,
    /// Paid heads that the work alone takes, by group and slot.
    pub load: Table<GroupId, Vec<f64>>,
}

/// A group serving a real-time queue.
struct Served<'a> {
    queue: QueueId,
    server: &'a Server,
    speed: f64,
    need: Need,
}

/// Guesses. `file` are the heads of the file: those of groups whose staff is fixed.
pub fn guess(model: &Model, grid: &Grid, file: &Heads) -> First {
    let flow = Flow::new(model, grid);
    let limits = Present::new(model, grid, file);
    let served = served(model, grid, &flow);
    let parts = parts(model, &flow, &limits, &served);
    let mut busy: Table<GroupId, Vec<f64>> = zeros(model, grid);
    let mut safety: Table<GroupId, Vec<f64>> = zeros(model, grid);
    for (served, parts) in served.iter().zip(&parts) {
        let group = served.server.group;
        for &slot in &flow.order {
            let Need { agents, busy: all } = &served.need;
            busy[group][slot] += parts[slot] * all[slot];
            safety[group][slot] += (parts[slot] * (agents[slot] - all[slot])).powi(2);
        }
    }
    for safety in safety.values_mut().flatten() {
        *safety = safety.sqrt();
    }
    let Done { taken, heads } = Backlog::new(model, grid, &flow).done(&limits, &busy, &safety);
    let mut first = First {
        heads: zeros(model, grid),
        load: zeros(model, grid),
    };
    for (id, _) in model.groups.iter() {
        for &slot in &flow.order {
            let share = limits.share[id];
            first.load[id][slot] = (busy[id][slot] + taken[id][slot]) / share;
            first.heads[id][slot] = limits.gross(id, slot, heads[id][slot]);
        }
    }
    first
}

/// Heads present of those paid, and how many there may be.
pub(super) struct Present<'a> {
    grid: &'a Grid,
    file: &'a Heads,
    /// By group: present of one paid head, in the mean.
    pub(super) share: Table<GroupId, f64>,
    /// By group: the fewest and most paid heads by slot.
    limits: Table<GroupId, Vec<(u32, u32)>>,
    /// By group: whether heads are there anyway.
    pub(super) is_fixed: Table<GroupId, bool>,
}

impl<'a> Present<'a> {
    fn new(model: &Model, grid: &'a Grid, file: &'a Heads) -> Self {
        let limits = model.groups.iter().map(|(id, group)| match group.plan {
            Planned::Fixed => file[id].iter().map(|&heads| (heads, heads)).collect(),
            Planned::Within { min, max } => vec![(min, max); grid.slots()],
        });
        let share = model.groups.values().map(|group| {
            let absence = group.attendance.as_ref().map_or(0.0, |draws| draws.absence);
            (1.0 - group.shrinkage) * (1.0 - absence)
        });
        let groups = model.groups.values();
        Self {
            grid,
            file,
            share: share.collect(),
            limits: limits.collect(),
            is_fixed: groups.map(|group| group.plan == Planned::Fixed).collect(),
        }
    }

    /// The fewest and the most heads present.
    pub(super) fn within(&self, group: GroupId, slot: usize) -> (f64, f64) {
        let (min, max) = self.limits[group][slot];
        let share = self.share[group];
        (f64::from(min) * share, f64::from(max) * share)
    }

    /// Whether anybody is there in the file.
    pub(super) fn works(&self, group: GroupId, slot: usize) -> bool {
        self.file[group][slot] > 0
    }

    /// What one more head present costs over the horizon.
    pub(super) fn cost(&self, group: GroupId, slot: usize) -> f64 {
        if self.is_fixed[group] {
            return 0.0;
        }
        self.grid.cost[group][slot] / self.share[group]
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "cut to what a group may have"
    )]
    fn gross(&self, group: GroupId, slot: usize, present: f64) -> u32 {
        let (min, max) = self.limits[group][slot];
        let wanted = (present / self.share[group] - ROUNDING).ceil().max(0.0) as u32;
        wanted.clamp(min, max)
    }
}

pub(super) fn zeros<T: Copy + Default>(model: &Model, grid: &Grid) -> Table<GroupId, Vec<T>> {
    let groups = model.groups.ids();
    groups.map(|_| vec![T::default(); grid.slots()]).collect()
}

/// Whether agents have to be there for a queue as its contacts come.
fn is_real_time(queue: &Queue) -> bool {
    !queue.deferred
}

fn served<'a>(model: &'a Model, grid: &Grid, flow: &Flow) -> Vec<Served<'a>> {
    let queues = model.queues.iter().filter(|(_, queue)| is_real_time(queue));
    let pairs = queues.flat_map(|(id, queue)| {
        let servers = queue.servers.iter();
        servers.map(move |server| (id, queue, server))
    });
    pairs
        .map(|(id, queue, server)| Served {
            queue: id,
            server,
            speed: need::speed(model, queue, server),
            need: need::of_queue(model, grid, flow, (id, server), Formula::Closest),
        })
        .collect()
}

/// For each group serving a queue: its part of the queue's work, by slot, at least cost.
fn parts(model: &Model, flow: &Flow, limits: &Present, served: &[Served]) -> Vec<Vec<f64>> {
    let slots = limits.grid.slots();
    let mut parts = vec![vec![0.0; slots]; served.len()];
    for &slot in &flow.order {
        let found = if has_choice(model, served) {
            parts_of_slot(model, limits, served, slot)
        } else {
            None
        };
        let found = found.unwrap_or_else(|| cheapest(limits, served, slot));
        for (part, found) in parts.iter_mut().zip(found) {
            part[slot] = found;
        }
    }
    parts
}

/// Whether any queue has more than one group.
fn has_choice(model: &Model, served: &[Served]) -> bool {
    let mut queues = served.iter().map(|served| &model.queues[served.queue]);
    queues.any(|queue| queue.servers.len() > 1)
}

/// The same by a linear programme; `None` where there is no solver.
fn parts_of_slot(
    model: &Model,
    limits: &Present,
    served: &[Served],
    slot: usize,
) -> Option<Vec<f64>> {
    let mut programme = Programme::default();
    let groups: Vec<GroupId> = model.groups.ids().collect();
    let dearest = groups.iter().map(|&id| limits.cost(id, slot));
    let dearest = dearest.fold(1.0, f64::max);
    let heads: Table<GroupId, Variable> = groups
        .iter()
        .map(|&id| {
            let (min, max) = limits.within(id, slot);
            programme.variable(limits.cost(id, slot), min, max)
        })
        .collect();
    let parts: Vec<Variable> = served
        .iter()
        .map(|_| programme.variable(0.0, 0.0, 1.0))
        .collect();
    for &id in &groups {
        let of_group = served.iter().zip(&parts);
        let of_group = of_group.filter(|(served, _)| served.server.group == id);
        let mut terms: Vec<(Variable, f64)> = of_group
            .map(|(served, &part)| (part, -served.need.agents[slot]))
            .collect();
        terms.push((heads[id], 1.0));
        programme.at_least(&terms, 0.0);
    }
    for (queue, _) in model.queues.iter() {
        let of_queue = served.iter().zip(&parts);
        let of_queue = of_queue.filter(|(served, _)| served.queue == queue);
        let mut terms: Vec<(Variable, f64)> = of_queue.map(|(_, &part)| (part, 1.0)).collect();
        if terms.is_empty() {
            continue;
        }
        let rest = programme.variable(UNDONE * dearest, 0.0, 1.0);
        terms.push((rest, 1.0));
        programme.equal(&terms, 1.0);
    }
    let found = programme.minimise(Limits::default()).ok()?;
    let found: Vec<f64> = parts.iter().map(|&part| found.value(part)).collect();
    Some(whole(model, served, &found))
}

/// Parts that make up the whole of each queue: what nobody can be there for is spread over those who are.
fn whole(model: &Model, served: &[Served], found: &[f64]) -> Vec<f64> {
    let done = |queue: QueueId| -> f64 {
        let mine = served.iter().zip(found);
        let mine = mine.filter(|(served, _)| served.queue == queue);
        mine.map(|(_, part)| part).sum()
    };
    let all = served.iter().zip(found);
    let all = all.map(|(served, part)| match done(served.queue) {
        done if done > ROUNDING => part / done,
        _ => 1.0 / model.queues[served.queue].servers.len() as f64,
    });
    all.collect()
}

/// All of a queue's work to the group that does it at least cost.
fn cheapest(limits: &Present, served: &[Served], slot: usize) -> Vec<f64> {
    let cost = |served: &Served| limits.cost(served.server.group, slot) / served.speed;
    let is_best = |at: usize, one: &Served| {
        let others = served.iter().enumerate();
        let mut others = others.filter(|(_, other)| other.queue == one.queue);
        others.all(|(place, other)| (cost(one), at) <= (cost(other), place))
    };
    let all = served.iter().enumerate();
    all.map(|(at, one)| if is_best(at, one) { 1.0 } else { 0.0 })
        .collect()
}

#[cfg(test)]
#[path = "first_tests.rs"]
mod tests;
