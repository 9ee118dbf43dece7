//! The verb as its user meets it.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// A small centre whose staff is far too much.
pub(super) const CENTRE: &str = r#"name = "Small"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 1
interval = "6h"
[queues.phone]
channel = "phone"
arrivals = { file = "data/calls.csv", column = "offered" }
handle_time = "6m"
patience = { dist = "exponential", mean = "3m" }
target = { share = 0.8, within = "30s" }
[groups.voice]
skills = ["phone"]
staff = [0, 40, 40, 0]
wage = 20
"#;
pub(super) const CALLS: &str = "start,offered\n2026-09-07 00:00,0\n2026-09-07 06:00,90\n2026-09-07 12:00,140\n2026-09-07 18:00,0\n";

/// Exit status, standard output and standard error of a plan of a file in a folder.
pub(super) fn said(folder: &Path, text: &str, arguments: &[&str]) -> (i32, String, String) {
    fs::create_dir_all(folder.join("in/data")).expect("a folder");
    fs::write(folder.join("in/small.toml"), text).expect("written");
    fs::write(folder.join("in/data/calls.csv"), CALLS).expect("written");
    ran(
        folder,
        &[&["plan", "in/small.toml", "--out", "out"], arguments].concat(),
    )
}

pub(super) fn ran(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("channelmix")
        .expect("the program is built")
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let status = output.status.code().expect("it was not killed");
    (status, text(output.stdout), text(output.stderr))
}

#[test]
fn a_plan_is_proven_and_its_file_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, stdout, stderr) = said(folder.path(), CENTRE, &["--format", "json"]);
    assert_eq!(status, 0, "{stderr}");
    let plan: Value = serde_json::from_str(&stdout).expect("one document");
    assert_eq!(plan["schema"], "channelmix.plan/1");
    let number = |key: &str| plan[key].as_f64().expect(key);
    let (cost, bound, gap) = (number("cost"), number("bound"), number("gap"));
    assert!(
        bound <= cost && cost < 0.8 * 40.0 * 12.0 * 20.0,
        "{cost} {bound}"
    );
    assert!((gap - (cost - bound) / bound).abs() < 1e-9);
    assert_eq!(plan["proven"], true);
    let heads = plan["staff"]["voice"]["heads"].as_array().expect("a list");
    let paid: f64 = heads.iter().filter_map(|slot| slot["heads"].as_f64()).sum();
    assert!((paid * 6.0 * 20.0 - cost).abs() < 0.01, "{paid} {cost}");
    // Whoever runs the file finds what the proof says.
    let run = [
        "run",
        "out/plan.toml",
        "--out",
        "again",
        "--format",
        "json",
        "--replications",
        "200",
    ];
    let (status, stdout, stderr) = ran(folder.path(), &run);
    assert_eq!(status, 0, "{stderr}");
    let run: Value = serde_json::from_str(&stdout).expect("one document");
    let level = &run["variants"][0]["queues"]["phone"]["service_level"];
    assert!(level["mean"].as_f64() >= Some(0.8), "{level}");
    let total = &run["variants"][0]["cost"]["total"];
    let of_plan = plan["costs"]["total"]["mean"].as_f64().expect("a mean");
    let (lo, hi) = (total["lo"].as_f64(), total["hi"].as_f64());
    let is_near = |end: Option<f64>| end.is_some_and(|end| (end - of_plan).abs() < 0.02 * of_plan);
    assert!(is_near(lo) && is_near(hi), "{total} {of_plan}");
    let files = fs::read_dir(folder.path().join("out")).expect("a folder");
    let names = files.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let tables: Vec<String> = names.filter(|name| name.contains(".toml")).collect();
    assert_eq!(tables, ["plan.toml"]);
}

#[test]
fn the_same_seed_gives_the_same_plan_for_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let of = |threads: &str| {
        let (status, stdout, stderr) = said(folder.path(), CENTRE, &["--threads", threads]);
        assert_eq!(status, 0, "{stderr}");
        let file = fs::read_to_string(folder.path().join("out/plan.toml")).expect("written");
        assert!(!stdout.contains("in/small"), "{stdout}");
        (stdout, file)
    };
    assert_eq!(of("1"), of("3"));
}

#[test]
fn what_cannot_be_met_ends_with_status_three_and_without_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let few = format!("{CENTRE}plan = {{ max = 1 }}\n");
    let (status, stdout, stderr) = said(folder.path(), &few, &[]);
    assert_eq!((status, stdout.as_str()), (3, ""), "{stderr}");
    for part in [
        "phone service level: promised ≥ 80 %",
        "heads allowed at most: voice 1",
    ] {
        assert!(stderr.contains(part), "{stderr}");
    }
    assert!(!folder.path().join("out").exists());
    let (status, _, stderr) = said(folder.path(), CENTRE, &["--budget", "10"]);
    assert_eq!(status, 3, "{stderr}");
    assert!(
        stderr.contains("the budget of EUR 10 is too small"),
        "{stderr}"
    );
    assert!(!folder.path().join("out").exists());
}

#[test]
fn what_cannot_be_asked_is_refused_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = "target = { share = 0.8, within = \"30s\" }";
    let plan = |line: &str| format!("{CENTRE}{line}\n");
    let cases = [
        (CENTRE.replace(target, ""), "no queue has a target"),
        (
            CENTRE.replace("share = 0.8", "share = 80"),
            "small.toml:12:20",
        ),
        (
            plan("plan = { min = 5, max = 4 }"),
            "expected min to be at most max, found 5 and 4",
        ),
        (
            plan("plan = { fixed = true, max = 4 }"),
            "a group whose staff is fixed has no min and max",
        ),
        (
            plan("plan = { fixed = true }"),
            "the staff of every group is fixed",
        ),
        (plan("plan = { most = 4 }"), "unknown key `most`"),
        (
            CENTRE.replace("within = \"30s\"", "within = \"30s\", over = \"week\""),
            "over",
        ),
    ];
    for (text, wanted) in cases {
        let (status, stdout, stderr) = said(folder.path(), &text, &[]);
        assert_eq!((status, stdout.as_str()), (2, ""), "{wanted}: {stderr}");
        assert!(stderr.contains(wanted), "{wanted}: {stderr}");
        assert!(!folder.path().join("out").exists(), "{wanted}");
    }
    let (status, _, stderr) = said(folder.path(), CENTRE, &["--time-limit", "60"]);
    assert_eq!(status, 2, "{stderr}");
    let (status, _, stderr) = said(folder.path(), CENTRE, &["--variant", "bas"]);
    assert_eq!(status, 2);
    assert!(stderr.contains("did you mean `base`?"), "{stderr}");
}
