//! What a run found: estimates by queue, group and interval, ready to be laid out.
//!
//! The field names are the documented names of the JSON output (docs/reference.md); seconds end in `_s`, hours in `_h`,
//! shares are 0..1. Views lay these figures out and compute nothing.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::estimate::Estimate;
use super::frontier::Frontier;
use super::issue_summary::{BotSummary, FlowSummary, IssueMeasures, IssueSummary, TurnSummary};

pub use super::group_summary::{ChangeoverMeasures, GroupInterval, GroupMeasures, GroupSummary};
pub use super::money_summary::{
    CostSummary, PaidTime, PartCost, PartValue, QueueCost, ValueSummary,
};
pub use super::queue_summary::{QueueInterval, QueueMeasures, QueueSummary, ServiceLevels, Spread};
pub use super::target_summary::{TargetSummary, Verdict};

/// A list of named things that is written as a map, in its own order.
#[derive(Debug, Clone, PartialEq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T> Named<T> {
    /// The thing of this name.
    pub fn find(&self, name: &str) -> Option<&T> {
        self.0
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, thing)| thing)
    }
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Names and things, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, thing)| (name.as_str(), thing))
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<(String, T)> for Named<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, thing) in &self.0 {
            map.serialize_entry(name, thing)?;
        }
        map.end()
    }
}

/// Everything that a run found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// What was run.
    pub scenario: ScenarioLabel,
    /// The file as written (`base`), then its variants in order.
    pub variants: Vec<VariantSummary>,
    /// Which of several variants are worth their cost; nothing where nothing costs anything, or where they are too many.
    pub frontiers: Vec<Frontier>,
}

/// What was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScenarioLabel {
    /// The scenario's name.
    pub name: String,
    /// Its currency, an ISO 4217 code.
    pub currency: String,
    /// First day of the horizon.
    pub start: String,
    /// Days of the horizon.
    pub days: u32,
    /// The zone in which days and hours are read.
    pub time_zone: String,
    /// The reporting interval.
    pub interval_s: u64,
    /// The seed.
    pub seed: u64,
    /// How many replications were run.
    pub replications: u64,
    /// Days of a batch where figures and intervals are of batches, each of which stands for a replication.
    pub batch_days: Option<u32>,
    /// How many batches there were in all replications; as many as these without batches.
    pub batches: u64,
    /// Why no more: the number asked for, the precision reached, the most allowed, or somebody stopped it.
    pub stopped: Stopped,
}

impl ScenarioLabel {
    /// ` in 104 batches of 7 days`; nothing without batches.
    pub fn in_batches(&self) -> String {
        match self.batch_days {
            None => String::new(),
            Some(1) => format!(" in {} batches of a day", self.batches),
            Some(days) => format!(" in {} batches of {days} days", self.batches),
        }
    }

    /// What a figure is one of: `replication`, or the batch that stands for one: `day`, `week`, `28-day batch`.
    pub fn unit(&self) -> String {
        match self.batch_days {
            None => "replication".to_owned(),
            Some(1) => "day".to_owned(),
            Some(7) => "week".to_owned(),
            Some(days) => format!("{days}-day batch"),
        }
    }
}

/// Why a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stopped {
    /// The number of replications asked for.
    Replications,
    /// The precision asked for was reached.
    Precision,
    /// The most replications allowed, before the precision was reached.
    MaxReplications,
    /// Somebody stopped it; the first replications are there.
    Interrupted,
}

impl Stopped {
    /// The same in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Replications => "as asked for",
            Self::Precision => "the precision asked for is reached",
            Self::MaxReplications => "the most allowed, before the precision asked for was reached",
            Self::Interrupted => "interrupted",
        }
    }
}

/// What a run found of one variant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VariantSummary {
    /// `base` or the variant's name.
    pub name: String,
    /// Figures of each queue.
    pub queues: Named<QueueSummary>,
    /// Figures of each group.
    pub groups: Named<GroupSummary>,
    /// What it costs.
    pub cost: CostSummary,
    /// What value it loses and earns, where the scenario assumes anything of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<ValueSummary>,
    /// What became of the customers.
    pub demand: DemandSummary,
    /// What became of what they wanted, where issues are followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues: Option<IssueSummary>,
    /// Figures of each bot.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub bots: Named<BotSummary>,
    /// What customers did who had to wait, by queue.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub turns: Named<TurnSummary>,
    /// How many issues went which way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flows: Vec<FlowSummary>,
    /// This variant less the base, paired by replication; `None` for the base.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differences: Option<Differences>,
    /// Figures that rest on too few events for a trustworthy interval, as paths (`queues.phone.abandonment`).
    pub too_few_events: Vec<String>,
    /// What the reader should know of this variant.
    pub warnings: Vec<String>,
}

impl VariantSummary {
    /// Whether the figure of this path, or all of which it is a part, rests on too few events.
    pub fn has_too_few_events(&self, path: &str) -> bool {
        self.too_few_events.iter().any(|marked| {
            let rest = path.strip_prefix(marked.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}

/// What became of the customers: wanted = served + contained + lost + open at the end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DemandSummary {
    /// Contacts that customers wanted, the starting backlog and those of removed queues included.
    pub wanted: Estimate,
    /// Answered.
    pub served: Estimate,
    /// Sent to another queue than their own, whatever became of them there.
    pub moved: Estimate,
    /// Abandoned, blocked, or without a queue that would take them.
    pub lost: Estimate,
    /// Ended at a bot.
    pub contained: Estimate,
    /// Open at the end.
    pub open_at_end: Estimate,
    /// Served / wanted.
    pub served_share: Estimate,
    /// Lost / wanted.
    pub lost_share: Estimate,
}

/// A variant less the base, in the same shape; queues and groups that both have.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differences {
    /// By queue.
    pub queues: Named<QueueMeasures>,
    /// By group.
    pub groups: Named<GroupMeasures>,
    /// In cost.
    pub cost: CostSummary,
    /// In value lost and earned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<ValueSummary>,
    /// In demand.
    pub demand: DemandSummary,
    /// Of issues, where they are followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues: Option<IssueMeasures>,
}
