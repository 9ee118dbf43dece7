//! Intervals hold the truth as often as they say: a fast version of `channelmix validate --coverage`, and what is said of figures that
//! rest on too few events.

use channelmix::sim::parallel::Workers;
use channelmix::study::validate::coverage::{CoverageEffort, CoverageRow, coverage};

use crate::support::summary;

const EXPERIMENTS: u64 = 500;

fn rows(pattern: &str) -> Vec<CoverageRow> {
    let effort = CoverageEffort {
        experiments: EXPERIMENTS,
        seed: 1,
    };
    let workers = Workers::new(2).expect("two threads");
    let table = coverage(pattern, &effort, &workers, &|_| ()).expect("the models are sound");
    let mut rows = table.rows;
    rows.retain(|row| row.replications < 15.0 && !row.tried.is_of_few());
    assert!(rows.len() >= 10, "{}", rows.len());
    rows
}

/// Each figure within what chance allows of 500 experiments (3.3 binomial errors), and all together much closer: intervals a fifth too
/// narrow would hold 90 of 100.
fn hold(rows: &[CoverageRow]) {
    let mut sum = 0.0;
    for row in rows {
        let share = row.tried.coverage().expect("there were experiments");
        assert!((share - 0.95).abs() <= 0.033, "{share}: {row:?}");
        sum += share;
    }
    let mean = sum / rows.len() as f64;
    assert!((0.935..=0.965).contains(&mean), "{mean}");
}

#[test]
fn intervals_of_ten_replications_hold_the_known_values() {
    hold(&rows("M/M/20+M, 95 %"));
}

#[test]
fn paired_differences_of_ten_replications_hold_the_known_values() {
    hold(&rows("M/M/21+M"));
}

fn few(per_hour: u32, replications: u64) -> Vec<String> {
    let text = format!(
        "name = \"few\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\n\
         [queues.q]\nchannel = \"phone\"\narrivals = {{ per_hour = {per_hour} }}\n\
         handle_time = {{ dist = \"exponential\", mean = \"3m\" }}\npatience = {{ dist = \"exponential\", mean = \"5m\" }}\n\
         target = {{ share = 0.8, within = \"20s\" }}\n[groups.g]\nskills = [\"q\"]\nstaff = {}\nwage = 10\n",
        per_hour / 20 + 1
    );
    summary(&text, replications)
        .variants
        .swap_remove(0)
        .too_few_events
}

#[test]
fn a_quiet_run_says_which_figures_rest_on_too_few_events() {
    // Two replications of a day with one contact an hour.
    let few = few(1, 2);
    for figure in [
        "queues.q.offered",
        "queues.q.service_level",
        "queues.q.service_levels.answered",
        "queues.q.abandonment",
        "queues.q.wait_s.mean",
        "queues.q.wait_s.p50",
        "queues.q.handle_time_s.p99",
        "demand.served_share",
    ] {
        assert!(few.iter().any(|path| path == figure), "{figure}: {few:?}");
    }
}

#[test]
fn a_busy_run_rests_on_enough_events() {
    let few = few(400, 200);
    assert!(
        few.iter()
            .all(|path| path.contains("_max") || path.ends_with("abandoned")),
        "{few:?}"
    );
}
