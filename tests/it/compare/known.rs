//! Answers that are known without simulating, or from the summary of a run.

use channelmix::scenario::model::Stopping;
use channelmix::scenario::vary::{Values, Vary};
use channelmix::scenario::{Ground, Scenario};
use channelmix::sim::parallel::Workers;
use channelmix::stats::estimate::Estimate;
use channelmix::stats::frontier::Standing;
use channelmix::stats::measure::Measure;
use channelmix::stats::multiple::Verdict;
use channelmix::study::break_even::{BreakEven, Opposite, Question, break_even};
use channelmix::study::compare::{Comparison, Contest, Source};
use channelmix::study::marginal::Margin;
use channelmix::study::risk::find::{Risk, find};
use channelmix::study::risk::worlds::Worlds;

use crate::support::{compiled, summary};

const CENTRE: &str = "name = \"n\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 2\ninterval = \"1h\"\n\
    [queues.phone]\nchannel = \"phone\"\narrivals = { per_hour = 20 }\nhandle_time = { dist = \"exponential\", mean = \"9m\" }\n\
    patience = { dist = \"exponential\", mean = \"4m\" }\ntarget = { share = 0.8, within = \"20s\" }\n\
    [queues.email]\nchannel = \"email\"\narrivals = { per_hour = 4 }\nhandle_time = \"6m\"\ntarget = { share = 0.9, within = \"4h\" }\n\
    [groups.voice]\nskills = [\"phone\", \"email\"]\nstaff = 5\nwage = 20\n";
const VARIANTS: &str = "[[variants]]\nname = \"dearer\"\nset = { \"groups.voice.wage\" = 25 }\n\
    [[variants]]\nname = \"more\"\nset = { \"groups.voice.staff\" = 7 }\n";

fn workers() -> Workers {
    Workers::new(2).expect("threads")
}

fn comparison(text: &str, against: &[&str], replications: u64) -> Comparison {
    let compiled = compiled(text);
    let source = Source {
        name: String::new(),
        compiled: &compiled,
    };
    let against: Vec<String> = against.iter().map(|&name| name.to_owned()).collect();
    let contest = Contest::new(vec![source], &[], &against, None).expect("mixes");
    contest
        .run(Stopping::Replications(replications), &workers(), &|| ())
        .expect("the run ends")
}

fn is_near(one: &Estimate, other: &Estimate) -> bool {
    let pairs = [
        (one.mean, other.mean),
        (one.lo, other.lo),
        (one.hi, other.hi),
    ];
    pairs.into_iter().all(|pair| match pair {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * (1.0 + one.abs()),
        (one, other) => one == other,
    })
}

#[test]
fn differences_are_those_of_a_run() {
    let text = format!("{CENTRE}{VARIANTS}");
    let comparison = comparison(&text, &[], 12);
    let summary = summary(&text, 12);
    let mut checked = 0;
    for row in &comparison.differences[0].rows {
        let variant = summary
            .variants
            .iter()
            .find(|variant| variant.name == row.mix);
        let of = variant.and_then(|variant| variant.differences.as_ref());
        let of = of.expect("a variant has differences");
        let queue = |name: &str| of.queues.find(name).expect("the queue");
        let wanted = match row.figure.name().as_str() {
            "cost.total" => of.cost.total,
            "cost.per_contact" => of.cost.per_contact,
            "demand.lost" => of.demand.lost,
            "demand.lost_share" => of.demand.lost_share,
            "queues.phone.service_level" => queue("phone").service_level,
            "queues.phone.abandonment" => queue("phone").abandonment,
            "queues.phone.asa_s" => queue("phone").asa_s,
            "queues.email.service_level" => queue("email").service_level,
            _ => continue,
        };
        assert!(
            is_near(&row.tested.difference, &wanted),
            "{row:?}: {wanted:?}"
        );
        checked += 1;
    }
    assert_eq!(checked, 16);
}

