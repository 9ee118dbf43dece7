//! The engine, run as a scenario, against exact values of queue models (tests/reference): within 3.3 standard errors, and
//! with standard errors small enough to prove something.

use std::collections::BTreeMap;

use channelmix::stats::estimate::Estimate;
use channelmix::stats::summary::{GroupSummary, QueueSummary, VariantSummary};

use crate::support::{run, t_of};

/// The exact values of one case of a reference file, by metric.
struct Case {
    name: String,
    params: serde_json::Value,
    values: BTreeMap<String, f64>,
}

fn case(file: &str, name: &str) -> Case {
    let path = format!("{}/tests/reference/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the reference files are in the repository");
    let file: serde_json::Value = serde_json::from_str(&text).expect("they are JSON");
    let cases = file["cases"].as_array().expect("a file has cases");
    let found = cases
        .iter()
        .find(|case| case["case"] == name)
        .expect("the case is in the file");
    let values = found["values"]
        .as_array()
        .expect("a case has values")
        .iter()
        .map(|value| {
            (
                value["metric"].as_str().expect("a metric").to_owned(),
                value["value"].as_f64().expect("a value"),
            )
        });
    Case {
        name: name.to_owned(),
        params: found["params"].clone(),
        values: values.collect(),
    }
}

impl Case {
    fn number(&self, param: &str) -> f64 {
        self.params[param].as_f64().expect("a number")
    }

    fn numbers(&self, param: &str) -> Vec<f64> {
        self.params[param]
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| item.as_f64().expect("a number"))
            .collect()
    }

    /// Holds an estimate against the exact value of a metric: a share to a standard error of 0.002, anything else to one
    /// of 1 % of the value or, where it is tiny, of `floor`.
    fn proves(&self, metric: &str, estimate: Estimate, replications: u64, floor: f64) {
        let exact = self.values[metric];
        let mean = estimate.mean.expect("something was counted");
        let error = estimate.half_width().expect("there are replications") / t_of(replications);
        let z = (mean - exact) / error;
        let is_share =
            (0.0..=1.0).contains(&exact) && !metric.ends_with("_s") && !metric.starts_with("mean");
        let enough = if is_share {
            0.002_f64.max(floor)
        } else {
            (0.01 * exact).max(floor)
        };
        assert!(
            error <= enough,
            "{} {metric}: standard error {error} proves nothing of {exact}",
            self.name
        );
        assert!(
            z.abs() <= 3.3,
            "{} {metric}: exact {exact}, simulated {mean}, z {z:.2}",
            self.name
        );
    }
}

const REPLICATIONS: u64 = 60;

fn horizon(days: u32) -> String {
    format!(
        "name = \"reference\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = {days}\ninterval = \"1h\"\nwarm_up = \"6h\"\n"
    )
}

fn queue<'a>(variant: &'a VariantSummary, name: &str) -> &'a QueueSummary {
    variant
        .queues
        .find(name)
        .expect("the scenario has the queue")
}

fn group<'a>(variant: &'a VariantSummary, name: &str) -> &'a GroupSummary {
    variant
        .groups
        .find(name)
        .expect("the scenario has the group")
}

/// The measures that all models with one queue share, as far as the case gives them.
fn prove_queue(case: &Case, variant: &VariantSummary, name: &str, suffix: &str) {
    let m = &queue(variant, name).measures;
    let of_type = |metric: &str| match metric.strip_suffix("_s") {
        Some(stem) if !suffix.is_empty() => format!("{stem}{suffix}_s"),
        _ => format!("{metric}{suffix}"),
    };
    let measures = [
        ("p_wait", m.delayed),
        ("p_ab", m.abandonment),
        ("asa_s", m.asa_s),
        ("asa_served_s", m.asa_s),
        ("mean_wait_all_s", m.wait_s.mean),
        ("mean_wait_served_s", m.asa_s),
        ("mean_queue", m.queue_length),
        ("mean_handle_time_s", m.handle_time_s.mean),
        ("mean_sojourn_served_s", m.sojourn_s.mean),
        ("mean_sojourn_s", m.sojourn_s.mean),
        ("sl_T", m.service_levels.answered),
        ("sl_answered_offered", m.service_levels.offered),
        ("sl_excl_short_ab", m.service_levels.late_abandons),
        ("sl_incl_short_ab", m.service_levels.early_abandons_ok),
    ];
    let mut proven = 0;
    for (metric, estimate) in measures {
        let metric = of_type(metric);
        if case.values.contains_key(&metric) {
            case.proves(&metric, estimate, REPLICATIONS, 0.0);
            proven += 1;
        }
    }
    assert!(
        proven >= 3,
        "{}: only {proven} measures compared",
        case.name
    );
}

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

