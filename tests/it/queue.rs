//! `channelmix queue` as its user meets it.

use assert_cmd::Command;
use serde_json::Value;

/// Exit status, standard output and standard error.
fn queue(line: &str) -> (i32, String, String) {
    let output = Command::cargo_bin("channelmix")
        .expect("the program is built")
        .arg("queue")
        .args(line.split_whitespace())
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let status = output.status.code().expect("a status");
    (status, text(output.stdout), text(output.stderr))
}

fn json(line: &str) -> Value {
    let (status, stdout, stderr) = queue(&format!("{line} --format json"));
    assert_eq!(status, 0, "{stderr}");
    serde_json::from_str(&stdout).expect("one document")
}

fn near(value: &Value, wanted: f64) {
    let found = value.as_f64().expect("a number");
    assert!(
        (found / wanted - 1.0).abs() < 1e-6,
        "{found} is not {wanted}"
    );
}

#[test]
fn erlang_a_tells_the_values_of_the_reference() {
    // A-MMsM-v01 of tests/reference/a_steady_state.json.
    let answer =
        json("erlang-a --arrivals 200/h --handle-time 3m --servers 14 --patience 5m --within 20s");
    assert_eq!(answer["schema"], "channelmix.queue/1");
    assert_eq!(answer["model"], "erlang-a");
    assert_eq!(answer["servers"], 14);
    let measures = &answer["measures"];
    near(&measures["p_wait"], 0.145_260_114);
    near(&measures["asa_s"], 3.878_480_045);
    near(&measures["service_levels"]["offered"], 0.916_792_092);
    near(&measures["wait_s"]["p90"], 11.753_933_625);
    near(&measures["queue_length"], 0.233_062_402);
}

#[test]
fn the_inverse_finds_the_fewest_servers() {
    let of = |line: &str| json(line)["servers"].as_u64().expect("a number");
    // D-C-v01, D-A-v03 and D-B-v01 of tests/reference/d_staffing.json.
    assert_eq!(
        of("erlang-c --arrivals 200/h --handle-time 3m --target 80%"),
        14
    );
    assert_eq!(
        of("erlang-a --arrivals 120/h --handle-time 5m --patience 2m --max-abandonment 5%"),
        13
    );
    assert_eq!(
        of("erlang-b --arrivals 10/s --handle-time 1s --max-blocking 0.01"),
        18
    );
    let both = "erlang-c --arrivals 200/h --handle-time 3m --target 80% --max-occupancy 70%";
    assert_eq!(of(both), 15);
    let all = "erlang-a --arrivals 120/h --handle-time 5m --patience 2m --target 80% --definition offered";
    assert_eq!(of(all), 12);
}

#[test]
fn a_range_prints_a_row_each() {
    let range = "erlang-a --arrivals 240/h --handle-time 4m --patience 2m --servers 15..25:5";
    let answer = json(range);
    let servers: Vec<_> = answer["rows"].as_array().expect("rows").iter().collect();
    let numbers: Vec<_> = servers.iter().map(|row| row["servers"].as_u64()).collect();
    assert_eq!(numbers, [Some(15), Some(20), Some(25)]);
    let (status, stdout, _) = queue(range);
    assert_eq!(status, 0);
    assert!(
        stdout.starts_with("erlang-a (M/M/s+M): arrivals 240/h, handle time 4m, patience 2m\n")
    );
    assert_eq!(
        stdout.lines().filter(|line| line.starts_with(" 2")).count(),
        2,
        "{stdout}"
    );
    assert!(
        stdout.lines().all(|line| line.chars().count() <= 120),
        "{stdout}"
    );
}