#[test]
fn a_run_finds_the_frontiers_of_a_comparison() {
    let text = format!("{CENTRE}{VARIANTS}");
    let (comparison, summary) = (comparison(&text, &[], 12), summary(&text, 12));
    assert_eq!(comparison.frontiers, summary.frontiers);
    let standings = |at: usize| summary.frontiers[at].mixes.iter().map(|mix| mix.standing);
    assert!(standings(0).any(|own| own == Standing::Dominated));
    assert!(standings(1).any(|own| own == Standing::Efficient));
    // Nothing to choose among: no wages, or one mix.
    assert!(crate::support::summary(CENTRE, 3).frontiers.is_empty());
    let free = text
        .replace("wage = 20", "")
        .replace("set = { \"groups.voice.wage\" = 25 }", "set = {}");
    assert!(crate::support::summary(&free, 3).frontiers.is_empty());
}

/// Each call lost costs 30, each late answer 2, and one in ten of those answered at once buys for 50.
const VALUED: &str =
    "[queues.phone.value]\nabandoned = 30\nlate = 2\nconverts = { revenue = 50, share = 0.1 }\n";

#[test]
fn value_lost_is_what_a_run_says_it_is() {
    let text = format!("{CENTRE}{VALUED}{VARIANTS}");
    let (comparison, summary) = (comparison(&text, &[], 12), summary(&text, 12));
    for (mix, variant) in comparison.mixes.iter().zip(&summary.variants) {
        let value = &variant.value.as_ref().expect("it is stated").total;
        for (figure, wanted) in [
            (Measure::ValueLost, value.lost),
            (Measure::NetCost, value.net_cost),
        ] {
            let mut figures = mix.figures.iter();
            let found = figures.find(|own| own.figure == figure).expect("a figure");
            assert!(is_near(&found.value, &wanted), "{found:?}: {wanted:?}");
            assert!(wanted.mean > Some(0.0));
        }
        let names: Vec<&str> = value.lost_lines.iter().map(|(name, _)| name).collect();
        assert_eq!(
            names,
            ["abandoned", "blocked", "late", "lost_issues", "churn"]
        );
    }
    let compiled = compiled(&text);
    let margin = Margin::new(&compiled, &compiled.variants[0], None).expect("few queues");
    let stopping = Stopping::Replications(12);
    let marginal = margin.run(stopping, &workers(), &|| ()).expect("it ends");
    let change = |figure| {
        marginal.steps[0]
            .change(&figure)
            .expect("a figure")
            .difference
    };
    let (cost, lost) = (change(Measure::Cost).mean, change(Measure::ValueLost).mean);
    assert!(lost < Some(0.0) && change(Measure::NetCost).mean < cost);
}

#[test]
fn asking_against_a_mix_twice_tests_it_once() {
    let text = format!("{CENTRE}{VARIANTS}");
    let once = comparison(&text, &["base", "more"], 10);
    assert_eq!(comparison(&text, &["base", "more", "base"], 10), once);
}

#[test]
fn a_difference_the_other_way_round_is_the_same_with_its_sign_turned() {
    let text = format!("{CENTRE}{VARIANTS}");
    let comparison = comparison(&text, &["base", "more"], 10);
    let cost = |against: usize, mix: &str| {
        let rows = &comparison.differences[against].rows;
        let row = rows
            .iter()
            .find(|row| row.mix == mix && row.figure == Measure::Lost);
        row.expect("lost").tested.difference
    };
    let (forth, back) = (cost(0, "more"), cost(1, "base"));
    assert_eq!(forth.mean, back.mean.map(|mean| -mean));
    assert!((forth.half_width().unwrap() - back.half_width().unwrap()).abs() < 1e-9);
}

#[test]
fn a_higher_wage_changes_the_cost_alone_and_is_dominated() {
    let comparison = comparison(&format!("{CENTRE}{VARIANTS}"), &[], 10);
    for row in comparison.differences[0]
        .rows
        .iter()
        .filter(|row| row.mix == "dearer")
    {
        let is_cost = row.figure.name().starts_with("cost.");
        let wanted = if is_cost {
            Verdict::Real
        } else {
            Verdict::Same
        };
        assert_eq!(row.tested.verdict, wanted, "{row:?}");
        if row.figure == Measure::Cost {
            // Five heads, 48 hours, five more an hour; nobody works longer.
            assert!(is_near(
                &row.tested.difference,
                &Estimate::around(1_200.0, 0.0)
            ));
        }
    }
    let dearer = comparison.frontiers[0]
        .mixes
        .iter()
        .find(|mix| mix.name == "dearer");
    let dearer = dearer.expect("it is there");
    assert_eq!(dearer.standing, Standing::Dominated);
    assert!(
        dearer
            .dominated_by
            .iter()
            .any(|by| by.name == "base" && by.for_certain)
    );
}

