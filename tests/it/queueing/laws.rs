//! Relations that hold in every model of a steady state, whatever its numbers: they need no exact value.

use channelmix::queueing::mg_s::Method;
use channelmix::queueing::model::{Form, Given, Model};
use channelmix::queueing::redial::Redials;
use channelmix::queueing::time_varying::{self, Day};
use channelmix::queueing::{Flows, Load, Measures, SteadyState, chat, erlang_a, erlang_c};

/// A model with numbers.
struct Case {
    name: String,
    queue: Box<dyn SteadyState>,
    arrivals_per_s: f64,
    handle_time_s: f64,
    servers: f64,
    model: Model,
}

fn given() -> Given {
    Given {
        arrivals_per_s: vec![0.03],
        handle_time_s: 200.0,
        handle_time_cv: 1.0,
        handle_time_form: Form::Exponential,
        patience_s: Some(90.0),
        patience_cv: 1.4,
        patience_form: Form::Exponential,
        balk: 0.0,
        lines: Some(14),
        pace: vec![1.0, 0.7, 0.5],
        redials: None,
        method: Method::AllenCunneen,
        class: 0,
    }
}

impl Case {
    fn of(model: Model, servers: u32, given: &Given) -> Self {
        let queue = model.solve(given, servers).expect("it can be solved");
        let arrivals_per_s = match model {
            // All attempts, the later ones too.
            Model::Redial => queue.measures().offered_load_erlangs / given.handle_time_s,
            _ => given.arrivals_per_s[given.class],
        };
        Self {
            name: format!("{model:?} with {servers} servers of {given:?}"),
            queue,
            arrivals_per_s,
            handle_time_s: given.handle_time_s,
            servers: f64::from(servers),
            model,
        }
    }
}

/// Every model in a quiet and in a busy hour.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for servers in [7, 9, 12] {
        let all = [
            Model::ErlangB,
            Model::ErlangC,
            Model::ErlangA,
            Model::MmSK,
            Model::MmSKM,
            Model::MmSG,
            Model::MdS,
            Model::MgS,
        ];
        cases.extend(all.map(|model| Case::of(model, servers, &given())));
        let changed = |model, change: &dyn Fn(&mut Given)| {
            let mut given = given();
            change(&mut given);
            Case::of(model, servers, &given)
        };
        for form in [Form::Constant, Form::Uniform, Form::Lognormal] {
            cases.push(changed(Model::MmSG, &|given| given.patience_form = form));
        }
        cases.push(changed(Model::MmSG, &|given| given.balk = 0.2));
        for method in [Method::Kimura, Method::AllenCunneen] {
            let steadier = |given: &mut Given| (given.method, given.handle_time_cv) = (method, 0.6);
            cases.push(changed(Model::MgS, &steadier));
        }
    }
    cases.extend(cases_of_their_own());
    cases
}

/// Models whose numbers are others than those of the rest.
fn cases_of_their_own() -> Vec<Case> {
    let changed = |model, servers, change: &dyn Fn(&mut Given)| {
        let mut given = given();
        change(&mut given);
        Case::of(model, servers, &given)
    };
    let mut cases = Vec::new();
    for servers in [5, 9] {
        // Five agents are busy at their slowest pace, so that chats wait.
        cases.push(changed(Model::Chat, servers, &|_| ()));
        cases.push(changed(Model::Chat, servers, &|given| {
            given.patience_s = None;
        }));
    }
    for cv in [0.5_f64.sqrt(), 1.5] {
        cases.push(changed(Model::MphS, 8, &|given| given.handle_time_cv = cv));
        cases.push(changed(Model::Mg1, 1, &|given| {
            given.handle_time_cv = cv;
            given.handle_time_form = Form::Gamma;
            given.arrivals_per_s = vec![0.002];
        }));
    }
    for class in [0, 1] {
        cases.push(changed(Model::Priority, 7, &|given| {
            given.class = class;
            given.arrivals_per_s = vec![0.012, 0.018];
        }));
    }
    for servers in [8, 10] {
        cases.push(changed(Model::Redial, servers, &|given| {
            given.redials = Some(Redials {
                mean_delay_s: 300.0,
                after_abandoning: 0.5,
                after_blocking: 0.7,
            });
        }));
    }
    // So busy that the line is long.
    cases.push(changed(Model::MdS, 8, &|given| {
        given.arrivals_per_s = vec![0.038];
    }));
    cases
}

