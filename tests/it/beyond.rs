//! What docs/beyond-formulas.md shows is true: its commands print these lines and draw these figures, and wherever a formula is exact the
//! simulator agrees with it.

use std::path::Path;
use std::sync::OnceLock;

use assert_cmd::Command;
use channelmix::queueing::model::{Form, Given, Model};
use channelmix::queueing::staffing::Goal;
use channelmix::queueing::time_varying::{self, Day};
use channelmix::queueing::{Definition, Load, SteadyState, mixed_rate};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::t_of;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// 300 calls an hour of 4 minutes.
const CALLS: (f64, f64) = (300.0 / 3600.0, 240.0);
const PATIENCE_S: f64 = 120.0;

/// A command of the page, and what it gave.
struct Ran {
    /// As on the page, without `channelmix`.
    command: String,
    shown: Vec<String>,
    said: String,
    folder: TempDir,
}

fn page() -> String {
    std::fs::read_to_string(format!("{ROOT}/docs/beyond-formulas.md")).expect("there is a page")
}

/// Runs every command of the page, once for all tests.
fn ran() -> &'static [Ran] {
    static RAN: OnceLock<Vec<Ran>> = OnceLock::new();
    RAN.get_or_init(|| {
        let page = page();
        let blocks = page.split("```console\n").skip(1);
        blocks
            .filter_map(|block| block.split("```").next())
            .map(run_block)
            .collect()
    })
}

fn run_block(block: &str) -> Ran {
    let mut lines = block.lines().map(str::to_owned);
    let command = lines.next().expect("a block begins with its command");
    let command = command
        .strip_prefix("$ channelmix ")
        .expect("a command of channelmix");
    let folder = tempfile::tempdir().expect("a folder");
    let mut program = Command::cargo_bin("channelmix").expect("the program is built");
    program.current_dir(ROOT).args(command.split(' '));
    if command.starts_with("run ") {
        program
            .args(["--charts", "svg", "--out"])
            .arg(folder.path());
    }
    let output = program.output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran {
        command: command.to_owned(),
        shown: lines.collect(),
        said: text(output.stdout) + &text(output.stderr),
        folder,
    }
}

/// The summary of a scenario that the page runs.
fn summary(stem: &str) -> Value {
    let found = ran().iter().find(|ran| ran.is_of(stem));
    let path = found
        .expect("the page runs it")
        .folder
        .path()
        .join("summary.json");
    let text = std::fs::read_to_string(path).expect("it is written");
    serde_json::from_str(&text).expect("JSON")
}

impl Ran {
    fn is_of(&self, stem: &str) -> bool {
        self.command == format!("run scenarios/beyond/{stem}.toml")
    }
}

#[test]
fn the_commands_print_what_the_page_shows() {
    assert!(ran().len() > 12);
    for ran in ran() {
        assert!(!ran.shown.is_empty(), "{} shows nothing", ran.command);
        let mut said = ran.said.lines().map(str::trim_end);
        for line in &ran.shown {
            assert!(
                said.any(|found| found == line),
                "{}\ndoes not say, or not in this place:\n{line}\nbut\n{}",
                ran.command,
                ran.said
            );
        }
    }
}

#[cfg(feature = "charts")]
#[test]
fn the_figures_of_the_page_are_those_of_its_runs() {
    let page = page();
    let figures: Vec<&str> = page
        .split("](images/beyond/")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .collect();
    assert!(figures.len() >= 6);
    for figure in figures {
        let (stem, name) = figure.split_once('/').expect("a folder for each scenario");
        let found = ran().iter().find(|ran| ran.is_of(stem));
        let drawn = found.expect("the page runs it").folder.path().join(name);
        let shipped = Path::new(ROOT).join("docs/images/beyond").join(figure);
        let read = |path: &Path| std::fs::read(path).unwrap_or_else(|_| panic!("no {path:?}"));
        // Not assert_eq, which would print both.
        assert!(
            read(&drawn) == read(&shipped),
            "{figure} is another: run its command and copy {name}"
        );
    }
}

#[test]
fn the_anchors_and_files_that_the_page_links_are_there() {
    let page = page();
    let headings: Vec<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|heading| {
            let kept = heading.to_lowercase().replace(' ', "-");
            kept.replace(['.', ',', '?', ':'], "")
        })
        .collect();
    let links = page.split("](").skip(1);
    for link in links.filter_map(|rest| rest.split(')').next()) {
        if let Some(anchor) = link.strip_prefix('#') {
            assert!(headings.iter().any(|own| own == anchor), "{link}");
        } else {
            let file = link.split('#').next().expect("a path");
            assert!(Path::new(ROOT).join("docs").join(file).exists(), "{link}");
        }
    }
}

