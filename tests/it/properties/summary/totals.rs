//! Figures over the whole horizon.

use channelmix::ids::{GroupId, Id, QueueId};
use channelmix::sim::contacts::Contact;
use channelmix::sim::observer::Outcome;
use channelmix::stats::counts::{DemandTotals, GroupTotals, QueueTotals};
use channelmix::stats::estimate::Estimate;
use channelmix::stats::summary::{GroupMeasures, QueueMeasures, Spread, VariantSummary};
use proptest::prelude::*;

use super::super::Verdict;
use super::super::record::Record;
use super::{HOUR, Runs, mean, ratio, same};

impl Runs {
    pub(super) fn queue(&self, id: QueueId, found: &QueueMeasures, has_target: bool) -> Verdict {
        self.numbers(id, found)?;
        let sum = self.of_queue(id);
        let answered = sum(|totals| totals.answered);
        let abandoned = sum(|totals| totals.abandoned);
        let ended = answered + abandoned;
        let seconds = |sum: i128, of: i128| ratio(sum, of).map(|micros| micros / 1e6);
        let (waits, waits_of_others) = (
            sum(|totals| totals.wait_answered),
            sum(|totals| totals.wait_abandoned),
        );
        let delayed = sum(|totals| totals.delayed);
        let response = sum(|totals| totals.response);
        let handled = sum(|totals| totals.handle_time);
        let sojourn = sum(|totals| totals.sojourn);
        same("abandonment", found.abandonment, ratio(abandoned, ended))?;
        same("delayed", found.delayed, ratio(delayed, ended))?;
        same("asa", found.asa_s, seconds(waits, answered))?;
        let waits = waits + waits_of_others;
        same("wait", found.wait_s.mean, seconds(waits, ended))?;
        same(
            "response",
            found.response_s.mean,
            seconds(response, answered),
        )?;
        same(
            "handling",
            found.handle_time_s.mean,
            seconds(handled, answered),
        )?;
        same("sojourn", found.sojourn_s.mean, seconds(sojourn, answered))?;
        if has_target {
            self.levels(id, found)?;
        }
        Ok(())
    }

    /// Means over replications.
    fn numbers(&self, id: QueueId, found: &QueueMeasures) -> Verdict {
        type Number = (Estimate, fn(&QueueTotals) -> i128, f64);
        let window = self.window * HOUR;
        let numbers: [Number; 14] = [
            (found.offered, |totals| totals.offered, 1.0),
            (found.carried_in, |totals| totals.carried_in, 1.0),
            (found.answered, |totals| totals.answered, 1.0),
            (found.abandoned, |totals| totals.abandoned, 1.0),
            (found.blocked, |totals| totals.blocked, 1.0),
            (found.contained, |_| 0, 1.0),
            (found.open_at_end, |totals| totals.open_at_end, 1.0),
            (found.wait_s.max, |totals| totals.wait_max, 1e6),
            (found.response_s.max, |totals| totals.response_max, 1e6),
            (
                found.handle_time_s.max,
                |totals| totals.handle_time_max,
                1e6,
            ),
            (found.sojourn_s.max, |totals| totals.sojourn_max, 1e6),
            (found.queue_length, |totals| totals.queue_time, window),
            (found.queue_length_max, |totals| totals.queue_max, 1.0),
            (found.offered_load, |totals| totals.work, window),
        ];
        for (place, (found, figure, unit)) in numbers.into_iter().enumerate() {
            let sum = self.of_queue(id)(figure);
            same(&format!("number {place}"), found, Some(mean(sum, unit)))?;
        }
        Ok(())
    }

    /// The sum over replications of a figure of a queue.
    fn of_queue(&self, id: QueueId) -> impl Fn(fn(&QueueTotals) -> i128) -> i128 {
        move |figure| self.sum(|record| figure(&record.counts.queues[id].totals))
    }

    /// The five definitions.
    fn levels(&self, id: QueueId, found: &QueueMeasures) -> Verdict {
        let sum = self.of_queue(id);
        let (kept, counted) = (
            sum(|totals| totals.level_kept),
            sum(|totals| totals.level_counted),
        );
        same("service level", found.service_level, ratio(kept, counted))?;
        let in_time = sum(|totals| totals.level_in_time);
        let left_in_time = sum(|totals| totals.level_abandoned_in_time);
        let left_short = sum(|totals| totals.level_abandoned_short);
        let answered = sum(|totals| totals.level_answered + totals.level_late);
        let all = answered + sum(|totals| totals.level_abandoned);
        let levels = &found.service_levels;
        same("answered", levels.answered, ratio(in_time, answered))?;
        same("offered", levels.offered, ratio(in_time, all))?;
        same(
            "late abandons",
            levels.late_abandons,
            ratio(in_time, all - left_in_time),
        )?;
        same(
            "early abandons",
            levels.early_abandons_ok,
            ratio(in_time + left_in_time, all),
        )?;
        same(
            "no short",
            levels.no_short,
            ratio(in_time, all - left_short),
        )
    }

