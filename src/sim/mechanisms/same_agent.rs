//! Replies that are kept for a while for the agent who handled the contact before.

use std::collections::{BTreeSet, VecDeque};

use crate::ids::{GroupId, QueueId};
use crate::scenario::model::{Queue, Server, Skill};
use crate::sim::calendar::Event;
use crate::sim::centre::{Centre, GroupLayout};
use crate::sim::contacts::Stage;
use crate::sim::features::Features;
use crate::sim::issues::{Course, Origin};
use crate::sim::observer::{Observer, Outcome};
use crate::sim::replicate::Replication;
use crate::time::{SimDuration, SimTime};

use super::trunks;

/// What is kept for the agents of one group.
#[derive(Debug, Clone)]
pub struct Kept {
    /// By agent, in the order in which it came.
    by_agent: Vec<VecDeque<u32>>,
    /// For whom anything is kept.
    agents: BTreeSet<u32>,
}

impl Kept {
    /// Nothing is kept for anybody.
    pub fn new(layout: &GroupLayout) -> Self {
        Self {
            by_agent: vec![VecDeque::new(); layout.heads_max as usize],
            agents: BTreeSet::new(),
        }
    }

    /// Every contact that is kept.
    pub fn contacts(&self) -> impl Iterator<Item = u32> {
        self.agents.iter().flat_map(|&agent| self.of(agent))
    }

    fn of(&self, agent: u32) -> impl Iterator<Item = u32> {
        self.by_agent[agent as usize].iter().copied()
    }

    fn keep(&mut self, agent: u32, contact: u32) {
        self.by_agent[agent as usize].push_back(contact);
        self.agents.insert(agent);
    }

    fn give(&mut self, agent: u32, contact: u32) {
        let own = &mut self.by_agent[agent as usize];
        own.retain(|&other| other != contact);
        if own.is_empty() {
            self.agents.remove(&agent);
        }
    }
}

impl<'a, O: Observer, F: Features> Replication<'a, O, F> {
    /// A reply goes to the agent who handled the contact before, at once or as soon as that one has room.
    pub(in crate::sim) fn goes_to_own_agent(&mut self, index: u32, queue: &Queue) -> bool {
        let Some(within) = queue.journey.same_agent() else {
            return false;
        };
        let Some(id) = self.centre.contacts[index].open_issue() else {
            return false;
        };
        let issue = self.centre.issues.get(id);
        let (Origin::Reply, Course::Plain, Some((group, agent))) =
            (issue.origin, issue.course, issue.agent)
        else {
            return false;
        };
        let mut servers = queue.servers.iter();
        let Some(server) = servers.find(|server| server.group == group) else {
            return false;
        };
        if self.has_room(agent, queue.priority, server) {
            let id = self.centre.contacts[index].queue;
            self.centre.lines[id].note_wait(SimDuration::ZERO);
            self.start(index, agent, server);
        } else {
            self.keep(index, (group, agent), within);
        }
        true
    }

    /// Whether an agent may begin a contact now that is meant for nobody else.
    fn has_room(&mut self, agent: u32, priority: i64, server: &Server) -> bool {
        let agents = &self.centre.agents[server.group];
        let reserve = server.terms.reserve;
        if !agents.has_room(agent, server.at_once) || (reserve > 0 && agents.idle() <= reserve) {
            return false;
        }
        agents.is_idle(agent) || !self.is_held_back(server.group, priority)
    }

    fn keep(&mut self, index: u32, (group, agent): (GroupId, u32), within: SimDuration) {
        let now = self.now;
        let Centre {
            kept,
            contacts,
            issues,
            lines,
            calendar,
            ..
        } = &mut *self.centre;
        let (Some(kept), Some(id)) = (&mut kept[group], contacts[index].open_issue()) else {
            return;
        };
        kept.keep(agent, index);
        issues.get(id).course = Course::Kept { group, agent };
        let reference = contacts.reference(index);
        let contact = &contacts[index];
        calendar.push(now + within, Event::Overflow(reference));
        if contact.leaves_at < SimTime::NEVER {
            calendar.push(contact.leaves_at, Event::Abandon(reference));
        }
        let line = &mut lines[contact.queue];
        line.keep();
        self.observer.line_changed(now, contact.queue, line.len());
        self.observer.joined(now, contact);
    }

