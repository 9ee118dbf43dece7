//! Scenarios with shared skills, and chats that share an agent.

use super::experiment::{Experiment, readings};
use super::figure::Figure;
use super::reference::Case;
use super::single::{Pace, by_class, group_or_queue, steady_head};
use super::written::{
    GroupText, QueueText, constant, count, exponential, group, law, list, per_hour, queue,
};

/// Queues and groups with their times, orders and priorities.
pub(super) fn skills(case: &Case) -> Option<Experiment> {
    let rates = case.numbers("lambda_per_h")?;
    let sizes = case.numbers("group_sizes")?;
    let times = Times::of(case)?;
    let longest = times.base.iter().copied().fold(0.0, f64::max);
    let patience = case.numbers("mean_patience_s").unwrap_or_default();
    let head = steady_head(Pace {
        arrivals_per_h: rates.iter().sum(),
        mean_s: longest,
        servers: sizes.iter().sum(),
        patience_s: Some(patience.iter().copied().fold(0.0, f64::max)),
    });
    let queues = queues(case, &rates, &times)?;
    let groups = groups(case, &sizes, &times)?;
    let figure = |metric: &str| match metric.strip_prefix("occupancy_group") {
        Some(number) => Figure::of_group(&format!("g{number}"), "occupancy"),
        None if matches!(metric, "p_ab_all" | "p_block_all") => Some(Figure::lost_share()),
        None => by_class(metric, "_type"),
    };
    Some(Experiment {
        readings: readings(case, figure),
        ..Experiment::of(&head, &queues, &groups)
    })
}

/// A chain of groups that each have one or two skills, over shared lines; the figures are of all types together.
///
/// # Source
/// R. B. Wallace, W. Whitt, "A staffing algorithm for call centers with skill-based routing", *Manufacturing & Service Operations
/// Management* 7 (2005), 276-294.
pub(super) fn chain(case: &Case) -> Option<Experiment> {
    let rates = case.numbers("lambda_per_h_by_type")?;
    let sizes = case.numbers("group_sizes")?;
    let mean_s = case.number("aht_s")?;
    let lines = case.number("lines_total")?;
    let orders = case.table("arrival_group_order_by_type")?;
    let priorities = case.table("service_type_priority_by_group")?;
    let queues: Vec<QueueText> = rates
        .iter()
        .zip(&orders)
        .zip(1..)
        .map(|((rate, order), number)| QueueText {
            patience: case.number("mean_patience_s").map(exponential),
            more: vec![format!("groups = [{}]", named('g', order).join(", "))],
            ..queue(
                &format!("q{number}"),
                per_hour(*rate),
                exponential(mean_s),
                case.threshold(),
            )
        })
        .collect();
    let mut groups: Vec<GroupText> = priorities
        .iter()
        .zip(&sizes)
        .zip(1..)
        .map(|((kinds, size), number)| GroupText {
            name: format!("g{number}"),
            skills: named('q', kinds),
            staff: size.to_string(),
            more: Vec::new(),
        })
        .collect();
    let all: Vec<String> = queues
        .iter()
        .map(|queue| format!("\"{}\"", queue.name))
        .collect();
    groups.last_mut()?.more.push(format!(
        "[trunks.all]\nlines = {lines}\nqueues = [{}]",
        all.join(", ")
    ));
    let head = steady_head(Pace {
        arrivals_per_h: rates.iter().sum(),
        mean_s,
        servers: sizes.iter().sum(),
        patience_s: case.number("mean_patience_s"),
    });
    let figure = |metric: &str| match metric {
        "p_block_all" => {
            Some(Figure::lost_share()).filter(|_| case.number("mean_patience_s").is_none())
        }
        _ => None,
    };
    Some(Experiment {
        readings: readings(case, figure),
        ..Experiment::of(&head, &queues, &groups)
    })
}

/// Names such as `"q3"` of queues or groups by number.
fn named(letter: char, numbers: &[Option<f64>]) -> Vec<String> {
    let numbers = numbers.iter().flatten();
    numbers
        .map(|number| format!("\"{letter}{number}\""))
        .collect()
}

