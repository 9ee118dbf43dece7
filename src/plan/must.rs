//! What has to be done for a promise to be kept, at least: by nothing but the promise's own arithmetic.
//!
//! Of contacts that come, each with a patience X of its own law, who is told nothing and chooses nothing by the state, let W be the wait that
//! one would have if patient for ever. W depends on others alone, so of those with W ≤ T a share P(X ≥ W) ≥ P(X > T) =: s is kept, and of
//! those with W > T nobody. By definition of the service level, with α promised, the expected kept of N contacts are at least
//!
//! | definition | at least | because |
//! | --- | --- | --- |
//! | `offered` | α N | everyone counts |
//! | `late_abandons` | α s N | of those not kept in time, the patient count: (1 − α) kept ≥ α s (N − kept / s) |
//! | `no_short` | α P(X > short) N | whoever outlasts `short` counts, kept or not |
//! | `early_abandons_ok` | (s − 1 + α) N | at most (1 − α) N are late or leave late |
//! | `answered` | 0, or α N where nobody leaves | who leaves does not count |
//!
//! Where nobody ever leaves, s is 1. There the bound takes it that nobody is left unanswered for good: one who is counts as late.

use crate::dist::Family;
use crate::ids::{Id, QueueId};
use crate::queueing::Definition;
use crate::scenario::load;
use crate::scenario::model::{Model, Queue, ServiceLevelTarget};
use crate::time::{SimDuration, SimTime};

use super::flow::Flow;
use super::grid::Grid;
use super::residual;

/// What must be done of a queue.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Must {
    pub(super) queue: QueueId,
    /// Whether its contacts are those that come from outside, so that it is known when each can be begun.
    pub(super) is_timed: bool,
    /// Of those who count, so many are kept at least.
    pub(super) share: f64,
    /// By slot: contacts over the horizon.
    pub(super) come: Vec<f64>,
    /// By slot: those of them who count for sure.
    pub(super) counted: Vec<f64>,
    /// By slot: hours of work of one, at pace and speed 1, with the longest cut off; the least of all kinds where they are not timed.
    pub(super) work_h: Vec<f64>,
    /// By place in the order of slots: of those who have come, in hours of work, so much need not be begun at the end.
    pub(super) may_wait: Vec<f64>,
}

/// What all queues with a promised service level must have done.
pub(super) fn of_model(model: &Model, grid: &Grid, flow: &Flow) -> Vec<Must> {
    let queues = model.queues.iter();
    let all = queues.filter_map(|(id, queue)| {
        let target = queue.target.as_ref()?;
        let level = target.service_level.as_ref()?;
        let share = share(model, queue, level).filter(|_| is_bounded(queue))?;
        (share > 0.0).then(|| Must::new((model, grid, flow), id, level, share))
    });
    all.collect()
}

/// Of those who count when nobody is served, how many have to be kept; `None` where the patience is not known.
fn share(model: &Model, queue: &Queue, level: &ServiceLevelTarget) -> Option<f64> {
    let promised = level.share;
    let Some(patience) = &queue.patience else {
        return Some(promised);
    };
    if patience.mean.is_some() {
        return None;
    }
    // What a bot leaves of it.
    let left = queue
        .journey
        .bot
        .map_or(1.0, |bot| model.bots[bot].patience.min(1.0));
    let lasts = |time: SimDuration| survival(patience.sampler.family(), time.as_seconds() / left);
    // A deferred queue's clock may stop while it is closed, and customers then leave before the threshold.
    let stays = if level.open_hours.is_some() {
        0.0
    } else {
        lasts(level.within)
    };
    Some(match level.definition {
        Definition::Offered => promised,
        Definition::LateAbandons => promised * stays,
        Definition::NoShort => promised * stays.min(lasts(level.short)),
        Definition::EarlyAbandonsOk => (stays - 1.0 + promised).max(0.0),
        Definition::Answered => 0.0,
    })
}

fn survival(family: &Family, time_s: f64) -> f64 {
    1.0 - family.cdf(time_s)
}

/// Whether what comes and who counts is known: nobody is told, called back, spared, turned away for want of a line, or leaves a chat.
fn is_bounded(queue: &Queue) -> bool {
    let journey = &queue.journey;
    let leaves_chat = journey
        .dialogue
        .as_ref()
        .is_some_and(|dialogue| dialogue.patience.is_some());
    journey.announce.is_none()
        && journey.callback.is_none()
        && journey.silent.is_none()
        && journey.triage.is_none()
        && !journey.may_be_spared
        && !leaves_chat
        && queue.trunk.is_none()
}

/// Whether all its contacts come from outside.
pub(super) fn is_timed(model: &Model, id: QueueId) -> bool {
    let queue = &model.queues[id];
    let own =
        queue.journey.bot.is_none() && queue.journey.transfer.is_none() && queue.spread.is_none();
    own && model
        .queues
        .iter()
        .all(|(from, queue)| !leads_to(model, (from, queue), id))
}

/// Whether contacts of one queue lead to contacts of another.
fn leads_to(model: &Model, (from, queue): (QueueId, &Queue), id: QueueId) -> bool {
    let journey = &queue.journey;
    let resolution = journey
        .resolution
        .as_ref()
        .map(|resolution| &resolution.comeback);
    let bot = journey.bot.map(|bot| &model.bots[bot]);
    let comebacks = [journey.retry.as_ref(), resolution];
    let comebacks = comebacks.into_iter().flatten();
    let mut comebacks = comebacks.chain(bot.and_then(|bot| bot.comeback.as_ref()));
    let message = bot.and_then(|bot| bot.closed);
    // A share that stays comes back to the same queue.
    comebacks.any(|comeback| from == id || comeback.to.iter().any(|to| to.to == id))
        || (journey.replies.is_some() && from == id)
        || journey
            .transfer
            .as_ref()
            .is_some_and(|transfer| from == id || transfer.to.iter().any(|to| to.to == id))
        || message == Some(id)
}

