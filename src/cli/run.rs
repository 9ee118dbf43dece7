//! `channelmix run`

use std::path::Path;

use channelmix::report::Material;
use channelmix::scenario::Scenario;
use channelmix::scenario::model::{Compiled, Stopping};
use channelmix::sim::parallel::Workers;
use channelmix::stats::summary::Stopped;
use channelmix::study::run::{RunError, Study};
use channelmix::study::shard::{Shard, State};

use super::arguments::{Margins, Report, Run, Simulation};
use super::exit::{Failure, tell};
use super::interrupt;
use super::margins::margins;
use super::output::{Folder, check_writable, deliver, folder_of, write_whole};
use super::progress;

/// Simulates a scenario, or one shard of the run.
pub(crate) fn run(run: &Run) -> Result<(), Failure> {
    let part = run.shard.zip(run.state.as_deref());
    simulate(&run.simulation, part, run.report.then_some(&run.margins))
}

/// Simulates a scenario and writes a report of it.
pub(crate) fn report(report: &Report) -> Result<(), Failure> {
    simulate(&report.simulation, None, Some(&report.margins))
}

fn simulate(
    run: &Simulation,
    part: Option<(Shard, &Path)>,
    report: Option<&Margins>,
) -> Result<(), Failure> {
    let scenario = Scenario::read(&run.file)?;
    let compiled = scenario.compile()?;
    check_names(&compiled, &run.variant)?;
    for warning in &compiled.warnings {
        tell(&format!("warning: {warning}"));
    }
    let is_chosen =
        |name: &str| run.variant.is_empty() || run.variant.iter().any(|chosen| chosen == name);
    let study = Study::new(&compiled, is_chosen, run.effort.seed);
    let stopping = run
        .effort
        .replications
        .map_or(compiled.stopping, Stopping::Replications);
    let workers =
        Workers::new(usize::from(run.effort.threads.unwrap_or(0))).map_err(RunError::from)?;
    let workers = workers.until(interrupt::flag());
    if let Some((shard, path)) = part {
        check_writable(folder_of(path))?;
        let state = run_shard(&scenario, &study, stopping, shard, &workers)?;
        return write_state(&state, shard, path);
    }
    let folder = Folder::open(&run.destination, &run.file)?;
    let bar = progress::bar(progress::most(stopping));
    let summary = study.run(stopping, &workers, &|| bar.inc(1))?;
    bar.finish_and_clear();
    if let Stopping::Precision { .. } = stopping {
        let label = &summary.scenario;
        let why = label.stopped.words();
        tell(&format!("{} replications: {why}", label.replications));
    }
    let marginal = match report {
        Some(asked) => margins(&compiled, &summary, asked.marginal, &workers)?,
        None => None,
    };
    let material = Material {
        summary: &summary,
        marginal: marginal.as_ref(),
        scenario: &scenario,
        compiled: &compiled,
    };
    deliver(&material, report.is_some(), &folder, &run.destination)?;
    if summary.scenario.stopped == Stopped::Interrupted {
        let figures = format!(
            "the figures are of the first {} replications",
            summary.scenario.replications
        );
        return Err(Failure::Interrupted(figures));
    }
    Ok(())
}

fn write_state(state: &State, shard: Shard, path: &Path) -> Result<(), Failure> {
    let content = state
        .write()
        .map_err(|error| Failure::Running(error.to_string()))?;
    write_whole(path, &content)?;
    tell(&format!(
        "replications of shard {}/{} are in {}",
        shard.number,
        shard.of,
        path.display()
    ));
    Ok(())
}

fn run_shard(
    scenario: &Scenario,
    study: &Study<'_>,
    stopping: Stopping,
    shard: Shard,
    workers: &Workers,
) -> Result<State, Failure> {
    let Stopping::Replications(replications) = stopping else {
        let reason =
            "a shard needs a number of replications, not a precision; give --replications N";
        return Err(Failure::Usage(reason.to_owned()));
    };
    let range = shard.replications(replications);
    let bar = progress::bar(range.end - range.start);
    let tally = study.tally(range.clone(), workers, &|| bar.inc(1))?;
    bar.finish_and_clear();
    if tally.replications < range.end - range.start {
        let nothing = "a part of a shard is of no use, so nothing was written";
        return Err(Failure::Interrupted(nothing.to_owned()));
    }
    let names = study.variant_names().map(str::to_owned).collect();
    Ok(State::new(
        scenario,
        names,
        study.seed(),
        replications,
        &range,
        tally,
    ))
}

pub(super) fn check_names(compiled: &Compiled, chosen: &[String]) -> Result<(), Failure> {
    for name in chosen {
        if !compiled
            .variants
            .iter()
            .any(|variant| &variant.name == name)
        {
            let known: Vec<_> = compiled
                .variants
                .iter()
                .map(|variant| format!("\"{}\"", variant.name))
                .collect();
            return Err(Failure::Usage(format!(
                "no variant is named \"{name}\"; the file has {}",
                known.join(", ")
            )));
        }
    }
    Ok(())
}
