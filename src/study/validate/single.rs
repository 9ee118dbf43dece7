//! Scenarios with one group in steady state.

use super::experiment::{
    Experiment, Figure, NotSimulated, exponential, head, law, queue_figure, readings,
};
use super::reference::Case;

/// Contacts counted in a replication.
const CONTACTS: f64 = 20_000.0;
/// Relaxation times of the queue before counting starts.
const RELAXATIONS: f64 = 12.0;
const DAY_S: f64 = 86_400.0;

/// The head of a steady-state scenario: long enough for [`CONTACTS`], after a warm-up of several relaxation times of
/// M/M/s, 1 / (s·μ·(1 − √ρ)²).
///
/// # Source
/// Newell, "Applications of Queueing Theory", 2nd ed. 1982, on the time to reach steady state.
pub(super) fn steady_head(arrivals_per_h: f64, mean_s: f64, servers: f64) -> String {
    let load = arrivals_per_h * mean_s / 3_600.0 / servers;
    let gap = 1.0 - load.min(0.999).sqrt();
    let relaxation = mean_s / servers / (gap * gap);
    let warm_up = (RELAXATIONS * relaxation + 10.0 * mean_s)
        .min(60.0 * DAY_S)
        .ceil();
    let counted = (CONTACTS / arrivals_per_h * 3_600.0).max(20.0 * relaxation);
    let days = ((warm_up + counted) / DAY_S).ceil().min(3_650.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and 3,650"
    )]
    head(days as u32, 3_600.0, warm_up)
}

/// One queue with any handle time and patience.
pub(super) fn steady(case: &Case) -> Result<Experiment, NotSimulated> {
    one_queue(case).ok_or(NotSimulated::Formula)
}

fn one_queue(case: &Case) -> Option<Experiment> {
    let servers = case.number("s").unwrap_or(1.0);
    let loss = case.number("offered_load_erl");
    let (rate, mean_s) = match loss {
        Some(load) => (load * 3_600.0 / 180.0, 180.0),
        None => (case.number("lambda_per_h")?, mean_of(case)?),
    };
    let service = match &case.params["service"] {
        serde_json::Value::Null => case
            .number("service_s")
            .map_or_else(|| exponential(mean_s), |fixed| format!("\"{fixed}s\"")),
        given => law(given)?,
    };
    let patience = match (
        &case.params["patience"],
        case.number("mean_patience_s"),
        loss,
    ) {
        (_, _, Some(_)) => Some("\"0s\"".to_owned()),
        (_, Some(mean), _) => Some(exponential(mean)),
        (serde_json::Value::Null, None, _) => None,
        (given, None, _) => Some(law(given)?),
    };
    let patience = patience.map_or(String::new(), |patience| format!("patience = {patience}\n"));
    let within = case.number("T_s").unwrap_or(20.0);
    let text = format!(
        "{}[queues.q]\nchannel = \"phone\"\narrivals = {{ per_hour = {rate} }}\nhandle_time = {service}\n{patience}\
         target = {{ share = 0.8, within = \"{within}s\" }}\n[groups.g]\nskills = [\"q\"]\nstaff = {servers}\nwage = 1\n",
        steady_head(rate, mean_s, servers)
    );
    let readings = readings(case, |metric| match metric {
        "occupancy" => Some(Figure::Group("g".to_owned(), |group| group.occupancy)),
        _ => queue_figure("q", metric),
    });
    Some(Experiment { text, readings })
}

fn mean_of(case: &Case) -> Option<f64> {
    let service = &case.params["service"];
    let list = |name: &str| -> Option<Vec<f64>> {
        service[name]
            .as_array()?
            .iter()
            .map(serde_json::Value::as_f64)
            .collect()
    };
    case.number("aht_s")
        .or_else(|| case.number("service_s"))
        .or_else(|| service["mean_s"].as_f64())
        .or_else(|| {
            Some(f64::midpoint(
                service["lo_s"].as_f64()?,
                service["hi_s"].as_f64()?,
            ))
        })
        .or_else(|| {
            Some(
                list("means_s")?
                    .iter()
                    .zip(list("probs")?)
                    .map(|(mean, chance)| mean * chance)
                    .sum(),
            )
        })
}

/// Classes served in order of priority, not pre-emptive.
pub(super) fn priority(case: &Case) -> Result<Experiment, NotSimulated> {
    let parts = (
        case.numbers("lambda_per_h"),
        case.number("aht_s"),
        case.number("s"),
    );
    let (Some(rates), Some(mean_s), Some(servers)) = parts else {
        return Err(NotSimulated::Formula);
    };
    let mut text = steady_head(rates.iter().sum(), mean_s, servers);
    for (rate, class) in rates.iter().zip(1..) {
        text.push_str(&format!(
            "[queues.q{class}]\nchannel = \"phone\"\narrivals = {{ per_hour = {rate} }}\nhandle_time = {}\npriority = {class}\n\
             target = {{ share = 0.8, within = \"{}s\" }}\n",
            exponential(mean_s),
            case.number("T_s").unwrap_or(20.0)
        ));
    }
    let skills: Vec<String> = (1..=rates.len())
        .map(|class| format!("\"q{class}\""))
        .collect();
    text.push_str(&format!(
        "[groups.g]\nskills = [{}]\nstaff = {servers}\nwage = 1\n",
        skills.join(", ")
    ));
    let readings = readings(case, |metric| by_class(metric, "_class"));
    Ok(Experiment { text, readings })
}

/// The figure of a metric that names its class or type, as in `asa_class1_s` or `p_wait_type2`.
pub(super) fn by_class(metric: &str, word: &str) -> Option<Figure> {
    let (measure, rest) = metric.split_once(word)?;
    let (number, unit) = rest.split_at_checked(1)?;
    queue_figure(&format!("q{number}"), &format!("{measure}{unit}"))
}
