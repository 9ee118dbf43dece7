//! `channelmix plan --what hiring`

use std::time::Duration;

use channelmix::plan::hiring::find::{Asked, HiringError, find};
use channelmix::plan::hiring::found::HiringPlan;
use channelmix::plan::programme::{Limits, Unsolved};
use channelmix::report::{csv, json, table};
use channelmix::scenario::model::Stopping;

use super::arguments::{ChartFormat, Format};
use super::compare::{compiled, workers};
use super::exit::Failure;
use super::output::{Folder, print, text};
use super::plan_arguments::Plan;

/// The solver ends after this where nothing else is said.
const MOST_TIME: Duration = Duration::from_secs(60);

/// Searches for the cheapest plan of weeks and months, simulates some of its weeks and tells it.
pub(crate) fn plan_hiring(asked: &Plan) -> Result<(), Failure> {
    let compiled = compiled(&asked.file)?;
    let Some(brief) = &compiled.hiring else {
        let message = "the file has no table [plan.hiring], which says how many weeks to plan, their volumes and the people";
        return Err(Failure::Usage(message.to_owned()));
    };
    let folder = Folder::open(&asked.destination, &asked.file)?;
    let limits = Limits {
        gap: asked.gap,
        time: asked.time_limit.unwrap_or(MOST_TIME),
        ..Limits::default()
    };
    let stopping = asked.effort.replications;
    let asking = Asked {
        limits,
        stopping: stopping.map_or(compiled.stopping, Stopping::Replications),
        seed: asked.effort.seed.unwrap_or(compiled.seed),
    };
    let plan = find(&compiled, brief, asking, &workers(asked.effort.threads)?).map_err(failure)?;
    print(&match asked.destination.format {
        Format::Table => text(|out| table::write_hiring(&plan, out))?,
        Format::Json => text(|out| json::write_hiring(&plan, out))?,
    })?;
    folder.write(&files(&plan, &asked.destination.charts.0)?)
}

fn failure(error: HiringError) -> Failure {
    match error {
        HiringError::Short(short) => match text(|out| table::write_hiring_short(&short, out)) {
            Ok(told) => Failure::Unmeetable(told),
            Err(failure) => failure,
        },
        HiringError::Unsolved(Unsolved::NoSolver) => Failure::Usage(Unsolved::NoSolver.to_string()),
        HiringError::Unsolved(error) => Failure::Running(error.to_string()),
        HiringError::Run(error) => error.into(),
    }
}

fn files(plan: &HiringPlan, charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let file = |name: &str, content: String| (name.to_owned(), content.into_bytes());
    let mut files = vec![
        file("hiring.txt", text(|out| table::write_hiring(plan, out))?),
        file("hiring.json", text(|out| json::write_hiring(plan, out))?),
        file("hiring.csv", text(|out| csv::write_hiring(plan, out))?),
        file(
            "hiring-work.csv",
            text(|out| csv::write_hiring_work(plan, out))?,
        ),
    ];
    files.extend(drawn(plan, charts)?);
    Ok(files)
}

#[cfg(feature = "charts")]
fn drawn(plan: &HiringPlan, charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    use channelmix::report::chart;
    chart::draw_hiring(plan, &super::output::chart_formats(charts))
        .map_err(|error| Failure::Running(format!("the charts could not be drawn: {error}")))
}

#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "the build that draws may fail")]
fn drawn(_plan: &HiringPlan, _charts: &[ChartFormat]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    Ok(Vec::new())
}
