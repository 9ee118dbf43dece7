//! `plan.toml` of a mix: it runs, and who is on duty in it is who was proven.

use std::path::Path;

use channelmix::scenario::Scenario;
use channelmix::scenario::model::{Compiled, Staffing, Variant};
use channelmix::scenario::planned_mix::ChosenMix;
use channelmix::time::{Piece, SimDuration};
use serde_json::Value;

use super::command::said;

/// A desk whose groups are staffed in every way: heads by interval, shifts, a roster, a column by date.
const DESK: &str = r#"# The desk
name = "A desk"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 2
interval = "6h"
[queues.phone]
channel = "phone"
arrivals = { per_hour = 12 }
handle_time = "5m"
[queues.chat]
channel = "chat"
arrivals = { per_hour = 12 }
handle_time = "5m"
[groups.voice]
skills = ["phone", "chat"]
staff = { mon = [1, 4, 3, 1], tue = 2 } # as today
wage = 18
[groups.early]
skills = ["chat"]
staff = { shifts = { early = 3, late = 2 } }
wage = 17
[groups.named]
skills = ["phone"]
staff = { roster = "data/named.csv" }
[groups.counted]
skills = ["phone"]
staff = { file = "data/counted.csv", column = "heads" }
[shifts.early]
start = "06:00"
length = "8h"
lunch = { from = "09:00", to = "11:00", length = "30m" }
[shifts.late]
start = "20:00"
length = "8h"
breaks = [{ from = "22:00", length = "15m" }]
[[variants]]
name = "other" # which it is not
set = { "groups.voice.wage" = 21 }
[plan.mix]
drop = { phone = { chat = 0.5 } }
vary = { "groups.voice.wage" = [18, 19] }
"#;

fn data(name: &str) -> Result<Vec<u8>, String> {
    let text = match name.trim_start_matches("../") {
        "data/named.csv" => {
            "agent,group,start,end,activity\nann,named,2026-09-07 08:00,2026-09-07 12:00,work\nann,named,2026-09-07 12:00,2026-09-07 12:30,lunch\n\
             ann,named,2026-09-07 12:30,2026-09-07 16:00,work\nbob,named,2026-09-08 06:00,2026-09-08 12:00,work\nbob,named,2026-09-08 12:00,2026-09-08 12:15,break\n"
                .to_owned()
        }
        "data/counted.csv" => {
            let rows = [(7, [0, 2, 2, 1]), (8, [1, 3, 0, 0])].into_iter();
            let rows = rows.flat_map(|(day, heads)| {
                (0..4).map(move |slot| format!("2026-09-{day:02} {:02}:00,{}\n", 6 * slot, heads[slot]))
            });
            format!("start,heads\n{}", rows.collect::<String>())
        }
        _ => return Err("there is no such file".to_owned()),
    };
    Ok(text.into_bytes())
}

/// Rows as the program writes them.
fn written(
    rows: &[channelmix::scenario::roster::RosterRow],
    calendar: &channelmix::time::Calendar,
) -> Vec<u8> {
    let mut out = Vec::new();
    channelmix::report::csv::write_roster(rows, calendar, &mut out).expect("memory takes anything");
    out
}

/// Paid heads and heads at work of a group in every quarter of an hour.
fn duty(variant: &Variant, staffing: &Staffing, group: &str) -> Vec<(u32, u32)> {
    let model = &variant.model;
    let found = model.groups.iter().find(|(_, own)| own.name.text == group);
    let (id, _) = found.expect("the group is there");
    let quarter = SimDuration::from_seconds(900);
    let quarters = model.calendar.pieces().flat_map(|piece| {
        let many = piece.end.since(piece.start).0 / quarter.0;
        (0..many).map(move |number| Piece {
            elapsed: piece.elapsed + SimDuration(number * quarter.0),
            time_of_day: piece.time_of_day + SimDuration(number * quarter.0),
            ..piece
        })
    });
    quarters
        .map(|piece| (staffing.heads[id].at(&piece), staffing.at_work(id, &piece)))
        .collect()
}

/// A staffing with as many agents more or fewer in each group.
fn changed(variant: &Variant, by: &[i32]) -> Staffing {
    use channelmix::scenario::Step;
    let mut staffing = variant.staffing.clone();
    for (id, &by) in variant.model.groups.ids().zip(by) {
        let step = if by > 0 { Step::More } else { Step::Fewer };
        for _ in 0..by.abs() {
            let next = staffing.with_one(id, step, &variant.model.calendar);
            staffing = next.expect("somebody is on duty");
        }
    }
    staffing
}

/// The plan's text compiled, and its roster where it has one.
fn planned(
    setup: &dyn Fn(&str) -> bool,
    by: &[i32],
) -> (Compiled, String, Option<String>, Staffing) {
    let scenario = Scenario::parse(DESK, "desk.toml", data).expect("TOML");
    let space = scenario
        .mixes(None)
        .unwrap_or_else(|problems| panic!("{problems}"));
    let place = (0..space.setups.len()).find(|&place| setup(&space.setup(place).name));
    let place = place.expect("there is such a mix");
    let staffing = changed(space.setup(place), by);
    let chosen = ChosenMix {
        space: &space,
        setup: place,
        staffing: &staffing,
        roster: "mix-roster.csv",
        write: &written,
    };
    let said = ["Chosen.".to_owned()];
    let found = scenario.with_mix(&chosen, &said, &|name| format!("../{name}"));
    let (planned, roster) = found.unwrap_or_else(|problems| panic!("{problems}"));
    let load = |name: &str| match (name, &roster) {
        ("mix-roster.csv", Some(roster)) => Ok(roster.clone()),
        _ => data(name),
    };
    let again = Scenario::parse(&planned.text, "plan.toml", load).expect("TOML");
    let compiled = again.compile();
    let compiled = compiled.unwrap_or_else(|problems| panic!("{problems}\n{}", planned.text));
    let roster = roster.map(|roster| String::from_utf8(roster).expect("UTF-8"));
    (compiled, planned.text, roster, staffing)
}

