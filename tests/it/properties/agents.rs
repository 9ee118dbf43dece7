//! What agents may have in hand, and that none is idle beside work.

use std::collections::BTreeMap;

use channelmix::ids::{GroupId, QueueId};
use channelmix::scenario::model::{AgentChoice, Variant, Yields};
use channelmix::sim::contacts::Contact;
use channelmix::sim::observer::Outcome;
use channelmix::time::{SimDuration, SimTime};
use proptest::prelude::*;

use super::super::support::compiled;
use super::centres::drafts;
use super::clock::Clock;
use super::floor::{Floor, Moment, replay};
use super::record::{Record, Told};
use super::{Verdict, cases, each_replication};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn no_agent_has_more_in_hand_than_at_once_allows_and_exclusive_contacts_are_alone(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            replay(&variant.model, record, |floor, moment| {
                let Moment::Before(Told::Started { contact, group, agent }) = moment else {
                    return Ok(());
                };
                let Some(open) = floor.hands[*group].get(agent) else {
                    return Ok(());
                };
                let at_once = floor.at_once(*group, contact.queue) as usize;
                prop_assert!(open.len() < at_once, "{} open where {} may be", open.len() + 1, at_once);
                let first = floor.at_once(*group, open[0].queue);
                prop_assert!(first > 1, "begun beside an exclusive contact");
                Ok(())
            })
        })?;
    }

    #[test]
    fn what_the_engine_tells_of_loads_is_what_started_and_finished(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            replay(&variant.model, record, |floor, moment| {
                match moment {
                    Moment::Before(Told::Load { group, busy, open }) => {
                        prop_assert_eq!((*busy, *open as usize), (floor.busy(*group), floor.open(*group)));
                    }
                    Moment::Before(Told::Worked { group, queues, from }) => {
                        let is_it = |open: &Vec<Contact>| open.iter().map(|contact| contact.queue).eq(queues.iter().copied());
                        prop_assert!(floor.hands[*group].values().any(is_it), "nobody has {:?} in hand", queues);
                        prop_assert!(*from <= floor.now);
                    }
                    _ => {}
                }
                Ok(())
            })
        })?;
    }

    #[test]
    fn heads_present_follow_the_roster_and_shrinkage(draft in drafts()) {
        let clock = Clock::of(&draft.horizon);
        each_replication(&draft, |variant, record| {
            let mut uniforms = BTreeMap::new();
            for (now, told) in &record.log {
                if let Told::Staffed { group, heads: paid, present } = told {
                    let wall = clock.wall(*now);
                    let name = &variant.model.groups[*group].name;
                    let written = draft.group(name);
                    let (heads, at_work) = written.heads(&clock, *now);
                    prop_assert_eq!(*paid, heads);
                    let at_work = at_work - written.away(name, record.root, &clock, *now);
                    let expected = f64::from(at_work) * (1.0 - variant.model.groups[*group].shrinkage);
                    let (low, high) = uniforms.entry((*group, wall.day)).or_insert((0.0_f64, 1.0_f64));
                    // floor(expected + u) = present for one u of the day.
                    *low = low.max(f64::from(*present) - expected);
                    *high = high.min(f64::from(*present) + 1.0 - expected);
                    prop_assert!(*low < *high + 1e-9, "no one draw gives {} of {} heads", present, paid);
                    prop_assert!(*present <= at_work);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_contact_starts_with_an_agent_on_duty_and_never_with_the_surplus(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            replay(&variant.model, record, |floor, moment| {
                let Moment::Before(Told::Started { contact, group, agent }) = moment else {
                    return Ok(());
                };
                let skill = floor.skill(*group, contact.queue);
                prop_assert!(floor.has_enough_idle(&skill.server(*group)), "taken from the reserve");
                prop_assert!(floor.now.since(contact.arrived_at) >= skill.terms.after, "taken before its time");
                match floor.hands[*group].get(agent) {
                    None => prop_assert!(floor.busy(*group) < floor.present[*group], "starts while busy ≥ present"),
                    Some(open) => {
                        let room = floor.loads_with_room(*group, floor.at_once(*group, contact.queue));
                        prop_assert!(room.contains(&open.len()), "starts with the surplus");
                    }
                }
                Ok(())
            })
        })?;
    }

    #[test]
    fn more_are_busy_than_present_only_after_staffing_fell(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let mut most = BTreeMap::new();
            replay(&variant.model, record, |floor, moment| {
                if let Moment::Passing(_) = moment {
                    for group in floor.model.groups.ids() {
                        let surplus = floor.surplus(group);
                        let before = most.insert(group, (surplus, floor.present[group]));
                        let (before, present) = before.unwrap_or((0, u32::MAX));
                        prop_assert!(surplus <= before || floor.present[group] < present, "{} too many", surplus);
                    }
                }
                Ok(())
            })
        })?;
    }

    #[test]
    fn no_agent_is_idle_or_has_room_while_a_contact_waits_that_it_may_take(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            replay(&variant.model, record, |floor, moment| {
                if let Moment::Passing(_) = moment {
                    for queue in floor.model.queues.ids() {
                        nobody_could_take(floor, queue)?;
                    }
                }
                Ok(())
            })
        })?;
    }

    #[test]
    fn nobody_leaves_at_an_instant_at_which_an_agent_is_idle_who_may_take_them(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let mut leaving: BTreeMap<SimTime, Vec<(QueueId, SimDuration)>> = BTreeMap::new();
            for (at, contact, outcome) in record.endings() {
                if outcome == Outcome::Abandoned {
                    leaving.entry(at).or_default().push((contact.queue, at.since(contact.arrived_at)));
                }
            }
            replay(&variant.model, record, |floor, moment| {
                // What ends and who comes on duty at an instant goes before the end of a patience.
                if let Moment::Passing(_) = moment
                    && let Some(queues) = leaving.get(&floor.now)
                {
                    for (queue, waited) in queues {
                        let mut servers = floor.model.queues[*queue].servers.iter();
                        let is_idle = servers.any(|server| floor.idle(server.group) > 0 && floor.has_enough_idle(server) && *waited >= server.terms.after);
                        prop_assert!(!is_idle, "left {:?} at {:?} beside an idle agent", queue, floor.now);
                    }
                }
                Ok(())
            })
        })?;
    }

    #[test]
    fn among_idle_agents_the_one_idle_longest_starts(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let mut steady: Vec<GroupId> = variant.model.groups.ids().collect();
            let in_turn = [AgentChoice::LeastLoaded, AgentChoice::LongestIdle];
            steady.retain(|group| in_turn.contains(&variant.model.groups[*group].agents));
            steady.retain(|group| !sets_aside(variant, *group));
            steady.retain(|group| {
                let mut present = record.log.iter().filter_map(|(_, told)| match told {
                    Told::Staffed { group: of, present, .. } if of == group => Some(*present),
                    _ => None,
                });
                let first = present.next();
                present.all(|present| Some(present) == first)
            });
            for group in steady {
                idle_agents_take_turns(variant, record, group)?;
            }
            Ok(())
        })?;
    }
}

