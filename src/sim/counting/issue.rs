//! What issues and bots count.

use crate::ids::{BotId, Id, Table};
use crate::scenario::model::Model;
use crate::sim::contacts::Contact;
use crate::sim::issues::{Issue, Stop};
use crate::sim::observer::{BotEnd, Turn};
use crate::stats::counts::Extent;
use crate::stats::issue_counts::{BotTotals, IssueCounts, IssueTotals, Stops};
use crate::time::{SimDuration, SimTime};

use super::integral::Integral;

/// Issues and bots that are being counted.
#[derive(Debug)]
pub(super) struct IssueCounter {
    pub(super) counts: IssueCounts,
    stops: Stops,
    /// A contact so soon after the first answer says that this resolved nothing.
    window: SimDuration,
    away: Integral,
    sessions: Table<BotId, Integral>,
}

impl IssueCounter {
    /// Nothing counted yet.
    pub(super) fn new(model: &Model, extent: Extent, counts: IssueCounts) -> Self {
        Self {
            counts,
            stops: extent.stops(),
            window: model.issues.map_or(SimDuration::ZERO, |rules| rules.window),
            away: Integral::default(),
            sessions: model.bots.ids().map(|_| Integral::default()).collect(),
        }
    }

    /// A customer found no queue: the issue is lost before its first contact.
    pub(super) fn turned_away(&mut self) {
        if self.counts.queues.is_empty() {
            return;
        }
        let totals = &mut self.counts.totals;
        totals.opened += 1;
        totals.lost += 1;
        let way = self.stops.way(0, self.number(Stop::Lost));
        if let Some(flow) = self.counts.flows.get_mut(way) {
            flow.times += 1;
        }
    }

    /// The starting backlog of a removed queue is lost with it.
    pub(super) fn lost_with_queue(&mut self, issues: u64) {
        if self.counts.queues.is_empty() {
            return;
        }
        let issues = i128::from(issues);
        let totals = &mut self.counts.totals;
        totals.carried_in += issues;
        totals.lost += issues;
        let way = self.stops.way(0, self.number(Stop::Lost));
        if let Some(flow) = self.counts.flows.get_mut(way) {
            flow.times += issues;
        }
    }

    /// An issue has gone from one stop to the one where it is now.
    pub(super) fn travelled(&mut self, issue: &Issue, from: Stop) {
        let way = self.stops.way(self.number(from), self.number(issue.at));
        if let Some(flow) = self.counts.flows.get_mut(way) {
            flow.times += 1;
        }
    }

    /// The number of a stop among all.
    fn number(&self, stop: Stop) -> usize {
        let Stops { queues, bots } = self.stops;
        match stop {
            Stop::New => 0,
            Stop::Queue(queue) => 1 + queue.index(),
            Stop::Bot(bot) => 1 + queues + bot.index(),
            Stop::Resolved => 1 + queues + bots,
            Stop::Lost => 2 + queues + bots,
            Stop::Open => 3 + queues + bots,
        }
    }

    /// An issue has ended where it is now.
    pub(super) fn ended(&mut self, at: SimTime, issue: &Issue) {
        let window = self.window;
        for totals in [
            &mut self.counts.totals,
            &mut self.counts.queues[issue.queue],
        ] {
            add(totals, at, issue, window);
        }
        if issue.at == Stop::Resolved {
            let time = at.since(issue.opened_at);
            self.counts.resolution_time.record(time.0);
        }
    }

    /// A customer did something beside waiting.
    pub(super) fn turned(&mut self, contact: &Contact, turn: Turn) {
        let totals = &mut self.counts.turns[contact.queue];
        *match turn {
            Turn::Balked => &mut totals.balked,
            Turn::LeftSilently => &mut totals.left_silently,
            Turn::CallbackOffered => &mut totals.callbacks_offered,
            Turn::CallbackAccepted => &mut totals.callbacks_accepted,
            Turn::Called => &mut totals.called,
            Turn::NotReached => &mut totals.not_reached,
            Turn::Came => &mut totals.came,
            Turn::Spared => &mut totals.spared,
            Turn::NeedsNoAnswer => &mut totals.need_no_answer,
            Turn::LeftMidway => &mut totals.left_midway,
        } += 1;
    }

