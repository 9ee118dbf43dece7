//! Running a scenario that a test has written.

use channelmix::scenario::Scenario;
use channelmix::scenario::model::{Compiled, Stopping};
use channelmix::sim::parallel::Workers;
use channelmix::stats::estimate::Estimate;
use channelmix::stats::student::t_quantile;
use channelmix::stats::summary::{Summary, VariantSummary};
use channelmix::study::run::Study;

/// A scenario without data files, compiled; panics with its problems.
pub(crate) fn compiled(text: &str) -> Compiled {
    let scenario = Scenario::parse(text, "test.toml", |_| Err("no data here".to_owned()));
    scenario
        .and_then(|scenario| scenario.compile())
        .unwrap_or_else(|problems| panic!("{problems}\n{text}"))
}

/// The summary of all variants on two threads.
pub(crate) fn summary(text: &str, replications: u64) -> Summary {
    let compiled = compiled(text);
    let workers = Workers::new(2).expect("two threads");
    Study::new(&compiled, |_| true, None)
        .run(Stopping::Replications(replications), &workers, &|| ())
        .expect("the run ends")
}

/// The base's figures.
pub(crate) fn run(text: &str, replications: u64) -> VariantSummary {
    summary(text, replications).variants.swap_remove(0)
}

/// The factor of a 95 % interval.
pub(crate) fn t_of(replications: u64) -> f64 {
    t_quantile(replications).expect("more than one replication")
}

/// Holds an estimate against an exact value: at most 3.3 standard errors away, with a standard error below 2 % of it.
pub(crate) fn agrees(found: Estimate, exact: f64, replications: u64, what: &str) {
    let (mean, hi) = (found.mean.expect("a mean"), found.hi.expect("an interval"));
    let error = (hi - mean) / t_of(replications);
    assert!(
        error < 0.02 * exact,
        "{what}: too wide to prove anything: {found:?}"
    );
    let z = (mean - exact) / error;
    assert!(
        z.abs() <= 3.3,
        "{what}: {mean} where {exact} is exact, z = {z}"
    );
}
