//! What a run found of a group.

use serde::Serialize;

use super::estimate::Estimate;
use super::target_summary::TargetSummary;

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
