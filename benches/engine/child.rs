//! One load in a process of its own: under callgrind for its instructions, alone for its memory.

use std::process::Command;

use crate::case::Case;
use crate::loads;

/// What the child does: the same replication of a load again and again (`engine`), the bare minimum of as many contacts (`bare`), or the peak of its memory (`peak`).
pub(crate) fn run(what: &str, name: &str, repeats: u64) {
    let Some(name) = loads::names().iter().find(|known| **known == name) else {
        return;
    };
    let load = loads::load(name);
    let mut case = Case::new(&load.compiled);
    match what {
        "bare" => {
            let contacts = case.volume(0).contacts;
            for seed in 0..repeats {
                std::hint::black_box(load.bare.map(|bare| bare.run(contacts, seed)));
            }
        }
        _ => (0..repeats).for_each(|_| case.run(0)),
    }
    if what == "peak" {
        println!("{}", own_peak_kb().unwrap_or(0));
    }
}

/// The largest resident size of this process (Linux).
fn own_peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The peak memory of a process that runs a load five times.
pub(crate) fn peak_mb(name: &str) -> Option<f64> {
    let output = itself()
        .args(["--child", "peak", name, "5"])
        .output()
        .ok()?;
    let kb: u64 = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
    (kb > 0).then_some(kb as f64 / 1024.0)
}

/// Instructions of one replication (`engine`) or of as many contacts of the bare minimum (`bare`); `None` without valgrind.
pub(crate) fn instructions(what: &str, name: &str) -> Option<f64> {
    Some(collected(what, name, 2)? - collected(what, name, 1)?)
}

fn collected(what: &str, name: &str, repeats: u64) -> Option<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().ok()?)
        .args(["--child", what, name, &repeats.to_string()])
        .output()
        .ok()?;
    let told = String::from_utf8(output.stderr).ok()?;
    let line = told.lines().find(|line| line.contains("Collected :"))?;
    line.split_whitespace().last()?.parse().ok()
}

fn itself() -> Command {
    Command::new(std::env::current_exe().unwrap_or_default())
}
