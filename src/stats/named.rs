//! The figures of a summary as named lists, in the order of its fields.

use super::estimate::Estimate;
use super::issue_summary::{BotSummary, IssueMeasures, IssueSummary, TurnSummary};
use super::summary::{
    CostSummary, DemandSummary, GroupMeasures, Named, PaidTime, PartCost, PartValue, QueueMeasures,
    ServiceLevels, Spread, ValueSummary,
};

/// Figures and their documented names.
pub type Figures = Vec<(String, Estimate)>;

fn named<const N: usize>(figures: [(&str, Estimate); N]) -> Figures {
    figures
        .into_iter()
        .map(|(name, figure)| (name.to_owned(), figure))
        .collect()
}

/// Figures of a group.
pub fn of_group(group: &GroupMeasures) -> Figures {
    let mut figures = named([
        ("occupancy", group.occupancy),
        ("utilisation", group.utilisation),
        ("mean_concurrency", group.mean_concurrency),
        ("paid_h", group.paid_h),
        ("staffed_h", group.staffed_h),
        ("busy_h", group.busy_h),
        ("overtime_h", group.overtime_h),
        ("fte", group.fte),
    ]);
    if let Some(changeovers) = &group.changeovers {
        figures.extend(named([
            ("changeovers.interruptions", changeovers.interruptions),
            ("changeovers.switches", changeovers.switches),
            ("changeovers.work_h", changeovers.work_h),
            ("changeovers.share_of_busy", changeovers.share_of_busy),
        ]));
    }
    figures
}

/// What became of the customers.
pub fn of_demand(demand: &DemandSummary) -> Figures {
    named([
        ("wanted", demand.wanted),
        ("served", demand.served),
        ("moved", demand.moved),
        ("lost", demand.lost),
        ("contained", demand.contained),
        ("open_at_end", demand.open_at_end),
        ("served_share", demand.served_share),
        ("lost_share", demand.lost_share),
    ])
}

