//! What a planner may choose of a scenario: channels, hours, values and heads, every combination of the former compiled.

use super::file::Scenario;
use super::model::{Compiled, Variant};

/// What the best mix is best in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Aim {
    /// The largest share of wanted contacts in time.
    #[default]
    Service,
    /// The least of what is paid and lost, less what is earned.
    Total,
}

impl Aim {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Service, Self::Total];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Total => "total",
        }
    }
}

/// Something that may be chosen beside heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    /// What.
    pub what: LeverKind,
    /// What it may be, as it would be written; of a queue that may be dropped `kept` and `dropped`.
    pub values: Vec<String>,
}

/// What may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeverKind {
    /// Whether a queue is there.
    Drop(String),
    /// When a queue is open; the first of its hours are its own.
    Open(String),
    /// The value at a path.
    Vary(String),
}

impl LeverKind {
    /// The path that it changes: of a queue, or of a value.
    pub fn path(&self) -> String {
        match self {
            Self::Drop(queue) => format!("queues.{queue}"),
            Self::Open(queue) => format!("queues.{queue}.open"),
            Self::Vary(path) => path.clone(),
        }
    }
}

/// One value of every lever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// By lever: its value; `None` where it is of a queue that is dropped.
    pub values: Vec<Option<usize>>,
}

/// The heads that a group may have at its peak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadRange {
    /// The group.
    pub group: String,
    /// At least; `None` for half of the file's.
    pub min: Option<u32>,
    /// At most; `None` for twice the file's.
    pub max: Option<u32>,
}

/// Everything that may be chosen, ready to be simulated.
#[derive(Debug, Clone)]
pub struct MixSpace {
    /// The variant that all setups are made of: `base`, or as written.
    pub ground: String,
    /// The most that may be paid over the horizon, by the file.
    pub budget: Option<f64>,
    /// What is best.
    pub aim: Aim,
    /// What may be chosen beside heads.
    pub levers: Vec<Lever>,
    /// Every combination that makes sense.
    pub setups: Vec<Setup>,
    /// Groups whose heads the file bounds.
    pub heads: Vec<HeadRange>,
    /// The file as written, the variant that all setups are made of where that is another, then each setup, in their order.
    pub compiled: Compiled,
    /// The scenario with these variants, which are named as in `compiled`.
    pub scenario: Scenario,
    /// What the reader should know.
    pub warnings: Vec<String>,
}

impl MixSpace {
    /// The file as written, or the variant that all setups are made of.
    pub fn ground(&self) -> &Variant {
        &self.compiled.variants[self.compiled.variants.len() - self.setups.len() - 1]
    }

    /// What the engine reads of a setup, by its place.
    pub fn setup(&self, place: usize) -> &Variant {
        &self.compiled.variants[self.compiled.variants.len() - self.setups.len() + place]
    }
}
