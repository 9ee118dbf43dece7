//! What a run found: estimates by queue, group and interval, ready to be laid out.
//!
//! The field names are the documented names of the JSON output (docs/reference.md); seconds end in `_s`, hours in `_h`,
//! shares are 0..1. Views lay these figures out and compute nothing.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::estimate::Estimate;
use super::frontier::Frontier;
use super::issue_summary::{BotSummary, FlowSummary, IssueMeasures, IssueSummary, TurnSummary};
use super::within::ShareWithin;

pub use super::money_summary::{
    CostSummary, PaidTime, PartCost, PartValue, QueueCost, ValueSummary,
};

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

/// Figures of one queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueueSummary {
    /// The channel it is on.
    pub channel: String,
    /// Whether its contacts are timed to the reply and may wait over night (design, section 5).
    pub deferred: bool,
    /// What is promised and whether it is kept.
    pub targets: Vec<TargetSummary>,
    /// The figures.
    #[serde(flatten)]
    pub measures: QueueMeasures,
    /// The distribution of the wait: shares at times from 0 up to the first that no contact exceeds.
    pub wait_within: Vec<ShareWithin>,
    /// That of the response.
    pub response_within: Vec<ShareWithin>,
    /// The same by interval, of each weekday or of the day.
    pub intervals: Vec<QueueInterval>,
}

/// What was promised of one figure, and whether it is kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetSummary {
    /// Which figure: `service_level`, `asa_s`, `abandonment` or `occupancy`.
    pub measure: String,
    /// The least (service level) or the most (all others) promised.
    pub limit: f64,
    /// The threshold of a service level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_s: Option<f64>,
    /// The definition of a service level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// Which time a service level counts: `calendar`, or `open_hours`, in which nights do not count; so does the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<&'static str>,
    /// The figure itself.
    pub value: Estimate,
    /// What its interval says.
    pub verdict: Verdict,
    /// Share of days on which a service level was met, of the days with contacts that count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_met: Option<Estimate>,
}

/// What the interval of a figure says of its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The whole interval keeps the promise.
    Met,
    /// The whole interval breaks it.
    Missed,
    /// The interval holds the limit, or there is none.
    Undecided,
}

/// Figures of a queue over the horizon; in a difference, of the variant less the base.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueueMeasures {
    /// New contacts a replication.
    pub offered: Estimate,
    /// Contacts open at the start.
    pub carried_in: Estimate,
    /// Contacts answered (deferred: replied to) a replication.
    pub answered: Estimate,
    /// Contacts that left before they were answered, a replication.
    pub abandoned: Estimate,
    /// Contacts that met a closed door, a replication.
    pub blocked: Estimate,
    /// Contacts that ended at a bot, a replication.
    pub contained: Estimate,
    /// Contacts open at the end, a replication.
    pub open_at_end: Estimate,
    /// By the target's own definition; nothing without a target.
    pub service_level: Estimate,
    /// By all five definitions.
    pub service_levels: ServiceLevels,
    /// Abandoned / (answered + abandoned).
    pub abandonment: Estimate,
    /// Mean wait of the answered.
    pub asa_s: Estimate,
    /// Share of the answered and abandoned that were not started at once.
    pub delayed: Estimate,
    /// From arrival to the start of handling or to abandonment, of all answered or abandoned.
    pub wait_s: Spread,
    /// By the target's clock: to the start of handling (real-time) or to the reply (deferred), of the answered.
    pub response_s: Spread,
    /// From start to end of handling, wrap-up included, of the answered.
    pub handle_time_s: Spread,
    /// From arrival to the end of the talk or writing, of the answered.
    pub sojourn_s: Spread,
    /// Contacts waiting, time average.
    pub queue_length: Estimate,
    /// Most contacts waiting at one time in a replication.
    pub queue_length_max: Estimate,
    /// Work that arrives and is accepted, in agents busy with one contact at a time (erlangs), at pace and speed 1.
    pub offered_load: Estimate,
}

/// A service level by each definition (design, section 6).
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ServiceLevels {
    /// A≤T / A
    pub answered: Estimate,
    /// A≤T / (A + Ab)
    pub offered: Estimate,
    /// A≤T / (A + Ab>T)
    pub late_abandons: Estimate,
    /// (A≤T + Ab≤T) / (A + Ab)
    pub early_abandons_ok: Estimate,
    /// A≤T / (A + Ab − short)
    pub no_short: Estimate,
}

