//! The figures of intervals as named lists, in the order of their fields.

use crate::stats::estimate::Estimate;
use crate::stats::summary::{GroupInterval, QueueInterval};

/// A documented name and the figure that goes by it.
pub(in crate::report) type Column<T> = (&'static str, fn(&T) -> Estimate);

/// Figures of a queue in one interval.
pub(in crate::report) const QUEUE_INTERVAL: [Column<QueueInterval>; 17] = [
    ("offered", |interval| interval.offered),
    ("answered", |interval| interval.answered),
    ("abandoned", |interval| interval.abandoned),
    ("blocked", |interval| interval.blocked),
    ("service_level", |interval| interval.service_level),
    ("abandonment", |interval| interval.abandonment),
    ("delayed", |interval| interval.delayed),
    ("asa_s", |interval| interval.asa_s),
    ("wait_mean_s", |interval| interval.wait_mean_s),
    ("wait_p90_s", |interval| interval.wait_p90_s),
    ("response_mean_s", |interval| interval.response_mean_s),
    ("response_p90_s", |interval| interval.response_p90_s),
    ("queue_length", |interval| interval.queue_length),
    ("backlog", |interval| interval.backlog),
    ("backlog_age_p50_s", |interval| interval.backlog_age_p50_s),
    ("backlog_age_p90_s", |interval| interval.backlog_age_p90_s),
    ("backlog_age_max_s", |interval| interval.backlog_age_max_s),
];

/// Figures of a group in one interval.
pub(in crate::report) const GROUP_INTERVAL: [Column<GroupInterval>; 5] = [
    ("heads", |interval| interval.heads),
    ("staffed", |interval| interval.staffed),
    ("busy", |interval| interval.busy),
    ("occupancy", |interval| interval.occupancy),
    ("overtime", |interval| interval.overtime),
];
