//! What a variant costs, line by line, and what value it loses and earns by the scenario's assumptions.

use serde::Serialize;

use super::estimate::Estimate;
use super::money_line::Line;
use super::summary::Named;

/// What a variant costs: money that goes out, in the scenario's currency, over the horizon. Each part adds up to the total: the lines,
/// the channels, the queues.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CostSummary {
    /// All of it.
    pub total: Estimate,
    /// Total / contacts answered.
    pub per_contact: Estimate,
    /// Total / issues resolved, where issues are followed.
    pub per_resolution: Estimate,
    /// Total / points of service level, over all queues that promise one.
    pub per_service_level_point: Estimate,
    /// By what it is paid for, under the names of [`Line`]; lines that nothing is paid for are left out.
    pub lines: Named<Estimate>,
    /// Paid to each group.
    pub groups: Named<Estimate>,
    /// The lines of each group, where there is more than wages and bots.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub group_lines: Named<Named<Estimate>>,
    /// Paid for each bot.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub bots: Named<Estimate>,
    /// The share of each channel.
    pub channels: Named<PartCost>,
    /// The share of each queue.
    pub queues: Named<QueueCost>,
    /// What paid time is spent on, by group, where the file says.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub paid_time: Named<PaidTime>,
    /// Other currencies that groups are paid in, and what one is worth in the scenario's.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub currencies: Named<f64>,
}

impl CostSummary {
    /// Whether there is more to be told than wages and bots.
    pub fn is_itemised(&self) -> bool {
        let plain = [Line::Wages.name(), Line::Bots.name()];
        self.lines.iter().any(|(name, _)| !plain.contains(&name))
    }
}

/// What a queue costs.
pub type QueueCost = PartCost;

/// What a queue or a channel costs.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PartCost {
    /// Its share of what is paid.
    pub cost: Estimate,
    /// Cost / contacts answered.
    pub per_contact: Estimate,
    /// Cost / issues that its contacts resolved, where issues are followed.
    pub per_resolution: Estimate,
    /// Cost / points of service level, where one is promised.
    pub per_service_level_point: Estimate,
    /// The cost by what it is paid for; of queues, where there is more than wages and bots.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub lines: Named<Estimate>,
}

/// What the paid time of a group is spent on.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PaidTime {
    /// Hours paid, overtime included.
    pub paid_h: Estimate,
    /// Hours at work and ready for contacts, overtime included.
    pub productive_h: Estimate,
    /// Of what shrinkage takes, the hours of each part: `training`, `breaks`, `leave`, `other`.
    pub away_h: Named<Estimate>,
    /// The group's cost / hours paid.
    pub cost_per_paid_hour: Estimate,
    /// The group's cost / productive hours.
    pub cost_per_productive_hour: Estimate,
}

/// Value lost and earned. All of it rests on assumptions of the scenario and is no money that goes out.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ValueSummary {
    /// Always true: no figure here was observed.
    pub assumed: bool,
    /// What is assumed, in words, a line each.
    pub assumptions: Vec<String>,
    /// Of all queues together.
    #[serde(flatten)]
    pub total: PartValue,
    /// By channel; with `turned_away` they add up to the total.
    pub channels: Named<PartValue>,
    /// By queue; with `turned_away` they add up to the total.
    pub queues: Named<PartValue>,
    /// Of customers who found no queue that would take them.
    pub turned_away: PartValue,
}

/// Value lost and earned with a queue, a channel or all.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PartValue {
    /// Value lost.
    pub lost: Estimate,
    /// The same by what it is lost by, under the names of [`Loss`](super::money_line::Loss).
    pub lost_lines: Named<Estimate>,
    /// Earned from contacts that convert.
    pub revenue: Estimate,
    /// Customers who leave for good.
    pub customers_lost: Estimate,
    /// Cost + value lost − revenue.
    pub net_cost: Estimate,
}
