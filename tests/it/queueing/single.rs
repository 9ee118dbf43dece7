//! Single queues in their steady state: `a_steady_state.json`.

use channelmix::queueing::mph_s::TwoPhases;
use channelmix::queueing::{
    Definition, Law, Load, SteadyState, erlang_a, erlang_b, erlang_c, md_s, mg_1, mm_s_g, mm_s_k,
    mm_s_k_m, mph_s, priority,
};
use serde_json::Value;

use super::rows::{Answer, Case, Kind, check_file};

pub(super) fn load(case: &Case) -> Load {
    let service = case
        .optional("aht_s")
        .or_else(|| case.optional("service_s"));
    Load::per_hour(case.number("lambda_per_h"), service.expect("a handle time")).expect("a load")
}

/// A law of patience or of handle times as the reference writes it.
pub(super) fn law(value: &Value) -> Law {
    let number = |key: &str| value[key].as_f64().expect("a number");
    match value["kind"].as_str().expect("a kind") {
        "deterministic" => Law::Constant {
            value_s: value["value_s"]
                .as_f64()
                .unwrap_or_else(|| number("mean_s")),
        },
        "uniform" => Law::Uniform {
            low_s: number("lo_s"),
            high_s: number("hi_s"),
        },
        "lognormal" => Law::Lognormal {
            mean_s: number("mean_s"),
            cv: number("cv"),
        },
        "gamma" => Law::Gamma {
            mean_s: number("mean_s"),
            cv: number("cv"),
        },
        "exp_with_balk" => Law::ExponentialOrBalk {
            balk: number("p0"),
            mean_s: number("mean_s"),
        },
        "hyperexponential" => {
            let list = |key: &str| value[key].as_array().expect("a list").clone();
            let of = |value: Value| value.as_f64().expect("a number");
            let phases = list("probs").into_iter().zip(list("means_s"));
            Law::Hyperexponential {
                phases: phases.map(|(p, m)| (of(p), of(m))).collect(),
            }
        }
        other => panic!("unknown law {other}"),
    }
}

/// The quantile that a metric such as `wait_p95_s` asks for.
fn quantile_of(metric: &str, prefix: &str) -> Option<f64> {
    let per_cent = metric.strip_prefix(prefix)?.strip_suffix("_s")?;
    Some(per_cent.parse::<f64>().ok()? / 100.0)
}

/// The metrics that every queue in a steady state has; the reference's shares are per offered contact.
pub(super) fn steady(queue: Box<dyn SteadyState>, within: f64) -> Answer {
    Box::new(move |metric| {
        let m = queue.measures();
        let flows = || queue.within(within).expect("a threshold");
        let level = |definition| {
            queue
                .service_levels(within, 5.0)
                .expect("a threshold")
                .by(definition)
        };
        if let Some(share) =
            quantile_of(metric, "wait_all_p").or_else(|| quantile_of(metric, "wait_p"))
        {
            return Some(queue.wait_quantile_s(share).expect("a quantile"));
        }
        if let Some(share) = quantile_of(metric, "wait_served_p") {
            return Some(queue.answered_wait_quantile_s(share).expect("a quantile"));
        }
        let accepted = 1.0 - m.p_block;
        match metric {
            "offered_load_erl" => Some(m.offered_load_erlangs),
            "p_wait" => Some(m.p_wait),
            "p_wait_given_accepted" => Some(m.p_wait / accepted),
            "p_block" => Some(m.p_block),
            "p_ab" => Some(m.p_abandon),
            "p_ab_given_accepted" => Some(m.abandonment()),
            "p_ab_within_T" => Some(flows().abandoned),
            "asa_s" | "asa_served_s" => m.asa_s,
            "asa_accepted_s" => Some(m.mean_wait_s / accepted),
            "mean_wait_all_s" => Some(m.mean_wait_s),
            "mean_wait_abandoned_s" => m.mean_wait_abandoned_s,
            "wait_if_delayed_s" => m.wait_if_delayed_s,
            "wait_sd_s" => m.wait_sd_s,
            "sl_T" | "sl_answered_offered" => Some(flows().answered),
            "sl_answered_accepted" => level(Definition::Offered),
            "sl_excl_short_ab" => Some(flows().answered / (1.0 - flows().abandoned)),
            "sl_incl_short_ab" => Some(flows().answered + flows().abandoned),
            "occupancy" => Some(m.occupancy),
            "mean_queue" => Some(m.queue_length),
            "mean_in_system" | "carried_erl" => Some(m.in_system),
            "mean_sojourn_s" => {
                Some(m.mean_wait_s + m.offered_load_erlangs * m.mean_wait_s / m.queue_length)
            }
            _ => None,
        }
    })
}

