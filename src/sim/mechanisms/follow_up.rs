//! What a contact leads to: its issue is resolved, its customer gives up, or another contact follows.
//!
//! Everything is drawn from streams on the contact's key, so that it is as if drawn when the contact came: whether an agent answers
//! it, and when, changes nothing for other customers.

use rand::RngExt;

use crate::ids::QueueId;
use crate::scenario::journey::{Comeback, Journey};
use crate::scenario::model::Law;
use crate::sim::calendar::Event;
use crate::sim::contacts::{Contact, Stage};
use crate::sim::features::Features;
use crate::sim::issues::{Course, IssueId, Origin, Stop};
use crate::sim::luck::draw;
use crate::sim::observer::{Observer, Outcome};
use crate::sim::replicate::Replication;
use crate::sim::streams::{Key, Purpose, Stream};
use crate::time::{SimDuration, SimTime};

use super::moves;

/// The number of a contact's follow-up among its children; bred posts are counted from zero.
const FOLLOW_UP: u64 = 1 << 63;

/// A patience that ends at all ends here at the latest.
pub(super) const LATEST: SimTime = SimTime(SimTime::NEVER.0 - 1);

/// What comes of an issue when a contact of it has ended.
#[derive(Debug, Clone, Copy)]
pub(in crate::sim) enum Next {
    /// The customer has what was wanted.
    Resolved,
    /// The customer gives up.
    Lost,
    /// Another contact comes.
    Contact {
        /// To this queue.
        queue: QueueId,
        /// After so long.
        after: SimDuration,
        /// For this reason.
        origin: Origin,
    },
}

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// A contact belongs to its issue, or opens one, before it comes to a bot or a queue.
    pub(in crate::sim) fn take_up(&mut self, contact: &mut Contact) -> IssueId {
        let carried_in = contact.slot == crate::sim::contacts::NO_SLOT;
        let issues = &mut self.centre.issues;
        let id = *contact
            .issue
            .get_or_insert_with(|| issues.open(contact.queue, contact.arrived_at, carried_in));
        let issue = issues.get(id);
        issue.contacts += 1;
        issue.switched |= contact.queue != issue.queue;
        if issue.first_answer_at < SimTime::NEVER && issue.came_again_at == SimTime::NEVER {
            issue.came_again_at = self.now;
        }
        issue.hands_on_to = None;
        let origin = issue.origin;
        issue.course = Course::Plain;
        self.sort_out(contact, origin);
        let journey = &self.model.queues[contact.queue].journey;
        if let Some(transfer) = &journey.transfer {
            let mut stream = self.centre.root.stream(contact.key(), Purpose::Transfer);
            let is_transferred = stream.random::<f64>() < transfer.share;
            if is_transferred && let Some(number) = moves::target(&transfer.to, &mut stream) {
                self.centre.issues.get(id).hands_on_to = Some(transfer.to[number].to);
                contact.talk = contact.talk.times(transfer.after) + transfer.warm;
            }
        }
        id
    }

    /// An issue goes from where it stands to another stop.
    pub(in crate::sim) fn travel(&mut self, id: IssueId, to: Stop) {
        let issue = self.centre.issues.get(id);
        let from = std::mem::replace(&mut issue.at, to);
        self.observer.travelled(self.now, issue, from);
    }

    /// A contact of a followed issue has ended.
    pub(in crate::sim) fn follow(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        let Some(id) = contact.issue else {
            return;
        };
        self.note(id, at, contact, outcome);
        self.was_public(at, contact, outcome);
        let journey = &self.model.queues[contact.queue].journey;
        let next = match outcome {
            Outcome::Answered => self.after_answer(id, contact, journey),
            Outcome::Abandoned | Outcome::Blocked | Outcome::NoLine => {
                self.after_failure(id, contact, journey)
            }
            Outcome::Contained => self.after_bot(id, contact),
            Outcome::OpenAtEnd => return self.end_issue(at, id, Stop::Open),
        };
        match next {
            Next::Resolved if outcome == Outcome::Answered => {
                self.end_issue(contact.replied_at, id, Stop::Resolved);
            }
            Next::Resolved => self.end_issue(at, id, Stop::Resolved),
            Next::Lost => self.end_issue(at, id, Stop::Lost),
            Next::Contact {
                queue,
                after,
                origin,
            } => {
                let key = Key::new(contact.key(), FOLLOW_UP);
                // Who left without a word is noticed later.
                let at = self.now.max(at + after);
                self.send(id, key, queue, at, origin);
            }
        }
    }

    /// What an ended contact adds to its issue.
    fn note(&mut self, id: IssueId, at: SimTime, contact: &Contact, outcome: Outcome) {
        let is_deferred = self.model.queues[contact.queue].deferred;
        let issue = self.centre.issues.get(id);
        match outcome {
            Outcome::Answered => {
                let answered_at = contact.replied_at;
                issue.waited = issue.waited + contact.started_at.since(contact.arrived_at);
                issue.in_contact = issue.in_contact + answered_at.since(contact.started_at);
                issue.work = issue.work + contact.talk + contact.wrap_up;
                if issue.first_answer_at == SimTime::NEVER {
                    issue.first_answer_at = answered_at;
                    issue.first_response_at = if is_deferred {
                        answered_at
                    } else {
                        contact.started_at
                    };
                }
            }
            Outcome::Abandoned => {
                issue.waited = issue.waited + at.since(contact.arrived_at);
            }
            Outcome::Blocked | Outcome::NoLine | Outcome::Contained | Outcome::OpenAtEnd => {}
        }
    }

    /// A contact that got no answer is tried again or not.
    fn after_failure(&mut self, id: IssueId, contact: &Contact, journey: &Journey) -> Next {
        let Some(retry) = &journey.retry else {
            return Next::Lost;
        };
        let luck = self.centre.root.stream(contact.key(), Purpose::Retry);
        self.comes_back(id, contact.queue, retry, luck, Origin::Retry)
    }

    /// An answered contact is handed on, is answered by its customer, or resolves the issue or does not.
    fn after_answer(&mut self, id: IssueId, contact: &Contact, journey: &Journey) -> Next {
        let root = self.centre.root;
        let issue = self.centre.issues.get(id);
        if issue.course == Course::LeftMidway {
            return self.after_failure(id, contact, journey);
        }
        if let Some(queue) = issue.hands_on_to {
            return Next::Contact {
                queue,
                after: SimDuration::ZERO,
                origin: Origin::Transfer,
            };
        }
        if let Some(replies) = &journey.replies
            && issue.replies < replies.at_most
        {
            let mut luck = root.stream(contact.key(), Purpose::Reply);
            if luck.random::<f64>() < replies.chance {
                issue.replies += 1;
                return Next::Contact {
                    queue: contact.queue,
                    after: self.delay(&replies.delay, &mut luck),
                    origin: Origin::Reply,
                };
            }
        }
        issue.replies = 0;
        let Some(resolution) = &journey.resolution else {
            return Next::Resolved;
        };
        let mut luck = root.stream(contact.key(), Purpose::Resolution);
        let share = issue
            .agent
            .map_or(1.0, |(group, _)| resolution.share[group]);
        if luck.random::<f64>() < share {
            return Next::Resolved;
        }
        let comeback = &resolution.comeback;
        self.comes_back(id, contact.queue, comeback, luck, Origin::Return)
    }

    /// Whether, when and where a customer comes back whose issue is not resolved.
    pub(super) fn comes_back(
        &mut self,
        id: IssueId,
        own: QueueId,
        comeback: &Comeback,
        mut luck: Stream,
        origin: Origin,
    ) -> Next {
        let comes = luck.random::<f64>() < comeback.chance;
        let route = moves::target(&comeback.to, &mut luck);
        let issue = self.centre.issues.get(id);
        if !comes || issue.comebacks >= comeback.at_most {
            return Next::Lost;
        }
        issue.comebacks += 1;
        issue.patience *= comeback.patience;
        Next::Contact {
            queue: route.map_or(own, |number| comeback.to[number].to),
            after: self.delay(&comeback.delay, &mut luck),
            origin,
        }
    }

    fn delay(&self, law: &Law, luck: &mut Stream) -> SimDuration {
        draw(law, luck, &self.centre.piece)
    }

    /// The next contact of an issue will come at an instant; after the end of the horizon nothing does, and the issue stays open.
    fn send(&mut self, id: IssueId, key: Key, queue: QueueId, at: SimTime, origin: Origin) {
        self.centre.bred += 1;
        let issue = self.centre.issues.get(id);
        issue.origin = origin;
        self.observer.will_come(issue, queue, at);
        if !self.centre.is_closed {
            self.set_away(self.centre.away + 1);
        }
        if self.centre.is_closed || at >= self.model.calendar.end() {
            return;
        }
        let mut contact = Contact::new(queue, at);
        contact.key_of = key;
        contact.issue = Some(id);
        contact.stage = Stage::Away;
        let index = self.centre.contacts.insert(contact);
        let reference = self.centre.contacts.reference(index);
        self.centre.calendar.push(at, Event::Come(reference));
    }

    fn set_away(&mut self, issues: u32) {
        self.centre.away = issues;
        self.observer.away(self.now, issues);
    }

    /// The next contact of an issue comes.
    pub(in crate::sim) fn come(&mut self, index: u32) {
        let Contact {
            queue,
            key_of: key,
            issue,
            ..
        } = self.centre.contacts[index];
        self.centre.contacts.remove(index);
        self.set_away(self.centre.away - 1);
        let drawn = self.draw_only(key, queue);
        let mut contact = self.contact(queue, key, drawn);
        contact.issue = issue;
        if let Some(id) = issue {
            self.suit(&mut contact, id);
        }
        self.admit(contact, &self.model.queues[queue]);
    }

    /// What a contact drew, as fits its way here.
    fn suit(&mut self, contact: &mut Contact, id: IssueId) {
        let issue = *self.centre.issues.get(id);
        if contact.leaves_at < SimTime::NEVER {
            let patience = contact.leaves_at.since(self.now).times(issue.patience);
            contact.leaves_at = (self.now + patience).min(LATEST);
        }
        let Stop::Queue(before) = issue.at else {
            return;
        };
        let Journey {
            replies, transfer, ..
        } = &self.model.queues[before].journey;
        match (issue.origin, replies, transfer) {
            (Origin::Reply, Some(replies), _) => {
                contact.talk = contact.talk.times(replies.handle_time);
                contact.wrap_up = contact.wrap_up.times(replies.handle_time);
            }
            (Origin::Transfer, _, Some(transfer)) => {
                contact.talk = contact.talk + transfer.warm;
            }
            _ => {}
        }
    }

    fn end_issue(&mut self, at: SimTime, id: IssueId, end: Stop) {
        self.travel(id, end);
        if let Some(issue) = self.centre.issues.close(id) {
            self.observer.issue_ended(at, &issue);
        }
    }

    /// After the last event: issues that wait for their next contact stay open.
    pub(in crate::sim) fn leave_issues_open(&mut self) {
        let now = self.now;
        for mut issue in self.centre.issues.drain() {
            let from = std::mem::replace(&mut issue.at, Stop::Open);
            self.observer.travelled(now, &issue, from);
            self.observer.issue_ended(now, &issue);
        }
    }
}
