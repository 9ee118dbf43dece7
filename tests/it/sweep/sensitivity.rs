//! Which uncertain inputs matter, and what the page of sweeps shows.

use std::path::Path;
use std::process::Output;

use super::{run, said};

const UNCERTAIN: &str = r#"
name = "Uncertain"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 1
[run]
replications = 20
[queues.phone]
channel = "phone"
arrivals = { per_hour = 60 }
handle_time = { dist = "exponential", mean = "4m" }
patience = { dist = "exponential", mean = "2m" }
target = { share = 0.8, within = "20s" }
[groups.team]
skills = ["phone"]
staff = 6
wage = 20
[uncertain]
"groups.team.wage" = { low = 18, high = 25 }
"queues.phone.arrivals" = { factor = [0.8, 1.2] }
"queues.phone.handle_time.mean" = { low = "3m", high = "5m" }
"#;

fn sensitivity(folder: &Path, more: &[&str]) -> Output {
    let file = folder.join("uncertain.toml");
    std::fs::write(&file, UNCERTAIN).expect("written");
    let mut arguments = vec![
        "sensitivity",
        file.to_str().expect("UTF-8"),
        "--charts",
        "none",
    ];
    arguments.extend(more);
    run(&arguments, &folder.join("out"))
}

/// Six agents all day cost 6 × 24 × the wage: 20 an hour is 2,880; 18 is 288 less, 25 is 720 more, and nothing else costs.
#[test]
fn one_at_a_time_finds_what_arithmetic_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = sensitivity(folder.path(), &["--format", "json"]);
    let (stdout, stderr) = said(&output);
    assert!(output.status.success(), "{stderr}");
    let found: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(found["schema"], "channelmix.sensitivity/1");
    let cost = &found["figures"]["cost.total"];
    assert_eq!(cost["base"]["mean"], 2880.0);
    let of = |figure: &serde_json::Value, at: usize| {
        (
            figure["inputs"][at]["key"].clone(),
            figure["inputs"][at]["effects"].clone(),
        )
    };
    let (key, effects) = of(cost, 0);
    assert_eq!(key, "groups.team.wage");
    assert_eq!(
        (&effects["at_low"]["mean"], &effects["at_high"]["mean"]),
        (&(-288.0).into(), &720.0.into())
    );
    let level = &found["figures"]["queues.phone.service_level"];
    for at in 0..2 {
        let (key, effects) = of(level, at);
        assert_ne!(key, "groups.team.wage");
        assert!(
            effects["at_low"]["lo"].as_f64() > Some(0.0)
                && effects["at_high"]["hi"].as_f64() < Some(0.0),
            "{effects}"
        );
    }
    let (key, effects) = of(level, 2);
    assert_eq!(
        (key, &effects["at_high"]["mean"]),
        ("groups.team.wage".into(), &0.0.into())
    );
}

/// The cost is a plane: its slopes, and all of its variance, are the wage's: 144 paid hours × 7.
#[test]
fn global_methods_find_a_plane() {
    let folder = tempfile::tempdir().expect("a folder");
    let of = |method: &str, points: &str| {
        let more = [
            "--method",
            method,
            "--points",
            points,
            "--replications",
            "2",
            "--figure",
            "cost.total",
            "--format",
            "json",
        ];
        std::fs::remove_dir_all(folder.path().join("out")).ok();
        let output = sensitivity(folder.path(), &more);
        assert!(output.status.success(), "{}", said(&output).1);
        let found: serde_json::Value = serde_json::from_str(&said(&output).0).expect("JSON");
        let first = found["figures"]["cost.total"]["inputs"][0].clone();
        assert_eq!(first["key"], "groups.team.wage");
        first["effects"].clone()
    };
    let morris = of("morris", "40");
    assert!(
        (morris["mean_size"]["mean"].as_f64().expect("a size") / (144.0 * 7.0) - 1.0).abs() < 0.05,
        "{morris}"
    );
    let sobol = of("sobol", "200");
    assert!(
        (sobol["total"]["mean"].as_f64().expect("a share") - 1.0).abs() < 0.15,
        "{sobol}"
    );
}

#[test]
fn faults_of_sensitivity_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for (more, told) in [
        (
            vec!["--figure", "queues.phone.servicelevel"],
            "--figure queues.phone.servicelevel: there is no such figure; did you mean `queues.phone.service_level`?",
        ),
        (
            vec!["--vary", "groups.team.wage=18,20"],
            "--vary groups.team.wage: an uncertain input has a range LOW..HIGH without steps, found 18,20",
        ),
        (
            vec!["--vary", "groups.team.wag=18..20"],
            "unknown key `wag`; did you mean `wage`?",
        ),
        (
            vec!["--points", "9"],
            "--points goes with --method morris or sobol",
        ),
        (
            vec!["--method", "sobol", "--points", "9"],
            "--points: sobol of 3 inputs needs 10 points at least",
        ),
    ] {
        let output = sensitivity(folder.path(), &more);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).1.contains(told), "{}", said(&output).1);
        assert!(!folder.path().join("out").exists());
    }
    let nothing = run(
        &["sensitivity", "scenarios/first.toml"],
        &folder.path().join("out"),
    );
    assert!(said(&nothing).1.contains(
        "nothing is uncertain: write [uncertain] into the file, or --vary KEY=LOW..HIGH"
    ));
}

/// The commands of the page, with `--out` and without charts: their tables are those shown.
#[test]
fn the_page_shows_what_comes_out() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/sweep.md"))
        .expect("the page");
    let blocks = page.split("```console\n$ channelmix ").skip(1);
    let mut shown = 0;
    for block in blocks {
        let (block, _) = block.split_once("```").expect("the block ends");
        let (command, wanted) = block.split_once('\n').expect("a command has output");
        let mut arguments: Vec<&str> = command.split_whitespace().collect();
        arguments.extend(["--charts", "none"]);
        let folder = tempfile::tempdir().expect("a folder");
        let output = run(&arguments, folder.path());
        assert_eq!(said(&output).0, wanted, "channelmix {command}");
        shown += 1;
    }
    assert_eq!(shown, 2);
}
