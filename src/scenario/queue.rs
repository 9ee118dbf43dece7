//! A queue and what it promises, as the engine reads them.

use super::journey::Journey;
use super::model::{Definition, Law, Name, Server};
use super::money::{Charges, Value};
use crate::ids::TrunkId;
use crate::time::SimDuration;
use crate::time::hours::{OpenClock, WeekHours};

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

/// What a queue promises.
#[derive(Debug, Clone)]
pub struct Target {
    /// Share and time within which; `None` where only another figure is promised.
    pub service_level: Option<ServiceLevelTarget>,
    /// Most seconds of mean wait of the answered.
    pub asa: Option<SimDuration>,
    /// Most of those not blocked that may abandon, 0 to 1.
    pub abandonment: Option<f64>,
    /// Most seconds of age of the oldest open contact at the ends of intervals, in the mean.
    pub backlog_age: Option<SimDuration>,
    /// Over what each of these must hold in a plan.
    pub over: Over,
}

/// Over what a target must hold in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Over {
    /// The whole horizon together.
    #[default]
    Horizon,
    /// Each day.
    Day,
    /// Each interval.
    Interval,
}

impl Over {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Horizon, Self::Day, Self::Interval];

    /// Its name in a scenario file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Horizon => "horizon",
            Self::Day => "day",
            Self::Interval => "interval",
        }
    }
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
