//! `channelmix replay` as its user meets it.

use std::io::Write as _;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

fn replay(log: &Path, map: &str, out: &Path, more: &[&str]) -> Output {
    let mut command = Command::cargo_bin("channelmix").expect("the program is built");
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("replay")
        .arg(log);
    command.args(["--map", map, "--out"]).arg(out).args(more);
    command.output().expect("it runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

const MAP: &str = "scenarios/logs/example.toml";

#[test]
fn the_example_is_replayed_as_its_page_shows() {
    let out = tempfile::tempdir().expect("a folder");
    let log = Path::new("scenarios/logs/example.csv");
    let output = replay(log, MAP, out.path(), &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let stdout = text(&output.stdout);
    insta::assert_snapshot!("replay_of_example", stdout);
    let page = std::fs::read_to_string(format!("{}/docs/replay.md", env!("CARGO_MANIFEST_DIR")));
    let page = page.expect("there is a page on it");
    assert!(
        page.contains(stdout.trim_end()),
        "docs/replay.md shows other output"
    );
    let written = std::fs::read_to_string(out.path().join("replay.txt")).expect("it is written");
    assert_eq!(written, stdout);

    let mut run = Command::cargo_bin("channelmix").expect("the program is built");
    run.arg("check").arg(out.path().join("example.toml"));
    let checked = run.output().expect("it runs");
    assert!(checked.status.success(), "{}", text(&checked.stderr));
}

#[test]
fn a_packed_log_is_read_and_json_is_one_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = std::fs::read(format!(
        "{}/scenarios/logs/example.csv",
        env!("CARGO_MANIFEST_DIR")
    ));
    let log = folder.path().join("march.csv.gz");
    let file = std::fs::File::create(&log).expect("a file");
    let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    packed
        .write_all(&plain.expect("it is shipped"))
        .expect("it is written");
    packed.finish().expect("it is written");
    let more = [
        "--format",
        "json",
        "--replications",
        "2",
        "--from",
        "2026-03-03",
        "--days",
        "2",
    ];
    let output = replay(&log, MAP, &folder.path().join("out"), &more);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["schema"], "channelmix.replay/1");
    assert_eq!(
        document["comparison"]["days"].as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(document["comparison"]["replications"], 2);
    assert!(folder.path().join("out/march.toml").exists());
}

#[test]
fn wrong_input_ends_with_status_2_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.csv");
    std::fs::write(
        &log,
        "started,queue,agent,outcome,wait_s,talk_s,wrap_up_s\nnever,a,x,answered,1,2,3\n",
    )
    .expect("a file");
    let out = folder.path().join("out");
    let output = replay(&log, MAP, &out, &[]);
    assert_eq!(output.status.code(), Some(2));
    let stderr = text(&output.stderr);
    assert!(
        stderr.starts_with("error: ") && stderr.contains("log.csv: line 2, column `started`"),
        "{stderr}"
    );
    assert!(output.stdout.is_empty() && !out.exists());

    let output = replay(&folder.path().join("none.csv.gz"), MAP, &out, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the file cannot be read: there is no such file"));
    let output = replay(&log, "none.toml", &out, &[]);
    assert_eq!(output.status.code(), Some(2));

    std::fs::write(
        &log,
        "started,queue,agent,outcome,wait_s,talk_s,wrap_up_s\n2026-03-02 08:00,a,,answered,1,2,3\n",
    )
    .expect("a file");
    let output = replay(&log, MAP, &out, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("nobody can be put on duty"));
}
