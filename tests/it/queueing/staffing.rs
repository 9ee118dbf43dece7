//! The inverses and the rules for large centres: `d_staffing.json`.

use channelmix::queueing::staffing::{Goal, least, scheduled};
use channelmix::queueing::{
    Definition, Load, Measures, SteadyState, erlang_a, erlang_b, erlang_c, many_servers,
};

use super::rows::{Answer, Case, Kind, check_file};
use super::single::load;

fn level(share: f64, within_s: f64, definition: Definition) -> Goal {
    Goal::ServiceLevel {
        share,
        within_s,
        short_s: 5.0,
        definition,
    }
}

/// The value that a goal is about.
fn achieved(goal: &Goal, queue: &dyn SteadyState) -> f64 {
    let m: Measures = queue.measures();
    match *goal {
        Goal::ServiceLevel {
            within_s,
            short_s,
            definition,
            ..
        } => queue
            .service_levels(within_s, short_s)
            .expect("a time")
            .by(definition)
            .expect("somebody"),
        Goal::Asa(_) => m.asa_s.expect("a mean wait"),
        Goal::Abandonment(_) => m.p_abandon,
        Goal::Wait(_) => m.p_wait,
        Goal::Blocking(_) => m.p_block,
        Goal::Occupancy(_) => m.occupancy,
    }
}

fn least_agents<Queue: SteadyState>(
    case: &Case,
    goal: Goal,
    model: impl Fn(u32) -> Result<Queue, channelmix::queueing::QueueError> + 'static,
) -> Answer {
    let mut goals = vec![goal];
    goals.extend(case.optional("max_occupancy").map(Goal::Occupancy));
    let agents = least(&goals, 1..=100_000, &model).expect("a number of agents");
    let shrinkage = case.optional("shrinkage");
    Box::new(move |metric| {
        let at = |number: u32| model(number).expect("a queue");
        match metric {
            "min_agents" | "min_lines" => Some(f64::from(agents)),
            "achieved" => Some(achieved(&goal, &at(agents))),
            "achieved_with_one_less" => Some(achieved(&goal, &at(agents - 1))),
            "occupancy" => Some(at(agents).measures().occupancy),
            "p_ab" => Some(at(agents).measures().p_abandon),
            "scheduled_agents" => Some(f64::from(scheduled(agents, shrinkage?).expect("a number"))),
            _ => None,
        }
    })
}

fn erlang_c_answer(case: &Case) -> Answer {
    let value = case.number("target_value");
    let goal = match case.params["target"].as_str().expect("a target") {
        "answered within T / offered >=" => level(value, case.number("T_s"), Definition::Offered),
        "mean wait (s) <=" => Goal::Asa(value),
        "P(wait>0) <=" => Goal::Wait(value),
        other => panic!("unknown target {other}"),
    };
    let load = load(case);
    least_agents(case, goal, move |servers| erlang_c::solve(load, servers))
}

fn erlang_a_answer(case: &Case) -> Answer {
    let value = case.number("target_value");
    let of = |definition| level(value, case.number("T_s"), definition);
    let goal = match case.params["target_metric"].as_str().expect("a target") {
        "sl_answered_offered" => of(Definition::Offered),
        "sl_excl_short_ab" => of(Definition::LateAbandons),
        "sl_incl_short_ab" => of(Definition::EarlyAbandonsOk),
        "p_ab" => Goal::Abandonment(value),
        "p_wait" => Goal::Wait(value),
        "asa_served_s" => Goal::Asa(value),
        other => panic!("unknown target {other}"),
    };
    let (load, patience) = (load(case), case.number("mean_patience_s"));
    least_agents(case, goal, move |servers| {
        erlang_a::solve(load, servers, patience)
    })
}

/// The number in a metric such as `p_wait(beta=-0.5)`.
fn beta_of(metric: &str) -> Option<f64> {
    metric
        .split_once("(beta=")?
        .1
        .strip_suffix(')')?
        .parse()
        .ok()
}

fn delay_answer(case: &Case) -> Answer {
    let ratio = case.optional("theta_over_mu");
    Box::new(move |metric| {
        let beta = beta_of(metric)?;
        let found = match (metric.starts_with("p_wait"), ratio) {
            (true, None) => many_servers::halfin_whitt(beta),
            (true, Some(ratio)) => many_servers::garnett_wait(beta, ratio),
            (false, Some(ratio)) => many_servers::garnett_abandonment(beta, ratio),
            (false, None) => return None,
        };
        Some(found.expect("a share"))
    })
}

fn root_answer(case: &Case) -> Answer {
    let (erlangs, beta, ratio) = (
        case.number("offered_load_erl"),
        case.number("beta"),
        case.number("theta_over_mu"),
    );
    let servers = many_servers::square_root(erlangs, beta).expect("servers");
    let exact = erlang_a::solve(
        Load::new(erlangs, 1.0).expect("a load"),
        servers,
        1.0 / ratio,
    )
    .expect("a queue")
    .measures();
    Box::new(move |metric| match metric {
        "n" => Some(f64::from(servers)),
        "exact_p_wait" => Some(exact.p_wait),
        "exact_p_ab" => Some(exact.p_abandon),
        "garnett_p_wait" => Some(many_servers::garnett_wait(beta, ratio).expect("a share")),
        _ => None,
    })
}

fn half_hours_answer(case: &Case) -> Answer {
    let (calls, aht) = (case.numbers("calls_per_half_hour"), case.number("aht_s"));
    let goal = level(
        case.number("target"),
        case.number("T_s"),
        Definition::Offered,
    );
    Box::new(move |metric| {
        let index: usize = metric.strip_prefix("min_agents#")?.parse().ok()?;
        let load = Load::per_hour(2.0 * calls[index], aht).expect("a load");
        let agents = least(&[goal], 1..=1_000, |servers| erlang_c::solve(load, servers));
        Some(f64::from(agents.expect("a number")))
    })
}

fn answer(case: &Case) -> Option<(Answer, Kind)> {
    let answer = match case.name.get(..3)? {
        "D-C" => erlang_c_answer(case),
        "D-A" => erlang_a_answer(case),
        "D-B" => {
            let load = Load::new(case.number("offered_load_erl"), 1.0).expect("a load");
            least_agents(
                case,
                Goal::Blocking(case.number("max_blocking")),
                move |lines| erlang_b::solve(load, lines),
            )
        }
        "D-H" | "D-G" => delay_answer(case),
        _ if case.name.starts_with("D-SQRT") => root_answer(case),
        _ if case.name.starts_with("D-SIPP") => half_hours_answer(case),
        _ => return None,
    };
    Some((answer, Kind::Closed))
}

pub(super) fn run() -> (usize, Vec<String>) {
    check_file("d_staffing.json", answer)
}
