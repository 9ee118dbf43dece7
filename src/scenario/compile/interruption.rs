//! Who sets work aside for whom: real-time contacts interrupt interruptible ones that their group takes after them.

use crate::ids::Id;
use crate::scenario::model::{Group, Policy, Queue, Server, Skill, Yields};

/// Works out which skills interrupt others, in groups whose skills stand in the order of the queues' priorities.
pub(super) fn settle(queues: &mut [Queue], groups: &mut [Group]) {
    for group in groups.iter_mut() {
        mark_interruptible(group, queues);
        mark_interrupting(group, queues);
    }
    for (number, queue) in queues.iter_mut().enumerate() {
        for server in &mut queue.servers {
            let group = &groups[server.group.index()];
            let mut skills = group.skills.iter();
            if let Some(skill) = skills.find(|skill| skill.queue.index() == number) {
                *server = skill.server(server.group);
            }
        }
        queue.just_waits &= !queue.servers.iter().any(Server::interrupts);
    }
}

/// What is interruptible gives way where an agent has nothing else in hand.
fn mark_interruptible(group: &mut Group, queues: &[Queue]) {
    for skill in &mut group.skills {
        if skill.at_once == 1 && queues[skill.queue.index()].resume.is_some() {
            skill.yields = Yields::GivesWay;
            skill.is_plain = false;
        }
    }
}

/// A real-time queue interrupts what the group takes after it: of a larger priority number or, where the order of the skills decides, of a
/// later skill. What the group takes on terms waits for spare agents and interrupts nobody.
fn mark_interrupting(group: &mut Group, queues: &[Queue]) {
    let gives_way = |skill: &Skill| skill.yields == Yields::GivesWay;
    let Some(first) = group.skills.iter().position(gives_way) else {
        return;
    };
    let priority_of = |skill: &Skill| queues[skill.queue.index()].priority;
    let first_priority = priority_of(&group.skills[first]);
    let by_list = group.policy == Policy::ListOrder;
    for skill in &mut group.skills[..first] {
        let queue = &queues[skill.queue.index()];
        let goes_before = by_list || priority_of(skill) < first_priority;
        if goes_before && !queue.deferred && queue.resume.is_none() && skill.terms.are_none() {
            skill.yields = Yields::Interrupts;
        }
    }
}
