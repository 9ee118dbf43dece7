//! What a user may type.

use std::path::PathBuf;

use channelmix::study::shard::Shard;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// A contact-centre simulator: phone, chat, email and social with shared agents.
#[derive(Debug, Parser)]
#[command(version, about, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

const EXAMPLES: &str = "\
Examples:
  channelmix init > mine.toml            a commented scenario to start from
  channelmix check mine.toml             every mistake in it, with its place
  channelmix run mine.toml               simulate: a table here, charts and CSV in output/mine/
  channelmix compare mine.toml           which variants differ for real, and which are worth their cost
  channelmix report mine.toml            for the board: a page and a workbook
  channelmix trace mine.toml --issue 17  what happened to a customer, line by line
  channelmix queue erlang-a --arrivals 240/h --handle-time 4m --patience 2m --target 80%
  channelmix run mine.toml --format json | jq '.variants[0].queues.phone.service_level'";

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Simulate a scenario and all its variants: waits, abandonment, service level and cost
    Run(Run),
    /// Compare mixes of one file or several: which differences are real, and which mixes are worth their cost
    Compare(super::study_arguments::Compare),
    /// What one agent more or fewer in each group is worth: cost, service, customers kept
    Marginal(super::study_arguments::Marginal),
    /// The value of a key at which a figure equals that of another variant, another figure, or a number
    BreakEven(super::study_arguments::BreakEven),
    /// Chances of meeting targets and of staying in budget where inputs are uncertain themselves
    Risk(super::study_arguments::Risk),
    /// The same as run, and a page for a browser and a workbook to hand on: report.html and report.xlsx
    Report(Report),
    /// Check a scenario file and report every mistake in it
    Check(Check),
    /// Print a commented scenario to start from
    Init(Init),
    /// Put the states of a run in shards together
    Merge(Merge),
    /// Vary values of a scenario together: a grid or a sample of points, each simulated, one a row of sweep.csv
    Sweep(super::sweep_arguments::Sweep),
    /// Say which uncertain inputs matter: one at a time, or over all of their ranges
    Sensitivity(super::sensitivity_arguments::Sensitivity),
    /// Read a scenario off a log of contacts, simulate it and compare with what was observed
    Replay(super::replay_arguments::Replay),
    /// Tell what happened in one replication: the story of an issue or of an hour, or all events as CSV
    Trace(super::trace_arguments::Trace),
    /// The best mix of channels, hours, values and people within a budget
    #[command(hide = true)]
    PlanMix(super::plan_mix::PlanMix),
    /// One queue by formula: waits, abandonment and service level, or the fewest servers for a target
    Queue(Box<super::queue_arguments::Queue>),
    /// Hold the simulator against exact values of queue models: a scoreboard with z-scores
    Validate(Validate),
}

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables for people
    Table,
    /// One JSON document
    Json,
}

/// Where a result goes.
#[derive(Debug, Args)]
pub(crate) struct Destination {
    /// Folder for charts, CSV and JSON [default: output/<scenario>]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// What is printed
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: Format,
    /// Chart formats, or none
    #[arg(long, value_name = "svg,png|none", default_value = "svg,png")]
    pub(crate) charts: Charts,
}

/// `channelmix run`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix run scenarios/retail-mix.toml
  channelmix run mine.toml --variant \"no phone\" --replications 1000 --seed 7
  channelmix run mine.toml --shard 1/4 --state part-1.json     on each of four machines, then
  channelmix merge part-1.json part-2.json part-3.json part-4.json")]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) simulation: Simulation,
    /// Also write a page for a browser and a workbook: report.html and report.xlsx
    #[arg(long)]
    pub(crate) report: bool,
    /// Run only part I of N and write its state
    #[arg(
        long,
        value_name = "I/N",
        requires = "state",
        conflicts_with = "report"
    )]
    pub(crate) shard: Option<Shard>,
    /// Where the state of a shard goes
    #[arg(long, value_name = "FILE", requires = "shard")]
    pub(crate) state: Option<PathBuf>,
}

/// `channelmix report`
#[derive(Debug, Args)]
#[command(mut_arg("charts", |charts| charts.default_value("none")), after_help = "\
Writes report.html, one file that opens in any browser without a network, report.xlsx, and the tables, CSV and JSON of a run.

