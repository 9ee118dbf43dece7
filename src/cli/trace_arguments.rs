//! What a user may type after `channelmix trace`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::arguments::whole;

/// `channelmix trace`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix trace scenarios/first.toml --issue 17
  channelmix trace mine.toml --replication 3 --from \"2026-09-08 09:00\" --to \"2026-09-08 10:00\"
  channelmix trace mine.toml --variant \"no phone\" --queue chat --from 09:00 --to 09:15
  channelmix trace mine.toml --replication 3 --out events.csv          all events of a replication, for tools of your own

The replication is the one that `run` simulates under the same seed. The columns of the CSV are in docs/reference.md.")]
pub(crate) struct Trace {
    /// The scenario file
    pub(crate) file: PathBuf,
    /// Of which variant [default: base]
    #[arg(long, value_name = "NAME")]
    pub(crate) variant: Option<String>,
    /// Which replication, from 1
    #[arg(long, value_name = "N", default_value = "1", value_parser = whole(1..=1_000_000))]
    pub(crate) replication: u64,
    /// Only this issue, from 1 in the order of arrival
    #[arg(long, value_name = "N", value_parser = whole(1..=u64::MAX))]
    pub(crate) issue: Option<u64>,
    /// Only from this local time on: "2026-09-07 09:00", or "09:00" of the first day
    #[arg(long, value_name = "TIME")]
    pub(crate) from: Option<String>,
    /// Only before this local time
    #[arg(long, value_name = "TIME")]
    pub(crate) to: Option<String>,
    /// Only contacts in this queue
    #[arg(long, value_name = "NAME")]
    pub(crate) queue: Option<String>,
    /// Seed of all random numbers [default: the file's]
    #[arg(long, value_name = "N", value_parser = whole(0..=u64::MAX))]
    pub(crate) seed: Option<u64>,
    /// What is printed
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: TraceFormat,
    /// Write the events to this file, as CSV or (in builds with it) Parquet, and print nothing
    #[arg(long, value_name = "FILE.csv|FILE.parquet", conflicts_with = "format")]
    pub(crate) out: Option<PathBuf>,
}

/// How events are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TraceFormat {
    /// A story in words, for people
    Table,
    /// One JSON document
    Json,
    /// One row an event
    Csv,
}
