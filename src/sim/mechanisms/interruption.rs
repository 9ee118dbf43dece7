//! Agents set work aside for real-time contacts that would find nobody, and take it up again afterwards.

use std::collections::VecDeque;

use crate::ids::GroupId;
use crate::scenario::model::{Queue, Server, Skill, Yields};
use crate::sim::centre::{Centre, GroupLayout};
use crate::sim::features::Features;
use crate::sim::observer::{Observer, Step};
use crate::sim::replicate::Replication;
use crate::sim::routing::Candidate;
use crate::sim::tournament::{SMALL, Tournament};
use crate::sim::work::InHand;
use crate::time::SimDuration;

/// The interruptible work of one group.
#[derive(Debug, Clone)]
pub struct SetAside {
    /// Who has such work in hand: the one who began it last comes first, having least to find back into.
    holders: Tournament<SMALL>,
    begun: u64,
    /// By agent: what is set aside, `due` being the work left. One contact at most, as only such work is set aside as gives way, for
    /// such as does not.
    own: Vec<Option<InHand>>,
    /// What agents left behind who have gone, in the order in which they went.
    left: VecDeque<InHand>,
}

impl SetAside {
    /// Nothing is set aside.
    pub fn new(layout: &GroupLayout) -> Self {
        let heads = layout.heads_max as usize;
        Self {
            holders: Tournament::new(heads),
            begun: 0,
            own: vec![None; heads],
            left: VecDeque::new(),
        }
    }

    /// Every contact that is set aside.
    pub fn contacts(&self) -> impl Iterator<Item = &InHand> {
        self.own.iter().flatten().chain(&self.left)
    }

    /// An agent begins work that gives way, or goes on with it.
    fn hold(&mut self, agent: u32) {
        self.begun += 1;
        self.holders.insert(agent, u64::MAX - self.begun);
    }
}

impl<'a, O: Observer, F: Features> Replication<'a, O, F> {
    /// An agent begins work that gives way.
    #[inline(never)]
    pub(in crate::sim) fn note_holder(&mut self, group: GroupId, agent: u32) {
        if let Some(aside) = &mut self.centre.aside[group] {
            aside.hold(agent);
        }
    }

    /// A contact for which nobody is free: whether an agent sets other work aside and takes it.
    pub(in crate::sim) fn interrupts(&mut self, index: u32, queue: &Queue) -> bool {
        for server in queue.servers.iter().filter(|server| server.interrupts()) {
            if let Some(agent) = self.who_gives_way(queue, server) {
                self.set_aside(server.group, agent);
                self.start(index, agent, server);
                return true;
            }
        }
        false
    }

    /// Who of a group sets work aside for a contact of a queue. While more are busy than present, nobody begins anything.
    fn who_gives_way(&mut self, queue: &Queue, server: &Server) -> Option<u32> {
        let group = server.group;
        if self.centre.agents[group].surplus() > 0 {
            return None;
        }
        let (_, agent) = self.centre.aside[group].as_ref()?.holders.first()?;
        let is_free = server.at_once == 1 || !self.is_held_back(group, queue.priority);
        is_free.then_some(agent)
    }

    /// An agent sets aside what it has in hand, and is idle for the moment.
    fn set_aside(&mut self, group: GroupId, agent: u32) {
        self.advance(group, agent);
        let now = self.now;
        let Centre {
            agents,
            aside,
            contacts,
            ..
        } = &mut *self.centre;
        let hand = agents[group].put_down(agent, now);
        if let (Some(hand), Some(aside)) = (hand, &mut aside[group]) {
            aside.holders.remove(agent);
            aside.own[agent as usize] = Some(hand);
            let contact = &contacts[hand.contact];
            self.observer
                .stepped(now, contact, group, agent, Step::SetAside);
        }
    }

