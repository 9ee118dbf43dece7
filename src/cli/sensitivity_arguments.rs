//! What a user may type after `channelmix sensitivity`.

use std::path::PathBuf;

use channelmix::scenario::vary::Vary;
use channelmix::study::sensitivity::findings::Method;
use channelmix::study::sweep::design::MOST_POINTS;
use clap::Args;

use super::arguments::{Destination, Effort, whole};

/// `channelmix sensitivity`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix sensitivity mine.toml                          each input of [uncertain] at both ends of its range
  channelmix sensitivity mine.toml --vary queues.phone.arrivals.level=0.9..1.1 --vary queues.phone.handle_time.mean=4m..6m
  channelmix sensitivity mine.toml --method morris --replications 20
  channelmix sensitivity mine.toml --method sobol --points 4096 --replications 10

The points of morris and sobol are kept in sensitivity-points.csv; after Ctrl-C or a crash the same command goes on where it ended.")]
pub(crate) struct Sensitivity {
    /// The scenario file
    pub(crate) file: PathBuf,
    /// An uncertain input with its range, beside or in place of those under [uncertain] (may be given several times)
    #[arg(long, value_name = "KEY=LOW..HIGH")]
    pub(crate) vary: Vec<Vary>,
    /// oat: one input at a time; morris: elementary effects; sobol: shares of the variance
    #[arg(long, value_name = "oat|morris|sobol", default_value = "oat")]
    pub(crate) method: Method,
    /// About how many points are simulated, with morris [default: 20 × (inputs + 1)] or sobol [default: 256 × (inputs + 2)]
    #[arg(long, value_name = "N", value_parser = whole(1..=MOST_POINTS))]
    pub(crate) points: Option<u64>,
    /// A figure to look at, such as queues.phone.abandonment (may be given several times) [default: the cost and what has a target]
    #[arg(long, value_name = "NAME")]
    pub(crate) figure: Vec<String>,
    /// Of this variant [default: base]
    #[arg(long, value_name = "NAME")]
    pub(crate) variant: Option<String>,
    #[command(flatten)]
    pub(crate) effort: Effort,
    /// Run more than 10,000 points without being asked
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) destination: Destination,
}
