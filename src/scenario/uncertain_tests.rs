//! What is uncertain, and changes of single values.

use super::change::{Change, Setting};
use super::uncertain::{Input, Spread, Unit};
use super::{Problems, Scenario};
use crate::ids::{GroupId, Id, QueueId, SourceId};
use crate::time::profile::Profile;

const FILE: &str = r#"
name = "n"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 1
interval = "12h"
[queues.phone]
channel = "phone"
arrivals = { per_interval = [6, 30] }
handle_time = { dist = "exponential", mean = "5m" }
lines = 40
[queues.email]
channel = "email"
arrivals = { file = "mails.csv", column = "offered" }
handle_time = { dist = "exponential", mean = { file = "mails.csv", column = "aht" } }
[groups.team]
skills = ["phone", "email"]
staff = { mon-fri = [2, 3], sat = 1, sun = 0 }
[[variants]]
name = "no e-mail"
remove = ["queues.email"]
set = { "queues.phone.lines" = 30 }
"#;

fn scenario(more: &str) -> Scenario {
    let mails = "start,offered,aht\n2026-09-07 00:00,12,300\n2026-09-07 12:00,24,600\n";
    Scenario::parse(&format!("{FILE}{more}"), "a.toml", |_| {
        Ok(mails.as_bytes().to_vec())
    })
    .expect("TOML")
}

fn refused(more: &str) -> String {
    let refused: Problems = scenario(more).compile().expect_err("a fault");
    let told = refused.iter().map(|problem| {
        let hint = problem.hint.as_ref();
        let hint = hint.map_or(String::new(), |hint| format!("; {hint}"));
        format!("{}: {}{hint}", problem.key(), problem.message)
    });
    told.collect::<Vec<_>>().join("\n")
}

fn change(key: &str, to: Setting) -> Change {
    Change {
        key: key.to_owned(),
        to,
    }
}

#[test]
fn a_range_is_read_in_all_of_its_forms() {
    let scenario = scenario(
        r#"
[uncertain]
"queues.phone.handle_time.mean" = { low = "4m", high = "6m" }
"queues.phone.arrivals" = { factor = [0.9, 1.2], dist = "triangular", mode = 1.0 }
"queues.phone.lines" = { low = 30, high = 50 }
"groups.team.shrinkage" = { low = 0, high = 0.25 }
"queues.email.handle_time.mean" = { cv = 0.2 }
"#,
    );
    let ground = scenario.ground(None).unwrap();
    let laws: Vec<_> = ground.inputs().iter().map(|input| input.law).collect();
    let units: Vec<_> = laws.iter().map(|law| law.unit).collect();
    assert_eq!(
        units,
        [
            Unit::Seconds,
            Unit::Factor,
            Unit::Whole,
            Unit::Number,
            Unit::Factor
        ]
    );
    assert_eq!(
        laws[0].spread,
        Spread::Uniform {
            low: 240.0,
            high: 360.0
        }
    );
    let phone = &ground.inputs()[0];
    assert_eq!(phone.at(0.25).to.to_string(), "4m 30s");
    let volume = &ground.inputs()[1];
    assert_eq!(volume.ends(), (0.9, 1.2));
    assert!((volume.number_at(1.0 / 3.0) - 1.0).abs() < 1e-12);
    let (low, high) = ground.inputs()[4].ends();
    assert!(low < 0.75 && high > 1.3 && (low * high).ln() < 0.0);
}

#[test]
fn whole_numbers_are_drawn_alike() {
    let scenario = scenario("[uncertain]\n\"queues.phone.lines\" = { low = 3, high = 5 }\n");
    let ground = scenario.ground(None).unwrap();
    let lines = |input: &Input| {
        (0..300)
            .map(|n| input.number_at((f64::from(n) + 0.5) / 300.0))
            .collect::<Vec<_>>()
    };
    let drawn = lines(&ground.inputs()[0]);
    for number in [3.0, 4.0, 5.0] {
        assert_eq!(
            drawn
                .iter()
                .filter(|drawn| (**drawn - number).abs() < 1e-9)
                .count(),
            100
        );
    }
}

