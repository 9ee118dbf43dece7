//! Who takes whom (design, section 5).

use crate::ids::{GroupId, QueueId};
use crate::scenario::model::{Group, Policy, Queue, Server, Skill};
use crate::time::SimDuration;

use super::centre::Centre;
use super::contacts::Stage;
use super::features::Features;
use super::observer::{Observer, Outcome};
use super::replicate::Replication;

impl<'a, O: Observer, F: Features> Replication<'a, O, F> {
    /// The agent of a group who would take a newly arrived contact now.
    #[inline(always)]
    pub(super) fn agent_for(&mut self, queue: &Queue, server: &Server) -> Option<u32> {
        if !server.is_plain {
            return self.agent_on_terms(queue, server);
        }
        let agents = &mut self.centre.agents[server.group];
        if let Some(idle) = agents.idle_longest() {
            return Some(idle);
        }
        if server.at_once == 1 {
            return None;
        }
        let agent = agents.free_for(server.at_once)?;
        (!self.is_held_back(server.group, queue.priority)).then_some(agent)
    }

    /// The same on any terms and by any choice.
    #[inline(never)]
    fn agent_on_terms(&mut self, queue: &Queue, server: &Server) -> Option<u32> {
        let agents = &mut self.centre.agents[server.group];
        if !server.terms.are_met(agents.idle(), SimDuration::ZERO) {
            return None;
        }
        let agent = agents.free_for(server.at_once)?;
        if agents.idle() > 0 {
            return Some(agent);
        }
        (!self.is_held_back(server.group, queue.priority)).then_some(agent)
    }

    /// Whether an exclusive contact of smaller priority number waits that the group may take: its agents with contacts
    /// open then start no further concurrent one of `priority`.
    pub(super) fn is_held_back(&mut self, group: GroupId, priority: i64) -> bool {
        let model = self.model;
        let before = |skill: &&Skill| model.queues[skill.queue].priority < priority;
        let skills = model.groups[group].skills.iter().take_while(before);
        skills
            .filter(|skill| skill.server(group).holds_back())
            .any(|skill| self.first_waiting(skill.queue).is_some())
    }

    /// The waiting contact that an agent of a plain group with `load` concurrent contacts open would take next, and the skill by which it would.
    #[inline]
    fn next_of(&mut self, group: GroupId, load: u32) -> Option<(&'a Skill, u32)> {
        if load == 0 {
            self.next_of_idle(group)
        } else {
            self.next_by_policy(group, load)
        }
    }

    /// The same by any policy and for any load: the best of all that the agent may take.
    #[inline(never)]
    fn next_by_policy(&mut self, group: GroupId, load: u32) -> Option<(&'a Skill, u32)> {
        let model = self.model;
        let policy = model.groups[group].policy;
        let mut best: Option<Candidate> = None;
        let mut held_from = i64::MAX;
        for skill in &model.groups[group].skills {
            let priority = model.queues[skill.queue].priority;
            if priority > held_from || best.is_some_and(|best| best.is_final(priority, policy)) {
                break;
            }
            if load > 0 && skill.at_once == 1 {
                let holds_back = skill.server(group).holds_back();
                if holds_back && self.first_waiting(skill.queue).is_some() {
                    held_from = priority;
                }
                continue;
            }
            if load >= skill.at_once {
                continue;
            }
            let Some(candidate) = self.candidate(group, skill) else {
                continue;
            };
            if best.is_none_or(|best| candidate.is_before(&best)) {
                best = Some(candidate);
            }
        }
        best.map(|best| (best.skill, best.contact))
    }