/// Figures of a queue; those of a part are named `wait_s.p90`, `service_levels.offered`.
pub fn of_queue(queue: &QueueMeasures) -> Figures {
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

/// All issues of a variant.
pub fn of_issues(issues: &IssueSummary) -> Figures {
    let mut figures = of_issue_measures(&issues.measures);
    figures.extend(spread("resolution_time_s", &issues.resolution_time_s));
    figures.extend(named([
        ("away", issues.away),
        ("cost_per_resolution", issues.cost_per_resolution),
    ]));
    figures
}

/// Issues by queue, or a difference of issues.
pub fn of_issue_measures(issues: &IssueMeasures) -> Figures {
    named([
        ("opened", issues.opened),
        ("carried_in", issues.carried_in),
        ("resolved", issues.resolved),
        ("lost", issues.lost),
        ("open_at_end", issues.open_at_end),
        ("resolved_share", issues.resolved_share),
        ("fcr", issues.fcr),
        ("contacts_per_issue", issues.contacts_per_issue),
        ("effort.one", issues.effort.one),
        ("effort.two", issues.effort.two),
        ("effort.three", issues.effort.three),
        ("effort.more", issues.effort.more),
        ("switched", issues.switched),
        ("waiting_mean_s", issues.waiting_mean_s),
        ("in_contact_mean_s", issues.in_contact_mean_s),
        ("at_bots_mean_s", issues.at_bots_mean_s),
        ("agent_work_mean_s", issues.agent_work_mean_s),
        ("first_response_mean_s", issues.first_response_mean_s),
        ("resolution_mean_s", issues.resolution_mean_s),
    ])
}

/// What the customers of a queue did beside waiting.
pub fn of_turns(turns: &TurnSummary) -> Figures {
    named([
        ("balked", turns.balked),
        ("left_silently", turns.left_silently),
        ("callbacks_offered", turns.callbacks_offered),
        ("callbacks_accepted", turns.callbacks_accepted),
        ("called", turns.called),
        ("not_reached", turns.not_reached),
        ("prevented", turns.prevented),
        ("deflection", turns.deflection),
        ("need_no_answer", turns.need_no_answer),
        ("public", turns.public),
        ("public_unanswered_mean_s", turns.public_unanswered_mean_s),
        ("read_unanswered", turns.read_unanswered),
    ])
}

/// Figures of a bot.
pub fn of_bot(bot: &BotSummary) -> Figures {
    named([
        ("sessions", bot.sessions),
        ("containment", bot.containment),
        ("resolved", bot.resolved),
        ("unresolved", bot.unresolved),
        ("gave_up", bot.gave_up),
        ("messages", bot.messages),
        ("handed_over", bot.handed_over),
        ("full", bot.full),
        ("full_share", bot.full_share),
        ("mean_sessions", bot.mean_sessions),
        ("cost", bot.cost),
        ("cost_per_resolution", bot.cost_per_resolution),
    ])
}

/// Costs by what they are of, as paths: `total`, `queues.phone.per_contact`.
pub fn of_cost(cost: &CostSummary) -> Figures {
    let mut figures = named([
        ("total", cost.total),
        ("per_contact", cost.per_contact),
        ("per_resolution", cost.per_resolution),
        ("per_service_level_point", cost.per_service_level_point),
    ]);
    figures.extend(below("lines", lines(&cost.lines)));
    for (name, paid) in cost.groups.iter() {
        figures.push((format!("groups.{name}"), *paid));
    }
    for (name, paid) in cost.group_lines.iter() {
        figures.extend(below(&format!("group_lines.{name}"), lines(paid)));
    }
    for (name, paid) in cost.bots.iter() {
        figures.push((format!("bots.{name}"), *paid));
    }
    for (kind, parts) in [("channels", &cost.channels), ("queues", &cost.queues)] {
        for (name, part) in parts.iter() {
            figures.extend(below(&format!("{kind}.{name}"), of_part_cost(part)));
        }
    }
    for (name, time) in cost.paid_time.iter() {
        figures.extend(below(&format!("paid_time.{name}"), of_paid_time(time)));
    }
    figures
}

/// What a queue or a channel costs.
pub fn of_part_cost(part: &PartCost) -> Figures {
    let mut figures = named([
        ("cost", part.cost),
        ("per_contact", part.per_contact),
        ("per_resolution", part.per_resolution),
        ("per_service_level_point", part.per_service_level_point),
    ]);
    figures.extend(below("lines", lines(&part.lines)));
    figures
}

/// What paid time is spent on.
pub fn of_paid_time(time: &PaidTime) -> Figures {
    let mut figures = named([("paid_h", time.paid_h), ("productive_h", time.productive_h)]);
    figures.extend(below("away_h", lines(&time.away_h)));
    figures.extend(named([
        ("cost_per_paid_hour", time.cost_per_paid_hour),
        ("cost_per_productive_hour", time.cost_per_productive_hour),
    ]));
    figures
}

/// Value lost and earned, as paths: `lost`, `queues.phone.lost_lines.churn`.
pub fn of_value(value: &ValueSummary) -> Figures {
    let mut figures = of_part_value(&value.total);
    for (kind, parts) in [("channels", &value.channels), ("queues", &value.queues)] {
        for (name, part) in parts.iter() {
            figures.extend(below(&format!("{kind}.{name}"), of_part_value(part)));
        }
    }
    figures.extend(below("turned_away", of_part_value(&value.turned_away)));
    figures
}

/// Value lost and earned with one queue, one channel or all.
pub fn of_part_value(part: &PartValue) -> Figures {
    let mut figures = named([("lost", part.lost)]);
    figures.extend(below("lost_lines", lines(&part.lost_lines)));
    figures.extend(named([
        ("revenue", part.revenue),
        ("customers_lost", part.customers_lost),
        ("net_cost", part.net_cost),
    ]));
    figures
}

fn lines(lines: &Named<Estimate>) -> Figures {
    let lines = lines.iter();
    lines
        .map(|(name, figure)| (name.to_owned(), *figure))
        .collect()
}

/// The same under a longer path.
fn below(path: &str, figures: Figures) -> Figures {
    let longer = |(name, figure)| (format!("{path}.{name}"), figure);
    figures.into_iter().map(longer).collect()
}
