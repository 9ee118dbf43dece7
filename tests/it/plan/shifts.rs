//! `plan --what shifts` as its user meets it.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::verb::{CENTRE, ran, said};

/// The small centre in hours, with duties that reach all of them.
fn centre(patterns: &str) -> String {
    let hourly = CENTRE
        .replace("interval = \"6h\"", "interval = \"1h\"")
        .replace("staff = [0, 40, 40, 0]", "staff = 10")
        .replace(
            "arrivals = { file = \"data/calls.csv\", column = \"offered\" }",
            "arrivals = { per_interval = [0, 0, 0, 0, 0, 0, 0, 0, 12, 20, 24, 20, 16, 20, 24, 20, 16, 12, 8, 8, 0, 0, 0, 0] }",
        );
    format!("{hourly}{patterns}")
}

const DUTIES: &str = r#"
[plan.patterns.full]
groups = ["voice"]
starts = ["08:00", "10:00", "12:00"]
lengths = "8h"
lunch = { length = "1h", after = "3h", before = "5h" }

[plan.patterns.part]
groups = ["voice"]
starts = { from = "08:00", to = "16:00", step = "1h" }
lengths = "4h"
"#;

/// A single duty reaches the first and the last hour, which the file has somebody for: it is taken with its lunch, or with its week.
#[test]
fn the_only_duty_that_reaches_an_hour_is_taken() {
    let lunch = DUTIES.replace(
        "[\"08:00\", \"10:00\", \"12:00\"]",
        "[\"08:00\", \"12:00\"]",
    );
    let lunch = &lunch[..lunch.find("[plan.patterns.part]").expect("part-timers")];
    let vary = lunch.replace(
        "lunch = { length = \"1h\", after = \"3h\", before = \"5h\" }",
        "days_on = 5\nvary = \"4h\"",
    );
    let week = |text: String| text.replace("days = 1", "days = 7");
    for text in [centre(lunch), week(centre(&vary))] {
        let folder = tempfile::tempdir().expect("a folder");
        let arguments = [
            "--what", "shifts", "--format", "json", "--charts", "none", "--work", "3000",
        ];
        let (status, stdout, stderr) = said(folder.path(), &text, &arguments);
        assert_eq!(status, 0, "{stderr}");
        let plan: Value = serde_json::from_str(&stdout).expect("one document");
        let heads = plan["staff"]["voice"]["heads"].as_array().expect("a list");
        let starts = |wanted: &str| {
            let there = heads.iter().filter(|slot| slot["start"] == wanted);
            there
                .map(|slot| slot["heads"].as_u64().expect("a number"))
                .min()
        };
        assert!(
            starts("08:00") >= Some(1) && starts("19:00") >= Some(1),
            "{stdout}"
        );
    }
}

#[test]
fn a_roster_is_proven_and_its_file_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = ["--what", "shifts", "--format", "json", "--charts", "none"];
    let (status, stdout, stderr) = said(folder.path(), &centre(DUTIES), &arguments);
    assert_eq!(status, 0, "{stderr}");
    let plan: Value = serde_json::from_str(&stdout).expect("one document");
    assert_eq!(plan["schema"], "channelmix.shifts/1");
    assert_eq!(plan["proven"], true);
    let rows = fs::read_to_string(folder.path().join("out/roster.csv")).expect("a roster");
    let agents: BTreeSet<&str> = rows
        .lines()
        .skip(1)
        .map(|row| row.split(',').next().unwrap_or_default())
        .collect();
    let patterns = plan["patterns"].as_array().expect("a list");
    let told: u64 = patterns
        .iter()
        .filter_map(|pattern| pattern["agents"].as_u64())
        .sum();
    assert_eq!(agents.len() as u64, told);
    // Each agent has a calendar with one event.
    for agent in &agents {
        let file = format!("out/calendars/{}.ics", agent.replace(' ', "-"));
        let calendar = fs::read_to_string(folder.path().join(file)).expect("a calendar");
        assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"), "{calendar}");
        assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1, "{calendar}");
        assert!(calendar.contains("DTSTART:20260907T"), "{calendar}");
    }
    // Whoever runs the file pays what the plan says: the wages of the roster's hours, lunches left out.
    let run = ["run", "out/plan.toml", "--out", "again", "--format", "json"];
    let more = ["--replications", "200", "--charts", "none"];
    let (status, stdout, stderr) = ran(folder.path(), &[&run[..], &more].concat());
    assert_eq!(status, 0, "{stderr}");
    let run: Value = serde_json::from_str(&stdout).expect("one document");
    let level = &run["variants"][0]["queues"]["phone"]["service_level"];
    assert!(level["mean"].as_f64() >= Some(0.8), "{level}");
    let wages = &run["variants"][0]["cost"]["lines"]["wages"]["mean"];
    let wages = wages.as_f64().expect("wages");
    let cost = plan["cost"].as_f64().expect("a cost");
    assert!((wages - cost).abs() < 0.01 * cost, "{wages} {cost}");
    // The only TOML file.
    let files = fs::read_dir(folder.path().join("out")).expect("a folder");
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let toml: Vec<String> = names.filter(|name| name.contains(".toml")).collect();
    assert_eq!(toml, ["plan.toml"]);
}

