//! From what was counted by interval to totals, once everything is told.

use std::mem::take;

use crate::scenario::model::Definition;
use crate::stats::counts::{Counts, GroupCounts, QueueCounts, QueueSlot, QueueTotals};

use super::count::Counting;
use super::queue::QueueCounter;

impl Counting<'_> {
    /// What was counted, once everything is told; of batches, the last.
    pub fn finish(mut self) -> Counts {
        self.close()
    }

    /// Adds up intervals and days, and gives what was counted away.
    pub(super) fn close(&mut self) -> Counts {
        for (queue, noted) in self.queues.values_mut().zip(self.noted.values_mut()) {
            queue.count(noted);
            queue.finish();
            let totals = &queue.counts.totals;
            self.demand.wanted += totals.offered + totals.carried_in;
            self.demand.served += totals.answered;
            self.demand.lost += totals.abandoned + totals.blocked;
            self.demand.contained += totals.contained;
            self.demand.open_at_end += totals.open_at_end;
        }
        for group in self.groups.values_mut() {
            let GroupCounts { totals, slots, .. } = &mut group.counts;
            for slot in slots {
                totals.paid += slot.heads + slot.overtime;
                totals.staffed += slot.staffed;
                totals.busy += slot.busy;
                totals.overtime += slot.overtime;
            }
        }
        let (queues, groups) = (self.queues.values_mut(), self.groups.values_mut());
        Counts {
            queues: queues.map(|queue| take(&mut queue.counts)).collect(),
            groups: groups.map(|group| take(&mut group.counts)).collect(),
            demand: self.demand,
            issues: self.issues.close(),
            money: self.money.close(),
        }
    }
}

impl QueueCounter<'_> {
    fn finish(&mut self) {
        let standing = i128::from(self.standing.unwrap_or(0));
        let totals = &mut self.counts.totals;
        totals.queue_max = standing.max(i128::from(self.longest.line));
        if self.rules.response_is_wait {
            self.take_responses_as_waits();
        }
        self.take_longest();
        let level = self.rules.level.filter(|_| !self.rules.deferred);
        if level.is_some() {
            for slot in self.counts.slots.iter_mut().chain([&mut self.outside]) {
                slot.level_counted += slot.answered;
            }
        }
        add_up(&mut self.counts, &mut self.outside);
        if let Some(level) = level {
            add_answered_to_level(&mut self.counts.totals, level.definition);
        }
        if let Some(level) = self.rules.level {
            count_days_met(&mut self.counts, level.share);
        }
    }

    /// Of a queue whose responses are waits, the answered were counted among the responses alone.
    fn take_responses_as_waits(&mut self) {
        self.longest.wait = self.longest.wait.max(self.longest.response);
        let counts = &mut self.counts;
        counts.wait.add(&counts.response);
        for slot in counts.slots.iter_mut().chain([&mut self.outside]) {
            slot.response = slot.wait_answered;
        }
    }

    fn take_longest(&mut self) {
        let totals = &mut self.counts.totals;
        totals.wait_max = i128::from(self.longest.wait);
        totals.response_max = i128::from(self.longest.response);
        totals.handle_time_max = i128::from(self.longest.handle_time);
        totals.sojourn_max = i128::from(self.longest.sojourn);
    }
}

/// Adds up what was counted by interval. Of those offered only the ones that stayed open were counted as such: the others have another
/// outcome.
fn add_up(counts: &mut QueueCounts, outside: &mut QueueSlot) {
    let totals = &mut counts.totals;
    outside.offered += outside.answered + outside.abandoned + outside.blocked;
    for slot in &mut counts.slots {
        slot.offered += slot.answered + slot.abandoned + slot.blocked;
        totals.offered += slot.offered;
    }
    totals.carried_in = outside.offered;
    for slot in counts.slots.iter().chain([&*outside]) {
        totals.answered += slot.answered;
        totals.abandoned += slot.abandoned;
        totals.blocked += slot.blocked;
        totals.delayed += slot.delayed;
        totals.level_kept += slot.level_kept;
        totals.level_counted += slot.level_counted;
        totals.wait_answered += slot.wait_answered;
        totals.wait_abandoned += slot.wait_abandoned;
        totals.response += slot.response;
        totals.queue_time += slot.queue_time;
    }
}

/// In a real-time queue everybody answered counts for the service level, and all that kept it were answered, or were abandonments that do.
fn add_answered_to_level(totals: &mut QueueTotals, definition: Definition) {
    totals.level_answered = totals.answered;
    totals.level_in_time = totals.level_kept;
    if definition == Definition::EarlyAbandonsOk {
        totals.level_in_time -= totals.level_abandoned_in_time;
    }
}

fn count_days_met(counts: &mut QueueCounts, share: f64) {
    let counted = counts.days.iter().filter(|(_, counted)| *counted > 0);
    let met = |&&(kept, counted): &&(u32, u32)| {
        // Few shares are exact floats: 55 of 100 reach 0.55.
        f64::from(kept) >= share * f64::from(counted) * (1.0 - 1e-12)
    };
    counts.totals.days_counted = counted.clone().count() as i128;
    counts.totals.days_met = counted.filter(met).count() as i128;
}
