//! What any staffing costs at least that keeps the promised service levels: a linear programme that no plan can beat.
//!
//! **What it rests on.** (1) A share of the contacts that come has to be kept (see `must`), over the horizon, each day or each interval as
//! promised. (2) A contact that is kept is begun between its arrival and its threshold, by a group with the skill. (3) An agent at work does at
//! most speed × max(k · pace) of work in an hour, is never idle, finds whom it needs, never gets in anybody's way and loses nothing by
//! changing. (4) Agents who go off duty finish what they have in hand, at no cost to the plan: at most as many as go, each at most the
//! mean that may be left of contacts in hand (see `residual`). (5) Optionally each queue is alone with all agents of its groups (see
//! `alone`), where handle times and patience are exponential. Work without a promised service level is left undone.
//!
//! **Why no plan is cheaper.** Take any plan that keeps its promises, and the means over replications of: heads present by group and slot; work
//! begun by queue, group and slot; work in hand at the end of each slot; work done by agents beyond those on duty. These numbers satisfy
//! every constraint below, because each holds in every replication or in the mean, and all are linear: Σ begun + in hand before − overtime ≤
//! present hours + in hand after; in hand ≤ heads × the most residual; overtime ≤ heads that go × the most residual; what has come less
//! what has been begun ≤ what has come within the threshold; kept ≥ the share. Agents' presence is a draw of mean (1 − shrinkage) (1 −
//! absence) of paid heads, independent of contacts' work. The plan's cost is the objective at this point, so it is at least the minimum. ∎
//!
//! Only service levels are used: other promises may make a plan dearer, never cheaper. Nothing is said where agents differ in speed.

use crate::ids::{GroupId, QueueId, Table};
use crate::scenario::load;
use crate::scenario::model::{Model, Planned, Server};

use super::flow::Flow;
use super::grid::{Grid, Heads};
use super::must::{self, Must};
use super::programme::{Limits, Programme, Unsolved, Variable};
use super::residual;
use super::target::{Promise, Targets};

/// What any plan costs at least over the horizon, in units of the currency, fixed groups with what the file has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lowest {
    /// By work alone.
    pub fluid: f64,
    /// By work, and by each queue alone with all agents of its groups; `None` where no queue is of the kind that this covers.
    pub pooled: Option<f64>,
}

impl Lowest {
    /// The higher of both.
    pub fn highest(&self) -> f64 {
        self.pooled
            .map_or(self.fluid, |pooled| pooled.max(self.fluid))
    }
}

/// The same as [`lowest`], and zero where the limits of groups allow no plan at all: a search then says what fails.
///
/// # Errors
/// When there is no solver, or it fails.
pub fn known(
    model: &Model,
    grid: &Grid,
    targets: &Targets,
    file: &Heads,
) -> Result<Lowest, Unsolved> {
    match lowest(model, grid, targets, file) {
        Err(Unsolved::Infeasible) => Ok(Lowest {
            fluid: 0.0,
            pooled: None,
        }),
        found => found,
    }
}

/// The bounds. `file` are the heads of the file: those of groups whose staff is fixed. Where agents differ in speed, what fixed groups cost.
///
/// # Errors
/// When there is no solver, or it fails.
pub fn lowest(
    model: &Model,
    grid: &Grid,
    targets: &Targets,
    file: &Heads,
) -> Result<Lowest, Unsolved> {
    let flow = Flow::of_first_contacts(model, grid);
    let bound = Bound {
        model,
        grid,
        targets,
        file,
        musts: must::of_model(model, grid, &flow),
        flow,
    };
    let fixed = bound.fixed_cost();
    if !must::are_alike(model) {
        return Ok(Lowest {
            fluid: fixed,
            pooled: None,
        });
    }
    let fluid = fixed + bound.solve(&[])?;
    let hulls = bound.hulls();
    let pooled = if hulls.is_empty() {
        None
    } else {
        // Rounding in the solver must not make the sharper bound the lower one.
        Some((fixed + bound.solve(&hulls)?).max(fluid))
    };
    Ok(Lowest { fluid, pooled })
}

