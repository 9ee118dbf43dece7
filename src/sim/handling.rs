//! Contacts in the hands of agents: how they begin, progress and end.

use crate::ids::GroupId;
use crate::scenario::model::Server;
use crate::time::instant::nearest;
use crate::time::{SimDuration, SimTime};

use super::agents::InHand;
use super::calendar::Event;
use super::contacts::Stage;
use super::observer::{Observer, Outcome};
use super::replicate::Replication;

impl<O: Observer> Replication<'_, O> {
    /// Puts a contact, no longer in line, into the hands of an agent who has room for it.
    #[inline]
    pub(super) fn start(&mut self, now: SimTime, contact: u32, agent: u32, server: &Server) {
        self.advance(server.group, agent);
        let hand = self.hand(contact, agent, server);
        let agents = &mut self.centre.agents[server.group];
        agents.start(agent, hand, server.at_once == 1);
        self.observer
            .load_changed(now, server.group, agents.busy(), agents.open());
        self.schedule(server.group, agent);
    }

    /// A contact as it comes into the hands of an agent whose progress is up to date; tells of it.
    #[inline]
    fn hand(&mut self, contact: u32, agent: u32, server: &Server) -> InHand {
        let state = &mut self.centre.contacts[contact];
        state.started_at = self.now;
        state.stage = Stage::InHand;
        state.in_line = false;
        self.observer.started(self.now, state, server.group, agent);
        let progress = self.centre.agents[server.group].agent(agent).progress;
        InHand {
            contact,
            queue: state.queue,
            due: progress + state.talk.0 as f64 / server.speed,
            wrap_up: state.wrap_up.0 as f64 / server.speed,
        }
    }

    /// The contact furthest on at an agent ends its talk, or its wrap-up.
    #[inline]
    pub(super) fn finish(&mut self, group: GroupId, agent: u32) {
        let now = self.now;
        if self.centre.agents[group].agent(agent).due_at != now {
            return;
        }
        self.centre.left_before = now;
        self.advance(group, agent);
        let agents = &mut self.centre.agents[group];
        agents.agent_mut(agent).due_at = SimTime::NEVER;
        let place = first_due(agents.hands(agent));
        let hand = &mut agents.hands_mut(agent)[place];
        let index = hand.contact;
        let contact = &mut self.centre.contacts[index];
        if contact.stage == Stage::InHand {
            contact.replied_at = now;
            if hand.wrap_up > 0.0 {
                contact.stage = Stage::WrapUp;
                hand.due += hand.wrap_up;
                self.schedule(group, agent);
                return;
            }
        }
        self.observer.finished(now, contact, group, agent);
        self.tell(now, index, Outcome::Answered);
        self.centre.contacts.remove(index);
        if self.centre.agents[group].goes_on(agent) {
            self.go_on(now, group, agent);
        } else {
            self.let_go(now, group, agent, place);
        }
    }

    /// An agent who has ended an exclusive contact takes the next one without having been free, or is free.
    #[inline]
    fn go_on(&mut self, now: SimTime, group: GroupId, agent: u32) {
        match self.next_skill(group, 0) {
            Some(skill) if skill.at_once == 1 => {
                let contact = self.take_from_line(now, skill.queue);
                self.centre.agents[group].agent_mut(agent).progress = 0.0;
                let hand = self.hand(contact, agent, &skill.server(group));
                self.centre.agents[group].hands_mut(agent)[0] = hand;
                self.schedule(group, agent);
            }
            _ => self.let_go(now, group, agent, 0),
        }
    }

    /// An agent has one contact fewer, and takes what it may.
    fn let_go(&mut self, now: SimTime, group: GroupId, agent: u32, place: usize) {
        let agents = &mut self.centre.agents[group];
        let had_surplus = agents.surplus() > 0;
        agents.finish(agent, place);
        self.observer
            .load_changed(now, group, agents.busy(), agents.open());
        self.schedule(group, agent);
        if had_surplus {
            self.fill(now, group);
        } else {
            self.take_work(now, group, agent);
        }
    }

    /// Brings an agent's progress up to now.
    #[inline]
    pub(super) fn advance(&mut self, group: GroupId, number: u32) {
        let agents = &mut self.centre.agents[group];
        let (agent, hands) = agents.with_hands(number);
        if let Some(contacts) = hands.len().checked_sub(1) {
            self.observer
                .worked(group, hands, agent.updated_at, self.now);
            let pace = self.model.groups[group].pace[contacts];
            agent.progress += self.now.since(agent.updated_at).0 as f64 * pace;
        }
        agent.updated_at = self.now;
    }

    /// Puts the next end of talk or wrap-up of an agent, whose progress is up to date, into the calendar.
    #[inline]
    fn schedule(&mut self, group: GroupId, number: u32) {
        let (agent, hands) = self.centre.agents[group].with_hands(number);
        let Some(contacts) = hands.len().checked_sub(1) else {
            return;
        };
        let left = hands[first_due(hands)].due - agent.progress;
        let pace = self.model.groups[group].pace[contacts];
        let left = SimDuration(nearest(left / pace));
        let due_at = (self.now + left).min(AT_THE_LATEST);
        if due_at != agent.due_at {
            agent.due_at = due_at;
            self.centre
                .calendar
                .push(due_at, Event::Finish(group, number));
        }
    }
}

/// Work that would take longer than instants reach ends here, so that every contact ends.
const AT_THE_LATEST: SimTime = SimTime(i64::MAX - 1);

/// The place of the contact that is due first; among equals the one begun first.
#[inline]
fn first_due(hands: &[InHand]) -> usize {
    let mut first = 0;
    for place in 1..hands.len() {
        if hands[place].due < hands[first].due {
            first = place;
        }
    }
    first
}