Examples:
  channelmix report scenarios/retail-mix.toml
  channelmix report mine.toml --variant \"no phone\" --replications 1000 --out for-the-board")]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) simulation: Simulation,
}

/// What is simulated, and where the result goes.
#[derive(Debug, Args)]
pub(crate) struct Simulation {
    /// The scenario file
    pub(crate) file: PathBuf,
    /// Run only this variant beside the base (may be given several times) [default: all]
    #[arg(long, value_name = "NAME")]
    pub(crate) variant: Vec<String>,
    #[command(flatten)]
    pub(crate) effort: Effort,
    #[command(flatten)]
    pub(crate) destination: Destination,
}

/// How much is simulated.
#[derive(Debug, Args)]
pub(crate) struct Effort {
    /// How many replications, of each point or mix [default: the file's; the first one's of several]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) replications: Option<u64>,
    /// Seed of all random numbers [default: the file's]
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Threads; the result is the same for any number [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// `channelmix check`
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The scenario file
    pub(crate) file: PathBuf,
}

/// `channelmix init`
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Write it to this file instead of printing it; an existing file is left alone
    pub(crate) file: Option<PathBuf>,
}

/// `channelmix merge`
#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// The states of all shards
    #[arg(required = true)]
    pub(crate) states: Vec<PathBuf>,
    /// Also write a page for a browser and a workbook: report.html and report.xlsx
    #[arg(long)]
    pub(crate) report: bool,
    #[command(flatten)]
    pub(crate) destination: Destination,
}

/// `channelmix validate`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix validate                                   every value: some minutes
  channelmix validate --rows A-MMs                      the values whose name holds this text
  channelmix validate --precision 0.02 --contacts 1000000    a quick look
  channelmix validate --coverage                        how often 95 % intervals hold the truth: ten minutes
  channelmix validate --coverage --experiments 200 --rows M/G/1

The exit status is 1 where the simulator disagrees: a |z| above 4, or, of 20 cases or more, over one value in twenty above 2.6.")]
pub(crate) struct Validate {
    /// Only values whose name, `case/metric`, holds this text; with --coverage, only models
    #[arg(long, value_name = "PATTERN", default_value = "")]
    pub(crate) rows: String,
    /// Half-width of the 95 % intervals: relative to the value, for shares 0.4 of it in absolute terms
    #[arg(long, value_name = "SHARE", default_value = "0.005", value_parser = precision)]
    pub(crate) precision: f64,
    /// The most contacts simulated for one case; values that would need more are marked as capped
    #[arg(long, value_name = "N", default_value = "10000000", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000_000))]
    pub(crate) contacts: u64,
    /// Instead, run many small experiments on models with known answers, and count how often the intervals hold them
    #[arg(long, conflicts_with_all = ["precision", "contacts"])]
    pub(crate) coverage: bool,
    /// Experiments of 10 replications for each model; half as many of 20, a fifth of 50
    #[arg(long, value_name = "N", default_value = "4000", requires = "coverage", value_parser = clap::value_parser!(u64).range(10..=1_000_000))]
    pub(crate) experiments: u64,
    /// Seed of all random numbers
    #[arg(long, value_name = "N", default_value = "1")]
    pub(crate) seed: u64,
    /// Threads; the result is the same for any number [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// What is printed
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: Format,
}

fn precision(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(value) if (1e-6..=1.0).contains(&value) => Ok(value),
        _ => Err("expected a number from 0.000001 to 1, such as 0.005".to_owned()),
    }
}

/// Chart formats to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Charts(pub(crate) Vec<ChartFormat>);

/// One chart format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ChartFormat {
    Svg,
    Png,
}

impl std::str::FromStr for Charts {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Self(Vec::new()));
        }
        let mut formats = Vec::new();
        for part in text.split(',') {
            formats.push(match part.trim() {
                "svg" => ChartFormat::Svg,
                "png" => ChartFormat::Png,
                other => {
                    return Err(format!(
                        "expected svg, png, both with a comma, or none; found {other:?}"
                    ));
                }
            });
        }
        formats.sort_unstable();
        formats.dedup();
        Ok(Self(formats))
    }
}
