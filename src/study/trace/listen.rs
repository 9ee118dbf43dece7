//! The listener: writes down what was chosen, and keeps of the rest only what it must know of contacts in the system.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::ids::{GroupId, QueueId, SourceId, Table};
use crate::scenario::model::Model;
use crate::sim::contacts::Contact;
use crate::sim::issues::{Issue, Stop};
use crate::sim::observer::{BotEnd, Observer, Outcome, Step, Turn};
use crate::time::{Piece, SimTime};

use super::event::{Cause, Event, IssueEnd, What};

/// Which events are written down.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// Only of this issue.
    pub(super) issue: Option<u64>,
    /// Only of contacts in this queue.
    pub(super) queue: Option<QueueId>,
    /// Only of this time.
    pub(super) time: Range<SimTime>,
    /// No more than so many.
    pub(super) most: usize,
}

impl Choice {
    fn takes(&self, event: &Event) -> bool {
        self.issue.is_none_or(|issue| event.issue == Some(issue))
            && self.queue.is_none_or(|queue| event.queue == Some(queue))
            && self.time.contains(&event.at)
    }
}

/// Whose contact it is.
#[derive(Debug, Clone, Copy)]
struct Whose {
    issue: u64,
    contact: u32,
}

/// What was told last of a followed issue, for the contact of it that is told next.
#[derive(Debug, Clone, Copy)]
struct Travelled {
    whose: Whose,
    cause: Cause,
    to: Stop,
}

/// A contact that has ended.
#[derive(Debug, Clone, Copy)]
struct Last {
    at: SimTime,
    queue: QueueId,
    issue: Option<u64>,
}

/// When a contact left whose hands.
#[derive(Debug, Clone, Copy)]
struct Finished {
    at: SimTime,
    group: GroupId,
    agent: u32,
}

/// Listens to one replication.
#[derive(Debug)]
pub(super) struct Listener<'a> {
    model: &'a Model,
    choice: Choice,
    /// In the order in which they were told, which is not quite that of time.
    pub(super) events: Vec<Event>,
    /// Events chosen beyond the most.
    pub(super) left_out: u64,
    /// Issues so far.
    pub(super) issues: u64,
    /// Contacts in the system, by their keys.
    contacts: HashMap<u64, Whose>,
    /// Who waits: when the patience ends, and the key.
    waiting: Table<QueueId, BTreeSet<(SimTime, u64)>>,
    heads: Table<GroupId, Option<(u32, u32)>>,
    travelled: Option<Travelled>,
    found_bot_full: bool,
    has_begun: bool,
    /// Of a contact that has left the hands of its agent and whose end is told next.
    finished: Option<Finished>,
    /// The contact that ended last, as told.
    last: Option<Last>,
    /// Where the issue was that was told last.
    was_in: Option<QueueId>,
}

impl<'a> Listener<'a> {
    pub(super) fn new(model: &'a Model, choice: Choice) -> Self {
        Self {
            model,
            choice,
            events: Vec::new(),
            left_out: 0,
            issues: 0,
            contacts: HashMap::new(),
            waiting: model.queues.ids().map(|_| BTreeSet::new()).collect(),
            heads: model.groups.ids().map(|_| None).collect(),
            travelled: None,
            found_bot_full: false,
            has_begun: false,
            finished: None,
            last: None,
            was_in: None,
        }
    }

    fn note(&mut self, event: Event) {
        if !self.choice.takes(&event) {
            return;
        }
        if self.events.len() < self.choice.most {
            self.events.push(event);
        } else {
            self.left_out += 1;
        }
    }

    /// Writes down what happened to a contact.
    fn of_contact(&mut self, at: SimTime, contact: &Contact, what: What) {
        let whose = self.contacts.get(&contact.key()).copied();
        self.note(Event {
            at,
            issue: whose.map(|whose| whose.issue),
            contact: whose.map(|whose| whose.contact),
            key: Some(contact.key()),
            queue: Some(contact.queue),
            what,
        });
    }

    /// Writes down what happened to nobody's contact.
    fn of_nobody(&mut self, at: SimTime, what: What) {
        self.note(Event {
            at,
            issue: None,
            contact: None,
            key: None,
            queue: None,
            what,
        });
    }

