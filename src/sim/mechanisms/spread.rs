//! A contact without a reply breeds others of its queue.
//!
//! At age t it does so at rate r·exp(−t/f): the expected number up to age t is r·f·(1 − exp(−t/f)), so the ages are those at
//! which this reaches the points of a Poisson process of rate 1. They are drawn at arrival from a stream on the contact's key.

use rand_distr::{Distribution, Exp1};

use crate::scenario::model::Spread;
use crate::sim::arrivals::Luck;
use crate::sim::calendar::Event;
use crate::sim::contacts::{Contact, Stage};
use crate::sim::observer::Observer;
use crate::sim::replicate::Replication;
use crate::sim::streams::{Purpose, contact_key};
use crate::time::SimDuration;

impl<O: Observer> Replication<'_, O> {
    /// Puts the instants at which a new contact would breed into the calendar.
    pub(in crate::sim) fn plan_breeding(&mut self, index: u32, spread: &Spread) {
        let Contact {
            key, arrived_at, ..
        } = self.centre.contacts[index];
        let mass = spread.posts_per_hour * spread.fades.as_hours();
        let mut stream = self.centre.root.stream(key, Purpose::Spread);
        let mut reached: f64 = Exp1.sample(&mut stream);
        while reached < mass {
            let age = -spread.fades.as_seconds() * (-reached / mass).ln_1p();
            let at = arrived_at + SimDuration::from_seconds_f64(age);
            if at >= self.now && at < self.model.calendar.end() {
                let reference = self.centre.contacts.reference(index);
                self.centre.contacts[index].pending_breeds += 1;
                self.centre.calendar.push(at, Event::Breed(reference));
            }
            let gap: f64 = Exp1.sample(&mut stream);
            reached += gap;
        }
    }

    /// The instant at which a contact breeds another, if it has no reply yet.
    pub(in crate::sim) fn breed(&mut self, index: u32) {
        let parent = &mut self.centre.contacts[index];
        parent.pending_breeds -= 1;
        let child = parent.children;
        parent.children += 1;
        let (queue, stage, key) = (parent.queue, parent.stage, parent.key);
        self.free_if_done(index);
        if stage == Stage::WrapUp {
            return;
        }
        let key = contact_key(key, u64::from(child));
        let drawn =
            Luck::new(self.centre.root, key).draw(&self.model.queues[queue], &self.centre.piece);
        let contact = self.contact(queue, key, drawn);
        self.admit(contact);
    }
}