    /// The contact that an agent of a group would take by a skill.
    pub(super) fn candidate(&mut self, group: GroupId, skill: &'a Skill) -> Option<Candidate<'a>> {
        let contact = self.first_waiting(skill.queue)?;
        let arrived_at = self.centre.contacts[contact].arrived_at;
        let waited = self.now.since(arrived_at);
        let idle = self.centre.agents[group].idle();
        if !skill.terms.are_met(idle, waited) {
            return None;
        }
        let queue = &self.model.queues[skill.queue];
        let rank = match self.model.groups[group].policy {
            Policy::ListOrder => 0.0,
            Policy::LongestWaiting => arrived_at.0 as f64,
            Policy::ShortestSlack => queue
                .within()
                .map_or(f64::INFINITY, |within| (arrived_at + within).0 as f64),
            Policy::Weighted => -(waited.as_micros_f64() * skill.weight),
        };
        Some(Candidate {
            priority: queue.priority,
            rank,
            skill,
            contact,
        })
    }

    /// The waiting contact that an idle agent of a plain group would take, and the skill by which it would.
    #[inline(always)]
    fn next_of_idle(&mut self, group: GroupId) -> Option<(&'a Skill, u32)> {
        let Group { skills, policy, .. } = &self.model.groups[group];
        match policy {
            Policy::ListOrder => skills
                .iter()
                .find_map(|skill| Some((skill, self.first_waiting(skill.queue)?))),
            Policy::LongestWaiting | Policy::ShortestSlack | Policy::Weighted => {
                self.next_by_policy(group, 0)
            }
        }
    }

    /// The same; an exclusive one is taken out of its line.
    #[inline(always)]
    pub(super) fn take_next_exclusive(&mut self, group: GroupId) -> Option<(&'a Skill, u32)> {
        let Group { skills, policy, .. } = &self.model.groups[group];
        let is_exclusive = |skill: &Skill| skill.at_once == 1;
        if *policy == Policy::ListOrder {
            for skill in skills {
                let found = if is_exclusive(skill) {
                    self.take_waiting(skill.queue)
                } else {
                    self.first_waiting(skill.queue)
                };
                if let Some(contact) = found {
                    return Some((skill, contact));
                }
            }
            return None;
        }
        let (skill, contact) = self.next_by_policy(group, 0)?;
        if is_exclusive(skill) {
            self.take_from_line(skill.queue);
        }
        Some((skill, contact))
    }

    /// An agent of a plain group who has just become free takes what it may, until nothing is left for it.
    #[inline]
    pub(super) fn take_work(&mut self, group: GroupId, agent: u32) {
        loop {
            let state = self.centre.agents[group].agent(agent);
            if state.exclusive {
                return;
            }
            let Some((skill, contact)) = self.next_of(group, state.load) else {
                return;
            };
            self.start_next(group, agent, skill, contact);
        }
    }

    /// Every agent of a group who may take a waiting contact takes one: after a change that frees others than one agent.
    #[inline(never)]
    pub(super) fn fill(&mut self, group: GroupId) {
        if F::IS_PLAIN {
            return self.fill_from_lines(group);
        }
        self.give_kept(group);
        self.fill_from_lines(group);
        self.give_kept(group);
    }

    /// Every agent of a group who may take a waiting contact takes one that is kept for nobody.
    pub(super) fn fill_from_lines(&mut self, group: GroupId) {
        loop {
            if !F::IS_PLAIN && self.takes_up_left(group) {
                continue;
            }
            let Some((agent, next)) = self.agent_with_work(group) else {
                break;
            };
            self.start_next(group, agent, next.skill, next.contact);
        }
        if !F::IS_PLAIN && self.centre.aside[group].is_some() {
            self.give_way(group);
        }
    }

    fn agent_with_work(&mut self, group: GroupId) -> Option<(u32, Candidate<'a>)> {
        let model = self.model;
        let policy = model.groups[group].policy;
        let mut best: Option<(u32, Candidate)> = None;
        for skill in &model.groups[group].skills {
            let priority = model.queues[skill.queue].priority;
            if best.is_some_and(|(_, best)| best.is_final(priority, policy)) {
                break;
            }
            let Some(candidate) = self.candidate(group, skill) else {
                continue;
            };
            if best.is_some_and(|(_, best)| !candidate.is_before(&best)) {
                continue;
            }
            let Some(agent) = self.centre.agents[group].free_for(skill.at_once) else {
                continue;
            };
            if self.centre.agents[group].idle() > 0 || !self.is_held_back(group, priority) {
                best = Some((agent, candidate));
            }
        }
        best
    }

    /// An agent takes the first contact of a line.
    pub(super) fn start_next(&mut self, group: GroupId, agent: u32, skill: &Skill, contact: u32) {
        self.take_from_line(skill.queue);
        if F::IS_PLAIN {
            self.start_plainly(contact, group, agent);
        } else {
            self.start(contact, agent, &skill.server(group));
        }
    }

    /// Takes the first contact, who still waits, out of its line.
    #[inline(always)]
    pub(super) fn take_from_line(&mut self, queue: QueueId) {
        let is_watched = self.centre.lines[queue].is_watched();
        if is_watched {
            self.note_wait_of_first(queue);
        }
        let line = &mut self.centre.lines[queue];
        line.take_front();
        self.observer.line_changed(self.now, queue, line.len());
        if is_watched {
            self.note_if_released(queue);
        }
    }

    /// Takes the contact of a queue who waits longest out of its line. Those who left unnoticed before it are told and dropped.
    #[inline(always)]
    fn take_waiting(&mut self, queue: QueueId) -> Option<u32> {
        if self.centre.lines[queue].is_watched() {
            let contact = self.first_waiting(queue)?;
            self.take_from_line(queue);
            return Some(contact);
        }
        loop {
            let Centre {
                lines,
                contacts,
                left_before,
                ..
            } = &mut *self.centre;
            let line = &mut lines[queue];
            let contact = line.take_front()?;
            if contacts[contact].still_waits(*left_before) {
                self.observer.line_changed(self.now, queue, line.len());
                return Some(contact);
            }
            self.drop_taken(queue, contact);
        }
    }

    /// The contact of a queue who waits longest. Those who left unnoticed at the front are told and dropped.
    #[inline(always)]
    pub(super) fn first_waiting(&mut self, queue: QueueId) -> Option<u32> {
        loop {
            let contact = self.centre.lines[queue].front()?;
            if self.centre.contacts[contact].still_waits(self.centre.left_before) {
                return Some(contact);
            }
            self.centre.lines[queue].take_front();
            self.drop_taken(queue, contact);
        }
    }

    /// The contact of the place just taken has left.
    #[inline(never)]
    fn drop_taken(&mut self, queue: QueueId, contact: u32) {
        if self.centre.contacts[contact].stage == Stage::Gone {
            self.centre.lines[queue].was_gone();
        } else {
            self.leave(queue, contact);
        }
        self.left_line(contact);
    }

    /// Tells of everybody in a line whose patience has ended.
    pub(super) fn look_through(&mut self, queue: QueueId) {
        let before = self.centre.left_before;
        while let Some(contact) = self.centre.lines[queue].next_left(before, &self.centre.contacts)
        {
            self.centre.lines[queue].mark_gone();
            self.leave(queue, contact);
        }
        if self.centre.lines[queue].wants_tidying() {
            self.tidy_up(queue);
        }
    }

    fn tidy_up(&mut self, queue: QueueId) {
        let Centre {
            lines, contacts, ..
        } = &mut *self.centre;
        let mut dropped = Vec::new();
        lines[queue].tidy_up(
            |contact| contacts[contact].stage == Stage::Gone,
            &mut dropped,
        );
        for contact in dropped {
            self.left_line(contact);
        }
    }

    /// A waiting contact has left at the end of its patience, before now or now.
    fn leave(&mut self, queue: QueueId, contact: u32) {
        let state = &mut self.centre.contacts[contact];
        state.stage = Stage::Gone;
        let left_at = state.leaves_at;
        self.observer.left_unnoticed(self.now, left_at, queue);
        self.tell(left_at, contact, Outcome::Abandoned);
    }
}

/// A waiting contact that an agent may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    priority: i64,
    /// What the policy goes by: the smaller comes first.
    rank: f64,
    /// By which it is taken.
    pub(super) skill: &'a Skill,
    /// Its place among the contacts.
    pub(super) contact: u32,
}

impl Candidate<'_> {
    /// Whether none of a later skill, of this priority number, can be taken before it.
    fn is_final(&self, priority: i64, policy: Policy) -> bool {
        policy == Policy::ListOrder || self.priority < priority
    }

    /// Whether it is taken before one of an earlier skill.
    pub(super) fn is_before(&self, earlier: &Self) -> bool {
        self.priority == earlier.priority && self.rank < earlier.rank
    }
}
