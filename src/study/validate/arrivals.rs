//! Scenarios about the arrivals alone: nobody ever waits, or nobody is ever answered.

use std::f64::consts::TAU;

use super::experiment::{Experiment, readings};
use super::figure::Figure;
use super::reference::Case;
use super::written::{DAY_S, Head, count, exponential, group, per_interval, queue};

/// Steps of a sinusoid: a divisor of an eighth of every period.
const STEP_S: f64 = 30.0;

/// Agents enough for everybody, busy as the rate goes up and down (`M_t/M/∞`). Each step is centred on its instant, so the mean
/// over a step is the value at the instant but for terms of the second order.
pub(super) fn sinusoid(case: &Case) -> Option<Experiment> {
    let (mean_rate, swing) = (case.number("lbar_per_s")?, case.number("beta")?);
    let period_s = case.number("period_s")?;
    let mean_s = case.number("aht_s")?;
    // The last whole period of the horizon is read; by then the empty start is forgotten.
    let days: u32 = if period_s * 4.0 > DAY_S { 2 } else { 1 };
    let last_period = count((f64::from(days) * DAY_S - period_s) / STEP_S);
    let rate = |step: usize| {
        let phase = step as f64 * STEP_S / period_s;
        STEP_S * mean_rate * (1.0 + swing * (TAU * phase).sin())
    };
    let arrivals = per_interval((0..count(DAY_S / STEP_S)).map(rate));
    let load = mean_rate * (1.0 + swing) * mean_s;
    let agents = (load + 10.0 * load.sqrt()).ceil();
    let head = Head {
        days,
        interval_s: STEP_S,
        warm_up_s: 0.0,
    };
    let queue = queue("q", arrivals, exponential(mean_s), 20.0);
    let group = group("g", &["q".to_owned()], agents.to_string());
    let figure = |metric: &str| {
        let eighth = metric.strip_prefix("mean_busy_at_t_over_period_")?;
        let eighth: f64 = eighth.strip_suffix("/8")?.parse().ok()?;
        let slot = last_period + count(eighth / 8.0 * period_s / STEP_S);
        Some(Figure::group_interval("g", slot, |interval| interval.busy))
    };
    Some(Experiment {
        readings: readings(case, figure),
        ..Experiment::of(&head, &[queue], &[group])
    })
}

/// Posts that breed while nobody answers, from an empty start.
pub(super) fn posts(case: &Case) -> Option<Experiment> {
    let window_s = case.number("window_s")?;
    let window_count = case.number("baseline_per_s")? * window_s;
    let first = |slot: usize| if slot == 0 { window_count } else { 0.0 };
    let arrivals = per_interval((0..count(DAY_S / window_s)).map(first));
    let posts_per_hour = case.number("alpha_per_s")? * 3_600.0;
    let fades_s = 1.0 / case.number("beta_per_s")?;
    let mut queue = queue("q", arrivals, exponential(60.0), 20.0);
    queue.more = vec![
        "deferred = true".to_owned(),
        format!("spread = {{ posts_per_hour = {posts_per_hour}, fades = \"{fades_s}s\" }}"),
    ];
    let head = Head {
        days: 1,
        interval_s: window_s,
        warm_up_s: 0.0,
    };
    let group = group("g", &["q".to_owned()], "0".to_owned());
    let figure = |metric: &str| match metric {
        "empty_start_mean_count" => Some(Figure::queue_interval("q", 0, |first| first.offered)),
        _ => None,
    };
    Some(Experiment {
        readings: readings(case, figure),
        ..Experiment::of(&head, &[queue], &[group])
    })
}