    /// Quantiles of the pooled times themselves, to the width of a bin.
    pub(super) fn times(&self, id: QueueId, found: &QueueMeasures) -> Verdict {
        let times = |spread: &Spread, time: fn(&Contact, i64, Outcome) -> Option<i64>| {
            let of_record = |record: &Record| {
                let of_queue = record
                    .endings()
                    .filter(|(_, contact, _)| contact.queue == id);
                let times =
                    of_queue.filter_map(|(at, contact, outcome)| time(contact, at.0, outcome));
                times.collect::<Vec<_>>()
            };
            let mut times: Vec<i64> = self.records.iter().flat_map(of_record).collect();
            times.sort_unstable();
            quantiles(&times, spread)
        };
        if self
            .records
            .iter()
            .any(|record| record.counts.queues[id].totals.answered == 0)
            || self.window * HOUR < self.clock.end().0 as f64 - 1.0
        {
            // With a warm-up, who counts is a question of another law.
            return Ok(());
        }
        times(&found.wait_s, |contact, at, outcome| match outcome {
            Outcome::Answered => Some(contact.started_at.0 - contact.arrived_at.0),
            Outcome::Abandoned => Some(at - contact.arrived_at.0),
            Outcome::Blocked | Outcome::NoLine | Outcome::Contained | Outcome::OpenAtEnd => None,
        })?;
        times(&found.handle_time_s, |contact, at, outcome| {
            (outcome == Outcome::Answered).then(|| at - contact.started_at.0)
        })?;
        times(&found.sojourn_s, |contact, _, outcome| {
            (outcome == Outcome::Answered).then(|| contact.replied_at.0 - contact.arrived_at.0)
        })
    }

    pub(super) fn group(&self, id: GroupId, found: &GroupMeasures) -> Verdict {
        let sum = |figure: fn(&GroupTotals) -> i128| {
            self.sum(|record| figure(&record.counts.groups[id].totals))
        };
        let (paid, busy) = (sum(|totals| totals.paid), sum(|totals| totals.busy));
        let (staffed, overtime) = (sum(|totals| totals.staffed), sum(|totals| totals.overtime));
        same(
            "occupancy",
            found.occupancy,
            ratio(busy, staffed + overtime),
        )?;
        same("utilisation", found.utilisation, ratio(busy, paid))?;
        same(
            "concurrency",
            found.mean_concurrency,
            ratio(sum(|totals| totals.open), busy),
        )?;
        same("paid", found.paid_h, Some(mean(paid, HOUR)))?;
        same("staffed", found.staffed_h, Some(mean(staffed, HOUR)))?;
        same("busy", found.busy_h, Some(mean(busy, HOUR)))?;
        same("overtime", found.overtime_h, Some(mean(overtime, HOUR)))?;
        let forty_hours_a_week = HOUR * 40.0 * self.window / 168.0;
        same("fte", found.fte, Some(mean(paid, forty_hours_a_week)))
    }

    pub(super) fn customers_and_cost(&self, found: &VariantSummary) -> Verdict {
        let sum =
            |figure: fn(&DemandTotals) -> i128| self.sum(|record| figure(&record.counts.demand));
        let (wanted, served) = (sum(|demand| demand.wanted), sum(|demand| demand.served));
        let (lost, paid) = (sum(|demand| demand.lost), sum(|demand| demand.cost));
        let demand = &found.demand;
        same("wanted", demand.wanted, Some(mean(wanted, 1.0)))?;
        same("served", demand.served, Some(mean(served, 1.0)))?;
        same(
            "moved",
            demand.moved,
            Some(mean(sum(|demand| demand.moved), 1.0)),
        )?;
        same("lost", demand.lost, Some(mean(lost, 1.0)))?;
        same(
            "open",
            demand.open_at_end,
            Some(mean(sum(|demand| demand.open_at_end), 1.0)),
        )?;
        same("served share", demand.served_share, ratio(served, wanted))?;
        same("lost share", demand.lost_share, ratio(lost, wanted))?;
        let per_contact = |of: i128| ratio(paid, of).map(|millionths| millionths / 1e6);
        same("cost", found.cost.total, Some(mean(paid, 1e6)))?;
        same(
            "cost a contact",
            found.cost.per_contact,
            per_contact(served),
        )?;
        for (index, (_, queue)) in found.cost.queues.iter().enumerate() {
            let id = QueueId::from_index(index);
            let paid = self.sum(|record| record.counts.queues[id].totals.cost);
            let answered = self.sum(|record| record.counts.queues[id].totals.answered);
            let per_contact = ratio(paid, answered).map(|millionths| millionths / 1e6);
            same("a queue's cost", queue.cost, Some(mean(paid, 1e6)))?;
            same("a queue's cost a contact", queue.per_contact, per_contact)?;
        }
        for (index, (_, group)) in found.cost.groups.iter().enumerate() {
            let id = GroupId::from_index(index);
            let paid = self.sum(|record| record.counts.groups[id].totals.cost);
            same("a group's cost", *group, Some(mean(paid, 1e6)))?;
        }
        Ok(())
    }
}

fn quantiles(times: &[i64], found: &Spread) -> Verdict {
    for (share, found) in [
        (50, found.p50),
        (80, found.p80),
        (90, found.p90),
        (95, found.p95),
        (99, found.p99),
    ] {
        let rank = (times.len() * share).div_ceil(100).max(1);
        let expected = times[rank - 1] as f64 / 1e6;
        // Bins are an octave's 128th, and a millisecond at the lower end; zero has one of its own.
        let width = if times[rank - 1] == 0 {
            0.0
        } else {
            expected / 127.0 + 1.03e-3
        };
        let found = found.mean.expect("there are times");
        let off = (found - expected).abs();
        prop_assert!(off <= width, "p{}: {} s, not {} s", share, found, expected);
    }
    Ok(())
}
