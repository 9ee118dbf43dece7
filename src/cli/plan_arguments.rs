//! What a user may type after `channelmix plan`.

use std::path::PathBuf;
use std::time::Duration;

use channelmix::time::quantity;
use clap::{Args, ValueEnum};

use super::arguments::{Destination, Effort};

/// `channelmix plan`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix plan mine.toml
  channelmix plan mine.toml --variant \"no phone\" --time-limit 60s
  channelmix plan mine.toml --work 20000 --seed 7 --format json | jq '{cost, bound, gap}'
  channelmix plan mine.toml --out planned && channelmix run planned/plan.toml

The file says what must hold: targets of queues (share and within, asa, abandonment, backlog_age; over the horizon, each day or
each interval) and occupancy_max of groups; and what may be chosen: plan = { min, max } or { fixed = true } of a group.
Same seed and work, same plan; a time limit or Ctrl-C ends the search with the best plan so far, which is then proven.
Files: plan.toml, a scenario that run accepts, tables, JSON, CSV, charts and a workbook.
The exit status is 3 where no staffing within the limits meets the targets, or the budget does not pay for a plan.")]
pub(crate) struct Plan {
    /// The scenario file
    pub(crate) file: PathBuf,
    /// What is planned
    #[arg(long, value_enum, default_value = "staffing")]
    pub(crate) what: What,
    /// Which variant [default: base]
    #[arg(long, value_name = "NAME", default_value = "base")]
    pub(crate) variant: String,
    /// The search ends after this time with the best plan so far, such as 60s or 5m; the proof comes after it
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) time_limit: Option<Duration>,
    /// The search ends after so many replications [default: as many as are usual]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    pub(crate) work: Option<u64>,
    /// How much dearer than the bound a plan of hires may be, as a share
    #[arg(long, value_name = "SHARE", default_value = "0.001", value_parser = gap)]
    pub(crate) gap: f64,
    /// The most that the plan may cost over the horizon; of hires, over the weeks planned
    #[arg(long, value_name = "AMOUNT", value_parser = super::study_arguments::amount)]
    pub(crate) budget: Option<f64>,
    /// How much is simulated: --replications are those of the proof
    #[command(flatten)]
    pub(crate) effort: Effort,
    #[command(flatten)]
    pub(crate) destination: Destination,
}

/// What is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// Heads of every group in every interval
    Staffing,
    /// How many of each shift
    Shifts,
    /// Which channels, with whom, within a budget
    Mix,
    /// Whom to hire when, over weeks and months
    Hiring,
}

fn time(text: &str) -> Result<Duration, String> {
    let span = quantity::parse(text).map_err(|error| error.to_string())?;
    if span.0 == 0 {
        return Err("expected a time above zero, such as 60s".to_owned());
    }
    Ok(Duration::from_micros(span.0))
}

fn gap(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(gap) if (0.0..1.0).contains(&gap) => Ok(gap),
        _ => Err("expected a share from 0 to below 1, such as 0.005".to_owned()),
    }
}
