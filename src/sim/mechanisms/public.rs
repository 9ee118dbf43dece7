//! Contacts that others can read: how long they stand unanswered, and whom an answer spares asking.

use rand::RngExt;

use crate::scenario::journey::Public;
use crate::sim::contacts::Contact;
use crate::sim::features::Features;
use crate::sim::issues::Origin;
use crate::sim::observer::{Observer, Outcome, Turn};
use crate::sim::replicate::Replication;
use crate::sim::streams::Purpose;
use crate::time::{SimDuration, SimTime};

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// Whether a customer who would come now has read an answer and stays away.
    pub(in crate::sim) fn is_spared(&mut self, index: u32) -> bool {
        let contact = self.centre.contacts[index];
        if !self.model.queues[contact.queue].journey.may_be_spared || contact.issue.is_some() {
            return false;
        }
        let spared = self.centre.spared[contact.queue];
        let mut luck = self.centre.root.stream(contact.key(), Purpose::Spared);
        if self.now >= spared.until || luck.random::<f64>() >= spared.share {
            self.observer.turned(self.now, &contact, Turn::Came);
            return false;
        }
        self.observer.turned(self.now, &contact, Turn::Spared);
        self.centre.contacts.remove(index);
        true
    }

    /// A contact that needs no answer takes only the time to see that.
    pub(in crate::sim) fn sort_out(&mut self, contact: &mut Contact, origin: Origin) {
        let Some(triage) = &self.model.queues[contact.queue].journey.triage else {
            return;
        };
        let mut luck = self.centre.root.stream(contact.key(), Purpose::Triage);
        if origin == Origin::First && luck.random::<f64>() < triage.share {
            (contact.talk, contact.wrap_up) = (triage.time, SimDuration::ZERO);
            self.observer.turned(self.now, contact, Turn::NeedsNoAnswer);
        }
    }

    /// A contact has ended that others may have read.
    pub(in crate::sim) fn was_public(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        let Some(public) = &self.model.queues[contact.queue].journey.public else {
            return;
        };
        let mut luck = self.centre.root.stream(contact.key(), Purpose::Public);
        if luck.random::<f64>() >= public.share {
            return;
        }
        let is_answered = outcome == Outcome::Answered;
        let until = if is_answered { contact.replied_at } else { at };
        self.observer.stood_unanswered(until, contact);
        if is_answered {
            self.spare(public);
        }
    }

    /// From now on, for a time, some of those who would ask the same read the answer instead.
    fn spare(&mut self, public: &Public) {
        for deflection in &public.deflects {
            self.centre.spared[deflection.queue] = Spared {
                share: deflection.share,
                until: self.now + deflection.lasts,
            };
        }
    }
}

/// How many customers of a queue stay away, and until when.
#[derive(Debug, Clone, Copy)]
pub struct Spared {
    share: f64,
    until: SimTime,
}

impl Spared {
    /// Nobody.
    pub const NOBODY: Self = Self {
        share: 0.0,
        until: SimTime::START,
    };
}
