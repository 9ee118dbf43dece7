//! What money goes out for, and what value is lost with customers: one name for each line, the same in every output.

use super::money_counts::{MoneyFigure, MoneyTotals};

/// What money goes out for. The lines of a thing add up to its cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// Paid hours, overtime included, at the plain wage.
    Wages,
    /// What an hour of overtime costs beyond the plain wage.
    Overtime,
    /// What hours at night, on Sundays or on holidays cost beyond the plain wage.
    Premiums,
    /// What the employer pays on top of pay.
    OnCost,
    /// What leavers cost beside the hiring of those who replace them.
    Turnover,
    /// Hires, and their time until they are worth their pay.
    Hiring,
    /// Licences per agent and month.
    Licences,
    /// Minutes of contacts.
    Telephony,
    /// Contacts, each at a price.
    Platform,
    /// Sessions of bots.
    Bots,
    /// So much a month, whatever comes.
    Fixed,
    /// Contacts or minutes handled by somebody else's agents.
    Outsourced,
}

impl Line {
    /// All lines, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Wages,
        Self::Overtime,
        Self::Premiums,
        Self::OnCost,
        Self::Turnover,
        Self::Hiring,
        Self::Licences,
        Self::Telephony,
        Self::Platform,
        Self::Bots,
        Self::Fixed,
        Self::Outsourced,
    ];

    /// Its documented name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wages => "wages",
            Self::Overtime => "overtime",
            Self::Premiums => "premiums",
            Self::OnCost => "on_cost",
            Self::Turnover => "turnover",
            Self::Hiring => "hiring",
            Self::Licences => "licences",
            Self::Telephony => "telephony",
            Self::Platform => "platform",
            Self::Bots => "bots",
            Self::Fixed => "fixed",
            Self::Outsourced => "outsourced",
        }
    }

    /// Its counter.
    pub const fn figure(self) -> MoneyFigure {
        match self {
            Self::Wages => MoneyFigure::Wages,
            Self::Overtime => MoneyFigure::Overtime,
            Self::Premiums => MoneyFigure::Premiums,
            Self::OnCost => MoneyFigure::OnCost,
            Self::Turnover => MoneyFigure::Turnover,
            Self::Hiring => MoneyFigure::Hiring,
            Self::Licences => MoneyFigure::Licences,
            Self::Telephony => MoneyFigure::Telephony,
            Self::Platform => MoneyFigure::Platform,
            Self::Bots => MoneyFigure::Bots,
            Self::Fixed => MoneyFigure::Fixed,
            Self::Outsourced => MoneyFigure::Outsourced,
        }
    }
}

/// What value is lost by: assumptions of the scenario, and no money that goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Contacts that were abandoned.
    Abandoned,
    /// Contacts that met a closed door or no line.
    Blocked,
    /// Contacts not answered within the target's time.
    Late,
    /// Issues that were given up.
    LostIssues,
    /// Customers who leave for good.
    Churn,
}

impl Loss {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Abandoned,
        Self::Blocked,
        Self::Late,
        Self::LostIssues,
        Self::Churn,
    ];

    /// Its documented name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Abandoned => "abandoned",
            Self::Blocked => "blocked",
            Self::Late => "late",
            Self::LostIssues => "lost_issues",
            Self::Churn => "churn",
        }
    }

    /// Its counter.
    pub const fn figure(self) -> MoneyFigure {
        match self {
            Self::Abandoned => MoneyFigure::LostAbandoned,
            Self::Blocked => MoneyFigure::LostBlocked,
            Self::Late => MoneyFigure::LostLate,
            Self::LostIssues => MoneyFigure::LostIssues,
            Self::Churn => MoneyFigure::LostChurn,
        }
    }
}

impl MoneyTotals {
    /// Value lost, all of it.
    pub fn value_lost(&self) -> i128 {
        let losses = [self.lost_abandoned, self.lost_blocked, self.lost_late];
        losses.iter().sum::<i128>() + self.lost_issues + self.lost_churn
    }

    /// Books an amount, in millionths of the currency, on a line and on the cost.
    pub fn spend(&mut self, line: Line, amount: i128) {
        self.cost += amount;
        *match line {
            Line::Wages => &mut self.wages,
            Line::Overtime => &mut self.overtime,
            Line::Premiums => &mut self.premiums,
            Line::OnCost => &mut self.on_cost,
            Line::Turnover => &mut self.turnover,
            Line::Hiring => &mut self.hiring,
            Line::Licences => &mut self.licences,
            Line::Telephony => &mut self.telephony,
            Line::Platform => &mut self.platform,
            Line::Bots => &mut self.bots,
            Line::Fixed => &mut self.fixed,
            Line::Outsourced => &mut self.outsourced,
        } += amount;
    }

    /// Books a loss of value.
    pub fn lose(&mut self, loss: Loss, amount: i128) {
        *match loss {
            Loss::Abandoned => &mut self.lost_abandoned,
            Loss::Blocked => &mut self.lost_blocked,
            Loss::Late => &mut self.lost_late,
            Loss::LostIssues => &mut self.lost_issues,
            Loss::Churn => &mut self.lost_churn,
        } += amount;
    }

    /// What is paid and lost, less what is earned, in millionths of the currency.
    pub fn net_cost(&self) -> i128 {
        let lost = [
            self.lost_abandoned,
            self.lost_blocked,
            self.lost_late,
            self.lost_issues,
            self.lost_churn,
        ];
        self.cost + lost.iter().sum::<i128>() - self.revenue
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::moments::Counters;

    fn values(totals: &MoneyTotals) -> Vec<i128> {
        let mut values = Vec::new();
        totals.values(&mut values);
        values
    }

    #[test]
    fn every_line_is_booked_where_it_is_read() {
        for (number, line) in (1..).zip(Line::ALL) {
            let mut totals = MoneyTotals::default();
            totals.spend(line, number);
            assert_eq!(values(&totals)[line.figure() as usize], number, "{line:?}");
            assert_eq!(totals.cost, number);
            assert_eq!(values(&totals).iter().sum::<i128>(), 2 * number);
        }
        for (number, loss) in (1..).zip(Loss::ALL) {
            let mut totals = MoneyTotals::default();
            totals.lose(loss, number);
            assert_eq!(values(&totals)[loss.figure() as usize], number, "{loss:?}");
            assert_eq!(totals.cost, 0);
            totals.spend(Line::Wages, 100);
            totals.revenue = 7;
            assert_eq!(totals.net_cost(), 93 + number, "{loss:?}");
        }
    }
}
