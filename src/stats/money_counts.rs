//! Money of one replication: what it is reckoned from, and what came out, in whole millionths of the currency.

use crate::ids::{GroupId, QueueId, Table};

use super::counts::{COUNT, Extent, MONEY, TIME, counters};

counters! {
    /// What a queue, a channel, a group or the whole costs, line by line; what value is lost and earned there; and what that is divided by.
    MoneyTotals / MoneyFigure {
        /// All lines together.
        cost Cost MONEY,
        /// See [`Line::Wages`](super::money_line::Line::Wages).
        wages Wages MONEY,
        /// See [`Line::Overtime`](super::money_line::Line::Overtime).
        overtime Overtime MONEY,
        /// See [`Line::Premiums`](super::money_line::Line::Premiums).
        premiums Premiums MONEY,
        /// See [`Line::OnCost`](super::money_line::Line::OnCost).
        on_cost OnCost MONEY,
        /// See [`Line::Turnover`](super::money_line::Line::Turnover).
        turnover Turnover MONEY,
        /// See [`Line::Hiring`](super::money_line::Line::Hiring).
        hiring Hiring MONEY,
        /// See [`Line::Licences`](super::money_line::Line::Licences).
        licences Licences MONEY,
        /// See [`Line::Telephony`](super::money_line::Line::Telephony).
        telephony Telephony MONEY,
        /// See [`Line::Platform`](super::money_line::Line::Platform).
        platform Platform MONEY,
        /// See [`Line::Bots`](super::money_line::Line::Bots).
        bots Bots MONEY,
        /// See [`Line::Fixed`](super::money_line::Line::Fixed).
        fixed Fixed MONEY,
        /// See [`Line::Outsourced`](super::money_line::Line::Outsourced).
        outsourced Outsourced MONEY,
        /// See [`Loss::Abandoned`](super::money_line::Loss::Abandoned).
        lost_abandoned LostAbandoned MONEY,
        /// See [`Loss::Blocked`](super::money_line::Loss::Blocked).
        lost_blocked LostBlocked MONEY,
        /// See [`Loss::Late`](super::money_line::Loss::Late).
        lost_late LostLate MONEY,
        /// See [`Loss::LostIssues`](super::money_line::Loss::LostIssues).
        lost_issues LostIssues MONEY,
        /// See [`Loss::Churn`](super::money_line::Loss::Churn).
        lost_churn LostChurn MONEY,
        /// Earned from contacts that convert.
        revenue Revenue MONEY,
        /// Customers who leave for good, in millionths of a customer.
        churned Churned TIME,
        /// Contacts answered.
        answered Answered COUNT,
        /// Issues resolved there.
        resolved Resolved COUNT,
        /// Numerator of the target's own service level.
        level_kept LevelKept COUNT,
        /// Its denominator.
        level_counted LevelCounted COUNT,
    }
}

/// What contacts of a queue are worth: sums of chances in millionths, by declared curves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chances {
    /// That the customer leaves for good.
    pub churn: i128,
    /// That the contact converts.
    pub conversion: i128,
}

/// Money of one replication.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MoneyCounts {
    /// The time that counts, in microseconds.
    pub time: i128,
    /// Paid time that a premium is due for, in microseconds: by group, in the order of its premiums.
    pub premium_time: Table<GroupId, Vec<i128>>,
    /// Contacts answered by each group, by queue; counted where somebody is paid by the contact.
    pub handled: Table<GroupId, Table<QueueId, i128>>,
    /// What contacts and issues are worth, by queue; counted where there are curves.
    pub chances: Table<QueueId, Chances>,
    /// Issues that a contact in the queue, or the bot before it, resolved.
    pub resolved: Table<QueueId, i128>,
    /// The most heads that each group paid at once.
    pub most_heads: Table<GroupId, i128>,
    /// Customers who found no queue, by source.
    pub turned: Vec<i128>,
    /// Everything, as priced: the queues and who was turned away.
    pub total: MoneyTotals,
    /// Of customers who found no queue.
    pub turned_away: MoneyTotals,
    /// By channel, in the order of the model's.
    pub channels: Vec<MoneyTotals>,
    /// By queue.
    pub queues: Table<QueueId, MoneyTotals>,
    /// By group: what is paid for it.
    pub groups: Table<GroupId, MoneyTotals>,
}

impl MoneyCounts {
    /// Nothing counted yet.
    pub(super) fn new(extent: Extent) -> Self {
        let of_queues = || vec![0; extent.queues].into();
        Self {
            time: 0,
            premium_time: vec![Vec::new(); extent.groups].into(),
            handled: (0..extent.groups).map(|_| of_queues()).collect(),
            chances: vec![Chances::default(); extent.queues].into(),
            resolved: of_queues(),
            most_heads: vec![0; extent.groups].into(),
            turned: Vec::new(),
            total: MoneyTotals::default(),
            turned_away: MoneyTotals::default(),
            channels: vec![MoneyTotals::default(); extent.channels],
            queues: vec![MoneyTotals::default(); extent.queues].into(),
            groups: vec![MoneyTotals::default(); extent.groups].into(),
        }
    }

    /// Forgets everything and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.time = 0;
        for times in self.premium_time.values_mut() {
            times.fill(0);
        }
        for handled in self.handled.values_mut() {
            handled.values_mut().for_each(|contacts| *contacts = 0);
        }
        self.chances
            .values_mut()
            .for_each(|chances| *chances = Chances::default());
        self.resolved.values_mut().for_each(|issues| *issues = 0);
        self.most_heads.values_mut().for_each(|heads| *heads = 0);
        self.turned.fill(0);
        self.total = MoneyTotals::default();
        self.turned_away = MoneyTotals::default();
        let queues = self.queues.values_mut();
        let parts = self.channels.iter_mut().chain(queues);
        parts
            .chain(self.groups.values_mut())
            .for_each(|totals| *totals = MoneyTotals::default());
    }
}
