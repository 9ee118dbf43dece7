//! The names and promises that go with a tally's figures.

use crate::stats::pair_tally::Pairing;

/// What all variants have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Labels {
    /// Batches of a replication, each of which stands for one; 1 without.
    pub batches: u64,
    /// The counted part of the horizon, or of a batch, in hours.
    pub window_h: f64,
    /// The intervals that figures are kept for.
    pub slots: Vec<SlotLabel>,
    /// The variants, the base first.
    pub variants: Vec<VariantLabel>,
}

/// An interval of the day or the week.
#[derive(Debug, Clone, PartialEq)]
pub struct SlotLabel {
    /// `mon` to `sun`, where intervals are kept by weekday.
    pub weekday: Option<&'static str>,
    /// Wall clock at its start.
    pub start: String,
    /// How often it comes in that part; one of which only a part counts is that part.
    pub occurrences: f64,
    /// Its time in that part, in hours.
    pub time_h: f64,
}

/// One variant.
#[derive(Debug, Clone, PartialEq)]
pub struct VariantLabel {
    /// `base` or the variant's name.
    pub name: String,
    /// Its queues in order.
    pub queues: Vec<QueueLabel>,
    /// Its groups in order.
    pub groups: Vec<GroupLabel>,
    /// Its bots in order.
    pub bots: Vec<BotLabel>,
    /// The names of its channels in order.
    pub channels: Vec<&'static str>,
    /// Other currencies that its groups are paid in, and what one is worth.
    pub currencies: Vec<(String, f64)>,
    /// What it assumes of the value of its customers, in words; `None` where it assumes nothing.
    pub assumptions: Option<Vec<String>>,
    /// Which of these the base has too.
    pub pairing: Pairing,
    /// What the reader should know.
    pub warnings: Vec<String>,
}

/// One queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueLabel {
    /// Its name.
    pub name: String,
    /// Its channel.
    pub channel: &'static str,
    /// Whether it is deferred.
    pub deferred: bool,
    /// The service level promised.
    pub level: Option<LevelLabel>,
    /// Most seconds of mean wait of the answered.
    pub asa_s: Option<f64>,
    /// Most of those not blocked that may abandon.
    pub abandonment: Option<f64>,
    /// Whether anybody may lose patience.
    pub may_abandon: bool,
    /// Whether there is anything to tell of what its customers do beside waiting.
    pub may_turn: bool,
    /// How many people read a public contact in an hour.
    pub audience: f64,
}

/// A service level promised.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelLabel {
    /// The share.
    pub share: f64,
    /// The threshold.
    pub within_s: f64,
    /// The definition's name.
    pub definition: &'static str,
    /// The clock's name.
    pub clock: &'static str,
}

/// One bot.
#[derive(Debug, Clone, PartialEq)]
pub struct BotLabel {
    /// Its name.
    pub name: String,
    /// Whether its sessions are limited.
    pub may_be_full: bool,
}

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupLabel {
    /// Its name.
    pub name: String,
    /// Most occupancy promised.
    pub occupancy_max: Option<f64>,
    /// What shrinkage is for, with the share of paid time of each; empty where the file does not say.
    pub away: Vec<(&'static str, f64)>,
    /// Whether its agents set work aside, or take longer over a contact of another queue.
    pub has_changeovers: bool,
}
