//! What a run found of a queue.

use serde::Serialize;

use super::estimate::Estimate;
use super::target_summary::TargetSummary;
use super::within::ShareWithin;

/// Figures of one queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueueSummary {
    /// The channel it is on.
    pub channel: String,
    /// Whether its contacts are timed to the reply and may wait over night (design, section 5).
    pub deferred: bool,
    /// What is promised and whether it is kept.
    pub targets: Vec<TargetSummary>,
    /// The figures.
    #[serde(flatten)]
    pub measures: QueueMeasures,
    /// The distribution of the wait: shares at times from 0 up to the first that no contact exceeds.
    pub wait_within: Vec<ShareWithin>,
    /// That of the response.
    pub response_within: Vec<ShareWithin>,
    /// The same by interval, of each weekday or of the day.
    pub intervals: Vec<QueueInterval>,
}

/// Figures of a queue over the horizon; in a difference, of the variant less the base.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueueMeasures {
    /// New contacts a replication.
    pub offered: Estimate,
    /// Contacts open at the start.
    pub carried_in: Estimate,
    /// Contacts answered (deferred: replied to) a replication.
    pub answered: Estimate,
    /// Contacts that left before they were answered, a replication.
    pub abandoned: Estimate,
    /// Contacts that met a closed door, a replication.
    pub blocked: Estimate,
    /// Contacts that ended at a bot, a replication.
    pub contained: Estimate,
    /// Contacts open at the end, a replication.
    pub open_at_end: Estimate,
    /// By the target's own definition; nothing without a target.
    pub service_level: Estimate,
    /// By all five definitions.
    pub service_levels: ServiceLevels,
    /// Abandoned / (answered + abandoned).
    pub abandonment: Estimate,
    /// Mean wait of the answered.
    pub asa_s: Estimate,
    /// Share of the answered and abandoned that were not started at once.
    pub delayed: Estimate,
    /// From arrival to the start of handling or to abandonment, of all answered or abandoned.
    pub wait_s: Spread,
    /// By the target's clock: to the start of handling (real-time) or to the reply (deferred), of the answered.
    pub response_s: Spread,
    /// From start to end of handling, wrap-up included, of the answered.
    pub handle_time_s: Spread,
    /// From arrival to the end of the talk or writing, of the answered.
    pub sojourn_s: Spread,
    /// Contacts waiting, time average.
    pub queue_length: Estimate,
    /// Most contacts waiting at one time in a replication.
    pub queue_length_max: Estimate,
    /// Work that arrives and is accepted, in agents busy with one contact at a time (erlangs), at pace and speed 1.
    pub offered_load: Estimate,
}

/// A service level by each definition (design, section 6).
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ServiceLevels {
    /// A≤T / A
    pub answered: Estimate,
    /// A≤T / (A + Ab)
    pub offered: Estimate,
    /// A≤T / (A + Ab>T)
    pub late_abandons: Estimate,
    /// (A≤T + Ab≤T) / (A + Ab)
    pub early_abandons_ok: Estimate,
    /// A≤T / (A + Ab − short)
    pub no_short: Estimate,
}

/// Mean, quantiles and maximum of a time, pooled over replications.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Spread {
    /// Mean.
    pub mean: Estimate,
    /// Median.
    pub p50: Estimate,
    /// 80 % lie below.
    pub p80: Estimate,
    /// 90 % lie below.
    pub p90: Estimate,
    /// 95 % lie below.
    pub p95: Estimate,
    /// 99 % lie below.
    pub p99: Estimate,
    /// The largest of a replication, mean over replications.
    pub max: Estimate,
}

/// Figures of a queue in one interval of a weekday (or of the day), by the contacts that arrived in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueueInterval {
    /// `mon` to `sun`; `None` where the horizon is shorter than two days and only the time of day counts.
    pub weekday: Option<&'static str>,
    /// Wall clock at its start, `08:30`.
    pub start: String,
    /// New contacts in one such interval: the mean over replications and over the days of the horizon that have it.
    pub offered: Estimate,
    /// Of these, answered.
    pub answered: Estimate,
    /// Of these, abandoned.
    pub abandoned: Estimate,
    /// Of these, blocked.
    pub blocked: Estimate,
    /// By the target's own definition.
    pub service_level: Estimate,
    /// Abandoned / (answered + abandoned).
    pub abandonment: Estimate,
    /// Share of the answered and abandoned that were not started at once.
    pub delayed: Estimate,
    /// Mean wait of the answered.
    pub asa_s: Estimate,
    /// Mean wait of all answered or abandoned.
    pub wait_mean_s: Estimate,
    /// 90 % waited less.
    pub wait_p90_s: Estimate,
    /// Mean response of the answered.
    pub response_mean_s: Estimate,
    /// 90 % were responded to sooner.
    pub response_p90_s: Estimate,
    /// Contacts waiting, time average over the interval.
    pub queue_length: Estimate,
    /// Contacts waiting and in hand at the interval's end.
    pub backlog: Estimate,
    /// Median age of these at the interval's end (deferred queues only), mean over the times there were any.
    pub backlog_age_p50_s: Estimate,
    /// 90 % were younger.
    pub backlog_age_p90_s: Estimate,
    /// Age of the oldest.
    pub backlog_age_max_s: Estimate,
}
