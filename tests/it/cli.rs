//! The program as its user meets it: exit statuses, standard output and standard error apart, files whole or not at all.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

fn channelmix() -> Command {
    let mut command = Command::cargo_bin("channelmix").expect("the program is built");
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (text(&output.stdout), text(&output.stderr))
}

fn run_first(folder: &Path, more: &[&str]) -> Output {
    channelmix()
        .args([
            "run",
            "scenarios/first.toml",
            "--replications",
            "5",
            "--charts",
            "none",
            "--out",
        ])
        .arg(folder)
        .args(more)
        .output()
        .expect("it runs")
}

#[test]
fn a_run_prints_a_table_and_writes_its_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run_first(folder.path(), &[]);
    let (stdout, stderr) = said(&output);
    assert!(output.status.success(), "{stderr}");
    assert!(stdout.starts_with("One phone queue"), "{stdout}");
    assert!(
        !stdout.contains(folder.path().to_str().expect("UTF-8")),
        "a path on standard output"
    );
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .expect("the folder is there")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "groups.csv",
            "intervals.csv",
            "summary.csv",
            "summary.json",
            "summary.txt"
        ]
    );
    let written =
        std::fs::read_to_string(folder.path().join("summary.txt")).expect("it is written");
    assert_eq!(written, stdout);
}

#[test]
fn json_is_one_document_of_the_documented_shape() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run_first(folder.path(), &["--format", "json"]);
    let document: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!(document["schema"], "channelmix.summary/1");
    assert_eq!(document["variants"][0]["name"], "base");
    let phone = &document["variants"][0]["queues"]["phone"];
    for estimate in [
        &phone["offered"],
        &phone["service_levels"]["offered"],
        &phone["wait_s"]["p90"],
        &phone["asa_s"],
    ] {
        assert!(
            estimate["mean"].is_number()
                && estimate["lo"].is_number()
                && estimate["hi"].is_number(),
            "{estimate}"
        );
    }
    let voice = &document["variants"][0]["groups"]["voice"];
    assert!(voice["paid_h"]["mean"].is_number() && voice["occupancy"]["mean"].is_number());
    let cost = &document["variants"][0]["cost"];
    let total = cost["total"]["mean"].as_f64().expect("a number");
    let phone_cost = cost["queues"]["phone"]["cost"]["mean"]
        .as_f64()
        .expect("a number");
    assert!((total - phone_cost).abs() < 1e-6 * total);
    assert_eq!(phone["intervals"].as_array().expect("a list").len(), 24);
}

#[test]
fn one_replication_has_no_intervals() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = channelmix()
        .args([
            "run",
            "scenarios/first.toml",
            "--replications",
            "1",
            "--charts",
            "none",
            "--format",
            "json",
            "--out",
        ])
        .arg(folder.path())
        .output()
        .expect("it runs");
    let document: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("one JSON document");
    let asa = &document["variants"][0]["queues"]["phone"]["asa_s"];
    assert!(asa["mean"].is_number() && asa["lo"].is_null() && asa["hi"].is_null());
}

#[test]
fn the_same_bytes_come_out_for_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let with = |threads: &str| {
        run_first(folder.path(), &["--threads", threads, "--format", "json"]).stdout
    };
    assert_eq!(with("1"), with("3"));
}

#[test]
fn shards_and_merge_give_the_bytes_of_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let part = |number: u32| folder.path().join(format!("part-{number}.json"));
    for number in 1..=2 {
        let shard = format!("{number}/2");
        let output = channelmix()
            .args([
                "run",
                "scenarios/first.toml",
                "--replications",
                "5",
                "--shard",
                &shard,
                "--state",
            ])
            .arg(part(number))
            .output()
            .expect("it runs");
        let (stdout, stderr) = said(&output);
        assert!(
            output.status.success() && stdout.is_empty(),
            "{stdout}{stderr}"
        );
    }
    let merge = |format: &str| {
        let command = ["merge", "--charts", "none", "--format", format, "--out"];
        let mut merge = channelmix();
        merge
            .args(command)
            .arg(folder.path().join("merged"))
            .arg(part(2))
            .arg(part(1));
        merge.output().expect("it runs").stdout
    };
    let whole = run_first(&folder.path().join("whole"), &["--format", "json"]).stdout;
    assert_eq!(merge("json"), whole);
    for name in ["summary.csv", "intervals.csv", "groups.csv"] {
        let read =
            |run: &str| std::fs::read(folder.path().join(run).join(name)).expect("it is written");
        assert_eq!(read("merged"), read("whole"), "{name}");
    }
}

#[test]
fn a_damaged_state_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("part.json");
    std::fs::write(&path, "{\"schema\": 1}").expect("it is written");
    let output = channelmix()
        .arg("merge")
        .arg(&path)
        .output()
        .expect("it runs");
    let (stdout, stderr) = said(&output);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stdout.is_empty() && stderr.contains("not a state of a run"),
        "{stderr}"
    );
}

#[test]
fn a_state_changed_by_hand_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("part.json");
    let written = channelmix()
        .args([
            "run",
            "scenarios/first.toml",
            "--replications",
            "2",
            "--shard",
            "1/1",
            "--state",
        ])
        .arg(&path)
        .output()
        .expect("it runs");
    assert!(written.status.success(), "{:?}", said(&written));
    let state = std::fs::read_to_string(&path).expect("it is written");
    let changed = state.replacen("\"replications\":2", "\"replications\":3", 1);
    assert_ne!(state, changed);
    std::fs::write(&path, changed).expect("it is written");
    let output = channelmix()
        .arg("merge")
        .arg(&path)
        .output()
        .expect("it runs");
    let (stdout, stderr) = said(&output);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stdout.is_empty() && stderr.contains("its checksum does not fit"),
        "{stderr}"
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_told_before_the_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("taken");
    std::fs::write(&file, "").expect("it is written");
    let output = run_first(&file, &[]);
    let (stdout, stderr) = said(&output);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stdout.is_empty() && stderr.contains("taken"), "{stderr}");
}

