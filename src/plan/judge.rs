//! Simulates staffings and says what is left over of every promise. All staffings meet the same customers, so that differences between
//! them are theirs and not chance.

use std::ops::Range;

use crate::finance::labour;
use crate::scenario::model::{Model, Staffing};
use crate::sim::centre::{Centre, Layout};
use crate::sim::counting::extent;
use crate::sim::parallel::Workers;
use crate::stats::counts::Counts;
use crate::study::mixes::once::count;
use crate::study::run::RunError;

use super::target::Targets;

/// Simulates staffings of one model under one seed.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'a> {
    /// What the engine reads.
    pub model: &'a Model,
    /// What must hold.
    pub targets: &'a Targets,
    /// Of all random numbers.
    pub seed: u64,
    /// The threads.
    pub workers: &'a Workers,
}

/// What came of one staffing.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// By replication, in their order.
    pub replications: Vec<Seen>,
    /// In the mean over replications.
    pub slots: Slots,
    /// By slot: what overtime costs in the mean over replications, in units of the currency.
    pub overtime: Vec<f64>,
}

/// What came of one staffing in one replication.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// What was paid, and the value lost where the file says what that is, in units of the currency.
    pub cost: f64,
    /// What agents cost who are busy beyond those on duty, in units of the currency: part of what is paid.
    pub overtime: f64,
    /// By goal: what is had and what it is a share of.
    pub goals: Vec<(f64, f64)>,
}

/// What one thread works in: for the staffing that it had last.
struct Desk {
    candidate: usize,
    centre: Option<(Layout, Centre, Counts)>,
    seen: Vec<(u64, Seen, Slots, Vec<f64>)>,
}

/// By promise and slot: what is had and what it is a share of.
pub type Slots = Vec<Vec<(f64, f64)>>;

impl Judge<'_> {
    /// The same of other customers.
    #[must_use]
    pub fn under(&self, seed: u64) -> Self {
        Self { seed, ..*self }
    }

    /// What comes of one staffing in these replications.
    ///
    /// # Errors
    /// When contacts come of others without bound, or somebody stops it.
    pub fn judge(&self, staffing: &Staffing, range: Range<u64>) -> Result<Verdict, RunError> {
        let mut all = self.judge_all(std::slice::from_ref(staffing), range)?;
        Ok(all.remove(0))
    }

    /// What comes of each of these staffings in these replications.
    ///
    /// # Errors
    /// When contacts come of others without bound, or somebody stops it.
    pub fn judge_all(
        &self,
        staffings: &[Staffing],
        range: Range<u64>,
    ) -> Result<Vec<Verdict>, RunError> {
        let many = range.end - range.start;
        let work = staffings.len() as u64 * many;
        let desk = || Desk {
            candidate: usize::MAX,
            centre: None,
            seen: Vec::new(),
        };
        let step = |desk: &mut Desk, index: u64| {
            let candidate = usize::try_from(index / many).unwrap_or(usize::MAX);
            self.replicate(
                desk,
                candidate,
                &staffings[candidate],
                (index, range.start + index % many),
            )
        };
        let desks = self.workers.each(0..work, desk, step)?;
        let mut seen: Vec<_> = desks.into_iter().flat_map(|desk| desk.seen).collect();
        if (seen.len() as u64) < work {
            return Err(RunError::Interrupted);
        }
        seen.sort_unstable_by_key(|(index, ..)| *index);
        let mut seen = seen.into_iter();
        let many = usize::try_from(many).unwrap_or(usize::MAX);
        Ok(staffings
            .iter()
            .map(|_| Verdict::of(seen.by_ref().take(many)))
            .collect())
    }

    fn replicate(
        &self,
        desk: &mut Desk,
        candidate: usize,
        staffing: &Staffing,
        (place, index): (u64, u64),
    ) -> Result<(), RunError> {
        if desk.candidate != candidate {
            desk.centre = None;
            desk.candidate = candidate;
        }
        let (layout, centre, counts) = desk.centre.get_or_insert_with(|| {
            let layout = Layout::new(self.model, staffing);
            let centre = Centre::new(self.model, &layout, self.seed, 0);
            let counts = Counts::new(extent(self.model, &layout));
            (layout, centre, counts)
        });
        count(
            (self.model, staffing, layout),
            "the plan",
            (self.seed, index),
            centre,
            counts,
            |_| (),
        )?;
        let slots: Slots = self
            .targets
            .promises
            .iter()
            .map(|promise| {
                let slots = 0..layout.slots as usize;
                slots
                    .map(|slot| promise.parts(self.model, counts, slot))
                    .collect()
            })
            .collect();
        let goals = self.targets.goals.iter();
        let goals = goals.map(|goal| total(&slots[goal.promise][goal.slots.clone()]));
        let overtime = overtime(self.model, counts, layout.slots as usize);
        let seen = Seen {
            cost: counts.demand.cost as f64 / 1e6,
            overtime: overtime.iter().sum(),
            goals: goals.collect(),
        };
        desk.seen.push((place, seen, slots, overtime));
        Ok(())
    }
}

