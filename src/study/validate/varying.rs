//! Scenarios whose rates and staff change over a day, or that start empty.

use std::f64::consts::TAU;

use crate::stats::estimate::Estimate;
use crate::stats::summary::{GroupInterval, QueueInterval};

use super::experiment::{Experiment, readings};
use super::figure::Figure;
use super::reference::Case;
use super::written::{
    DAY_S, Head, QueueText, START, VOLUMES, count, exponential, group, law, list, per_interval,
    queue, with_balking,
};

/// A sinusoid runs in steps of a minute.
const STEP_S: f64 = 60.0;

/// The definitions of the service level by interval: each interval keeps that of the target alone, so each has a variant.
const DEFINITIONS: [(&str, &str); 3] = [
    ("sl_answered_offered", "offered"),
    ("sl_excl_short_ab", "late_abandons"),
    ("sl_incl_short_ab", "early_abandons_ok"),
];

/// One day from an empty start.
fn one_day(interval_s: f64) -> Head {
    Head {
        days: 1,
        interval_s,
        warm_up_s: 0.0,
    }
}

/// Values of the first intervals of a day; the last goes on where `lasting`, else nothing follows.
fn over_day(values: &[f64], interval_s: f64, lasting: bool) -> impl Iterator<Item = f64> {
    let rest = if lasting {
        values.last().copied()
    } else {
        None
    };
    let slots = count(DAY_S / interval_s);
    (0..slots).map(move |slot| values.get(slot).copied().or(rest).unwrap_or(0.0))
}

/// Rates and staff by interval, from an empty start.
pub(super) fn day(case: &Case) -> Option<Experiment> {
    let interval_s = case.number("interval_s")?;
    let intervals = count(case.number("intervals").unwrap_or(0.0));
    let staff = case
        .numbers("staff")
        .or_else(|| Some(vec![case.number("s")?; intervals]))?;
    let service = match &case.params["service"] {
        serde_json::Value::Null => exponential(case.number("aht_s")?),
        given => law(given)?,
    };
    let volumes = case.params["lambda_per_s_of_t"].is_string().then(sinusoid);
    let arrivals = if volumes.is_some() {
        format!("{{ file = \"{VOLUMES}\", column = \"offered\" }}")
    } else {
        let counts = case.numbers("calls_per_interval").or_else(|| {
            let hourly = case.number("lambda_per_h")?;
            Some(vec![hourly * interval_s / 3_600.0; intervals])
        })?;
        per_interval(over_day(&counts, interval_s, false))
    };
    let queue = QueueText {
        patience: Some(patience(case)?),
        ..queue("q", arrivals, service, case.threshold())
    };
    let staff = list(over_day(&staff, interval_s, true));
    let group = group("g", &["q".to_owned()], staff);
    let mut experiment = Experiment {
        volumes,
        ..Experiment::of(&one_day(interval_s), &[queue], &[group])
    };
    for (_, definition) in DEFINITIONS {
        experiment.text.push_str(&variant(definition));
    }
    experiment.readings = readings(case, |metric| {
        of_interval(metric).or_else(|| of_day(metric))
    });
    Some(experiment)
}

fn variant(definition: &str) -> String {
    format!(
        "[[variants]]\nname = \"{definition}\"\nset = {{ \"queues.q.target.definition\" = \"{definition}\" }}\n"
    )
}

/// How long customers wait: for ever where the case says nothing.
fn patience(case: &Case) -> Option<String> {
    let mean = case.number("mean_patience_s");
    let balking = case.number("prob_leave_if_not_served_at_once");
    match (&case.params["patience"], mean, balking) {
        (serde_json::Value::Null, None, _) => Some("\"never\"".to_owned()),
        (serde_json::Value::Null, Some(mean), Some(chance)) => Some(with_balking(chance, mean)),
        (serde_json::Value::Null, Some(mean), None) => Some(exponential(mean)),
        (given, _, _) => law(given),
    }
}

/// A volume file of the sinusoidal case: calls in each minute, by the rate at its middle.
fn sinusoid() -> String {
    let mut file = "start,offered\n".to_owned();
    for minute in 0..count(DAY_S / STEP_S) {
        let phase = (minute as f64 + 0.5) * STEP_S / DAY_S;
        let rate = 0.05 * (1.0 + 0.5 * (TAU * (phase - 0.25)).sin());
        let (hour, minute) = (minute / 60, minute % 60);
        let row = format!("{START} {hour:02}:{minute:02},{}\n", rate * STEP_S);
        file.push_str(&row);
    }
    file
}