/// What only this model tells.
fn more(case: &Case, wanted: &str) -> f64 {
    let more = case.queue.more();
    let found = more.iter().find(|(name, _)| *name == wanted);
    found.map_or(f64::NAN, |(_, value)| *value)
}

fn same(case: &Case, what: &str, found: f64, expected: f64, accuracy: f64) {
    let off = (found - expected).abs();
    assert!(
        off <= accuracy * (1.0 + expected.abs()),
        "{what} {found}, not {expected}: {}",
        case.name
    );
}

#[test]
fn lines_are_as_long_as_arrivals_and_waits_make_them() {
    for case in &cases() {
        let found = case.queue.measures();
        let answered = 1.0 - found.p_block - found.p_abandon;
        same(
            case,
            "line",
            found.queue_length,
            case.arrivals_per_s * found.mean_wait_s,
            1e-9,
        );
        let in_hand = found.in_system - found.queue_length;
        // Each of the answered keeps one server for its handle time; of a class, occupancy tells that of all.
        let busy = case.arrivals_per_s * answered * case.handle_time_s;
        if !matches!(case.model, Model::Chat | Model::Priority) {
            same(case, "busy", case.servers * found.occupancy, busy, 1e-9);
        }
        if case.model == Model::Chat {
            let chats = more(case, "chats_in_hand");
            let handled = case.arrivals_per_s * answered * more(case, "handle_time_s");
            same(case, "in hand", in_hand, chats, 1e-9);
            same(case, "in hand", handled, chats, 1e-9);
            let at_busy = case.servers * found.occupancy * more(case, "mean_concurrency");
            same(case, "in hand", at_busy, chats, 1e-9);
        } else {
            same(case, "in hand", in_hand, busy, 1e-9);
        }
        let offered = case.arrivals_per_s * case.handle_time_s;
        same(case, "load", found.offered_load_erlangs, offered, 1e-12);
    }
}

#[test]
fn waits_of_all_are_those_of_the_answered_and_of_those_who_left() {
    for case in &cases() {
        let found = case.queue.measures();
        // A formula for the mean knows nothing of the deviation.
        assert!(
            case.model != Model::MgS || found.wait_sd_s.is_none(),
            "{}",
            case.name
        );
        let answered = 1.0 - found.p_block - found.p_abandon;
        let of_answered = answered * found.asa_s.unwrap_or(0.0);
        let of_others = found.p_abandon * found.mean_wait_abandoned_s.unwrap_or(0.0);
        if case.model != Model::Redial {
            same(
                case,
                "wait",
                found.mean_wait_s,
                of_answered + of_others,
                1e-9,
            );
        }
        let of_delayed = found.p_wait * found.wait_if_delayed_s.unwrap_or(0.0);
        same(case, "wait", found.mean_wait_s, of_delayed, 1e-9);
    }
}

