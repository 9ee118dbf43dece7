//! What a user may type after the verbs that run several mixes.

use std::path::PathBuf;

use channelmix::scenario::vary::Vary;
use clap::Args;

use super::arguments::{Destination, Effort, Format, whole};

/// `channelmix compare`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix compare scenarios/retail-mix.toml
  channelmix compare mine.toml --variant base --variant \"no phone\" --against \"no phone\"
  channelmix compare today.toml plan-a.toml plan-b.toml --against \"today: base\" --replications 500

All mixes meet the same customers. A difference is called real where Holm's test says so of all differences together,
at 5 %. A mix is dominated where another one is as cheap and as good.")]
pub(crate) struct Compare {
    /// The scenario files; their base and variants are the mixes
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Only this mix: a variant's name, or "file: variant" (may be given several times) [default: all]
    #[arg(long, value_name = "NAME")]
    pub(crate) variant: Vec<String>,
    /// The mix that the others are compared with (may be given several times) [default: the first]
    #[arg(long, value_name = "NAME")]
    pub(crate) against: Vec<String>,
    #[command(flatten)]
    pub(crate) effort: Effort,
    #[command(flatten)]
    pub(crate) destination: Destination,
}

/// `channelmix marginal`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix marginal scenarios/retail-mix.toml
  channelmix marginal mine.toml --variant \"no phone\" --replications 1000

One agent is a head in every interval in which the group has any; in a group with shifts, one agent of its largest shift
on all of that shift's days; with a roster, one agent of it.")]
pub(crate) struct Marginal {
    /// The scenario file
    pub(crate) file: PathBuf,
    /// Which variant [default: base]
    #[arg(long, value_name = "NAME", default_value = "base")]
    pub(crate) variant: String,
    #[command(flatten)]
    pub(crate) effort: Effort,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// Where a result without charts goes.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// Folder for CSV and JSON [default: output/<scenario>]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// What is printed
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: Format,
}

/// `channelmix break-even`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix break-even mine.toml --vary groups.digital.at_once.chat=1..4 \\
             --of cost.queues.chat.per_contact --equals cost.queues.phone.per_contact
  channelmix break-even mine.toml --variant \"with a bot\" --vary bots.helper.resolved=0.1..0.6 --of issues.cost_per_resolution
  channelmix break-even mine.toml --variant outsourced --vary groups.partner.wage=8..20 --equals base
  channelmix break-even mine.toml --vary groups.voice.staff=5..40 --of queues.phone.service_level --equals 0.8

The key is varied in the variant alone; another variant stays as it is written. Figures have the names of the JSON of
`compare`: cost.total, cost.per_contact, issues.cost_per_resolution, demand.lost, queues.NAME.service_level, ...")]
pub(crate) struct BreakEven {
    /// The scenario file
    pub(crate) file: PathBuf,
    /// The key and the range that is searched
    #[arg(long, value_name = "KEY=LOW..HIGH")]
    pub(crate) vary: Vary,
    /// The variant whose key is varied [default: base]
    #[arg(long, value_name = "NAME", default_value = "base")]
    pub(crate) variant: String,
    /// The figure that is to be equal
    #[arg(long, value_name = "FIGURE", default_value = "cost.total")]
    pub(crate) of: String,
    /// To that figure of this variant, to another figure, or to a number [default: the base, of another variant]
    #[arg(long, value_name = "VARIANT|FIGURE|NUMBER", allow_hyphen_values = true)]
    pub(crate) equals: Option<String>,
    #[command(flatten)]
    pub(crate) effort: Effort,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// `channelmix risk`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix risk mine.toml --budget 64000
  channelmix risk mine.toml --variant \"no phone\" --worlds 500 --replications 10

The file says under [uncertain] what is not known for sure: forecast level, handle time, absence, any value. Each world
draws all of these anew and is simulated for some replications of its own.")]
pub(crate) struct Risk {
    /// The scenario file
    pub(crate) file: PathBuf,
    /// Which variant [default: base]
    #[arg(long, value_name = "NAME", default_value = "base")]
    pub(crate) variant: String,
    /// The most that may be spent over the horizon
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub(crate) budget: Option<f64>,
    /// How many times the uncertain values are drawn
    #[arg(long, value_name = "N", default_value = "200", value_parser = whole(2..=1_000_000))]
    pub(crate) worlds: u64,
    /// Replications of each world; from 2 on the variance is split
    #[arg(long, value_name = "N", default_value = "5", value_parser = whole(1..=1_000_000))]
    pub(crate) replications: u64,
    /// Seed of all random numbers [default: the file's]
    #[arg(long, value_name = "N", value_parser = whole(0..=u64::MAX))]
    pub(crate) seed: Option<u64>,
    /// Threads; the result is the same for any number [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    #[command(flatten)]
    pub(crate) place: Place,
}

pub(crate) fn amount(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(amount) if (0.0..1e15).contains(&amount) => Ok(amount),
        _ => Err("expected an amount of money, such as 64000".to_owned()),
    }
}