fn sets_aside(variant: &Variant, group: GroupId) -> bool {
    let mut skills = variant.model.groups[group].skills.iter();
    skills.any(|skill| skill.yields == Yields::GivesWay)
}

/// 7 heads at a shrinkage of 45 % are 3.85 present: 3 or 4 on any day, and in the mean over 3,000 days no other number.
#[test]
fn shrinkage_is_rounded_without_bias() {
    let text = "name = \"Days\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 3000\ninterval = \"6h\"\n\
        [queues.phone]\nchannel = \"phone\"\narrivals = { per_hour = 0 }\nhandle_time = \"4m\"\n\
        [groups.desk]\nskills = [\"phone\"]\nstaff = 7\nshrinkage = 0.45\n";
    let record = Record::of(&compiled(text).variants[0], 7, 0);
    let present: Vec<f64> = record
        .log
        .iter()
        .filter_map(|(_, told)| match told {
            Told::Staffed { present, .. } => Some(f64::from(*present)),
            _ => None,
        })
        .collect();
    let mean = present.iter().sum::<f64>() / present.len() as f64;
    let standard_error = (0.85 * 0.15 / 3000.0_f64).sqrt();
    assert!((mean - 3.85).abs() <= 3.3 * standard_error, "{mean}");
}

fn nobody_could_take(floor: &Floor, queue: QueueId) -> Verdict {
    let Some(longest) = floor.longest_wait(queue) else {
        return Ok(());
    };
    for server in &floor.model.queues[queue].servers {
        let taker = floor.load_of_taker(queue, server, longest);
        prop_assert!(
            taker.is_none(),
            "{queue:?} waits at {:?} while an agent of {:?} has {taker:?} open, {} busy of {}",
            floor.now,
            server.group,
            floor.busy(server.group),
            floor.present[server.group]
        );
    }
    Ok(())
}

/// In a group of which the same number are always present: who became idle first starts first, at the start by number.
fn idle_agents_take_turns(variant: &Variant, record: &Record, group: GroupId) -> Verdict {
    let mut idle: Vec<u32> = Vec::new();
    replay(&variant.model, record, |floor, moment| {
        match moment {
            Moment::Before(Told::Staffed {
                group: of, present, ..
            }) if *of == group && floor.now == SimTime::START => {
                idle = (0..*present).collect();
            }
            Moment::Before(Told::Started {
                group: of, agent, ..
            }) if *of == group && !floor.hands[group].contains_key(agent) => {
                prop_assert_eq!(idle.first(), Some(agent));
                idle.remove(0);
            }
            Moment::Before(Told::Finished {
                group: of, agent, ..
            }) if *of == group && floor.hands[group][agent].len() == 1 => {
                idle.push(*agent);
            }
            _ => {}
        }
        Ok(())
    })
}
