//! The summary says what the replications counted: every value worked out again from their counts, quantiles from the
//! times themselves.

use channelmix::finance::cost;
use channelmix::ids::{GroupId, Id, QueueId};
use channelmix::scenario::model::{Compiled, Variant};
use channelmix::sim::contacts::Contact;
use channelmix::sim::observer::Outcome;
use channelmix::sim::parallel::Workers;
use channelmix::stats::counts::{DemandTotals, GroupSlot, GroupTotals, QueueSlot, QueueTotals};
use channelmix::stats::estimate::Estimate;
use channelmix::stats::summary::{
    GroupInterval, GroupMeasures, QueueInterval, QueueMeasures, Spread, Stopped, Summary,
    VariantSummary,
};
use channelmix::study::run::Study;
use proptest::prelude::*;
use serde_json::Value;

use super::super::support::compiled;
use super::centres::{Draft, drafts};
use super::clock::Clock;
use super::record::Record;
use super::{SEED, Verdict, cases};

const REPLICATIONS: u64 = 3;
const HOUR: f64 = 3.6e9;

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn the_summary_is_what_the_replications_counted(draft in drafts()) {
        let compiled = compiled(&draft.text());
        let summary = summary(&compiled);
        for (variant, found) in compiled.variants.iter().zip(&summary.variants) {
            let runs = Runs::of(&draft, variant);
            for (id, queue) in variant.model.queues.iter() {
                let found = found.queues.find(&queue.name.text).expect("every queue has figures");
                runs.queue(id, &found.measures, queue.target.is_some())?;
                runs.times(id, &found.measures)?;
                runs.queue_intervals(id, &found.intervals)?;
            }
            for (id, group) in variant.model.groups.iter() {
                let found = found.groups.find(&group.name.text).expect("every group has figures");
                runs.group(id, &found.measures)?;
                runs.group_intervals(id, &found.intervals)?;
            }
            runs.customers_and_cost(found)?;
        }
    }

    #[test]
    fn a_difference_is_the_variant_less_the_base(draft in drafts()) {
        let summary = summary(&compiled(&draft.text()));
        let [base, own] = [&summary.variants[0], &summary.variants[1]];
        let found = serde_json::to_value(&own.differences).expect("JSON");
        let [base, own] = [base, own].map(|variant| serde_json::to_value(variant).expect("JSON"));
        less_the_base(&found, &own, &base, "")?;
    }
}

fn summary(compiled: &Compiled) -> Summary {
    let study = Study::new(compiled, |_| true, Some(SEED));
    let workers = Workers::new(1).expect("a thread");
    let tally = study
        .tally(0..REPLICATIONS, &workers, &|| ())
        .expect("no flood");
    study.summary(&tally, Stopped::Replications)
}

/// Every mean in the differences, and that the interval lies about it.
fn less_the_base(found: &Value, own: &Value, base: &Value, path: &str) -> Verdict {
    let Value::Object(entries) = found else {
        return Ok(());
    };
    for (key, value) in entries {
        let path = format!("{path}.{key}");
        if key != "mean" || value.is_object() {
            less_the_base(value, &own[key], &base[key], &path)?;
            continue;
        }
        let [found, own, base] = [value, &own[key], &base[key]].map(Value::as_f64);
        let expected = own.zip(base).map(|(own, base)| own - base);
        let scale = own.unwrap_or(0.0).abs() + base.unwrap_or(0.0).abs();
        prop_assert!(
            close(found, expected, scale),
            "{}: {:?}, not {:?}",
            path,
            found,
            expected
        );
        let bounds = ["lo", "hi"].map(|bound| entries[bound].as_f64());
        if let ([Some(lo), Some(hi)], Some(mean)) = (bounds, found) {
            prop_assert!(lo <= mean && mean <= hi, "{}: {} to {}", path, lo, hi);
        }
    }
    Ok(())
}

fn close(found: Option<f64>, expected: Option<f64>, scale: f64) -> bool {
    match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * (1.0 + scale),
        (None, None) => true,
        _ => false,
    }
}

fn same(name: &str, found: Estimate, expected: Option<f64>) -> Verdict {
    let scale = expected.unwrap_or(0.0).abs();
    let is_same = close(found.mean, expected, scale);
    prop_assert!(is_same, "{}: {:?}, not {:?}", name, found, expected);
    Ok(())
}

fn ratio(of: i128, among: i128) -> Option<f64> {
    (among != 0).then(|| of as f64 / among as f64)
}

/// The replications of a variant, looked at one by one.
struct Runs {
    records: Vec<Record>,
    clock: Clock,
    /// By interval: hours in the counted part of the horizon.
    slot_hours: Vec<f64>,
    window: f64,
}

impl Runs {
    fn of(draft: &Draft, variant: &Variant) -> Self {
        let records = (0..REPLICATIONS).map(|index| {
            let mut record = Record::of(variant, SEED, index);
            cost::price(&variant.model, &mut record.counts);
            record
        });
        let clock = Clock::of(&draft.horizon);
        let mut slot_hours = vec![0.0; clock.slots()];
        for (begins, ends, slot) in clock.stretches() {
            slot_hours[slot] += ends.since(begins.max(variant.model.warm_up)).0 as f64 / HOUR;
        }
        Self {
            records: records.collect(),
            window: slot_hours.iter().sum(),
            slot_hours,
            clock,
        }
    }