/// Mean handle times by type and group; nothing where a group lacks the skill.
struct Times {
    /// With the first group that has it.
    base: Vec<f64>,
    all: Vec<Vec<Option<f64>>>,
}

impl Times {
    fn of(case: &Case) -> Option<Self> {
        let all = case.table("aht_s_by_type_group")?;
        let first = |row: &Vec<Option<f64>>| row.iter().copied().flatten().next();
        let base: Option<Vec<f64>> = all.iter().map(first).collect();
        Some(Self { base: base?, all })
    }
}

fn queues(case: &Case, rates: &[f64], times: &Times) -> Option<Vec<QueueText>> {
    let orders = case.table("arrival_group_order_by_type")?;
    let patience = case.numbers("mean_patience_s");
    let one = |(number, rate): (usize, &f64)| {
        let groups = orders[number].iter().flatten();
        let groups: Vec<String> = groups.map(|group| format!("\"g{group}\"")).collect();
        let patience = patience.as_ref().map(|means| exponential(means[number]));
        QueueText {
            patience: Some(patience.unwrap_or_else(|| constant(0.0))),
            more: vec![format!("groups = [{}]", groups.join(", "))],
            ..queue(
                &format!("q{}", number + 1),
                per_hour(*rate),
                exponential(times.base[number]),
                case.threshold(),
            )
        }
    };
    Some(rates.iter().enumerate().map(one).collect())
}

fn groups(case: &Case, sizes: &[f64], times: &Times) -> Option<Vec<GroupText>> {
    let in_order = case.table("service_type_priority_by_group");
    // Without an order whoever has waited longest is next.
    let policy = in_order
        .is_none()
        .then(|| "policy = \"longest_waiting\"".to_owned());
    let priorities = in_order.or_else(|| case.table("group_skills"))?;
    let one = |(group, kinds): (usize, &Vec<Option<f64>>)| {
        let skill = |kind: &f64| {
            let at = count(*kind) - 1;
            let speed = times.base[at] / times.all[at][group]?;
            Some(format!("{{ queue = \"q{kind}\", speed = {speed} }}"))
        };
        let skills: Option<Vec<String>> = kinds.iter().flatten().map(skill).collect();
        Some(GroupText {
            name: format!("g{}", group + 1),
            skills: skills?,
            staff: sizes[group].to_string(),
            more: policy.clone().into_iter().collect(),
        })
    };
    priorities.iter().enumerate().map(one).collect()
}

/// Chats at agents whose pace falls with their number.
pub(super) fn chat(case: &Case) -> Option<Experiment> {
    let routing = case.params["routing"].as_str().unwrap_or_default();
    let is_most_loaded = routing.starts_with("most-loaded") || case.model.contains("most-loaded");
    let rate = case.number("lambda_per_h")?;
    let mean_s = case.number("solo_handle_time_s")?;
    let (servers, most) = (case.number("s")?, case.number("max_concurrent")?);
    let total_rates = case.numbers("agent_total_rate_relative")?;
    let size = match &case.params["size_distribution"] {
        serde_json::Value::Null => exponential(mean_s),
        given => law(given)?,
    };
    let paces = total_rates.iter().zip(1..);
    let paces = list(paces.map(|(rate, open)| rate / f64::from(open)));
    let mut queue = queue("q", per_hour(rate), size, case.threshold());
    queue.patience = Some(exponential(case.number("mean_patience_s")?));
    let mut group = group("g", &["q".to_owned()], servers.to_string());
    group.more = vec![
        format!("at_once = {{ q = {most} }}"),
        format!("pace = {paces}"),
    ];
    if is_most_loaded {
        group.more.push("agents = \"most_loaded\"".to_owned());
    }
    let best = total_rates.iter().copied().fold(1.0, f64::max);
    let head = steady_head(Pace {
        arrivals_per_h: rate,
        mean_s: mean_s / best,
        servers,
        patience_s: case.number("mean_patience_s"),
    });
    Some(Experiment {
        readings: readings(case, group_or_queue),
        ..Experiment::of(&head, &[queue], &[group])
    })
}