/// The estimate agrees with the exact value, and is sharp enough for that to mean something.
fn agrees(summary: &Value, estimate: &Value, exact: f64, what: &str) {
    let end = |name: &str| estimate[name].as_f64().expect("an interval");
    let replications = summary["scenario"]["replications"].as_u64();
    let half = (end("hi") - end("lo")) / 2.0;
    let error = half / t_of(replications.expect("a number"));
    let z = (end("mean") - exact) / error;
    assert!(
        z.abs() <= 3.3,
        "{what}: {estimate}, exactly {exact}, z {z:.1}"
    );
    assert!(
        half < 0.03,
        "{what}: too wide to prove anything: {estimate}"
    );
}

/// A variant of a summary by name.
fn variant<'a>(summary: &'a Value, name: &str) -> &'a Value {
    let variants = summary["variants"].as_array().expect("variants");
    let found = variants.iter().find(|variant| variant["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}"))
}

fn given(arrivals_per_s: f64, handle_time_s: f64) -> Given {
    Given {
        arrivals_per_s: vec![arrivals_per_s],
        handle_time_s,
        handle_time_cv: 1.0,
        handle_time_form: Form::Exponential,
        patience_s: Some(PATIENCE_S),
        patience_cv: 1.0,
        patience_form: Form::Exponential,
        balk: 0.0,
        lines: None,
        pace: Vec::new(),
        redials: None,
        method: channelmix::queueing::mg_s::Method::Kimura,
        class: 0,
    }
}

/// Service level and abandonment of a queue in a variant against a model.
fn holds(summary: &Value, name: &str, queue: &str, solved: &dyn SteadyState, within_s: f64) {
    let found = &variant(summary, name)["queues"][queue];
    let levels = solved
        .service_levels(within_s, 5.0)
        .expect("a threshold that makes sense");
    let level = levels.by(Definition::LateAbandons).expect("somebody came");
    agrees(summary, &found["service_level"], level, name);
    let gone = solved.measures().p_abandon;
    agrees(summary, &found["abandonment"], gone, name);
}

#[test]
fn the_simulator_agrees_with_erlang_a_and_with_lognormal_patience() {
    let summary = summary("abandonment");
    let calls = given(CALLS.0, CALLS.1);
    let lognormal = Given {
        patience_form: Form::Lognormal,
        ..calls.clone()
    };
    for (name, model, given, servers) in [
        ("base", Model::ErlangA, &calls, 25),
        ("21 agents", Model::ErlangA, &calls, 21),
        ("20 agents", Model::ErlangA, &calls, 20),
        ("21, lognormal patience", Model::MmSG, &lognormal, 21),
        ("23, lognormal patience", Model::MmSG, &lognormal, 23),
    ] {
        let solved = model.solve(given, servers).expect("it has a steady state");
        holds(&summary, name, "phone", &*solved, 20.0);
    }
}

#[test]
fn the_simulator_agrees_with_the_random_level_of_the_day() {
    let summary = summary("day-level");
    let load = Load::new(CALLS.0, CALLS.1).expect("a load");
    for (name, servers) in [
        ("base", 21),
        ("22 agents", 22),
        ("23 agents", 23),
        ("24 agents", 24),
    ] {
        let exact = mixed_rate::solve(load, servers, PATIENCE_S, 0.2, 20.0).expect("it is solved");
        let phone = &variant(&summary, name)["queues"]["phone"];
        let offered = &phone["service_levels"]["offered"];
        agrees(&summary, offered, exact.service_level, name);
        agrees(&summary, &phone["abandonment"], exact.abandonment, name);
    }
}

#[test]
fn the_simulator_agrees_with_the_model_of_chats_that_share_agents() {
    let summary = summary("chat-pace");
    for (name, pace, servers) in [
        ("base", [1.0, 0.85, 0.7], 6),
        ("6, never slowing down", [1.0; 3], 6),
        ("7 agents", [1.0, 0.85, 0.7], 7),
        ("8 agents", [1.0, 0.85, 0.7], 8),
    ] {
        let given = Given {
            pace: pace.to_vec(),
            ..given(120.0 / 3600.0, 480.0)
        };
        let solved = Model::Chat.solve(&given, servers).expect("a steady state");
        holds(&summary, name, "chat", &*solved, 30.0);
    }
    let lines = given(120.0 / 3600.0, 480.0);
    let rule = Model::ErlangA.solve(&lines, 18).expect("a steady state");
    holds(&summary, "6, never slowing down", "chat", &*rule, 30.0);
}

