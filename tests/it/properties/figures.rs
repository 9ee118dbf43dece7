//! Every figure that is counted of queues and customers, worked out again from the contacts told: totals, intervals, days
//! and histograms.

use channelmix::ids::{Id, QueueId};
use channelmix::scenario::model::{Definition, Model, ServiceLevelTarget};
use channelmix::sim::contacts::{Contact, NO_SLOT};
use channelmix::sim::observer::Outcome;
use channelmix::stats::counts::{Counts, Extent, QueueCounts, QueueSlot};
use channelmix::time::{SimDuration, SimTime};
use proptest::prelude::*;

use super::centres::{Draft, drafts};
use super::clock::{Clock, Hours};
use super::record::{Record, Told};
use super::{Verdict, cases, each_replication};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn counts_are_those_of_the_contacts_told(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let clock = Clock::of(&draft.horizon);
            let expected = Recount::of(&draft, &variant.model, &clock, record);
            prop_assert_eq!(&record.counts.demand, &expected.demand);
            for (queue, found) in record.counts.queues.iter() {
                same_counts(&expected.queues[queue], found)?;
            }
            Ok(())
        })?;
    }

    #[test]
    fn ages_of_the_backlog_are_those_of_who_is_there(draft in drafts()) {
        each_replication(&draft, |variant, record| {
            let clock = Clock::of(&draft.horizon);
            for (queue, found) in record.counts.queues.iter() {
                let expected = backlogs(&variant.model, &clock, record, queue);
                for (slot, expected) in found.slots.iter().zip(expected) {
                    prop_assert_eq!(backlog_alone(slot), expected);
                }
            }
            Ok(())
        })?;
    }
}

fn same_counts(expected: &QueueCounts, found: &QueueCounts) -> Verdict {
    let mut expected = expected.clone();
    // The longest line and the backlog have laws of their own.
    expected.totals.queue_max = found.totals.queue_max;
    for (slot, found) in expected.slots.iter_mut().zip(&found.slots) {
        let backlog = backlog_alone(found);
        *slot = QueueSlot {
            offered: slot.offered,
            answered: slot.answered,
            abandoned: slot.abandoned,
            delayed: slot.delayed,
            blocked: slot.blocked,
            level_kept: slot.level_kept,
            level_counted: slot.level_counted,
            wait_answered: slot.wait_answered,
            wait_abandoned: slot.wait_abandoned,
            response: slot.response,
            queue_time: slot.queue_time,
            ..backlog
        };
    }
    prop_assert_eq!(&expected.totals, &found.totals);
    prop_assert_eq!(&expected.slots, &found.slots);
    prop_assert_eq!(&expected.days, &found.days);
    prop_assert_eq!(&expected.wait, &found.wait);
    prop_assert_eq!(&expected.response, &found.response);
    prop_assert_eq!(&expected.handle_time, &found.handle_time);
    prop_assert_eq!(&expected.sojourn, &found.sojourn);
    prop_assert_eq!(&expected.slot_times, &found.slot_times);
    Ok(())
}

fn backlog_alone(slot: &QueueSlot) -> QueueSlot {
    QueueSlot {
        backlog: slot.backlog,
        backlog_samples: slot.backlog_samples,
        age_p50: slot.age_p50,
        age_p90: slot.age_p90,
        age_max: slot.age_max,
        age_samples: slot.age_samples,
        ..QueueSlot::default()
    }
}

