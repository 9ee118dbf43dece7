//! The search against all staffings of a centre so small that they can be counted, and what it promises about itself.

use super::found::{Ended, Plan};
use super::grid::Grid;
use super::judge::Judge;

use super::proof::prove;
use super::staffing::{Asked, PlanError, staffing};
use super::target::Targets;
use crate::ids::{GroupId, Id};
use crate::scenario::model::Compiled;
use crate::sim::parallel::Workers;

const DESK: &str = r#"
name = "Desk"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 1
interval = "4h"
[queues.phone]
channel = "phone"
open = "08:00-20:00"
arrivals = { per_interval = [0, 0, 60, 120, 40, 0] }
handle_time = { dist = "exponential", mean = "5m" }
patience = { dist = "exponential", mean = "4m" }
target = { share = 0.8, within = "30s" }
[groups.voice]
skills = ["phone"]
staff = 5
wage = 20
"#;

fn planned(text: &str, threads: usize) -> Result<Plan, PlanError> {
    let compiled = Compiled::sample(text);
    let workers = Workers::new(threads).expect("threads");
    let asked = Asked {
        compiled: &compiled,
        variant: &compiled.variants[0],
        seed: None,
        work: Some(20_000),
        proof: Some(800),
    };
    staffing(&asked, &workers, &workers, &|_| ())
}

/// With overtime, as the proof simulates it.
fn paid(plan: &Plan) -> f64 {
    plan.cost.staffing + plan.cost.overtime.mean.expect("a mean")
}

#[test]
fn no_staffing_of_a_small_desk_that_can_be_proven_is_cheaper() {
    let plan = planned(DESK, 2).expect("a plan");
    assert!(plan.proven && plan.ended == Ended::Converged);
    let compiled = Compiled::sample(DESK);
    let model = &compiled.variants[0].model;
    let grid = Grid::new(model);
    let targets = Targets::of(model, &grid);
    let workers = Workers::new(2).expect("threads");
    let judge = Judge {
        model,
        targets: &targets,
        seed: 1,
        workers: &workers,
    };
    let group = GroupId::from_index(0);
    let mut heads = grid.heads_of(model, &compiled.variants[0].staffing);
    for one in 0..4_u32 {
        for two in 0..6 {
            for three in 0..4 {
                heads[group].copy_from_slice(&[0, 0, one, two, three, 0]);
                let cost = grid.cost_of(&heads);
                // A proof of as many replications as the plan's own has to be possible.
                if cost < paid(&plan) - 1.0 {
                    let proof = prove(&judge, &grid.staffing(&heads), 1, 800).expect("a run");
                    let cost = cost + proof.verdict.overtime.iter().sum::<f64>();
                    let is_dearer = cost > paid(&plan) - 1.0;
                    assert!(is_dearer || !proof.holds(), "{one} {two} {three} at {cost}");
                }
            }
        }
    }
    assert!(plan.bound.staffing <= plan.cost.staffing);
    assert!(plan.bound.fluid <= plan.bound.staffing);
}

#[test]
fn the_plan_is_the_same_for_any_number_of_threads() {
    let one = planned(DESK, 1).expect("a plan");
    let three = planned(DESK, 3).expect("a plan");
    assert_eq!(one, three);
}

#[test]
fn each_interval_keeps_its_own_promise() {
    let text = DESK.replace("within = \"30s\"", "within = \"30s\", over = \"interval\"");
    let plan = planned(&text, 2).expect("a plan");
    assert!(plan.proven);
    assert_eq!((plan.targets[0].goals, plan.targets[0].proven), (6, 6));
    assert!(plan.targets[0].sure.expect("a bound") >= 0.8);
    let whole = planned(DESK, 2).expect("a plan");
    assert!(plan.cost.staffing >= whole.cost.staffing);
}

#[test]
fn a_group_of_two_heads_cannot_answer_for_five() {
    let text = DESK.replace("wage = 20", "wage = 20\nplan = { max = 2 }");
    let Err(PlanError::Unmeetable(found)) = planned(&text, 2) else {
        panic!("two heads do not keep the promise");
    };
    assert_eq!(found.limits, [("voice".to_owned(), 2)]);
    assert_eq!(found.targets.len(), 1);
    assert!(found.targets[0].reached.expect("a share") < 0.8);
    assert!(found.needed[0].1 > 2, "{:?}", found.needed);
}

#[test]
fn nobody_at_all_keeps_no_promise_to_those_who_never_leave() {
    let text = DESK.replace("patience = { dist = \"exponential\", mean = \"4m\" }\n", "");
    let plan = planned(&text, 2).expect("a plan");
    assert!(plan.proven);
    assert!(plan.staff[0].heads[2].heads > 0, "{:?}", plan.staff);
}

#[test]
fn those_left_behind_a_bot_are_late_too() {
    let text = DESK.replace("patience = { dist = \"exponential\", mean = \"4m\" }\n", "");
    let text = text.replace("staff = 5", "staff = [0, 0, 5, 8, 0, 0]");
    let bot = "\n[bots.first]\nqueues = [\"phone\"]\nsession = \"30s\"\nresolved = 0.1\n";
    for text in [text.clone(), format!("{text}{bot}")] {
        let plan = planned(&text, 2).expect("a plan");
        assert!(
            plan.proven && plan.staff[0].heads[4].heads > 0,
            "{:?}",
            plan.staff
        );
    }
}

