//! What a user may type after `channelmix sweep`.

use std::path::PathBuf;

use channelmix::scenario::vary::Vary;
use channelmix::study::sweep::design::{Kind, MOST_POINTS};
use clap::Args;

use super::arguments::{Destination, Effort, whole};

/// `channelmix sweep`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  channelmix sweep mine.toml --vary groups.digital.staff=10..30:2
  channelmix sweep mine.toml --vary groups.digital.staff=10..30:2 --vary bots.helper.resolved=0.2,0.4,0.6
  channelmix sweep mine.toml --vary queues.phone.arrivals.level=0.8..1.2 --vary queues.phone.handle_time.mean=3m..5m \\
                   --design lhs --points 500 --out runs/lhs

Values: a range with its step (10..30:2, 0.2..0.6:0.1, 2m..5m:30s), whole numbers without (1..4), or a list (0.2,0.4 or 2m,never). A value
replaces whatever form the file has. Rows come as points are done; after Ctrl-C or a crash the same command goes on where it ended.")]
pub(crate) struct Sweep {
    /// The scenario file
    pub(crate) file: PathBuf,
    /// A value to vary, by its dotted path, and what it takes (may be given several times)
    #[arg(long, value_name = "KEY=VALUES", required = true)]
    pub(crate) vary: Vec<Vary>,
    /// All values with all others, or a sample of so many points: grid, random or lhs (Latin hypercube)
    #[arg(long, value_name = "grid|random|lhs", default_value = "grid")]
    pub(crate) design: Kind,
    /// How many points are drawn, with --design random or lhs
    #[arg(long, value_name = "N", value_parser = whole(1..=MOST_POINTS))]
    pub(crate) points: Option<u64>,
    /// Vary the values of this variant [default: base]
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