    /// A contact whose patience no longer counts stands in its line, where it did, or leaves it.
    fn stays_in_line(&mut self, contact: &Contact, stays: bool) {
        let waiting = &mut self.waiting[contact.queue];
        if waiting.remove(&(contact.leaves_at, contact.key())) && stays {
            waiting.insert((SimTime::NEVER, contact.key()));
        }
    }

    /// Why the first contact of an issue came.
    fn first_cause(&self, contact: &Contact) -> Cause {
        match contact.source {
            Some(source) if self.model.sources[source].own == Some(contact.queue) => Cause::New,
            Some(source) => Cause::Moved(source),
            None if self.has_begun => Cause::Bred,
            None => Cause::CarriedIn,
        }
    }
}

impl Observer for Listener<'_> {
    fn piece_began(&mut self, _piece: &Piece) {
        self.has_begun = true;
    }

    fn staffed(&mut self, at: SimTime, group: GroupId, heads: u32, present: u32) {
        if self.heads[group].replace((heads, present)) != Some((heads, present)) {
            let what = What::Staffed {
                group,
                heads,
                present,
            };
            self.of_nobody(at, what);
        }
    }

    fn arrived(&mut self, at: SimTime, contact: &Contact) {
        let first = self.first_cause(contact);
        let (whose, cause, bot) = if let Some(travelled) = self.travelled.take() {
            let cause = match travelled.cause {
                Cause::New => first,
                later => later,
            };
            let bot = match travelled.to {
                Stop::Bot(bot) => Some(bot),
                Stop::New | Stop::Queue(_) | Stop::Resolved | Stop::Lost | Stop::Open => None,
            };
            (travelled.whose, cause, bot)
        } else {
            // Each contact is an issue.
            self.issues += 1;
            let whose = Whose {
                issue: self.issues,
                contact: 1,
            };
            (whose, first, None)
        };
        self.contacts.insert(contact.key(), whose);
        self.of_contact(at, contact, What::Arrived(cause));
        if std::mem::take(&mut self.found_bot_full)
            && let Some(bot) = self.model.queues[contact.queue].journey.bot
        {
            self.of_contact(at, contact, What::BotFull(bot));
        }
        if let Some(bot) = bot {
            self.of_contact(at, contact, What::BotBegan(bot));
        }
    }

    fn turned_away(&mut self, at: SimTime, source: SourceId) {
        self.of_nobody(at, What::TurnedAway(source));
    }

    fn joined(&mut self, at: SimTime, contact: &Contact) {
        let waiting = &mut self.waiting[contact.queue];
        // Who has left may not have been noticed.
        while waiting
            .first()
            .is_some_and(|(leaves_at, _)| *leaves_at <= at)
        {
            waiting.pop_first();
        }
        // Who was kept for somebody waits already.
        waiting.remove(&(contact.leaves_at, contact.key()));
        let ahead = waiting.len() as u64;
        waiting.insert((contact.leaves_at, contact.key()));
        self.of_contact(at, contact, What::Waits { ahead });
    }

    fn started(&mut self, at: SimTime, contact: &Contact, group: GroupId, agent: u32) {
        self.waiting[contact.queue].remove(&(contact.leaves_at, contact.key()));
        let what = What::Started {
            group,
            agent: agent + 1,
            wait: at.since(contact.arrived_at),
        };
        self.of_contact(at, contact, what);
    }

    fn stepped(&mut self, at: SimTime, contact: &Contact, group: GroupId, agent: u32, step: Step) {
        let agent = agent + 1;
        self.of_contact(at, contact, What::Stepped { group, agent, step });
    }

    fn finished(&mut self, at: SimTime, contact: &Contact, group: GroupId, agent: u32) {
        // One that is told already was open at the end of the horizon.
        let agent = agent + 1;
        self.finished = (!contact.told).then_some(Finished { at, group, agent });
    }

    fn turned(&mut self, at: SimTime, contact: &Contact, turn: Turn) {
        match turn {
            Turn::Balked | Turn::CallbackOffered | Turn::LeftMidway => {}
            Turn::LeftSilently => self.stays_in_line(contact, true),
            Turn::CallbackAccepted => {
                let callback = &self.model.queues[contact.queue].journey.callback;
                let comes_later = callback.as_ref().is_some_and(|own| own.delay.is_some());
                self.stays_in_line(contact, !comes_later);
            }
            // Told of before the contact has come, or instead of it.
            Turn::Came | Turn::Spared | Turn::NeedsNoAnswer => return,
            // Told at the end of the call.
            Turn::Called => {
                return self.of_contact(contact.started_at, contact, What::Turned(turn));
            }
            Turn::NotReached => {
                if let Some(Finished { at, group, agent }) = self.finished.take() {
                    self.of_contact(at, contact, What::NotReached { group, agent });
                }
                return;
            }
        }
        self.of_contact(at, contact, What::Turned(turn));
    }

    fn ended(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        let (wait, handle_time) = match outcome {
            Outcome::Answered => (
                Some(contact.started_at.since(contact.arrived_at)),
                Some(at.since(contact.started_at)),
            ),
            Outcome::Abandoned => (Some(at.since(contact.arrived_at)), None),
            Outcome::Blocked | Outcome::NoLine | Outcome::Contained | Outcome::OpenAtEnd => {
                (None, None)
            }
        };
        let finished = self.finished.take();
        let mut what = What::Ended {
            outcome,
            wait,
            handle_time,
            by: None,
        };
        match (finished, outcome) {
            (Some(Finished { group, agent, .. }), Outcome::Answered) => {
                let response = contact.replied_at.since(contact.arrived_at);
                let talk_ended = What::TalkEnded {
                    group,
                    agent,
                    response,
                };
                self.of_contact(contact.replied_at, contact, talk_ended);
                what = What::Ended {
                    outcome,
                    wait,
                    handle_time,
                    by: Some((group, agent)),
                };
            }
            (Some(Finished { at, group, agent }), Outcome::Abandoned) => {
                self.of_contact(at, contact, What::FoundGone { group, agent });
            }
            _ => {}
        }
        self.of_contact(at, contact, what);
        self.waiting[contact.queue].remove(&(contact.leaves_at, contact.key()));
        let whose = self.contacts.remove(&contact.key());
        self.last = Some(Last {
            at,
            queue: contact.queue,
            issue: whose.map(|whose| whose.issue),
        });
    }

    fn bot_full(&mut self, _at: SimTime, _contact: &Contact) {
        self.found_bot_full = true;
    }

    fn bot_ended(&mut self, at: SimTime, contact: &Contact, end: BotEnd) {
        if let Some(bot) = self.model.queues[contact.queue].journey.bot {
            self.of_contact(at, contact, What::BotEnded(bot, end));
        }
    }

    fn will_come(&mut self, issue: &Issue, to: QueueId, comes_at: SimTime) {
        // What follows at once is seen when it comes.
        if let Some(last) = self.last
            && comes_at > last.at
        {
            self.note(Event {
                at: last.at,
                issue: Some(issue.number),
                contact: Some(issue.contacts),
                key: None,
                queue: Some(last.queue),
                what: What::WillCome {
                    to,
                    comes_at,
                    cause: Cause::of(issue.origin, Cause::New),
                },
            });
        }
    }

    fn travelled(&mut self, _at: SimTime, issue: &Issue, from: Stop) {
        self.issues = self.issues.max(issue.number);
        self.was_in = match from {
            Stop::Queue(queue) => Some(queue),
            Stop::Bot(_) => self
                .last
                .filter(|last| last.issue == Some(issue.number))
                .map(|last| last.queue),
            Stop::New | Stop::Resolved | Stop::Lost | Stop::Open => None,
        };
        self.travelled = match issue.at {
            Stop::Bot(_) | Stop::Queue(_) => Some(Travelled {
                whose: Whose {
                    issue: issue.number,
                    contact: issue.contacts,
                },
                cause: Cause::of(issue.origin, Cause::New),
                to: issue.at,
            }),
            Stop::New | Stop::Resolved | Stop::Lost | Stop::Open => None,
        };
    }

    fn issue_ended(&mut self, at: SimTime, issue: &Issue) {
        let end = match issue.at {
            Stop::Resolved => IssueEnd::Resolved,
            Stop::Lost => IssueEnd::Lost,
            Stop::New | Stop::Bot(_) | Stop::Queue(_) | Stop::Open => IssueEnd::OpenAtEnd,
        };
        self.note(Event {
            at,
            issue: Some(issue.number),
            contact: Some(issue.contacts),
            key: None,
            queue: self.was_in,
            what: What::IssueEnded(end),
        });
    }

    fn closed(&mut self, at: SimTime) {
        self.of_nobody(at, What::Closed);
    }
}
