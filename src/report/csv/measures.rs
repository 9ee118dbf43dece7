//! The figures of a summary as named lists, in the order of its fields.

use crate::stats::estimate::Estimate;
use crate::stats::summary::{
    DemandSummary, GroupInterval, GroupMeasures, QueueInterval, QueueMeasures, ServiceLevels,
    Spread,
};

/// Figures and their documented names.
pub(super) type Figures = Vec<(String, Estimate)>;
/// A documented name and the figure that goes by it.
pub(super) type Column<T> = (&'static str, fn(&T) -> Estimate);

fn named<const N: usize>(figures: [(&str, Estimate); N]) -> Figures {
    figures
        .into_iter()
        .map(|(name, figure)| (name.to_owned(), figure))
        .collect()
}

/// Figures of a queue in one interval.
pub(super) const QUEUE_INTERVAL: [Column<QueueInterval>; 17] = [
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
pub(super) const GROUP_INTERVAL: [Column<GroupInterval>; 5] = [
    ("heads", |interval| interval.heads),
    ("staffed", |interval| interval.staffed),
    ("busy", |interval| interval.busy),
    ("occupancy", |interval| interval.occupancy),
    ("overtime", |interval| interval.overtime),
];

/// Figures of a group.
pub(super) fn of_group(group: &GroupMeasures) -> Figures {
    named([
        ("occupancy", group.occupancy),
        ("utilisation", group.utilisation),
        ("mean_concurrency", group.mean_concurrency),
        ("paid_h", group.paid_h),
        ("staffed_h", group.staffed_h),
        ("busy_h", group.busy_h),
        ("overtime_h", group.overtime_h),
        ("fte", group.fte),
    ])
}

/// What became of the customers.
pub(super) fn of_demand(demand: &DemandSummary) -> Figures {
    named([
        ("wanted", demand.wanted),
        ("served", demand.served),
        ("moved", demand.moved),
        ("lost", demand.lost),
        ("open_at_end", demand.open_at_end),
        ("served_share", demand.served_share),
        ("lost_share", demand.lost_share),
    ])
}

/// Figures of a queue; those of a part are named `wait_s.p90`, `service_levels.offered`.
pub(super) fn of_queue(queue: &QueueMeasures) -> Figures {
    let mut figures = named([
        ("offered", queue.offered),
        ("carried_in", queue.carried_in),
        ("answered", queue.answered),
        ("abandoned", queue.abandoned),
        ("blocked", queue.blocked),
        ("contained", queue.contained),
        ("open_at_end", queue.open_at_end),
        ("service_level", queue.service_level),
    ]);
    figures.extend(service_levels(&queue.service_levels));
    figures.extend(named([
        ("abandonment", queue.abandonment),
        ("asa_s", queue.asa_s),
        ("delayed", queue.delayed),
    ]));
    figures.extend(spread("wait_s", &queue.wait_s));
    figures.extend(spread("response_s", &queue.response_s));
    figures.extend(spread("handle_time_s", &queue.handle_time_s));
    figures.extend(spread("sojourn_s", &queue.sojourn_s));
    figures.extend(named([
        ("queue_length", queue.queue_length),
        ("queue_length_max", queue.queue_length_max),
        ("offered_load", queue.offered_load),
    ]));
    figures
}

fn service_levels(levels: &ServiceLevels) -> Figures {
    named([
        ("service_levels.answered", levels.answered),
        ("service_levels.offered", levels.offered),
        ("service_levels.late_abandons", levels.late_abandons),
        ("service_levels.early_abandons_ok", levels.early_abandons_ok),
        ("service_levels.no_short", levels.no_short),
    ])
}

fn spread(name: &str, spread: &Spread) -> Figures {
    [
        ("mean", spread.mean),
        ("p50", spread.p50),
        ("p80", spread.p80),
        ("p90", spread.p90),
        ("p95", spread.p95),
        ("p99", spread.p99),
        ("max", spread.max),
    ]
    .into_iter()
    .map(|(part, figure)| (format!("{name}.{part}"), figure))
    .collect()
}