#[test]
fn those_who_meet_a_closed_door_are_no_broken_promise() {
    let text = DESK.replace("[0, 0, 60, 120, 40, 0]", "[200, 200, 60, 120, 40, 200]");
    let plan = planned(&text, 2).expect("a plan");
    assert!(plan.proven);
    let busy = |plan: &Plan| {
        plan.staff[0]
            .heads
            .iter()
            .map(|slot| slot.heads)
            .sum::<u32>()
    };
    assert_eq!(busy(&plan), busy(&planned(DESK, 2).expect("a plan")));
}

#[test]
fn nothing_promised_and_nothing_to_choose_are_told() {
    let text = DESK.replace("target = { share = 0.8, within = \"30s\" }", "");
    assert!(matches!(planned(&text, 1), Err(PlanError::Nothing(_))));
    let text = DESK.replace("wage = 20", "wage = 20\nplan = { fixed = true }");
    assert!(matches!(planned(&text, 1), Err(PlanError::Nothing(_))));
}

/// Two queues of exponential times, agents of one skill and agents of both, in two intervals.
const N_DESIGN: &str = r#"
name = "N"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 1
interval = "4h"
[queues.sales]
channel = "phone"
open = "08:00-16:00"
arrivals = { per_interval = [0, 0, 80, 24, 0, 0] }
handle_time = { dist = "exponential", mean = "5m" }
patience = { dist = "exponential", mean = "8m" }
target = { share = 0.7, within = "30s" }
[queues.service]
channel = "phone"
open = "08:00-16:00"
arrivals = { per_interval = [0, 0, 40, 8, 0, 0] }
handle_time = { dist = "exponential", mean = "5m" }
patience = { dist = "exponential", mean = "8m" }
target = { share = 0.7, within = "30s" }
[groups.sellers]
skills = ["sales"]
staff = [0, 0, 5, 3, 0, 0]
wage = 18
[groups.both]
skills = ["service", { queue = "sales", speed = 0.5 }]
staff = [0, 0, 3, 2, 0, 0]
wage = 20
"#;

#[test]
fn no_staffing_of_a_small_n_design_that_can_be_proven_is_much_cheaper() {
    compare_with_all(N_DESIGN, 1);
}

#[test]
fn none_is_where_intervals_may_be_given_up() {
    compare_with_all(&format!("{N_DESIGN}\n[plan]\nunattended = true\n"), 0);
}

/// All staffings with so many at least of those with both skills, whom service needs.
fn compare_with_all(text: &str, least: u32) {
    let plan = planned(text, 2).expect("a plan");
    assert!(plan.proven);
    let compiled = Compiled::sample(text);
    let model = &compiled.variants[0].model;
    let grid = Grid::new(model);
    let targets = Targets::of(model, &grid);
    let workers = Workers::new(2).expect("threads");
    let judge = Judge {
        model,
        targets: &targets,
        seed: 1,
        workers: &workers,
    };
    let mut heads = grid.heads_of(model, &compiled.variants[0].staffing);
    let [sellers, both] = [GroupId::from_index(0), GroupId::from_index(1)];
    let mut cheapest = f64::INFINITY;
    for number in 0..6 * 6 * 4 * 4_u32 {
        let (one, two) = (number % 6, number / 6 % 6);
        let (three, four) = (number / 36 % 4, number / 144);
        heads[sellers].copy_from_slice(&[0, 0, one, three, 0, 0]);
        heads[both].copy_from_slice(&[0, 0, two, four, 0, 0]);
        let cost = grid.cost_of(&heads);
        if two.min(four) >= least && cost < paid(&plan).min(cheapest) {
            let proof = prove(&judge, &grid.staffing(&heads), 1, 800).expect("a run");
            if proof.holds() {
                cheapest = cheapest.min(cost + proof.verdict.overtime.iter().sum::<f64>());
            }
        }
    }
    assert!(paid(&plan) <= 1.03 * cheapest, "{} {cheapest}", paid(&plan));
}

#[test]
fn no_interval_is_left_to_nobody_unless_the_file_allows_it() {
    let few = DESK.replace("[0, 0, 60, 120, 40, 0]", "[0, 0, 60, 120, 1, 0]");
    let kept = planned(&few, 2).expect("a plan");
    assert!(kept.staff[0].heads[4].heads == 1 && kept.warnings.is_empty());
    // Nobody comes before eight.
    assert_eq!(kept.staff[0].heads[0].heads, 0);
    let plan = planned(&format!("{few}\n[plan]\nunattended = true\n"), 2).expect("a plan");
    assert!(plan.staff[0].heads[4].heads == 0 && plan.warnings.len() == 1);
    assert!(
        plan.warnings[0].contains(
            "in 1 interval in which its contacts come and the file has somebody, the first 16:00"
        ),
        "{:?}",
        plan.warnings
    );
    assert!(paid(&plan) < paid(&kept));
}

#[test]
fn of_two_groups_either_may_be_there() {
    // After four nearly nobody comes: of the sellers at 18 and those with both skills at 20 one is enough for sales, and service must have one of the latter.
    let few = N_DESIGN.replace("[0, 0, 40, 8, 0, 0]", "[0, 0, 40, 0, 0, 0]");
    let few = few.replace("[0, 0, 80, 24, 0, 0]", "[0, 0, 80, 1, 0, 0]");
    let plan = planned(&few, 2).expect("a plan");
    let heads = |group: usize| plan.staff[group].heads[3].heads;
    assert_eq!((heads(0), heads(1)), (1, 0), "{:?}", plan.staff);
    let served = few.replace("[0, 0, 40, 0, 0, 0]", "[0, 0, 40, 1, 0, 0]");
    let plan = planned(&served, 2).expect("a plan");
    let heads = |group: usize| plan.staff[group].heads[3].heads;
    assert_eq!((heads(0), heads(1)), (0, 1), "{:?}", plan.staff);
}
