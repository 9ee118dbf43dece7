//! The most instructions a contact may take.

use std::process::ExitCode;

use crate::case::Case;
use crate::{child, loads};

const BUDGET: &str = include_str!("budget.toml");

/// Counts instructions per contact of the loads with a budget; fails where they are above it.
pub(crate) fn check(names: &[&'static str]) -> ExitCode {
    let budget: toml::Table = BUDGET.parse().unwrap_or_else(|error| panic!("{error}"));
    let mut is_kept = true;
    for name in names {
        let Some(most) = budget.get(*name).and_then(toml::Value::as_integer) else {
            continue;
        };
        let Some(all) = child::instructions("engine", name) else {
            println!("valgrind is not installed: instructions are not checked");
            return ExitCode::SUCCESS;
        };
        let load = loads::load(name);
        let each = all / Case::new(&load.compiled).volume(0).contacts as f64;
        let verdict = if each <= most as f64 {
            "kept"
        } else {
            "EXCEEDED"
        };
        println!("{name:<14}{each:>8.0} instructions per contact, at most {most}: {verdict}");
        is_kept &= each <= most as f64;
    }
    if is_kept {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