struct Bound<'a> {
    model: &'a Model,
    grid: &'a Grid,
    targets: &'a Targets,
    file: &'a Heads,
    musts: Vec<Must>,
    flow: Flow,
}

/// The most surplus of a queue by slot: corners of concave lines, by heads present.
struct Hulls {
    queue: QueueId,
    of_slots: Vec<Vec<(f64, f64)>>,
}

/// A group's variables by place in the order of slots.
struct OfGroup {
    /// Heads present in the mean.
    heads: Vec<Variable>,
    /// Hours of work in hand at the end of the slot.
    in_hand: Vec<Variable>,
    /// Hours of those that agents do who then go off duty.
    free: Vec<Variable>,
}

impl Bound<'_> {
    fn fixed_cost(&self) -> f64 {
        let groups = self.model.groups.iter();
        let fixed = groups.filter(|(_, group)| group.plan == Planned::Fixed);
        let cost = fixed.map(|(id, _)| {
            let cells = self.file[id].iter().zip(&self.grid.cost[id]);
            cells
                .map(|(&heads, cost)| f64::from(heads) * cost)
                .sum::<f64>()
        });
        cost.sum::<f64>() / 1e6
    }

    /// What chosen heads cost at least, in units of the currency.
    fn solve(&self, hulls: &[Hulls]) -> Result<f64, Unsolved> {
        let mut programme = Programme::default();
        let groups: Table<GroupId, OfGroup> = self
            .model
            .groups
            .ids()
            .map(|id| self.group(&mut programme, id))
            .collect();
        let mut busy: Table<GroupId, Vec<Vec<(Variable, f64)>>> = self
            .model
            .groups
            .ids()
            .map(|_| vec![Vec::new(); self.flow.order.len()])
            .collect();
        for must in &self.musts {
            self.done(&mut programme, must, &mut busy);
        }
        for (id, of_group) in groups.iter() {
            self.never_more_than_there_is(&mut programme, of_group, &busy[id]);
        }
        for hulls in hulls {
            self.alone(&mut programme, hulls, &groups);
        }
        let found = programme.minimise(Limits::default())?;
        Ok(found.bound.min(found.cost).max(0.0) / 1e6)
    }

    /// Present of one paid head, in the mean.
    fn share(&self, id: GroupId) -> f64 {
        let group = &self.model.groups[id];
        let absence = group.attendance.as_ref().map_or(0.0, |draws| draws.absence);
        (1.0 - group.shrinkage) * (1.0 - absence)
    }

    /// How many of a slot the horizon has.
    fn times(&self, slot: usize) -> f64 {
        self.grid.hours[slot] / self.grid.interval.as_hours()
    }

    fn group(&self, programme: &mut Programme, id: GroupId) -> OfGroup {
        let share = self.share(id);
        let residual_h = self.residual_h(id);
        let draws_daily = share < 1.0;
        let ends = self.last_slot();
        let order = &self.flow.order;
        let mut variable = |most: f64| programme.variable(0.0, 0.0, most);
        let in_hand: Vec<Variable> = order.iter().map(|_| variable(f64::INFINITY)).collect();
        let free: Vec<Variable> = order.iter().map(|_| variable(f64::INFINITY)).collect();
        let heads: Vec<Variable> = order
            .iter()
            .map(|&slot| {
                let (min, max, cost) = match self.model.groups[id].plan {
                    Planned::Fixed => (self.file[id][slot], self.file[id][slot], 0.0),
                    Planned::Within { min, max } => (min, max, self.grid.cost[id][slot]),
                };
                programme.variable(cost / share, share * f64::from(min), share * f64::from(max))
            })
            .collect();
        for (at, &slot) in order.iter().enumerate() {
            let times = self.times(slot);
            programme.at_most(&[(in_hand[at], 1.0), (heads[at], -residual_h * times)], 0.0);
            programme.at_most(&[(free[at], 1.0), (in_hand[at], -1.0)], 0.0);
            let is_last_of_day = (slot + 1).is_multiple_of(self.grid.a_day);
            let next = if at + 1 < order.len() { at + 1 } else { 0 };
            if slot == ends || next == 0 || (is_last_of_day && draws_daily) {
                continue;
            }
            // Of those who go, the most that they have in hand.
            let gone = programme.variable(0.0, 0.0, f64::INFINITY);
            programme.at_least(&[(gone, 1.0), (heads[at], -1.0), (heads[next], 1.0)], 0.0);
            programme.at_most(&[(free[at], 1.0), (gone, -residual_h * times)], 0.0);
        }
        OfGroup {
            heads,
            in_hand,
            free,
        }
    }

    /// The slot in which the horizon ends.
    fn last_slot(&self) -> usize {
        let last = self.model.calendar.pieces().last();
        last.map_or(0, |piece| self.grid.slot(&piece))
    }

    /// Hours of an agent that may be left of what it has in hand, in the mean at most.
    fn residual_h(&self, id: GroupId) -> f64 {
        let skills = self.model.groups[id].skills.iter();
        let hours = skills.map(|skill| {
            let queue = &self.model.queues[skill.queue];
            let pieces = self.model.calendar.pieces();
            let longest_s = pieces
                .map(|piece| load::work(queue, &piece))
                .fold(0.0, f64::max);
            let residual =
                residual::of_queue(queue).residual * must::most_factor(self.model, skill.queue);
            let speed = self.speed(&skill.server(id));
            f64::from(skill.at_once) * residual * longest_s / 3_600.0 / speed
        });
        hours.fold(0.0, f64::max)
    }

    /// The work that an agent of the group does in an hour at most.
    fn speed(&self, server: &Server) -> f64 {
        let group = &self.model.groups[server.group];
        let most = group.skills.iter().map(|skill| skill.at_once).max();
        // One who holds several contacts of some queues works at the best pace of any number of them.
        let at_once = if server.at_once > 1 {
            most.unwrap_or(1)
        } else {
            1
        };
        load::throughput(self.model, group, at_once) * server.speed
    }

    /// Variables for what is begun of a queue, and the constraints on them.
    fn done(
        &self,
        programme: &mut Programme,
        must: &Must,
        busy: &mut Table<GroupId, Vec<Vec<(Variable, f64)>>>,
    ) {
        let servers = &self.model.queues[must.queue].servers;
        let begun: Vec<Vec<(Variable, f64)>> = (0..self.flow.order.len())
            .map(|at| {
                let of_server = |server: &Server| {
                    let speed = self.speed(server);
                    let hours = programme.variable(0.0, 0.0, f64::INFINITY);
                    busy[server.group][at].push((hours, 1.0));
                    (hours, speed)
                };
                servers.iter().map(of_server).collect()
            })
            .collect();
        if must.is_timed {
            self.timed(programme, must, &begun);
        } else {
            let order = self.flow.order.iter();
            let least_h = order
                .map(|&slot| must.work_h[slot])
                .fold(f64::INFINITY, f64::min);
            let counted: f64 = must.counted.iter().sum();
            let all: Vec<(Variable, f64)> = begun.into_iter().flatten().collect();
            programme.at_least(&all, must.share * counted * least_h);
        }
    }

    /// Those who are kept come, wait and are begun.
    fn timed(&self, programme: &mut Programme, must: &Must, begun: &[Vec<(Variable, f64)>]) {
        let order = &self.flow.order;
        let is_deferred = self.model.queues[must.queue].deferred;
        let kept: Vec<Variable> = order
            .iter()
            .map(|&slot| programme.variable(0.0, 0.0, must.come[slot] * must.work_h[slot]))
            .collect();
        let waiting: Vec<Variable> = (0..order.len())
            .map(|at| {
                let is_end = is_deferred && !self.flow.repeats && at + 1 == order.len();
                let most = if is_end { 0.0 } else { must.may_wait[at] };
                programme.variable(0.0, 0.0, most)
            })
            .collect();
        for at in 0..order.len() {
            let mut terms = vec![(waiting[at], 1.0), (kept[at], -1.0)];
            if at > 0 {
                terms.push((waiting[at - 1], -1.0));
            } else if self.flow.repeats {
                terms.push((waiting[order.len() - 1], -1.0));
            }
            terms.extend(&begun[at]);
            programme.equal(&terms, 0.0);
        }
        for goal in &self.targets.goals {
            let Promise::ServiceLevel(queue, _) = self.targets.promise(goal) else {
                continue;
            };
            if *queue != must.queue {
                continue;
            }
            let places = order.iter().enumerate();
            let places = places.filter(|(_, slot)| goal.slots.contains(slot));
            let places = places.filter(|&(_, &slot)| must.come[slot] > 0.0);
            let terms: Vec<(Variable, f64)> = places
                .map(|(at, &slot)| (kept[at], 1.0 / must.work_h[slot]))
                .collect();
            let counted: f64 = must.counted[goal.slots.clone()].iter().sum();
            programme.at_least(&terms, must.share * counted);
        }
    }

    /// Work begun and in hand before takes hours of those who are there, but for what is in hand after.
    fn never_more_than_there_is(
        &self,
        programme: &mut Programme,
        group: &OfGroup,
        busy: &[Vec<(Variable, f64)>],
    ) {
        let slots = self.flow.order.len();
        for (at, (busy, &slot)) in busy.iter().zip(&self.flow.order).enumerate() {
            let mut terms = busy.clone();
            let before = match at.checked_sub(1) {
                Some(before) => Some(before),
                None => self.flow.repeats.then_some(slots - 1),
            };
            if let Some(before) = before {
                terms.push((group.in_hand[before], 1.0));
                terms.push((group.free[before], -1.0));
            }
            terms.push((group.in_hand[at], -1.0));
            terms.push((group.heads[at], -self.grid.hours[slot]));
            programme.at_most(&terms, 0.0);
        }
    }

    /// A queue's surplus is no more than it is alone with all agents of its groups.
    fn alone(&self, programme: &mut Programme, hulls: &Hulls, groups: &Table<GroupId, OfGroup>) {
        let order = &self.flow.order;
        let servers = &self.model.queues[hulls.queue].servers;
        let mut surplus: Vec<Vec<(Variable, f64)>> = Vec::new();
        for (at, hull) in hulls.of_slots.iter().enumerate() {
            let mut agents = Vec::new();
            let mut of_slot = Vec::new();
            for pair in hull.windows(2) {
                let (more, gain) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
                let taken = programme.variable(0.0, 0.0, more);
                agents.push((taken, 1.0));
                of_slot.push((taken, gain / more * self.times(order[at])));
            }
            let heads = servers
                .iter()
                .map(|server| (groups[server.group].heads[at], -1.0));
            agents.extend(heads);
            programme.at_most(&agents, 0.0);
            surplus.push(of_slot);
        }
        for goal in &self.targets.goals {
            let Promise::ServiceLevel(queue, _) = self.targets.promise(goal) else {
                continue;
            };
            if *queue != hulls.queue {
                continue;
            }
            let places = order.iter().enumerate();
            let places = places.filter(|(_, slot)| goal.slots.contains(slot));
            let (mut terms, mut none) = (Vec::new(), 0.0);
            for (at, &slot) in places {
                terms.extend(&surplus[at]);
                none +=
                    hulls.of_slots[at].first().map_or(0.0, |corner| corner.1) * self.times(slot);
            }
            programme.at_least(&terms, -none);
        }
    }

    /// For each queue that is of the kind: what it gains at most in each slot.
    fn hulls(&self) -> Vec<Hulls> {
        let all = self.musts.iter();
        all.filter_map(|must| super::markov::hulls(self.model, self.grid, &self.flow, must))
            .map(|(queue, of_slots)| Hulls { queue, of_slots })
            .collect()
    }
}

#[cfg(all(test, feature = "optimise"))]
#[path = "fluid_tests.rs"]
mod tests;