    /// Takes a contact that is kept for somebody from where it is kept: whether it was.
    fn is_let_go(&mut self, index: u32) -> bool {
        let Centre {
            contacts, issues, ..
        } = &mut *self.centre;
        let Some(id) = contacts[index].open_issue() else {
            return false;
        };
        let Course::Kept { group, agent } = issues.get(id).course else {
            return false;
        };
        self.let_go_of(index, group, agent);
        true
    }

    fn let_go_of(&mut self, index: u32, group: GroupId, agent: u32) {
        let Centre {
            kept,
            contacts,
            issues,
            lines,
            ..
        } = &mut *self.centre;
        if let Some(kept) = &mut kept[group] {
            kept.give(agent, index);
        }
        let contact = &contacts[index];
        lines[contact.queue].give();
        if let Some(id) = contact.open_issue() {
            issues.get(id).course = Course::Plain;
        }
    }

    /// A contact has been kept for long enough: whoever is free takes it, else it joins the line.
    pub(in crate::sim) fn is_open_to_all(&mut self, index: u32) -> bool {
        if !self.is_let_go(index) {
            return false;
        }
        let model = self.model;
        let id = self.centre.contacts[index].queue;
        let queue = &model.queues[id];
        self.tell_line(id);
        if !self.finds_agent(index, queue) {
            self.join_line(index);
            self.plan_overflow(index);
        }
        true
    }

    /// The patience of a contact has ended that was kept for somebody.
    pub(in crate::sim) fn leaves_own_agent(&mut self, index: u32) -> bool {
        if !self.is_let_go(index) {
            return false;
        }
        self.tell_line(self.centre.contacts[index].queue);
        let Centre {
            contacts,
            free_lines,
            ..
        } = &mut *self.centre;
        contacts[index].stage = Stage::Gone;
        trunks::hang_up(&mut contacts[index], self.model, free_lines);
        self.tell(self.now, index, Outcome::Abandoned);
        self.free_if_done(index);
        true
    }

    fn tell_line(&mut self, queue: QueueId) {
        let waiting = self.centre.lines[queue].len();
        self.observer.line_changed(self.now, queue, waiting);
    }

    /// Agents of a group take what is kept for them, who have room: after a change that frees others than one agent.
    pub(in crate::sim) fn give_kept(&mut self, group: GroupId) {
        let Some(kept) = &self.centre.kept[group] else {
            return;
        };
        let agents: Vec<u32> = kept.agents.iter().copied().collect();
        for agent in agents {
            self.take_kept(group, agent);
        }
    }

    /// An agent takes what is kept for it, as far as nothing comes before.
    pub(in crate::sim) fn take_kept(&mut self, group: GroupId, agent: u32) {
        while let Some((skill, index)) = self.next_kept(group, agent) {
            self.let_go_of(index, group, agent);
            self.tell_line(skill.queue);
            self.start(index, agent, &skill.server(group));
        }
    }

    /// The contact kept for an agent that it takes next: by the order of its skills, before others of the same queue.
    fn next_kept(&mut self, group: GroupId, agent: u32) -> Option<(&'a Skill, u32)> {
        let model = self.model;
        let kept = self.centre.kept[group].as_ref()?;
        if !kept.agents.contains(&agent) {
            return None;
        }
        for skill in &model.groups[group].skills {
            let priority = model.queues[skill.queue].priority;
            if !self.has_room(agent, priority, &skill.server(group)) {
                continue;
            }
            if let Some(index) = self.kept_of(group, agent, skill.queue) {
                return Some((skill, index));
            }
            if self.candidate(group, skill).is_some() {
                return None;
            }
        }
        None
    }

    fn kept_of(&self, group: GroupId, agent: u32, queue: QueueId) -> Option<u32> {
        let Centre { kept, contacts, .. } = &*self.centre;
        let mut own = kept[group].as_ref()?.of(agent);
        own.find(|&index| contacts[index].queue == queue)
    }

    /// Everybody who waits in a queue, in its line or for an agent of theirs.
    pub(in crate::sim) fn everybody_waiting(&self, queue: QueueId) -> Vec<u32> {
        let Centre {
            lines,
            kept,
            contacts,
            ..
        } = &*self.centre;
        let of_queue = |index: &u32| {
            contacts[*index].queue == queue && contacts[*index].stage == Stage::Waiting
        };
        let kept = kept.values().flatten().flat_map(Kept::contacts);
        lines[queue].iter().chain(kept.filter(of_queue)).collect()
    }
}
