//! The shop floor rebuilt from what was told, apart from the engine's own state: who waits and who has what in hand.

use std::collections::BTreeMap;

use channelmix::ids::{GroupId, QueueId, Table};
use channelmix::scenario::model::{AgentChoice, Model, Server, Skill, Yields};
use channelmix::sim::contacts::Contact;
use channelmix::sim::observer::{Outcome, Step};
use channelmix::time::{SimDuration, SimTime};

use super::Verdict;
use super::record::{Record, Told};

/// The floor at one moment.
#[derive(Debug)]
pub(super) struct Floor<'a> {
    pub(super) model: &'a Model,
    pub(super) now: SimTime,
    /// Who came and has neither started nor been turned away, oldest first; those whose patience has ended too.
    pub(super) waiting: Table<QueueId, Vec<Contact>>,
    /// By group and agent: what is open, in the order in which it began.
    pub(super) hands: Table<GroupId, BTreeMap<u32, Vec<Contact>>>,
    /// By group: what is set aside, and by whom.
    pub(super) aside: Table<GroupId, Vec<(u32, Contact)>>,
    pub(super) present: Table<GroupId, u32>,
    pub(super) has_closed: bool,
}

/// What a law looks at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment<'a> {
    /// This is about to happen.
    Before(&'a Told),
    /// All that happens at this instant has happened, and time goes on to the given one.
    Passing(SimTime),
}

/// Shows a law every moment of a replication.
pub(super) fn replay(
    model: &Model,
    record: &Record,
    mut law: impl FnMut(&Floor, Moment) -> Verdict,
) -> Verdict {
    let mut floor = Floor {
        model,
        now: SimTime::START,
        waiting: model.queues.ids().map(|_| Vec::new()).collect(),
        hands: model.groups.ids().map(|_| BTreeMap::new()).collect(),
        aside: model.groups.ids().map(|_| Vec::new()).collect(),
        present: model.groups.ids().map(|_| 0).collect(),
        has_closed: false,
    };
    for (now, told) in &record.log {
        if *now > floor.now {
            law(&floor, Moment::Passing(*now))?;
            floor.now = *now;
        }
        law(&floor, Moment::Before(told))?;
        floor.apply(told);
    }
    Ok(())
}

