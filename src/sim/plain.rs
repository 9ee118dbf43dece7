//! Contacts of plain models (see `features`), from their arrival to their end, without what only other models need on the way.

use crate::ids::{GroupId, QueueId};
use crate::scenario::model::{Group, Policy, Queue};

use super::calendar::Place;
use super::centre::Centre;
use super::contacts::Contact;
use super::features::Features;
use super::observer::{Observer, Outcome};
use super::replicate::Replication;

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// Takes a contact in: an idle agent begins it at once, else it joins the line.
    #[inline(always)]
    pub(super) fn admit_plainly(&mut self, contact: Contact, queue: &Queue) {
        self.left_before_now_included();
        let now = self.now;
        let Centre {
            agents,
            contacts,
            calendar,
            ..
        } = &mut *self.centre;
        let (index, contact) = contacts.take_in(contact);
        self.observer.arrived(now, contact);
        for server in &queue.servers {
            let group = server.group;
            let agents = &mut agents[group];
            let Some(number) = agents.idle_longest() else {
                continue;
            };
            contact.begin(now);
            self.observer.started(now, contact, group, number);
            agents.begin_alone::<F>(number, now);
            agents.hold(number, index, contact.queue);
            self.observer
                .load_changed(now, group, agents.busy(), agents.open());
            self.observer
                .turned_to(now, group, None, Some(contact.queue));
            let ends_at = now.later(contact.talk);
            return calendar.set_finish(ends_at, agents.place(number));
        }
        let queue = contact.queue;
        self.join_line_plainly(index, queue);
    }

    /// The contact that has just come joins the line.
    #[inline(always)]
    fn join_line_plainly(&mut self, index: u32, queue: QueueId) {
        let now = self.now;
        let is_counted = now >= self.model.warm_up;
        if self.centre.lines[queue].nears_longest(is_counted) {
            self.look_through(queue);
        }
        let line = &mut self.centre.lines[queue];
        line.push(index);
        self.observer.line_changed(now, queue, line.len());
        self.observer.joined(now, &self.centre.contacts[index]);
    }

    /// The one contact of an agent ends, answered, and the agent goes on to the next or is idle.
    #[inline(always)]
    pub(super) fn finish_plainly(&mut self, group: GroupId, number: u32) {
        let now = self.now;
        let Centre {
            agents,
            contacts,
            left_before,
            is_closed,
            ..
        } = &mut *self.centre;
        let agents = &agents[group];
        let (hand, place) = (agents.only_hand(number), agents.place(number));
        let has_surplus = agents.surplus() > 0;
        *left_before = now;
        let contact = contacts.remove(hand.contact);
        contact.replied_at = now;
        self.observer.finished(now, contact, group, number);
        if *is_closed {
            self.tell_after_horizon(hand.contact);
        } else {
            self.observer.ended(now, contact, Outcome::Answered);
        }
        if has_surplus {
            self.observer.turned_to(now, group, Some(hand.queue), None);
            return self.let_go(group, number, 0);
        }
        let next = self.take_next(group, number, place);
        if next != Some(hand.queue) {
            self.observer.turned_to(now, group, Some(hand.queue), next);
        }
        if next.is_none() {
            self.take_out(group, number, 0);
        }
    }

    /// What is deferred has been told of at the end of the horizon.
    #[inline(never)]
    fn tell_after_horizon(&mut self, index: u32) {
        self.tell(self.now, index, Outcome::Answered);
    }

    /// An agent whose contact has ended begins the next that it may take, if any waits. Gives its queue.
    #[inline(always)]
    fn take_next(&mut self, group: GroupId, number: u32, place: Place) -> Option<QueueId> {
        let Group { skills, policy, .. } = &self.model.groups[group];
        if *policy != Policy::ListOrder {
            return self.take_by_policy(group, number, place);
        }
        for skill in skills {
            if self.take_first(skill.queue, group, number, place) {
                return Some(skill.queue);
            }
        }
        None
    }

    #[inline(never)]
    fn take_by_policy(&mut self, group: GroupId, number: u32, place: Place) -> Option<QueueId> {
        let (skill, _) = self.next_by_policy(group, 0)?;
        let queue = skill.queue;
        self.take_first(queue, group, number, place)
            .then_some(queue)
    }

    /// An agent begins the contact of a queue who waits longest, if there is one. Those who left unnoticed before it are told and dropped.
    #[inline(always)]
    fn take_first(&mut self, queue: QueueId, group: GroupId, number: u32, place: Place) -> bool {
        let now = self.now;
        loop {
            let Centre {
                lines,
                contacts,
                agents,
                calendar,
                left_before,
                ..
            } = &mut *self.centre;
            let line = &mut lines[queue];
            let Some(index) = line.take_front() else {
                return false;
            };
            let contact = &mut contacts[index];
            if contact.still_waits(*left_before) {
                self.observer.line_changed(now, queue, line.len());
                contact.begin(now);
                self.observer.started(now, contact, group, number);
                agents[group].hold(number, index, queue);
                calendar.set_finish(now.later(contact.talk), place);
                return true;
            }
            self.drop_taken(queue, index);
        }
    }
}
