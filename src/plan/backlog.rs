//! Deferred work: when it comes, by when it must be done, and who does it when at least cost, as a linear programme over all slots.

use crate::ids::{GroupId, QueueId, Table};
use crate::scenario::load;
use crate::scenario::model::{Model, Queue, Server};

use super::first::{Present, zeros};
use super::flow::Flow;
use super::grid::Grid;
use super::need;
use super::programme::{Limits, Programme, Variable};

/// Deferred work is never spread quite evenly: so much more of it is planned for.
const UNEVEN: f64 = 1.05;
/// So much of the time at work may be busy at most where work can wait.
const BUSY: f64 = 0.97;
/// What heads above a group's usual number cost beside, as a share: among plans of nearly one cost the even one.
const UNEVEN_HEADS: f64 = 0.005;
/// What heads cost beside where the file has nobody: among plans of nearly one cost the one that keeps the file's hours.
const NEW_HOURS: f64 = 0.002;
/// What an erlang that is not done in time costs, as a multiple of the dearest head.
const LATE: f64 = 100.0;

/// Deferred queues with their work.
pub(super) struct Backlog<'a> {
    model: &'a Model,
    grid: &'a Grid,
    flow: &'a Flow,
    queues: Vec<Deferred<'a>>,
}

/// One queue: by place in the order of slots.
struct Deferred<'a> {
    servers: Vec<(&'a Server, f64)>,
    /// Work that comes, in heads for a slot at speed 1.
    comes: Vec<f64>,
    /// Work that is there at the start.
    first: f64,
    /// Of what has come, how much may still be open after each slot.
    open: Vec<f64>,
}

/// Who does what.
pub(super) struct Done {
    /// Heads at deferred work, by group and slot.
    pub(super) taken: Table<GroupId, Vec<f64>>,
    /// Heads present for all work.
    pub(super) heads: Table<GroupId, Vec<f64>>,
}

impl<'a> Backlog<'a> {
    pub(super) fn new(model: &'a Model, grid: &'a Grid, flow: &'a Flow) -> Self {
        let promised = model.queues.iter().filter(|(_, queue)| {
            let target = queue.target.as_ref();
            queue.deferred
                && target.is_some_and(|target| {
                    target.service_level.is_some() || target.backlog_age.is_some()
                })
        });
        let queues = promised.map(|(id, queue)| Deferred::new(model, grid, flow, (id, queue)));
        Self {
            model,
            grid,
            flow,
            queues: queues.collect(),
        }
    }

    /// Who does it when, where real-time work keeps agents busy and asks for others beside as a safety.
    pub(super) fn done(
        &self,
        limits: &Present,
        busy: &Table<GroupId, Vec<f64>>,
        safety: &Table<GroupId, Vec<f64>>,
    ) -> Done {
        let mut done = Done {
            taken: zeros(self.model, self.grid),
            heads: zeros(self.model, self.grid),
        };
        for (id, heads) in done.heads.iter_mut() {
            let most = self.model.groups[id].occupancy_max.unwrap_or(1.0);
            for &slot in &self.flow.order {
                let (busy, safety) = (busy[id][slot], safety[id][slot]);
                heads[slot] = (busy + safety).max(busy / most);
            }
        }
        if !self.queues.is_empty() {
            self.fill(limits, busy, &mut done)
                .unwrap_or_else(|| self.spread(&mut done));
        }
        done
    }

    /// By a linear programme; `None` where there is no solver.
    fn fill(
        &self,
        limits: &Present,
        busy: &Table<GroupId, Vec<f64>>,
        done: &mut Done,
    ) -> Option<()> {
        let mut programme = Programme::default();
        let cells = Cells::new(self, &mut programme, limits, &done.heads);
        let takes = self.takes(&mut programme, &cells);
        for (id, of_group) in cells.heads.iter() {
            let most = self.model.groups[id]
                .occupancy_max
                .unwrap_or(BUSY)
                .min(BUSY);
            for (at, &heads) in of_group.iter().enumerate() {
                let mut terms = vec![(heads, most)];
                for (group, taken) in &takes {
                    if *group == id {
                        terms.push((taken[at], -1.0));
                    }
                }
                if terms.len() > 1 {
                    programme.at_least(&terms, busy[id][self.flow.order[at]]);
                }
            }
        }
        let found = programme.minimise(Limits::default()).ok()?;
        for (group, taken) in &takes {
            for (&slot, &taken) in self.flow.order.iter().zip(taken) {
                done.taken[*group][slot] += found.value(taken);
            }
        }
        for (id, heads) in cells.heads.iter() {
            for (&slot, &heads) in self.flow.order.iter().zip(heads) {
                done.heads[id][slot] = found.value(heads);
            }
        }
        Some(())
    }

    /// Variables for who takes how much of each queue in each slot, with what stays open.
    fn takes(&self, programme: &mut Programme, cells: &Cells) -> Vec<(GroupId, Vec<Variable>)> {
        let mut takes = Vec::new();
        for queue in &self.queues {
            let first = takes.len();
            for (server, _) in &queue.servers {
                let slots = self.flow.order.iter();
                let taken = slots.map(|_| programme.variable(0.0, 0.0, f64::INFINITY));
                takes.push((server.group, taken.collect::<Vec<_>>()));
            }
            let left: Vec<Variable> = queue
                .open
                .iter()
                .map(|_| programme.variable(0.0, 0.0, f64::INFINITY))
                .collect();
            for (at, (&comes, &open)) in queue.comes.iter().zip(&queue.open).enumerate() {
                // Open before and come, less done, is open after.
                let mut terms = vec![(left[at], 1.0)];
                let mut come = comes;
                if at > 0 {
                    terms.push((left[at - 1], -1.0));
                } else if self.flow.repeats {
                    terms.push((left[left.len() - 1], -1.0));
                } else {
                    come += queue.first;
                }
                let taken = takes[first..].iter().zip(&queue.servers);
                terms.extend(taken.map(|((_, taken), (_, speed))| (taken[at], *speed)));
                programme.equal(&terms, come);
                let late = programme.variable(LATE * cells.dearest, 0.0, f64::INFINITY);
                programme.at_most(&[(left[at], 1.0), (late, -1.0)], open);
            }
        }
        takes
    }

