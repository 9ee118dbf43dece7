//! Warnings of a warm-up that is too short and of queues without a steady state.

use crate::support::summary;

/// Eight agents for 48 erlangs of ten an hour each: `per_hour` of 48 is a load of 100 %.
fn scenario(per_hour: f64, days: u32, warm_up: &str, seed: u64) -> String {
    format!(
        "name = \"steady\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = {days}\ninterval = \"1h\"\n\
         warm_up = \"{warm_up}\"\n[run]\nseed = {seed}\n[queues.q]\nchannel = \"phone\"\narrivals = {{ per_hour = {per_hour} }}\n\
         handle_time = {{ dist = \"exponential\", mean = \"10m\" }}\n[groups.g]\nskills = [\"q\"]\nstaff = 8\n"
    )
}

/// What the base is warned of by the run itself.
fn warnings(text: &str, replications: u64) -> Vec<String> {
    let mut warnings = summary(text, replications).variants.swap_remove(0).warnings;
    warnings.retain(|warning| warning.contains("warm-up") || warning.contains("not stable"));
    warnings
}

#[test]
fn a_queue_at_rest_is_not_warned_of() {
    let warned = (0..100)
        .filter(|&seed| !warnings(&scenario(38.4, 3, "24h", seed), 20).is_empty())
        .count();
    assert!(warned <= 1, "{warned} of 100 seeds");
}

#[test]
fn an_empty_start_without_warm_up_is() {
    for seed in 0..3 {
        let warned = warnings(&scenario(43.2, 3, "0s", seed), 400);
        assert!(
            matches!(&warned[..], [one] if one.contains("warm-up")),
            "{warned:?}"
        );
        // At 95 % three days are too few to come to rest at all.
        let warned = warnings(&scenario(45.6, 3, "0s", seed), 100);
        assert_eq!(warned.len(), 1, "{warned:?}");
    }
}

#[test]
fn a_full_start_without_warm_up_is() {
    let text = scenario(38.4, 3, "0s", 1).replace("[groups.g]", "backlog = 200\n[groups.g]");
    let warned = warnings(&text, 20);
    assert!(
        matches!(&warned[..], [one] if one.contains("warm-up")),
        "{warned:?}"
    );
}

#[test]
fn more_work_than_agents_can_do_is_not_stable() {
    for seed in 0..5 {
        let warned = warnings(&scenario(50.4, 3, "24h", seed), 40);
        assert!(
            matches!(&warned[..], [one] if one.contains("not stable")),
            "{warned:?}"
        );
    }
}

#[test]
fn a_day_of_changing_rates_is_not_judged() {
    let text = scenario(0.0, 1, "0s", 1).replace(
        "{ per_hour = 0 }",
        &format!("{{ per_interval = [{}, 60] }}", ["20"; 23].join(", ")),
    );
    assert_eq!(warnings(&text, 20), Vec::<String>::new());
}
