//! The command as its user meets it.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const FILE: &str = "scenarios/plan-mix.toml";

/// Exit status, standard output and standard error.
pub(super) fn said(arguments: &[&str], folder: &Path) -> (i32, String, String) {
    let output = Command::cargo_bin("channelmix")
        .expect("the program is built")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["plan", "--what", "mix"])
        .args(arguments)
        .arg("--out")
        .arg(folder)
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let status = output.status.code().expect("it was not killed");
    (status, text(output.stdout), text(output.stderr))
}

#[test]
fn a_budget_that_pays_for_no_mix_ends_with_3_and_the_least_that_any_costs() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, out, told) = said(&[FILE, "--budget", "500"], &folder.path().join("new"));
    assert_eq!((status, out.as_str()), (3, ""));
    assert!(
        told.contains("no mix costs as little as the budget of EUR 500"),
        "{told}"
    );
    assert!(told.contains("the least that any costs is EUR 9"), "{told}");
    assert!(!folder.path().join("new").exists());
}

#[test]
fn without_a_budget_or_a_value_there_is_nothing_to_choose_by() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, _, told) = said(&["scenarios/first.toml"], folder.path());
    assert_eq!(status, 2);
    assert!(
        told.contains("write `budget` in [plan.mix], or give --budget AMOUNT"),
        "{told}"
    );
    let text = fs::read_to_string("scenarios/first.toml").expect("it is there");
    let file = folder.path().join("total.toml");
    fs::write(
        &file,
        format!("{text}\n[plan.mix]\naim = \"total\"\nbudget = 900\n"),
    )
    .expect("written");
    let (status, _, told) = said(&[file.to_str().expect("UTF-8")], folder.path());
    assert_eq!(status, 2);
    assert!(
        told.contains("aim = \"total\" is what is paid and lost"),
        "{told}"
    );
}

#[test]
fn the_same_work_gives_the_same_mix_for_any_number_of_threads() {
    let result = |threads: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let arguments = [
            FILE,
            "--work",
            "3000",
            "--replications",
            "20",
            "--threads",
            threads,
            "--format",
            "json",
        ];
        let (status, out, told) = said(&arguments, folder.path());
        assert_eq!(status, 0, "{told}");
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder.path())
            .expect("a folder")
            .map(|entry| {
                let path = entry.expect("an entry").path();
                let name = path
                    .file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .to_string();
                (name, fs::read(path).expect("a file"))
            })
            .collect();
        files.sort();
        (out, files)
    };
    let (out, files) = result("1");
    assert!(out.contains("\"schema\": \"channelmix.mix/1\""));
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        if cfg!(feature = "xlsx") {
            vec![
                "mix.csv",
                "mix.json",
                "mix.png",
                "mix.svg",
                "mix.txt",
                "mix.xlsx",
                "plan.toml",
            ]
        } else {
            vec![
                "mix.csv",
                "mix.json",
                "mix.png",
                "mix.svg",
                "mix.txt",
                "plan.toml",
            ]
        }
    );
    assert_eq!((out, files), result("3"));
}

#[test]
fn the_time_allowed_ends_the_search_with_the_best_so_far() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(FILE).expect("it is there");
    // A year's search is never done in a second.
    let file = folder.path().join("year.toml");
    fs::write(&file, text.replace("days     = 1", "days     = 60")).expect("written");
    let arguments = [
        file.to_str().expect("UTF-8"),
        "--budget",
        "150000",
        "--time-limit",
        "2s",
        "--replications",
        "2",
    ];
    let (status, out, told) = said(&arguments, folder.path());
    assert!(
        (status == 0 && out.contains("until the time was over"))
            || (status == 130 && told.contains("no replication")),
        "{status} {told}"
    );
}