    fn sum(&self, figure: impl Fn(&Record) -> i128) -> i128 {
        self.records.iter().map(figure).sum()
    }

    fn mean(&self, sum: i128, unit: f64) -> Option<f64> {
        Some(sum as f64 / REPLICATIONS as f64 / unit)
    }

    fn queue(&self, id: QueueId, found: &QueueMeasures, has_target: bool) -> Verdict {
        let sum = |figure: fn(&QueueTotals) -> i128| {
            self.sum(|record| figure(&record.counts.queues[id].totals))
        };
        let answered = sum(|totals| totals.answered);
        let ended = answered + sum(|totals| totals.abandoned);
        let seconds = |sum: i128, of: i128| ratio(sum, of).map(|micros| micros / 1e6);
        let waits = sum(|totals| totals.wait_answered);
        let all_waits = waits + sum(|totals| totals.wait_abandoned);
        let window = self.window * HOUR;
        for (name, found, sum, unit) in [
            ("offered", found.offered, sum(|totals| totals.offered), 1.0),
            (
                "carried in",
                found.carried_in,
                sum(|totals| totals.carried_in),
                1.0,
            ),
            ("answered", found.answered, answered, 1.0),
            ("abandoned", found.abandoned, ended - answered, 1.0),
            ("blocked", found.blocked, sum(|totals| totals.blocked), 1.0),
            ("contained", found.contained, 0, 1.0),
            (
                "open",
                found.open_at_end,
                sum(|totals| totals.open_at_end),
                1.0,
            ),
            (
                "longest wait",
                found.wait_s.max,
                sum(|totals| totals.wait_max),
                1e6,
            ),
            (
                "longest response",
                found.response_s.max,
                sum(|totals| totals.response_max),
                1e6,
            ),
            (
                "longest handling",
                found.handle_time_s.max,
                sum(|totals| totals.handle_time_max),
                1e6,
            ),
            (
                "longest sojourn",
                found.sojourn_s.max,
                sum(|totals| totals.sojourn_max),
                1e6,
            ),
            (
                "line",
                found.queue_length,
                sum(|totals| totals.queue_time),
                window,
            ),
            (
                "longest line",
                found.queue_length_max,
                sum(|totals| totals.queue_max),
                1.0,
            ),
            (
                "offered load",
                found.offered_load,
                sum(|totals| totals.work),
                window,
            ),
        ] {
            same(name, found, self.mean(sum, unit))?;
        }
        same(
            "abandonment",
            found.abandonment,
            ratio(ended - answered, ended),
        )?;
        same(
            "delayed",
            found.delayed,
            ratio(sum(|totals| totals.delayed), ended),
        )?;
        same("asa", found.asa_s, seconds(waits, answered))?;
        same("wait", found.wait_s.mean, seconds(all_waits, ended))?;
        same(
            "response",
            found.response_s.mean,
            seconds(sum(|totals| totals.response), answered),
        )?;
        same(
            "handling",
            found.handle_time_s.mean,
            seconds(sum(|totals| totals.handle_time), answered),
        )?;
        same(
            "sojourn",
            found.sojourn_s.mean,
            seconds(sum(|totals| totals.sojourn), answered),
        )?;
        if has_target {
            self.levels(id, found)?;
        }
        Ok(())
    }