#[test]
fn the_distribution_of_the_wait_begins_and_ends_where_the_shares_say() {
    for case in &cases() {
        let found = case.queue.measures();
        let at = |time_s| case.queue.within(time_s);
        let Ok(at_once) = at(0.0) else {
            assert_eq!(case.model, Model::MgS, "{}", case.name);
            continue;
        };
        let answered_at_once = 1.0 - found.p_block - found.p_wait;
        same(case, "at once", at_once.answered, answered_at_once, 1e-9);
        // M/G/1 solves an integral equation, not for times without end, and its tail is long.
        let is_numeric = case.model == Model::Mg1;
        let (long, accuracy) = if is_numeric { (4e3, 1e-3) } else { (2e4, 1e-9) };
        let late = at(long).expect("a time");
        same(
            case,
            "answered",
            late.answered,
            1.0 - found.p_block - found.p_abandon,
            accuracy,
        );
        same(case, "abandoned", late.abandoned, found.p_abandon, 1e-9);
        let mut before = at_once;
        for step in 1..40 {
            let Flows {
                answered,
                abandoned,
            } = at(f64::from(step) * 15.0).expect("a time");
            let falls = before.answered > answered + 1e-12 || before.abandoned > abandoned + 1e-12;
            assert!(!falls, "falls: {}", case.name);
            before = Flows {
                answered,
                abandoned,
            };
        }
    }
}

/// A quantile is the first time at which a share is reached; where the distribution jumps, it is passed.
fn reaches(case: &Case, time_s: f64, by: &dyn Fn(f64) -> f64, wanted: f64) {
    assert!(
        by(time_s) >= wanted - 1e-9,
        "{wanted} at {time_s}: {}",
        case.name
    );
    let before = by(time_s * (1.0 - 1e-9));
    assert!(
        time_s <= 0.0 || before <= wanted + 1e-9,
        "{wanted} at {time_s}: {}",
        case.name
    );
}

#[test]
fn quantiles_lie_where_the_distribution_reaches_their_share() {
    for case in &cases() {
        let found = case.queue.measures();
        let accepted = 1.0 - found.p_block;
        for share in [0.3, 0.6, 0.9, 0.99] {
            let (Ok(all), Ok(answered)) = (
                case.queue.wait_quantile_s(share),
                case.queue.answered_wait_quantile_s(share),
            ) else {
                let may_refuse = matches!(case.model, Model::MgS | Model::MdS);
                assert!(may_refuse, "{}", case.name);
                continue;
            };
            let within = |time_s| case.queue.within(time_s).expect("a time");
            let by_answered = |time_s| within(time_s).answered;
            let by_all = |time_s| within(time_s).answered + within(time_s).abandoned;
            let of_answered = accepted - found.p_abandon;
            reaches(case, all, &by_all, share * accepted);
            reaches(case, answered, &by_answered, share * of_answered);
        }
    }
}

#[test]
fn mean_waits_are_the_areas_above_the_distribution() {
    for case in &cases() {
        let found = case.queue.measures();
        let answered = 1.0 - found.p_block - found.p_abandon;
        let is_quick = !matches!(
            case.model,
            Model::Mg1 | Model::MphS | Model::MdS | Model::MgS
        );
        // The others take long to tell their distribution at one time, and a busier hour has a longer tail.
        if !is_quick || case.model == Model::Priority || case.servers < 9.0 {
            continue;
        }
        // Of all who are accepted: ∫ P(W > t) dt, and 2 ∫ t·P(W > t) dt for the square.
        let above = |time_s: f64| {
            let within = case.queue.within(time_s).expect("a time");
            1.0 - (within.answered + within.abandoned) / (answered + found.p_abandon)
        };
        let answered_above = |time_s: f64| {
            let within = case.queue.within(time_s).expect("a time");
            1.0 - within.answered / answered
        };
        // By the middles of seconds, so that a patience of whole seconds ends between two of them.
        let (mut mean, mut square, mut of_answered) = (0.0, 0.0, 0.0);
        for second in 0..1_500 {
            let time_s = f64::from(second) + 0.5;
            mean += above(time_s);
            square += 2.0 * time_s * above(time_s);
            of_answered += answered_above(time_s);
        }
        same(
            case,
            "mean wait",
            mean,
            found.mean_wait_s / (1.0 - found.p_block),
            1e-4,
        );
        same(case, "asa", of_answered, found.asa_s.unwrap_or(0.0), 1e-4);
        if let Some(deviation) = found.wait_sd_s {
            let variance = square - mean * mean;
            same(case, "deviation", variance.sqrt(), deviation, 1e-4);
        }
    }
}

