//! What a run found of a promise.

use serde::Serialize;

use super::estimate::Estimate;

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
