//! Shared skills, and chats that share an agent.

use std::fmt::Write;

use channelmix::stats::summary::VariantSummary;

use super::{Case, REPLICATIONS, case, exponential, group, horizon, prove_queue};
use crate::support::run;

/// Several queues and groups, as the skill-routing cases of `b_ctmc.json` give them.
fn skill_routing(case: &Case, days: u32) -> VariantSummary {
    let mut text = horizon(days);
    let (times, orders) = (
        case.list("aht_s_by_type_group"),
        case.list("arrival_group_order_by_type"),
    );
    let rates = case.numbers("lambda_per_h");
    let first_time = |row: &serde_json::Value| {
        row.as_array()
            .expect("a row")
            .iter()
            .find_map(serde_json::Value::as_f64)
    };
    let base_times: Vec<f64> = times
        .iter()
        .map(|row| first_time(row).expect("a time"))
        .collect();
    for (number, rate) in rates.iter().enumerate() {
        let order: Vec<String> = orders[number]
            .as_array()
            .expect("an order")
            .iter()
            .map(|group| format!("\"g{group}\""))
            .collect();
        write!(
            text,
            "[queues.q{}]\nchannel = \"phone\"\narrivals = {{ per_hour = {rate} }}\nhandle_time = {}\npatience = {}\n\
             target = {{ share = 0.8, within = \"{}s\" }}\ngroups = [{}]\n",
            number + 1,
            exponential(base_times[number]),
            exponential(case.numbers("mean_patience_s")[number]),
            case.number("T_s"),
            order.join(", "),
        )
        .expect("a string takes anything");
    }
    write_groups(&mut text, case, &base_times);
    run(&text, REPLICATIONS)
}

/// The groups with their skills in order; a type's time at a group becomes a speed.
fn write_groups(text: &mut String, case: &Case, base_times: &[f64]) {
    let (times, priorities) = (
        case.list("aht_s_by_type_group"),
        case.list("service_type_priority_by_group"),
    );
    for (number, size) in case.numbers("group_sizes").iter().enumerate() {
        let skills: Vec<String> = priorities[number]
            .as_array()
            .expect("a list of types")
            .iter()
            .map(|kind| {
                let kind = usize::try_from(kind.as_u64().expect("a type")).expect("few types");
                let time = times[kind - 1][number].as_f64().expect("a time");
                format!(
                    "{{ queue = \"q{kind}\", speed = {} }}",
                    base_times[kind - 1] / time
                )
            })
            .collect();
        write!(
            text,
            "[groups.g{}]\nskills = [{}]\nstaff = {size}\nwage = 1\n",
            number + 1,
            skills.join(", ")
        )
        .expect("a string takes anything");
    }
}

#[test]
fn shared_skills_and_priorities_agree_with_the_markov_chains() {
    for name in ["B-V-v1", "B-N-v1", "B-N-v2", "B-X-v1", "B-M-v1"] {
        let case = case("b_ctmc.json", name);
        let variant = skill_routing(&case, 30);
        for number in 1..=2 {
            prove_queue(
                &case,
                &variant,
                &format!("q{number}"),
                &format!("_type{number}"),
            );
        }
        for number in 1..=case.numbers("group_sizes").len() {
            let occupancy = group(&variant, &format!("g{number}")).measures.occupancy;
            case.proves(
                &format!("occupancy_group{number}"),
                occupancy,
                REPLICATIONS,
                0.0,
            );
        }
    }
}

#[test]
fn chats_that_share_an_agent_agree_with_the_markov_chain() {
    for name in ["B-CHAT-v1", "B-CHAT-v3", "B-CHAT-v5"] {
        let case = case("b_ctmc.json", name);
        let pace: Vec<String> = case
            .numbers("agent_total_rate_relative")
            .iter()
            .enumerate()
            .map(|(index, rate)| format!("{}", rate / (index + 1) as f64))
            .collect();
        let text = format!(
            "{}[queues.q]\nchannel = \"chat\"\narrivals = {{ per_hour = {} }}\nhandle_time = {}\npatience = {}\n\
             target = {{ share = 0.8, within = \"{}s\" }}\n\
             [groups.g]\nskills = [\"q\"]\nstaff = {}\nwage = 1\nat_once = {{ q = {} }}\npace = [{}]\n",
            horizon(60),
            case.number("lambda_per_h"),
            exponential(case.number("solo_handle_time_s")),
            exponential(case.number("mean_patience_s")),
            case.number("T_s"),
            case.number("s"),
            case.number("max_concurrent"),
            pace.join(", "),
        );
        let variant = run(&text, REPLICATIONS);
        prove_queue(&case, &variant, "q", "");
        let concurrency = group(&variant, "g").measures.mean_concurrency;
        case.proves(
            "mean_concurrency_active_agent",
            concurrency,
            REPLICATIONS,
            0.0,
        );
    }
}