impl Floor<'_> {
    fn apply(&mut self, told: &Told) {
        match told {
            Told::Arrived(contact) => self.waiting[contact.queue].push(*contact),
            Told::Staffed { group, present, .. } => self.present[*group] = *present,
            Told::Started {
                contact,
                group,
                agent,
            } => {
                self.waiting[contact.queue].retain(|other| other.key() != contact.key());
                self.hands[*group].entry(*agent).or_default().push(*contact);
            }
            Told::Finished {
                contact,
                group,
                agent,
            } => self.take_out(contact, *group, *agent),
            Told::Stepped {
                contact,
                group,
                agent,
                step,
            } => match step {
                Step::SetAside => {
                    self.take_out(contact, *group, *agent);
                    self.aside[*group].push((*agent, *contact));
                }
                Step::TakenUp(_) => {
                    self.aside[*group].retain(|(_, other)| other.key() != contact.key());
                    self.hands[*group].entry(*agent).or_default().push(*contact);
                }
                Step::Switched(_) | Step::Wrote | Step::Replied(_) => {}
            },
            Told::Ended {
                contact,
                outcome:
                    Outcome::Blocked | Outcome::NoLine | Outcome::Contained | Outcome::Abandoned,
                ..
            } => {
                self.waiting[contact.queue].retain(|other| other.key() != contact.key());
            }
            Told::Closed => self.has_closed = true,
            Told::Ended {
                outcome: Outcome::Answered | Outcome::OpenAtEnd,
                ..
            }
            | Told::Piece
            | Told::TurnedAway(_)
            | Told::Line { .. }
            | Told::Load { .. }
            | Told::Worked { .. }
            | Told::Backlog { .. } => {}
        }
    }

    fn take_out(&mut self, contact: &Contact, group: GroupId, agent: u32) {
        let hands = &mut self.hands[group];
        if let Some(open) = hands.get_mut(&agent) {
            open.retain(|other| other.key() != contact.key());
            if open.is_empty() {
                hands.remove(&agent);
            }
        }
    }

    /// Whether an agent of a group has work in hand that gives way.
    pub(super) fn has_holder(&self, group: GroupId) -> bool {
        let gives_way =
            |contact: &Contact| self.skill(group, contact.queue).yields == Yields::GivesWay;
        self.hands[group].values().any(|open| gives_way(&open[0]))
    }

    /// Whether a contact waits for which agents of a group set work aside.
    pub(super) fn an_interrupting_one_waits(&self, group: GroupId) -> bool {
        let mut skills = self.model.groups[group].skills.iter();
        skills.any(|skill| skill.yields == Yields::Interrupts && self.somebody_waits(skill.queue))
    }

    /// Agents with something in hand.
    pub(super) fn busy(&self, group: GroupId) -> u32 {
        u32::try_from(self.hands[group].len()).expect("agents are few")
    }

    /// Contacts open in a group.
    pub(super) fn open(&self, group: GroupId) -> usize {
        self.hands[group].values().map(Vec::len).sum()
    }

    /// How many more agents are busy than should be there.
    pub(super) fn surplus(&self, group: GroupId) -> u32 {
        self.busy(group).saturating_sub(self.present[group])
    }

    /// How many agents have nothing in hand.
    pub(super) fn idle(&self, group: GroupId) -> u32 {
        self.present[group].saturating_sub(self.busy(group))
    }

    /// Whether more agents of a group are idle than it keeps in reserve from a queue.
    pub(super) fn has_enough_idle(&self, server: &Server) -> bool {
        let reserve = server.terms.reserve;
        reserve == 0 || self.idle(server.group) > reserve
    }

    /// Whether somebody waits on for longer than this instant.
    pub(super) fn somebody_waits(&self, queue: QueueId) -> bool {
        self.first_waiting(queue).is_some()
    }

    /// How long the first has waited who waits on for longer than this instant.
    pub(super) fn longest_wait(&self, queue: QueueId) -> Option<SimDuration> {
        let first = self.first_waiting(queue)?;
        Some(self.now.since(first.arrived_at))
    }

    /// The first who waits on for longer than this instant.
    pub(super) fn first_waiting(&self, queue: QueueId) -> Option<&Contact> {
        let mut waiting = self.waiting[queue].iter();
        waiting.find(|contact| contact.leaves_at > self.now)
    }

    /// The places at once of a queue in a group.
    pub(super) fn at_once(&self, group: GroupId, queue: QueueId) -> u32 {
        self.skill(group, queue).at_once
    }

    /// The skill of a group for a queue.
    pub(super) fn skill(&self, group: GroupId, queue: QueueId) -> Skill {
        let skills = &self.model.groups[group].skills;
        *skills
            .iter()
            .find(|skill| skill.queue == queue)
            .expect("only skills are served")
    }

    /// Of the busy agents of a group with room for a contact of which `at_once` may be open: how many each has open, fewest first.
    /// The surplus, those with the fewest open, has no room.
    pub(super) fn loads_with_room(&self, group: GroupId, at_once: u32) -> Vec<usize> {
        let is_exclusive = |open: &&Vec<Contact>| self.at_once(group, open[0].queue) == 1;
        let hands = self.hands[group].values();
        let exclusive = hands.clone().filter(is_exclusive).count();
        let mut loads: Vec<usize> = hands
            .filter(|open| !is_exclusive(open))
            .map(Vec::len)
            .collect();
        loads.sort_unstable();
        let surplus = (self.surplus(group) as usize).saturating_sub(exclusive);
        let mut loads = loads.split_off(surplus.min(loads.len()));
        loads.retain(|&load| load < at_once as usize);
        loads
    }

    /// Whether an exclusive contact of a smaller priority number waits that the group may take.
    pub(super) fn is_held_back(&self, group: GroupId, priority: i64) -> bool {
        self.model.groups[group].skills.iter().any(|skill| {
            skill.at_once == 1
                && skill.terms.reserve == 0
                && skill.terms.after == SimDuration::ZERO
                && self.model.queues[skill.queue].priority < priority
                && self.somebody_waits(skill.queue)
        })
    }

    /// How many contacts the agent of a group has open who would take a contact of a queue now; `None` where nobody would.
    pub(super) fn load_of_taker(
        &self,
        queue: QueueId,
        server: &Server,
        waited: SimDuration,
    ) -> Option<usize> {
        if !self.has_enough_idle(server) || waited < server.terms.after {
            return None;
        }
        let loads = self.loads_with_room(server.group, server.at_once);
        if self.idle(server.group) > 0 {
            let is_filling = self.model.groups[server.group].agents == AgentChoice::MostLoaded;
            return Some(loads.last().copied().filter(|_| is_filling).unwrap_or(0));
        }
        let least = match self.model.groups[server.group].agents {
            AgentChoice::MostLoaded => loads.last().copied(),
            _ => loads.first().copied(),
        };
        least.filter(|_| {
            server.at_once > 1
                && !self.is_held_back(server.group, self.model.queues[queue].priority)
        })
    }
}
