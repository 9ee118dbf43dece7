//! One queue, or two classes, at one group.

use channelmix::stats::summary::VariantSummary;

use super::{Case, REPLICATIONS, case, exponential, group, horizon, prove_queue, queue};
use crate::support::run;

fn single_queue(case: &Case, law: &str, patience: Option<&str>, days: u32) -> VariantSummary {
    let within = case.number("T_s");
    let patience = patience.map_or(String::new(), |patience| format!("patience = {patience}\n"));
    let text = format!(
        "{}[queues.q]\nchannel = \"phone\"\narrivals = {{ per_hour = {} }}\nhandle_time = {law}\n{patience}\
         target = {{ share = 0.8, within = \"{within}s\" }}\n[groups.g]\nskills = [\"q\"]\nstaff = {}\nwage = 1\n",
        horizon(days),
        case.number("lambda_per_h"),
        case.params["s"].as_u64().unwrap_or(1),
    );
    run(&text, REPLICATIONS)
}

#[test]
fn erlang_c_waits_are_those_of_the_formula() {
    for (name, days) in [("A-MMs-v04", 60), ("A-MMs-v06", 30), ("A-MMs-v11", 60)] {
        let case = case("a_steady_state.json", name);
        let variant = single_queue(&case, &exponential(case.number("aht_s")), None, days);
        prove_queue(&case, &variant, "q", "");
        case.proves(
            "occupancy",
            group(&variant, "g").measures.occupancy,
            REPLICATIONS,
            0.0,
        );
        let wait = &queue(&variant, "q").measures.wait_s;
        case.proves("wait_p90_s", wait.p90, REPLICATIONS, 0.0);
        case.proves(
            "wait_p99_s",
            wait.p99,
            REPLICATIONS,
            0.02 * case.values["wait_p99_s"],
        );
    }
}

#[test]
fn erlang_a_abandonments_are_those_of_the_formula() {
    for (name, days) in [("A-MMsM-v01", 60), ("A-MMsM-v07", 30), ("A-MMsM-v08", 10)] {
        let case = case("a_steady_state.json", name);
        let patience = exponential(case.number("mean_patience_s"));
        let variant = single_queue(
            &case,
            &exponential(case.number("aht_s")),
            Some(&patience),
            days,
        );
        prove_queue(&case, &variant, "q", "");
        case.proves(
            "occupancy",
            group(&variant, "g").measures.occupancy,
            REPLICATIONS,
            0.0,
        );
        let wait = &queue(&variant, "q").measures.wait_s;
        case.proves("wait_all_p90_s", wait.p90, REPLICATIONS, 0.0);
        case.proves("wait_all_p95_s", wait.p95, REPLICATIONS, 0.0);
    }
}

#[test]
fn patience_of_any_distribution_agrees() {
    let laws = [
        ("A-MMsG-v01", "\"60s\"".to_owned()),
        (
            "A-MMsG-v03",
            "{ dist = \"uniform\", min = \"0s\", max = \"240s\" }".to_owned(),
        ),
        (
            "A-MMsG-v05",
            "{ dist = \"lognormal\", mean = \"180s\", cv = 1.3 }".to_owned(),
        ),
    ];
    for (name, patience) in laws {
        let case = case("a_steady_state.json", name);
        let variant = single_queue(
            &case,
            &exponential(case.number("aht_s")),
            Some(&patience),
            30,
        );
        prove_queue(&case, &variant, "q", "");
    }
}

#[test]
fn one_agent_with_lognormal_work_waits_as_pollaczek_and_khinchine_say() {
    let case = case("a_steady_state.json", "A-MG1-v01");
    let law = "{ dist = \"lognormal\", mean = \"240s\", cv = 0.5 }";
    prove_queue(&case, &single_queue(&case, law, None, 600), "q", "");
}

#[test]
fn two_classes_without_preemption_wait_as_cobham_says() {
    let case = case("a_steady_state.json", "A-PRIO-v01");
    let law = exponential(case.number("aht_s"));
    let rates = case.numbers("lambda_per_h");
    let queue = |number: usize| {
        format!(
            "[queues.q{number}]\nchannel = \"phone\"\narrivals = {{ per_hour = {} }}\nhandle_time = {law}\npriority = {number}\n\
             target = {{ share = 0.8, within = \"20s\" }}\n",
            rates[number - 1]
        )
    };
    let staff = case.number("s");
    let groups = format!("[groups.g]\nskills = [\"q2\", \"q1\"]\nstaff = {staff}\nwage = 1\n");
    let variant = run(
        &format!("{}{}{}{groups}", horizon(500), queue(1), queue(2)),
        REPLICATIONS,
    );
    for number in 1..=2 {
        prove_queue(
            &case,
            &variant,
            &format!("q{number}"),
            &format!("_class{number}"),
        );
    }
}
