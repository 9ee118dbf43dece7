//! Chains of several dimensions: `b_ctmc.json`, as far as a model covers it.

use channelmix::queueing::Load;
use channelmix::queueing::{SteadyState, chat, erlang_a, redial};

use super::rows::{Answer, Case, Kind, check_file};

fn chat_answer(case: &Case) -> Answer {
    let speeds = case.numbers("agent_total_rate_relative");
    // The reference gives the speed of all chats together.
    let pace: Vec<f64> = speeds
        .iter()
        .zip(1_u32..)
        .map(|(all, k)| all / f64::from(k))
        .collect();
    let load = Load::per_hour(
        case.number("lambda_per_h"),
        case.number("solo_handle_time_s"),
    )
    .expect("a load");
    let sharing = if case.model.contains("most-loaded") {
        chat::Sharing::MostLoaded
    } else {
        chat::Sharing::LeastLoaded
    };
    let (agents, within) = (case.count("s"), case.number("T_s"));
    let patience = Some(case.number("mean_patience_s"));
    let queue = chat::solve(load, agents, &pace, patience, sharing).expect("a queue");
    Box::new(move |metric| {
        let m = queue.measures();
        let asa = m.asa_s?;
        match metric {
            "p_wait" => Some(m.p_wait),
            "p_ab" => Some(m.p_abandon),
            "mean_wait_all_s" => Some(m.mean_wait_s),
            "mean_wait_served_s" => Some(asa),
            "mean_handle_time_s" => Some(queue.mean_handle_time_s()),
            "mean_sojourn_served_s" => Some(asa + queue.mean_handle_time_s()),
            "mean_chats_in_service" => Some(queue.mean_chats()),
            "mean_concurrency_per_agent" => Some(queue.mean_chats() / f64::from(agents)),
            "mean_concurrency_active_agent" => Some(queue.mean_concurrency()),
            "frac_time_agent_idle" => Some(queue.idle()),
            "throughput_per_h" => Some(queue.throughput_per_s() * 3600.0),
            "mean_queue" => Some(m.queue_length),
            "sl_answered_offered" => Some(queue.within(within).expect("a time").answered),
            _ => None,
        }
    })
}

fn redial_answer(case: &Case) -> Answer {
    let load =
        Load::per_hour(case.number("lambda_fresh_per_h"), case.number("aht_s")).expect("a load");
    let blocked = case.optional("p_redial_if_blocked");
    let redials = redial::Redials {
        mean_delay_s: case.number("mean_redial_delay_s"),
        after_abandoning: case.optional("p_redial_after_abandon").unwrap_or(0.0),
        after_blocking: blocked.unwrap_or(0.0),
    };
    let lines = blocked.map(|_| case.count("s"));
    let queue = redial::solve(
        load,
        case.count("s"),
        case.optional("mean_patience_s"),
        lines,
        redials,
    )
    .expect("a queue");
    let within = case.optional("T_s").unwrap_or(1.0);
    Box::new(move |metric| {
        let m = queue.measures();
        match metric {
            "mean_in_orbit" => Some(queue.mean_in_orbit()),
            "retry_rate_per_h" => Some(queue.redials_per_s() * 3600.0),
            "attempts_per_fresh_call" => Some(queue.attempts_per_customer()),
            "mean_queue" => Some(m.queue_length),
            "occupancy" => Some(m.occupancy),
            "mean_wait_per_attempt_s" => Some(m.mean_wait_s),
            "p_wait_fresh" => Some(queue.first_attempt().0),
            "p_wait_attempt" => Some(m.p_wait),
            "p_ab_attempt" => Some(m.p_abandon),
            "p_block_fresh" => Some(queue.first_attempt().1),
            "p_block_attempt" => Some(m.p_block),
            "frac_fresh_never_served" => Some(queue.never_answered()),
            "sl_answered_offered_fresh" => {
                Some(queue.first_within(within).expect("a time").answered)
            }
            "sl_answered_offered_attempt" => Some(queue.within(within).expect("a time").answered),
            _ => None,
        }
    })
}

/// A bot with sessions without end hands over a Poisson stream.
fn bot_answer(case: &Case) -> Answer {
    let (rate, contained) = (case.number("lambda_per_h"), case.number("p_contained"));
    let human = rate * (1.0 - contained);
    let load = Load::per_hour(human, case.number("aht_human_s")).expect("a load");
    let queue =
        erlang_a::solve(load, case.count("s"), case.number("mean_patience_s")).expect("a queue");
    let (sessions, within) = (
        rate / 3600.0 * case.number("mean_bot_time_s"),
        case.number("T_s"),
    );
    Box::new(move |metric| {
        let m = queue.measures();
        match metric {
            "frac_contained" => Some(contained),
            "mean_bot_sessions" => Some(sessions),
            "human_arrivals_per_h" => Some(human),
            "p_wait_human" => Some(m.p_wait),
            "p_ab_human" => Some(m.p_abandon),
            "mean_wait_all_human_s" => Some(m.mean_wait_s),
            "sl_answered_offered_human" => Some(queue.within(within).expect("a time").answered),
            "occupancy_human" => Some(m.occupancy),
            _ => None,
        }
    })
}

fn answer(case: &Case) -> Option<(Answer, Kind)> {
    if case.name.starts_with("B-CHAT-") {
        Some((chat_answer(case), Kind::Solver))
    } else if case.name.starts_with("B-RETRY-") {
        Some((redial_answer(case), Kind::Solver))
    } else if case.name == "B-BOT-v1" {
        Some((bot_answer(case), Kind::Closed))
    } else {
        None
    }
}

pub(super) fn run() -> (usize, Vec<String>) {
    check_file("b_ctmc.json", answer)
}
