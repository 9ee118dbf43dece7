//! Puts what a search found into the form in which it is told.

use crate::ids::{GroupId, QueueId, Table};
use crate::scenario::model::{Model, Over, Planned};
use crate::sim::centre::Layout;
use crate::stats::estimate::Estimate;
use crate::stats::student::t_quantile;
use crate::stats::summarise::SlotLabel;
use crate::stats::summary::Stopped;
use crate::study::labels::{scenario, slots};

use super::attended::Attended;
use super::fluid::Lowest;
use super::found::{
    Bound, Ended, Failing, GroupPlan, Moment, Plan, PlanCost, Proven, SlotHeads, Unmeetable,
};
use super::grid::{Grid, Heads};
use super::judge::{Seen, Verdict};
use super::proof::{ERROR, Proof};
use super::proven::ProvenChoice;
use super::staffing::Asked;
use super::target::{Goal, Promise, Targets};
use super::tried::Tried;

/// What is to be told.
pub(super) struct Told<'a> {
    pub(super) asked: &'a Asked<'a>,
    pub(super) grid: &'a Grid,
    pub(super) targets: &'a Targets,
    pub(super) of_file: &'a Heads,
    pub(super) attended: &'a [Attended],
    /// Heads that the work alone takes.
    pub(super) load: &'a Table<GroupId, Vec<f64>>,
    pub(super) lowest: Lowest,
    pub(super) proven: ProvenChoice,
    pub(super) bound: Option<f64>,
    pub(super) savings: Option<Vec<f64>>,
    pub(super) moments: Vec<Moment>,
}

/// A plan.
pub(super) fn plan(told: &Told<'_>) -> Plan {
    let (asked, proven) = (told.asked, &told.proven);
    let staffing = proven.best.cost;
    let bound = bound(told, staffing);
    let verdict = proven
        .proof
        .as_ref()
        .map_or(&proven.best.verdict, |proof| &proof.verdict);
    let replications = verdict.replications.len() as u64;
    let seed = asked.seed.unwrap_or(asked.compiled.seed);
    Plan {
        scenario: scenario(
            asked.compiled,
            seed,
            (replications, replications),
            match proven.ended {
                Ended::Interrupted => Stopped::Interrupted,
                Ended::Converged | Ended::Work | Ended::Time => Stopped::Replications,
            },
        ),
        variant: asked.variant.name.clone(),
        cost: PlanCost {
            staffing,
            staffing_of_file: told.grid.cost_of(told.of_file),
            overtime: paid(verdict, |seen| seen.overtime),
            total: paid(verdict, |seen| seen.cost),
        },
        gap: (bound.staffing > 0.0).then(|| (staffing - bound.staffing) / bound.staffing),
        bound,
        staff: staff(told),
        proven: proven.proof.as_ref().is_some_and(Proof::holds),
        error: ERROR,
        targets: targets(told, verdict),
        progress: told.moments.clone(),
        ended: proven.ended,
        warnings: left_alone(told),
    }
}

/// The highest of the bounds. Slopes that say more than a plan that was found are wrong: then they say nothing.
fn bound(told: &Told<'_>, staffing: f64) -> Bound {
    let Lowest { fluid, pooled } = told.lowest;
    let slopes = told.bound.filter(|&slopes| slopes <= staffing);
    let all = [
        (Some(fluid), "fluid"),
        (pooled, "pooled"),
        (slopes, "slopes"),
    ];
    let known = all.iter().filter_map(|&(bound, by)| Some((bound?, by)));
    let (highest, by) = known.fold((0.0, "fluid"), |highest, bound| {
        if bound.0 > highest.0 { bound } else { highest }
    });
    Bound {
        staffing: highest,
        by,
        fluid,
        pooled,
        slopes,
    }
}

