//! What becomes of contacts: the balance, patience, closed doors and the end of the horizon.

use std::collections::{BTreeMap, BTreeSet};

use channelmix::ids::QueueId;
use channelmix::scenario::model::{Definition, Model};
use channelmix::sim::contacts::{Contact, NO_SLOT, Stage};
use channelmix::sim::observer::Outcome;
use channelmix::stats::counts::{DemandTotals, QueueTotals};
use channelmix::time::{SimDuration, SimTime};
use proptest::prelude::*;

use super::centres::drafts;
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
                    Told::Arrived(contact) => prop_assert!(open.insert(contact.key), "came twice: {:?}", contact),
                    Told::Ended { contact, .. } => prop_assert!(open.remove(&contact.key), "ended twice: {:?}", contact),
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
    fn counts_are_those_of_the_contacts_told(draft in drafts()) {
        each_replication(&draft, |variant, record| recount(&variant.model, record))?;
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
            let model = &variant.model;
            for (at, contact, outcome) in record.endings().filter(|(_, contact, _)| contact.slot != NO_SLOT) {
                let queue = &model.queues[contact.queue];
                let piece = model.calendar.pieces().find(|piece| contact.arrived_at < piece.end);
                let piece = piece.expect("contacts come within the horizon");
                let is_open = queue.open.as_ref().is_none_or(|hours| {
                    hours.is_open(piece.weekday, piece.wall_clock(contact.arrived_at))
                });
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
                        .all(|server| present[&server.group] == 0)
                };
                prop_assert!(*now >= end);
                prop_assert!(
                    queue.deferred || (contact.stage == Stage::Waiting && nobody()),
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

/// The totals of every queue, worked out again.
fn recount(model: &Model, record: &Record) -> Verdict {
    let mut demand = DemandTotals::default();
    let is_counted = |contact: &Contact| {
        contact.arrived_at >= model.warm_up
            || (contact.arrived_at <= SimTime::START && model.warm_up == SimTime::START)
    };
    for (now, told) in &record.log {
        demand.wanted += i128::from(matches!(told, Told::TurnedAway) && *now >= model.warm_up);
    }
    demand.lost = demand.wanted;
    if model.warm_up == SimTime::START {
        let lost: u64 = model
            .sources
            .values()
            .map(|source| source.lost_backlog)
            .sum();
        demand.wanted += i128::from(lost);
        demand.lost += i128::from(lost);
    }
    for (id, counted) in record.counts.queues.iter() {
        let mut totals = QueueTotals::default();
        for contact in record
            .arrivals()
            .filter(|contact| contact.queue == id && is_counted(contact))
        {
            let was_there = contact.slot == NO_SLOT;
            totals.carried_in += i128::from(was_there);
            totals.offered += i128::from(!was_there);
            let work = contact.talk.0 + contact.wrap_up.0;
            totals.work += if was_there { 0 } else { i128::from(work) };
            let own = contact
                .source
                .is_none_or(|source| model.sources[source].own == Some(id));
            demand.moved += i128::from(!own);
        }
        for (at, contact, outcome) in record.endings() {
            if contact.queue == id && is_counted(contact) {
                book(&mut totals, at, contact, outcome);
                book_level(model, &mut totals, at, contact, outcome);
            }
        }
        demand.wanted += totals.offered + totals.carried_in;
        demand.served += totals.answered;
        demand.lost += totals.abandoned + totals.blocked;
        demand.open_at_end += totals.open_at_end;
        check_totals(model, id, &totals, &counted.totals)?;
    }
    prop_assert_eq!(demand, record.counts.demand);
    Ok(())
}

fn check_totals(
    model: &Model,
    id: QueueId,
    expected: &QueueTotals,
    found: &QueueTotals,
) -> Verdict {
    // What the law does not work out: figures of the line and of days, and responses by a clock that stops at night.
    let mut expected = *expected;
    expected.queue_time = found.queue_time;
    expected.queue_max = found.queue_max;
    expected.days_met = found.days_met;
    expected.days_counted = found.days_counted;
    let level = model.queues[id]
        .target
        .as_ref()
        .and_then(|target| target.service_level.as_ref());
    if level.is_some_and(|level| level.open_hours.is_some()) {
        prop_assert!(found.response <= expected.response);
        let QueueTotals {
            answered,
            wait_answered,
            open_at_end,
            ..
        } = expected;
        expected = *found;
        expected = QueueTotals {
            answered,
            wait_answered,
            open_at_end,
            ..expected
        };
    }
    prop_assert_eq!(&expected, found);
    Ok(())
}

fn micros(span: SimDuration) -> i128 {
    i128::from(span.0)
}

fn book(totals: &mut QueueTotals, at: SimTime, contact: &Contact, outcome: Outcome) {
    match outcome {
        Outcome::Answered => {
            let wait = micros(contact.started_at.since(contact.arrived_at));
            let handled = micros(at.since(contact.started_at));
            let sojourn = micros(contact.replied_at.since(contact.arrived_at));
            totals.answered += 1;
            totals.delayed += i128::from(wait > 0);
            totals.wait_answered += wait;
            totals.handle_time += handled;
            totals.sojourn += sojourn;
            totals.wait_max = totals.wait_max.max(wait);
            totals.handle_time_max = totals.handle_time_max.max(handled);
            totals.sojourn_max = totals.sojourn_max.max(sojourn);
        }
        Outcome::Abandoned => {
            let wait = micros(at.since(contact.arrived_at));
            totals.abandoned += 1;
            totals.delayed += 1;
            totals.wait_abandoned += wait;
            totals.wait_max = totals.wait_max.max(wait);
        }
        Outcome::Blocked => {
            totals.blocked += 1;
            totals.work -= i128::from(contact.talk.0 + contact.wrap_up.0);
        }
        Outcome::OpenAtEnd => totals.open_at_end += 1,
    }
}

/// Responses and the service level by the calendar's clock.
fn book_level(
    model: &Model,
    totals: &mut QueueTotals,
    at: SimTime,
    contact: &Contact,
    outcome: Outcome,
) {
    let queue = &model.queues[contact.queue];
    let answered_at = if queue.deferred {
        contact.replied_at
    } else {
        contact.started_at
    };
    let (is_answered, left_at) = match outcome {
        Outcome::Answered => (true, answered_at),
        Outcome::Abandoned => (false, at),
        Outcome::Blocked | Outcome::OpenAtEnd => (false, SimTime::NEVER),
    };
    let elapsed = left_at.since(contact.arrived_at);
    if is_answered {
        totals.response += micros(elapsed);
        totals.response_max = totals.response_max.max(micros(elapsed));
    }
    let Some(level) = queue
        .target
        .as_ref()
        .and_then(|target| target.service_level.as_ref())
    else {
        return;
    };
    let is_late_and_open = outcome == Outcome::OpenAtEnd && queue.deferred;
    if outcome == Outcome::Blocked || (outcome == Outcome::OpenAtEnd && !queue.deferred) {
        return;
    }
    let deadline = contact.arrived_at + level.within;
    if queue.deferred && (deadline < SimTime::START || deadline > model.calendar.end()) {
        return;
    }
    let in_time = elapsed <= level.within;
    let is_short = elapsed <= level.short;
    let is_abandoned = outcome == Outcome::Abandoned;
    totals.level_answered += i128::from(is_answered);
    totals.level_in_time += i128::from(is_answered && in_time);
    totals.level_abandoned += i128::from(is_abandoned);
    totals.level_abandoned_in_time += i128::from(is_abandoned && in_time);
    totals.level_abandoned_short += i128::from(is_abandoned && is_short);
    totals.level_late += i128::from(is_late_and_open);
    let abandoned_counts = match level.definition {
        Definition::Answered => false,
        Definition::Offered | Definition::EarlyAbandonsOk => true,
        Definition::LateAbandons => !in_time,
        Definition::NoShort => !is_short,
    };
    let abandoned_kept = level.definition == Definition::EarlyAbandonsOk && in_time;
    totals.level_kept += i128::from((is_answered && in_time) || (is_abandoned && abandoned_kept));
    totals.level_counted +=
        i128::from(is_answered || is_late_and_open || (is_abandoned && abandoned_counts));
}
