//! Scenarios whose rates and staff change over a day, or that start empty.

use std::f64::consts::PI;

use crate::stats::estimate::Estimate;
use crate::stats::summary::{GroupInterval, QueueInterval};

use super::experiment::{
    Experiment, Figure, NotSimulated, exponential, head, law, queue_figure, readings, with_balking,
};
use super::reference::Case;

const DAY_S: f64 = 86_400.0;

/// Rates and staff by interval, from an empty start.
pub(super) fn day(case: &Case) -> Result<Experiment, NotSimulated> {
    by_interval(case).ok_or(NotSimulated::Formula)
}

fn by_interval(case: &Case) -> Option<Experiment> {
    let interval_s = case.number("interval_s")?;
    let intervals = case.number("intervals");
    let repeat = |value: f64| {
        std::iter::repeat_n(value, count(intervals.unwrap_or(0.0))).collect::<Vec<f64>>()
    };
    let staff = case
        .numbers("staff")
        .or_else(|| Some(repeat(case.number("s")?)))?;
    let sinusoid = case.params["lambda_per_s_of_t"].is_string();
    let (step_s, rates) = if sinusoid {
        (60.0, sinusoid_by_minute())
    } else {
        let counts = case.numbers("calls_per_interval");
        (
            interval_s,
            counts.or_else(|| Some(repeat(case.number("lambda_per_h")? * interval_s / 3_600.0)))?,
        )
    };
    let service = match &case.params["service"] {
        serde_json::Value::Null => exponential(case.number("aht_s")?),
        given => law(given)?,
    };
    let patience = match (&case.params["patience"], case.number("mean_patience_s")) {
        (serde_json::Value::Null, None) => String::new(),
        (serde_json::Value::Null, Some(mean)) => {
            match case.number("prob_leave_if_not_served_at_once") {
                Some(chance) => format!("patience = {}\n", with_balking(chance, mean)),
                None => format!("patience = {}\n", exponential(mean)),
            }
        }
        (given, _) => format!("patience = {}\n", law(given)?),
    };
    // The interval of figures is the case's; rates in finer steps would need a file, so a sinusoid is told by the minute.
    let interval = if sinusoid { step_s } else { interval_s };
    let per_day = count(DAY_S / interval);
    let staff_step = count(interval_s / interval);
    let last = *staff.last()?;
    let staff = (0..per_day).map(|slot| staff.get(slot / staff_step).copied().unwrap_or(last));
    let rates = (0..per_day).map(|slot| rates.get(slot).copied().unwrap_or(0.0));
    let text = format!(
        "{}[queues.q]\nchannel = \"phone\"\narrivals = {{ per_interval = [{}] }}\nhandle_time = {service}\n{patience}\
         target = {{ share = 0.8, within = \"{}s\", definition = \"offered\" }}\n[groups.g]\nskills = [\"q\"]\nstaff = [{}]\nwage = 1\n",
        head(1, interval, 0.0),
        list(rates),
        case.number("T_s")?,
        list(staff),
    );
    let readings = readings(case, |metric| {
        if sinusoid {
            of_day(metric)
        } else {
            of_interval(metric).or_else(|| of_day(metric))
        }
    });
    Some(Experiment { text, readings })
}

/// The rate of the sinusoidal case, in calls a minute at each minute's middle.
fn sinusoid_by_minute() -> Vec<f64> {
    let rate = |minute: u32| {
        let t = (f64::from(minute) + 0.5) * 60.0;
        60.0 * 0.05 * (1.0 + 0.5 * (2.0 * PI * t / DAY_S - PI / 2.0).sin())
    };
    (0..1_440).map(rate).collect()
}

fn of_interval(metric: &str) -> Option<Figure> {
    let (measure, slot) = metric.split_once('#')?;
    let slot = slot.parse().ok()?;
    let of_queue: Option<fn(&QueueInterval) -> Estimate> = match measure {
        "sl_answered_offered" => Some(|interval| interval.service_level),
        "abandon_fraction_by_arrival_interval" => Some(|interval| interval.abandonment),
        "asa_served_s" => Some(|interval| interval.asa_s),
        "mean_queue" => Some(|interval| interval.queue_length),
        _ => None,
    };
    let of_group: Option<fn(&GroupInterval) -> Estimate> = match measure {
        "mean_busy" => Some(|interval| interval.busy),
        "mean_excess_agents" => Some(|interval| interval.overtime),
        _ => None,
    };
    match (of_queue, of_group) {
        (Some(figure), _) => Some(Figure::QueueInterval("q".to_owned(), slot, figure)),
        (None, Some(figure)) => Some(Figure::GroupInterval("g".to_owned(), slot, figure)),
        (None, None) => None,
    }
}