#[test]
fn a_faulty_scenario_ends_with_status_2_and_every_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("faulty.toml");
    let text = std::fs::read_to_string(format!(
        "{}/scenarios/first.toml",
        env!("CARGO_MANIFEST_DIR")
    ))
    .expect("it is shipped");
    let text = text
        .replace("days     = 1", "days     = 0")
        .replace("wage   = 18.0", "wages  = 18.0");
    std::fs::write(&path, text).expect("it is written");
    for verb in ["check", "run"] {
        let output = channelmix().arg(verb).arg(&path).output().expect("it runs");
        let (stdout, stderr) = said(&output);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stdout.is_empty());
        for fault in [
            "horizon.days",
            "groups.voice.wages",
            "wage",
            "faulty.toml:8:",
        ] {
            assert!(stderr.contains(fault), "{fault} is not in\n{stderr}");
        }
    }
    assert!(
        !Path::new("output/faulty").exists(),
        "nothing is half-written"
    );
}

#[test]
fn bad_usage_ends_with_status_2() {
    let cases: [&[&str]; 6] = [
        &["run"],
        &["fly"],
        &["run", "scenarios/first.toml", "--replications", "0"],
        &["run", "scenarios/first.toml", "--charts", "gif"],
        &[
            "run",
            "scenarios/first.toml",
            "--shard",
            "3/2",
            "--state",
            "x",
        ],
        &["run", "scenarios/first.toml", "--variant", "nope"],
    ];
    for arguments in cases {
        let output = channelmix().args(arguments).output().expect("it runs");
        let (stdout, stderr) = said(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
        assert!(stdout.is_empty() && !stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let output = channelmix()
        .args(["run", "nowhere.toml"])
        .output()
        .expect("it runs");
    let (_, stderr) = said(&output);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr.contains("nowhere.toml") && stderr.contains("cannot be read"),
        "{stderr}"
    );
}

#[test]
fn the_starter_scenario_can_be_checked_and_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.toml");
    let written = channelmix()
        .arg("init")
        .arg(&path)
        .output()
        .expect("it runs");
    assert!(written.status.success());
    let printed = channelmix().arg("init").output().expect("it runs").stdout;
    assert_eq!(printed, std::fs::read(&path).expect("it is written"));
    let again = channelmix()
        .arg("init")
        .arg(&path)
        .output()
        .expect("it runs");
    assert_eq!(
        again.status.code(),
        Some(2),
        "an existing file is left alone"
    );
    let checked = channelmix()
        .arg("check")
        .arg(&path)
        .output()
        .expect("it runs");
    assert!(
        checked.status.success() && said(&checked).0.contains("valid"),
        "{:?}",
        said(&checked)
    );
    let out = folder.path().join("out");
    let run = channelmix()
        .args(["run", "--replications", "2", "--charts", "none", "--out"])
        .args([&out, &path])
        .output()
        .expect("it runs");
    assert!(run.status.success(), "{:?}", said(&run));
}

#[test]
fn posts_that_breed_without_bound_end_the_run_with_status_1() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("flood.toml");
    let text = "name = \"flood\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 7\n\
                [queues.posts]\nchannel = \"social\"\narrivals = { per_hour = 10 }\nhandle_time = \"1m\"\n\
                spread = { posts_per_hour = 3, fades = \"2h\" }\n[groups.desk]\nskills = [\"posts\"]\nstaff = 0\nwage = 1\n";
    std::fs::write(&path, text).expect("it is written");
    let out = folder.path().join("out");
    let output = channelmix()
        .args(["run", "--replications", "1", "--out"])
        .args([&out, &path])
        .output()
        .expect("it runs");
    let (stdout, stderr) = said(&output);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(
        stdout.is_empty() && stderr.contains("they come faster than they are answered"),
        "{stderr}"
    );
    assert!(!out.exists(), "nothing is half-written");
}

#[test]
fn help_has_examples() {
    for arguments in [&["--help"][..], &["run", "--help"]] {
        let output = channelmix().args(arguments).output().expect("it runs");
        assert!(output.status.success() && said(&output).0.contains("Examples:"));
    }
}

/// Ctrl-C, as a terminal sends it.
#[cfg(unix)]
#[test]
fn an_interrupted_run_reports_what_a_run_of_as_many_replications_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first.toml");
    let out = |name: &str| folder.path().join(name);
    let mut interrupted = std::process::Command::new(env!("CARGO_BIN_EXE_channelmix"));
    let child = interrupted
        .arg("run")
        .arg(&scenario)
        .args(["--replications", "1000000", "--charts", "none", "--out"])
        .arg(out("interrupted"))
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    std::thread::sleep(std::time::Duration::from_secs(2));
    let pid = child.id().to_string();
    let killed = std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status();
    assert!(killed.expect("kill is there").success());
    let ended = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(130), "{told}");
    let done = told
        .split("the first ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    let done = done.unwrap_or_else(|| panic!("{told}"));
    let whole = channelmix()
        .arg("run")
        .arg(&scenario)
        .args(["--replications", done, "--charts", "none", "--out"])
        .arg(out("whole"))
        .output()
        .expect("the program runs");
    assert!(whole.status.success());
    let summary =
        |name: &str| std::fs::read_to_string(out(name).join("summary.json")).expect("a summary");
    let same = summary("interrupted").replace("\"interrupted\"", "\"replications\"");
    assert_eq!(same, summary("whole"));
}
