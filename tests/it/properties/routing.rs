//! Who takes whom: the order within a queue, among queues and among groups.

use std::collections::BTreeMap;

use channelmix::ids::{GroupId, QueueId};
use channelmix::scenario::model::{AgentChoice, Policy, Skill, Yields};
use channelmix::sim::contacts::Contact;
use channelmix::time::{SimDuration, SimTime};
use proptest::prelude::*;

use super::centres::drafts;
use super::floor::{Floor, Moment, replay};
use super::record::Told;
use super::{Verdict, cases, each_replication};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn first_come_is_first_served_within_a_queue(draft in drafts()) {
        each_replication(&draft, |_, record| {
            let mut place = BTreeMap::new();
            for (number, contact) in record.arrivals().enumerate() {
                place.insert(contact.key(), (contact.arrived_at, number));
            }
            let mut last: BTreeMap<QueueId, (SimTime, usize)> = BTreeMap::new();
            for (_, told) in &record.log {
                if let Told::Started { contact, .. } = told {
                    let own = place[&contact.key()];
                    let before = last.insert(contact.queue, own);
                    prop_assert!(before.is_none_or(|before| before < own), "{:?} overtook others", contact);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn an_agent_takes_by_priority_then_by_the_order_of_its_skills(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            replay(&variant.model, record, |floor, moment| match moment {
                Moment::Before(Told::Started { contact, group, agent }) => nothing_came_before(floor, contact, *group, *agent),
                _ => Ok(()),
            })
        })?;
    }

    #[test]
    fn a_new_contact_goes_to_the_first_group_with_room_and_there_to_the_least_loaded(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let mut came = None;
            let mut seniority = Seniority::default();
            replay(&variant.model, record, |floor, moment| {
                let Moment::Before(told) = moment else {
                    return Ok(());
                };
                if let Told::Started { contact, group, agent } = told
                    && came == Some(contact.key())
                {
                    let servers = &floor.model.queues[contact.queue].servers;
                    let others = |queue: QueueId| floor.waiting[queue].iter().any(|other| other.leaves_at == floor.now);
                    if floor.model.queues.ids().any(others) {
                        // Somebody's patience ends at this very instant: who is held back by them is not worked out here.
                        seniority.note(told);
                        return Ok(());
                    }
                    let first = servers.iter().find_map(|server| Some((server.group, floor.load_of_taker(contact.queue, server, SimDuration::ZERO)?)));
                    let load = floor.hands[*group].get(agent).map_or(0, Vec::len);
                    prop_assert_eq!(first.map(|first| first.0), Some(*group));
                    if matches!(floor.model.groups[*group].agents, AgentChoice::LeastLoaded | AgentChoice::MostLoaded) {
                        prop_assert_eq!(first, Some((*group, load)));
                        let is_first = seniority.is_first_of_load(floor, *group, *agent);
                        prop_assert!(is_first, "another agent has been at {} open for longer", load);
                    }
                }
                seniority.note(told);
                came = match told {
                    Told::Arrived(contact) => Some(contact.key()),
                    Told::Line { .. } => None,
                    _ => came,
                };
                Ok(())
            })
        })?;
    }
}

/// Who has how many contacts open, in the order in which they came to that number.
#[derive(Default)]
struct Seniority {
    number: u64,
    since: BTreeMap<(GroupId, u32), u64>,
}

impl Seniority {
    fn note(&mut self, told: &Told) {
        if let Told::Started { group, agent, .. } | Told::Finished { group, agent, .. } = told {
            self.number += 1;
            self.since.insert((*group, *agent), self.number);
        }
    }

    /// Whether of the busy agents of the group with as many open as this one nobody has had them for longer.
    fn is_first_of_load(&self, floor: &Floor, group: GroupId, agent: u32) -> bool {
        let hands = &floor.hands[group];
        let Some(own) = hands.get(&agent) else {
            return true;
        };
        let is_exclusive = |open: &[Contact]| floor.at_once(group, open[0].queue) == 1;
        let alike = hands
            .iter()
            .filter(|(_, open)| open.len() == own.len() && !is_exclusive(open));
        let since = |agent: u32| self.since[&(group, agent)];
        alike.map(|(other, _)| since(*other)).min() == Some(since(agent))
    }
}

/// What comes first has the smallest: the priority number, what the policy goes by, the place among the skills.
fn rank(
    floor: &Floor,
    group: GroupId,
    (place, skill): (usize, &Skill),
    contact: &Contact,
) -> (i64, f64, usize) {
    let queue = &floor.model.queues[contact.queue];
    let waited = floor.now.since(contact.arrived_at).0 as f64;
    let by_policy = match floor.model.groups[group].policy {
        Policy::ListOrder => 0.0,
        Policy::LongestWaiting => -waited,
        Policy::ShortestSlack => queue
            .within()
            .map_or(f64::INFINITY, |within| within.0 as f64 - waited),
        Policy::Weighted => -waited * skill.weight,
    };
    (queue.priority, by_policy, place)
}

/// No contact waits that the agent would have taken before this one.
fn nothing_came_before(floor: &Floor, contact: &Contact, group: GroupId, agent: u32) -> Verdict {
    let load = floor.hands[group].get(&agent).map_or(0, Vec::len);
    let priority = floor.model.queues[contact.queue].priority;
    let interrupts = floor.skill(group, contact.queue).yields == Yields::Interrupts;
    let skills = floor.model.groups[group].skills.iter().enumerate();
    // An agent with work set aside, or about to, takes of those alone for which it sets it aside.
    let has_aside = floor.aside[group].iter().any(|(other, _)| *other == agent);
    let skills = skills
        .filter(|(_, skill)| !(interrupts && has_aside) || skill.yields == Yields::Interrupts);
    let own = skills
        .clone()
        .find(|(_, skill)| skill.queue == contact.queue);
    let own_rank = own.map(|own| rank(floor, group, own, contact));
    for (place, skill) in skills {
        let Some(first) = floor.first_waiting(skill.queue) else {
            continue;
        };
        let of_first = rank(floor, group, (place, skill), first);
        let has_room = load == 0 || (skill.at_once > 1 && load < skill.at_once as usize);
        let is_of_age = floor.now.since(first.arrived_at) >= skill.terms.after;
        let is_taken = has_room && is_of_age && floor.has_enough_idle(&skill.server(group));
        let holds_back = skill.at_once == 1
            && skill.terms.are_none()
            && floor.model.queues[skill.queue].priority < priority;
        let comes_before = is_taken && own_rank.is_some_and(|own| of_first < own);
        if comes_before || (holds_back && load > 0) {
            prop_assert!(
                false,
                "{:?} waits and {:?} is taken",
                skill.queue,
                contact.queue
            );
        }
    }
    Ok(())
}
