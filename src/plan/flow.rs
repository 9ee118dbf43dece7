//! Whom to expect: contacts and work of every queue in every slot, in the mean, with what contacts lead to: moves, bots, transfers, replies,
//! comebacks of the unresolved, posts that breed others. Nothing is simulated. Left out is what depends on waiting: customers who leave and
//! try again, callbacks, questions that an answer spares.

use crate::ids::{Id, QueueId, Table};
use crate::scenario::journey::Comeback;
use crate::scenario::load;
use crate::scenario::model::{Model, Queue};
use crate::time::Piece;

use super::grid::Grid;

/// Follow-ups of follow-ups are followed so far.
const GENERATIONS: u32 = 6;
/// A flood is taken for no more than this many times its first posts.
const MOST_BRED: f64 = 10.0;
/// How long a post waits for its answer where nothing is promised, in hours.
const UNPROMISED_H: f64 = 1.0;

/// What comes, by queue and slot.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Contacts an hour that come as far as the queue.
    pub contacts: Table<QueueId, Vec<f64>>,
    /// The work in them at pace and speed 1, in erlangs.
    pub work: Table<QueueId, Vec<f64>>,
    /// The used slots in the order of time, from the first day of the horizon.
    pub order: Vec<usize>,
    /// Whether the last of them is followed by the first again.
    pub repeats: bool,
}

/// What one contact leads to.
struct Next {
    from: QueueId,
    to: QueueId,
    /// How many of such contacts one makes.
    chance: f64,
    /// After how many slots.
    slots: usize,
    /// Their work, as a factor of that of a first contact there.
    work: f64,
    /// How often in one issue.
    at_most: u32,
}

impl Flow {
    /// What a model leads to expect.
    pub fn new(model: &Model, grid: &Grid) -> Self {
        let mut flow = Self::nothing(model, grid);
        flow.come(model, grid, true);
        flow.come_again(model, grid);
        flow
    }

    /// First contacts alone, as they come: nothing that they lead to and nothing that others leave.
    pub fn of_first_contacts(model: &Model, grid: &Grid) -> Self {
        let mut flow = Self::nothing(model, grid);
        flow.come(model, grid, false);
        flow
    }

    fn nothing(model: &Model, grid: &Grid) -> Self {
        let order = order(model, grid);
        let repeats = model.calendar.days().len() > 7;
        Self {
            contacts: model
                .queues
                .ids()
                .map(|_| vec![0.0; grid.slots()])
                .collect(),
            work: model
                .queues
                .ids()
                .map(|_| vec![0.0; grid.slots()])
                .collect(),
            order,
            repeats,
        }
    }

    /// First contacts.
    fn come(&mut self, model: &Model, grid: &Grid, with_more: bool) {
        let feeds = load::feeds(model);
        for piece in model.calendar.pieces() {
            let from = piece.start.max(model.warm_up);
            if from >= piece.end {
                continue;
            }
            let slot = grid.slot(&piece);
            let part = piece.end.since(from).as_hours() / grid.hours[slot];
            for (id, queue) in model.queues.iter() {
                let feeds = feeds[id.index()].iter();
                let rate: f64 = feeds.map(|(rate, share)| rate.at(&piece) * share).sum();
                let open = load::accepted(queue, &piece);
                let mut come = rate * open;
                if with_more {
                    self.leave_messages(model, queue, slot, part * (rate - come), &piece);
                    come *= bred(queue);
                }
                let work = load::work(queue, &piece) * load::left_by_bot(model, queue);
                self.contacts[id][slot] += part * come * load::comes_to_door(model, queue);
                self.work[id][slot] += part * come * worked(queue, work) / 3_600.0;
            }
        }
    }

    /// Of those who come while a queue is closed, those who leave a message with its bot.
    fn leave_messages(
        &mut self,
        model: &Model,
        queue: &Queue,
        slot: usize,
        rate: f64,
        piece: &Piece,
    ) {
        let bot = queue.journey.bot.map(|id| &model.bots[id]);
        let Some((share, to)) = bot.and_then(|bot| Some((bot.share, bot.closed?))) else {
            return;
        };
        self.contacts[to][slot] += rate * share;
        self.work[to][slot] += rate * share * load::work(&model.queues[to], piece) / 3_600.0;
    }

    /// What they lead to.
    fn come_again(&mut self, model: &Model, grid: &Grid) {
        let nexts = nexts(model, grid);
        if nexts.is_empty() {
            return;
        }
        let mut last = self.contacts.clone();
        // Seconds of work of a contact of the slot.
        let each: Table<QueueId, Vec<f64>> = model
            .queues
            .ids()
            .map(|id| {
                let pairs = self.work[id].iter().zip(&self.contacts[id]);
                pairs
                    .map(|(work, contacts)| {
                        if *contacts > 0.0 {
                            work / contacts
                        } else {
                            0.0
                        }
                    })
                    .collect()
            })
            .collect();
        for generation in 1..=GENERATIONS {
            let mut come: Table<QueueId, Vec<f64>> = model
                .queues
                .ids()
                .map(|_| vec![0.0; grid.slots()])
                .collect();
            for next in nexts.iter().filter(|next| generation <= next.at_most) {
                for (at, &slot) in self.order.iter().enumerate() {
                    let more = last[next.from][slot] * next.chance;
                    let Some(to) = self.later(at, next.slots).filter(|_| more > 0.0) else {
                        continue;
                    };
                    come[next.to][to] += more;
                    self.contacts[next.to][to] += more;
                    let work = [each[next.to][to], each[next.to][slot]];
                    let work = work.into_iter().find(|&work| work > 0.0);
                    self.work[next.to][to] += more * next.work * work.unwrap_or(0.0);
                }
            }
            last = come;
        }
    }

