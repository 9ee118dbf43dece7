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
            // First of all, since it decides what happens next.
            calendar.add_finish(now.later(contact.talk), agents.place(number));
            contact.begin(now);
            self.observer.started(now, contact, group, number);
            agents.begin_alone::<F>(number, now);
            agents.hold(number, index, contact.queue);
            self.observer
                .load_changed(now, group, agents.busy(), agents.open());
            return self
                .observer
                .turned_to(now, group, None, Some(contact.queue));
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
        self.centre.left_before = now;
        let agents = &self.centre.agents[group];
        let (hand, place) = (agents.only_hand(number), agents.place(number));
        let next = if agents.surplus() > 0 {
            Next::Unknown
        } else {
            self.begin_next(group, number, place)
        };
        let contact = self.centre.contacts.remove(hand.contact);
        contact.replied_at = now;
        self.observer.finished(now, contact, group, number);
        if self.centre.is_closed {
            self.tell_after_horizon(hand.contact);
        } else {
            self.observer.ended(now, contact, Outcome::Answered);
        }
        let queue = match next {
            Next::Began(next) => {
                self.observer.line_changed(now, next.queue, next.waiting);
                let contact = &self.centre.contacts[next.contact];
                self.observer.started(now, contact, group, number);
                Some(next.queue)
            }
            Next::Nobody => None,
            Next::Unknown => return self.find_next(group, number, hand.queue),
        };
        if queue != Some(hand.queue) {
            self.observer.turned_to(now, group, Some(hand.queue), queue);
        }
        if queue.is_none() {
            self.rest(group, number);
        }
    }

    /// What is deferred has been told of at the end of the horizon.
    #[inline(never)]
    fn tell_after_horizon(&mut self, index: u32) {
        self.tell(self.now, index, Outcome::Answered);
    }

    /// An agent whose contact ends begins the next that it may take, where that is known without telling anybody anything. Until the calendar
    /// knows of it, nobody knows what happens next; so this comes before all that is to be told.
    #[inline(always)]
    fn begin_next(&mut self, group: GroupId, number: u32, place: Place) -> Next {
        let now = self.now;
        let Group { skills, policy, .. } = &self.model.groups[group];
        let Centre {
            lines,
            contacts,
            agents,
            calendar,
            left_before,
            ..
        } = &mut *self.centre;
        if *policy != Policy::ListOrder {
            return Next::Unknown;
        }
        for skill in skills {
            let line = &mut lines[skill.queue];
            let Some(index) = line.front() else {
                continue;
            };
            let contact = &mut contacts[index];
            if !contact.still_waits(*left_before) {
                return Next::Unknown;
            }
            line.take_front();
            contact.begin(now);
            agents[group].hold(number, index, skill.queue);
            calendar.set_finish(now.later(contact.talk), place);
            return Next::Began(Begun {
                queue: skill.queue,
                contact: index,
                waiting: line.len(),
            });
        }
        calendar.clear_finish(place);
        Next::Nobody
    }

    /// An agent whose contact has ended, which is told, goes on where the next one is found by policy or by dropping those who have left, or
    /// where agents are there too many.
    #[inline(never)]
    fn find_next(&mut self, group: GroupId, number: u32, from: QueueId) {
        let now = self.now;
        if self.centre.agents[group].surplus() > 0 {
            self.observer.turned_to(now, group, Some(from), None);
            return self.let_go(group, number, 0);
        }
        let next = self.take_next_exclusive(group);
        let queue = next.map(|(skill, _)| skill.queue);
        if queue != Some(from) {
            self.observer.turned_to(now, group, Some(from), queue);
        }
        let Centre {
            contacts,
            agents,
            calendar,
            ..
        } = &mut *self.centre;
        let place = agents[group].place(number);
        let Some((skill, index)) = next else {
            calendar.clear_finish(place);
            return self.rest(group, number);
        };
        let contact = &mut contacts[index];
        contact.begin(now);
        self.observer.started(now, contact, group, number);
        agents[group].hold(number, index, skill.queue);
        calendar.set_finish(now.later(contact.talk), place);
    }

    /// An agent has nothing in hand, and no end to come.
    #[inline(always)]
    fn rest(&mut self, group: GroupId, number: u32) {
        let agents = &mut self.centre.agents[group];
        agents.finish::<F>(number, 0, self.now);
        self.observer
            .load_changed(self.now, group, agents.busy(), agents.open());
    }
}

/// What an agent does whose contact ends.
#[derive(Debug, Clone, Copy)]
enum Next {
    /// It has begun another.
    Began(Begun),
    /// It is idle.
    Nobody,
    /// That takes more to be found out.
    Unknown,
}

/// A contact that an agent has just begun.
#[derive(Debug, Clone, Copy)]
struct Begun {
    queue: QueueId,
    contact: u32,
    /// How many still wait in its line.
    waiting: u32,
}
