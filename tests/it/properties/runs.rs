//! Runs of many replications: threads, shards, variants, and whose luck depends on what.

use std::collections::BTreeMap;

use channelmix::finance::cost;
use channelmix::ids::GroupId;
use channelmix::scenario::model::{Model, Variant};
use channelmix::sim::centre::{Centre, Layout};
use channelmix::sim::counting::{Counting, extent};
use channelmix::sim::observer::Silent;
use channelmix::sim::parallel::Workers;
use channelmix::sim::replicate::replicate;
use channelmix::stats::counts::{Counts, GroupCounts, QueueCounts};
use channelmix::stats::estimate::Estimate;
use channelmix::stats::summary::Stopped;
use channelmix::study::run::Study;
use proptest::prelude::*;

use super::super::support::{compiled, t_of};
use super::cases;
use super::centres::drafts;
use super::record::Record;

const REPLICATIONS: u64 = 7;

proptest! {
    #![proptest_config(cases(30))]

    #[test]
    fn threads_shards_and_the_order_of_merging_change_nothing(
        draft in drafts(),
        cuts in prop::collection::vec(0..=REPLICATIONS, 3),
        order in Just(vec![0, 1, 2, 3]).prop_shuffle(),
    ) {
        let compiled = compiled(&draft.text());
        let study = Study::new(&compiled, |_| true, Some(5));
        let workers = |threads| Workers::new(threads).expect("threads");
        let tally = |range, threads| study.tally(range, &workers(threads), &|| ()).expect("no flood");
        let whole = tally(0..REPLICATIONS, 1);
        let summary = |tally| serde_json::to_string(&study.summary(tally, Stopped::Replications)).expect("JSON");
        for threads in [2, 3] {
            prop_assert!(tally(0..REPLICATIONS, threads) == whole, "{} threads differ", threads);
        }
        let mut cuts = cuts;
        cuts.extend([0, REPLICATIONS]);
        cuts.sort_unstable();
        let mut merged = study.empty_tally();
        for part in order {
            merged.merge(&tally(cuts[part]..cuts[part + 1], 1 + part % 2));
        }
        prop_assert!(merged == whole, "shards {:?} differ", cuts);
        prop_assert_eq!(summary(&merged), summary(&whole));
    }

    #[test]
    fn variants_with_the_same_settings_give_the_same_results(draft in drafts()) {
        let mut text = draft.without_variants();
        text += "[[variants]]\nname = \"nothing set\"\n[[variants]]\nname = \"set as it is\"\nset = { \"queues.q0.priority\" = ";
        text += &draft.queues[0].priority.to_string();
        text += " }\n";
        let compiled = compiled(&text);
        let study = Study::new(&compiled, |_| true, Some(5));
        let workers = Workers::new(2).expect("threads");
        let tally = study.tally(0..5, &workers, &|| ()).expect("no flood");
        let summary = study.summary(&tally, Stopped::Replications);
        for (variant, of_variant) in summary.variants[1..].iter().zip(&tally.variants[1..]) {
            prop_assert_eq!(&variant.queues, &summary.variants[0].queues);
            prop_assert_eq!(&variant.groups, &summary.variants[0].groups);
            prop_assert_eq!(&of_variant.queues, &tally.variants[0].queues);
            let differences = serde_json::to_value(&variant.differences).expect("JSON");
            all_zero(&differences, &mut Vec::new())?;
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn paired_intervals_are_those_of_the_replications_differences(draft in drafts()) {
        let compiled = compiled(&draft.text());
        let study = Study::new(&compiled, |_| true, Some(7));
        let tally = study.tally(0..REPLICATIONS, &Workers::new(1).expect("a thread"), &|| ()).expect("no flood");
        let summary = study.summary(&tally, Stopped::Replications);
        let differences = summary.variants[1].differences.as_ref().expect("a variant has differences");
        let figures: [Figure; 4] = [
            (&differences.cost.total, |counts| counts.demand.cost, 1e6, 0.01),
            (&differences.demand.served, |counts| counts.demand.served, 1.0, 0.0),
            (&differences.groups.0[0].1.busy_h, |counts| counts.groups[GroupId(0)].totals.busy, 3.6e9, 1e-6),
            (&differences.cost.groups.0[0].1, |counts| counts.groups[GroupId(0)].totals.cost, 1e6, 0.01),
        ];
        let counts = |variant, index| {
            let mut counts = Record::of(variant, 7, index).counts;
            cost::price(&variant.model, &mut counts);
            counts
        };
        let pairs: Vec<_> = (0..REPLICATIONS)
            .map(|index| (counts(&compiled.variants[0], index), counts(&compiled.variants[1], index)))
            .collect();
        for (found, figure, unit, step) in figures {
            let values: Vec<f64> =
                pairs.iter().map(|(base, own)| (figure(own) - figure(base)) as f64 / unit).collect();
            let r = values.len() as f64;
            let mean = values.iter().sum::<f64>() / r;
            let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
            let half_width = t_of(REPLICATIONS) * (squares / (r - 1.0) / r).sqrt();
            let off = (found.half_width().expect("an interval") - half_width).abs();
            prop_assert!((found.mean.expect("a mean") - mean).abs() <= 1e-9 * (1.0 + mean.abs()));
            prop_assert!(off <= 2.0 * step + 1e-6 * half_width, "{:?}, expected ±{}", found, half_width);
        }
    }

    #[test]
    fn a_used_centre_gives_what_a_fresh_one_gives(draft in drafts()) {
        let compiled = compiled(&draft.text());
        for variant in &compiled.variants {
            let Variant { model, staffing, .. } = variant;
            let layout = Layout::new(model, staffing);
            let mut centre = Centre::new(model, &layout, 7, 0);
            replicate((model, staffing, &layout), 7, 0, &mut centre, &mut Silent);
            let mut counting = Counting::new(model, &layout, Counts::new(extent(model, &layout)));
            replicate((model, staffing, &layout), 7, 1, &mut centre, &mut counting);
            prop_assert!(counting.finish() == Record::of(variant, 7, 1).counts);
        }
    }

    #[test]
    fn an_unrelated_queue_changes_nothing_in_the_others(draft in drafts(), first in any::<bool>()) {
        let alone = draft.without_variants();
        let stranger = "[queues.stranger]\nchannel = \"phone\"\narrivals = { per_hour = 20, day_cv = 0.3 }\n\
            handle_time = { dist = \"exponential\", mean = \"6m\" }\npatience = { dist = \"exponential\", mean = \"2m\" }\n\
            [groups.strangers]\nskills = [\"stranger\"]\nstaff = 2\nshrinkage = 0.3\n\n";
        let at = if first { alone.find("[queues.q0]").expect("a queue") } else { alone.len() };
        let together = format!("{}{stranger}{}", &alone[..at], &alone[at..]);
        let together = format!("{together}[[variants]]\nname = \"apart\"\nremove = [\"queues.stranger\", \"groups.strangers\"]\n");
        let alone = compiled(&alone);
        let together = compiled(&together);
        let expected = by_name(&alone.variants[0]);
        for variant in &together.variants {
            let (queues, groups) = by_name(variant);
            for (name, counts) in &expected.0 {
                prop_assert!(&queues[name] == counts, "{} differs with a stranger in {}", name, variant.name);
            }
            for (name, counts) in &expected.1 {
                prop_assert!(&groups[name] == counts, "{} differs with a stranger in {}", name, variant.name);
            }
        }
    }
}

/// An estimate, the count it rests on, the count's unit, and the step in which products of it are taken.
type Figure<'a> = (&'a Estimate, fn(&Counts) -> i128, f64, f64);

fn all_zero(value: &serde_json::Value, path: &mut Vec<String>) -> super::Verdict {
    match value {
        serde_json::Value::Number(number) => {
            let zero = number.as_f64().is_some_and(|number| number.abs() <= 0.0);
            prop_assert!(zero, "{} is {}", path.join("."), number);
        }
        serde_json::Value::Object(entries) => {
            // The interval of a quantile's difference takes both variants as independent.
            let is_quantile = path
                .last()
                .is_some_and(|name| name.starts_with('p') && name[1..].parse::<u32>().is_ok());
            for (key, value) in entries
                .iter()
                .filter(|(key, _)| !is_quantile || *key == "mean")
            {
                path.push(key.clone());
                all_zero(value, path)?;
                path.pop();
            }
        }
        serde_json::Value::Array(values) => {
            for value in values {
                all_zero(value, path)?;
            }
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::String(_) => {}
    }
    Ok(())
}

/// What the queues and the groups of a variant count, by their names; of groups' time by queue, what is not nothing.
fn by_name(variant: &Variant) -> (BTreeMap<String, QueueCounts>, BTreeMap<String, GroupCounts>) {
    let counts = Record::of(variant, 7, 2).counts;
    let Model { queues, groups, .. } = &variant.model;
    let names = queues.values().map(|queue| queue.name.text.clone());
    let of_queues = names.zip(counts.queues.values().cloned()).collect();
    let names = groups.values().map(|group| group.name.text.clone());
    let of_groups = counts.groups.values().map(|group| {
        let time = group.agent_time.values().copied();
        let time: Vec<i128> = time.filter(|time| *time > 0).collect();
        GroupCounts {
            agent_time: time.into(),
            ..group.clone()
        }
    });
    (of_queues, names.zip(of_groups).collect())
}
