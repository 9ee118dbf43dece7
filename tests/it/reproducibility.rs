//! The same scenario and seed give the same bytes: for any number of threads, any split into shards, with and without a
//! queue that has nothing to do with the others.

use std::path::Path;

use channelmix::report::json;
use channelmix::scenario::Scenario;
use channelmix::scenario::model::{Compiled, Stopping};
use channelmix::sim::parallel::Workers;
use channelmix::stats::summary::{Stopped, Summary};
use channelmix::study::run::Study;
use channelmix::study::shard::{Shard, State};

use crate::support::{compiled, summary};

fn shipped(name: &str) -> (Scenario, Compiled) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    let scenario = Scenario::read(&path).expect("shipped scenarios are valid");
    let compiled = scenario.compile().expect("shipped scenarios are valid");
    (scenario, compiled)
}

fn bytes(summary: &Summary) -> String {
    let mut bytes = Vec::new();
    json::write(summary, None, &mut bytes).expect("memory takes anything");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let (_, compiled) = shipped("retail-mix.toml");
    let with = |threads| {
        let workers = Workers::new(threads).expect("threads");
        let study = Study::new(&compiled, |_| true, Some(9));
        bytes(
            &study
                .run(Stopping::Replications(12), &workers, &|| ())
                .expect("the run ends"),
        )
    };
    let one = with(1);
    assert_eq!(one, with(4));
    assert!(one.len() > 100_000, "the whole summary is compared");
}

#[test]
fn shards_merged_in_any_order_give_the_bytes_of_one_run() {
    let (scenario, compiled) = shipped("city-week.toml");
    let study = Study::new(&compiled, |_| true, None);
    let workers = Workers::new(2).expect("threads");
    let whole = study
        .run(Stopping::Replications(11), &workers, &|| ())
        .expect("the run ends");
    let names: Vec<String> = study.variant_names().map(str::to_owned).collect();
    let state = |number| {
        let range = Shard { number, of: 3 }.replications(11);
        let tally = study
            .tally(range.clone(), &workers, &|| ())
            .expect("the shard ends");
        let state = State::new(&scenario, names.clone(), study.seed(), 11, &range, tally);
        let written = state.write().expect("a state is written");
        State::read(&written, "part.json").expect("a state is read")
    };
    for order in [[1, 2, 3], [3, 1, 2]] {
        let [first, second, third] = order.map(state);
        let mut merged = first;
        merged
            .merge(&second, "second")
            .expect("they belong together");
        assert!(merged.check_complete().is_err(), "one is missing");
        merged.merge(&third, "third").expect("they belong together");
        merged.check_complete().expect("all are there");
        let again = merged
            .scenario()
            .expect("it travels whole")
            .compile()
            .expect("it is valid");
        let study = Study::new(&again, |_| true, Some(merged.seed));
        assert_eq!(
            bytes(&study.summary(&merged.tally, Stopped::Replications)),
            bytes(&whole)
        );
    }
}

#[test]
fn a_state_that_does_not_belong_is_refused() {
    let (scenario, compiled) = shipped("first.toml");
    let workers = Workers::new(1).expect("a thread");
    let state = |seed, number| {
        let study = Study::new(&compiled, |_| true, Some(seed));
        let range = Shard { number, of: 2 }.replications(4);
        let tally = study
            .tally(range.clone(), &workers, &|| ())
            .expect("the shard ends");
        State::new(&scenario, vec!["base".to_owned()], seed, 4, &range, tally)
    };
    let mut first = state(1, 1);
    let other_seed = first.merge(&state(2, 2), "b.json").unwrap_err().to_string();
    assert_eq!(
        other_seed,
        "b.json: of another run: its seed differs from that of the first state"
    );
    let twice = first.merge(&state(1, 1), "b.json").unwrap_err().to_string();
    assert_eq!(twice, "b.json: replication 1 is counted twice");
    let missing = first.check_complete().unwrap_err().to_string();
    assert_eq!(
        missing,
        "replications 3 to 4 of 4 are in none of the states"
    );
    let garbage = State::read(b"{}", "c.json").unwrap_err().to_string();
    assert!(
        garbage.starts_with("c.json: not a state of a run: missing field"),
        "{garbage}"
    );
}

