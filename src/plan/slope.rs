//! What a head more and a head fewer in every cell is worth, by simulation with the same customers.
//!
//! One simulation tells of many cells at once: heads change in cells so far apart in time that the effect of each can be told from that of
//! the others by when it is felt (real-time work: within four hours; deferred work: within a day, whole blocks of four hours at a time, since an
//! hour earlier or later is nearly the same to it).

use std::ops::Range;

use crate::ids::{GroupId, Table};
use crate::scenario::model::{Model, Planned};
use crate::study::run::RunError;
use crate::time::SimDuration;

use super::grid::{Grid, Heads};
use super::judge::{Judge, Verdict};
use super::target::{Promise, Targets};

/// How long the effect of a head on real-time work is felt, in seconds.
pub(super) const REACH: u64 = 4 * 3_600;
/// Cells that change together for deferred work, in seconds.
const BLOCK: u64 = 4 * 3_600;

/// A part of what a cell does: to a promise, in a slot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The promise, by its place.
    pub promise: usize,
    /// The slot in which the contacts come.
    pub slot: usize,
    /// By how much the surplus changes.
    pub surplus: f64,
}

/// What one head is worth.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Slope {
    /// Of one head more.
    pub gain: Vec<Effect>,
    /// Of one head fewer: what is lost.
    pub loss: Vec<Effect>,
}

/// By group and slot.
pub type Slopes = Table<GroupId, Vec<Slope>>;

/// Which cells change together, and where the effect of each is looked for.
struct Comb {
    group: GroupId,
    /// One head more; else one fewer.
    more: bool,
    /// What it tells of.
    tells_of: Kinds,
    teeth: Vec<Tooth>,
}

/// Of which promises a comb tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kinds {
    /// Of those of deferred queues.
    Deferred,
    /// Of all others.
    Others,
    /// Of all.
    All,
}

/// Cells that change, and the slots in which that is felt.
pub(super) struct Tooth {
    pub(super) cells: Range<usize>,
    pub(super) felt: Range<usize>,
}

/// The slopes at these heads, over replications `range` of the judge's seed, and how many replications that took.
///
/// # Errors
/// When contacts come of others without bound, or somebody stops it.
pub fn slopes(
    judge: &Judge<'_>,
    grid: &Grid,
    heads: &Heads,
    range: Range<u64>,
) -> Result<(Slopes, u64), RunError> {
    let simulated = range.end - range.start;
    let combs = combs(judge.model, judge.targets, grid);
    let changed = combs.iter().map(|comb| {
        let mut heads = heads.clone();
        for cell in comb.teeth.iter().flat_map(|tooth| tooth.cells.clone()) {
            let of_cell = &mut heads[comb.group][cell];
            *of_cell = if comb.more {
                of_cell.saturating_add(1)
            } else {
                of_cell.saturating_sub(1)
            };
        }
        grid.staffing(&heads)
    });
    let staffings: Vec<_> = std::iter::once(grid.staffing(heads))
        .chain(changed)
        .collect();
    let mut verdicts = judge.judge_all(&staffings, range)?;
    let base = verdicts.remove(0);
    let mut slopes: Slopes = heads
        .values()
        .map(|heads| vec![Slope::default(); heads.len()])
        .collect();
    for (comb, verdict) in combs.iter().zip(&verdicts) {
        comb.read(judge, grid, heads, (&base, verdict), &mut slopes);
    }
    Ok((slopes, simulated * staffings.len() as u64))
}

/// The mean of two measurements, by their weights.
pub fn mean(one: (Slopes, f64), other: (Slopes, f64)) -> Slopes {
    let weighed = |(mut slopes, weight): (Slopes, f64)| {
        for slope in slopes.iter_mut().flat_map(|(_, slopes)| slopes) {
            for effect in slope.gain.iter_mut().chain(&mut slope.loss) {
                effect.surplus *= weight;
            }
        }
        slopes
    };
    let (mut mean, other) = (weighed(one), weighed(other));
    for ((_, own), more) in mean.iter_mut().zip(other.values()) {
        for (own, more) in own.iter_mut().zip(more) {
            own.gain.extend(&more.gain);
            own.loss.extend(&more.loss);
        }
    }
    mean
}

fn combs(model: &Model, targets: &Targets, grid: &Grid) -> Vec<Comb> {
    let is_deferred = |promise: &Promise| is_deferred(model, promise);
    let any_deferred = targets.promises.iter().any(is_deferred);
    let any_other = !targets.promises.iter().all(is_deferred);
    let mut combs = Vec::new();
    for (group, of_group) in model.groups.iter() {
        if of_group.plan == Planned::Fixed {
            continue;
        }
        let mut skills = of_group.skills.iter();
        let serves_deferred = skills.any(|skill| model.queues[skill.queue].deferred);
        let mut skills = of_group.skills.iter();
        let serves_other = skills.any(|skill| !model.queues[skill.queue].deferred);
        // A group that serves one kind alone touches the other by what it leaves to others: one look tells of both.
        let by_block = any_deferred && serves_deferred;
        let by_cell = any_other && (serves_other || !by_block);
        for more in [true, false] {
            if by_cell {
                let reach = in_slots(grid, REACH).clamp(2, grid.slots().max(2));
                combs.extend((0..reach).map(|first| Comb {
                    group,
                    more,
                    tells_of: if by_block { Kinds::Others } else { Kinds::All },
                    teeth: teeth(grid, (first, reach), 1, 1),
                }));
            }
            if by_block {
                let block = in_slots(grid, BLOCK).min(grid.a_day);
                let firsts = (0..grid.a_day).step_by(block);
                combs.extend(firsts.map(|first| Comb {
                    group,
                    more,
                    tells_of: if by_cell { Kinds::Deferred } else { Kinds::All },
                    teeth: teeth(grid, (first, grid.a_day), block, grid.a_day / 2),
                }));
            }
        }
    }
    combs
}

