//! Days whose rates and staff change: `c_timevarying.json` and `c2_finite_horizon.json`.

use std::f64::consts::PI;

use channelmix::queueing::Definition;
use channelmix::queueing::infinite::Sinusoid;
use channelmix::queueing::time_varying::{Day, Figures, solve};

use super::rows::{Answer, Case, Kind, check_file};

/// Steps an hour in which a rate that changes all the time is taken as constant.
const STEPS: u32 = 900;

/// The mean over each step of 0.05 (1 + 0.5 sin(2πt/86400 − π/2)).
fn sinusoid(hours: usize) -> Vec<f64> {
    let step = 3600.0 / f64::from(STEPS);
    let integral = |t: f64| {
        0.05 * (t - 0.5 * 86_400.0 / (2.0 * PI) * (2.0 * PI * t / 86_400.0 - PI / 2.0).cos())
    };
    let count = u32::try_from(hours).expect("a day") * STEPS;
    (0..count)
        .map(|at| {
            let start = f64::from(at) * step;
            (integral(start + step) - integral(start)) / step
        })
        .collect()
}

fn day(case: &Case) -> Day {
    let interval_s = case.number("interval_s");
    let staff: Vec<u32> = if case.params["staff"].is_array() {
        let list = case.params["staff"].as_array().expect("a list").iter();
        list.map(|value| u32::try_from(value.as_u64().expect("a number")).expect("small"))
            .collect()
    } else {
        vec![case.count("s"); case.count("intervals") as usize]
    };
    let arrivals_per_s = if case.params["calls_per_interval"].is_array() {
        case.numbers("calls_per_interval")
            .iter()
            .map(|calls| calls / interval_s)
            .collect()
    } else if case.params["lambda_per_s_of_t"].is_string() {
        assert_eq!(
            case.params["lambda_per_s_of_t"],
            "0.05*(1+0.5*sin(2*pi*t/86400 - pi/2))"
        );
        sinusoid(staff.len())
    } else {
        vec![case.number("lambda_per_h") / 3600.0; staff.len()]
    };
    Day {
        interval_s,
        staff,
        arrivals_per_s,
        handle_time_s: case.number("aht_s"),
        mean_patience_s: case.optional("mean_patience_s"),
        balk: case
            .optional("prob_leave_if_not_served_at_once")
            .unwrap_or(0.0),
        within_s: case.number("T_s"),
    }
}

fn day_answer(case: &Case) -> Answer {
    let day = day(case);
    let figures = solve(&day).expect("a day");
    let whole = figures
        .iter()
        .fold(Figures::default(), |sum, each| sum.plus(each));
    let aht = day.handle_time_s;
    Box::new(move |metric| {
        let (name, place) = metric.split_once('#')?;
        let of = match place.parse::<usize>() {
            Ok(index) => *figures.get(index)?,
            Err(_) => whole,
        };
        match name {
            "offered_load_erl" => Some(of.arrivals / of.length_s * aht),
            "expected_arrivals" => Some(of.arrivals),
            "p_delay" => of.p_delay(),
            "sl_answered_offered" => of.service_level(Definition::Offered),
            "sl_excl_short_ab" => of.service_level(Definition::LateAbandons),
            "sl_incl_short_ab" => of.service_level(Definition::EarlyAbandonsOk),
            "abandon_fraction" => of.abandonment(),
            "mean_queue" => Some(of.queue_length()),
            "mean_busy" => Some(of.busy()),
            "mean_excess_agents" => Some(of.excess()),
            "occupancy" => of.occupancy(),
            "asa_s" => Some(of.waiting_s / of.arrivals),
            _ => None,
        }
    })
}

fn wave_answer(case: &Case) -> Answer {
    let period = case.number("period_s");
    let wave = Sinusoid::new(
        case.number("lbar_per_s"),
        case.number("beta"),
        period,
        case.number("aht_s"),
    )
    .expect("a wave");
    Box::new(move |metric| match metric {
        "peak_lag_s" => Some(wave.peak_lag_s()),
        "peak_mean_busy" => Some(wave.peak_mean_busy()),
        _ => {
            let eighth: f64 = metric
                .strip_prefix("mean_busy_at_t_over_period_")?
                .strip_suffix("/8")?
                .parse()
                .ok()?;
            Some(wave.mean_busy(eighth / 8.0 * period))
        }
    })
}

fn answer(case: &Case) -> Option<(Answer, Kind)> {
    if case.name.starts_with("C-MOL-") {
        Some((wave_answer(case), Kind::Closed))
    } else if case.name == "C-v6" {
        None
    } else {
        Some((day_answer(case), Kind::Solver))
    }
}

pub(super) fn run() -> (usize, Vec<String>) {
    let (mut covered, mut left) = check_file("c_timevarying.json", answer);
    let (more, others) = check_file("c2_finite_horizon.json", answer);
    covered += more;
    left.extend(others);
    (covered, left)
}
