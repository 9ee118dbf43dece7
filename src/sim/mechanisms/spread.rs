//! A contact without a reply breeds others of its queue.
//!
//! At age t it does so at rate r·exp(−t/f): the expected number up to age t is r·f·(1 − exp(−t/f)), so the ages are those at
//! which this reaches the points of a Poisson process of rate 1. The gaps between these come from streams on the contact's
//! key and their number: known at arrival, whatever happens, and drawn one at a time.

use rand_distr::{Distribution, Exp1};

use crate::scenario::model::Spread;
use crate::sim::calendar::Event;
use crate::sim::contacts::{Contact, Stage};
use crate::sim::features::Features;
use crate::sim::observer::Observer;
use crate::sim::replicate::Replication;
use crate::sim::streams::{Key, Purpose, contact_key};
use crate::time::SimDuration;

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// Puts a new contact's first breeding into the calendar. What it bred before the start of the horizon is past.
    pub(in crate::sim) fn begin_breeding(&mut self, index: u32, spread: &Spread) {
        let contact = &mut self.centre.contacts[index];
        let age = self.now.since(contact.arrived_at).as_seconds() / spread.fades.as_seconds();
        contact.reached = mass(spread) * -(-age).exp_m1();
        self.plan_next_breeding(index, spread);
    }

    fn plan_next_breeding(&mut self, index: u32, spread: &Spread) {
        let Contact {
            key_of,
            arrived_at,
            children,
            reached,
            ..
        } = self.centre.contacts[index];
        let mut stream = self.centre.root.stream(
            contact_key(key_of.made(), u64::from(children)),
            Purpose::Spread,
        );
        let gap: f64 = Exp1.sample(&mut stream);
        let reached = reached + gap;
        // All that it would ever breed is `mass`: a point past it is never reached.
        let age = -spread.fades.as_seconds() * (-reached / mass(spread)).ln_1p();
        let at = (arrived_at + SimDuration::from_seconds_f64(age)).max(self.now);
        if reached < mass(spread) && at < self.model.calendar.end() {
            let reference = self.centre.contacts.reference(index);
            let contact = &mut self.centre.contacts[index];
            contact.is_breeding = true;
            contact.reached = reached;
            self.centre.calendar.push(at, Event::Breed(reference));
        }
    }

    /// The instant at which a contact breeds another, if it has no reply yet.
    pub(in crate::sim) fn breed(&mut self, index: u32) {
        let parent = &mut self.centre.contacts[index];
        parent.is_breeding = false;
        if parent.stage == Stage::WrapUp {
            return;
        }
        let queue = parent.queue;
        let key = Key::new(parent.key(), u64::from(parent.children));
        parent.children += 1;
        if let Some(spread) = &self.model.queues[queue].spread {
            self.plan_next_breeding(index, spread);
        }
        self.free_if_done(index);
        self.centre.bred += 1;
        let drawn = self.draw_only(key, queue);
        let contact = self.contact(queue, key, drawn);
        self.admit(contact, &self.model.queues[queue]);
    }
}

/// The expected number of posts that one without a reply breeds in all.
fn mass(spread: &Spread) -> f64 {
    spread.posts_per_hour * spread.fades.as_hours()
}
