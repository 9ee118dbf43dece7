//! Scenarios with shared skills, and chats that share an agent.

use super::experiment::{
    Experiment, Figure, NotSimulated, exponential, law, queue_figure, readings,
};
use super::reference::Case;
use super::single::{by_class, steady_head};

/// Queues and groups with their times, orders and priorities.
pub(super) fn skills(case: &Case) -> Result<Experiment, NotSimulated> {
    shared(case).ok_or(NotSimulated::Formula)
}

fn shared(case: &Case) -> Option<Experiment> {
    let rates = case.numbers("lambda_per_h")?;
    let sizes = case.numbers("group_sizes")?;
    let times = case.table("aht_s_by_type_group")?;
    let orders = case.table("arrival_group_order_by_type")?;
    let base_times: Option<Vec<f64>> = times
        .iter()
        .map(|row| row.iter().copied().flatten().next())
        .collect();
    let base_times = base_times?;
    let longest = base_times.iter().copied().fold(0.0, f64::max);
    let mut text = steady_head(rates.iter().sum(), longest, sizes.iter().sum());
    let patience = case.numbers("mean_patience_s");
    for (number, rate) in rates.iter().enumerate() {
        let order: Vec<String> = orders[number]
            .iter()
            .flatten()
            .map(|group| format!("\"g{group}\""))
            .collect();
        let patience = patience
            .as_ref()
            .map_or_else(|| "\"0s\"".to_owned(), |means| exponential(means[number]));
        text.push_str(&format!(
            "[queues.q{}]\nchannel = \"phone\"\narrivals = {{ per_hour = {rate} }}\nhandle_time = {}\npatience = {patience}\n\
             target = {{ share = 0.8, within = \"{}s\" }}\ngroups = [{}]\n",
            number + 1,
            exponential(base_times[number]),
            case.number("T_s").unwrap_or(20.0),
            order.join(", "),
        ));
    }
    for (group, priorities) in case
        .table("service_type_priority_by_group")?
        .iter()
        .enumerate()
    {
        let skills = priorities.iter().flatten().map(|kind| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "types are numbered from 1"
            )]
            let place = *kind as usize - 1;
            Some(format!(
                "{{ queue = \"q{kind}\", speed = {} }}",
                base_times[place] / times[place][group]?
            ))
        });
        let skills: Option<Vec<String>> = skills.collect();
        text.push_str(&format!(
            "[groups.g{}]\nskills = [{}]\nstaff = {}\nwage = 1\n",
            group + 1,
            skills?.join(", "),
            sizes[group]
        ));
    }
    let readings = readings(case, |metric| {
        match metric.strip_prefix("occupancy_group") {
            Some(group) => Some(Figure::Group(format!("g{group}"), |group| group.occupancy)),
            None => by_class(metric, "_type"),
        }
    });
    Some(Experiment { text, readings })
}

/// Chats at agents whose pace falls with their number.
pub(super) fn chat(case: &Case) -> Result<Experiment, NotSimulated> {
    let is_packed = |text: &serde_json::Value| {
        text.as_str()
            .is_some_and(|text| text.starts_with("most-loaded"))
    };
    if is_packed(&case.params["routing"]) || case.model.contains("most-loaded") {
        return Err(NotSimulated::Pending("policy: most loaded below the limit"));
    }
    sharing(case).ok_or(NotSimulated::Formula)
}

fn sharing(case: &Case) -> Option<Experiment> {
    let rate = case.number("lambda_per_h")?;
    let mean_s = case.number("solo_handle_time_s")?;
    let (servers, most) = (case.number("s")?, case.number("max_concurrent")?);
    let total_rates = case.numbers("agent_total_rate_relative")?;
    let pace: Vec<String> = total_rates
        .iter()
        .zip(1..)
        .map(|(rate, open)| (rate / f64::from(open)).to_string())
        .collect();
    let size = match &case.params["size_distribution"] {
        serde_json::Value::Null => exponential(mean_s),
        given => law(given)?,
    };
    let best = total_rates.iter().copied().fold(1.0, f64::max);
    let text = format!(
        "{}[queues.q]\nchannel = \"chat\"\narrivals = {{ per_hour = {rate} }}\nhandle_time = {size}\npatience = {}\n\
         target = {{ share = 0.8, within = \"{}s\" }}\n\
         [groups.g]\nskills = [\"q\"]\nstaff = {servers}\nwage = 1\nat_once = {{ q = {most} }}\npace = [{}]\n",
        steady_head(rate, mean_s / best, servers),
        exponential(case.number("mean_patience_s")?),
        case.number("T_s")?,
        pace.join(", "),
    );
    let readings = readings(case, |metric| match metric {
        "mean_concurrency_active_agent" => Some(Figure::Group("g".to_owned(), |group| {
            group.mean_concurrency
        })),
        _ => queue_figure("q", metric),
    });
    Some(Experiment { text, readings })
}
