//! Telephone lines, a queue's own and shared ones.

use std::collections::BTreeSet;

use channelmix::scenario::Scenario;
use channelmix::sim::contacts::Contact;
use channelmix::sim::observer::Outcome;
use channelmix::time::SimTime;

use super::properties::record::Record;
use super::support::{compiled, run};

/// Calls to two queues over five shared lines, to a third over two of its own.
const CENTRE: &str = r#"
name = "lines"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 1
[queues.sales]
channel = "phone"
arrivals = { per_hour = 40 }
handle_time = { dist = "exponential", mean = "4m" }
wrap_up = { dist = "exponential", mean = "2m" }
patience = { dist = "exponential", mean = "3m" }
[queues.service]
channel = "phone"
arrivals = { per_hour = 20 }
handle_time = { dist = "exponential", mean = "5m" }
patience = { dist = "exponential", mean = "1m" }
[queues.night]
channel = "phone"
arrivals = { per_hour = 20 }
handle_time = { dist = "exponential", mean = "5m" }
open = "00:00-06:00"
lines = 2
[groups.all]
skills = ["sales", "service", "night"]
staff = 4
wage = 20
[trunks.main]
lines = 5
queues = ["sales", "service"]
[[variants]]
name = "more lines"
set = { "trunks.main.lines" = 6, "queues.night.lines" = 3 }
[[variants]]
name = "enough"
remove = ["trunks.main"]
[[variants]]
name = "no service"
remove = ["queues.service"]
"#;

/// Nobody is on a line that is not there, nobody is turned away while one is free, and wrap-up holds none.
#[test]
fn as_many_hold_lines_as_there_are_and_no_one_is_refused_before() {
    let compiled = compiled(CENTRE);
    for (variant, lines) in compiled.variants.iter().zip([5, 6, usize::MAX, 5]) {
        let mut refused = 0;
        for index in 0..4 {
            let record = Record::of(variant, 1, index);
            let own = |contact: &Contact| variant.model.queues[contact.queue].name.text != "night";
            refused += refused_of(&record, own, lines);
            let of_night = if variant.name == "more lines" { 3 } else { 2 };
            refused += refused_of(&record, |contact| !own(contact), of_night);
        }
        assert!(refused > 10, "{}: {refused}", variant.name);
    }
}

/// How many of some contacts found no line; none did while one was free.
fn refused_of(record: &Record, is_one: impl Fn(&Contact) -> bool, lines: usize) -> usize {
    // Talks end before anything else at an instant, and departures before arrivals.
    let mut ends: Vec<(SimTime, u64)> = Vec::new();
    for (at, contact, outcome) in record.endings() {
        let until = match outcome {
            Outcome::Answered => contact.replied_at,
            _ => at,
        };
        ends.push((until, contact.key()));
    }
    ends.sort_unstable();
    let refused: BTreeSet<u64> = record
        .endings()
        .filter(|(_, _, outcome)| matches!(outcome, Outcome::NoLine | Outcome::Blocked))
        .map(|(_, contact, _)| contact.key())
        .collect();
    let no_line: BTreeSet<u64> = record
        .endings()
        .filter(|(_, _, outcome)| *outcome == Outcome::NoLine)
        .map(|(_, contact, _)| contact.key())
        .collect();
    let mut on_line = BTreeSet::new();
    let mut ended = ends.iter().peekable();
    let mut found = 0;
    for contact in record.arrivals() {
        while let Some((_, key)) = ended.next_if(|(at, _)| *at <= contact.arrived_at) {
            on_line.remove(key);
        }
        if !is_one(contact) {
            continue;
        }
        if no_line.contains(&contact.key()) {
            assert_eq!(on_line.len(), lines, "refused with a line free");
            found += 1;
        } else if !refused.contains(&contact.key()) {
            on_line.insert(contact.key());
            assert!(on_line.len() <= lines, "more lines than there are");
        }
    }
    found
}

#[test]
fn the_blocked_count_for_demand_and_load_but_not_for_service() {
    let text = CENTRE.split("[[variants]]").next().expect("the base");
    let variant = run(text, 20);
    let (_, sales) = variant.queues.iter().next().expect("sales");
    let m = &sales.measures;
    let mean = |estimate: channelmix::stats::estimate::Estimate| estimate.mean.expect("a mean");
    assert!(mean(m.blocked) > 50.0);
    assert!(
        (mean(m.offered) - mean(m.answered) - mean(m.abandoned) - mean(m.blocked)).abs() < 1e-9
    );
    // 40 an hour of four minutes, and two of wrap-up: four erlangs, blocked or not.
    assert!(
        (mean(m.offered_load) - 4.0).abs() < 0.1,
        "{:?}",
        m.offered_load
    );
}

#[test]
fn a_queue_has_one_bundle_of_lines_and_trunks_name_queues() {
    let problem = |from: &str, to: &str| {
        let text = CENTRE.replace(from, to);
        assert_ne!(text, CENTRE);
        Scenario::parse(&text, "a.toml", |_| Err(String::new()))
            .and_then(|scenario| scenario.compile())
            .expect_err("a problem")
            .to_string()
    };
    let twice = problem("\"sales\", \"service\"]\n[[", "\"sales\", \"night\"]\n[[");
    assert!(
        twice.contains("the queue \"night\" has lines already"),
        "{twice}"
    );
    let unknown = problem("\"sales\", \"service\"]\n[[", "\"sales\", \"servise\"]\n[[");
    assert!(
        unknown.contains("there is no queue \"servise\""),
        "{unknown}"
    );
    assert!(unknown.contains("service"), "{unknown}");
    let negative = problem("lines = 5", "lines = -1");
    assert!(negative.contains("trunks.main.lines"), "{negative}");
    let missing = problem("lines = 5\n", "");
    assert!(missing.contains("missing key `lines`"), "{missing}");
}

#[test]
fn a_variant_may_bring_the_first_trunk_but_not_remove_one_that_is_not_there() {
    let bare = CENTRE
        .split("[trunks.main]")
        .next()
        .expect("the queues and groups");
    let added = format!(
        "{bare}[[variants]]\nname = \"shared\"\nset = {{ \"trunks.main\" = {{ lines = 3, queues = [\"sales\", \"service\"] }} }}\n"
    );
    let compiled = compiled(&added);
    let lines = |number: usize| compiled.variants[number].model.trunks.len();
    assert_eq!((lines(0), lines(1)), (1, 2));
    let removed = format!("{bare}[[variants]]\nname = \"none\"\nremove = [\"trunks.main\"]\n");
    let problem = Scenario::parse(&removed, "a.toml", |_| Err(String::new()))
        .and_then(|scenario| scenario.compile())
        .expect_err("a problem")
        .to_string();
    assert!(
        problem.contains("there is no \"trunks.main\" to remove"),
        "{problem}"
    );
}