/// Queues whose contacts find nobody in intervals in which the file has somebody: where `unattended` or the limits of groups and patterns allow no other.
fn left_alone(told: &Told<'_>) -> Vec<String> {
    let model = &told.asked.variant.model;
    let names = names(model, told.grid);
    let heads = &told.proven.best.heads;
    let alone = told.attended.iter().filter(|one| !one.is_by(model, heads));
    let alone: Vec<&Attended> = alone.collect();
    let of_queues = alone.chunk_by(|one, next| one.queue == next.queue);
    let warnings = of_queues.map(|alone| {
        let first = &names[alone[0].slot];
        let weekday = first.weekday.map_or(String::new(), |day| format!("{day} "));
        let (many, s) = (alone.len(), if alone.len() == 1 { "" } else { "s" });
        format!(
            "queue {}: nobody is there for it in {many} interval{s} in which its contacts come and the file has somebody, the first {weekday}{}",
            model.queues[alone[0].queue].name.text, first.start
        )
    });
    warnings.collect()
}

/// What is paid, with Student's interval.
fn paid(verdict: &Verdict, of: impl Fn(&Seen) -> f64) -> Estimate {
    let many = verdict.replications.len() as f64;
    let mean = verdict.replications.iter().map(&of).sum::<f64>() / many;
    let squares = verdict
        .replications
        .iter()
        .map(|seen| (of(seen) - mean).powi(2));
    let error = (squares.sum::<f64>() / (many - 1.0).max(1.0) / many).sqrt();
    match t_quantile(verdict.replications.len() as u64) {
        Some(factor) => Estimate::around(mean, factor * error),
        None => Estimate::point(mean),
    }
}

/// What the slots are called.
pub(super) fn names(model: &Model, grid: &Grid) -> Vec<SlotLabel> {
    let nobody = grid.staffing(&model.groups.ids().map(|_| vec![0; grid.slots()]).collect());
    slots(model, &Layout::new(model, &nobody), 1.0)
}

fn staff(told: &Told<'_>) -> Vec<GroupPlan> {
    let model = &told.asked.variant.model;
    let names = names(model, told.grid);
    let of_group = |(id, group): (GroupId, &crate::scenario::model::Group)| {
        let (heads, of_file) = (&told.proven.best.heads[id], &told.of_file[id]);
        let slot = |slot: usize| SlotHeads {
            weekday: names[slot].weekday,
            start: names[slot].start.clone(),
            heads: heads[slot],
            heads_of_file: of_file[slot],
            load: told.load[id][slot],
        };
        GroupPlan {
            group: group.name.text.clone(),
            fixed: group.plan == Planned::Fixed,
            paid_h: told.grid.hours_of(heads),
            paid_h_of_file: told.grid.hours_of(of_file),
            heads: told.grid.used().map(slot).collect(),
        }
    };
    model.groups.iter().map(of_group).collect()
}

fn targets(told: &Told<'_>, verdict: &Verdict) -> Vec<Proven> {
    let model = &told.asked.variant.model;
    let names = names(model, told.grid);
    let of_promise = |(number, promise): (usize, &Promise)| {
        let goals: Vec<(usize, &Goal)> = of(told.targets, number);
        let proof = told.proven.proof.as_ref();
        let sure = |goal: usize| {
            let (of, surplus) = (counted(verdict, told.targets, goal), proof?.sure[goal]);
            let share = surplus / of;
            let signed = if promise.is_floor() { share } else { -share };
            (of > 0.0).then(|| promise.promised() + signed)
        };
        // The tightest: relative to what counts.
        let tightness = |goal: usize| {
            let of = counted(verdict, told.targets, goal);
            let surplus = proof.map_or_else(
                || verdict.surplus(told.targets, goal).0,
                |proof| proof.sure[goal],
            );
            if of > 0.0 {
                surplus / of
            } else {
                f64::INFINITY
            }
        };
        let tightest = goals
            .iter()
            .min_by(|one, other| tightness(one.0).total_cmp(&tightness(other.0)));
        let is_proven = |goal: &usize| proof.is_some_and(|proof| proof.sure[*goal] >= 0.0);
        Proven {
            of: name(model, promise),
            figure: figure(promise),
            over: over(model, promise).name(),
            promised: promise.promised(),
            reached: whole(verdict, number),
            sure: tightest.and_then(|(goal, _)| sure(*goal)),
            worst: tightest.and_then(|(_, goal)| when(model, promise, goal, &names)),
            proven: goals.iter().filter(|(goal, _)| is_proven(goal)).count(),
            goals: goals.len(),
            saving: told.savings.as_ref().map(|savings| savings[number]),
        }
    };
    told.targets
        .promises
        .iter()
        .enumerate()
        .map(of_promise)
        .collect()
}