const TWO_DESKS: &str = r#"
name = "two desks"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 2
[queues.phone]
channel = "phone"
arrivals = { per_hour = 60, day_cv = 0.3 }
handle_time = { dist = "gamma", mean = "4m", cv = 0.8 }
patience = { dist = "exponential", mean = "2m" }
target = { share = 0.8, within = "20s" }
[queues.mail]
channel = "email"
arrivals = { per_hour = 20 }
handle_time = { dist = "lognormal", mean = "6m", cv = 1.0 }
target = { share = 0.9, within = "4h" }
[groups.voice]
skills = ["phone"]
staff = 5
wage = 20
shrinkage = 0.15
[groups.writing]
skills = ["mail"]
staff = 3
wage = 20
shrinkage = 0.15
[[variants]]
name = "the same"
[[variants]]
name = "no mail"
remove = ["queues.mail", "groups.writing"]
"#;

#[test]
fn a_variant_without_changes_differs_in_nothing() {
    let summary = summary(TWO_DESKS, 20);
    let differences = summary.variants[1]
        .differences
        .as_ref()
        .expect("a variant has differences");
    let phone = &differences.queues.find("phone").expect("both have it");
    for estimate in [
        phone.answered,
        phone.service_level,
        phone.wait_s.mean,
        phone.queue_length,
    ] {
        assert_eq!(
            (estimate.mean, estimate.lo, estimate.hi),
            (Some(0.0), Some(0.0), Some(0.0))
        );
    }
    assert_eq!(differences.cost.total.half_width(), Some(0.0));
    assert_eq!(summary.variants[0].queues, summary.variants[1].queues);
}

#[test]
fn removing_a_queue_leaves_the_luck_of_the_others() {
    let summary = summary(TWO_DESKS, 20);
    let of = |variant: usize| {
        summary.variants[variant]
            .queues
            .find("phone")
            .expect("both have it")
            .clone()
    };
    assert_eq!(of(0), of(2));
    assert_eq!(
        summary.variants[0].groups.find("voice"),
        summary.variants[2].groups.find("voice")
    );
}

#[test]
fn another_seed_gives_another_result() {
    let compiled = compiled(TWO_DESKS);
    let workers = Workers::new(1).expect("a thread");
    let with = |seed| {
        let study = Study::new(&compiled, |_| false, Some(seed));
        study
            .run(Stopping::Replications(3), &workers, &|| ())
            .expect("the run ends")
            .variants
    };
    assert_ne!(with(1), with(2));
    assert_eq!(with(3), with(3));
}

#[test]
fn precision_stops_the_run_when_the_targets_are_known_well_enough() {
    let precise = |precision: &str| {
        let text = TWO_DESKS.replace(
            "[queues.phone]",
            &format!("[run]\n{precision}\n[queues.phone]"),
        );
        let compiled = compiled(&text);
        let workers = Workers::new(2).expect("threads");
        let study = Study::new(&compiled, |_| true, None);
        study
            .run(compiled.stopping, &workers, &|| ())
            .expect("the run ends")
    };
    let reached = precise("precision = 0.02");
    assert_eq!(reached.scenario.stopped, Stopped::Precision);
    assert_eq!(reached.scenario.replications % 10, 0);
    for (_, queue) in reached
        .variants
        .iter()
        .flat_map(|variant| variant.queues.iter())
    {
        assert!(
            queue
                .targets
                .iter()
                .all(|target| target.value.half_width().is_some_and(|half| half <= 0.02))
        );
    }
    let capped = precise("precision = 0.0001\nmax_replications = 30");
    assert_eq!(
        (capped.scenario.stopped, capped.scenario.replications),
        (Stopped::MaxReplications, 30)
    );
}