fn of_day(metric: &str) -> Option<Figure> {
    match metric.strip_suffix("#day")? {
        "p_delay" => queue_figure("q", "p_wait"),
        "abandon_fraction" | "abandon_fraction_by_arrival_interval" => queue_figure("q", "p_ab"),
        measure @ ("sl_answered_offered"
        | "sl_excl_short_ab"
        | "sl_incl_short_ab"
        | "asa_served_s") => queue_figure("q", measure),
        _ => None,
    }
}

/// The published eight hours from an empty start; `*_ours` are the tighter values.
pub(super) fn published(case: &Case) -> Result<Experiment, NotSimulated> {
    let parts = (
        case.number("lambda_per_min"),
        case.number("mu_per_min"),
        case.number("s"),
        case.number("horizon_min"),
    );
    let (Some(rate), Some(service_rate), Some(servers), Some(horizon)) = parts else {
        return Err(NotSimulated::Formula);
    };
    let patience = case
        .number("patience_rate_per_min")
        .map(|rate| format!("patience = {}\n", exponential(60.0 / rate)));
    let hours = count(horizon / 60.0);
    let rates = (0..24).map(|hour| if hour < hours { rate * 60.0 } else { 0.0 });
    let text = format!(
        "{}[queues.q]\nchannel = \"phone\"\narrivals = {{ per_interval = [{}] }}\nhandle_time = {}\n{}\
         target = {{ share = 0.8, within = \"20s\" }}\n[groups.g]\nskills = [\"q\"]\nstaff = {servers}\nwage = 1\n",
        head(1, 3_600.0, 0.0),
        list(rates),
        exponential(60.0 / service_rate),
        patience.unwrap_or_default(),
    );
    let readings = readings(case, |metric| match metric.strip_suffix("_ours")? {
        "abandoned" => Some(Figure::Queue("q".to_owned(), |queue| queue.abandoned)),
        measure => queue_figure("q", measure),
    });
    Ok(Experiment { text, readings })
}

/// A day whose level is random.
pub(super) fn busyness(case: &Case) -> Result<Experiment, NotSimulated> {
    let parts = (
        case.numbers("lambda_per_h"),
        case.numbers("staff"),
        case.number("aht_s"),
        case.number("gamma_shape"),
    );
    let (Some(rates), Some(staff), Some(mean_s), Some(shape)) = parts else {
        return Err(NotSimulated::Formula);
    };
    let Some(patience) = case.params["patience"]["p_zero"]
        .as_f64()
        .zip(case.params["patience"]["mean_s"].as_f64())
    else {
        return Err(NotSimulated::Formula);
    };
    let last = staff.last().copied().unwrap_or(0.0);
    let text = format!(
        "{}[queues.q]\nchannel = \"phone\"\narrivals = {{ per_interval = [{}], day_cv = {} }}\nhandle_time = {}\npatience = {}\n\
         target = {{ share = 0.8, within = \"20s\" }}\n[groups.g]\nskills = [\"q\"]\nstaff = [{}]\nwage = 1\n",
        head(1, 3_600.0, 0.0),
        list((0..24).map(|hour| rates.get(hour).copied().unwrap_or(0.0))),
        1.0 / shape.sqrt(),
        exponential(mean_s),
        with_balking(patience.0, patience.1),
        list((0..24).map(|hour| staff.get(hour).copied().unwrap_or(last))),
    );
    let readings = readings(case, |metric| match metric.strip_suffix("_ours")? {
        "arrivals_per_day" => Some(Figure::Queue("q".to_owned(), |queue| queue.offered)),
        measure => queue_figure("q", measure),
    });
    Ok(Experiment { text, readings })
}

fn list(values: impl Iterator<Item = f64>) -> String {
    values
        .map(|value| value.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small whole number"
)]
fn count(value: f64) -> usize {
    value.round() as usize
}