/// By interval: who was there at its ends after the warm-up, and how old; an age at p % is the least that p % do not exceed.
fn backlogs(model: &Model, clock: &Clock, record: &Record, of: QueueId) -> Vec<QueueSlot> {
    let mut slots = vec![QueueSlot::default(); clock.slots()];
    for (now, told) in &record.log {
        let Told::Backlog {
            queue,
            count,
            arrivals,
            ..
        } = told
        else {
            continue;
        };
        if *queue != of || *now <= model.warm_up {
            continue;
        }
        let slot = &mut slots[clock.slot(SimTime(now.0 - 1))];
        slot.backlog += *count as i128;
        slot.backlog_samples += 1;
        let mut ages: Vec<i128> = arrivals
            .iter()
            .map(|arrival| micros(now.since(*arrival)))
            .collect();
        ages.sort_unstable();
        let age_at = |percent: usize| {
            let below = |age: &i128| ages.iter().filter(|other| *other <= age).count();
            let reached = |age: &&i128| 100 * below(age) >= percent * ages.len();
            ages.iter().find(reached).copied().unwrap_or(0)
        };
        slot.age_p50 += age_at(50);
        slot.age_p90 += age_at(90);
        slot.age_max += age_at(100);
        slot.age_samples += i128::from(!ages.is_empty());
    }
    slots
}

fn micros(span: SimDuration) -> i128 {
    i128::from(span.0)
}

/// Counting once more, from what was told.
struct Recount<'a> {
    draft: &'a Draft,
    model: &'a Model,
    clock: &'a Clock,
    counts: Counts,
}

impl<'a> Recount<'a> {
    fn of(draft: &'a Draft, model: &'a Model, clock: &'a Clock, record: &Record) -> Counts {
        let extent = Extent {
            queues: model.queues.len(),
            groups: model.groups.len(),
            slots: clock.slots(),
            days: draft.horizon.days as usize,
            issues: model.issues.is_some(),
            bots: model.bots.len(),
            channels: model.channels.len(),
        };
        let counts = Counts::new(extent);
        let mut recount = Recount {
            draft,
            model,
            clock,
            counts,
        };
        recount.lost_at_the_door(record);
        for contact in record.arrivals() {
            recount.arrival(contact);
        }
        for (at, contact, outcome) in record.endings() {
            recount.waited(at, contact, outcome);
            if recount.is_counted(contact) {
                recount.ending(at, contact, outcome);
            }
        }
        recount.sum_up();
        recount.counts
    }

    fn is_counted(&self, contact: &Contact) -> bool {
        let was_there = contact.slot == NO_SLOT;
        contact.arrived_at >= self.model.warm_up
            || (was_there && self.model.warm_up == SimTime::START)
    }

    fn lost_at_the_door(&mut self, record: &Record) {
        let (model, demand) = (self.model, &mut self.counts.demand);
        for (now, told) in &record.log {
            let is_lost = matches!(told, Told::TurnedAway(_)) && *now >= model.warm_up;
            demand.wanted += i128::from(is_lost);
        }
        if model.warm_up == SimTime::START {
            let lost = model.sources.values().map(|source| source.lost_backlog);
            demand.wanted += i128::from(lost.sum::<u64>());
        }
        demand.lost = demand.wanted;
    }

    fn arrival(&mut self, contact: &Contact) {
        if !self.is_counted(contact) {
            return;
        }
        let own = contact.source.map(|source| self.model.sources[source].own);
        let demand = &mut self.counts.demand;
        demand.wanted += 1;
        demand.moved += i128::from(own.is_some_and(|own| own != Some(contact.queue)));
        let counts = &mut self.counts.queues[contact.queue];
        if contact.slot == NO_SLOT {
            counts.totals.carried_in += 1;
            return;
        }
        counts.totals.offered += 1;
        counts.totals.work += micros(contact.talk) + micros(contact.wrap_up);
        counts.slots[self.clock.slot(contact.arrived_at)].offered += 1;
    }

    /// The time in line, in the intervals in which it was spent, whenever the contact came.
    fn waited(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        let left_line_at = match outcome {
            Outcome::Answered => contact.started_at,
            Outcome::OpenAtEnd => contact.started_at.min(contact.leaves_at),
            Outcome::Abandoned | Outcome::Blocked | Outcome::NoLine | Outcome::Contained => at,
        };
        let from = contact.arrived_at.max(self.model.warm_up);
        for (begins, ends, slot) in self.clock.stretches() {
            let time = micros(ends.min(left_line_at).since(begins.max(from)));
            let counts = &mut self.counts.queues[contact.queue];
            counts.slots[slot].queue_time += time;
            counts.totals.queue_time += time;
        }
    }

