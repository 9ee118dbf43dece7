//! From what was counted by interval to totals, once everything is told.

use crate::stats::counts::{QueueCounts, QueueSlot};

use super::count::Counting;

impl Counting<'_> {
    /// Adds up intervals and days once everything is told.
    pub fn finish(mut self) {
        for (id, queue) in self.counts.queues.iter_mut() {
            let standing = i128::from(self.lines[id].standing.unwrap_or(0));
            queue.totals.queue_max = queue.totals.queue_max.max(standing);
            if self.rules[id].response_is_wait {
                take_waits_as_responses(queue, &mut self.outside[id]);
            }
            add_up(queue, &self.outside[id]);
            let totals = &queue.totals;
            let demand = &mut self.counts.demand;
            demand.wanted += totals.offered + totals.carried_in;
            demand.served += totals.answered;
            demand.lost += totals.abandoned + totals.blocked;
            demand.open_at_end += totals.open_at_end;
            let Some(level) = self.rules[id].level else {
                continue;
            };
            let counted = queue.days.iter().filter(|(_, counted)| *counted > 0);
            let met = |&&(kept, counted): &&(u32, u32)| {
                // Few shares are exact floats: 55 of 100 reach 0.55.
                f64::from(kept) >= level.share * f64::from(counted) * (1.0 - 1e-12)
            };
            queue.totals.days_counted = counted.clone().count() as i128;
            queue.totals.days_met = counted.filter(met).count() as i128;
        }
        for group in self.counts.groups.values_mut() {
            for slot in &group.slots {
                group.totals.paid += slot.heads + slot.overtime;
                group.totals.staffed += slot.staffed;
                group.totals.busy += slot.busy;
                group.totals.overtime += slot.overtime;
            }
        }
    }
}

/// Of a queue whose responses are waits, the answered were counted among the responses alone.
fn take_waits_as_responses(counts: &mut QueueCounts, outside: &mut QueueSlot) {
    counts.totals.wait_max = counts.totals.wait_max.max(counts.totals.response_max);
    counts.wait.add(&counts.response);
    for slot in counts.slots.iter_mut().chain([outside]) {
        slot.response = slot.wait_answered;
    }
}

/// Adds up what was counted by interval.
fn add_up(counts: &mut QueueCounts, outside: &QueueSlot) {
    let totals = &mut counts.totals;
    totals.carried_in = outside.offered;
    totals.offered = -outside.offered;
    for slot in counts.slots.iter().chain([outside]) {
        totals.offered += slot.offered;
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
