//! Staffing as spreadsheets do it, to compare plans with: a formula for each queue and interval, rounded up, each queue on its own group.

use crate::ids::{GroupId, Table};
use crate::scenario::model::Model;

use super::flow::Flow;
use super::grid::{Grid, Heads};
use super::need::{self, Formula};

/// What rounding errors may add to a whole number.
const ROUNDING: f64 = 1e-9;
/// Factors are tried in steps of this share.
const STEP: f64 = 0.01;
/// And no further than this.
const MOST: u32 = 400;

/// What each interval asks for, in agents present, before rounding.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// By group, then queue: agents present by slot.
    agents: Table<GroupId, Vec<Vec<f64>>>,
    /// By group: present of one paid head.
    share: Table<GroupId, f64>,
}

/// A baseline made as large as it has to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Proven {
    /// What all heads were multiplied by.
    pub factor: f64,
    /// The heads.
    pub heads: Heads,
}

impl Baseline {
    /// What a formula asks for. Each queue is served by its first group alone, in the order in which its contacts try them. Of a deferred queue the work that comes in a day is spread evenly over the slots of that day in which the file has heads in that
    /// group; over all of them where it has none.
    pub fn new(model: &Model, grid: &Grid, file: &Heads, formula: Formula) -> Self {
        let flow = Flow::new(model, grid);
        let mut agents: Table<GroupId, Vec<Vec<f64>>> =
            model.groups.ids().map(|_| Vec::new()).collect();
        for (id, queue) in model.queues.iter() {
            // Groups stand in the order in which a contact tries them.
            let Some(server) = queue.servers.first() else {
                continue;
            };
            let asked = if queue.deferred {
                let speed = need::speed(model, queue, server);
                spread(grid, &flow.work[id], &file[server.group], speed)
            } else {
                need::of_queue(model, grid, &flow, (id, server), formula).agents
            };
            agents[server.group].push(asked);
        }
        let share = model.groups.values().map(|group| {
            let absence = group.attendance.as_ref().map_or(0.0, |draws| draws.absence);
            (1.0 - group.shrinkage) * (1.0 - absence)
        });
        Self {
            agents,
            share: share.collect(),
        }
    }

    /// Paid heads as asked: each queue's agents rounded up, and the heads that it takes to have them present, rounded up again.
    pub fn heads(&self, grid: &Grid) -> Heads {
        let heads = |paid: Vec<f64>| paid.into_iter().map(whole).collect();
        let groups = self.agents.ids();
        groups.map(|id| heads(self.paid(grid, id))).collect()
    }

    /// The same times a factor: what rounding down leaves over is carried to the next slot, so that a hundredth more is a hundredth more.
    pub fn times(&self, grid: &Grid, factor: f64) -> Heads {
        let scaled = |paid: Vec<f64>| {
            let carried = paid.into_iter().scan(0.5, |left, paid| {
                let wanted = if paid > 0.0 {
                    paid * factor + *left
                } else {
                    0.0
                };
                let heads = (wanted + ROUNDING).floor();
                if paid > 0.0 {
                    *left = wanted - heads;
                }
                Some(whole(heads))
            });
            carried.collect()
        };
        let groups = self.agents.ids();
        groups.map(|id| scaled(self.paid(grid, id))).collect()
    }

    /// By slot: whole paid heads.
    fn paid(&self, grid: &Grid, id: GroupId) -> Vec<f64> {
        let of_slot = |slot: usize| {
            let queues = self.agents[id].iter();
            let present: f64 = queues.map(|asked| up(asked[slot])).sum();
            up(present / self.share[id])
        };
        (0..grid.slots()).map(of_slot).collect()
    }

    /// The smallest factor, in whole hundredths, with which `holds` proves every promise of the heads; `None` where none is. `holds` simulates
    /// the heads, or shifts that cover them in a second step.
    ///
    /// # Errors
    /// Those of `holds`.
    pub fn proven<E>(
        &self,
        grid: &Grid,
        holds: &dyn Fn(&Heads) -> Result<bool, E>,
    ) -> Result<Option<Proven>, E> {
        let at = |step: u32| f64::from(step) * STEP;
        let holds = |step: u32| holds(&self.times(grid, at(step)));
        if !holds(MOST)? {
            return Ok(None);
        }
        let (mut fails, mut met) = (0, MOST);
        while met - fails > 1 {
            let middle = u32::midpoint(fails, met);
            if holds(middle)? {
                met = middle;
            } else {
                fails = middle;
            }
        }
        Ok(Some(Proven {
            factor: at(met),
            heads: self.times(grid, at(met)),
        }))
    }
}

fn up(number: f64) -> f64 {
    (number - ROUNDING).ceil().max(0.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "heads are few and not negative"
)]
fn whole(number: f64) -> u32 {
    number as u32
}

/// A day's work evenly over the slots in which somebody is there.
fn spread(grid: &Grid, work: &[f64], file: &[u32], speed: f64) -> Vec<f64> {
    let mut agents = vec![0.0; grid.slots()];
    for first in (0..grid.slots()).step_by(grid.a_day) {
        let day = first..first + grid.a_day;
        let used = || day.clone().filter(|&slot| grid.hours[slot] > 0.0);
        let staffed: Vec<usize> = used().filter(|&slot| file[slot] > 0).collect();
        let over = if staffed.is_empty() {
            used().collect()
        } else {
            staffed
        };
        let all: f64 = used().map(|slot| work[slot]).sum();
        for &slot in &over {
            agents[slot] = all / speed / over.len() as f64;
        }
    }
    agents
}
