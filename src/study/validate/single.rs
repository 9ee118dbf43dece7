//! Scenarios with one group in steady state.

use super::experiment::{Experiment, readings};
use super::figure::Figure;
use super::reference::Case;
use super::written::{
    DAY_S, Head, constant, count, exponential, group, law, numbers, per_hour, queue,
};

/// Contacts counted in a replication.
const CONTACTS: f64 = 6_000.0;
/// Relaxation times of the queue before counting starts.
const RELAXATIONS: f64 = 12.0;

/// How fast a queue comes to its steady state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    pub(super) arrivals_per_h: f64,
    pub(super) mean_s: f64,
    pub(super) servers: f64,
    /// Mean patience; nothing where nobody leaves.
    pub(super) patience_s: Option<f64>,
}

/// The head of a steady-state scenario: long enough for [`CONTACTS`], after a warm-up of several relaxation times: of M/M/s,
/// 1 / (s·μ·(1 − √ρ)²); where customers leave, no more than their patience and a handle time.
///
/// # Source
/// Newell, "Applications of Queueing Theory", 2nd ed. 1982, on the time to reach steady state.
pub(super) fn steady_head(pace: Pace) -> Head {
    let Pace {
        arrivals_per_h,
        mean_s,
        servers,
        patience_s,
    } = pace;
    let load = arrivals_per_h * mean_s / 3_600.0 / servers;
    let gap = 1.0 - load.min(0.999).sqrt();
    let relaxation = mean_s / servers / (gap * gap);
    let relaxation = patience_s.map_or(relaxation, |patience| relaxation.min(patience + mean_s));
    let warm_up_s = (RELAXATIONS * relaxation + 10.0 * mean_s)
        .min(60.0 * DAY_S)
        .ceil();
    let counted = (CONTACTS / arrivals_per_h * 3_600.0).max(20.0 * relaxation);
    let days = ((warm_up_s + counted) / DAY_S).ceil().min(3_650.0);
    Head {
        days: u32::try_from(count(days)).unwrap_or(u32::MAX),
        interval_s: 3_600.0,
        warm_up_s,
    }
}

/// A group over the horizon, or else its queue.
pub(super) fn group_or_queue(metric: &str) -> Option<Figure> {
    Figure::of_group("g", metric).or_else(|| Figure::of_queue("q", metric))
}

/// One queue with any handle time and patience.
pub(super) fn steady(case: &Case) -> Option<Experiment> {
    let servers = case.number("s").unwrap_or(1.0);
    let service = &case.params["service"];
    let mean_s = case
        .number("aht_s")
        .or_else(|| case.number("service_s"))
        .or_else(|| mean_of(service))?;
    let service = match service {
        serde_json::Value::Null => case
            .number("service_s")
            .map_or_else(|| exponential(mean_s), constant),
        given => law(given)?,
    };
    let patience = match (&case.params["patience"], case.number("mean_patience_s")) {
        (_, Some(mean)) => Some(exponential(mean)),
        (serde_json::Value::Null, None) => None,
        (given, None) => Some(law(given)?),
    };
    let rate = case
        .number("lambda_per_h")
        .or_else(|| case.number("lambda_per_h_total"))?;
    let mut queue = queue("q", per_hour(rate), service, case.threshold());
    queue.patience = patience;
    let lines = case
        .number("K_total")
        .or_else(|| case.number("lines_total"));
    queue
        .more
        .extend(lines.map(|lines| format!("lines = {lines}")));
    let head = steady_head(Pace {
        arrivals_per_h: rate,
        mean_s,
        servers,
        // With a last place, nobody waits longer than those before take.
        patience_s: case
            .number("mean_patience_s")
            .or_else(|| mean_of(&case.params["patience"]))
            .or(lines.map(|lines| lines * mean_s / servers)),
    });
    let group = group("g", &["q".to_owned()], servers.to_string());
    Some(Experiment {
        readings: readings(case, |metric| match lines {
            Some(_) => Figure::of_all("q", metric).or_else(|| group_or_queue(metric)),
            None => group_or_queue(metric),
        }),
        ..Experiment::of(&head, &[queue], &[group])
    })
}

/// Customers who leave at once where nobody is idle: first at one group, then, where there is one, at a second.
pub(super) fn loss(case: &Case) -> Option<Experiment> {
    const MEAN_S: f64 = 180.0;
    let rate = case.number("offered_load_erl")? * 3_600.0 / MEAN_S;
    let first = case
        .number("s")
        .or_else(|| case.number("primary_servers"))?;
    let second = case.number("secondary_servers");
    let servers = first + second.unwrap_or(0.0);
    let mut queue = queue("q", per_hour(rate), exponential(MEAN_S), case.threshold());
    queue.patience = Some(constant(0.0));
    let queues = ["q".to_owned()];
    let mut groups = vec![group("g", &queues, first.to_string())];
    groups.extend(second.map(|second| group("h", &queues, second.to_string())));
    let figure = |metric: &str| match metric {
        "total_loss_exact" => Figure::of_queue("q", "p_block"),
        _ => group_or_queue(metric).filter(|_| second.is_none()),
    };
    let head = steady_head(Pace {
        arrivals_per_h: rate,
        mean_s: MEAN_S,
        servers,
        patience_s: Some(0.0),
    });
    Some(Experiment {
        readings: readings(case, figure),
        ..Experiment::of(&head, &[queue], &groups)
    })
}

/// The mean of a distribution of the reference set.
fn mean_of(given: &serde_json::Value) -> Option<f64> {
    let number = |name: &str| given[name].as_f64();
    let middle = || Some(f64::midpoint(number("lo_s")?, number("hi_s")?));
    let mixed = || {
        let parts = numbers(&given["means_s"])?;
        let shares = numbers(&given["probs"])?;
        let products = parts.iter().zip(shares).map(|(mean, share)| mean * share);
        Some(products.sum())
    };
    number("mean_s")
        .or_else(|| number("value_s"))
        .or_else(middle)
        .or_else(mixed)
}

/// Classes served in order of priority, not pre-emptive.
pub(super) fn priority(case: &Case) -> Option<Experiment> {
    let rates = case.numbers("lambda_per_h")?;
    let mean_s = case.number("aht_s")?;
    let servers = case.number("s")?;
    let mut queues = Vec::new();
    for (rate, class) in rates.iter().zip(1..) {
        let mut queue = queue(
            &format!("q{class}"),
            per_hour(*rate),
            exponential(mean_s),
            case.threshold(),
        );
        queue.more.push(format!("priority = {class}"));
        queues.push(queue);
    }
    let names: Vec<_> = queues.iter().map(|queue| queue.name.clone()).collect();
    let head = steady_head(Pace {
        arrivals_per_h: rates.iter().sum(),
        mean_s,
        servers,
        patience_s: None,
    });
    let group = group("g", &names, servers.to_string());
    let figure = |metric: &str| match metric {
        // Everybody waits as often: while all are busy.
        "p_wait" => Figure::of_queue("q1", metric),
        _ => by_class(metric, "_class"),
    };
    Some(Experiment {
        readings: readings(case, figure),
        ..Experiment::of(&head, &queues, &[group])
    })
}

/// The figure of a metric that names its class or type, as in `asa_class1_s` or `p_wait_type2`.
pub(super) fn by_class(metric: &str, word: &str) -> Option<Figure> {
    let (measure, rest) = metric.split_once(word)?;
    let (number, unit) = rest.split_at_checked(1)?;
    Figure::of_queue(&format!("q{number}"), &format!("{measure}{unit}"))
}
