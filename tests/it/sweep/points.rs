//! The points of a sweep.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::{channelmix, run, said};

const SWEEP: [&str; 10] = [
    "sweep",
    "scenarios/first.toml",
    "--vary",
    "groups.voice.staff=8..14",
    "--vary",
    "queues.phone.patience.mean=1m,3m,never-mind-this",
    "--replications",
    "8",
    "--charts",
    "none",
];

/// A sweep of 14 points, each of so many replications.
fn sweep<'a>(replications: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = SWEEP.to_vec();
    arguments[5] = "queues.phone.patience.mean=1m,3m";
    arguments[7] = replications;
    arguments.extend(more);
    arguments
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect(name)
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let of = |threads: &str| {
        let out = folder.path().join(threads);
        let output = run(&sweep("8", &["--threads", threads]), &out);
        assert!(output.status.success(), "{:?}", said(&output));
        (
            said(&output).0,
            read(&out, "sweep.csv"),
            read(&out, "sweep.json"),
        )
    };
    let (one, three) = (of("1"), of("3"));
    assert_eq!(one, three);
    assert_eq!(one.1.lines().count(), 15);
    assert!(one.1.starts_with("point,groups.voice.staff,queues.phone.patience.mean_s,targets,cost.total_mean,cost.total_lo,"));
    assert!(
        one.1
            .lines()
            .nth(2)
            .is_some_and(|line| line.starts_with("2,8,180,missed,"))
    );
}

/// A point is what `run` finds of a file that has its values.
#[test]
fn a_point_is_a_run_of_the_file_with_its_values() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(&sweep("8", &[]), &folder.path().join("sweep"));
    assert!(output.status.success());
    let rows = read(&folder.path().join("sweep"), "sweep.csv");
    let text = std::fs::read_to_string("scenarios/first.toml").expect("the scenario");
    let variant = "\n[[variants]]\nname = \"v\"\nset = { \"groups.voice.staff\" = 11, \"queues.phone.patience.mean\" = \"3m\" }\n";
    let file = folder.path().join("own.toml");
    std::fs::write(&file, text + variant).expect("written");
    let arguments = [
        "run",
        file.to_str().expect("UTF-8"),
        "--replications",
        "8",
        "--charts",
        "none",
    ];
    assert!(run(&arguments, &folder.path().join("run")).status.success());
    let summary = read(&folder.path().join("run"), "summary.csv");
    let figure = |kind: &str| {
        let line = summary
            .lines()
            .find(|line| line.starts_with(&format!("v,{kind},")));
        line.expect("a figure")
            .splitn(5, ',')
            .nth(4)
            .expect("numbers")
            .to_owned()
    };
    let row = rows
        .lines()
        .find(|line| line.starts_with("8,11,180,"))
        .expect("a point");
    for kind in [
        "cost,,total",
        "demand,,lost_share",
        "queue,phone,service_level",
        "queue,phone,asa_s",
        "group,voice,occupancy",
    ] {
        assert!(row.contains(&figure(kind)), "{kind} in {row}");
    }
}

/// Killed again and again, with a line torn at its end, a sweep goes on to the same bytes and runs no point twice.
#[test]
fn a_sweep_that_was_killed_goes_on_to_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (whole, killed) = (folder.path().join("whole"), folder.path().join("killed"));
    assert!(run(&sweep("400", &[]), &whole).status.success());
    let expected = read(&whole, "sweep.csv");
    let points = killed.join("sweep.csv");
    let lines = || std::fs::read_to_string(&points).map_or(0, |text| text.lines().count());
    let mut kills = 0;
    loop {
        let before = lines();
        let mut child = channelmix(&sweep("400", &["--threads", "1"]), &killed)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut looks = 0;
        let ended = loop {
            if child.try_wait().expect("it can be asked").is_some() {
                break true;
            }
            if lines() >= before + 3 || looks > 60_000 {
                child.kill().expect("it can be killed");
                child.wait().expect("it ends");
                break false;
            }
            looks += 1;
            std::thread::sleep(Duration::from_millis(2));
        };
        let text = std::fs::read_to_string(&points).expect("points");
        assert!(
            expected.starts_with(&text),
            "what is there is what was to come"
        );
        if ended {
            break;
        }
        kills += 1;
        // The end of a line that was being written.
        std::fs::write(&points, format!("{text}{},9,1", text.lines().count())).expect("torn");
    }
    assert!(kills >= 2, "{kills} kills");
    assert_eq!(read(&killed, "sweep.csv"), expected);
    assert_eq!(read(&killed, "sweep.json"), read(&whole, "sweep.json"));
    let again = run(&sweep("400", &[]), &killed);
    assert!(
        said(&again).1.contains("14 points are in"),
        "{:?}",
        said(&again)
    );
    assert_eq!(said(&again).0, read(&whole, "sweep.txt"));
}

