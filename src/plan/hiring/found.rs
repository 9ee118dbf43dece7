//! What a plan of weeks and months says: who is hired when, what each week needs and has, and what that costs.

use serde::Serialize;

use crate::plan::found::Ended;
use crate::stats::estimate::Estimate;
use crate::stats::summary::{Named, ScenarioLabel, TargetSummary};

/// The cheapest plan that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HiringPlan {
    /// What was planned for; `replications` are those of the sample weeks.
    pub scenario: ScenarioLabel,
    /// Which variant.
    pub variant: String,
    /// What the plan costs over its weeks.
    pub cost: f64,
    /// What any plan of these weeks costs at least.
    pub bound: f64,
    /// (cost − bound) / cost.
    pub gap: f64,
    /// What it costs line by line, over all weeks and groups.
    pub lines: Money,
    /// What of each group costs what.
    pub prices: Vec<GroupPrices>,
    /// The classes, by week.
    pub classes: Vec<Class>,
    /// The weeks.
    pub weeks: Vec<Week>,
    /// The arithmetic: a line a week and group.
    pub chain: Vec<Line>,
    /// Whose work goes where: a line a week, queue and group that takes some of it.
    pub work: Vec<Work>,
    /// Weeks that were simulated: all that were to be, unless somebody stopped it.
    pub samples: Vec<Sample>,
    /// Why it ended: `interrupted` where weeks were left out.
    pub ended: Ended,
    /// What the reader should know.
    pub warnings: Vec<String>,
}

/// What of a group costs what, in units of the currency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupPrices {
    /// The group.
    pub group: String,
    /// Hours a week that one person is paid.
    pub hours: f64,
    /// An hour.
    pub wage: f64,
    /// An hour of overtime, in wages of an hour.
    pub overtime_rate: f64,
    /// What the employer pays on top of wages and overtime, as a share of both.
    pub on_cost: f64,
    /// One who leaves, as a share of a year's wages.
    pub leaver_share: f64,
    /// One who is hired.
    pub hire: f64,
    /// An hour of somebody else's agents.
    pub outsourced: f64,
}

/// People who begin together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Class {
    /// The week, from 1.
    pub week: usize,
    /// Its first day.
    pub date: String,
    /// The group.
    pub group: String,
    /// How many.
    pub people: u32,
    /// The first week in which they take contacts; beyond the plan's last where the plan ends before.
    pub takes_contacts_in: usize,
}

/// A week of the plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Week {
    /// Its number, from 1.
    pub week: usize,
    /// Its first day.
    pub date: String,
    /// Contacts that come.
    pub contacts: f64,
    /// Hours of work that they bring, at speed 1.
    pub work_h: f64,
    /// FTE that this takes, of all groups.
    pub required_fte: f64,
    /// FTE that are there.
    pub available_fte: f64,
    /// What the week costs.
    pub cost: f64,
}

/// A group in a week: from work to money.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// The week, from 1.
    pub week: usize,
    /// Its first day.
    pub date: String,
    /// The group.
    pub group: String,
    /// Hours at contacts that its share of the work takes.
    pub work_h: f64,
    /// The share of the time at contacts that may be spent on them.
    pub occupancy: f64,
    /// Work over occupancy, in people's weeks at contacts.
    pub required_net_fte: f64,
    /// The share of the paid time away from contacts.
    pub away: f64,
    /// Net over (1 − away).
    pub required_fte: f64,
    /// Those who begin.
    pub hired: u32,
    /// Those in training.
    pub learning: f64,
    /// Those trained.
    pub trained: f64,
    /// Those who leave at the end of the week.
    pub leavers: f64,
    /// What those trained do, in people who know all.
    pub productive: f64,
    /// Hours of overtime.
    pub overtime_h: f64,
    /// Hours of somebody else's agents.
    pub outsourced_h: f64,
    /// Productive people, overtime and outsourced hours, in people before time away.
    pub available_fte: f64,
    /// Available less required.
    pub margin_fte: f64,
    /// What it costs.
    pub money: Money,
}

/// What it costs, each line in whole millionths; in units of the currency when written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Money {
    /// Hours of those trained and those in training.
    #[serde(serialize_with = "units")]
    pub wages: i128,
    /// Hours of overtime.
    #[serde(serialize_with = "units")]
    pub overtime: i128,
    /// What the employer pays on top of both.
    #[serde(serialize_with = "units")]
    pub on_cost: i128,
    /// What leavers cost.
    #[serde(serialize_with = "units")]
    pub turnover: i128,
    /// What hires cost.
    #[serde(serialize_with = "units")]
    pub hiring: i128,
    /// Hours of somebody else's agents.
    #[serde(serialize_with = "units")]
    pub outsourced: i128,
}

impl Money {
    /// Names and amounts in millionths, in order.
    pub fn lines(&self) -> [(&'static str, i128); 6] {
        [
            ("wages", self.wages),
            ("overtime", self.overtime),
            ("on_cost", self.on_cost),
            ("turnover", self.turnover),
            ("hiring", self.hiring),
            ("outsourced", self.outsourced),
        ]
    }

    /// All of it, in millionths.
    pub fn total(&self) -> i128 {
        self.lines().iter().map(|(_, amount)| amount).sum()
    }

    /// Adds another's lines.
    pub fn add(&mut self, other: &Self) {
        self.wages += other.wages;
        self.overtime += other.overtime;
        self.on_cost += other.on_cost;
        self.turnover += other.turnover;
        self.hiring += other.hiring;
        self.outsourced += other.outsourced;
    }
}

/// Millionths in units of the currency.
pub fn currency(millionths: i128) -> f64 {
    millionths as f64 / 1e6
}

fn units<S: serde::Serializer>(amount: &i128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(currency(*amount))
}

/// Work of a queue that a group takes in a week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Work {
    /// The week, from 1.
    pub week: usize,
    /// The queue.
    pub queue: String,
    /// Contacts of the queue in the week.
    pub contacts: f64,
    /// Seconds of work of a mean contact, at speed 1.
    pub work_s: f64,
    /// Hours of work of the queue in the week, at speed 1.
    pub work_h: f64,
    /// The group.
    pub group: String,
    /// Hours of this group's agents at them.
    pub agent_h: f64,
}

/// A week of the plan, simulated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sample {
    /// The week, from 1.
    pub week: usize,
    /// Why this one: `peak`, `median`, `narrowest`; several where it is all of them.
    pub why: Vec<&'static str>,
    /// What is promised, by queue, and what comes of it.
    pub targets: Vec<Kept>,
    /// By group: the share of their time that agents have contacts.
    pub occupancy: Named<Estimate>,
}

/// A promise in a simulated week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kept {
    /// The queue or the group.
    pub of: String,
    /// The promise and what came of it.
    #[serde(flatten)]
    pub target: TargetSummary,
}

/// Weeks whose work cannot be done within the limits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Short {
    /// The week, from 1.
    pub week: usize,
    /// Its first day.
    pub date: String,
    /// The group.
    pub group: String,
    /// Hours at contacts that are missing.
    pub hours: f64,
    /// The same in people before time away.
    pub fte: f64,
}
