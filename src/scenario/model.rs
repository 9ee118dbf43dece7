//! What the engine reads: dense ids, no strings to compare, no hash maps, everything checked by `compile`.
//!
//! Names stay for labels and for seeding streams. Nothing here says "phone" or "email" to the engine: a channel has
//! become the mechanisms that it stands for.

use super::journey::{Bot, Journey};
use super::money::{Channel, Charges, Pay, Value};
use crate::dist::Sampler;
use crate::ids::{BotId, GroupId, QueueId, SourceId, Table, TrunkId};
use crate::time::hours::{OpenClock, WeekHours};
use crate::time::profile::Profile;
use crate::time::{Calendar, SimDuration, SimTime};

pub use super::compiled::{Compiled, Stopping, Variant};
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

/// A stream of contacts of one kind.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Its name.
    pub name: Name,
    /// The name of the row of defaults it started from, for labels only.
    pub channel: &'static str,
    /// Accepted while closed, timed to the reply, open at the end of the horizon rather than followed (design, section 5).
    pub deferred: bool,
    /// When contacts are accepted; `None` for always.
    pub open: Option<WeekHours>,
    /// Talk (with wrap-up, where [`Self::wrap_up`] is `None`), at pace and speed 1.
    pub handle_time: Law,
    /// Work after the contact, at pace and speed 1.
    pub wrap_up: Option<Law>,
    /// How long a customer waits before leaving; `None` for ever.
    pub patience: Option<Law>,
    /// What is promised.
    pub target: Option<Target>,
    /// Smaller is served first.
    pub priority: i64,
    /// The groups that may serve it, in the order in which an arriving contact tries them. Never empty.
    pub servers: Vec<Server>,
    /// How an unanswered contact breeds others.
    pub spread: Option<Spread>,
    /// The lines over which its contacts come; `None` where there are always enough.
    pub trunk: Option<TrunkId>,
    /// Contacts open at the start.
    pub backlog: Backlog,
    /// What its contacts lead to.
    pub journey: Journey,
    /// What its contacts cost beside agents.
    pub charges: Charges,
    /// What its customers are worth.
    pub value: Option<Value>,
    /// What it takes an agent to find back into a contact that was set aside; `None` where none ever is.
    pub resume: Option<SimDuration>,
    /// Whether a waiting contact is taken or leaves and nothing else: no offer, no retry, no group that takes it after a while, nobody who
    /// sets work aside for it.
    pub just_waits: bool,
}

impl Queue {
    /// The time within which its contacts are to be answered, where that is promised.
    pub fn within(&self) -> Option<SimDuration> {
        let promised = self.target.as_ref()?.service_level.as_ref()?;
        Some(promised.within)
    }
}

/// A group that may serve a queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Server {
    /// The group.
    pub group: GroupId,
    /// Contacts of concurrent queues that an agent of it may have open when this queue's contact has started; 1 makes the
    /// queue exclusive in that group.
    pub at_once: u32,
    /// Divides the drawn work.
    pub speed: f64,
    /// When the group takes its contacts at all.
    pub terms: Terms,
    /// Whether it takes them on no terms, by whoever is least loaded, and nothing comes of that but the contact's own work.
    pub is_plain: bool,
    /// Whether its agents set work aside for them, or set them aside.
    pub yields: Yields,
}

/// Who gives way to whom in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Yields {
    /// Contacts neither interrupt nor are interrupted.
    #[default]
    Never,
    /// An agent sets other work aside for them, where nobody else takes them.
    Interrupts,
    /// An agent sets them aside.
    GivesWay,
}

/// When a group takes contacts of a queue at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Terms {
    /// Only while more than so many of its agents are idle, the taker included if idle; 0 for always.
    pub reserve: u32,
    /// Only those that have waited so long.
    pub after: SimDuration,
}

impl Terms {
    /// Whether they are met always.
    #[inline]
    pub fn are_none(self) -> bool {
        self == Self::default()
    }