fn of_interval(metric: &str) -> Option<Figure> {
    let (measure, slot) = metric.split_once('#')?;
    let slot = slot.parse().ok()?;
    let level = DEFINITIONS.iter().find(|(name, _)| *name == measure);
    if let Some((_, variant)) = level {
        let figure = Figure::queue_interval("q", slot, |interval| interval.service_level);
        return Some(figure.in_variant(variant));
    }
    let of_queue: Option<fn(&QueueInterval) -> Estimate> = match measure {
        "p_delay" => Some(|interval| interval.delayed),
        "abandon_fraction_by_arrival_interval" => Some(|interval| interval.abandonment),
        "asa_s" | "asa_served_s" => Some(|interval| interval.asa_s),
        "mean_queue" => Some(|interval| interval.queue_length),
        "expected_arrivals" => Some(|interval| interval.offered),
        _ => None,
    };
    let of_group: Option<fn(&GroupInterval) -> Estimate> = match measure {
        "mean_busy" => Some(|interval| interval.busy),
        "mean_excess_agents" => Some(|interval| interval.overtime),
        "occupancy" => Some(|interval| interval.occupancy),
        _ => None,
    };
    of_queue
        .map(|figure| Figure::queue_interval("q", slot, figure))
        .or_else(|| of_group.map(|figure| Figure::group_interval("g", slot, figure)))
}

fn of_day(metric: &str) -> Option<Figure> {
    match metric.strip_suffix("#day")? {
        "p_delay" => Figure::of_queue("q", "p_wait"),
        "abandon_fraction" | "abandon_fraction_by_arrival_interval" => {
            Figure::of_queue("q", "p_ab")
        }
        measure @ ("expected_arrivals"
        | "sl_answered_offered"
        | "sl_excl_short_ab"
        | "sl_incl_short_ab"
        | "asa_served_s") => Figure::of_queue("q", measure),
        _ => None,
    }
}

/// The published eight hours from an empty start, as printed and as computed anew (`*_ours`).
pub(super) fn published(case: &Case) -> Option<Experiment> {
    let rate = case.number("lambda_per_min")?;
    let hours = count(case.number("horizon_min")? / 60.0);
    let handle_time = exponential(60.0 / case.number("mu_per_min")?);
    let patience_rate = case.number("patience_rate_per_min");
    let arrivals = per_interval(over_day(&vec![rate * 60.0; hours], 3_600.0, false));
    let mut queue = QueueText {
        patience: patience_rate.map(|rate| exponential(60.0 / rate)),
        ..queue("q", arrivals, handle_time, 20.0)
    };
    let servers = case.number("s")?;
    let places = case.number("waiting_places");
    let lines = places.map(|places| format!("lines = {}", servers + places));
    queue.more.extend(lines);
    let group = group("g", &["q".to_owned()], servers.to_string());
    let figure = |metric: &str| match metric.trim_end_matches("_ours") {
        "asa_served_min" => Some(Figure::asa_min("q")),
        "occupancy" => None,
        "blocked" | "sl_answered_offered" if places.is_some() => {
            Figure::of_all("q", metric.trim_end_matches("_ours"))
        }
        measure => Figure::of_queue("q", measure),
    };
    Some(Experiment {
        readings: readings(case, figure),
        ..Experiment::of(&one_day(3_600.0), &[queue], &[group])
    })
}

/// A day whose level is random; sums are divided by the expected number of calls.
pub(super) fn busyness(case: &Case) -> Option<Experiment> {
    let rates = case.numbers("lambda_per_h")?;
    let day_cv = 1.0 / case.number("gamma_shape")?.sqrt();
    let patience = &case.params["patience"];
    let patience = patience["p_zero"]
        .as_f64()
        .zip(patience["mean_s"].as_f64())?;
    let counts = list(over_day(&rates, 3_600.0, false));
    let arrivals = format!("{{ per_interval = {counts}, day_cv = {day_cv} }}");
    let queue = QueueText {
        patience: Some(with_balking(patience.0, patience.1)),
        ..queue("q", arrivals, exponential(case.number("aht_s")?), 20.0)
    };
    let staff = list(over_day(&case.numbers("staff")?, 3_600.0, true));
    let group = group("g", &["q".to_owned()], staff);
    let expected = rates.iter().sum();
    let figure = |metric: &str| {
        let measure = metric.trim_end_matches("_ours");
        Figure::per_expected("q", measure, expected).or_else(|| Figure::of_queue("q", measure))
    };
    Some(Experiment {
        readings: readings(case, figure),
        ..Experiment::of(&one_day(3_600.0), &[queue], &[group])
    })
}
