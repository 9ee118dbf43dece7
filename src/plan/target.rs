//! What must hold: every promise of the file as a surplus that has to be at least zero in the mean over replications. A surplus is a sum over
//! contacts or over time, so it adds up over intervals and over days: that of a share of 80 % is what was kept less 80 % of what counts.

use crate::ids::{GroupId, QueueId};
use crate::scenario::model::{Model, Over, Queue};
use crate::stats::counts::{Counts, GroupSlot, QueueCounts};

use super::grid::Grid;

const MILLION: f64 = 1e6;

/// What is promised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Promise {
    /// At least this share in time, by the target's own definition.
    ServiceLevel(QueueId, f64),
    /// At most so many seconds of mean wait of the answered.
    Asa(QueueId, f64),
    /// At most this share of the answered and abandoned may have left.
    Abandonment(QueueId, f64),
    /// At most so many seconds of age of the oldest at the ends of intervals, in the mean over those with anybody there.
    BacklogAge(QueueId, f64),
    /// At most this share of the time at work may be busy.
    Occupancy(GroupId, f64),
}

/// One thing that must hold: a promise over some slots together.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// The promise, by its place in [`Targets::promises`].
    pub promise: usize,
    /// The slots, from and below.
    pub slots: std::ops::Range<usize>,
}

/// Everything that must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Targets {
    /// What is promised, queues first.
    pub promises: Vec<Promise>,
    /// The promises, each over the horizon, each day or each interval.
    pub goals: Vec<Goal>,
}

impl Promise {
    /// The promised value: a share, or seconds.
    pub fn promised(&self) -> f64 {
        match *self {
            Self::ServiceLevel(_, value)
            | Self::Asa(_, value)
            | Self::Abandonment(_, value)
            | Self::BacklogAge(_, value)
            | Self::Occupancy(_, value) => value,
        }
    }

    /// Whether more is better; else less is.
    pub fn is_floor(&self) -> bool {
        matches!(self, Self::ServiceLevel(..))
    }

    /// Its queue, where it is of one.
    pub fn queue(&self) -> Option<QueueId> {
        match *self {
            Self::ServiceLevel(queue, _)
            | Self::Asa(queue, _)
            | Self::Abandonment(queue, _)
            | Self::BacklogAge(queue, _) => Some(queue),
            Self::Occupancy(..) => None,
        }
    }

    /// Of one slot in one replication: what is had (contacts kept, seconds waited, ...) and what it is a share of.
    ///
    /// Real-time contacts that nobody has answered at the end, because nobody was there to serve them, count as late here, and as gone: else nobody at
    /// all would keep a promise of service. Mean waits are of the answered alone.
    pub fn parts(&self, model: &Model, counts: &Counts, slot: usize) -> (f64, f64) {
        let of_queue = |queue: QueueId| counts.queues[queue].slots[slot];
        match *self {
            Self::ServiceLevel(queue, _) => {
                let of = of_queue(queue);
                let left = left_waiting(&model.queues[queue], &counts.queues[queue], slot);
                (of.level_kept as f64, (of.level_counted + left) as f64)
            }
            Self::Asa(queue, _) => {
                let of = of_queue(queue);
                (of.wait_answered as f64 / MILLION, of.answered as f64)
            }
            Self::Abandonment(queue, _) => {
                let of = of_queue(queue);
                let left = left_waiting(&model.queues[queue], &counts.queues[queue], slot);
                let gone = of.abandoned + left;
                (gone as f64, (of.answered + gone) as f64)
            }
            Self::BacklogAge(queue, _) => {
                let of = of_queue(queue);
                (of.age_max as f64 / MILLION, of.age_samples as f64)
            }
            Self::Occupancy(group, _) => {
                let GroupSlot {
                    staffed,
                    busy,
                    overtime,
                    ..
                } = counts.groups[group].slots[slot];
                let at_work = (staffed + overtime) as f64;
                (busy as f64 / MILLION, at_work / MILLION)
            }
        }
    }

    /// The surplus of what is had against what it is a share of.
    pub fn surplus(&self, (had, of): (f64, f64)) -> f64 {
        let more = had - self.promised() * of;
        if self.is_floor() { more } else { -more }
    }
}

/// Real-time contacts that came in a slot and are open at the end. Bots end some before the queue, of which nothing is known by slot: those that are left
/// behind one are counted in the last slot in which anybody came.
fn left_waiting(queue: &Queue, counts: &QueueCounts, slot: usize) -> i128 {
    if queue.deferred {
        return 0;
    }
    let of = counts.slots[slot];
    if queue.journey.bot.is_none() {
        return (of.offered - of.answered - of.abandoned - of.blocked).max(0);
    }
    let is_last = || {
        counts.slots[slot + 1..]
            .iter()
            .all(|later| later.offered == 0)
    };
    if of.offered > 0 && is_last() {
        counts.totals.open_at_end
    } else {
        0
    }
}

impl Targets {
    /// Everything that the file promises.
    pub fn of(model: &Model, grid: &Grid) -> Self {
        let mut targets = Self {
            promises: Vec::new(),
            goals: Vec::new(),
        };
        for (id, queue) in model.queues.iter() {
            let Some(target) = &queue.target else {
                continue;
            };
            let level = target.service_level.as_ref();
            let promises = [
                level.map(|level| Promise::ServiceLevel(id, level.share)),
                target.asa.map(|asa| Promise::Asa(id, asa.as_seconds())),
                target
                    .abandonment
                    .map(|share| Promise::Abandonment(id, share)),
                target
                    .backlog_age
                    .map(|age| Promise::BacklogAge(id, age.as_seconds())),
            ];
            for promise in promises.into_iter().flatten() {
                targets.add(promise, target.over, grid);
            }
        }
        for (id, group) in model.groups.iter() {
            if let Some(most) = group.occupancy_max {
                targets.add(Promise::Occupancy(id, most), Over::Horizon, grid);
            }
        }
        targets
    }

    fn add(&mut self, promise: Promise, over: Over, grid: &Grid) {
        let place = self.promises.len();
        self.promises.push(promise);
        let step = match over {
            Over::Horizon => grid.slots(),
            Over::Day => grid.a_day,
            Over::Interval => 1,
        };
        let starts = (0..grid.slots()).step_by(step);
        let ranges = starts.map(|start| start..start + step);
        let used = ranges.filter(|slots| slots.clone().any(|slot| grid.hours[slot] > 0.0));
        self.goals.extend(used.map(|slots| Goal {
            promise: place,
            slots,
        }));
    }

    /// The promise of a goal.
    pub fn promise(&self, goal: &Goal) -> &Promise {
        &self.promises[goal.promise]
    }
}