#[test]
fn in_time_is_one_where_everybody_is_answered_at_once_and_a_share_of_those_wanted_where_some_are_lost()
 {
    let all = CENTRE.replace("staff = 5", "staff = 60");
    let closed =
        "[[variants]]\nname = \"closed\"\nset = { \"queues.phone.open\" = \"00:00-12:00\" }\n";
    let comparison = comparison(&format!("{all}{closed}"), &[], 40);
    let in_time = |mix: usize| {
        let mut figures = comparison.mixes[mix].figures.iter();
        let found = figures.find(|figure| figure.figure == Measure::InTime);
        found.expect("in time").value
    };
    assert_eq!(in_time(0).mean, Some(1.0));
    // Half of 20 calls an hour are lost, none of 4 e-mails, of which those of the last 4 hours of 48 have no deadline within the horizon.
    let wanted = (10.0 * 48.0 + 4.0 * 44.0) / (20.0 * 48.0 + 4.0 * 44.0);
    let found = in_time(1);
    assert!(
        found.lo < Some(wanted) && found.hi > Some(wanted),
        "{found:?}, {wanted}"
    );
    assert!(found.half_width() < Some(0.02));
}

#[test]
fn one_agent_costs_the_hours_and_the_price_is_the_cost_over_the_gain() {
    let compiled = compiled(CENTRE);
    let margin = Margin::new(&compiled, &compiled.variants[0], None).expect("few queues");
    let stopping = Stopping::Replications(20);
    let marginal = margin
        .run(stopping, &workers(), &|| ())
        .expect("the run ends");
    for step in &marginal.steps {
        let of = |figure: &Measure| step.change(figure).expect("a figure").difference;
        let cost = f64::from(step.agents) * 48.0 * 20.0;
        assert!(is_near(&of(&Measure::Cost), &Estimate::around(cost, 0.0)));
        let price = cost / (100.0 * of(&Measure::InTime).mean.unwrap());
        assert!((step.cost_per_point.mean.unwrap() / price - 1.0).abs() < 1e-9);
        let kept = -of(&Measure::Lost).mean.unwrap();
        assert!((step.cost_per_customer.mean.unwrap() / (cost / kept) - 1.0).abs() < 1e-9);
        assert!(step.cost_per_customer.lo < step.cost_per_customer.hi);
    }
    assert_eq!(marginal.steps.len(), 2);
}

fn scenario(text: &str) -> Scenario {
    Scenario::parse(text, "test.toml", |_| Err("no data".to_owned())).expect("TOML")
}

fn answer(text: &str, vary: &str, variant: &str, of: &str, equals: &str) -> BreakEven {
    let scenario = scenario(text);
    let compiled = scenario.compile().expect("a sound file");
    let ground: Ground<'_> = scenario.ground(Some(variant)).expect("the variant");
    let vary: Vary = vary.parse().expect("a key and a range");
    let Values::Between(range) = &vary.values else {
        panic!("{vary:?}");
    };
    let question = Question {
        input: ground.as_it_may_be(range.input(&vary.key).expect("a range")),
        ground: &ground,
        figure: of,
        opposite: Opposite::named(equals, &compiled).expect("a variant or a number"),
        replications: 10,
        seed: 1,
    };
    break_even(&question, &workers(), &|| ()).expect("the search ends")
}

#[test]
fn the_wage_at_which_two_mixes_cost_the_same_is_found() {
    // Five heads at a wage as dear as seven at 20: 28, in every replication.
    let text = format!("{CENTRE}{VARIANTS}");
    let found = answer(
        &text,
        "groups.voice.wage=18.5..40.5",
        "dearer",
        "cost.total",
        "more",
    );
    let crossing = found.crossing.expect("they cross");
    assert!((crossing.at - 28.0).abs() < 1e-6, "{crossing:?}");
    assert!(
        (crossing.lo.unwrap() - 28.0).abs() < 1e-6 && (crossing.hi.unwrap() - 28.0).abs() < 1e-6
    );
    assert!(crossing.rises && found.is_monotone);
}

