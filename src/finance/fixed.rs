//! What is paid over the horizon whatever a plan chooses: groups whose staff is fixed, and what is paid by the month.

use crate::ids::GroupId;
use crate::scenario::model::{Group, Model, Planned, Staffing};
use crate::stats::counts::GroupTotals;

use super::cost::MONTH;
use super::labour;
use super::split::rounded;

/// What is fixed, in units of the currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Fixed {
    /// By group whose staff is fixed: pay, what follows from it, and its licences.
    pub groups: Vec<(String, f64)>,
    /// What channels and queues cost by the month, whatever comes.
    pub monthly: f64,
}

impl Fixed {
    /// What is fixed of a variant over its counted horizon.
    pub fn of(model: &Model, staffing: &Staffing) -> Self {
        let time = i128::from(model.calendar.end().since(model.warm_up).0);
        let groups = model.groups.iter();
        let fixed = groups.filter(|(_, group)| group.plan == Planned::Fixed);
        let channels = model.channels.iter().map(|channel| channel.fixed_per_month);
        let queues = model.queues.values();
        let queues = queues.map(|queue| queue.charges.fixed_per_month);
        let monthly = channels.chain(queues);
        let monthly = monthly.map(|a_month| rounded(i128::from(a_month) * time, MONTH));
        Self {
            groups: fixed
                .map(|(id, group)| {
                    let paid = of_group(model, staffing, (id, group), time);
                    (group.name.text.clone(), units(paid))
                })
                .collect(),
            monthly: units(monthly.sum()),
        }
    }

    /// All of it.
    pub fn total(&self) -> f64 {
        self.monthly + self.groups.iter().map(|(_, paid)| paid).sum::<f64>()
    }
}

/// Millionths in units of the currency.
fn units(millionths: i128) -> f64 {
    millionths as f64 / 1e6
}

/// What a group is paid, with its licences, in millionths.
fn of_group(
    model: &Model,
    staffing: &Staffing,
    (id, group): (GroupId, &Group),
    time: i128,
) -> i128 {
    let (mut most, mut paid) = (0, 0);
    let mut premium_time = vec![0; group.pay.premiums.len()];
    for piece in model.calendar.pieces() {
        let from = piece.start.max(model.warm_up);
        if from >= piece.end {
            continue;
        }
        let heads = i128::from(staffing.heads[id].at(&piece));
        most = most.max(heads);
        paid += heads * i128::from(piece.end.since(from).0);
        let (begins, ends) = (piece.wall_clock(from), piece.wall_clock(piece.end));
        for (premium, time) in group.pay.premiums.iter().zip(&mut premium_time) {
            let due = premium.hours.open_between((&piece).into(), begins, ends);
            *time += heads * i128::from(due.0);
        }
    }
    let totals = GroupTotals {
        paid,
        ..GroupTotals::default()
    };
    let lines = labour::lines(group, &totals, &premium_time, time);
    let people = group
        .pay
        .people
        .map_or(most, |people| most.max(people.into()));
    let licences = model.channels.iter().filter(|channel| {
        let mut skills = group.skills.iter();
        skills.any(|skill| channel.queues.contains(&skill.queue))
    });
    let licences = licences.map(|channel| {
        let a_month = people * i128::from(channel.licence_per_month);
        rounded(a_month * time, MONTH)
    });
    lines.iter().map(|(_, amount)| amount).sum::<i128>() + licences.sum::<i128>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::model::Compiled;

    const DESK: &str = r#"name = "Desk"
currency = "EUR"
[horizon]
start = "2026-09-07"
days = 7
interval = "12h"
[queues.phone]
channel = "phone"
arrivals = { per_hour = 3 }
handle_time = "4m"
[groups.front]
skills = ["phone"]
staff = 5
wage = 100
[groups.back]
skills = ["phone"]
staff = [0, 2]
wage = 20
on_cost = 0.25
plan = { fixed = true }
[costs.phone]
fixed_per_month = 304.375
licence_per_month = 30.4375
"#;

    #[test]
    fn what_is_fixed_is_reckoned_by_hand() {
        let compiled = Compiled::sample(DESK);
        let base = &compiled.variants[0];
        let fixed = Fixed::of(&base.model, &base.staffing);
        // 84 hours of two heads at 20 with a quarter on top, and two licences at 1 a day.
        let back = 84.0 * 2.0 * 20.0 * 1.25 + 2.0 * 7.0;
        assert_eq!(fixed.groups, [("back".to_owned(), back)]);
        // The channel at 10 a day.
        assert!((fixed.monthly - 70.0).abs() < 1e-9);
        assert!((fixed.total() - (back + 70.0)).abs() < 1e-9);
    }
}