/// So many seconds in slots.
pub(super) fn in_slots(grid: &Grid, seconds: u64) -> usize {
    let span = SimDuration::from_seconds(seconds);
    usize::try_from(span.0.div_ceil(grid.interval.0)).unwrap_or(1)
}

/// Teeth of a width in every `period`, each felt from `before` slots before it to as many before the next one.
pub(super) fn teeth(
    grid: &Grid,
    (first, period): (usize, usize),
    width: usize,
    before: usize,
) -> Vec<Tooth> {
    let slots = grid.slots();
    let end_of_day = |start: usize| (start / grid.a_day + 1) * grid.a_day;
    let starts = (first..slots).step_by(period);
    let last = starts.clone().next_back();
    let tooth = |start: usize| Tooth {
        cells: start..(start + width).min(end_of_day(start)).min(slots),
        felt: if start == first {
            0
        } else {
            start.saturating_sub(before)
        }..if Some(start) == last {
            slots
        } else {
            (start + period - before).min(slots)
        },
    };
    starts.map(tooth).collect()
}

/// Whether a promise is of deferred work.
pub(super) fn is_deferred(model: &Model, promise: &Promise) -> bool {
    promise
        .queue()
        .is_some_and(|queue| model.queues[queue].deferred)
}

impl Comb {
    /// What it tells of each of its cells.
    fn read(
        &self,
        judge: &Judge<'_>,
        grid: &Grid,
        heads: &Heads,
        (base, changed): (&Verdict, &Verdict),
        slopes: &mut Slopes,
    ) {
        let promises = judge.targets.promises.iter().enumerate();
        for (number, promise) in promises {
            let is_told = match self.tells_of {
                Kinds::All => true,
                Kinds::Deferred => is_deferred(judge.model, promise),
                Kinds::Others => !is_deferred(judge.model, promise),
            };
            if !is_told {
                continue;
            }
            for tooth in &self.teeth {
                let did_change = |&cell: &usize| {
                    grid.hours[cell] > 0.0 && (self.more || heads[self.group][cell] > 0)
                };
                let cells: Vec<usize> = tooth.cells.clone().filter(did_change).collect();
                for slot in tooth.felt.clone() {
                    let surplus = |verdict: &Verdict| promise.surplus(verdict.slots[number][slot]);
                    let change = surplus(changed) - surplus(base);
                    if change.abs() < 1e-12 {
                        continue;
                    }
                    let effect = Effect {
                        promise: number,
                        slot,
                        surplus: if self.more { change } else { -change } / cells.len() as f64,
                    };
                    for &cell in &cells {
                        let slope = &mut slopes[self.group][cell];
                        if self.more {
                            slope.gain.push(effect);
                        } else {
                            slope.loss.push(effect);
                        }
                    }
                }
            }
        }
    }
}

impl Slope {
    /// Sums of the effects on each goal: of one head more, and of one fewer.
    pub fn by_goal(&self, goal_of: &GoalOf) -> Vec<(usize, f64, f64)> {
        let mut sums: Vec<(usize, f64, f64)> = Vec::new();
        let sides = [(&self.gain, true), (&self.loss, false)];
        for (effects, is_gain) in sides {
            for effect in effects {
                let Some(goal) = goal_of.goal(effect) else {
                    continue;
                };
                let place = sums.iter().position(|(known, ..)| *known == goal);
                let place = place.unwrap_or_else(|| {
                    sums.push((goal, 0.0, 0.0));
                    sums.len() - 1
                });
                let sum = &mut sums[place];
                *(if is_gain { &mut sum.1 } else { &mut sum.2 }) += effect.surplus;
            }
        }
        // Service gains ever less from more heads, and nothing is lost by one; what says otherwise is noise. The mean of both sides has
        // less of it than the larger.
        for (_, gain, loss) in &mut sums {
            if *gain > *loss {
                let mean = f64::midpoint(*gain, *loss);
                (*gain, *loss) = (mean, mean);
            }
            (*gain, *loss) = (gain.max(0.0), loss.max(0.0));
        }
        sums.retain(|(_, _, loss)| *loss > 0.0);
        sums
    }
}

/// Which goal a promise in a slot belongs to.
#[derive(Debug)]
pub struct GoalOf(Vec<Vec<Option<usize>>>);

impl GoalOf {
    /// Of these targets.
    pub fn new(targets: &Targets, grid: &Grid) -> Self {
        let mut of = vec![vec![None; grid.slots()]; targets.promises.len()];
        for (number, goal) in targets.goals.iter().enumerate() {
            for slot in goal.slots.clone() {
                of[goal.promise][slot] = Some(number);
            }
        }
        Self(of)
    }

    /// The goal that an effect belongs to.
    pub fn goal(&self, effect: &Effect) -> Option<usize> {
        self.0[effect.promise][effect.slot]
    }
}
