//! A bot in front of a queue: it contains some contacts, and hands the others over.

use rand::RngExt;

use crate::scenario::journey::BotShares;
use crate::sim::calendar::Event;
use crate::sim::centre::Centre;
use crate::sim::contacts::{Contact, Stage};
use crate::sim::features::Features;
use crate::sim::issues::{IssueId, Origin, Stop};
use crate::sim::luck::draw;
use crate::sim::observer::{BotEnd, Observer, Outcome};
use crate::sim::replicate::Replication;
use crate::sim::streams::Purpose;
use crate::time::{SimDuration, SimTime};

use super::follow_up::{LATEST, Next};
use super::trunks;

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// Puts a newly arrived contact to the bot of its queue; `false` where there is none, or none for it.
    pub(in crate::sim) fn meets_bot(&mut self, index: u32, issue: IssueId) -> bool {
        let contact = self.centre.contacts[index];
        let queue = &self.model.queues[contact.queue];
        let Some(id) = queue.journey.bot else {
            return false;
        };
        if !self.centre.issues.get(issue).origin.is_anew() {
            return false;
        }
        let bot = &self.model.bots[id];
        let mut luck = self.centre.root.stream(contact.key(), Purpose::Bot);
        if luck.random::<f64>() >= bot.share {
            return false;
        }
        if self.centre.sessions[id] >= bot.sessions {
            self.observer.bot_full(self.now, &contact);
            return false;
        }
        let Centre {
            contacts,
            calendar,
            sessions,
            free_lines,
            piece,
            ..
        } = &mut *self.centre;
        if let Some(trunk) = queue.trunk
            && !trunks::pick_up(&mut contacts[index], trunk, free_lines)
        {
            // The door of the queue will tell.
            return false;
        }
        let ends_at = self.now + draw(&bot.session, &mut luck, piece);
        contacts[index].stage = Stage::AtBot;
        calendar.push(ends_at, Event::LeaveBot(contacts.reference(index)));
        sessions[id] += 1;
        let sessions = sessions[id];
        self.travel(issue, Stop::Bot(id));
        self.observer.arrived(self.now, &contact);
        self.observer.bot_sessions(self.now, id, sessions);
        true
    }

    /// A session ends.
    pub(in crate::sim) fn leave_bot(&mut self, index: u32) {
        let contact = self.centre.contacts[index];
        let (Some(issue), Some(id)) = (contact.issue, self.model.queues[contact.queue].journey.bot)
        else {
            return;
        };
        let sessions = &mut self.centre.sessions[id];
        *sessions -= 1;
        self.observer.bot_sessions(self.now, id, *sessions);
        if contact.told {
            // Open at the end of the horizon.
            self.centre.contacts.remove(index);
            return;
        }
        let end = self.bot_end(&contact);
        self.observer.bot_ended(self.now, &contact, end);
        let record = self.centre.issues.get(issue);
        record.at_bots = record.at_bots + self.now.since(contact.arrived_at);
        match end {
            BotEnd::HandedOver => self.hand_over(index, issue),
            BotEnd::Resolved | BotEnd::Unresolved | BotEnd::GaveUp | BotEnd::Message => {
                self.turn_away(index, Outcome::Contained);
            }
        }
    }

    /// How the session of a contact ends that ends now.
    fn bot_end(&self, contact: &Contact) -> BotEnd {
        let Some(id) = self.model.queues[contact.queue].journey.bot else {
            return BotEnd::HandedOver;
        };
        let bot = &self.model.bots[id];
        let uniform: f64 = self
            .centre
            .root
            .stream(contact.key(), Purpose::BotEnd)
            .random();
        let BotShares {
            resolved,
            unresolved,
            gave_up,
        } = bot.ends;
        if uniform < resolved {
            BotEnd::Resolved
        } else if uniform < resolved + unresolved {
            BotEnd::Unresolved
        } else if uniform < resolved + unresolved + gave_up {
            BotEnd::GaveUp
        } else if bot.closed.is_some() && self.meets_closed_door(&self.model.queues[contact.queue])
        {
            BotEnd::Message
        } else {
            BotEnd::HandedOver
        }
    }

    /// The customer comes to the queue: its wait and its clock begin.
    fn hand_over(&mut self, index: u32, issue: IssueId) {
        let now = self.now;
        let contact = &mut self.centre.contacts[index];
        let queue = contact.queue;
        let waits = contact.leaves_at.since(contact.arrived_at);
        if let Some(id) = self.model.queues[queue].journey.bot {
            let bot = &self.model.bots[id];
            contact.talk = contact.talk.times(bot.handle_time);
            contact.wrap_up = contact.wrap_up.times(bot.handle_time);
            if contact.leaves_at < SimTime::NEVER {
                contact.leaves_at = (now + waits.times(bot.patience)).min(LATEST);
            }
        }
        contact.arrived_at = now;
        contact.stage = Stage::Waiting;
        self.travel(issue, Stop::Queue(queue));
        if self.meets_closed_door(&self.model.queues[queue]) {
            self.turn_away(index, Outcome::Blocked);
        } else if self.centre.is_closed && !self.may_be_served(queue) {
            self.turn_away(index, Outcome::OpenAtEnd);
        } else {
            self.take_in(index, &self.model.queues[queue]);
        }
    }

    /// What comes of an issue whose contact ended at a bot.
    pub(super) fn after_bot(&mut self, issue: IssueId, contact: &Contact) -> Next {
        let Some(id) = self.model.queues[contact.queue].journey.bot else {
            return Next::Lost;
        };
        let bot = &self.model.bots[id];
        match (self.bot_end(contact), &bot.comeback, bot.closed) {
            (BotEnd::Resolved, _, _) => Next::Resolved,
            (BotEnd::Unresolved, Some(comeback), _) => {
                let luck = self.centre.root.stream(contact.key(), Purpose::Retry);
                self.comes_back(issue, contact.queue, comeback, luck, Origin::Return)
            }
            (BotEnd::Message, _, Some(queue)) => Next::Contact {
                queue,
                after: SimDuration::ZERO,
                origin: Origin::Message,
            },
            (BotEnd::Unresolved | BotEnd::GaveUp | BotEnd::Message | BotEnd::HandedOver, _, _) => {
                Next::Lost
            }
        }
    }
}