#[test]
fn a_variant_has_the_ranges_of_what_it_has() {
    let scenario = scenario(
        "[uncertain]\n\"queues.email.arrivals.level\" = { low = 0.8, high = 1.2 }\n\"queues.phone.lines\" = { factor = [0.5, 1] }\n",
    );
    let ground = scenario.ground(Some("no e-mail")).unwrap();
    let keys: Vec<_> = ground
        .inputs()
        .iter()
        .map(|input| input.key.as_str())
        .collect();
    assert_eq!(keys, ["queues.phone.lines"]);
    let compiled = ground.compile(&[ground.inputs()[0].low()]).unwrap();
    let lines = compiled.variants[0].model.trunks.values().next();
    assert_eq!(
        (compiled.variants[0].name.as_str(), lines),
        ("no e-mail", Some(&15))
    );
    let unknown = scenario.ground(Some("no mail")).unwrap_err().to_string();
    assert!(
        unknown.contains("no variant is named \"no mail\"; the file has \"base\", \"no e-mail\""),
        "{unknown}"
    );
}

#[test]
fn factors_multiply_numbers_durations_lists_and_columns() {
    let scenario = scenario("");
    let ground = scenario.ground(None).unwrap();
    let times = |key| change(key, Setting::Times(1.5));
    let changes = [
        times("queues.phone.arrivals.per_interval"),
        times("queues.phone.handle_time.mean"),
        times("queues.email.arrivals"),
        times("queues.email.handle_time.mean"),
    ];
    let model = ground.compile(&changes).unwrap().variants.remove(0).model;
    let rates = |number| {
        model.sources[SourceId::from_index(number)]
            .arrivals_per_hour
            .values()
            .collect::<Vec<_>>()
    };
    assert_eq!(rates(0)[..2], [0.75, 3.75]);
    assert_eq!(rates(1), [1.5, 3.0]);
    let queue = |number| &model.queues[QueueId::from_index(number)];
    approx::assert_relative_eq!(queue(0).handle_time.sampler.mean(), 450.0);
    let means: Vec<f64> = queue(1)
        .handle_time
        .mean
        .as_ref()
        .unwrap()
        .values()
        .collect();
    assert_eq!(means, [450.0, 900.0]);
}

#[test]
fn a_value_replaces_whatever_form_of_staff_there_is() {
    let scenario = scenario("");
    let ground = scenario.ground(None).unwrap();
    let compiled = ground
        .compile(&[change("groups.team.staff", Setting::Number(7.0))])
        .unwrap();
    let heads = &compiled.variants[0].staffing.heads[GroupId::from_index(0)];
    assert_eq!(*heads, Profile::Constant(7));
}

#[test]
fn a_level_multiplies_all_arrivals() {
    let of = |arrivals: &str| {
        let text = FILE.replace("{ per_interval = [6, 30] }", arrivals);
        let scenario = Scenario::parse(&text.replace("mails.csv", "m"), "a.toml", |_| {
            Ok(b"start,offered,aht\n2026-09-07 00:00,12,300\n2026-09-07 12:00,24,600\n".to_vec())
        });
        let compiled = scenario.unwrap().compile().unwrap();
        let source = &compiled.variants[0].model.sources[SourceId::from_index(0)];
        source.arrivals_per_hour.values().sum::<f64>()
    };
    approx::assert_relative_eq!(of("{ per_hour = 8, level = 1.25 }"), 10.0);
    approx::assert_relative_eq!(
        of("{ per_interval = [6, 30], level = 2 }"),
        2.0 * of("{ per_interval = [6, 30] }")
    );
    approx::assert_relative_eq!(
        of("{ file = \"m\", column = \"offered\", level = 0.5 }"),
        0.5 * of("{ file = \"m\", column = \"offered\" }")
    );
}