#[test]
fn every_model_answers() {
    for line in [
        "erlang-b --arrivals 10/min --handle-time 1m --servers 12",
        "erlang-c --arrivals 10/min --handle-time 1m --servers 12",
        "erlang-a --arrivals 10/min --handle-time 1m --servers 12 --patience 1m",
        "mm-s-k --arrivals 10/min --handle-time 1m --servers 12 --lines 20",
        "mm-s-k-m --arrivals 10/min --handle-time 1m --servers 12 --lines 20 --patience 1m",
        "mm-s-g --arrivals 10/min --handle-time 1m --servers 12 --patience 1m --patience-law lognormal --patience-cv 1.5",
        "mm-s-g --arrivals 10/min --handle-time 1m --servers 12 --patience 1m --balk 10%",
        "redial --arrivals 10/min --handle-time 1m --servers 12 --patience 1m --redial-delay 5m --redial-after-abandoning 0.5",
        "mg-1 --arrivals 10/h --handle-time 4m --servers 1 --handle-time-law gamma --handle-time-cv 0.7",
        "md-s --arrivals 10/min --handle-time 1m --servers 12",
        "mph-s --arrivals 10/min --handle-time 1m --servers 12 --handle-time-cv 1.5",
        "mg-s --arrivals 10/min --handle-time 1m --servers 12 --handle-time-cv 0.8 --method allen-cunneen",
        "priority --arrivals 3/min,6/min --handle-time 1m --servers 12 --class 2",
        "chat --arrivals 10/min --handle-time 1m --servers 6 --pace 1,0.8,0.6 --patience 1m",
    ] {
        let answer = json(line);
        let measures = &answer["measures"];
        for name in [
            "p_wait",
            "occupancy",
            "queue_length",
            "offered_load_erlangs",
        ] {
            assert!(measures[name].is_number(), "{line}: {name} in {measures}");
        }
        assert!(
            measures["asa_s"].is_number() && measures["wait_s"]["p99"].is_number(),
            "{line}: {measures}"
        );
        assert!(
            measures["service_levels"]["no_short"].is_number(),
            "{line}: {measures}"
        );
        let (status, stdout, _) = queue(line);
        assert_eq!(status, 0);
        assert!(
            !stdout.contains("NaN") && !stdout.contains("inf"),
            "{stdout}"
        );
    }
}

/// What is asked, with `BASE` for arrivals and handle time, and what is said.
const REFUSED: [(&str, &str); 37] = [
    ("erlang-c BASE --servers 16", "the queue grows without end"),
    ("erlang-a BASE --servers 16", "erlang-a needs --patience"),
    (
        "erlang-c BASE --servers 20 --patience 2m",
        "erlang-c does not take --patience",
    ),
    ("erlang-c BASE --servers 0", "between 1 and 100,000"),
    (
        "erlang-c BASE --servers 20..10",
        "the range 20..10 is empty",
    ),
    ("erlang-c BASE", "--servers"),
    (
        "erlang-c BASE --servers 20 --target 80%",
        "cannot be used with",
    ),
    ("erlang-c BASE --target 180%", "between 0 and 1"),
    (
        "erlang-b BASE --max-blocking 0",
        "must be a number above zero",
    ),
    (
        "erlang-c --arrivals 240 --handle-time 4m --servers 20",
        "a number for each span of time",
    ),
    (
        "erlang-c --arrivals 240/h --handle-time 4 --servers 20",
        "has no unit",
    ),
    (
        "erlang-c --arrivals 240/h --handle-time 0s --servers 20",
        "above zero",
    ),
    (
        "mm-s-k BASE --servers 20 --lines 10",
        "at least as many lines as servers",
    ),
    (
        "mg-1 --arrivals 1/h --handle-time 4m --servers 2",
        "one server",
    ),
    ("mph-s BASE --servers 300 --handle-time-cv 2", "too large"),
    (
        "chat BASE --servers 20 --pace 1,nan --patience 1m",
        "a pace",
    ),
    ("priority BASE --servers 20 --class 3", "the classes"),
    ("erlang BASE --servers 20", "erlang-b"),
    (
        "mm-s-g BASE --servers 20 --patience 1m --patience-cv 1.3",
        "goes with --patience-law lognormal",
    ),
    (
        "mph-s BASE --servers 20 --handle-time-cv nan",
        "expected a number of at least zero",
    ),
    ("erlang-c BASE --servers 1..1000", "200 numbers at most"),
    ("erlang-c BASE --servers 20 --within 20x", "unit"),
    ("erlang-c BASE --servers 20 --within 20", "has no unit"),
    (
        "erlang-a --arrivals 1e9/s --handle-time 4m --patience 1m --servers 20",
        "and 10000000 erlangs can be offered",
    ),
    (
        "mm-s-g BASE --servers 20 --patience 1m --patience-law lognormal --patience-cv 0.0001",
        "must be between 0.001 and 100",
    ),
    (
        "mm-s-g BASE --servers 20 --patience 1m --patience-law gamma --patience-cv 1000",
        "must be between 0.001 and 100",
    ),
    (
        "mm-s-g BASE --servers 20 --patience 1m --patience-law hyperexponential --patience-cv 101",
        "squared cv",
    ),
    (
        "mg-1 --arrivals 1/h --handle-time 4m --servers 1 --handle-time-law hyperexponential --handle-time-cv 0.5",
        "squared cv",
    ),
    (
        "redial BASE --servers 20 --redial-delay 5m --redial-after-abandoning 2",
        "between 0 and 1",
    ),
    ("erlang-c BASE --target 100%", "ask for less, such as 99.9%"),
    ("erlang-c BASE", "(--target 80%, --max-asa 20s"),
    ("erlang-b BASE --target 80%", "--target: nobody waits"),
    ("erlang-c BASE --max-blocking 1%", "nobody is turned away"),
    (
        "mg-s BASE --handle-time-cv 2 --max-abandonment 1%",
        "nobody leaves",
    ),
    (
        "redial BASE --redial-delay 10m --redial-after-abandoning 50% --servers 10",
        "needs --patience",
    ),
    (
        "redial BASE --redial-delay 10m --redial-after-blocking 50% --servers 10",
        "needs --lines",
    ),
    (
        "mph-s --arrivals 5000/h --handle-time 5m --handle-time-cv 2 --target 99%",
        "too large to be solved exactly",
    ),
];