impl Verdict {
    fn of(seen: impl Iterator<Item = (u64, Seen, Slots, Vec<f64>)>) -> Self {
        let mut replications = Vec::new();
        let mut slots = Slots::new();
        let mut overtime = Vec::new();
        for (_, seen, of_slots, of_overtime) in seen {
            replications.push(seen);
            if slots.is_empty() {
                (slots, overtime) = (of_slots, of_overtime);
                continue;
            }
            for (sum, more) in overtime.iter_mut().zip(of_overtime) {
                *sum += more;
            }
            let cells = slots.iter_mut().flatten().zip(of_slots.iter().flatten());
            for (sum, more) in cells {
                *sum = (sum.0 + more.0, sum.1 + more.1);
            }
        }
        let many = replications.len() as f64;
        for sum in slots.iter_mut().flatten() {
            *sum = (sum.0 / many, sum.1 / many);
        }
        for sum in &mut overtime {
            *sum /= many;
        }
        Self {
            replications,
            slots,
            overtime,
        }
    }

    /// The mean surplus of a goal, and its standard error.
    pub fn surplus(&self, targets: &Targets, goal: usize) -> (f64, f64) {
        let promise = targets.promise(&targets.goals[goal]);
        let many = self.replications.len() as f64;
        let of = |seen: &Seen| promise.surplus(seen.goals[goal]);
        let mean = self.replications.iter().map(of).sum::<f64>() / many;
        let squares = self
            .replications
            .iter()
            .map(|seen| (of(seen) - mean).powi(2));
        let variance = squares.sum::<f64>() / (many - 1.0).max(1.0);
        (mean, (variance / many).sqrt())
    }

    /// The figure that a goal is about, of all replications together; `None` where nothing counts.
    pub fn figure(&self, goal: usize) -> Option<f64> {
        let seen = self.replications.iter().map(|seen| seen.goals[goal]);
        let (had, of) = seen.fold((0.0, 0.0), |sum, seen| (sum.0 + seen.0, sum.1 + seen.1));
        (of > 0.0).then(|| had / of)
    }

    /// Whether every goal holds in the mean.
    pub fn holds(&self, targets: &Targets) -> bool {
        (0..targets.goals.len()).all(|goal| self.surplus(targets, goal).0 >= 0.0)
    }
}

/// By slot: what agents cost who are busy beyond those on duty, in units of the currency.
fn overtime(model: &Model, counts: &Counts, slots: usize) -> Vec<f64> {
    let of_slot = |slot: usize| {
        let groups = model.groups.iter();
        let paid = groups.map(|(id, group)| {
            let time = counts.groups[id].slots[slot].overtime;
            labour::of_overtime(group, time)
        });
        paid.sum::<i128>() as f64 / 1e6
    };
    (0..slots).map(of_slot).collect()
}

fn total(cells: &[(f64, f64)]) -> (f64, f64) {
    cells
        .iter()
        .fold((0.0, 0.0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1))
}
