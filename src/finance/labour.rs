//! What is paid for the agents of a group: wages and what comes with them.

use crate::scenario::model::Group;
use crate::scenario::money::{MILLION, Pay};
use crate::stats::counts::GroupTotals;
use crate::stats::money_line::Line;
use crate::time::instant::{MICROS_PER_HOUR, MICROS_PER_SECOND};

use super::split::rounded;

const HOUR: i128 = MICROS_PER_HOUR as i128;
const ONE: i128 = MILLION as i128;
/// 365.25 days.
const YEAR: i128 = 31_557_600 * MICROS_PER_SECOND as i128;
/// Hours of a full-time agent in four years of 1,461 days, times seven.
const FULL_TIME: i128 = 40 * 1_461 * HOUR;

/// What is paid for a group, by line, in millionths of the currency.
///
/// # Formula
/// - wages = paid hours × wage; without overtime where that has a rate of its own
/// - overtime = overtime hours × wage × rate
/// - premiums = Σ paid hours within the premium's times × wage × its share
/// - on-cost = (wages + overtime + premiums) × share
/// - turnover = hours of heads × wage × share that leaves in a year × cost as a multiple of a yearly wage
/// - hiring = hires × (cost + ramp × wage × (1 + on-cost)), with hires = full-time agents × share that leaves × years + other hires a year ×
///   years; a full-time agent is 40 paid hours a week
pub(super) fn lines(
    group: &Group,
    totals: &GroupTotals,
    premium_time: &[i128],
    time: i128,
) -> [(Line, i128); 6] {
    let pay = &group.pay;
    let wage = i128::from(group.wage_micros_per_hour);
    let paid_for = |time: i128| rounded(time * wage, HOUR);
    let of = |amount: i128, share: u64| rounded(amount * i128::from(share), ONE);
    let heads = totals.paid - totals.overtime;
    let (wages, overtime) = match pay.overtime_rate {
        Some(rate) => (paid_for(heads), of(paid_for(totals.overtime), rate)),
        None => (paid_for(totals.paid), 0),
    };
    let premiums = pay.premiums.iter().zip(premium_time);
    let premiums = premiums.map(|(premium, &time)| of(paid_for(time), premium.share));
    let premiums: i128 = premiums.sum();
    let turnover = i128::from(pay.turnover.yearly) * i128::from(pay.turnover.cost);
    [
        (Line::Wages, wages),
        (Line::Overtime, overtime),
        (Line::Premiums, premiums),
        (Line::OnCost, of(wages + overtime + premiums, pay.on_cost)),
        (
            Line::Turnover,
            rounded(paid_for(heads) * turnover, ONE * ONE),
        ),
        (Line::Hiring, hiring(pay, wage, heads, time)),
    ]
}

/// What heads of a group cost that are paid for so long, in millionths of the currency: wages and all that follows from hours, without what
/// is paid whatever the hours are. `premium_time` is the part of it that each premium is due for; times are in microseconds.
pub fn of_heads(group: &Group, paid: i128, premium_time: &[i128]) -> i128 {
    let totals = GroupTotals {
        paid,
        ..GroupTotals::default()
    };
    let lines = lines(group, &totals, premium_time, 0);
    lines.iter().map(|(_, amount)| amount).sum()
}

/// What agents of a group cost who are busy so long beyond those present, in millionths of the currency: wages, at the rate of overtime where there is
/// one, and what is paid on top of wages. The time is in microseconds.
pub fn of_overtime(group: &Group, overtime: i128) -> i128 {
    let totals = GroupTotals {
        paid: overtime,
        overtime,
        ..GroupTotals::default()
    };
    let lines = lines(group, &totals, &[], 0);
    lines.iter().map(|(_, amount)| amount).sum()
}

/// What hires cost, who replace leavers and who come beside.
fn hiring(pay: &Pay, wage: i128, heads: i128, time: i128) -> i128 {
    let ramp = rounded(i128::from(pay.hiring.ramp.0) * wage, HOUR);
    let on_cost = rounded(ramp * i128::from(pay.on_cost), ONE);
    let a_hire = i128::from(pay.hiring.cost) + ramp + on_cost;
    if a_hire == 0 {
        return 0;
    }
    // Millionths of a hire.
    let leavers = rounded(heads * 28 * i128::from(pay.turnover.yearly), FULL_TIME);
    let others = rounded(i128::from(pay.hiring.yearly) * time, YEAR);
    rounded((leavers + others) * a_hire, ONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::model::Compiled;
    use crate::time::SimDuration;

    #[test]
    fn overtime_is_paid_at_its_rate_where_there_is_one_and_at_the_wage_elsewhere() {
        let group = |rate: &str| {
            let text = format!(
                "name = \"a\"\ncurrency = \"EUR\"\n[horizon]\nstart = \"2026-09-07\"\ndays = 1\n[queues.phone]\nchannel = \"phone\"\narrivals = {{ per_hour = 1 }}\nhandle_time = \"3m\"\n[groups.voice]\nskills = [\"phone\"]\nstaff = 1\nwage = 20\non_cost = 0.25\n{rate}"
            );
            let mut compiled = Compiled::sample(&text);
            let groups = compiled.variants.remove(0).model.groups;
            groups.values().next().expect("a group").clone()
        };
        // Two hours at 20, a quarter on top; half as much again.
        assert_eq!(of_overtime(&group(""), 2 * HOUR), 50 * ONE);
        assert_eq!(
            of_overtime(&group("overtime_rate = 1.5"), 2 * HOUR),
            75 * ONE
        );
    }

    #[test]
    fn a_year_of_a_full_time_agent_replaces_the_share_that_leaves() {
        let pay = Pay {
            turnover: crate::scenario::money::Turnover {
                yearly: 400_000,
                cost: 0,
            },
            hiring: crate::scenario::money::Hiring {
                cost: 3_000 * MILLION,
                ramp: SimDuration::from_seconds(100 * 3_600),
                yearly: 2 * MILLION,
            },
            on_cost: 250_000,
            ..Pay::default()
        };
        // 40 hours a week for 365.25 days: 2,087 1/7 hours; a wage of 20: 3,000 + 100 × 20 × 1.25 = 5,500 a hire, 0.4 + 2 hires.
        let heads = 40 * YEAR / 168;
        let cost = hiring(&pay, 20_000_000, heads, YEAR);
        assert_eq!(cost, 13_200 * ONE);
    }
}
