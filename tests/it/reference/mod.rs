//! The engine, run as a scenario, against exact values of queue models (tests/reference): within 3.3 standard errors, and
//! with standard errors small enough to prove something.

mod day;
mod posts;
mod routing;
mod single;

use std::collections::BTreeMap;

use channelmix::stats::estimate::Estimate;
use channelmix::stats::summary::{GroupSummary, QueueSummary, VariantSummary};

use crate::support::t_of;

/// The exact values of one case of a reference file, by metric.
struct Case {
    name: String,
    params: serde_json::Value,
    values: BTreeMap<String, f64>,
}

fn case(file: &str, name: &str) -> Case {
    let path = format!("{}/tests/reference/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the reference files are in the repository");
    let file: serde_json::Value = serde_json::from_str(&text).expect("they are JSON");
    let cases = file["cases"].as_array().expect("a file has cases");
    let found = cases
        .iter()
        .find(|case| case["case"] == name)
        .expect("the case is in the file");
    let values = found["values"]
        .as_array()
        .expect("a case has values")
        .iter()
        .map(|value| {
            (
                value["metric"].as_str().expect("a metric").to_owned(),
                value["value"].as_f64().expect("a value"),
            )
        });
    Case {
        name: name.to_owned(),
        params: found["params"].clone(),
        values: values.collect(),
    }
}

impl Case {
    fn number(&self, param: &str) -> f64 {
        self.params[param].as_f64().expect("a number")
    }

    fn list(&self, param: &str) -> &[serde_json::Value] {
        self.params[param].as_array().expect("a list")
    }

    fn numbers(&self, param: &str) -> Vec<f64> {
        self.params[param]
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| item.as_f64().expect("a number"))
            .collect()
    }

    /// Holds an estimate against the exact value of a metric: a share to a standard error of 0.002, anything else to one
    /// of 1 % of the value or, where it is tiny, of `floor`.
    fn proves(&self, metric: &str, estimate: Estimate, replications: u64, floor: f64) {
        let exact = self.values[metric];
        let mean = estimate.mean.expect("something was counted");
        let error = estimate.half_width().expect("there are replications") / t_of(replications);
        let z = (mean - exact) / error;
        let is_share =
            (0.0..=1.0).contains(&exact) && !metric.ends_with("_s") && !metric.starts_with("mean");
        let enough = if is_share {
            0.002_f64.max(floor)
        } else {
            (0.01 * exact).max(floor)
        };
        assert!(
            error <= enough,
            "{} {metric}: standard error {error} proves nothing of {exact}",
            self.name
        );
        assert!(
            z.abs() <= 3.3,
            "{} {metric}: exact {exact}, simulated {mean}, z {z:.2}",
            self.name
        );
    }
}

const REPLICATIONS: u64 = 60;

fn horizon(days: u32) -> String {
    format!(
        "name = \"reference\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = {days}\ninterval = \"1h\"\nwarm_up = \"6h\"\n"
    )
}

fn queue<'a>(variant: &'a VariantSummary, name: &str) -> &'a QueueSummary {
    variant
        .queues
        .find(name)
        .expect("the scenario has the queue")
}

fn group<'a>(variant: &'a VariantSummary, name: &str) -> &'a GroupSummary {
    variant
        .groups
        .find(name)
        .expect("the scenario has the group")
}

/// The measures that all models with one queue share, as far as the case gives them.
fn prove_queue(case: &Case, variant: &VariantSummary, name: &str, suffix: &str) {
    let m = &queue(variant, name).measures;
    let of_type = |metric: &str| match metric.strip_suffix("_s") {
        Some(stem) if !suffix.is_empty() => format!("{stem}{suffix}_s"),
        _ => format!("{metric}{suffix}"),
    };
    let measures = [
        ("p_wait", m.delayed),
        ("p_ab", m.abandonment),
        ("asa_s", m.asa_s),
        ("asa_served_s", m.asa_s),
        ("mean_wait_all_s", m.wait_s.mean),
        ("mean_wait_served_s", m.asa_s),
        ("mean_queue", m.queue_length),
        ("mean_handle_time_s", m.handle_time_s.mean),
        ("mean_sojourn_served_s", m.sojourn_s.mean),
        ("mean_sojourn_s", m.sojourn_s.mean),
        ("sl_T", m.service_levels.answered),
        ("sl_answered_offered", m.service_levels.offered),
        ("sl_excl_short_ab", m.service_levels.late_abandons),
        ("sl_incl_short_ab", m.service_levels.early_abandons_ok),
    ];
    let mut proven = 0;
    for (metric, estimate) in measures {
        let metric = of_type(metric);
        if case.values.contains_key(&metric) {
            case.proves(&metric, estimate, REPLICATIONS, 0.0);
            proven += 1;
        }
    }
    assert!(
        proven >= 3,
        "{}: only {proven} measures compared",
        case.name
    );
}

fn exponential(seconds: f64) -> String {
    format!("{{ dist = \"exponential\", mean = \"{seconds}s\" }}")
}
