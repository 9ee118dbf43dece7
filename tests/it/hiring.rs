//! Plans of weeks and months, from the command line.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const FILE: &str = "scenarios/hiring.toml";

fn program(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("channelmix").expect("the program");
    let command = command.args(arguments).env("NO_COLOR", "1");
    command.output().expect("it runs")
}

/// The shipped plan with changes, planned into a folder of its own.
pub(crate) fn planned(
    changes: &[(&str, &str)],
    folder: &Path,
    more: &[&str],
) -> (i32, String, String) {
    let mut text = fs::read_to_string(FILE).expect("the scenario");
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let file = folder.join("hiring.toml");
    fs::write(&file, text).expect("a folder");
    let out = folder.join("out");
    let (file, out) = (file.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    let mut arguments = vec![
        "plan", file, "--what", "hiring", "--charts", "none", "--out", out,
    ];
    arguments.extend(more);
    let done = program(&arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        done.status.code().unwrap_or(-1),
        text(done.stdout),
        text(done.stderr),
    )
}

fn refused(changes: &[(&str, &str)], message: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, _, told) = planned(changes, folder.path(), &[]);
    assert_eq!(status, 2, "{told}");
    assert!(told.contains(message), "{told}");
}

#[test]
fn the_page_shows_what_the_command_prints() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, printed, _) = planned(&[], folder.path(), &[]);
    assert_eq!(status, 0);
    let page = fs::read_to_string("docs/plan-hiring.md").expect("the page");
    let head: Vec<&str> = printed.lines().take(9).collect();
    assert!(page.contains(&head.join("\n")), "{printed}");
    let simulated = printed
        .split("\n\n")
        .find(|part| part.starts_with(" Simulated"));
    assert!(page.contains(simulated.expect("sample weeks")), "{printed}");
}

#[test]
fn the_lines_add_up_and_the_bytes_do_not_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let more = ["--format", "json", "--replications", "2", "--threads"];
    let (_, one, _) = planned(&[], folder.path(), &[&more[..], &["1"]].concat());
    let (_, two, _) = planned(&[], folder.path(), &[&more[..], &["2"]].concat());
    assert_eq!(one, two);
    let plan: serde_json::Value = serde_json::from_str(&one).expect("JSON");
    assert_eq!(plan["schema"], "channelmix.hiring/1");
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    let micros = |value: &serde_json::Value| (number(value) * 1e6).round();
    let lines = plan["lines"].as_object().expect("lines");
    let total: f64 = lines.values().map(micros).sum();
    assert!((total - micros(&plan["cost"])).abs() < 0.5);
    let mut of_chain = 0.0;
    for line in plan["chain"].as_array().expect("a chain") {
        let money = line["money"].as_object().expect("lines");
        of_chain += money.values().map(micros).sum::<f64>();
        // Volume → work → net → gross: each from the one before.
        let net = number(&line["work_h"]) / number(&line["occupancy"]) / 40.0;
        assert!((net - number(&line["required_net_fte"])).abs() < 1e-9);
        let gross = net / (1.0 - number(&line["away"]));
        assert!((gross - number(&line["required_fte"])).abs() < 1e-9);
        assert!(number(&line["margin_fte"]) > -1e-6);
    }
    assert!((of_chain - total).abs() < 0.5);
    assert!(number(&plan["bound"]) <= number(&plan["cost"]));
    assert!(number(&plan["gap"]) <= 0.001);
}

#[test]
fn weeks_that_cannot_be_met_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let none = [("outsource      = { hours = 160, price = 34 }", "")];
    let fewer = [("people         = 30", "people         = 16"), none[0]];
    let (status, printed, told) = planned(&fewer, folder.path(), &[]);
    assert_eq!((status, printed.as_str()), (3, ""));
    assert!(
        told.contains("no plan within the limits does the work of every week"),
        "{told}"
    );
    assert!(told.contains("week 1 (2026-07-06): "), "{told}");
    assert!(told.contains(" FTE, or "), "{told}");
}