    /// Whether they are met by a contact that has waited so long while so many agents of the group are idle.
    #[inline]
    pub fn are_met(self, idle: u32, waited: SimDuration) -> bool {
        (self.reserve == 0 || idle > self.reserve) && waited >= self.after
    }
}

/// A distribution of times whose mean may change with the time of arrival.
#[derive(Debug, Clone)]
pub struct Law {
    /// Draws seconds; where `mean` is given, multiples of that mean.
    pub sampler: Sampler,
    /// The mean in seconds over time, where a file gives it.
    pub mean: Option<Profile<f64>>,
}

/// What a queue promises.
#[derive(Debug, Clone)]
pub struct Target {
    /// Share and time within which; `None` where only another figure is promised.
    pub service_level: Option<ServiceLevelTarget>,
    /// Most seconds of mean wait of the answered.
    pub asa: Option<SimDuration>,
    /// Most of those not blocked that may abandon, 0 to 1.
    pub abandonment: Option<f64>,
}

/// A share of contacts to be answered within a time.
#[derive(Debug, Clone)]
pub struct ServiceLevelTarget {
    /// 0 to 1.
    pub share: f64,
    /// The threshold T.
    pub within: SimDuration,
    /// Which contacts count.
    pub definition: Definition,
    /// Abandonments up to here are left out by [`Definition::NoShort`].
    pub short: SimDuration,
    /// The clock that runs only while open; `None` for the calendar's.
    pub open_hours: Option<OpenClock>,
}

/// An unanswered contact of age t breeds others at rate `posts_per_hour · exp(−t / fades)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The rate at age zero.
    pub posts_per_hour: f64,
    /// The age at which the rate has fallen to 1/e.
    pub fades: SimDuration,
}

/// Contacts open at the start of the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backlog {
    /// How many.
    pub count: u32,
    /// The age of the oldest; the others are spread evenly between it and the start, zero puts all at the start.
    pub oldest: SimDuration,
}

/// Whom an agent takes who becomes free: among the smallest priority number for which somebody waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// Of the skill that stands first.
    #[default]
    ListOrder,
    /// Who has waited longest, whatever the skill.
    LongestWaiting,
    /// Who has the least time left to the target of the queue, by the calendar's clock; those of queues without one come last.
    ShortestSlack,
    /// Whose wait times the weight of the skill is the largest.
    Weighted,
}

impl Policy {
    /// Every policy.
    pub const ALL: [Self; 4] = [
        Self::ListOrder,
        Self::LongestWaiting,
        Self::ShortestSlack,
        Self::Weighted,
    ];

    /// Its name in a scenario file.
    pub fn name(self) -> &'static str {
        match self {
            Self::ListOrder => "list_order",
            Self::LongestWaiting => "longest_waiting",
            Self::ShortestSlack => "shortest_slack",
            Self::Weighted => "weighted",
        }
    }
}

/// Who of the free agents of a group takes a contact. Among equals the one who has been at its number of open contacts for longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AgentChoice {
    /// With the fewest contacts open.
    #[default]
    LeastLoaded,
    /// With the most contacts open.
    MostLoaded,
    /// Idle for longest; where nobody is idle, at its number of open contacts for longest, whatever that is.
    LongestIdle,
    /// Idle and with the least time busy; where nobody is idle, with the least time busy until it was last idle.
    LeastOccupied,
    /// Of the lowest number, whatever it has open.
    LowestNumber,
    /// Anyone, each as likely as another.
    Random,
}

impl AgentChoice {
    /// Every choice.
    pub const ALL: [Self; 6] = [
        Self::LeastLoaded,
        Self::MostLoaded,
        Self::LongestIdle,
        Self::LeastOccupied,
        Self::LowestNumber,
        Self::Random,
    ];

    /// Its name in a scenario file.
    pub fn name(self) -> &'static str {
        match self {
            Self::LeastLoaded => "least_loaded",
            Self::MostLoaded => "most_loaded",
            Self::LongestIdle => "longest_idle",
            Self::LeastOccupied => "least_occupied",
            Self::LowestNumber => "lowest_number",
            Self::Random => "random",
        }
    }
}