#[test]
fn more_servers_shorten_every_wait() {
    for model in [
        Model::ErlangC,
        Model::ErlangA,
        Model::MmSG,
        Model::MdS,
        Model::Chat,
    ] {
        let mut before = f64::INFINITY;
        for servers in 7..20 {
            let queue = model.solve(&given(), servers).expect("it can be solved");
            let wait = queue.measures().mean_wait_s;
            assert!(
                wait < before,
                "{model:?} with {servers}: {wait} after {before}"
            );
            before = wait;
        }
    }
}

#[test]
fn the_time_in_an_exponential_system_is_the_wait_and_then_the_handle_time() {
    // With one server more than the load the two rates are the same, and the usual formula is nothing over nothing.
    for (arrivals_per_s, servers) in [(0.03, 7), (0.03, 8), (0.01, 3), (0.004, 1)] {
        let load = Load::new(arrivals_per_s, 200.0).expect("a load");
        let queue = erlang_c::solve(load, servers).expect("a steady state");
        for time_s in [0.0, 10.0, 300.0, 1_500.0] {
            let answered_by = |time_s| queue.within(time_s).expect("a time").answered;
            let over = |left_s: f64| (-left_s / 200.0).exp();
            // Those who wait beyond, those who do not wait, and those who begin in each part of the time.
            let mut expected = 1.0 - answered_by(time_s) + answered_by(0.0) * over(time_s);
            let (steps, step) = (4_000, time_s / 4_000.0);
            for number in 0..steps {
                let begins = f64::from(number) * step;
                let share = answered_by(begins + step) - answered_by(begins);
                expected += share * over(time_s - begins - 0.5 * step);
            }
            let found = queue.p_sojourn_over(time_s).expect("a time");
            assert!(
                (found - expected).abs() < 1e-6,
                "{servers} at {time_s}: {found} {expected}"
            );
        }
    }
}

#[test]
fn a_chat_agent_holds_as_many_as_there_are_paces() {
    let load = Load::new(0.03, 200.0).expect("a load");
    let sharing = chat::Sharing::LeastLoaded;
    let queue =
        chat::solve(load, 4, &[1.0, 0.8, 0.6], Some(90.0), sharing).expect("it can be solved");
    assert_eq!(queue.at_once(), 3);
    assert!(queue.mean_concurrency() > 1.0 && queue.mean_concurrency() < 3.0);
}

/// E\[W²\] = 2 E\[W\]² + λ E\[S³\] / (3 (1 − ρ)); the two phases have balanced means.
///
/// Source: L. Kleinrock, *Queueing Systems* I (1975), equation 5.114.
#[test]
fn the_deviation_with_one_server_is_that_of_the_third_moment_of_two_phases() {
    let (rate, mean_s, cv) = (0.003, 200.0, 1.5_f64);
    let (arrivals_per_s, handle_time_form) = (vec![rate], Form::Hyperexponential);
    let given = Given {
        arrivals_per_s,
        handle_time_form,
        handle_time_cv: cv,
        ..given()
    };
    let found = Model::Mg1
        .solve(&given, 1)
        .expect("a steady state")
        .measures();
    let first = 0.5 * (1.0 + ((cv * cv - 1.0) / (cv * cv + 1.0)).sqrt());
    let cube = |share: f64| 6.0 * share * (mean_s / (2.0 * share)).powi(3);
    let third = cube(first) + cube(1.0 - first);
    let wait = rate * mean_s * mean_s * (1.0 + cv * cv) / (2.0 * (1.0 - rate * mean_s));
    assert!((found.mean_wait_s - wait).abs() < 1e-9 * wait);
    let square = 2.0 * wait * wait + rate * third / (3.0 * (1.0 - rate * mean_s));
    let deviation = (square - wait * wait).sqrt();
    let found = found.wait_sd_s.expect("it has one");
    assert!(
        (found - deviation).abs() < 1e-9 * deviation,
        "{found} {deviation}"
    );
}

