//! `channelmix check`

use channelmix::scenario::Scenario;

use super::arguments::Check;
use super::exit::{Failure, tell};
use super::output::print;

/// Reads and compiles a scenario, and says what it holds.
pub(crate) fn check(check: &Check) -> Result<(), Failure> {
    let compiled = Scenario::read(&check.file)?.compile()?;
    for warning in &compiled.warnings {
        tell(&format!("warning: {warning}"));
    }
    for variant in &compiled.variants {
        for warning in &variant.warnings {
            tell(&format!("warning: {}: {warning}", variant.name));
        }
    }
    let base = &compiled.variants[0].model;
    let count = |number: usize, thing: &str| {
        format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
    };
    print(&format!(
        "{}: valid; {} from {}, {}, {}, {} beside the base\n",
        compiled.name,
        count(base.calendar.days().len(), "day"),
        compiled.start,
        count(base.queues.len(), "queue"),
        count(base.groups.len(), "group"),
        count(compiled.variants.len() - 1, "variant"),
    ))
}