#[test]
fn a_group_of_one_by_hand() {
    // 9,240 calls a week of 5 minutes are 770 h; at 0.7 of the time and 40 h a week 27.5 FTE net, at a fifth away 34.375 gross: people who
    // do not leave, none hired, 35 of them: 35 × 40 × 10 a week.
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("one.toml");
    let text = "name = \"One\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 7\n[run]\nreplications = 2\n\
        [queues.phone]\nchannel = \"phone\"\narrivals = { per_hour = 55 }\nhandle_time = { dist = \"exponential\", mean = \"5m\" }\n\
        [groups.voice]\nskills = [\"phone\"]\nstaff = 8\nwage = 10\nshrinkage = 0.2\n\
        [plan.hiring]\nweeks = 3\noccupancy = 0.7\n[plan.hiring.groups.voice]\npeople = 35\n";
    fs::write(&file, text).expect("a folder");
    let (file, out) = (
        file.to_str().expect("UTF-8"),
        folder.path().to_str().expect("UTF-8"),
    );
    let done = program(&[
        "plan", file, "--what", "hiring", "--format", "json", "--charts", "none", "--out", out,
    ]);
    let plan: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    let line = &plan["chain"][1];
    let is = |key: &str, expected: f64| {
        let found = line[key].as_f64().expect("a number");
        assert!((found - expected).abs() < 1e-6, "{key} is {found}");
    };
    is("work_h", 770.0);
    is("required_net_fte", 27.5);
    is("required_fte", 34.375);
    is("available_fte", 35.0);
    is("margin_fte", 0.625);
    assert_eq!(plan["cost"].as_f64(), Some(3.0 * 35.0 * 40.0 * 10.0));
    assert_eq!(plan["bound"].as_f64(), Some(42_000.0));
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of faults")]
fn what_cannot_be_meant_is_refused() {
    refused(
        &[(
            "class          = { min = 4, max = 10 }",
            "class = { min = 11, max = 10 }",
        )],
        "expected min to be at most max, found 11 and 10",
    );
    refused(
        &[("people         = 30", "people = -1")],
        "expected a number of zero or above, found the number -1",
    );
    refused(
        &[("weeks     = 26", "weeks = 25")],
        "expected 25 numbers, one for each week, found 26",
    );
    refused(&[("weeks     = 26", "weeks = 0")], "from 1 to 520");
    refused(
        &[(
            "[plan.hiring.groups.digital]",
            "[plan.hiring.groups.digitl]",
        )],
        "did you mean `digital`?",
    );
    refused(
        &[(
            "[plan.hiring.groups.digital]",
            "[plan.hiring.groups.digitl]",
        )],
        "group `digital` is missing",
    );
    refused(
        &[
            (
                "skills        = [\"chat\", \"phone\"]",
                "skills = [\"phone\"]",
            ),
            ("at_once       = { chat = 2 }", ""),
        ],
        "no group",
    );
    refused(
        &[("occupancy = 0.85", "occupancy = 1.2")],
        "expected a share above 0 and at most 1, found the number 1.2",
    );
    refused(&[("occupancy = 0.85", "")], "missing key `occupancy`");
    refused(
        &[("class_weeks    = [5, 9, 13, 17, 21]", "class_weeks = [27]")],
        "the plan has 26 weeks, found week 27",
    );
    refused(
        &[("days      = 7", "days = 8")],
        "it takes 7 days, or a multiple, found 8",
    );
    refused(
        &[(
            "leave          = [\n    0.14",
            "leave          = [\n    0.95",
        )],
        "leave and shrinkage of week 1 sum to",
    );
    refused(
        &[(
            "occupancy = 0.85",
            "occupancy = 0.85\nvolumes = { phone = [1, 2] }",
        )],
        "expected 26 numbers",
    );
    refused(
        &[(
            "occupancy = 0.85",
            "occupancy = 0.85\nvolumes = { fone = 9000 }",
        )],
        "did you mean `phone`?",
    );
}

#[test]
fn a_lead_time_beyond_the_plan_is_warned_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, _, told) = planned(
        &[("lead_weeks     = 4", "lead_weeks = 60")],
        folder.path(),
        &[],
    );
    assert!(
        told.contains("no class can begin within the weeks of the plan"),
        "{told}"
    );
}

/// Another wage and no chat, as a variant.
const VARIANT: &str = "\n[[variants]]\nname = \"no chat\"\nremove = [\"queues.chat\"]\nset = { \"groups.voice.wage\" = 25 }\n";

#[test]
fn a_variant_is_planned_with_its_own_wages_queues_and_people() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(FILE).expect("the scenario");
    let file = folder.path().join("variants.toml");
    fs::write(&file, format!("{text}{VARIANT}")).expect("a folder");
    let plan = |more: &[&str]| {
        let (file, out) = (file.to_str().expect("UTF-8"), folder.path().join("out"));
        let out = out.to_str().expect("UTF-8");
        let fixed = [
            "plan",
            file,
            "--what",
            "hiring",
            "--charts",
            "none",
            "--replications",
            "2",
        ];
        let last = ["--out", out];
        program(&[&fixed[..], more, &last[..]].concat())
    };
    let document = |more: &[&str]| -> serde_json::Value {
        let done = plan(&[more, &["--format", "json"]].concat());
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{told}");
        serde_json::from_slice(&done.stdout).expect("JSON")
    };
    let (base, variant) = (document(&[]), document(&["--variant", "no chat"]));
    assert_eq!(
        (&base["variant"], &variant["variant"]),
        (&"base".into(), &"no chat".into())
    );
    let wage = |plan: &serde_json::Value, group: usize| plan["prices"][group]["wage"].clone();
    assert_eq!(
        (wage(&base, 0), wage(&variant, 0)),
        (19.0.into(), 25.0.into())
    );
    assert_eq!(wage(&base, 1), wage(&variant, 1));
    let queues = |plan: &serde_json::Value| {
        let work = plan["work"].as_array().expect("a list").iter();
        let mut queues: Vec<String> = work.map(|of| of["queue"].to_string()).collect();
        queues.sort();
        queues.dedup();
        queues
    };
    assert_eq!(queues(&base).len(), 2);
    assert_eq!(queues(&variant), ["\"phone\""]);
    // A week of thirty people at the wage, a part of whom leave.
    let wages = variant["chain"][0]["money"]["wages"]
        .as_f64()
        .expect("a number");
    assert!((wages - 30.0 * 40.0 * 25.0).abs() < 1e-6, "{wages}");
    let unknown = plan(&["--variant", "no chatt"]);
    let told = String::from_utf8(unknown.stderr).expect("UTF-8");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(told.contains("did you mean `no chat`?"), "{told}");
}

#[test]
fn a_budget_that_does_not_pay_for_the_plan_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, printed, told) = planned(&[], folder.path(), &["--budget", "1000000"]);
    assert_eq!((status, printed.as_str()), (3, ""), "{told}");
    let words = "the budget of EUR 1000000 is too small: the cheapest plan found costs EUR 1300614";
    assert!(told.contains(words), "{told}");
    assert!(told.contains("are for the people of the start"), "{told}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_file_without_a_plan_says_what_is_missing() {
    let done = program(&["plan", "scenarios/first.toml", "--what", "hiring"]);
    let told = String::from_utf8(done.stderr).expect("UTF-8");
    assert_eq!(done.status.code(), Some(2));
    assert!(
        told.contains("the file has no table [plan.hiring]"),
        "{told}"
    );
}
