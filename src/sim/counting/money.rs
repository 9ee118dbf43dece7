//! What money is reckoned from beside the figures that are counted anyway: premium hours, contacts of outsourced groups, chances by curves.

use std::collections::BTreeMap;

use crate::ids::{GroupId, QueueId, SourceId};
use crate::scenario::model::Model;
use crate::scenario::money::{ChurnChance, Premium};
use crate::sim::contacts::Contact;
use crate::sim::issues::{Issue, Stop};
use crate::sim::observer::Outcome;
use crate::stats::money_counts::MoneyCounts;
use crate::time::{Piece, SimDuration, SimTime};

use super::group::Passed;
use super::window::Window;

/// Money's part of the counting.
#[derive(Debug)]
pub(super) struct MoneyCounter {
    pub(super) counts: MoneyCounts,
    /// Whether anything depends on who begins or how contacts end; else these are not told.
    pub(super) looks_at_contacts: bool,
    /// Who has each contact in hand, where somebody is paid by the contact.
    in_hand: Option<BTreeMap<u64, GroupId>>,
    /// Up to where time is counted.
    passed: SimTime,
    /// The queue of the latest session that ended at a bot.
    at_bot: Option<QueueId>,
}

impl MoneyCounter {
    /// Nothing counted yet.
    pub(super) fn new(model: &Model, window: Window, mut counts: MoneyCounts) -> Self {
        for (group, times) in counts.premium_time.iter_mut() {
            times.resize(model.groups[group].pay.premiums.len(), 0);
        }
        counts.turned.resize(model.sources.len(), 0);
        for (turned, source) in counts.turned.iter_mut().zip(model.sources.values()) {
            if model.warm_up == SimTime::START {
                *turned += i128::from(source.lost_backlog);
            }
        }
        let mut groups = model.groups.values();
        let by_contact = groups.any(|group| group.pay.outsourced.per_contact > 0);
        let by_wait = model.queues.values().any(|queue| {
            let value = queue.value.as_ref();
            value.is_some_and(|value| value.churn.is_some() || value.converts.is_some())
        });
        Self {
            counts,
            looks_at_contacts: by_contact || by_wait,
            in_hand: by_contact.then(BTreeMap::new),
            passed: window.start,
            at_bot: None,
        }
    }

    /// Another batch begins, to be counted into what has been cleared.
    pub(super) fn begin_batch(&mut self, counts: MoneyCounts) {
        self.counts = counts;
    }

    /// A piece has ended, or all, at an instant moved into the window.
    pub(super) fn pass(&mut self, at: SimTime) {
        self.counts.time += i128::from(at.since(self.passed).0);
        self.passed = at;
    }

    /// What a group was paid for in a piece of which the window leaves something.
    pub(super) fn paid(
        &mut self,
        group: GroupId,
        premiums: &[Premium],
        piece: &Piece,
        window: Window,
        passed: Passed,
    ) {
        let (from, to) = (window.within(piece.start), window.within(piece.end));
        let span = i128::from(to.since(from).0);
        if span == 0 {
            return;
        }
        let most = &mut self.counts.most_heads[group];
        *most = (*most).max(passed.heads / span);
        let (begins, ends) = (piece.wall_clock(from), piece.wall_clock(to));
        for (premium, time) in premiums.iter().zip(&mut self.counts.premium_time[group]) {
            let due = premium.hours.open_between(piece.into(), begins, ends);
            let due = i128::from(due.0);
            // Heads do not change within a piece, so theirs is exact; overtime is spread evenly over the piece.
            *time += passed.heads * due / span + (passed.overtime * due + span / 2) / span;
        }
    }

    /// A contact came into the hands of an agent.
    #[inline(never)]
    pub(super) fn started(&mut self, contact: &Contact, group: GroupId) {
        if let Some(in_hand) = &mut self.in_hand {
            in_hand.insert(contact.key(), group);
        }
    }

    /// A contact has ended.
    #[inline(never)]
    pub(super) fn ended(
        &mut self,
        model: &Model,
        at: SimTime,
        contact: &Contact,
        outcome: Outcome,
    ) {
        let queue = contact.queue;
        if let Some(in_hand) = &mut self.in_hand {
            let group = in_hand.remove(&contact.key());
            if let Some(group) = group.filter(|_| outcome == Outcome::Answered) {
                self.counts.handled[group][queue] += 1;
            }
        }
        let Some(value) = &model.queues[queue].value else {
            return;
        };
        let chances = &mut self.counts.chances[queue];
        let wait = match outcome {
            Outcome::Answered if model.queues[queue].deferred => {
                contact.replied_at.since(contact.arrived_at)
            }
            Outcome::Answered => contact.started_at.since(contact.arrived_at),
            Outcome::Abandoned => at.since(contact.arrived_at),
            Outcome::Blocked | Outcome::NoLine => SimDuration::ZERO,
            Outcome::Contained | Outcome::OpenAtEnd => return,
        };
        if let Some(converts) = value
            .converts
            .as_ref()
            .filter(|_| outcome == Outcome::Answered)
        {
            chances.conversion += i128::from(converts.share.at(wait));
        }
        let of_contacts = value.churn.as_ref().map(|churn| &churn.chance);
        if let Some(ChurnChance::Contacts {
            answered,
            abandoned,
            blocked,
        }) = of_contacts
        {
            let curve = match outcome {
                Outcome::Answered => answered,
                Outcome::Abandoned => abandoned,
                Outcome::Blocked | Outcome::NoLine | Outcome::Contained | Outcome::OpenAtEnd => {
                    blocked
                }
            };
            chances.churn += i128::from(curve.at(wait));
        }
    }

    /// An issue has ended where it is now.
    pub(super) fn issue_ended(&mut self, model: &Model, issue: &Issue) {
        let value = model.queues[issue.queue].value.as_ref();
        let churn = value.and_then(|value| value.churn.as_ref());
        if let Some(ChurnChance::Issues { resolved, lost }) = churn.map(|churn| &churn.chance) {
            let curve = match issue.at {
                Stop::Resolved => resolved,
                Stop::Lost => lost,
                Stop::New | Stop::Bot(_) | Stop::Queue(_) | Stop::Open => return,
            };
            self.counts.chances[issue.queue].churn += i128::from(curve.at(issue.waited));
        }
    }

    /// A contact's session with the bot of its queue has ended.
    pub(super) fn bot_ended(&mut self, contact: &Contact) {
        self.at_bot = Some(contact.queue);
    }

    /// An issue has gone from one stop to the one where it is now.
    pub(super) fn travelled(&mut self, issue: &Issue, from: Stop) {
        if issue.at != Stop::Resolved {
            return;
        }
        let queue = match from {
            Stop::Queue(queue) => Some(queue),
            Stop::Bot(_) => self.at_bot,
            Stop::New | Stop::Resolved | Stop::Lost | Stop::Open => None,
        };
        if let Some(queue) = queue {
            self.counts.resolved[queue] += 1;
        }
    }

    /// A customer found no queue.
    pub(super) fn turned_away(&mut self, source: SourceId) {
        self.counts.turned[crate::ids::Id::index(source)] += 1;
    }

    /// Gives what was counted away.
    pub(super) fn close(&mut self) -> MoneyCounts {
        std::mem::take(&mut self.counts)
    }
}