#[test]
fn whoever_is_on_duty_in_the_mix_is_on_duty_in_its_file() {
    for by in [[2, 0, 0, 0], [-1, 1, -1, 1], [0, 2, 1, -1], [0, -2, 0, 0]] {
        let (compiled, text, roster, staffing) = planned(&|name| name.ends_with("wage = 19"), &by);
        assert_eq!(compiled.variants.len(), 1, "{text}");
        let base = &compiled.variants[0];
        let voice = base.model.groups.values().next().expect("a group");
        assert_eq!(voice.wage_micros_per_hour, 19_000_000, "{text}");
        for group in ["voice", "early", "named", "counted"] {
            let wanted = duty(base, &staffing, group);
            assert_eq!(
                duty(base, &base.staffing, group),
                wanted,
                "{group} {by:?}: {text}"
            );
        }
        let has_roster = by[1] != 0 || by[2] != 0;
        assert_eq!(roster.is_some(), has_roster, "{by:?}");
        // Nothing is said of groups that stay as they are.
        assert_eq!(text.contains("early = 3"), by[1] == 0, "{text}");
        assert_eq!(text.contains("../data/named.csv"), by[2] == 0, "{text}");
        assert!(text.starts_with("# Chosen.\n\n# The desk\n"), "{text}");
    }
}

#[test]
fn a_mix_without_a_queue_is_the_only_variant() {
    let is_meant = |name: &str| name.contains("no phone") && name.contains("18");
    let (compiled, text, ..) = planned(&is_meant, &[1, 0, 0, 0]);
    let names: Vec<&str> = compiled
        .variants
        .iter()
        .map(|of| of.name.as_str())
        .collect();
    assert_eq!(names, ["base", "best mix"], "{text}");
    assert!(!text.contains("which it is not"), "{text}");
    assert!(
        text.contains("[[variants]]\nname = \"best mix\"\n"),
        "{text}"
    );
    let (base, mix) = (&compiled.variants[0], &compiled.variants[1]);
    // On Monday from six on.
    assert_eq!(duty(base, &base.staffing, "voice")[24].0, 4);
    assert_eq!(duty(mix, &mix.staffing, "voice")[24].0, 5);
    assert_eq!(mix.model.queues.len(), 1);
}

/// A number of a document, by the keys that lead to it.
fn figure(document: &Value, pointer: &str) -> f64 {
    let found = document.pointer(pointer).and_then(Value::as_f64);
    found.unwrap_or_else(|| panic!("{pointer}"))
}

#[test]
fn the_file_of_the_verb_runs_and_costs_what_the_plan_says() {
    for budget in ["2400", "1300"] {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        let arguments = [
            "scenarios/plan-mix.toml",
            "--budget",
            budget,
            "--work",
            "3000",
            "--replications",
            "40",
            "--format",
            "json",
            "--charts",
            "none",
        ];
        let (status, printed, told) = said(&arguments, &out);
        assert_eq!(status, 0, "{told}");
        let plan: Value = serde_json::from_str(&printed).expect("JSON");
        let run = run(&out.join("plan.toml"), folder.path());
        let variants = run["variants"].as_array().expect("a list");
        let mix = variants.last().expect("a variant");
        // Hours on duty are the plan's to the last minute; overtime and what contacts cost differ by their luck.
        for group in plan["best"]["staff"].as_array().expect("a list") {
            let name = group["group"].as_str().expect("a name");
            let of_run = |figure_of: &str| figure(mix, &format!("/groups/{name}/{figure_of}/mean"));
            let paid = of_run("paid_h") - of_run("overtime_h");
            assert!(
                (paid - figure(group, "/paid_h")).abs() < 1e-9,
                "{budget} {name}: {paid}"
            );
        }
        let cost = figure(mix, "/cost/total/mean");
        assert!(
            (cost - figure(&plan, "/cost/mean")).abs() < 0.02 * cost,
            "{budget}: {cost}"
        );
        let names: Vec<&str> = variants
            .iter()
            .filter_map(|of| of["name"].as_str())
            .collect();
        let is_dropped = printed.contains("\"value\": \"dropped\"");
        assert_eq!(
            names.len(),
            if names.contains(&"best mix") { 2 } else { 1 },
            "{is_dropped}"
        );
    }
}

fn run(file: &Path, folder: &Path) -> Value {
    let output = assert_cmd::Command::cargo_bin("channelmix")
        .expect("the program is built")
        .args([
            "run",
            file.to_str().expect("UTF-8"),
            "--format",
            "json",
            "--charts",
            "none",
        ])
        .args(["--replications", "40", "--out"])
        .arg(folder.join("again"))
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}