#[test]
fn heads_are_answered_in_whole_numbers() {
    // 48 hours at 20: 6,720 is seven heads.
    let found = answer(
        CENTRE,
        "groups.voice.staff=2..12",
        "base",
        "cost.total",
        "6000",
    );
    let crossing = found.crossing.expect("it crosses");
    assert_eq!(
        (found.unit, crossing.at, crossing.hi),
        ("whole", 7.0, Some(7.0))
    );
    let level = answer(
        CENTRE,
        "groups.voice.staff=1..15",
        "base",
        "queues.phone.service_level",
        "0.8",
    );
    let crossing = level.crossing.expect("it crosses");
    assert!(crossing.rises && crossing.lo <= Some(crossing.at) && Some(crossing.at) <= crossing.hi);
    let at = |value: f64| {
        level
            .tried
            .iter()
            .find(|tried| (tried.value - value).abs() < 0.5)
    };
    assert!(at(crossing.at).unwrap().own.mean > Some(0.8));
    assert!(at(crossing.at - 1.0).unwrap().own.mean <= Some(0.8));
}

#[test]
fn where_there_is_no_crossing_that_is_said() {
    let found = answer(
        CENTRE,
        "groups.voice.wage=1..4",
        "base",
        "cost.total",
        "100000",
    );
    assert_eq!((found.crossing, found.tried.len()), (None, 2));
}

fn risk(uncertain: &str, worlds: u64, budget: f64) -> Risk {
    let scenario = scenario(&format!("{CENTRE}[uncertain]\n{uncertain}\n"));
    let compiled = scenario.compile().expect("a sound file");
    let ground = scenario.ground(None).expect("the base");
    let worlds = Worlds {
        ground: &ground,
        worlds,
        replications: 3,
        seed: 1,
    };
    let ran = worlds.run(&workers(), &|| ()).expect("the run ends");
    find(&worlds, &compiled, &ran, Some(budget))
}

#[test]
fn an_uncertain_wage_makes_the_cost_as_uncertain() {
    // 240 hours at 10 to 30: 2,400 to 7,200, a quarter of it up to 3,600, a tenth up to 2,880; nothing of it is chance.
    let risk = risk(
        "\"groups.voice.wage\" = { low = 10, high = 30 }",
        400,
        3_600.0,
    );
    let budget = risk.budget.expect("a budget");
    assert!(
        budget.worlds.lo < Some(0.25) && budget.worlds.hi > Some(0.25),
        "{budget:?}"
    );
    assert!((budget.horizons - budget.worlds.mean.unwrap()).abs() < 1e-12);
    let p10 = risk.cost.p10;
    assert!(p10.lo < Some(2_880.0) && p10.hi > Some(2_880.0), "{p10:?}");
    let p10 = p10.mean.unwrap();
    // Three standard errors of a quantile: 4,800 · √(0.1 · 0.9 / 400).
    assert!((p10 - 2_880.0).abs() < 3.0 * 72.0, "{p10}");
    let split = risk.cost.variance.expect("three replications");
    assert!(
        (split.inputs_share.unwrap() - 1.0).abs() < 1e-9,
        "{split:?}"
    );
    assert!((split.inputs_sd / (4_800.0 / 12_f64.sqrt()) - 1.0).abs() < 0.1);
    // The wage does nothing to service.
    let level = risk.targets[0].likely.variance.expect("three replications");
    assert!(level.inputs_share.unwrap() < 0.15, "{level:?}");
}

#[test]
fn an_uncertain_forecast_makes_service_uncertain() {
    let risk = risk(
        "\"queues.phone.arrivals\" = { factor = [0.6, 1.6] }",
        60,
        1.0,
    );
    let level = &risk.targets[0];
    assert!(
        level.likely.variance.unwrap().inputs_share > Some(0.8),
        "{level:?}"
    );
    let likely = level.likely;
    let [p10, p50, p90] = [likely.p10, likely.p50, likely.p90].map(|of| of.mean);
    assert!(p10 < p50 && p50 < p90);
    assert!(level.worst_tenth_of_days < p10.map(|level| level + 0.1));
    assert!(risk.value_lost.is_none() && risk.net_cost.is_none());
    assert_eq!(risk.budget.expect("a budget").worlds.mean, Some(0.0));
}