    /// Without a solver: each queue's work evenly over all slots, to its first group.
    fn spread(&self, done: &mut Done) {
        for queue in &self.queues {
            let Some((server, speed)) = queue.servers.first() else {
                continue;
            };
            let work = queue.first + queue.comes.iter().sum::<f64>();
            let each = work / speed / self.flow.order.len() as f64;
            for &slot in &self.flow.order {
                done.taken[server.group][slot] += each;
                done.heads[server.group][slot] += each;
            }
        }
    }
}

/// Variables for the heads of every group in every slot.
struct Cells {
    heads: Table<GroupId, Vec<Variable>>,
    dearest: f64,
}

impl Cells {
    fn new(
        backlog: &Backlog,
        programme: &mut Programme,
        limits: &Present,
        least: &Table<GroupId, Vec<f64>>,
    ) -> Self {
        let order = &backlog.flow.order;
        let groups = || backlog.model.groups.ids();
        let costs = groups().flat_map(|id| order.iter().map(move |&slot| (id, slot)));
        let dearest = costs
            .map(|(id, slot)| limits.cost(id, slot))
            .fold(1.0, f64::max);
        let mut variables = |id: GroupId| -> Vec<Variable> {
            let all: f64 = order.iter().map(|&slot| limits.cost(id, slot)).sum();
            // Half of all slots may lie above what is usual.
            let usual = programme.variable(UNEVEN_HEADS * all / 2.0, 0.0, f64::INFINITY);
            let slots = order.iter().map(|&slot| {
                let (min, max) = limits.within(id, slot);
                let min = least[id][slot].clamp(min, max);
                let cost = limits.cost(id, slot);
                let beside = if limits.works(id, slot) {
                    0.0
                } else {
                    NEW_HOURS
                };
                let heads = programme.variable(cost * (1.0 + beside), min, max);
                let above = programme.variable(UNEVEN_HEADS * cost, 0.0, f64::INFINITY);
                programme.at_most(&[(heads, 1.0), (usual, -1.0), (above, -1.0)], 0.0);
                heads
            });
            slots.collect()
        };
        Self {
            heads: groups().map(&mut variables).collect(),
            dearest,
        }
    }
}

impl<'a> Deferred<'a> {
    fn new(model: &'a Model, grid: &Grid, flow: &Flow, (id, queue): (QueueId, &'a Queue)) -> Self {
        let servers = queue.servers.iter();
        let servers = servers.map(|server| (server, need::speed(model, queue, server)));
        let slots = || flow.order.iter().copied();
        let comes: Vec<f64> = slots().map(|slot| UNEVEN * flow.work[id][slot]).collect();
        let piece = model.calendar.piece(0, 0);
        let work_h = load::work(queue, &piece) / 3_600.0;
        let first = f64::from(queue.backlog.count) * work_h / grid.interval.as_hours();
        let clock = clock(grid, flow, model, queue);
        Self {
            servers: servers.collect(),
            open: may_be_open(&comes, &clock, {
                within_h(queue) - 2.0 * work_h - grid.interval.as_hours()
            }),
            comes,
            first,
        }
    }
}

/// The hours within which work is to be done.
fn within_h(queue: &Queue) -> f64 {
    let age = queue.target.as_ref().and_then(|target| target.backlog_age);
    let promised = [queue.within(), age].into_iter().flatten();
    promised
        .map(crate::time::SimDuration::as_hours)
        .fold(f64::INFINITY, f64::min)
}

/// The target's clock at the end of each slot in the order, in hours.
fn clock(grid: &Grid, flow: &Flow, model: &Model, queue: &Queue) -> Vec<f64> {
    let level = queue
        .target
        .as_ref()
        .and_then(|target| target.service_level.as_ref());
    let counts_open_hours = level.is_some_and(|level| level.open_hours.is_some());
    let mut runs = vec![1.0; grid.slots()];
    if let Some(open) = queue.open.as_ref().filter(|_| counts_open_hours) {
        for piece in model.calendar.pieces() {
            let part = open.open_in(&piece).as_hours() / piece.end.since(piece.start).as_hours();
            runs[grid.slot(&piece)] = part;
        }
    }
    let mut at = 0.0;
    let slots = flow.order.iter().map(|&slot| {
        at += runs[slot] * grid.interval.as_hours();
        at
    });
    slots.collect()
}

/// Of what has come, how much is not due yet at the end of each slot: what came in slots that ended so recently.
fn may_be_open(comes: &[f64], clock: &[f64], within_h: f64) -> Vec<f64> {
    let open = clock.iter().enumerate().map(|(at, now)| {
        let came = comes[..=at].iter().zip(clock);
        let young = came.filter(|(_, then)| now - *then <= within_h + 1e-9);
        young.map(|(work, _)| work).sum()
    });
    open.collect()
}