/// Ctrl-C: what is done stays, nothing is printed as a result, and the same command goes on.
#[cfg(unix)]
#[test]
fn an_interrupted_sweep_says_how_far_it_came() {
    let folder = tempfile::tempdir().expect("a folder");
    let points = folder.path().join("sweep.csv");
    let child = channelmix(&sweep("2000", &["--threads", "1"]), folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut looks = 0;
    while std::fs::read_to_string(&points).map_or(0, |text| text.lines().count()) < 3 {
        assert!(looks < 60_000, "no point came");
        looks += 1;
        std::thread::sleep(Duration::from_millis(2));
    }
    let pid = child.id().to_string();
    let killed = std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status();
    assert!(killed.expect("kill is there").success());
    let (stdout, stderr) = said(&child.wait_with_output().expect("it ends"));
    assert_eq!(stdout, "");
    let text = std::fs::read_to_string(&points).expect("points");
    assert!(text.ends_with('\n') && text.lines().count() < 15);
    let told = format!(
        "interrupted: {} of 14 points are in",
        text.lines().count() - 1
    );
    assert!(stderr.contains(&told), "{stderr}");
}

#[test]
fn only_the_same_sweep_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path();
    assert!(run(&sweep("8", &[]), out).status.success());
    let before = read(out, "sweep.csv");
    let refused = |arguments: &[&str]| {
        let output = run(arguments, out);
        assert_eq!(output.status.code(), Some(2));
        let (stdout, stderr) = said(&output);
        assert_eq!(stdout, "");
        stderr
    };
    for (arguments, told) in [
        (
            sweep("9", &[]),
            "its number of replications was 8 and is now 9",
        ),
        (sweep("8", &["--seed", "5"]), "its seed was 1 and is now 5"),
        (
            sweep("8", &["--vary", "groups.voice.wage=18,20"]),
            "it varied --vary groups.voice.staff=8..14 --vary queues.phone.patience.mean=1m,3m and is now to vary",
        ),
        (
            sweep("8", &["--design", "lhs", "--points", "14"]),
            "its design was grid and is now lhs",
        ),
    ] {
        let stderr = refused(&arguments);
        assert!(stderr.contains(told), "{stderr}");
        assert!(
            stderr.contains("choose another --out DIR, or delete it and"),
            "{stderr}"
        );
    }
    assert_eq!(read(out, "sweep.csv"), before);
    std::fs::write(out.join("sweep.csv"), before.replace("\n3,", "\n4,")).expect("written");
    let damaged =
        "line 4 is damaged: this is not point 3 of the sweep; delete line 4 and all that follow";
    assert!(refused(&sweep("8", &[])).contains(damaged));
    std::fs::remove_file(out.join("sweep-state.json")).expect("gone");
    assert!(refused(&sweep("8", &[])).contains("nothing beside it that says what sweep it is of"));
}

/// Two sweeps that write the same points would spoil each other's.
#[test]
fn a_second_sweep_in_the_same_folder_is_kept_out_as_long_as_the_first_is_at_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path();
    let first = std::fs::File::create(out.join("sweep.lock")).expect("a file");
    first.try_lock().expect("nobody else has it");
    let output = run(&sweep("8", &[]), out);
    assert_eq!(output.status.code(), Some(1));
    let stderr = said(&output).1;
    assert!(
        stderr.contains("sweep.lock: another command is at work on these points; wait for it, or choose another --out DIR"),
        "{stderr}"
    );
    assert!(!out.join("sweep.csv").exists() && out.join("sweep.lock").exists());
    // Whoever is gone holds nothing, though the file may have been left behind.
    drop(first);
    let output = run(&sweep("8", &[]), out);
    assert!(output.status.success(), "{:?}", said(&output));
    assert!(
        said(&output)
            .1
            .contains("14 points of 8 replications, 112 in all: about")
    );
    assert!(!out.join("sweep.lock").exists());
    // All is there: nothing is announced again.
    let again = said(&run(&sweep("8", &[]), out)).1;
    assert!(
        again.contains("14 points are in") && !again.contains("about"),
        "{again}"
    );
}