    fn ending(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        match outcome {
            Outcome::Answered => self.answered(at, contact),
            Outcome::Abandoned => self.abandoned(at, contact),
            Outcome::Blocked | Outcome::NoLine => {
                let counts = &mut self.counts.queues[contact.queue];
                counts.totals.blocked += 1;
                if outcome == Outcome::Blocked {
                    counts.totals.work -= micros(contact.talk) + micros(contact.wrap_up);
                }
                counts.slots[self.clock.slot(contact.arrived_at)].blocked += 1;
                self.counts.demand.lost += 1;
            }
            Outcome::Contained => {
                self.counts.queues[contact.queue].totals.contained += 1;
                self.counts.demand.contained += 1;
            }
            Outcome::OpenAtEnd => {
                self.counts.queues[contact.queue].totals.open_at_end += 1;
                self.counts.demand.open_at_end += 1;
            }
        }
        self.level(at, contact, outcome);
    }

    fn answered(&mut self, at: SimTime, contact: &Contact) {
        let deferred = self.model.queues[contact.queue].deferred;
        let wait = contact.started_at.since(contact.arrived_at);
        let handled = at.since(contact.started_at);
        let sojourn = contact.replied_at.since(contact.arrived_at);
        let response = self.elapsed(contact, self.responded_at(contact));
        self.counts.demand.served += 1;
        let counts = &mut self.counts.queues[contact.queue];
        let totals = &mut counts.totals;
        totals.answered += 1;
        totals.delayed += i128::from(wait.0 > 0);
        for (time, sum, longest, histogram) in [
            (
                wait,
                &mut totals.wait_answered,
                &mut totals.wait_max,
                &mut counts.wait,
            ),
            (
                response,
                &mut totals.response,
                &mut totals.response_max,
                &mut counts.response,
            ),
            (
                handled,
                &mut totals.handle_time,
                &mut totals.handle_time_max,
                &mut counts.handle_time,
            ),
            (
                sojourn,
                &mut totals.sojourn,
                &mut totals.sojourn_max,
                &mut counts.sojourn,
            ),
        ] {
            *sum += micros(time);
            *longest = micros(time).max(*longest);
            histogram.record(time.0);
        }
        if contact.slot != NO_SLOT {
            let slot = self.clock.slot(contact.arrived_at);
            let time = if deferred { response } else { wait };
            counts.slot_times[slot].record(time.0);
            let slot = &mut counts.slots[slot];
            slot.answered += 1;
            slot.delayed += i128::from(wait.0 > 0);
            slot.wait_answered += micros(wait);
            slot.response += micros(response);
        }
    }

    fn abandoned(&mut self, at: SimTime, contact: &Contact) {
        let deferred = self.model.queues[contact.queue].deferred;
        let wait = at.since(contact.arrived_at);
        self.counts.demand.lost += 1;
        let counts = &mut self.counts.queues[contact.queue];
        counts.totals.abandoned += 1;
        counts.totals.delayed += 1;
        counts.totals.wait_abandoned += micros(wait);
        counts.totals.wait_max = counts.totals.wait_max.max(micros(wait));
        counts.wait.record(wait.0);
        if contact.slot != NO_SLOT {
            let slot = self.clock.slot(contact.arrived_at);
            if !deferred {
                counts.slot_times[slot].record(wait.0);
            }
            counts.slots[slot].abandoned += 1;
            counts.slots[slot].delayed += 1;
            counts.slots[slot].wait_abandoned += micros(wait);
        }
    }

