//! Who takes whom: the order within a queue, among queues and among groups.

use std::collections::BTreeMap;

use channelmix::ids::{GroupId, QueueId};
use channelmix::sim::contacts::Contact;
use proptest::prelude::*;

use super::centres::drafts;
use super::floor::{Floor, Moment, replay};
use super::record::Told;
use super::{Verdict, cases, each_replication};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn first_come_is_first_served_within_a_queue(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let mut place = BTreeMap::new();
            for (number, contact) in record.arrivals().enumerate() {
                place.insert(contact.key, number);
            }
            let mut last: BTreeMap<QueueId, usize> = BTreeMap::new();
            for (_, told) in &record.log {
                if let Told::Started { contact, .. } = told {
                    let own = place[&contact.key];
                    let before = last.insert(contact.queue, own);
                    prop_assert!(before.is_none_or(|before| before < own), "{:?} overtook others", contact);
                }
            }
            let old: Vec<&Contact> = record.arrivals().take_while(|contact| contact.source.is_none()).collect();
            for pair in old.windows(2).filter(|pair| pair[0].queue == pair[1].queue) {
                prop_assert!(pair[0].arrived_at <= pair[1].arrived_at || variant.model.queues[pair[0].queue].spread.is_some());
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
            replay(&variant.model, record, |floor, moment| {
                let Moment::Before(told) = moment else {
                    return Ok(());
                };
                if let Told::Started { contact, group, agent } = told
                    && came == Some(contact.key)
                {
                    let servers = &floor.model.queues[contact.queue].servers;
                    let others = |queue: QueueId| floor.waiting[queue].iter().any(|other| other.leaves_at == floor.now);
                    if floor.model.queues.ids().any(others) {
                        // Somebody's patience ends at this very instant: who is held back by them is not worked out here.
                        return Ok(());
                    }
                    let first = servers.iter().find_map(|server| Some((server.group, floor.load_of_taker(contact.queue, server)?)));
                    let load = floor.hands[*group].get(agent).map_or(0, Vec::len);
                    prop_assert_eq!(first, Some((*group, load)));
                }
                came = match told {
                    Told::Arrived(contact) => Some(contact.key),
                    Told::Line { .. } => None,
                    _ => came,
                };
                Ok(())
            })
        })?;
    }
}

/// No contact waits that the agent would have taken before this one.
fn nothing_came_before(floor: &Floor, contact: &Contact, group: GroupId, agent: u32) -> Verdict {
    let load = floor.hands[group].get(&agent).map_or(0, Vec::len);
    let priority = floor.model.queues[contact.queue].priority;
    let skills = &floor.model.groups[group].skills;
    for skill in skills
        .iter()
        .take_while(|skill| skill.queue != contact.queue)
    {
        let is_taken = load == 0 || (skill.at_once > 1 && load < skill.at_once as usize);
        let holds_back = skill.at_once == 1 && floor.model.queues[skill.queue].priority < priority;
        if is_taken || holds_back {
            let waits = floor.somebody_waits(skill.queue);
            prop_assert!(
                !waits,
                "{:?} waits and {:?} is taken",
                skill.queue,
                contact.queue
            );
        }
    }
    Ok(())
}
