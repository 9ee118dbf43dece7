//! Streams that are no plain Poisson process: `e_arrivals.json`, as far as a model covers it.

use channelmix::queueing::hawkes::Hawkes;
use channelmix::queueing::mixed_poisson::MixedPoisson;
use channelmix::queueing::{Load, SteadyState, erlang_a, erlang_b, erlang_c, mixed_rate, overflow};

use super::rows::{Answer, Case, Kind, check_file};
use super::single::load;

fn overflow_answer(case: &Case) -> Answer {
    let erlangs = case.number("offered_load_erl");
    let (first, second) = (
        case.count("primary_servers"),
        case.count("secondary_servers"),
    );
    let found = overflow::overflow(first, erlangs).expect("an overflow");
    Box::new(move |metric| match metric {
        "overflow_mean_erl" => Some(found.mean),
        "overflow_variance" => Some(found.variance),
        "peakedness" => Some(found.peakedness()),
        "secondary_call_congestion_exact" => {
            Some(overflow::second_group_blocking(first, second, erlangs).expect("a share"))
        }
        "total_loss_exact" => Some(erlang_b::blocking(first + second, erlangs).expect("a share")),
        "secondary_congestion_hayward" => Some(found.hayward(f64::from(second)).expect("a share")),
        _ => None,
    })
}

/// `B(a=10,x=12.5)` and `C(a=10,x=12.5)`.
fn continuous_answer() -> Answer {
    Box::new(|metric| {
        let (formula, rest) = metric.split_once("(a=")?;
        let (erlangs, servers) = rest.strip_suffix(')')?.split_once(",x=")?;
        let (erlangs, servers) = (erlangs.parse().ok()?, servers.parse().ok()?);
        let found = match formula {
            "B" => erlang_b::blocking_continuous(servers, erlangs),
            "C" => erlang_c::p_wait_continuous(servers, erlangs),
            _ => return None,
        };
        Some(found.expect("a share"))
    })
}

fn mixed_answer(case: &Case) -> Answer {
    let (load, servers, patience): (Load, u32, f64) =
        (load(case), case.count("s"), case.number("mean_patience_s"));
    let within = case.number("T_s");
    let cv = case.number("gamma_shape").sqrt().recip();
    let found = mixed_rate::solve(load, servers, patience, cv, within).expect("a mix");
    let plain = erlang_a::solve(load, servers, patience).expect("a queue");
    Box::new(move |metric| match metric {
        "sl_call_weighted" => Some(found.service_level),
        "sl_day_average" => Some(found.mean_daily_service_level),
        "p_ab_call_weighted" => Some(found.abandonment),
        "p_wait_time_average" => Some(found.p_wait_over_time),
        "sl_at_mean_rate" => Some(plain.within(within).expect("a time").answered),
        _ => None,
    })
}

fn hawkes_answer(case: &Case) -> Answer {
    let rate = |key: &str| case.number(key);
    let process = Hawkes::new(
        rate("baseline_per_s"),
        rate("alpha_per_s"),
        rate("beta_per_s"),
    )
    .expect("a process");
    let window = rate("window_s");
    Box::new(move |metric| {
        let variance = process.variance(window).expect("a window");
        let mean = process.mean_rate() * window;
        let empty = process.from_empty(window).expect("a window");
        match metric {
            "branching_ratio" => Some(process.branching_ratio()),
            "mean_rate_per_s" => Some(process.mean_rate()),
            "stationary_mean_count" => Some(mean),
            "stationary_var_count" => Some(variance),
            "stationary_index_of_dispersion" => Some(variance / mean),
            "limit_index_of_dispersion" => Some(process.limit_dispersion()),
            "empty_start_mean_count" => Some(empty.0),
            "empty_start_var_count" => Some(empty.1),
            "empty_start_p_zero" => Some(process.p_none_from_empty(window).expect("a window")),
            "covariance_adjacent_windows" => {
                Some(process.covariance_of_neighbours(window).expect("a window"))
            }
            _ => None,
        }
    })
}

fn count_answer(case: &Case) -> Answer {
    let (mean, cv) = (
        case.number("mean_count"),
        case.number("gamma_shape").sqrt().recip(),
    );
    let count = MixedPoisson::new(mean, cv).expect("a count");
    let whole = case.count("mean_count");
    Box::new(move |metric| {
        if let Some(share) = metric.strip_prefix("count_quantile_") {
            let share = share.parse().expect("a share");
            return Some(f64::from(count.quantile(share).expect("a count")));
        }
        let (variance, covariance) = count.halves();
        match metric {
            "mean_count" => Some(mean),
            "var_count" => Some(count.variance()),
            "index_of_dispersion" => Some(count.dispersion()),
            "p_zero" => Some(count.p(0)),
            "prob_count_equal_mean" => Some(count.p(whole)),
            "var_half_window" => Some(variance),
            "cov_two_half_windows" => Some(covariance),
            "corr_two_half_windows" => Some(covariance / variance),
            _ => None,
        }
    })
}

fn answer(case: &Case) -> Option<(Answer, Kind)> {
    let answer = match case.name.get(..5)? {
        "E-HAW" => hawkes_answer(case),
        "E-GAM" => count_answer(case),
        "E-OVF" => overflow_answer(case),
        "E-ERL" => continuous_answer(),
        "E-MIX" => mixed_answer(case),
        _ => return None,
    };
    Some((answer, Kind::Closed))
}

pub(super) fn run() -> (usize, Vec<String>) {
    check_file("e_arrivals.json", answer)
}