    /// The five definitions.
    fn levels(&self, id: QueueId, found: &QueueMeasures) -> Verdict {
        let sum = |figure: fn(&QueueTotals) -> i128| {
            self.sum(|record| figure(&record.counts.queues[id].totals))
        };
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
    fn times(&self, id: QueueId, found: &QueueMeasures) -> Verdict {
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
            Outcome::Blocked | Outcome::OpenAtEnd => None,
        })?;
        times(&found.handle_time_s, |contact, at, outcome| {
            (outcome == Outcome::Answered).then(|| at - contact.started_at.0)
        })?;
        times(&found.sojourn_s, |contact, _, outcome| {
            (outcome == Outcome::Answered).then(|| contact.replied_at.0 - contact.arrived_at.0)
        })
    }

    fn queue_intervals(&self, id: QueueId, found: &[QueueInterval]) -> Verdict {
        let counted = (0..self.slot_hours.len()).filter(|slot| self.slot_hours[*slot] > 0.0);
        let slots: Vec<usize> = counted.collect();
        prop_assert_eq!(found.len(), slots.len());
        for (found, slot) in found.iter().zip(slots) {
            let sum = |figure: fn(&QueueSlot) -> i128| {
                self.sum(|record| figure(&record.counts.queues[id].slots[slot]))
            };
            let (hours, times) = (self.slot_hours[slot], self.slot_hours[slot] / 6.0);
            let seconds = |sum: i128, of: i128| ratio(sum, of).map(|micros| micros / 1e6);
            let (answered, abandoned) = (sum(|slot| slot.answered), sum(|slot| slot.abandoned));
            let (waits, ended) = (sum(|slot| slot.wait_answered), answered + abandoned);
            let samples = sum(|slot| slot.age_samples);
            same(
                "offered",
                found.offered,
                self.mean(sum(|slot| slot.offered), times),
            )?;
            same("answered", found.answered, self.mean(answered, times))?;
            same("abandoned", found.abandoned, self.mean(abandoned, times))?;
            same(
                "blocked",
                found.blocked,
                self.mean(sum(|slot| slot.blocked), times),
            )?;
            same("abandonment", found.abandonment, ratio(abandoned, ended))?;
            same("asa", found.asa_s, seconds(waits, answered))?;
            let waits = waits + sum(|slot| slot.wait_abandoned);
            same("wait", found.wait_mean_s, seconds(waits, ended))?;
            same(
                "response",
                found.response_mean_s,
                seconds(sum(|slot| slot.response), answered),
            )?;
            let line = self.mean(sum(|slot| slot.queue_time), hours * HOUR);
            same("line", found.queue_length, line)?;
            let backlog = ratio(sum(|slot| slot.backlog), sum(|slot| slot.backlog_samples));
            same("backlog", found.backlog, backlog)?;
            same(
                "half",
                found.backlog_age_p50_s,
                seconds(sum(|slot| slot.age_p50), samples),
            )?;
            same(
                "nine in ten",
                found.backlog_age_p90_s,
                seconds(sum(|slot| slot.age_p90), samples),
            )?;
            same(
                "oldest",
                found.backlog_age_max_s,
                seconds(sum(|slot| slot.age_max), samples),
            )?;
        }
        Ok(())
    }

    fn group(&self, id: GroupId, found: &GroupMeasures) -> Verdict {
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
        same("paid", found.paid_h, self.mean(paid, HOUR))?;
        same("staffed", found.staffed_h, self.mean(staffed, HOUR))?;
        same("busy", found.busy_h, self.mean(busy, HOUR))?;
        same("overtime", found.overtime_h, self.mean(overtime, HOUR))?;
        let forty_hours_a_week = HOUR * 40.0 * self.window / 168.0;
        same("fte", found.fte, self.mean(paid, forty_hours_a_week))
    }

    fn group_intervals(&self, id: GroupId, found: &[GroupInterval]) -> Verdict {
        let counted = (0..self.slot_hours.len()).filter(|slot| self.slot_hours[*slot] > 0.0);
        let slots: Vec<usize> = counted.collect();
        prop_assert_eq!(found.len(), slots.len());
        for (found, slot) in found.iter().zip(slots) {
            let unit = self.slot_hours[slot] * HOUR;
            let sum = |figure: fn(&GroupSlot) -> i128| {
                self.sum(|record| figure(&record.counts.groups[id].slots[slot]))
            };
            let (staffed, busy) = (sum(|slot| slot.staffed), sum(|slot| slot.busy));
            let overtime = sum(|slot| slot.overtime);
            same(
                "heads",
                found.heads,
                self.mean(sum(|slot| slot.heads), unit),
            )?;
            same("staffed", found.staffed, self.mean(staffed, unit))?;
            same("busy", found.busy, self.mean(busy, unit))?;
            same("overtime", found.overtime, self.mean(overtime, unit))?;
            same(
                "occupancy",
                found.occupancy,
                ratio(busy, staffed + overtime),
            )?;
        }
        Ok(())
    }

    fn customers_and_cost(&self, found: &VariantSummary) -> Verdict {
        let sum =
            |figure: fn(&DemandTotals) -> i128| self.sum(|record| figure(&record.counts.demand));
        let (wanted, served) = (sum(|demand| demand.wanted), sum(|demand| demand.served));
        let (lost, paid) = (sum(|demand| demand.lost), sum(|demand| demand.cost));
        let demand = &found.demand;
        same("wanted", demand.wanted, self.mean(wanted, 1.0))?;
        same("served", demand.served, self.mean(served, 1.0))?;
        same(
            "moved",
            demand.moved,
            self.mean(sum(|demand| demand.moved), 1.0),
        )?;
        same("lost", demand.lost, self.mean(lost, 1.0))?;
        same(
            "open",
            demand.open_at_end,
            self.mean(sum(|demand| demand.open_at_end), 1.0),
        )?;
        same("served share", demand.served_share, ratio(served, wanted))?;
        same("lost share", demand.lost_share, ratio(lost, wanted))?;
        let per_contact = |of: i128| ratio(paid, of).map(|millionths| millionths / 1e6);
        same("cost", found.cost.total, self.mean(paid, 1e6))?;
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
            same("a queue's cost", queue.cost, self.mean(paid, 1e6))?;
            same("a queue's cost a contact", queue.per_contact, per_contact)?;
        }
        for (index, (_, group)) in found.cost.groups.iter().enumerate() {
            let id = GroupId::from_index(index);
            let paid = self.sum(|record| record.counts.groups[id].totals.cost);
            same("a group's cost", *group, self.mean(paid, 1e6))?;
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