fn erlang_c_answer(case: &Case) -> Answer {
    let queue = erlang_c::solve(load(case), case.count("s")).expect("a queue");
    let general = steady(Box::new(queue), case.number("T_s"));
    let long = 2.0 * case.number("aht_s");
    Box::new(move |metric| match metric {
        "p_sojourn_gt_2aht" => Some(queue.p_sojourn_over(long).expect("a time")),
        _ => general(metric),
    })
}

fn phases_answer(case: &Case) -> Answer {
    let service = &case.params["service"];
    let phases = match law(&serde_json::json!({
        "kind": if service["kind"] == "erlang" { "gamma" } else { "hyperexponential" },
        "mean_s": service["mean_s"], "cv": 0.5_f64.sqrt(), "probs": service["probs"], "means_s": service["means_s"],
    })) {
        Law::Gamma { mean_s, .. } => TwoPhases::erlang_2(mean_s),
        Law::Hyperexponential { phases } => {
            TwoPhases::hyperexponential(phases[0].0, [phases[0].1, phases[1].1])
        }
        _ => unreachable!("only these two"),
    };
    let rate = case.number("lambda_per_h") / 3600.0;
    let queue = mph_s::solve(rate, case.count("s"), phases.expect("phases")).expect("a queue");
    steady(Box::new(queue), case.number("T_s"))
}

fn priority_answer(case: &Case) -> Answer {
    let rates: Vec<f64> = case
        .numbers("lambda_per_h")
        .iter()
        .map(|rate| rate / 3600.0)
        .collect();
    let (aht, within) = (case.number("aht_s"), case.number("T_s"));
    let queue = priority::solve(&rates, aht, case.count("s")).expect("a queue");
    let load = rates.iter().sum::<f64>() * aht;
    Box::new(move |metric| {
        let (name, class) = metric.split_once("_class").unwrap_or((metric, "1"));
        let index = class.trim_end_matches("_s").parse::<usize>().ok()? - 1;
        let class = queue.class(index)?;
        match name {
            "offered_load_erl" => Some(load),
            "p_wait" => Some(class.p_wait),
            "asa" => Some(class.mean_wait_s),
            "asa_all_s" => Some(queue.mean_wait_s()),
            "mean_queue" => Some(class.queue_length),
            "sl_T" => Some(queue.answered_within(index, within).expect("a share")),
            _ => None,
        }
    })
}

fn answer(case: &Case) -> Option<(Answer, Kind)> {
    let within = || case.number("T_s");
    let patience = || case.number("mean_patience_s");
    let of = |queue: Box<dyn SteadyState>| steady(queue, within());
    let closed = match case.model.split_whitespace().next()? {
        "M/M/s" if case.model.contains("priority") => priority_answer(case),
        "M/M/s" => erlang_c_answer(case),
        "M/M/s/s" => {
            let load = Load::new(case.number("offered_load_erl"), 1.0).expect("a load");
            steady(
                Box::new(erlang_b::solve(load, case.count("s")).expect("a queue")),
                1.0,
            )
        }
        "M/M/s/K" => of(Box::new(
            mm_s_k::solve(load(case), case.count("s"), case.count("K_total")).expect("a queue"),
        )),
        "M/M/s+M" => of(Box::new(
            erlang_a::solve(load(case), case.count("s"), patience()).expect("a queue"),
        )),
        "M/M/s/K+M" => of(Box::new(
            mm_s_k_m::solve(
                load(case),
                case.count("s"),
                case.count("K_total"),
                patience(),
            )
            .expect("a queue"),
        )),
        "M/M/s+G" => of(Box::new(
            mm_s_g::solve(load(case), case.count("s"), law(&case.params["patience"]))
                .expect("a queue"),
        )),
        "M/G/1" => {
            let rate = case.number("lambda_per_h") / 3600.0;
            of(Box::new(
                mg_1::solve(rate, law(&case.params["service"])).expect("a queue"),
            ))
        }
        "M/D/s" => of(Box::new(
            md_s::solve(load(case), case.count("s")).expect("a queue"),
        )),
        "M/E2/s" | "M/H2/s" => return Some((phases_answer(case), Kind::Solver)),
        _ => return None,
    };
    Some((closed, Kind::Closed))
}

pub(super) fn run() -> (usize, Vec<String>) {
    check_file("a_steady_state.json", answer)
}

/// The one exact case among the published ones: all agents have all skills, so it is M/M/s/K.
pub(super) fn run_published() -> (usize, Vec<String>) {
    check_file("f_published.json", |case| {
        if case.name != "F-CHAIN-v3" {
            return None;
        }
        let load = Load::per_hour(case.number("lambda_per_h_total"), case.number("aht_s"))
            .expect("a load");
        let queue = mm_s_k::solve(load, case.count("s"), case.count("lines_total"));
        let answer = steady(Box::new(queue.expect("a queue")), case.number("T_s"));
        Some((answer, Kind::Closed))
    })
}
