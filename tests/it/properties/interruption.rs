//! What gives way to real-time contacts, and who goes on with it.

use channelmix::scenario::model::Yields;
use channelmix::sim::observer::Step;
use proptest::prelude::*;

use super::centres::drafts;
use super::floor::{Moment, replay};
use super::record::Told;
use super::{cases, each_replication};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn no_real_time_contact_waits_while_an_agent_could_set_work_aside_for_it(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            replay(&variant.model, record, |floor, moment| {
                let Moment::Passing(_) = moment else {
                    return Ok(());
                };
                for (group, agents) in floor.model.groups.iter() {
                    let is_free = floor.surplus(group) == 0 && floor.has_holder(group);
                    for skill in agents.skills.iter().filter(|_| is_free) {
                        let priority = floor.model.queues[skill.queue].priority;
                        let may = skill.at_once == 1 || !floor.is_held_back(group, priority);
                        if skill.yields == Yields::Interrupts && may {
                            prop_assert!(!floor.somebody_waits(skill.queue), "{:?} waits beside work that gives way", skill.queue);
                        }
                    }
                }
                Ok(())
            })
        })?;
    }

    #[test]
    fn work_is_set_aside_for_a_contact_that_interrupts_it_and_begins_at_once(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let mut aside = None;
            for (now, told) in &record.log {
                match told {
                    Told::Stepped { contact, group, agent, step: Step::SetAside } => {
                        let skills = &variant.model.groups[*group].skills;
                        let own = skills.iter().find(|skill| skill.queue == contact.queue);
                        prop_assert_eq!(own.map(|skill| skill.yields), Some(Yields::GivesWay));
                        aside = Some((*now, *group, *agent));
                    }
                    Told::Started { contact, group, agent } => {
                        if let Some((at, of, by)) = aside.take() {
                            prop_assert_eq!((at, of, by), (*now, *group, *agent));
                            let skills = &variant.model.groups[*group].skills;
                            let taken = skills.iter().find(|skill| skill.queue == contact.queue);
                            prop_assert_eq!(taken.map(|skill| skill.yields), Some(Yields::Interrupts));
                            prop_assert!(!variant.model.queues[contact.queue].deferred);
                        }
                    }
                    Told::Finished { .. } | Told::Staffed { .. } => prop_assert!(aside.is_none(), "set aside for nobody"),
                    _ => {}
                }
            }
            prop_assert!(aside.is_none());
            Ok(())
        })?;
    }

    #[test]
    fn work_is_taken_up_by_whoever_set_it_aside_or_by_another_once_that_one_has_gone(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            replay(&variant.model, record, |floor, moment| {
                match moment {
                    Moment::Before(Told::Stepped { contact, group, agent, step: Step::TakenUp(_) }) => {
                        prop_assert!(!floor.hands[*group].contains_key(agent), "beside other work");
                        prop_assert!(!floor.an_interrupting_one_waits(*group), "something waits that would interrupt it again");
                        let of = floor.aside[*group].iter().find(|(_, aside)| aside.key() == contact.key());
                        let by = of.map(|(by, _)| *by);
                        prop_assert!(by.is_some(), "{:?} was not set aside", contact);
                        let is_busy = by.is_some_and(|by| by != *agent && floor.hands[*group].contains_key(&by));
                        // Who has gone may be here again, with other work.
                        let own = floor.aside[*group].iter().filter(|(other, _)| Some(*other) == by).count();
                        prop_assert!(!is_busy || own >= 1);
                    }
                    Moment::Passing(_) => {
                        for group in floor.model.groups.ids() {
                            let held = |number: &u32| floor.hands[group].contains_key(number);
                            let left = floor.aside[group].iter().any(|(by, _)| !held(by));
                            let is_idle = floor.idle(group) > 0 && floor.surplus(group) == 0;
                            prop_assert!(!(left && is_idle) || floor.an_interrupting_one_waits(group), "left beside an idle agent");
                        }
                    }
                    Moment::Before(_) => {}
                }
                Ok(())
            })
        })?;
    }

    #[test]
    fn what_turning_to_other_work_took_is_counted(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let end = variant.model.calendar.end();
            for (group, counted) in record.counts.groups.iter() {
                let (mut aside, mut switches, mut work) = (0, 0, 0);
                for (now, told) in &record.log {
                    let Told::Stepped { group: of, step, .. } = told else { continue };
                    if *of != group || *now < variant.model.warm_up || *now >= end {
                        continue;
                    }
                    match step {
                        Step::SetAside => aside += 1,
                        Step::TakenUp(resume) => work += i128::from(resume.0),
                        Step::Switched(extra) => {
                            switches += 1;
                            work += i128::from(extra.0);
                        }
                        Step::Wrote | Step::Replied(_) => {}
                    }
                }
                let totals = &counted.totals;
                prop_assert_eq!((totals.interruptions, totals.switches, totals.changeover), (aside, switches, work));
            }
            Ok(())
        })?;
    }
}
