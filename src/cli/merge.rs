//! `channelmix merge`

use std::path::Path;

use channelmix::report::Material;
use channelmix::stats::summary::Stopped;
use channelmix::stats::tally::Tally;
use channelmix::study::run::Study;
use channelmix::study::shard::State;

use super::arguments::Merge;
use super::compare::workers;
use super::exit::Failure;
use super::margins::margins;
use super::output::{Folder, deliver};

/// Puts the states of all shards of a run together and delivers what one run would have.
pub(crate) fn merge(merge: &Merge) -> Result<(), Failure> {
    let (first, others) = merge
        .states
        .split_first()
        .ok_or_else(|| Failure::Usage("no states are given".to_owned()))?;
    let mut state = read(first)?;
    let scenario = state.scenario()?;
    let compiled = scenario.compile()?;
    let names = state.variants.clone();
    let study = Study::new(
        &compiled,
        |name| names.iter().any(|chosen| chosen == name),
        Some(state.seed),
    );
    let empty = study.empty_tally();
    check(&state, &empty, first)?;
    for path in others {
        let other = read(path)?;
        check(&other, &empty, path)?;
        state.merge(&other, &path.display().to_string())?;
    }
    state.check_complete()?;
    let folder = Folder::open(&merge.destination, Path::new(scenario.file()))?;
    let summary = study.summary(&state.tally, Stopped::Replications);
    let marginal = if merge.report {
        margins(&compiled, &summary, merge.margins.marginal, &workers(None)?)?
    } else {
        None
    };
    let material = Material {
        summary: &summary,
        marginal: marginal.as_ref(),
        scenario: &scenario,
        compiled: &compiled,
    };
    deliver(&material, merge.report, &folder, &merge.destination)
}

/// Whether a state's counts are of the shape of its scenario's.
fn check(state: &State, empty: &Tally, path: &Path) -> Result<(), Failure> {
    if state.tally.fits(empty) && state.counts_its_ranges() {
        return Ok(());
    }
    let reason = format!(
        "{}: its counts do not belong to its scenario",
        path.display()
    );
    Err(Failure::Usage(reason))
}

fn read(path: &Path) -> Result<State, Failure> {
    let content = std::fs::read(path)
        .map_err(|error| Failure::Usage(format!("{}: cannot be read: {error}", path.display())))?;
    Ok(State::read(&content, &path.display().to_string())?)
}