impl Must {
    fn new(
        (model, grid, flow): (&Model, &Grid, &Flow),
        id: QueueId,
        level: &ServiceLevelTarget,
        share: f64,
    ) -> Self {
        let queue = &model.queues[id];
        let mut must = Self {
            queue: id,
            is_timed: is_timed(model, id),
            share,
            come: vec![0.0; grid.slots()],
            counted: vec![0.0; grid.slots()],
            work_h: vec![f64::INFINITY; grid.slots()],
            may_wait: Vec::new(),
        };
        let least = least_factor(model, id) * residual::of_queue(queue).kept;
        let feeds = &load::feeds(model)[id.index()];
        for piece in model.calendar.pieces() {
            let slot = grid.slot(&piece);
            let work_h = load::work(queue, &piece) * least / 3_600.0;
            must.work_h[slot] = must.work_h[slot].min(work_h);
            let from = piece.start.max(model.warm_up);
            if from >= piece.end {
                continue;
            }
            let rate: f64 = feeds
                .iter()
                .map(|(rate, share)| rate.at(&piece) * share)
                .sum();
            let rate = rate * load::accepted(queue, &piece) * load::comes_to_door(model, queue);
            let come = rate * piece.end.since(from).as_hours();
            must.come[slot] += come;
            must.counted[slot] += come * due(model, queue, level, (from, piece.end));
        }
        must.backlog(model, queue, level, flow);
        must.may_wait = must.may_wait(grid, flow, level);
        must
    }

    /// Contacts that are there at the start.
    fn backlog(&mut self, model: &Model, queue: &Queue, level: &ServiceLevelTarget, flow: &Flow) {
        let Some(&first) = flow.order.first() else {
            return;
        };
        let count = f64::from(queue.backlog.count);
        self.come[first] += count;
        let oldest = queue.backlog.oldest.as_hours();
        let is_counted = model.warm_up == SimTime::START
            && level.open_hours.is_none()
            && level.within.as_hours() <= hours(SimTime::START, model.calendar.end());
        if is_counted {
            let young = if oldest > 0.0 {
                (level.within.as_hours() / oldest).min(1.0)
            } else {
                1.0
            };
            self.counted[first] += (count * young - 1.0).max(0.0);
        }
    }

    /// See [`Self::may_wait`].
    fn may_wait(&self, grid: &Grid, flow: &Flow, level: &ServiceLevelTarget) -> Vec<f64> {
        let slot_h = grid.interval.as_hours();
        let within = level.within.as_hours();
        let work: Vec<f64> = flow
            .order
            .iter()
            .map(|&slot| self.come[slot] * self.work_h[slot])
            .collect();
        let slots = work.len();
        if level.open_hours.is_some() || !self.is_timed {
            return vec![work.iter().sum(); slots];
        }
        let of_end = |end: usize| -> f64 {
            // The latest slots; where weeks repeat, of the week before too.
            let most = if flow.repeats { slots } else { end + 1 };
            let young = (0..most).map_while(|back| {
                let part = ((within - back as f64 * slot_h) / slot_h).min(1.0);
                (part > 0.0).then(|| part * work[(end + slots - back) % slots])
            });
            young.sum()
        };
        (0..slots).map(of_end).collect()
    }
}

fn hours(from: SimTime, to: SimTime) -> f64 {
    to.since(from).as_hours()
}

/// Of contacts that come evenly between two instants, how many count for sure: all of a real-time queue, of a deferred one those whose
/// deadline lies within the horizon.
fn due(
    model: &Model,
    queue: &Queue,
    level: &ServiceLevelTarget,
    (from, to): (SimTime, SimTime),
) -> f64 {
    if !queue.deferred {
        return 1.0;
    }
    let end = model.calendar.end();
    if let Some(clock) = &level.open_hours {
        let left = clock.between(&model.calendar, to, end);
        return f64::from(u8::from(left >= level.within));
    }
    let last = hours(from, end) - level.within.as_hours();
    (last / hours(from, to)).clamp(0.0, 1.0)
}

/// The least work of any kind of contact that a queue has, in relation to that of a first one.
fn least_factor(model: &Model, id: QueueId) -> f64 {
    let queue = &model.queues[id];
    let journey = &queue.journey;
    let reply = journey
        .replies
        .as_ref()
        .map_or(1.0, |replies| replies.handle_time);
    let bot = journey.bot.map_or(1.0, |bot| model.bots[bot].handle_time);
    let least = reply.min(bot).min(1.0);
    let Some(transfer) = &journey.transfer else {
        return least;
    };
    let talk = queue.handle_time.sampler.mean();
    let after = queue.wrap_up.as_ref().map_or(0.0, |law| law.sampler.mean());
    let handed_on = transfer.after * talk / (talk + after);
    least * (1.0 - transfer.share + transfer.share * handed_on)
}

/// The most residual of any kind of contact, in relation to that of a first one.
pub(super) fn most_factor(model: &Model, id: QueueId) -> f64 {
    let journey = &model.queues[id].journey;
    let reply = journey
        .replies
        .as_ref()
        .map_or(1.0, |replies| replies.handle_time);
    let bot = journey.bot.map_or(1.0, |bot| model.bots[bot].handle_time);
    reply.max(bot).max(1.0)
}

/// Whether a head can be counted by what its group does at best: nobody is faster than others.
pub(super) fn are_alike(model: &Model) -> bool {
    model.groups.values().all(|group| group.speeds.is_none())
}
