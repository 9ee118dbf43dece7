//! Little's law and the conservation of work, to the microsecond.

use std::collections::BTreeMap;

use channelmix::finance::cost;
use channelmix::ids::{GroupId, QueueId, Table};
use channelmix::scenario::model::Model;
use channelmix::sim::contacts::Contact;
use channelmix::sim::observer::{Outcome, Step};
use channelmix::stats::counts::GroupSlot;
use channelmix::time::{SimDuration, SimTime};
use proptest::prelude::*;

use super::centres::{Draft, drafts, plain};
use super::clock::Clock;
use super::floor::{Moment, replay};
use super::record::{Record, Told};
use super::{Verdict, cases, each_replication};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_line_over_time_is_the_sum_of_all_waits(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let waits = waits(&variant.model, record);
            for (queue, counted) in record.counts.queues.iter() {
                prop_assert_eq!(counted.totals.queue_time, waits[queue]);
            }
            Ok(())
        })?;
    }

    #[test]
    fn the_longest_line_is_the_most_who_waited_at_one_instant(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            for (queue, counted) in record.counts.queues.iter() {
                prop_assert_eq!(counted.totals.queue_max, longest_line(&variant.model, record, queue)?, "{:?}", queue);
            }
            Ok(())
        })?;
    }

    #[test]
    fn time_of_groups_is_the_sum_over_their_agents(draft in drafts()) {
        each_replication(&draft, |variant, record| groups_are_accounted(&draft, &variant.model, record))?;
    }

    #[test]
    fn agent_time_of_queues_adds_up_to_busy_time(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let shared = shared_time(&variant.model, record)?;
            for (group, counted) in record.counts.groups.iter() {
                prop_assert_eq!(counted.agent_time.values().sum::<i128>(), counted.totals.busy);
                for (queue, time) in counted.agent_time.iter() {
                    let (expected, spans) = shared.get(&(group, queue)).copied().unwrap_or_default();
                    let off = (*time as f64 - expected).abs();
                    prop_assert!(off <= spans + 1.0, "{} µs beside {} of {} spans", time, expected, spans);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn the_work_drawn_is_the_work_done(draft in drafts()) {
        let clock = Clock::of(&draft.horizon);
        each_replication(&draft, |variant, record| {
            let done = work_done(&variant.model, record)?;
            let changeovers = changeovers(record);
            for (_, told) in &record.log {
                if let Told::Finished { contact, group, agent } = told {
                    let skill = variant.model.groups[*group].skills.iter().find(|skill| skill.queue == contact.queue);
                    let speed = skill.expect("only skills are served").speed;
                    let name = &variant.model.groups[*group].name;
                    let heads = variant.staffing.heads[*group].values().max().expect("a head");
                    // After the end the last day's speeds stay.
                    let last = draft.horizon.days as usize - 1;
                    let day = clock.wall(contact.started_at).day.min(last);
                    let speed = speed / draft.group(name).factor(name, record.root, (*agent, heads), day);
                    let changeover = changeovers.get(&contact.key()).copied().unwrap_or_default();
                    let written = draft.group(&variant.model.groups[*group].name);
                    if changeover.is_taken_up && (written.speed_cv > 0.0 || written.new_hires) {
                        continue; // At two speeds.
                    }
                    let drawn = (contact.talk + contact.wrap_up + changeover.work).0 as f64 / speed;
                    let found = done[&contact.key()];
                    prop_assert!((found - drawn).abs() <= 1.0 + drawn * 1e-9, "{} µs done, {} drawn", found, drawn);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn one_contact_after_the_other_takes_its_work_exactly(draft in plain()) {
        each_replication(&draft, |_, record| {
            for (now, told) in &record.log {
                if let Told::Finished { contact, .. } = told {
                    prop_assert_eq!(contact.started_at + contact.talk, contact.replied_at);
                    prop_assert_eq!(contact.replied_at + contact.wrap_up, *now);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn the_backlog_of_an_interval_is_who_is_there_at_its_end(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            every_interval_end_is_told(&Clock::of(&draft.horizon), &variant.model, record)?;
            backlogs_are_right(&variant.model, record)
        })?;
    }

    #[test]
    fn costs_of_queues_add_up_to_costs_of_groups(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let mut counts = record.counts.clone();
            cost::price(&variant.model, &mut counts);
            let of_queues: i128 = counts.queues.values().map(|queue| queue.totals.cost).sum();
            let of_groups: i128 = counts.groups.values().map(|group| group.totals.cost).sum();
            prop_assert_eq!(of_queues, of_groups);
            prop_assert_eq!(of_queues, counts.demand.cost);
            prop_assert!(counts.queues.values().all(|queue| queue.totals.cost >= 0));
            for (id, group) in counts.groups.iter() {
                let wage = variant.model.groups[id].wage_micros_per_hour;
                let exact = group.totals.paid as f64 / 3.6e9 * wage as f64;
                prop_assert!((group.totals.cost as f64 - exact).abs() <= 0.5 + exact * 1e-12);
            }
            Ok(())
        })?;
    }
}

/// The part of a span that lies in the counted part of the horizon, in microseconds.
fn within_window(model: &Model, from: SimTime, to: SimTime) -> i128 {
    let end = model.calendar.end();
    i128::from(to.min(end).since(from.max(model.warm_up)).0)
}

fn waits(model: &Model, record: &Record) -> Table<QueueId, i128> {
    let mut waits: Table<QueueId, i128> = model.queues.ids().map(|_| 0).collect();
    for (at, contact, outcome) in record.endings() {
        let left_line_at = match outcome {
            Outcome::Answered => contact.started_at,
            Outcome::OpenAtEnd => contact.started_at.min(contact.leaves_at),
            Outcome::Abandoned | Outcome::Blocked | Outcome::NoLine | Outcome::Contained => at,
        };
        let came_at = contact.arrived_at.max(SimTime::START);
        waits[contact.queue] += within_window(model, came_at, left_line_at);
    }
    waits
}

/// The most who wait in the counted part of the horizon; who leaves at an instant does so before others join.
fn longest_line(model: &Model, record: &Record, queue: QueueId) -> Result<i128, TestCaseError> {
    let mut longest = 0;
    let end = model.calendar.end();
    replay(model, record, |floor, moment| {
        let waiting = |from: SimTime| {
            floor.waiting[queue]
                .iter()
                .filter(|contact| contact.leaves_at >= from)
                .count()
        };
        match moment {
            Moment::Passing(to) if to > model.warm_up && floor.now < end => {
                longest = longest.max(waiting(SimTime(floor.now.max(model.warm_up).0 + 1)));
            }
            Moment::Before(Told::Line { queue: changed })
                if *changed == queue
                    && (floor.now > model.warm_up || model.warm_up == SimTime::START)
                    && floor.now < end =>
            {
                let is_last = |contact: &Contact| {
                    contact.leaves_at == floor.now && floor.now > SimTime::START
                };
                let last_leaves_now = floor.waiting[queue].last().is_some_and(is_last);
                let others = if floor.now == SimTime::START {
                    waiting(SimTime::START)
                } else {
                    waiting(SimTime(floor.now.0 + 1))
                };
                longest = longest.max(others + usize::from(last_leaves_now));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(longest as i128)
}

fn groups_are_accounted(draft: &Draft, model: &Model, record: &Record) -> Verdict {
    let clock = Clock::of(&draft.horizon);
    let none = vec![GroupSlot::default(); clock.slots()];
    let mut slots: Table<GroupId, Vec<GroupSlot>> =
        model.groups.ids().map(|_| none.clone()).collect();
    let mut open: Table<GroupId, i128> = model.groups.ids().map(|_| 0).collect();
    replay(model, record, |floor, moment| {
        let Moment::Passing(to) = moment else {
            return Ok(());
        };
        let span = within_window(model, floor.now, to);
        for group in model.groups.ids().filter(|_| span > 0) {
            let (busy, present) = (floor.busy(group), floor.present[group]);
            let slot = &mut slots[group][clock.slot(floor.now)];
            slot.staffed += span * i128::from(present);
            slot.busy += span * i128::from(busy);
            slot.overtime += span * i128::from(busy.saturating_sub(present));
            open[group] += span * floor.open(group) as i128;
        }
        Ok(())
    })?;
    for (id, counted) in record.counts.groups.iter() {
        let written = draft.group(&model.groups[id].name);
        for (begins, _) in clock.minutes() {
            let ends = SimTime(begins.0 + 60_000_000);
            let (heads, _) = written.heads(&clock, begins);
            slots[id][clock.slot(begins)].heads +=
                i128::from(heads) * within_window(model, begins, ends);
        }
        prop_assert_eq!(&counted.slots, &slots[id]);
        let sum = |figure: fn(&GroupSlot) -> i128| slots[id].iter().map(figure).sum::<i128>();
        let totals = &counted.totals;
        prop_assert_eq!(totals.staffed, sum(|slot| slot.staffed));
        prop_assert_eq!(totals.busy, sum(|slot| slot.busy));
        prop_assert_eq!(totals.overtime, sum(|slot| slot.overtime));
        prop_assert_eq!(totals.paid, sum(|slot| slot.heads + slot.overtime));
        prop_assert_eq!(totals.open, open[id]);
    }
    Ok(())
}

/// Microseconds, and how many spans they come from, by group and queue.
type Shared = BTreeMap<(GroupId, QueueId), (f64, f64)>;

/// By group and queue: time at agents, of whom one with k open gives each 1/k, and how many spans that comes from.
fn shared_time(model: &Model, record: &Record) -> Result<Shared, TestCaseError> {
    let mut shared = BTreeMap::new();
    replay(model, record, |floor, moment| {
        let Moment::Passing(to) = moment else {
            return Ok(());
        };
        let span = within_window(model, floor.now, to) as f64;
        for (group, hands) in floor.hands.iter() {
            for open in hands.values() {
                for contact in open {
                    let (time, _) = shared.entry((group, contact.queue)).or_insert((0.0, 0.0));
                    *time += span / open.len() as f64;
                }
            }
        }
        Ok(())
    })?;
    for (_, told) in &record.log {
        if let Told::Worked { group, queues, .. } = told {
            for queue in queues {
                let (_, spans) = shared.entry((*group, *queue)).or_insert((0.0, 0.0));
                *spans += 1.0;
            }
        }
    }
    Ok(shared)
}

/// What turning to a contact, and finding back into it, took.
#[derive(Debug, Clone, Copy, Default)]
struct Changeover {
    work: SimDuration,
    is_taken_up: bool,
}

fn changeovers(record: &Record) -> BTreeMap<u64, Changeover> {
    let mut changeovers: BTreeMap<u64, Changeover> = BTreeMap::new();
    for (_, told) in &record.log {
        if let Told::Stepped { contact, step, .. } = told {
            let of = changeovers.entry(contact.key()).or_default();
            match step {
                Step::Switched(extra) => of.work = of.work + *extra,
                Step::TakenUp(resume) => {
                    of.work = of.work + *resume;
                    of.is_taken_up = true;
                }
                Step::SetAside | Step::Wrote | Step::Replied(_) => {}
            }
        }
    }
    changeovers
}

/// By contact: how far it came, at the pace of its agent's load.
fn work_done(model: &Model, record: &Record) -> Result<BTreeMap<u64, f64>, TestCaseError> {
    let mut done = BTreeMap::new();
    replay(model, record, |floor, moment| {
        match moment {
            Moment::Before(Told::Started { contact, .. }) => {
                done.insert(contact.key(), 0.0);
            }
            Moment::Before(_) => {}
            Moment::Passing(to) => {
                for (group, hands) in floor.hands.iter() {
                    for open in hands.values() {
                        let pace = model.groups[group].pace[open.len() - 1];
                        for contact in open {
                            *done.entry(contact.key()).or_insert(0.0) +=
                                to.since(floor.now).0 as f64 * pace;
                        }
                    }
                }
            }
        }
        Ok(())
    })?;
    Ok(done)
}

fn every_interval_end_is_told(clock: &Clock, model: &Model, record: &Record) -> Verdict {
    for wanted in model.queues.ids() {
        let told = record.log.iter().filter_map(|(now, told)| match told {
            Told::Backlog { queue, .. } if *queue == wanted => Some(*now),
            _ => None,
        });
        prop_assert_eq!(told.collect::<Vec<_>>(), clock.interval_ends());
    }
    Ok(())
}

fn backlogs_are_right(model: &Model, record: &Record) -> Verdict {
    replay(model, record, |floor, moment| {
        let Moment::Before(Told::Backlog {
            piece,
            queue,
            count,
            arrivals,
        }) = moment
        else {
            return Ok(());
        };
        prop_assert_eq!(piece.end, floor.now);
        // One whose patience ends at the very end of an interval other than the last has not been looked for yet.
        let is_last = floor.now == model.calendar.end();
        let waits = |contact: &&Contact| contact.leaves_at.0 >= floor.now.0 + i64::from(is_last);
        let waiting = floor.waiting[*queue].iter().filter(waits);
        let in_hand = floor
            .hands
            .values()
            .flat_map(|hands| hands.values().flatten());
        let aside = floor.aside.values().flatten().map(|(_, contact)| contact);
        let in_hand = in_hand.chain(aside);
        let mut expected: Vec<SimTime> = waiting
            .chain(in_hand.filter(|contact| contact.queue == *queue))
            .map(|contact| contact.arrived_at)
            .collect();
        prop_assert_eq!(*count, expected.len());
        if model.queues[*queue].deferred {
            expected.sort_unstable();
            prop_assert_eq!(arrivals, &expected);
        }
        Ok(())
    })
}
