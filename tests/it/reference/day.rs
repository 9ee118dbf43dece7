//! Rates and staff that change over a day.

use super::{Case, case, exponential, group, queue};
use crate::support::run;

/// The case's day in half-hours; after its last interval nobody comes and the last staff stays.
fn scenario(case: &Case) -> String {
    let staff = case.numbers("staff");
    let calls = case.numbers("calls_per_interval");
    let day = |values: &[f64], after: f64| {
        let all: Vec<String> = (0..48)
            .map(|slot| values.get(slot).unwrap_or(&after).to_string())
            .collect();
        all.join(", ")
    };
    format!(
        "name = \"reference\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\ninterval = \"30m\"\n\
     [queues.q]\nchannel = \"phone\"\narrivals = {{ per_interval = [{}] }}\nhandle_time = {}\npatience = {}\n\
     target = {{ share = 0.8, within = \"{}s\", definition = \"offered\" }}\n\
     [groups.g]\nskills = [\"q\"]\nstaff = [{}]\nwage = 1\n",
        day(&calls, 0.0),
        exponential(case.number("aht_s")),
        exponential(case.number("mean_patience_s")),
        case.number("T_s"),
        day(&staff, *staff.last().expect("there is staff")),
    )
}

#[test]
fn rates_and_staff_that_change_agree_with_the_forward_equations() {
    for name in ["C-v1", "C-v3"] {
        let case = case("c_timevarying.json", name);
        let replications = 6_000;
        let variant = run(&scenario(&case), replications);
        let (queue, group) = (queue(&variant, "q"), group(&variant, "g"));
        for slot in 0..case.list("staff").len() {
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