#[test]
fn the_same_seed_gives_the_same_roster_on_any_number_of_threads() {
    let roster = |threads: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let arguments = [
            "--what",
            "shifts",
            "--charts",
            "none",
            "--threads",
            threads,
            "--work",
            "1500",
        ];
        let (status, stdout, stderr) = said(folder.path(), &centre(DUTIES), &arguments);
        assert_eq!(status, 0, "{stderr}");
        let roster = fs::read_to_string(folder.path().join("out/roster.csv")).expect("a roster");
        (stdout, roster)
    };
    assert_eq!(roster("1"), roster("2"));
}

#[test]
fn hours_that_no_shift_reaches_are_named() {
    let patterns = r#"
[plan.patterns.day]
groups = ["voice"]
starts = "10:00"
lengths = "6h"
"#;
    let folder = tempfile::tempdir().expect("a folder");
    let (status, stdout, stderr) = said(folder.path(), &centre(patterns), &["--what", "shifts"]);
    assert_eq!((status, stdout.as_str()), (3, ""), "{stderr}");
    let words = "customers of \"phone\" come when no shift of \"voice\" reaches: 08:00 to 10:00, 16:00 to 20:00";
    assert!(stderr.contains(words), "{stderr}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn heads_that_must_be_there_need_shifts_that_reach() {
    let text = centre(DUTIES).replace("wage = 20", "wage = 20\nplan = { min = 1 }");
    let folder = tempfile::tempdir().expect("a folder");
    let (status, stdout, stderr) = said(folder.path(), &text, &["--what", "shifts"]);
    assert_eq!((status, stdout.as_str()), (2, ""), "{stderr}");
    let words = "\"voice\" must have heads at all times (plan.min), but no shift reaches 00:00 to 08:00, 20:00 to 24:00";
    assert!(stderr.contains(words), "{stderr}");
}

#[test]
fn a_file_without_patterns_is_told_how_to_write_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, stdout, stderr) = said(folder.path(), &centre(""), &["--what", "shifts"]);
    assert_eq!((status, stdout.as_str()), (2, ""), "{stderr}");
    assert!(stderr.contains("[plan.patterns.day]"), "{stderr}");
}

#[test]
fn limits_that_whole_agents_cannot_keep_are_no_plan() {
    // Two heads in every hour of a week are 8.4 agents of five duties of eight hours.
    let week = CENTRE
        .replace("days = 1", "days = 7")
        .replace("interval = \"6h\"", "interval = \"8h\"")
        .replace(
            "staff = [0, 40, 40, 0]",
            "staff = 2\nplan = { min = 2, max = 2 }",
        )
        .replace(
            "arrivals = { file = \"data/calls.csv\", column = \"offered\" }",
            "arrivals = { per_hour = 2 }",
        );
    let patterns = "\n[plan.patterns.full]\ngroups = [\"voice\"]\nstarts = [\"00:00\", \"08:00\", \"16:00\"]\nlengths = \"8h\"\ndays_on = 5\n";
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = ["--what", "shifts", "--work", "200", "--replications", "20"];
    let (status, stdout, stderr) = said(folder.path(), &format!("{week}{patterns}"), &arguments);
    assert_eq!((status, stdout.as_str()), (3, ""), "{stderr}");
    assert!(
        stderr.contains("no whole agents were found that keep to all limits"),
        "{stderr}"
    );
}

#[test]
fn a_duty_over_the_change_of_the_clocks_ends_by_the_wall_clock() {
    // On Sunday 25 October 2026 the clocks of Berlin go back from three to two: eight hours from ten in the evening before last nine.
    let night = r#"name = "Night"
currency = "EUR"
[horizon]
start = "2026-10-24"
days = 2
interval = "2h"
time_zone = "Europe/Berlin"
[queues.phone]
channel = "phone"
arrivals = { per_hour = 2 }
handle_time = "2m"
patience = "5m"
target = { share = 0.5, within = "1m" }
[groups.voice]
skills = ["phone"]
staff = 1
wage = 20
plan = { min = 1 }
[plan.patterns.turn]
groups = ["voice"]
starts = ["06:00", "14:00", "22:00"]
lengths = "8h"
"#;
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = ["--what", "shifts", "--work", "200", "--replications", "20"];
    let (status, _, stderr) = said(folder.path(), night, &arguments);
    assert_eq!(status, 0, "{stderr}");
    let roster = fs::read_to_string(folder.path().join("out/roster.csv")).expect("a roster");
    let over_the_change = "2026-10-24 22:00,2026-10-25 06:00,work";
    assert!(roster.contains(over_the_change), "{roster}");
}

#[test]
fn a_file_that_the_scenario_reads_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "agent,group,start,end,activity\nAnn,voice,2026-09-07 08:00,2026-09-07 16:00,work\n";
    let text = centre(DUTIES).replace("staff = 10", "staff = { roster = \"roster.csv\" }");
    fs::create_dir_all(folder.path().join("in")).expect("a folder");
    fs::write(folder.path().join("in/roster.csv"), rows).expect("written");
    let arguments = ["--what", "shifts", "--out", "in"];
    let path = folder.path();
    fs::write(path.join("in/small.toml"), text).expect("written");
    let (status, stdout, stderr) =
        ran(path, &[&["plan", "in/small.toml"], &arguments[..]].concat());
    assert_eq!((status, stdout.as_str()), (2, ""), "{stderr}");
    assert!(
        stderr.contains("name another folder with --out"),
        "{stderr}"
    );
    assert_eq!(
        fs::read_to_string(path.join("in/roster.csv")).expect("still there"),
        rows
    );
}