    fn responded_at(&self, contact: &Contact) -> SimTime {
        if self.model.queues[contact.queue].deferred {
            contact.replied_at
        } else {
            contact.started_at
        }
    }

    fn target(&self, queue: QueueId) -> Option<&'a ServiceLevelTarget> {
        let target = self.model.queues[queue].target.as_ref()?;
        target.service_level.as_ref()
    }

    /// The hours by which the clock of a queue's target runs; `None` where it runs always.
    fn target_hours(&self, queue: QueueId) -> Option<&'static Hours> {
        let written = self.draft.queue(&self.model.queues[queue].name);
        let target = written.target.as_ref()?;
        written.open.filter(|_| target.contains("open_hours"))
    }

    /// The time from a contact's arrival on the clock of its queue's target.
    fn elapsed(&self, contact: &Contact, to: SimTime) -> SimDuration {
        match self.target_hours(contact.queue) {
            Some(hours) => self.clock.open_between(hours, contact.arrived_at, to),
            None => to.since(contact.arrived_at),
        }
    }

    /// What counts for the service level, and what is kept of it.
    fn level(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        let Some(level) = self.target(contact.queue) else {
            return;
        };
        let deferred = self.model.queues[contact.queue].deferred;
        let elapsed_at = |at| self.elapsed(contact, at);
        let due_within_horizon = elapsed_at(SimTime::START) <= level.within
            && level.within <= elapsed_at(self.clock.end());
        if deferred && !due_within_horizon {
            return;
        }
        let (answered, abandoned, late, elapsed) = match outcome {
            Outcome::Answered => (1, 0, 0, elapsed_at(self.responded_at(contact))),
            Outcome::Abandoned => (0, 1, 0, elapsed_at(at)),
            Outcome::OpenAtEnd if deferred => (0, 0, 1, SimDuration::FOREVER),
            Outcome::OpenAtEnd | Outcome::Blocked | Outcome::NoLine | Outcome::Contained => {
                return;
            }
        };
        let in_time = i128::from(elapsed <= level.within);
        let short = i128::from(elapsed <= level.short);
        let (early, left_out) = match level.definition {
            Definition::Answered => (0, abandoned),
            Definition::Offered => (0, 0),
            Definition::LateAbandons => (0, abandoned * in_time),
            Definition::EarlyAbandonsOk => (abandoned * in_time, 0),
            Definition::NoShort => (0, abandoned * short),
        };
        let kept = answered * in_time + early;
        let counted = answered + abandoned + late - left_out;
        let counts = &mut self.counts.queues[contact.queue];
        let totals = &mut counts.totals;
        totals.level_answered += answered;
        totals.level_in_time += answered * in_time;
        totals.level_abandoned += abandoned;
        totals.level_abandoned_in_time += abandoned * in_time;
        totals.level_abandoned_short += abandoned * short;
        totals.level_late += late;
        totals.level_kept += kept;
        totals.level_counted += counted;
        if contact.slot != NO_SLOT {
            let slot = &mut counts.slots[self.clock.slot(contact.arrived_at)];
            slot.level_kept += kept;
            slot.level_counted += counted;
            let day = &mut counts.days[self.clock.wall(contact.arrived_at).day];
            day.0 += u32::from(kept == 1);
            day.1 += u32::from(counted == 1);
        }
    }

    /// Days on which four in five were reached, the share of every draft's target.
    fn sum_up(&mut self) {
        for index in 0..self.counts.queues.len() {
            let queue = QueueId::from_index(index);
            if self.target(queue).is_none() {
                continue;
            }
            let QueueCounts { totals, days, .. } = &mut self.counts.queues[queue];
            let counted = days.iter().filter(|(_, counted)| *counted > 0);
            totals.days_counted = counted.clone().count() as i128;
            totals.days_met = counted
                .filter(|(kept, counted)| 5 * kept >= 4 * counted)
                .count() as i128;
        }
    }
}
