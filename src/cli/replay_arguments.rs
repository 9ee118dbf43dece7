//! What a user may type after `channelmix replay`.

use std::path::PathBuf;

use clap::Args;

use super::arguments::{Format, whole};

/// `channelmix replay`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix replay scenarios/logs/example.csv --map scenarios/logs/example.toml
  channelmix replay calls.csv --map mine.toml --from 2014-03-03 --days 5 --out output/first-week
  channelmix run output/first-week/calls.toml          the scenario that was read off")]
pub(crate) struct Replay {
    /// Logs of contacts: CSV, or CSV packed as .gz
    #[arg(required = true, value_name = "LOG")]
    pub(crate) logs: Vec<PathBuf>,
    /// What the columns hold: a TOML file, see docs/replay.md
    #[arg(long, value_name = "MAP.toml")]
    pub(crate) map: PathBuf,
    /// The first day [default: that of the first contact]
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// How many days [default: up to the last contact]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3660))]
    pub(crate) days: Option<u32>,
    /// How many replications
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = whole(1..=1_000_000))]
    pub(crate) replications: u64,
    /// Seed of all random numbers
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Threads; the result is the same for any number [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Folder for the scenario, its data files and the comparison [default: output/<log>]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// What is printed
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: Format,
}