fn of(targets: &Targets, promise: usize) -> Vec<(usize, &Goal)> {
    let goals = targets.goals.iter().enumerate();
    goals.filter(|(_, goal)| goal.promise == promise).collect()
}

/// What a goal's figure is a share of, in the mean.
fn counted(verdict: &Verdict, targets: &Targets, goal: usize) -> f64 {
    let goal = &targets.goals[goal];
    let cells = &verdict.slots[goal.promise][goal.slots.clone()];
    cells.iter().map(|cell| cell.1).sum()
}

/// The figure of a promise over the whole horizon.
fn whole(verdict: &Verdict, promise: usize) -> Option<f64> {
    let cells = verdict.slots[promise].iter();
    let (had, of) = cells.fold((0.0, 0.0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
    (of > 0.0).then(|| had / of)
}

fn name(model: &Model, promise: &Promise) -> String {
    let queue = |id: QueueId| model.queues[id].name.text.clone();
    match *promise {
        Promise::Occupancy(group, _) => model.groups[group].name.text.clone(),
        Promise::ServiceLevel(id, _)
        | Promise::Asa(id, _)
        | Promise::Abandonment(id, _)
        | Promise::BacklogAge(id, _) => queue(id),
    }
}

fn figure(promise: &Promise) -> &'static str {
    match promise {
        Promise::ServiceLevel(..) => "service_level",
        Promise::Asa(..) => "asa_s",
        Promise::Abandonment(..) => "abandonment",
        Promise::BacklogAge(..) => "backlog_age_s",
        Promise::Occupancy(..) => "occupancy",
    }
}

fn over(model: &Model, promise: &Promise) -> Over {
    let queue = promise.queue();
    let target = queue.and_then(|id| model.queues[id].target.as_ref());
    target.map_or(Over::Horizon, |target| target.over)
}

/// `tue`, `tue 09:30`, `09:30`; nothing over the horizon.
fn when(model: &Model, promise: &Promise, goal: &Goal, names: &[SlotLabel]) -> Option<String> {
    let first = &names[goal.slots.start];
    let weekday = first.weekday.map(str::to_owned);
    match over(model, promise) {
        Over::Horizon => None,
        Over::Day => weekday,
        Over::Interval => Some(match weekday {
            Some(weekday) => format!("{weekday} {}", first.start),
            None => first.start.clone(),
        }),
    }
}

/// What cannot be kept.
pub(super) fn unmeetable(
    model: &Model,
    grid: &Grid,
    targets: &Targets,
    tried: &Tried,
    needed: Vec<(String, u32)>,
) -> Unmeetable {
    let names = names(model, grid);
    let verdict = &tried.verdict;
    let failing = |(number, promise): (usize, &Promise)| {
        let goals = of(targets, number).into_iter();
        let short = goals.map(|(goal, of)| (verdict.surplus(targets, goal).0, goal, of));
        let worst = short.min_by(|one, other| one.0.total_cmp(&other.0))?;
        (worst.0 < 0.0).then(|| Failing {
            of: name(model, promise),
            figure: figure(promise),
            promised: promise.promised(),
            reached: verdict.figure(worst.1),
            worst: when(model, promise, worst.2, &names),
        })
    };
    let limits = model.groups.iter().filter_map(|(id, group)| {
        let most = tried.heads[id].iter().max().copied().unwrap_or(0);
        match group.plan {
            Planned::Fixed => Some((group.name.text.clone(), most)),
            Planned::Within { max, .. } if most >= max => Some((group.name.text.clone(), max)),
            Planned::Within { .. } => None,
        }
    });
    Unmeetable {
        targets: targets
            .promises
            .iter()
            .enumerate()
            .filter_map(failing)
            .collect(),
        limits: limits.collect(),
        needed,
        obstacles: Vec::new(),
    }
}