/// Mean, quantiles and maximum of a time, pooled over replications.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Spread {
    /// Mean.
    pub mean: Estimate,
    /// Median.
    pub p50: Estimate,
    /// 80 % lie below.
    pub p80: Estimate,
    /// 90 % lie below.
    pub p90: Estimate,
    /// 95 % lie below.
    pub p95: Estimate,
    /// 99 % lie below.
    pub p99: Estimate,
    /// The largest of a replication, mean over replications.
    pub max: Estimate,
}

/// Figures of a queue in one interval of a weekday (or of the day), by the contacts that arrived in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueueInterval {
    /// `mon` to `sun`; `None` where the horizon is shorter than two days and only the time of day counts.
    pub weekday: Option<&'static str>,
    /// Wall clock at its start, `08:30`.
    pub start: String,
    /// New contacts in one such interval: the mean over replications and over the days of the horizon that have it.
    pub offered: Estimate,
    /// Of these, answered.
    pub answered: Estimate,
    /// Of these, abandoned.
    pub abandoned: Estimate,
    /// Of these, blocked.
    pub blocked: Estimate,
    /// By the target's own definition.
    pub service_level: Estimate,
    /// Abandoned / (answered + abandoned).
    pub abandonment: Estimate,
    /// Share of the answered and abandoned that were not started at once.
    pub delayed: Estimate,
    /// Mean wait of the answered.
    pub asa_s: Estimate,
    /// Mean wait of all answered or abandoned.
    pub wait_mean_s: Estimate,
    /// 90 % waited less.
    pub wait_p90_s: Estimate,
    /// Mean response of the answered.
    pub response_mean_s: Estimate,
    /// 90 % were responded to sooner.
    pub response_p90_s: Estimate,
    /// Contacts waiting, time average over the interval.
    pub queue_length: Estimate,
    /// Contacts waiting and in hand at the interval's end.
    pub backlog: Estimate,
    /// Median age of these at the interval's end (deferred queues only), mean over the times there were any.
    pub backlog_age_p50_s: Estimate,
    /// 90 % were younger.
    pub backlog_age_p90_s: Estimate,
    /// Age of the oldest.
    pub backlog_age_max_s: Estimate,
}

/// Figures of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupSummary {
    /// What is promised to its agents and whether it is kept.
    pub targets: Vec<TargetSummary>,
    /// The figures.
    #[serde(flatten)]
    pub measures: GroupMeasures,
    /// The same by interval, of each weekday or of the day.
    pub intervals: Vec<GroupInterval>,
}

/// Figures of a group over the horizon; in a difference, of the variant less the base.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupMeasures {
    /// Time with at least one contact / (staffed + overtime).
    pub occupancy: Estimate,
    /// Busy / paid.
    pub utilisation: Estimate,
    /// Contacts open at a busy agent, time average.
    pub mean_concurrency: Estimate,
    /// Hours paid: heads before shrinkage, plus overtime.
    pub paid_h: Estimate,
    /// Hours present.
    pub staffed_h: Estimate,
    /// Hours with at least one contact.
    pub busy_h: Estimate,
    /// Hours worked beyond the staffing.
    pub overtime_h: Estimate,
    /// Paid hours a week / 40.
    pub fte: Estimate,
    /// What it took to turn from one contact to another, where agents set work aside or take longer over another queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changeovers: Option<ChangeoverMeasures>,
}

/// What it took agents to turn from one contact to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeoverMeasures {
    /// Contacts set aside for others, a replication.
    pub interruptions: Estimate,
    /// Contacts begun after one of another queue, a replication.
    pub switches: Estimate,
    /// Hours of work that this took, at pace and speed 1.
    pub work_h: Estimate,
    /// The part of the busy time that this is; at pace and speed 1.
    pub share_of_busy: Estimate,
}

/// Figures of a group in one interval of a weekday (or of the day), time averages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupInterval {
    /// `mon` to `sun`; `None` where the horizon is shorter than two days and only the time of day counts.
    pub weekday: Option<&'static str>,
    /// Wall clock at its start, `08:30`.
    pub start: String,
    /// Paid heads.
    pub heads: Estimate,
    /// Agents present.
    pub staffed: Estimate,
    /// Agents with at least one contact.
    pub busy: Estimate,
    /// Time with at least one contact / (staffed + overtime).
    pub occupancy: Estimate,
    /// Agents busy beyond the staffing.
    pub overtime: Estimate,
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