#[test]
fn the_simulator_agrees_with_the_equations_of_a_day() {
    let summary = summary("peak");
    let scenario = toml_of("peak");
    let calls = floats(&scenario["queues"]["support"]["arrivals"]["per_interval"]);
    let later = &scenario["variants"][0]["set"]["groups.agents.staff"];
    for (name, staff) in [
        ("base", &scenario["groups"]["agents"]["staff"]),
        ("rates of 20 minutes before", later),
    ] {
        let day = Day {
            interval_s: 1800.0,
            staff: numbers(staff),
            arrivals_per_s: calls.iter().map(|calls| calls / 1800.0).collect(),
            handle_time_s: 1200.0,
            mean_patience_s: None,
            balk: 0.0,
            within_s: 60.0,
        };
        let figures = time_varying::solve(&day).expect("it is solved");
        let whole = figures
            .iter()
            .skip(1)
            .fold(figures[0], |all, one| all.plus(one));
        // The simulator leaves out who is in line when the last agent goes; the equations count them as late.
        let support = &variant(&summary, name)["queues"]["support"];
        let mean = |what: &str| support[what]["mean"].as_f64().expect("a mean");
        let level = whole
            .service_level(Definition::Offered)
            .expect("somebody came");
        let exact = level * mean("offered") / mean("answered");
        agrees(&summary, &support["service_level"], exact, name);
        let levels = support["intervals"].as_array().expect("intervals");
        let level_at = |start: &str| {
            let interval = levels.iter().find(|interval| interval["start"] == start);
            interval.expect("a half hour")["service_level"]["mean"].as_f64()
        };
        if name == "base" {
            // As the page says.
            assert!(level_at("09:00") > Some(0.98) && level_at("17:00") < Some(0.5));
        }
    }
}

fn toml_of(stem: &str) -> toml::Table {
    let path = format!("{ROOT}/scenarios/beyond/{stem}.toml");
    let text = std::fs::read_to_string(path).expect("it is shipped");
    text.parse().expect("TOML")
}

fn numbers(list: &toml::Value) -> Vec<u32> {
    let list = list.as_array().expect("a list");
    let number = |value: &toml::Value| value.as_integer().and_then(|number| number.try_into().ok());
    list.iter()
        .map(|value| number(value).expect("a whole number"))
        .collect()
}

fn floats(list: &toml::Value) -> Vec<f64> {
    numbers(list).into_iter().map(f64::from).collect()
}

/// The fewest agents that a model asks for, by the calls of each interval.
fn asked(
    model: Model,
    calls: &[f64],
    (interval_s, handle_time_s, within_s): (f64, f64, f64),
) -> Vec<u32> {
    let goal = Goal::ServiceLevel {
        share: 0.8,
        within_s,
        short_s: 5.0,
        definition: Definition::LateAbandons,
    };
    let least = |calls: &f64| {
        if *calls == 0.0 {
            return 0;
        }
        let given = given(calls / interval_s, handle_time_s);
        model.least(&[goal], &given).expect("a number of agents")
    };
    calls.iter().map(least).collect()
}

#[test]
fn the_staffing_of_the_scenarios_is_what_the_formulas_ask_for() {
    let emails = toml_of("email-in-gaps");
    let calls = floats(&emails["queues"]["phone"]["arrivals"]["per_interval"]);
    let staff = numbers(&emails["groups"]["voice"]["staff"]);
    assert_eq!(asked(Model::ErlangA, &calls, (3600.0, 240.0, 20.0)), staff);

    let peak = toml_of("peak");
    let calls = floats(&peak["queues"]["support"]["arrivals"]["per_interval"]);
    let staff = numbers(&peak["groups"]["agents"]["staff"]);
    assert_eq!(asked(Model::ErlangC, &calls, (1800.0, 1200.0, 60.0)), staff);
    // What came on average from 20 minutes before the half hour to 20 minutes before its end.
    let before = |at: usize| if at == 0 { 0.0 } else { calls[at - 1] };
    let earlier: Vec<f64> = (0..calls.len())
        .map(|at| (2.0 * before(at) + calls[at]) / 3.0)
        .collect();
    let staff = numbers(&peak["variants"][0]["set"]["groups.agents.staff"]);
    assert_eq!(
        asked(Model::ErlangC, &earlier, (1800.0, 1200.0, 60.0)),
        staff
    );
}
