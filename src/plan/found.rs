//! What a search for staffing found: the heads, what they cost, the proof that they keep every promise, and how much cheaper any plan could be.

use serde::Serialize;

use crate::stats::estimate::Estimate;
use crate::stats::summary::ScenarioLabel;

/// The cheapest staffing that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// What was planned for; `replications` are those of the proof.
    pub scenario: ScenarioLabel,
    /// Which variant.
    pub variant: String,
    /// What the plan costs over the horizon.
    pub cost: PlanCost,
    /// What any plan costs at least.
    pub bound: Bound,
    /// (cost − bound) / bound, of staffing; `None` where the bound is zero.
    pub gap: Option<f64>,
    /// Heads by group.
    pub staff: Vec<GroupPlan>,
    /// Whether every promise has been proven.
    pub proven: bool,
    /// The chance of a wrong proof of any of them at most.
    pub error: f64,
    /// The promises.
    pub targets: Vec<Proven>,
    /// How the search went.
    pub progress: Vec<Moment>,
    /// Why the search ended.
    pub ended: Ended,
    /// What the reader should know.
    pub warnings: Vec<String>,
}

/// What a plan costs over the horizon, in units of the currency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanCost {
    /// Wages and all that follows from paid hours, before overtime.
    pub staffing: f64,
    /// What agents cost who are busy beyond those on duty, as simulated in the proof: the search makes staffing and this small together.
    pub overtime: Estimate,
    /// The same of the file's own staff.
    pub staffing_of_file: f64,
    /// All that is paid, as simulated in the proof.
    pub total: Estimate,
}

/// What any plan that keeps the promises costs at least, in units of the currency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bound {
    /// The highest of those below.
    pub staffing: f64,
    /// Which one that is: `fluid`, `pooled` or `slopes`.
    pub by: &'static str,
    /// The work that has to be done, if agents were never idle, at the cheapest hours and groups; rests on nothing else.
    pub fluid: f64,
    /// The same, and each queue alone with all agents of its groups, where times are exponential; `None` where no queue is of that kind.
    pub pooled: Option<f64>,
    /// By the slopes of every figure at the plan, as simulated; rests on service that gains ever less from more heads, but for giving up intervals.
    pub slopes: Option<f64>,
}

/// The heads of a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupPlan {
    /// The group.
    pub group: String,
    /// Whether the file fixes them.
    pub fixed: bool,
    /// Paid hours over the horizon.
    pub paid_h: f64,
    /// The same of the file's own staff.
    pub paid_h_of_file: f64,
    /// By slot of the horizon's week, from Monday; of a day where the horizon is one day.
    pub heads: Vec<SlotHeads>,
}

/// The heads of a group in an interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SlotHeads {
    /// `mon` to `sun`; `None` where the horizon is one day.
    pub weekday: Option<&'static str>,
    /// When it begins, `08:30`.
    pub start: String,
    /// Paid heads of the plan.
    pub heads: u32,
    /// Paid heads of the file, the most within the interval.
    pub heads_of_file: u32,
    /// Heads that the work alone takes there, as estimated from the queues' offered load; what required means in the chart.
    pub load: f64,
}

/// A promise, and what the proof says of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proven {
    /// The queue or the group.
    pub of: String,
    /// `service_level`, `asa_s`, `abandonment`, `backlog_age_s` or `occupancy`.
    pub figure: &'static str,
    /// `horizon`, `day` or `interval`.
    pub over: &'static str,
    /// What is promised: a share or seconds.
    pub promised: f64,
    /// The figure over the whole horizon.
    pub reached: Option<f64>,
    /// Its one-sided bound at the proof's confidence, of the worst day or interval where the promise is of each.
    pub sure: Option<f64>,
    /// The day or interval where it is closest: `tue`, `tue 09:30`; `None` over the horizon.
    pub worst: Option<String>,
    /// How many such things must hold.
    pub goals: usize,
    /// How many of them were proven.
    pub proven: usize,
    /// What staffing would cost less if the promise were relaxed: a share by one point, a time by a tenth.
    pub saving: Option<f64>,
}

/// A moment of the search.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moment {
    /// Replications simulated so far.
    pub replications: u64,
    /// The staffing cost of the plan under way, in units of the currency.
    pub cost: f64,
    /// The same of the cheapest that keeps the promises in the search's own replications.
    pub best: Option<f64>,
    /// What any plan costs at least, as far as is known before the slopes are.
    pub bound: f64,
    /// How many things that must hold do so, of the plan under way.
    pub met: usize,
    /// And how many there are.
    pub goals: usize,
}

/// Why a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// Nothing cheaper was found.
    Converged,
    /// The work allowed was done.
    Work,
    /// The time allowed was over.
    Time,
    /// Somebody stopped it.
    Interrupted,
}

/// No staffing within the limits keeps every promise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unmeetable {
    /// What fails even with all heads that the limits allow.
    pub targets: Vec<Failing>,
    /// Groups whose limits stand in the way, with the most heads that the limits allow at any time.
    pub limits: Vec<(String, u32)>,
    /// What would be needed: groups with the heads that they would take at their peak without limits; empty where none suffice.
    pub needed: Vec<(String, u32)>,
    /// What else stands in the way, in words: of shifts, hours that none reaches and limits of patterns.
    pub obstacles: Vec<String>,
}

/// A promise that cannot be kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failing {
    /// The queue or the group.
    pub of: String,
    /// As in [`Proven`].
    pub figure: &'static str,
    /// What is promised.
    pub promised: f64,
    /// The best that is reached within the limits.
    pub reached: Option<f64>,
    /// The day or interval where it fails most.
    pub worst: Option<String>,
}
