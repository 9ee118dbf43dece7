//! `channelmix plan --what mix`

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use channelmix::plan::found::Ended;
use channelmix::plan::mix::found::MixPlan;
use channelmix::plan::mix::plan::{Asked, MixError, mix};
use channelmix::report::{csv, json, table};
use channelmix::scenario::Scenario;
use channelmix::sim::parallel::Workers;
use channelmix::study::run::RunError;

use super::arguments::{ChartFormat, Format};
use super::exit::{Failure, tell};
use super::interrupt;
use super::output::{Folder, print, text};
use super::plan_arguments::Plan;
use super::progress;

/// Searches for the best mix within a budget, proves it and tells it.
pub(crate) fn plan_mix(asked: &Plan) -> Result<(), Failure> {
    let scenario = Scenario::read(&asked.file)?;
    let space = scenario.mixes(Some(&asked.variant))?;
    for warning in space.compiled.warnings.iter().chain(&space.warnings) {
        tell(&format!("warning: {}: {warning}", asked.file.display()));
    }
    let folder = Folder::open(&asked.destination, &asked.file)?;
    let provers = threads(asked)?;
    let (workers, is_time_up) = searchers(asked)?;
    let bar = progress::bar(0);
    let found = mix(
        &Asked {
            space: &space,
            budget: asked.budget,
            seed: asked.effort.seed,
            work: asked.work,
            proof: asked.effort.replications,
            is_time_up: &|| is_time_up.load(Ordering::Relaxed),
        },
        &workers,
        &provers,
        &|work, _| bar.set_position(work),
    );
    bar.finish_and_clear();
    let plan = found.map_err(failure)?.plan;
    print(&match asked.destination.format {
        Format::Table => text(|out| table::write_mix(&plan, out))?,
        Format::Json => text(|out| json::write_mix(&plan, out))?,
    })?;
    folder.write(&files(&plan, &asked.destination.charts.0)?)?;
    if plan.search.ended == Ended::Interrupted {
        let told = "the mix is the best of those tried so far";
        return Err(Failure::Interrupted(told.to_owned()));
    }
    Ok(())
}

fn threads(asked: &Plan) -> Result<Workers, RunError> {
    Ok(Workers::new(usize::from(
        asked.effort.threads.unwrap_or(0),
    ))?)
}

/// Threads that Ctrl-C or the time stops, and whether it was the time.
fn searchers(asked: &Plan) -> Result<(Workers, Arc<AtomicBool>), RunError> {
    let (stop, is_time_up) = (interrupt::flag(), Arc::<AtomicBool>::default());
    if let Some(limit) = asked.time_limit {
        let (stop, is_time_up) = (stop.clone(), is_time_up.clone());
        thread::spawn(move || {
            thread::sleep(limit);
            is_time_up.store(true, Ordering::Relaxed);
            stop.store(true, Ordering::Relaxed);
        });
    }
    Ok((threads(asked)?.until(stop), is_time_up))
}

fn failure(error: MixError) -> Failure {
    match error {
        MixError::Run(error) => error.into(),
        error @ MixError::NothingFits(_) => Failure::Unmeetable(error.to_string()),
        error @ (MixError::NoBudget | MixError::NoValue | MixError::TooMany(_)) => {
            Failure::Usage(error.to_string())
        }
    }
}

/// Everything that is written of a mix.
fn files(plan: &MixPlan, charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let file = |name: &str, content: String| (name.to_owned(), content.into_bytes());
    let mut files = vec![
        file("mix.txt", text(|out| table::write_mix(plan, out))?),
        file("mix.json", text(|out| json::write_mix(plan, out))?),
        file("mix.csv", text(|out| csv::write_mix(plan, out))?),
    ];
    files.extend(drawn(plan, charts)?);
    Ok(files)
}

#[cfg(feature = "charts")]
fn drawn(plan: &MixPlan, charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    use channelmix::report::chart;
    chart::draw_mix(plan, &super::output::chart_formats(charts))
        .map_err(|error| Failure::Running(format!("the charts could not be drawn: {error}")))
}

#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "the build that draws may fail")]
fn drawn(_plan: &MixPlan, _charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    Ok(Vec::new())
}