/// A path, what is said of it, and the fault.
const FAULTS: &[(&str, &str, &str)] = &[
    (
        "queues.phone.lines",
        "{ low = 3 }",
        "uncertain.queues.phone.lines: expected low and high, or factor, or cv",
    ),
    (
        "queues.phone.lines",
        "{ low = 5, high = 3 }",
        "uncertain.queues.phone.lines.high: expected the highest to be above the lowest, 5, found 3",
    ),
    (
        "queues.phone.lines",
        "{ low = 5, high = \"3m\" }",
        "uncertain.queues.phone.lines.high: expected low and high to be two numbers or two durations",
    ),
    (
        "queues.phone.lines",
        "{ low = -5, high = 3 }",
        "uncertain.queues.phone.lines: at -5: expected a whole number from 0 to 1000000, found the number -5",
    ),
    (
        "queues.phone.lnes",
        "{ low = 1, high = 3 }",
        "uncertain.queues.phone.lnes: at 1: unknown key `lnes`; did you mean `lines`?",
    ),
    (
        "queues.fone.lines",
        "{ low = 1, high = 3 }",
        "uncertain.queues.fone.lines: at 1: there is no `queues.fone` to set a value of; did you mean `phone`?",
    ),
    (
        "horizon.days",
        "{ low = 1, high = 3 }",
        "uncertain.horizon.days: at 1: `horizon` is the same for all variants: only queues, groups, trunks, bots, shifts, costs, currencies and plan can be set",
    ),
    (
        "queues.phone.patience",
        "{ factor = [0.5, 1.5] }",
        "uncertain.queues.phone.patience: at × 0.5: the file has no `queues.phone.patience` that could be multiplied; known: channel, arrivals, handle_time, lines",
    ),
    (
        "groups.team.staff",
        "{ factor = [0.5, 1.5] }",
        "uncertain.groups.team.staff: at × 0.5: expected a number, a duration, a list of these, arrivals or a column to multiply, found a table",
    ),
    (
        "queues.phone.arrivals",
        "{ factor = [0.5] }",
        "uncertain.queues.phone.arrivals.factor: expected the lowest and the highest factor, such as [0.9, 1.1]",
    ),
    (
        "queues.phone.arrivals",
        "{ factor = [0.5, 1.5], mode = 1 }",
        "uncertain.queues.phone.arrivals.mode: a mode goes with a triangle; write dist = \"triangular\" beside it",
    ),
    (
        "queues.phone.arrivals",
        "{ factor = [0.5, 1.5], dist = \"triangular\" }",
        "uncertain.queues.phone.arrivals.dist: a triangle needs its mode, the likeliest value",
    ),
    (
        "queues.phone.arrivals",
        "{ factor = [0.5, 1.5], dist = \"triangular\", mode = 2 }",
        "uncertain.queues.phone.arrivals.mode: expected the likeliest to be of the same kind and between the ends",
    ),
    (
        "queues.phone.arrivals",
        "{ cv = 0.1, dist = \"uniform\" }",
        "uncertain.queues.phone.arrivals.dist: a cv says all of the distribution: dist and mode go with low and high, or factor",
    ),
    (
        "lines",
        "{ cv = 0.1 }",
        "uncertain.lines: expected the path of a value in quotes, such as \"queues.phone.handle_time.mean\"",
    ),
    (
        "queues.phone.arrivals",
        "{ low = 1, hihg = 2 }",
        "uncertain.queues.phone.arrivals.hihg: unknown key `hihg`; did you mean `high`?",
    ),
];

#[test]
fn faults_name_the_path_and_what_was_expected() {
    let range = |key: &str, range: &str| refused(&format!("[uncertain]\n\"{key}\" = {range}\n"));
    for (key, given, told) in FAULTS {
        assert_eq!(range(key, given), *told);
    }
    let twice = refused(
        "[uncertain]\n\"queues.phone.arrivals\" = { cv = 0.1 }\n\"queues.phone.arrivals.level\" = { low = 0.5, high = 2 }\n",
    );
    assert_eq!(
        twice,
        "uncertain.queues.phone.arrivals.level: `queues.phone.arrivals` and `queues.phone.arrivals.level` are one and the same, or one holds the other"
    );
    let heads = FILE.replace(
        "{ mon-fri = [2, 3], sat = 1, sun = 0 }",
        "{ file = \"m\", column = \"heads\", level = 2 }",
    );
    let scenario = Scenario::parse(&heads, "a.toml", |_| {
        Ok(b"start,heads,offered,aht\n2026-09-07 00:00,3,1,60\n2026-09-07 12:00,3,1,60\n".to_vec())
    });
    let told = scenario.unwrap().compile().unwrap_err().to_string();
    assert!(told.contains("a level makes no whole heads"), "{told}");
}