#[test]
fn what_makes_no_sense_is_refused_with_status_two() {
    for (line, message) in REFUSED {
        let line = line.replace("BASE", "--arrivals 240/h --handle-time 4m");
        let (status, stdout, stderr) = queue(&line);
        assert_eq!(status, 2, "{line}: {stdout}{stderr}");
        assert!(
            stdout.is_empty() && stderr.contains(message),
            "{line}: {stderr}"
        );
    }
}

#[test]
fn where_nobody_can_wait_only_what_happens_is_shown() {
    let (status, stdout, _) = queue("erlang-b --arrivals 10/s --handle-time 1s --servers 18..20");
    assert_eq!(status, 0);
    // B(18, 10) = 0.0071, D-B-v01 of tests/reference/d_staffing.json.
    let head = stdout.lines().nth(2).expect("headings");
    let words: Vec<_> = head.split_whitespace().collect();
    assert_eq!(words, ["servers", "occupancy", "blocked"], "{stdout}");
    assert!(stdout.contains("0.714 %"), "{stdout}");
}

#[test]
fn poor_approximations_carry_a_caution() {
    let (status, stdout, _) =
        queue("mg-s --arrivals 10/min --handle-time 1m --servers 11 --handle-time-cv 3");
    assert_eq!(status, 0);
    assert!(
        stdout.contains("Caution: handle times this variable"),
        "{stdout}"
    );
}

#[cfg(feature = "charts")]
#[test]
fn a_plot_is_written_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = format!(
        "erlang-a --arrivals 240/h --handle-time 4m --patience 2m --target 80% --plot --out {}",
        folder.path().display()
    );
    let (status, _, stderr) = queue(&line);
    assert_eq!(status, 0, "{stderr}");
    let svg = std::fs::read_to_string(folder.path().join("queue-erlang-a.svg")).expect("a chart");
    assert!(svg.contains("<svg") && svg.contains("target, 80 %"));
    assert!(folder.path().join("queue-erlang-a.png").exists());
}