#[test]
fn a_time_in_the_system_of_many_handle_times_is_no_number_too_large() {
    // With one server it is exponential at the rate 1/200 − λ: e⁻¹⁰.
    let load = Load::new(0.00495, 200.0).expect("a load");
    let queue = erlang_c::solve(load, 1).expect("a steady state");
    let found = queue.p_sojourn_over(200_000.0).expect("a time");
    assert!((found / (-10.0_f64).exp() - 1.0).abs() < 1e-9, "{found}");
}

#[test]
fn the_mean_wait_of_a_long_line_at_constant_handle_times_is_the_area_above_its_distribution() {
    let given = Given {
        arrivals_per_s: vec![0.038],
        ..given()
    };
    let queue = Model::MdS.solve(&given, 8).expect("a steady state");
    let step = 20.0;
    let above = |number: u32| {
        let within = queue.within((f64::from(number) + 0.5) * step);
        step * (1.0 - within.expect("a time").answered)
    };
    let area: f64 = (0..300).map(above).sum();
    let mean = queue.measures().mean_wait_s;
    assert!((area / mean - 1.0).abs() < 1e-3, "{area} {mean}");
}

#[test]
fn where_nobody_is_there_nobody_is_occupied() {
    let day = Day {
        interval_s: 100.0,
        staff: vec![0],
        arrivals_per_s: vec![0.1],
        handle_time_s: 10.0,
        mean_patience_s: None,
        balk: 0.0,
        within_s: 5.0,
    };
    let figures = time_varying::solve(&day).expect("it can be solved");
    assert_eq!(figures[0].occupancy(), None);
}

/// Chats one at a time are Erlang A, whose figures come by another way.
#[test]
fn chats_one_at_a_time_are_erlang_a_in_groups_of_any_size() {
    for agents in [1, 2, 10, 40, 46, 200] {
        for of_capacity in [0.2, 0.5, 0.9, 1.0, 1.3, 4.0] {
            let load = Load::new(of_capacity * f64::from(agents) / 480.0, 480.0).expect("a load");
            let chats = chat::solve(
                load,
                agents,
                &[1.0],
                Some(120.0),
                chat::Sharing::LeastLoaded,
            );
            let exact = erlang_a::solve(load, agents, 120.0)
                .expect("a queue")
                .measures();
            let found = chats.expect("a small chain").measures();
            for (found, exact) in [
                (found.p_wait, exact.p_wait),
                (found.p_abandon, exact.p_abandon),
                (found.occupancy, exact.occupancy),
                (found.mean_wait_s, exact.mean_wait_s),
            ] {
                assert!(
                    (found - exact).abs() <= 1e-11 * exact.max(1e-3),
                    "{agents} {of_capacity}: {found} {exact}"
                );
            }
        }
    }
}

#[test]
fn more_agents_for_chats_leave_fewer_waiting_and_idle_more() {
    let pace = [1.0, 0.85, 0.7];
    for load_erlangs in [5.0, 40.0] {
        let load = Load::new(load_erlangs / 480.0, 480.0).expect("a load");
        let mut before: Option<Measures> = None;
        for agents in 1..=32 {
            let queue = chat::solve(load, agents, &pace, Some(120.0), chat::Sharing::LeastLoaded);
            let now = queue.expect("a small chain").measures();
            if let Some(before) = &before {
                assert!(now.p_abandon < before.p_abandon, "{agents}");
                assert!(now.p_wait < before.p_wait + 1e-15, "{agents}");
                assert!(now.occupancy < before.occupancy + 1e-12, "{agents}");
            }
            before = Some(now);
        }
    }
}