/// Agents who are alike.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: Name,
    /// What its agents may serve, in the order in which a free agent takes: by queue priority, then as written.
    pub skills: Vec<Skill>,
    /// Whom an agent takes who becomes free.
    pub policy: Policy,
    /// Who takes a contact where several agents are free.
    pub agents: AgentChoice,
    /// `pace[k − 1]` is the speed of each contact while k are open at one agent. As long as the largest `at_once`.
    pub pace: Vec<f64>,
    /// Millionths of the currency for a paid hour.
    pub wage_micros_per_hour: u64,
    /// The currency of all that it costs, and what one is worth in the scenario's; `None` where it is that.
    pub currency: Option<(String, f64)>,
    /// How its agents are paid beyond that, and what comes with them.
    pub pay: Pay,
    /// Share of the time at work away from contacts, 0 to below 1; what adherence lacks is part of it.
    pub shrinkage: f64,
    /// The parts of that, where the file names them.
    pub away: Vec<(&'static str, f64)>,
    /// Who is away for a day or comes late; `None` where nobody is.
    pub attendance: Option<Attendance>,
    /// How fast single agents are; `None` where all are alike.
    pub speeds: Option<Speeds>,
    /// What an agent takes longer over a contact of another queue than the one it began before, at pace and speed 1.
    pub switch: SimDuration,
    /// Most occupancy promised to its agents, 0 to 1.
    pub occupancy_max: Option<f64>,
}

impl Group {
    /// Whether its agents ever set work aside, or take longer over a contact of another queue.
    pub fn has_changeovers(&self) -> bool {
        let mut skills = self.skills.iter();
        self.switch > SimDuration::ZERO || skills.any(|skill| skill.yields == Yields::GivesWay)
    }
}

/// What is drawn for each agent and day.
#[derive(Debug, Clone)]
pub struct Attendance {
    /// The chance to be away for the day.
    pub absence: f64,
    /// Who comes late, where some do.
    pub late: Option<Late>,
}

/// Agents who come late.
#[derive(Debug, Clone)]
pub struct Late {
    /// The chance to be late on a day.
    pub share: f64,
    /// By how much.
    pub by: Law,
}

/// How fast single agents are.
#[derive(Debug, Clone, PartialEq)]
pub struct Speeds {
    /// The coefficient of variation of the factors, of mean 1, by which the agents' work takes longer.
    pub cv: f64,
    /// Those who are still learning.
    pub new_hires: Option<NewHires>,
}

/// Agents who are new on the first day of the horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct NewHires {
    /// How many, the last by number.
    pub agents: u32,
    /// By how much longer their work takes on the first day.
    pub starts_at: f64,
    /// The time after which 37 % of the difference is left.
    pub learns: SimDuration,
}

/// A queue that a group may serve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Skill {
    /// The queue.
    pub queue: QueueId,
    /// See [`Server::at_once`].
    pub at_once: u32,
    /// Divides the drawn work.
    pub speed: f64,
    /// See [`Server::terms`].
    pub terms: Terms,
    /// See [`Server::is_plain`].
    pub is_plain: bool,
    /// See [`Server::yields`].
    pub yields: Yields,
    /// What a wait counts under [`Policy::Weighted`].
    pub weight: f64,
}

impl Skill {
    /// The same as seen from the queue.
    pub fn server(&self, group: GroupId) -> Server {
        Server {
            group,
            at_once: self.at_once,
            speed: self.speed,
            terms: self.terms,
            is_plain: self.is_plain,
            yields: self.yields,
        }
    }
}

impl Server {
    /// Whether an agent of the group sets other work aside for a contact that nobody else takes.
    #[inline]
    pub fn interrupts(&self) -> bool {
        self.yields == Yields::Interrupts
    }

    /// Whether a waiting contact keeps agents of the group from starting concurrent ones of a larger priority number: an exclusive one that
    /// the group takes without further terms.
    #[inline]
    pub fn holds_back(&self) -> bool {
        self.at_once == 1 && self.terms.are_none()
    }
}
