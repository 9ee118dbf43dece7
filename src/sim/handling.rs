//! Contacts in the hands of agents: how they begin, progress and end.

use crate::ids::GroupId;
use crate::scenario::model::{Server, Skill, Yields};
use crate::time::SimTime;

use super::contacts::{Contact, Stage};
use super::features::Features;
use super::mechanisms::trunks;
use super::observer::{Observer, Outcome};
use super::replicate::Replication;
use super::work::InHand;

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// Puts a contact, no longer in line, into the hands of an agent who has room for it.
    #[inline(always)]
    pub(super) fn start(&mut self, index: u32, number: u32, server: &Server) {
        let (now, group) = (self.now, server.group);
        let is_exclusive = server.at_once == 1;
        if !is_exclusive {
            self.advance(group, number);
        }
        let contact = &mut self.centre.contacts[index];
        let mut hand = begin(contact, index, now, server.speed);
        self.observer.started(now, contact, group, number);
        if !server.is_plain {
            self.settle_in(&mut hand, number, server);
        }
        let centre = &mut *self.centre;
        let agents = &mut centre.agents[group];
        let due_at = if is_exclusive {
            let due_at = agents.due_alone(number, &mut hand, now);
            agents.start_exclusive(number, hand, now, due_at);
            due_at
        } else {
            agents.start(number, hand, now)
        };
        let place = agents.place(number);
        self.observer
            .load_changed(now, group, agents.busy(), agents.open());
        centre.calendar.set_finish(due_at, place);
    }

    /// What comes of a contact's beginning where the group does not take it plainly.
    #[inline(never)]
    fn settle_in(&mut self, hand: &mut InHand, number: u32, server: &Server) {
        let extra = self.switch(server.group, number, hand);
        if self.model.queues[hand.queue].journey.dialogue.is_some() {
            self.begin_dialogue(hand, number, server, extra);
        } else {
            hand.due += extra.as_micros_f64() / server.speed;
        }
        if server.yields == Yields::GivesWay {
            self.note_holder(server.group, number);
        }
    }

    /// The contact furthest on at an agent is due: it ends its talk or its wrap-up.
    #[inline(always)]
    pub(super) fn finish(&mut self, group: GroupId, number: u32) {
        if F::IS_PLAIN {
            self.finish_plainly(group, number);
        } else {
            self.finish_any(group, number);
        }
    }

    /// The same in any model.
    #[inline]
    fn finish_any(&mut self, group: GroupId, number: u32) {
        let now = self.now;
        let centre = &mut *self.centre;
        let agents = &mut centre.agents[group];
        let goes_on = agents.goes_on(number);
        let at = agents.place(number);
        let Some(mut work) = agents.at_work(number) else {
            return;
        };
        centre.left_before = now;
        let from = work.advance(now);
        self.observer.worked(group, work.hands, from, now);
        let place = work.first_due();
        let hand = &mut work.hands[place];
        let index = hand.contact;
        let contact = &mut centre.contacts[index];
        if contact.stage == Stage::InHand {
            contact.replied_at = now;
            trunks::hang_up(contact, self.model, &mut centre.free_lines);
            if hand.wrap_up > 0.0 {
                contact.stage = Stage::WrapUp;
                hand.due += hand.wrap_up;
                let is_followed = contact.issue.is_some();
                centre.calendar.set_finish(work.plan(now), at);
                if is_followed {
                    self.talk_ended(index, group, number);
                }
                return;
            }
        } else if contact.stage == Stage::InDialogue {
            return self.reply(group, number, place);
        }
        self.answered(group, number, index);
        if goes_on {
            self.go_on(group, number);
        } else {
            self.let_go(group, number, place);
        }
    }

    /// A contact leaves the hands of its agent, answered unless its customer was not there.
    #[inline(always)]
    pub(super) fn answered(&mut self, group: GroupId, number: u32, index: u32) {
        let now = self.now;
        let contact = &self.centre.contacts[index];
        self.observer.finished(now, contact, group, number);
        if contact.issue.is_none() || self.was_there(index, group, number) {
            self.tell(now, index, Outcome::Answered);
            self.centre.contacts.remove(index);
        }
    }

    /// An agent who has ended an exclusive contact takes the next one without having been free, or is free.
    #[inline(always)]
    fn go_on(&mut self, group: GroupId, number: u32) {
        let now = self.now;
        match self.take_next_exclusive(group) {
            Some((skill, index)) if skill.at_once == 1 => {
                let contact = &mut self.centre.contacts[index];
                let mut hand = begin(contact, index, now, skill.speed);
                self.observer.started(now, contact, group, number);
                let agents = &mut self.centre.agents[group];
                let due_at = agents.due_alone(number, &mut hand, now);
                agents.alone(number, hand, now, due_at);
                let place = agents.place(number);
                self.centre.calendar.set_finish(due_at, place);
            }
            Some(_) => self.let_go(group, number, 0),
            None => self.take_out(group, number, 0),
        }
    }

    /// An agent has one contact fewer, and takes what it may.
    #[inline]
    pub(super) fn let_go(&mut self, group: GroupId, number: u32, place: usize) {
        let had_surplus = self.centre.agents[group].surplus() > 0;
        self.take_out(group, number, place);
        if had_surplus || !self.centre.agents[group].is_plain() {
            self.write_next(group, number);
            self.take_up_own(group, number);
            self.take_kept(group, number);
            let keeps_in_reserve = |skill: &Skill| skill.terms.reserve > 0;
            if had_surplus || self.model.groups[group].skills.iter().any(keeps_in_reserve) {
                // Others may have room now for what is kept for them.
                self.fill(group);
            } else {
                self.fill_from_lines(group);
                self.take_kept(group, number);
            }
        } else {
            self.take_work(group, number);
        }
    }

    /// Whether a contact is due now at an agent, whose end was so far off once that it found no place of its own in the calendar.
    pub(super) fn is_due(&mut self, group: GroupId, number: u32) -> bool {
        let work = self.centre.agents[group].at_work(number);
        F::IS_PLAIN || work.is_some_and(|work| work.is_due(self.now))
    }

    /// An agent has one contact fewer.
    #[inline(always)]
    fn take_out(&mut self, group: GroupId, number: u32, place: usize) {
        let centre = &mut *self.centre;
        let agents = &mut centre.agents[group];
        let due_at = agents.finish(number, place, self.now);
        let place = agents.place(number);
        self.observer
            .load_changed(self.now, group, agents.busy(), agents.open());
        if due_at == SimTime::NEVER {
            centre.calendar.clear_finish(place);
        } else {
            centre.calendar.set_finish(due_at, place);
        }
    }

    /// Brings an agent's progress up to now.
    #[inline]
    pub(super) fn advance(&mut self, group: GroupId, number: u32) {
        if let Some(mut work) = self.centre.agents[group].at_work(number) {
            let from = work.advance(self.now);
            self.observer.worked(group, work.hands, from, self.now);
        }
    }
}

/// A contact leaves its line for the hands of an agent.
#[inline]
fn begin(contact: &mut Contact, index: u32, now: SimTime, speed: f64) -> InHand {
    contact.begin(now);
    InHand {
        contact: index,
        queue: contact.queue,
        due: contact.talk.as_micros_f64() / speed,
        wrap_up: contact.wrap_up.as_micros_f64() / speed,
    }
}
