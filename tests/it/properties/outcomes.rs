//! What becomes of contacts: the balance, patience, closed doors and the end of the horizon.

use std::collections::{BTreeMap, BTreeSet};

use channelmix::scenario::model::Model;
use channelmix::sim::contacts::{NO_SLOT, Stage};
use channelmix::sim::observer::Outcome;
use channelmix::time::SimTime;
use proptest::prelude::*;

use super::centres::drafts;
use super::clock::Clock;
use super::record::{Record, Told};
use super::{Verdict, cases, each_replication};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn every_contact_has_exactly_one_outcome(draft in drafts()) {
        each_replication(&draft, |_, record| {
            let mut open = BTreeSet::new();
            for (_, told) in &record.log {
                match told {
                    Told::Arrived(contact) => prop_assert!(open.insert(contact.key()), "came twice: {:?}", contact),
                    Told::Ended { contact, .. } => prop_assert!(open.remove(&contact.key()), "ended twice: {:?}", contact),
                    _ => {}
                }
            }
            prop_assert!(open.is_empty(), "{} contacts without an outcome", open.len());
            Ok(())
        })?;
    }

    #[test]
    fn offered_and_carried_in_are_answered_abandoned_blocked_or_open(draft in drafts()) {
        each_replication(&draft, |_, record| {
            for queue in record.counts.queues.values() {
                let totals = &queue.totals;
                let ended = totals.answered + totals.abandoned + totals.blocked + totals.contained + totals.open_at_end;
                prop_assert_eq!(totals.offered + totals.carried_in, ended);
            }
            let demand = &record.counts.demand;
            prop_assert_eq!(demand.wanted, demand.served + demand.lost + demand.open_at_end);
            Ok(())
        })?;
    }

    #[test]
    fn nobody_waits_beyond_patience_and_nobody_leaves_before(draft in drafts()) {
        each_replication(&draft, |_, record| {
            for (_, told) in &record.log {
                match told {
                    Told::Started { contact, .. } => prop_assert!(contact.started_at <= contact.leaves_at, "{:?}", contact),
                    Told::Ended { at, contact, outcome: Outcome::Abandoned } => {
                        prop_assert_eq!(*at, contact.leaves_at);
                        prop_assert_eq!(contact.started_at, SimTime::NEVER);
                    }
                    _ => {}
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_door_is_closed_to_real_time_contacts_outside_their_hours_and_to_no_others(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let clock = Clock::of(&draft.horizon);
            for (at, contact, outcome) in record.endings().filter(|(_, contact, _)| contact.slot != NO_SLOT) {
                let queue = &variant.model.queues[contact.queue];
                let is_open = clock.is_open(draft.queue(&queue.name).open, contact.arrived_at);
                prop_assert_eq!(outcome == Outcome::Blocked, !is_open && !queue.deferred, "{:?}", contact);
                prop_assert!(outcome != Outcome::Blocked || at == contact.arrived_at);
            }
            Ok(())
        })?;
    }

    #[test]
    fn at_the_end_deferred_work_is_open_and_real_time_contacts_only_where_nobody_is_on_duty(draft in drafts()) {
        each_replication(&draft, |variant, record| the_end_is_kept(&variant.model, record))?;
    }
}

fn the_end_is_kept(model: &Model, record: &Record) -> Verdict {
    let end = model.calendar.end();
    let mut present = BTreeMap::new();
    for (now, told) in &record.log {
        match told {
            Told::Staffed {
                group,
                present: heads,
                ..
            } => {
                present.insert(*group, *heads);
            }
            Told::Arrived(_) => prop_assert!(*now < end),
            Told::Ended {
                contact,
                outcome: Outcome::OpenAtEnd,
                ..
            } => {
                let queue = &model.queues[contact.queue];
                let nobody = || {
                    queue
                        .servers
                        .iter()
                        .all(|server| present[&server.group] <= server.terms.reserve)
                };
                prop_assert!(*now >= end);
                prop_assert!(
                    queue.deferred
                        || (contact.stage == Stage::Waiting || queue.resume.is_some()) && nobody(),
                    "{:?}",
                    contact
                );
            }
            Told::Ended {
                at,
                contact,
                outcome: Outcome::Answered,
            } if *at > end => {
                let followed = !model.queues[contact.queue].deferred || contact.replied_at <= end;
                prop_assert!(
                    followed,
                    "deferred and replied to after the end: {:?}",
                    contact
                );
            }
            Told::Ended {
                at,
                contact,
                outcome: Outcome::Abandoned,
            } if *at > end => {
                prop_assert!(!model.queues[contact.queue].deferred, "{:?}", contact);
            }
            _ => {}
        }
    }
    Ok(())
}