    /// The slot so many after the one at this place in the order.
    fn later(&self, at: usize, slots: usize) -> Option<usize> {
        let place = at + slots;
        let place = if self.repeats {
            place % self.order.len()
        } else {
            place
        };
        self.order.get(place).copied()
    }
}

/// The used slots from the first day on.
fn order(model: &Model, grid: &Grid) -> Vec<usize> {
    let first = model.calendar.days().first();
    let first = match first {
        Some(day) if grid.by_weekday => usize::from(day.weekday) * grid.a_day,
        _ => 0,
    };
    let all = (0..grid.slots()).map(|place| (first + place) % grid.slots());
    all.filter(|&slot| grid.hours[slot] > 0.0).collect()
}

/// How many posts come of one, itself included.
fn bred(queue: &Queue) -> f64 {
    let Some(spread) = &queue.spread else {
        return 1.0;
    };
    let fades = spread.fades.as_hours();
    let answered = queue
        .within()
        .map_or(UNPROMISED_H, |within| within.as_hours() / 2.0);
    let each = spread.posts_per_hour * fades * (1.0 - (-answered / fades).exp());
    1.0 / (1.0 - each.min(1.0 - 1.0 / MOST_BRED))
}

/// Work of a mean contact that is seen through, handed on or seen to need no answer.
fn worked(queue: &Queue, work: f64) -> f64 {
    let journey = &queue.journey;
    let work = journey.transfer.as_ref().map_or(work, |transfer| {
        let handed_on = transfer.after * work + transfer.warm.as_seconds();
        (1.0 - transfer.share) * work + transfer.share * handed_on
    });
    journey.triage.as_ref().map_or(work, |triage| {
        (1.0 - triage.share) * work + triage.share * triage.time.as_seconds()
    })
}

fn nexts(model: &Model, grid: &Grid) -> Vec<Next> {
    let mut nexts = Vec::new();
    for (id, queue) in model.queues.iter() {
        let journey = &queue.journey;
        if let Some(resolution) = &journey.resolution {
            let groups = queue.servers.iter();
            let shares = groups.map(|server| resolution.share[server.group]);
            let resolved = shares.sum::<f64>() / queue.servers.len() as f64;
            comebacks(&mut nexts, (id, 1.0 - resolved), &resolution.comeback, grid);
        }
        if let Some(bot) = journey.bot.map(|id| &model.bots[id]) {
            let come = load::comes_to_door(model, queue);
            if let Some(comeback) = bot.comeback.as_ref().filter(|_| come > 0.0) {
                let unresolved = bot.share * bot.ends.unresolved / come;
                comebacks(&mut nexts, (id, unresolved), comeback, grid);
            }
        }
        if let Some(replies) = &journey.replies {
            nexts.push(Next {
                from: id,
                to: id,
                chance: replies.chance,
                slots: slots(replies.delay.sampler.mean(), grid),
                work: replies.handle_time,
                at_most: replies.at_most,
            });
        }
        if let Some(transfer) = &journey.transfer {
            let stay = 1.0 - transfer.to.iter().map(|to| to.share).sum::<f64>();
            let to = transfer.to.iter().map(|to| (to.to, to.share));
            for (to, share) in to.chain([(id, stay.max(0.0))]) {
                nexts.push(Next {
                    from: id,
                    to,
                    chance: transfer.share * share,
                    slots: 0,
                    work: 1.0,
                    at_most: GENERATIONS,
                });
            }
        }
    }
    nexts.retain(|next| next.chance > 0.0);
    nexts
}

fn comebacks(
    nexts: &mut Vec<Next>,
    (from, share): (QueueId, f64),
    comeback: &Comeback,
    grid: &Grid,
) {
    let stay = 1.0 - comeback.to.iter().map(|to| to.share).sum::<f64>();
    let to = comeback.to.iter().map(|to| (to.to, to.share));
    for (to, part) in to.chain([(from, stay.max(0.0))]) {
        nexts.push(Next {
            from,
            to,
            chance: share * comeback.chance * part,
            slots: slots(comeback.delay.sampler.mean(), grid),
            work: 1.0,
            at_most: comeback.at_most,
        });
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a delay is not negative, and one beyond all slots is cut"
)]
fn slots(delay_s: f64, grid: &Grid) -> usize {
    (delay_s / grid.interval.as_seconds()).round() as usize
}
