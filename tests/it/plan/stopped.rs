//! Ctrl-C: the best plan so far, whole, or nothing at all.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::CommandCargoExt as _;

/// Begins a plan that takes long, stops it after a while, and gives its status and what it said.
fn stopped(arguments: &[&str], out: &Path) -> (Option<i32>, String) {
    let mut command = Command::cargo_bin("channelmix").expect("the program is built");
    let child = command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .args(["--charts", "none", "--out"])
        .arg(out)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    thread::sleep(Duration::from_secs(4));
    let number = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &number]).status();
    assert!(
        sent.is_ok_and(|status| status.success()),
        "it is still searching"
    );
    let output = child.wait_with_output().expect("it ends");
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    (output.status.code(), told)
}

#[test]
fn the_best_so_far_is_proven_and_written_or_nothing_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: [(&[&str], &str); 3] = [
        (&["plan", "scenarios/plan/blended.toml"], "plan.toml"),
        (
            &["plan", "scenarios/plan/night-desk.toml", "--what", "shifts"],
            "roster.csv",
        ),
        // Weeks are simulated for hours.
        (
            &[
                "plan",
                "scenarios/hiring.toml",
                "--what",
                "hiring",
                "--replications",
                "1000000",
            ],
            "hiring.json",
        ),
    ];
    for (number, (arguments, file)) in cases.into_iter().enumerate() {
        let out = folder.path().join(number.to_string());
        let (status, told) = stopped(arguments, &out);
        assert_eq!(status, Some(130), "{told}");
        // A slow machine may not have found any yet.
        if told.contains("interrupted: the plan is the best so far") {
            assert!(out.join(file).exists(), "{told}");
        } else {
            assert!(
                told.contains("interrupted: no plan was found yet"),
                "{told}"
            );
            assert!(!out.exists(), "{told}");
        }
    }
}
