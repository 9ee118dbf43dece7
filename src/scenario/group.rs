//! A group, as the engine reads it: whom its agents take, how they differ and when they are there.

use super::model::{Law, Name, Queue, Skill, Yields};
use super::money::Pay;
use crate::ids::{QueueId, Table};
use crate::time::SimDuration;

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
    /// What a plan may choose.
    pub plan: Planned,
}

/// What a plan may choose of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planned {
    /// Nothing: its staff stays as the file has it.
    Fixed,
    /// Heads within these limits in every interval.
    Within {
        /// The fewest.
        min: u32,
        /// The most.
        max: u32,
    },
}

impl Group {
    /// Whether its agents write in turns to several customers.
    pub fn in_turns(&self, queues: &Table<QueueId, Queue>) -> bool {
        let mut skills = self.skills.iter().filter(|skill| skill.at_once > 1);
        skills.any(|skill| queues[skill.queue].journey.dialogue.is_some())
    }

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
