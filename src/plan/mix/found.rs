//! What a search for a mix found: the best within the budget, the frontier of cost and service, and what to drop or to add first.

use serde::Serialize;

use crate::plan::found::Ended;
use crate::stats::estimate::Estimate;
use crate::stats::frontier::Standing;
use crate::stats::multiple::Tested;
use crate::stats::summary::ScenarioLabel;

/// The best mix within a budget, and what stands beside it. All figures are of the proof, whose customers are none of the search's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MixPlan {
    /// What was planned; its seed and replications are those of the proof.
    pub scenario: ScenarioLabel,
    /// The variant that all mixes are made of.
    pub variant: String,
    /// `service` or `total`.
    pub aim: &'static str,
    /// The most that may be paid over the horizon, in units of the currency.
    pub budget: f64,
    /// What the best mix costs.
    pub cost: Estimate,
    /// Whether it is within the budget at the upper end of that too.
    pub is_within_budget: bool,
    /// The best mix.
    pub best: MixRow,
    /// The file as written, or its variant.
    pub as_written: MixRow,
    /// The best less the file as written.
    pub gain: Change,
    /// Mixes that no other found is as cheap and as good as, the cheapest first; the best is among them.
    pub frontier: Vec<MixRow>,
    /// What could be dropped, what costs least for the money saved first.
    pub drop_first: Vec<Move>,
    /// What could be added, what brings most for its money first.
    pub add_first: Vec<Move>,
    /// Other hours and values, the best first.
    pub others: Vec<Move>,
    /// How it was searched.
    pub search: SearchLabel,
    /// What the reader should know.
    pub warnings: Vec<String>,
}

/// How a mix was searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchLabel {
    /// The seed of its customers.
    pub seed: u64,
    /// Combinations of channels, hours and values.
    pub setups: usize,
    /// Those that were looked at finely.
    pub kept: usize,
    /// Mixes that were simulated.
    pub mixes: usize,
    /// Replications simulated in all.
    pub replications: u64,
    /// Why it ended.
    pub ended: Ended,
}

/// A mix with its figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MixRow {
    /// What it chooses beside heads.
    pub choices: Vec<Choice>,
    /// How many people in which groups.
    pub staff: Vec<GroupHeads>,
    /// What is paid over the horizon.
    pub cost: Estimate,
    /// The share of wanted contacts in time.
    pub in_time: Estimate,
    /// Contacts lost, or issues where they are followed.
    pub lost: Estimate,
    /// What is paid and lost, less what is earned; `None` where the file says nothing of value.
    pub net_cost: Option<Estimate>,
    /// By queue that promises one: its service level.
    pub queues: Vec<(String, Estimate)>,
    /// Where it stands among those that were proven together.
    pub standing: Standing,
    /// Whether it is the best within the budget.
    pub is_best: bool,
}

/// What a mix chooses of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// `queues.phone`, `queues.chat.open` or any other path.
    pub path: String,
    /// `kept` or `dropped`, or a value as it would be written.
    pub value: String,
}

/// The people of a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupHeads {
    /// The group.
    pub group: String,
    /// Heads at the peak.
    pub heads: u32,
    /// The same of the file.
    pub heads_of_file: u32,
    /// Paid hours over the horizon.
    pub paid_h: f64,
}

/// By how much a mix differs from another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// In what is paid.
    pub cost: Tested,
    /// In the share in time.
    pub in_time: Tested,
    /// In contacts or issues lost.
    pub lost: Tested,
    /// In what is paid and lost, less what is earned.
    pub net_cost: Option<Tested>,
}

/// A step away from the best mix, and what it does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Move {
    /// What.
    #[serde(flatten)]
    pub what: MoveKind,
    /// The people beside it where they are chosen anew.
    pub staff: Vec<GroupHeads>,
    /// What it changes; `None` where no mix with it fits the budget.
    pub change: Option<Change>,
    /// What is paid for each percentage point in time (saved for each point less, of what is dropped).
    pub cost_per_point: Estimate,
}

/// What a step is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum MoveKind {
    /// Heads at the peak of a group, all else as it is.
    Heads {
        /// The group.
        group: String,
        /// 1 or −1.
        heads: i8,
    },
    /// Another value, with everything else chosen anew within the budget.
    Value {
        /// As in [`Choice`].
        path: String,
        /// What it is in the best mix.
        from: String,
        /// What it would be.
        to: String,
    },
}