    /// An agent replied in a chat, so long after its customer wrote.
    pub(super) fn replied(&mut self, contact: &Contact, wait: SimDuration) {
        let totals = &mut self.counts.turns[contact.queue];
        totals.replies += 1;
        totals.reply_time += i128::from(wait.0);
    }

    /// A contact that others could read stood unanswered until an instant.
    pub(super) fn stood_unanswered(&mut self, until: SimTime, contact: &Contact) {
        let totals = &mut self.counts.turns[contact.queue];
        totals.public += 1;
        totals.public_time += i128::from(until.since(contact.came_at).0);
    }

    /// A contact found the bot of its queue full.
    pub(super) fn bot_full(&mut self, model: &Model, contact: &Contact) {
        if let Some(bot) = model.queues[contact.queue].journey.bot {
            self.counts.bots[bot].full += 1;
        }
    }

    /// A session has ended.
    pub(super) fn bot_ended(&mut self, model: &Model, contact: &Contact, end: BotEnd) {
        let Some(bot) = model.queues[contact.queue].journey.bot else {
            return;
        };
        let BotTotals {
            sessions,
            resolved,
            unresolved,
            gave_up,
            messages,
            handed_over,
            ..
        } = &mut self.counts.bots[bot];
        *sessions += 1;
        *match end {
            BotEnd::Resolved => resolved,
            BotEnd::Unresolved => unresolved,
            BotEnd::GaveUp => gave_up,
            BotEnd::Message => messages,
            BotEnd::HandedOver => handed_over,
        } += 1;
        let of_queue = &mut self.counts.sessions[contact.queue];
        of_queue.0 += 1;
        of_queue.1 += i128::from(end == BotEnd::Resolved);
    }

    /// A bot has so many sessions under way.
    pub(super) fn set_sessions(&mut self, at: SimTime, bot: BotId, sessions: u32) {
        self.sessions[bot].set(sessions, at);
    }

    /// So many issues wait for their next contact.
    pub(super) fn set_away(&mut self, at: SimTime, issues: u32) {
        self.away.set(issues, at);
    }

    /// An interval ends, or the horizon.
    pub(super) fn pass(&mut self, at: SimTime) {
        self.counts.totals.away += self.away.take(at);
        for (bot, sessions) in self.sessions.iter_mut() {
            self.counts.bots[bot].busy += sessions.take(at);
        }
    }

    /// Gives what was counted away.
    pub(super) fn close(&mut self) -> IssueCounts {
        std::mem::take(&mut self.counts)
    }
}

fn add(totals: &mut IssueTotals, at: SimTime, issue: &Issue, window: SimDuration) {
    let micros = |span: SimDuration| i128::from(span.0);
    if issue.carried_in {
        totals.carried_in += 1;
    } else {
        totals.opened += 1;
    }
    let is_resolved = issue.at == Stop::Resolved;
    match issue.at {
        Stop::Resolved => totals.resolved += 1,
        Stop::Lost => totals.lost += 1,
        Stop::Open | Stop::New | Stop::Bot(_) | Stop::Queue(_) => totals.open_at_end += 1,
    }
    if issue.first_answer_at < SimTime::NEVER {
        totals.answered += 1;
        totals.first_response += micros(issue.first_response_at.since(issue.opened_at));
        let came_again = issue.came_again_at < SimTime::NEVER
            && issue.came_again_at.since(issue.first_answer_at) <= window;
        totals.first_contact += i128::from(is_resolved && !came_again);
    }
    if is_resolved {
        let time = micros(at.since(issue.opened_at));
        totals.resolution_time += time;
        totals.resolution_max = totals.resolution_max.max(time);
    }
    totals.switched += i128::from(issue.switched);
    totals.contacts += i128::from(issue.contacts);
    *match issue.contacts {
        0 | 1 => &mut totals.of_one,
        2 => &mut totals.of_two,
        3 => &mut totals.of_three,
        _ => &mut totals.of_more,
    } += 1;
    totals.waited += micros(issue.waited);
    totals.in_contact += micros(issue.in_contact);
    totals.at_bots += micros(issue.at_bots);
    totals.work += micros(issue.work);
}
