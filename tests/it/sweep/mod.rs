//! Sweeps and sensitivity as their user meets them: the same bytes however they were run, resumed after any end, faults told.

mod points;
mod sensitivity;

use std::path::Path;
use std::process::{Command, Output};

pub(crate) fn channelmix(arguments: &[&str], out: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("channelmix"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(arguments).arg("--out").arg(out);
    command
}

pub(crate) fn run(arguments: &[&str], out: &Path) -> Output {
    channelmix(arguments, out).output().expect("it runs")
}

pub(crate) fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (text(&output.stdout), text(&output.stderr))
}