/// What is typed after the file and the replications, and what is said.
const FAULTS: &[(&[&str], &str)] = &[
    (
        &["--vary", "groups.voice.staf=3"],
        "error: --vary: groups.voice.staf = 3: groups.voice.staf: unknown key `staf`; did you mean `staff`?",
    ),
    (
        &["--vary", "groups.voise.staff=3"],
        "there is no `groups.voise` to set a value of; did you mean `voice`?",
    ),
    (
        &["--vary", "groups.voice.staff=3,-1"],
        "groups.voice.staff = -1: groups.voice.staff: expected a whole number from 0 to 100000, found the number -1",
    ),
    (
        &["--vary", "groups.voice.staff=3.5"],
        "expected a whole number",
    ),
    (
        &["--vary", "horizon.days=3"],
        "`horizon` is the same for all variants",
    ),
    (
        &["--vary", "groups.voice.staff="],
        "there is no value after the =",
    ),
    (
        &["--vary", "groups.voice.staff=9..3"],
        "the range is reversed",
    ),
    (
        &["--vary", "groups.voice.staff=3..9:0"],
        "a step is above zero, found 0",
    ),
    (
        &[
            "--vary",
            "groups.voice.staff=3",
            "--vary",
            "groups.voice.staff=4",
        ],
        "--vary groups.voice.staff and --vary groups.voice.staff: one and the same",
    ),
    (
        &["--vary", "groups.voice.wage=10..20:0.5", "--points", "3"],
        "--points goes with --design random or lhs",
    ),
    (
        &["--vary", "groups.voice.wage=10..20:0.5", "--design", "lhs"],
        "--design lhs needs --points N",
    ),
    (
        &["--vary", "groups.voice.wage=10.5..20"],
        "10.5..20 needs a step",
    ),
    (
        &[
            "--vary",
            "groups.voice.wage=0..1000:0.01",
            "--vary",
            "groups.voice.staff=1..1000",
        ],
        "the sweep has 100001000 points, of 1000000 at most",
    ),
    (
        &["--vary", "groups.voice.wage=0..1000:0.05"],
        "20001 points of 2 replications, 40002 in all: about",
    ),
    (
        &["--vary", "groups.voice.staff=3", "--variant", "nobody"],
        "no variant is named \"nobody\"",
    ),
];

/// Each fault has its words, its status and leaves nothing behind.
#[test]
fn faults_are_told_before_anything_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("nothing");
    let file = "scenarios/first.toml";
    for (more, told) in FAULTS {
        let mut arguments = vec!["sweep", file, "--replications", "2", "--charts", "none"];
        arguments.extend(*more);
        let output = run(&arguments, &out);
        let (stdout, stderr) = said(&output);
        assert_eq!(output.status.code(), Some(2), "{more:?}: {stderr}");
        assert!(stderr.contains(told), "{more:?}: {stderr}");
        assert_eq!(stdout, "");
        assert!(!out.exists(), "{more:?}");
    }
}

#[test]
fn a_sample_is_spread_over_the_ranges() {
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = [
        "sweep",
        "scenarios/first.toml",
        "--vary",
        "groups.voice.staff=8..17",
        "--vary",
        "groups.voice.wage=10.5..20",
        "--design",
        "lhs",
        "--points",
        "20",
        "--replications",
        "1",
        "--charts",
        "none",
    ];
    assert!(run(&arguments, folder.path()).status.success());
    let rows = read(folder.path(), "sweep.csv");
    let column = |at: usize| -> Vec<f64> {
        let cells = rows.lines().skip(1).map(|line| {
            line.split(',')
                .nth(at)
                .expect("a cell")
                .parse()
                .expect("a number")
        });
        let mut cells: Vec<f64> = cells.collect();
        cells.sort_by(f64::total_cmp);
        cells
    };
    let staff: Vec<f64> = (0..20_u32).map(|at| f64::from(8 + at / 2)).collect();
    assert_eq!(column(1), staff);
    for (at, wage) in column(2).into_iter().enumerate() {
        let from = 10.5 + at as f64 * 9.5 / 20.0;
        assert!((from..from + 9.5 / 20.0).contains(&wage), "{wage}");
    }
}
