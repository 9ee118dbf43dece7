//! `channelmix merge`

use std::path::Path;

use channelmix::stats::summary::Stopped;
use channelmix::study::run::Study;
use channelmix::study::shard::State;

use super::arguments::Merge;
use super::exit::Failure;
use super::output::deliver;

/// Puts the states of all shards of a run together and delivers what one run would have.
pub(crate) fn merge(merge: &Merge) -> Result<(), Failure> {
    let mut merged: Option<State> = None;
    for path in &merge.states {
        let state = read(path)?;
        match &mut merged {
            None => merged = Some(state),
            Some(merged) => merged.merge(&state, &path.display().to_string())?,
        }
    }
    let Some(state) = merged else {
        return Err(Failure::Usage("no states are given".to_owned()));
    };
    state.check_complete()?;
    let scenario = state.scenario()?;
    let compiled = scenario.compile()?;
    let study = Study::new(
        &compiled,
        |name| state.variants.iter().any(|chosen| chosen == name),
        Some(state.seed),
    );
    if !state.tally.fits(&study.empty_tally()) {
        let reason =
            "the counts in the states do not belong to their scenario; were they changed by hand?";
        return Err(Failure::Usage(reason.to_owned()));
    }
    deliver(
        &study.summary(&state.tally, Stopped::Replications),
        Path::new(scenario.file()),
        &merge.destination,
    )
}

fn read(path: &Path) -> Result<State, Failure> {
    let content = std::fs::read(path)
        .map_err(|error| Failure::Usage(format!("{}: cannot be read: {error}", path.display())))?;
    Ok(State::read(&content, &path.display().to_string())?)
}
