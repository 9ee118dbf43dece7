//! `channelmix plan --what hiring`

use std::path::PathBuf;
use std::time::Duration;

use channelmix::plan::hiring::find::{Asked, HiringError, find};
use channelmix::plan::hiring::found::HiringPlan;
use channelmix::plan::programme::{Limits, Unsolved};
use channelmix::report::{csv, json, table};
use channelmix::scenario::model::Stopping;
use clap::Args;

use super::arguments::{ChartFormat, Destination, Format};
use super::compare::{compiled, workers};
use super::exit::Failure;
use super::output::{Folder, print, text};

/// What is asked of a plan of weeks and months.
#[derive(Debug, Args)]
pub(crate) struct PlanHiring {
    /// The scenario file, with a table [plan.hiring]
    pub(crate) file: PathBuf,
    /// How much dearer than the bound the plan may be, as a share
    #[arg(long, value_name = "SHARE", default_value = "0.001", value_parser = gap)]
    pub(crate) gap: f64,
    /// Seconds for the search at most
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) time_limit: u64,
    /// Replications of each simulated week [default: the file's]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) replications: Option<u64>,
    /// Seed of all random numbers [default: the file's]
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Threads; the result is the same for any number [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    #[command(flatten)]
    pub(crate) destination: Destination,
}

/// `channelmix plan`, until the other plans are there.
#[derive(Debug, Args)]
pub(crate) struct Plan {
    /// What is planned
    #[arg(long, value_name = "WHAT", value_parser = ["hiring"], required = true)]
    pub(crate) what: String,
    #[command(flatten)]
    pub(crate) hiring: PlanHiring,
}

fn gap(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(gap) if (0.0..1.0).contains(&gap) => Ok(gap),
        _ => Err("expected a share from 0 to below 1, such as 0.005".to_owned()),
    }
}

/// Searches for the cheapest plan of weeks and months, simulates some of its weeks and tells it.
pub(crate) fn plan_hiring(asked: &PlanHiring) -> Result<(), Failure> {
    let compiled = compiled(&asked.file)?;
    let Some(brief) = &compiled.hiring else {
        let message = "the file has no table [plan.hiring], which says how many weeks to plan, their volumes and the people";
        return Err(Failure::Usage(message.to_owned()));
    };
    let folder = Folder::open(&asked.destination, &asked.file)?;
    let limits = Limits {
        gap: asked.gap,
        time: Duration::from_secs(asked.time_limit),
    };
    let stopping = asked.replications;
    let asking = Asked {
        limits,
        stopping: stopping.map_or(compiled.stopping, Stopping::Replications),
        seed: asked.seed.unwrap_or(compiled.seed),
    };
    let plan = find(&compiled, brief, asking, &workers(asked.threads)?).map_err(failure)?;
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
