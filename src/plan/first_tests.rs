use super::*;
use crate::queueing::staffing::least;
use crate::queueing::{Load, erlang_a, erlang_c};
use crate::scenario::compiled::{Compiled, Variant};

fn variant(text: &str) -> Variant {
    let text = format!("name = \"a\"\ncurrency = \"EUR\"\n{text}");
    Compiled::sample(&text).variants.remove(0)
}

fn first(text: &str) -> (Model, Grid, First) {
    let Variant {
        model, staffing, ..
    } = variant(text);
    let grid = Grid::new(&model);
    let file = grid.heads_of(&model, &staffing);
    let first = guess(&model, &grid, &file);
    (model, grid, first)
}

const DAY: &str = "
[horizon]
start = \"2026-09-07\"
days = 1
interval = \"30m\"
[run]
replications = 1
";

#[test]
fn one_queue_of_constant_load_gets_what_its_model_says() {
    let text = format!(
        "{DAY}
        [queues.phone]
        channel = \"phone\"
        arrivals = {{ per_hour = 200 }}
        handle_time = {{ dist = \"exponential\", mean = \"3m\" }}
        patience = {{ dist = \"exponential\", mean = \"2m\" }}
        target = {{ share = 0.8, within = \"20s\" }}
        [groups.voice]
        skills = [\"phone\"]
        staff = 1
        wage = 10
        shrinkage = 0.2"
    );
    let (model, _, first) = first(&text);
    let load = Load::per_hour(200.0, 180.0).unwrap();
    let goals = need::goals(model.queues.values().next().unwrap().target.as_ref());
    let agents = least(&goals, 1..=100, |agents| {
        erlang_a::solve(load, agents, 120.0)
    })
    .unwrap();
    let heads = (f64::from(agents) / 0.8).ceil();
    let group = model.groups.ids().next().unwrap();
    // The first slot begins with nobody in hand.
    let mut later = first.heads[group][1..].iter();
    assert!(later.all(|&found| (f64::from(found) - heads).abs() < 1e-9));
    let mut later = first.load[group][1..].iter();
    assert!(later.all(|load| (load - 10.0 / 0.8).abs() < 1e-3));
    assert!((first.load[group][0] - 9.0 / 0.8).abs() < 1e-3);
    // More than the load, and fewer than if nobody left.
    let without = least(&goals, 1..=100, |agents| erlang_c::solve(load, agents)).unwrap();
    assert!(10 < agents && agents < without);
}

#[test]
fn deferred_work_goes_to_idle_agents_and_to_the_cheap_hours() {
    let text = format!(
        "{DAY}
        [queues.phone]
        channel = \"phone\"
        open = \"08:00-20:00\"
        arrivals = {{ per_hour = 200 }}
        handle_time = \"3m\"
        target = {{ share = 0.8, within = \"20s\" }}
        [queues.email]
        channel = \"email\"
        arrivals = {{ per_hour = 4 }}
        handle_time = \"6m\"
        target = {{ share = 0.9, within = \"10h\" }}
        [groups.all]
        skills = [\"phone\", \"email\"]
        staff = 1
        wage = 10"
    );
    let (model, grid, first) = first(&text);
    let group = model.groups.ids().next().unwrap();
    let heads = &first.heads[group];
    // Fourteen for the telephone, of whom four are idle: that is time for all e-mails, those of the night too as they pile up.
    assert!(heads[17..40].iter().all(|&heads| heads == 14), "{heads:?}");
    let nights = heads[..16].iter().chain(&heads[40..]);
    assert_eq!(nights.sum::<u32>(), 0, "{heads:?}");
    let email: f64 = first.load[group].iter().sum::<f64>() * grid.interval.as_hours() - 120.0;
    assert!((3.0..=10.2).contains(&email), "{email}");
}

#[test]
fn work_goes_to_the_group_that_does_it_at_least_cost_within_its_limits() {
    let text = |plan: &str| {
        format!(
            "{DAY}
            [queues.phone]
            channel = \"phone\"
            arrivals = {{ per_hour = 200 }}
            handle_time = \"3m\"
            target = {{ share = 0.8, within = \"20s\" }}
            [groups.dear]
            skills = [\"phone\"]
            staff = 1
            wage = 20
            [groups.cheap]
            skills = [\"phone\"]
            staff = 6
            wage = 15
            {plan}"
        )
    };
    let heads = |plan: &str| {
        let (model, _, first) = first(&text(plan));
        let mut groups = model.groups.ids();
        let mut of_next = || first.heads[groups.next().unwrap()][20];
        (of_next(), of_next())
    };
    assert_eq!(heads(""), (0, 14));
    assert_eq!(heads("plan = { max = 10 }"), (4, 10));
    assert_eq!(heads("plan = { fixed = true }"), (8, 6));
    assert_eq!(heads("plan = { min = 20 }"), (0, 20));
}

#[test]
fn a_queue_out_of_reach_of_all_limits_still_has_a_guess() {
    let text = format!(
        "{DAY}
        [queues.phone]
        channel = \"phone\"
        arrivals = {{ per_hour = 200 }}
        handle_time = \"3m\"
        target = {{ share = 0.8, within = \"20s\" }}
        [queues.email]
        channel = \"email\"
        arrivals = {{ per_hour = 100 }}
        handle_time = \"6m\"
        target = {{ share = 0.8, within = \"2h\" }}
        [groups.few]
        skills = [\"phone\", \"email\"]
        staff = 1
        wage = 20
        plan = {{ max = 3 }}"
    );
    let (_, _, first) = first(&text);
    assert!(first.heads.values().flatten().all(|&heads| heads == 3));
}
