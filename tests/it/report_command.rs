//! `channelmix report` and `run --report` as their user types them.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// Phone with a shared backup, in three mixes.
const SCENARIO: &str = "scenarios/retail-mix.toml";

/// Exit status, standard output and standard error.
fn said(arguments: &[&str], out: &Path) -> (i32, String, String) {
    let output = Command::cargo_bin("channelmix")
        .expect("the program is built")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .args(["--out", out.to_str().expect("UTF-8")])
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let status = output.status.code().expect("it was not killed");
    (status, text(output.stdout), text(output.stderr))
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn page_workbook_and_json_are_the_same_bytes_for_any_number_of_threads_and_shards() {
    let folder = tempfile::tempdir().expect("a folder");
    let chosen = [
        "--variant",
        "no phone",
        "--replications",
        "4",
        "--charts",
        "none",
    ];
    let of = |verb: &[&str], name: &str| {
        let out = folder.path().join(name);
        let (status, stdout, stderr) = said(verb, &out);
        assert_eq!(status, 0, "{stderr}");
        let files = ["report.html", "report.xlsx", "summary.json"];
        let files = files.into_iter().filter(|name| out.join(name).exists());
        (
            stdout,
            files.map(|name| read(&out, name)).collect::<Vec<_>>(),
        )
    };
    let report = |threads: &str| {
        let verb = [
            &["report", SCENARIO, "--threads", threads, "--marginal", "3"],
            &chosen[..],
        ];
        of(&verb.concat(), threads)
    };
    let one = report("1");
    assert!(one == report("3"));
    let states: Vec<String> = ["1/2", "2/2"]
        .iter()
        .map(|part| {
            let state = folder.path().join(part.replace('/', "-"));
            let state = state.to_str().expect("UTF-8").to_owned();
            let shard = ["--shard", part, "--state", &state];
            let run = [&["run", SCENARIO], &chosen[..], &shard].concat();
            let (status, _, stderr) = said(&run, &folder.path().join("unused"));
            assert_eq!(status, 0, "{stderr}");
            state
        })
        .collect();
    let flags = ["--report", "--marginal", "3", "--charts", "none"];
    let merge = [&["merge", &states[0], &states[1]], &flags[..]].concat();
    assert!(one == of(&merge, "merged"));
}

#[test]
fn what_one_agent_buys_is_there_as_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let document = |more: &[&str]| -> serde_json::Value {
        let first = ["report", "scenarios/first.toml", "--format", "json"];
        let (status, stdout, stderr) = said(&[&first, more].concat(), &out);
        assert_eq!(status, 0, "{stderr}");
        serde_json::from_str(&stdout).expect("one document")
    };
    let usual = document(&["--replications", "5"]);
    // Three mixes of which the margin has as many replications as the run.
    assert_eq!(usual["marginal"]["scenario"]["replications"], 5);
    assert_eq!(usual["marginal"]["steps"][0]["group"], "voice");
    assert_eq!(usual["marginal"]["steps"][0]["agents"], 1);
    let asked = document(&["--replications", "5", "--marginal", "7"]);
    assert_eq!(asked["marginal"]["scenario"]["replications"], 7);
    for without in [
        ["--replications", "5", "--marginal", "0"],
        ["--replications", "1", "--marginal", "9"],
    ] {
        assert!(document(&without).get("marginal").is_none());
        let page = String::from_utf8(read(&out, "report.html")).expect("UTF-8");
        assert!(!page.contains("<section id=\"margin\""));
    }
    // A run without a report knows nothing of it.
    let run = [
        "run",
        "scenarios/first.toml",
        "--replications",
        "5",
        "--format",
        "json",
    ];
    let (_, stdout, _) = said(&run, &out);
    assert!(!stdout.contains("\"marginal\""));
}

#[test]
fn the_margin_takes_about_twice_the_work_of_the_run_at_most() {
    use channelmix::study::marginal::replications_beside;
    // Three staffings beside one mix: two thirds of twice as many.
    assert_eq!(replications_beside(3, 1, 300), 200);
    assert_eq!(replications_beside(9, 6, 100), 100);
    assert_eq!(replications_beside(41, 1, 100), 20);
    assert_eq!(replications_beside(41, 1, 5), 5);
}

#[test]
fn flags_that_make_no_sense_are_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("nothing");
    let cases: [(&[&str], &str); 6] = [
        (&["run", SCENARIO, "--marginal", "5"], "--report"),
        (
            &["report", SCENARIO, "--marginal", "many"],
            "expected a whole number from 0 to 1000000",
        ),
        (
            &["report", SCENARIO, "--seed", "-1"],
            "invalid value '-1' for '--seed <N>': expected a whole number, 0 or more",
        ),
        (
            &["run", SCENARIO, "--replications", "-5"],
            "invalid value '-5' for '--replications <N>': expected a whole number from 1 to 1000000",
        ),
        (
            &["risk", SCENARIO, "--budget", "-5"],
            "invalid value '-5' for '--budget <AMOUNT>': expected an amount of money, such as 64000",
        ),
        (
            &["compare", SCENARIO, "--against", "retail: base"],
            "no mix is named \"retail: base\"",
        ),
    ];
    for (arguments, wanted) in cases {
        let (status, stdout, stderr) = said(arguments, &out);
        assert_eq!(status, 2, "{arguments:?}: {stderr}");
        assert!(stderr.contains(wanted), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("tip: to pass"), "{stderr}");
        assert!(stdout.is_empty() && !out.exists(), "{arguments:?}");
    }
}

#[test]
fn the_name_of_the_only_file_may_stand_before_a_mix() {
    let folder = tempfile::tempdir().expect("a folder");
    let of = |against: &str| {
        let arguments = [
            "compare",
            SCENARIO,
            "--variant",
            "base",
            "--variant",
            "no phone",
            "--against",
            against,
            "--replications",
            "2",
        ];
        let (status, stdout, stderr) = said(&arguments, &folder.path().join("out"));
        assert_eq!(status, 0, "{stderr}");
        stdout
    };
    assert_eq!(of("retail-mix: no phone"), of("no phone"));
}
