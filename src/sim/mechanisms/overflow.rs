//! Groups that take only contacts that have waited for some time.

use crate::sim::calendar::Event;
use crate::sim::centre::Centre;
use crate::sim::contacts::{ContactRef, Stage};
use crate::sim::features::Features;
use crate::sim::observer::Observer;
use crate::sim::replicate::Replication;
use crate::time::SimDuration;

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// Puts the instant into the calendar at which more groups take a waiting contact, if it will still be there.
    #[inline(never)]
    pub(in crate::sim) fn plan_overflow(&mut self, index: u32) {
        let contact = &self.centre.contacts[index];
        let waited = self.now.since(contact.arrived_at);
        let mut overflows = self.layout.queues[contact.queue].overflows.iter();
        if let Some(&after) = overflows.find(|&&after| after > waited) {
            let at = contact.arrived_at + after;
            if at <= contact.leaves_at {
                let reference = self.centre.contacts.reference(index);
                self.centre.calendar.push(at, Event::Overflow(reference));
            }
        }
    }

    /// More groups take a contact now, if it still waits: whoever is free there takes the first of its queue.
    #[inline(never)]
    pub(in crate::sim) fn overflow(&mut self, reference: ContactRef) {
        let waits = |replication: &Self| {
            let Centre { contacts, .. } = &*replication.centre;
            contacts.is_current(reference) && contacts[reference.index].stage == Stage::Waiting
        };
        if !waits(self) {
            return;
        }
        // At the very instant at which the patience ends somebody may still take it.
        self.centre.left_before = self.centre.left_before.max(self.now);
        if self.is_open_to_all(reference.index) {
            return;
        }
        let model = self.model;
        let queue = self.centre.contacts[reference.index].queue;
        for server in &model.queues[queue].servers {
            if server.terms.after > SimDuration::ZERO {
                self.fill(server.group);
            }
        }
        if waits(self) {
            self.plan_overflow(reference.index);
        }
    }
}