fn exponential(seconds: f64) -> String {
    format!("{{ dist = \"exponential\", mean = \"{seconds}s\" }}")
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

/// Several queues and groups, as the skill-routing cases of `b_ctmc.json` give them.
fn skill_routing(case: &Case, days: u32) -> VariantSummary {
    use std::fmt::Write;
    let mut text = horizon(days);
    let lists = |param: &str| case.params[param].as_array().expect("a list").clone();
    let (times, orders, priorities) = (
        lists("aht_s_by_type_group"),
        lists("arrival_group_order_by_type"),
        lists("service_type_priority_by_group"),
    );
    let rates = case.numbers("lambda_per_h");
    let base_times: Vec<f64> = times
        .iter()
        .map(|row| {
            row.as_array()
                .expect("a row")
                .iter()
                .find_map(serde_json::Value::as_f64)
                .expect("a time")
        })
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
    run(&text, REPLICATIONS)
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

#[test]
fn rates_and_staff_that_change_agree_with_the_forward_equations() {
    for name in ["C-v1", "C-v3"] {
        let case = case("c_timevarying.json", name);
        let staff = case.numbers("staff");
        let calls = case.numbers("calls_per_interval");
        let day = |values: &[f64], after: f64| {
            let all: Vec<String> = (0..48)
                .map(|slot| values.get(slot).unwrap_or(&after).to_string())
                .collect();
            all.join(", ")
        };
        let text = format!(
            "name = \"reference\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\ninterval = \"30m\"\n\
             [queues.q]\nchannel = \"phone\"\narrivals = {{ per_interval = [{}] }}\nhandle_time = {}\npatience = {}\n\
             target = {{ share = 0.8, within = \"{}s\", definition = \"offered\" }}\n\
             [groups.g]\nskills = [\"q\"]\nstaff = [{}]\nwage = 1\n",
            day(&calls, 0.0),
            exponential(case.number("aht_s")),
            exponential(case.number("mean_patience_s")),
            case.number("T_s"),
            day(&staff, *staff.last().expect("there is staff")),
        );
        let replications = 6_000;
        let variant = run(&text, replications);
        let (queue, group) = (queue(&variant, "q"), group(&variant, "g"));
        for slot in 0..calls.len() {
            let (waiting, working) = (&queue.intervals[slot], &group.intervals[slot]);
            case.proves(
                &format!("sl_answered_offered#{slot:02}"),
                waiting.service_level,
                replications,
                0.003,
            );
            case.proves(
                &format!("mean_queue#{slot:02}"),
                waiting.queue_length,
                replications,
                0.02,
            );
            case.proves(
                &format!("mean_busy#{slot:02}"),
                working.busy,
                replications,
                0.0,
            );
            if case.values[&format!("mean_excess_agents#{slot:02}")] > 0.0 {
                case.proves(
                    &format!("mean_excess_agents#{slot:02}"),
                    working.overtime,
                    replications,
                    0.01,
                );
            }
        }
        case.proves(
            "sl_answered_offered#day",
            queue.measures.service_level,
            replications,
            0.0,
        );
        case.proves(
            "abandon_fraction#day",
            queue.measures.abandonment,
            replications,
            0.0,
        );
    }
}

#[test]
fn posts_that_breed_come_as_often_as_a_hawkes_process() {
    // Nobody answers: every post breeds at rate 1.8/h · exp(-t / 20 min) for ever, 0.6 children each. From an empty start
    // the mean number in (0, T] of a Hawkes process with baseline μ, α = 1.8/h and β = 3/h is
    // μ/(1 - α/β) · (T - α/β · (1 - exp(-(β - α)T)) / (β - α)); Hawkes, Biometrika 58 (1971), 83-90.
    let text = format!(
        "{}[queues.q]\nchannel = \"social\"\narrivals = {{ per_hour = 20 }}\nhandle_time = \"1m\"\n\
         spread = {{ posts_per_hour = 1.8, fades = \"20m\" }}\n[groups.g]\nskills = [\"q\"]\nstaff = 0\nwage = 1\n",
        horizon(1).replace("6h", "0s")
    );
    let replications = 2_000;
    let variant = run(&text, replications);
    let (mu, alpha, beta, t) = (20.0, 1.8, 3.0, 24.0_f64);
    let ratio: f64 = alpha / beta;
    let exact =
        mu / (1.0 - ratio) * (t - ratio * (1.0 - (-(beta - alpha) * t).exp()) / (beta - alpha));
    let case = Case {
        name: "Hawkes".to_owned(),
        params: serde_json::Value::Null,
        values: BTreeMap::from([("mean_count".to_owned(), exact)]),
    };
    case.proves(
        "mean_count",
        queue(&variant, "q").measures.offered,
        replications,
        0.0,
    );
}
