//! The summary says what the replications counted: every value worked out again from their counts, quantiles from the
//! times themselves.

mod intervals;
mod totals;

use channelmix::finance::cost;
use channelmix::scenario::model::{Compiled, Variant};
use channelmix::sim::parallel::Workers;
use channelmix::stats::estimate::Estimate;
use channelmix::stats::summary::{Stopped, Summary};
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

/// A mean over the replications.
fn mean(sum: i128, unit: f64) -> f64 {
    sum as f64 / REPLICATIONS as f64 / unit
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
}