    /// Those of a group who have work in hand that gives way set it aside for whoever waits.
    pub(in crate::sim) fn give_way(&mut self, group: GroupId) {
        while let Some((skill, contact)) = self.first_interrupting(group) {
            let server = skill.server(group);
            let queue = &self.model.queues[skill.queue];
            let Some(agent) = self.who_gives_way(queue, &server) else {
                return;
            };
            self.set_aside(group, agent);
            self.start_next(group, agent, skill, contact);
        }
    }

    /// The waiting contact for which a group would set work aside first.
    fn first_interrupting(&mut self, group: GroupId) -> Option<(&'a Skill, u32)> {
        let mut first: Option<Candidate<'a>> = None;
        let skills = self.model.groups[group].skills.iter();
        for skill in skills.filter(|skill| skill.yields == Yields::Interrupts) {
            let Some(candidate) = self.candidate(group, skill) else {
                continue;
            };
            if first.is_none_or(|first| candidate.is_before(&first)) {
                first = Some(candidate);
            }
        }
        first.map(|first| (first.skill, first.contact))
    }

    /// An agent has ended a contact: what it had set aside comes next, once nothing waits for which it would set it aside again. What an
    /// agent leaves behind who goes is taken up by others.
    pub(in crate::sim) fn take_up_own(&mut self, group: GroupId, agent: u32) {
        let Some(aside) = &mut self.centre.aside[group] else {
            return;
        };
        let agents = &self.centre.agents[group];
        if agents.agent(agent).load > 0 {
            return;
        }
        aside.holders.remove(agent);
        let own = &mut aside.own[agent as usize];
        if own.is_none() {
            return;
        }
        if !agents.is_idle(agent) {
            aside.left.extend(own.take());
        } else if let Some((skill, contact)) = self.first_interrupting(group) {
            self.start_next(group, agent, skill, contact);
        } else if let Some(aside) = &mut self.centre.aside[group]
            && let Some(hand) = aside.own[agent as usize].take()
        {
            self.go_on_with(group, agent, hand);
        }
    }

    /// Whether an idle agent of a group takes up what one left behind who has gone, as nothing waits for which it would set it aside again.
    pub(in crate::sim) fn takes_up_left(&mut self, group: GroupId) -> bool {
        let is_any = |aside: &SetAside| !aside.left.is_empty();
        if !self.centre.aside[group].as_ref().is_some_and(is_any)
            || self.first_interrupting(group).is_some()
            || self.centre.agents[group].idle() == 0
        {
            return false;
        }
        let agent = self.centre.agents[group].free_for(1);
        let aside = self.centre.aside[group].as_mut();
        let hand = aside.and_then(|aside| aside.left.pop_front());
        let Some((agent, hand)) = agent.zip(hand) else {
            return false;
        };
        self.go_on_with(group, agent, hand);
        true
    }

    /// An idle agent goes on with what was set aside, once it has found back into it.
    fn go_on_with(&mut self, group: GroupId, agent: u32, mut hand: InHand) {
        let now = self.now;
        let resume = self.model.queues[hand.queue].resume;
        let resume = resume.unwrap_or(SimDuration::ZERO);
        let mut skills = self.model.groups[group].skills.iter();
        let speed = skills
            .find(|skill| skill.queue == hand.queue)
            .map_or(1.0, |skill| skill.speed);
        // What is left takes as long as it would have taken who began it, however fast the agent is.
        let own_speed = self.centre.agents[group].speed(agent);
        hand.due = hand.due * own_speed + resume.as_micros_f64() / speed;
        hand.wrap_up *= own_speed;
        self.note_holder(group, agent);
        self.is_other_work(group, agent, hand.queue);
        let centre = &mut *self.centre;
        let contact = &centre.contacts[hand.contact];
        self.observer
            .stepped(now, contact, group, agent, Step::TakenUp(resume));
        let agents = &mut centre.agents[group];
        let due_at = agents.due_alone(agent, &mut hand, now);
        agents.start_exclusive(agent, hand, now, due_at);
        self.observer
            .load_changed(now, group, agents.busy(), agents.open());
        centre.calendar.set_finish(due_at, agents.place(agent));
    }
}
