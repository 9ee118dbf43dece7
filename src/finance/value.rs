//! What value is lost and earned by the scenario's assumptions: no money that goes out, and kept apart from it.

use crate::scenario::model::Model;
use crate::scenario::money::{ChurnChance, MILLION, Value};
use crate::stats::counts::Counts;
use crate::stats::money_counts::{Chances, MoneyCounts, MoneyTotals};
use crate::stats::money_line::Loss;
use crate::time::SimDuration;

use super::split::rounded;

const ONE: i128 = MILLION as i128;

/// What became of contacts and issues, as far as it is worth anything.
struct Ends {
    abandoned: i128,
    blocked: i128,
    late: i128,
    lost: i128,
    chances: Chances,
}

/// Books what each queue loses and earns, and what is lost with customers who found no queue.
pub(super) fn reckon(model: &Model, counts: &Counts, money: &mut MoneyCounts) {
    for (id, queue) in model.queues.iter() {
        let Some(value) = &queue.value else {
            continue;
        };
        let totals = &counts.queues[id].totals;
        let issues = counts.issues.queues.iter().find(|(own, _)| *own == id);
        let ends = Ends {
            abandoned: totals.abandoned,
            blocked: totals.blocked,
            late: totals.level_answered - totals.level_in_time + totals.level_late,
            lost: issues.map_or(0, |(_, issues)| issues.lost),
            chances: money.chances[id],
        };
        book(value, &ends, &mut money.queues[id]);
    }
    for (source, &contacts) in model.sources.values().zip(&money.turned) {
        if let Some(value) = &source.value {
            book(value, &turned_away(value, contacts), &mut money.turned_away);
        }
    }
}

fn book(value: &Value, ends: &Ends, into: &mut MoneyTotals) {
    let times = |count: i128, each: u64| count * i128::from(each);
    into.lose(Loss::Abandoned, times(ends.abandoned, value.abandoned));
    into.lose(Loss::Blocked, times(ends.blocked, value.blocked));
    into.lose(Loss::Late, times(ends.late, value.late));
    into.lose(Loss::LostIssues, times(ends.lost, value.lost));
    if let Some(churn) = &value.churn {
        into.churned += ends.chances.churn;
        into.lose(
            Loss::Churn,
            rounded(times(ends.chances.churn, churn.at_risk), ONE),
        );
    }
    if let Some(converts) = &value.converts {
        into.revenue += rounded(times(ends.chances.conversion, converts.revenue), ONE);
    }
}

/// Who finds no queue meets a closed door, and the issue is lost.
fn turned_away(value: &Value, contacts: i128) -> Ends {
    let chance = value.churn.as_ref().map_or(0, |churn| match &churn.chance {
        ChurnChance::Contacts { blocked, .. } => blocked.at(SimDuration::ZERO),
        ChurnChance::Issues { lost, .. } => lost.at(SimDuration::ZERO),
    });
    Ends {
        abandoned: 0,
        blocked: contacts,
        late: 0,
        lost: contacts,
        chances: Chances {
            churn: contacts * i128::from(chance),
            conversion: 0,
        },
    }
}
