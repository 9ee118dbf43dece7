//! What the engine reads: dense ids, no strings to compare, no hash maps, everything checked by `compile`.
//!
//! Names stay for labels and for seeding streams. Nothing here says "phone" or "email" to the engine: a channel has
//! become the mechanisms that it stands for.

use super::journey::Bot;
use super::money::{Channel, Value};
use super::pattern::Pattern;
use crate::dist::Sampler;
use crate::ids::{BotId, GroupId, QueueId, SourceId, Table, TrunkId};
use crate::time::profile::Profile;
use crate::time::{Calendar, SimDuration, SimTime};

pub use super::compiled::{Compiled, Stopping, Variant};
pub use super::group::{AgentChoice, Attendance, Group, Late, NewHires, Planned, Policy, Speeds};
pub use super::queue::{Backlog, Over, Queue, ServiceLevelTarget, Spread, Target};
pub use super::skill::{Server, Skill, Terms, Yields};
pub use super::staffing::{AgentDuty, Duties, Span, Staffing, Team};
pub use crate::queueing::Definition;

/// One variant of a scenario, ready to run.
#[derive(Debug, Clone)]
pub struct Model {
    /// The horizon's days and the step at which rates and headcounts may change.
    pub calendar: Calendar,
    /// Contacts that arrive before are not counted; time averages, hours and cost start here.
    pub warm_up: SimTime,
    /// Where intervals come from batch means: how the counted time is cut.
    pub batches: Option<Batches>,
    /// Where customers come from: one for each queue that the file names, the removed ones too.
    pub sources: Table<SourceId, Source>,
    /// The queues of this variant, in the order of the file.
    pub queues: Table<QueueId, Queue>,
    /// The groups of this variant, in the order of the file.
    pub groups: Table<GroupId, Group>,
    /// How many lines each bundle has. A contact holds one from its arrival to the end of its talk; who finds none is blocked.
    pub trunks: Table<TrunkId, u32>,
    /// The bots of this variant, in the order of the file.
    pub bots: Table<BotId, Bot>,
    /// The shift patterns that a plan may choose among.
    pub patterns: Vec<Pattern>,
    /// Whether a plan may leave customers to nobody in hours in which the file has somebody for them.
    pub may_be_unattended: bool,
    /// The channels of this variant, each with its queues.
    pub channels: Vec<Channel>,
    /// How issues are followed over their contacts; `None` where each contact is an issue of its own, in every variant.
    pub issues: Option<IssueRules>,
    /// Coefficient of variation of one level a day for all queues together; 0 for none.
    pub shared_day_cv: f64,
    /// More bred posts and follow-ups than this in one replication end the run with an error.
    pub bred_limit: u64,
}

/// How issues are followed over their contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssueRules {
    /// A contact that comes so soon after the first answer says that this was no resolution at first contact.
    pub window: SimDuration,
}

/// Whole days of the counted time, cut into stretches each of which stands for a replication (batch means).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batches {
    /// The first day that counts.
    pub first_day: u32,
    /// Days of each batch.
    pub days: u32,
    /// Batches of a replication.
    pub count: u32,
}

impl Batches {
    /// Whether a batch begins on a day of the horizon.
    pub fn begin_on(self, day: u32) -> bool {
        day.checked_sub(self.first_day)
            .is_some_and(|passed| passed.is_multiple_of(self.days))
    }
}

/// A name and the number that seeds its streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As written in the file.
    pub text: String,
    /// [`crate::scenario::name_hash`] of the text; no two queues and no two groups of a model share one.
    pub hash: u64,
}

/// A stream of customers: those of one queue as the file has it, before anyone is moved elsewhere.
#[derive(Debug, Clone)]
pub struct Source {
    /// The queue's name.
    pub name: Name,
    /// Contacts an hour.
    pub arrivals_per_hour: Profile<f64>,
    /// Coefficient of variation of each day's level; 0 for none.
    pub day_cv: f64,
    /// The queue that takes those who are not moved; `None` where the variant removed it: they are lost.
    pub own: Option<QueueId>,
    /// Where a share of the customers goes instead. The shares are positive and sum to at most 1.
    pub moves: Vec<Move>,
    /// The starting backlog of a removed queue, lost with it.
    pub lost_backlog: u64,
    /// What its customers are worth who find no queue.
    pub value: Option<Value>,
}

/// A share of a source's customers that goes to another queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move {
    /// Where they go.
    pub to: QueueId,
    /// How many of all customers of the source, 0 to 1.
    pub share: f64,
}

/// A distribution of times whose mean may change with the time of arrival.
#[derive(Debug, Clone)]
pub struct Law {
    /// Draws seconds; where `mean` is given, multiples of that mean.
    pub sampler: Sampler,
    /// The mean in seconds over time, where a file gives it.
    pub mean: Option<Box<Profile<f64>>>,
}
