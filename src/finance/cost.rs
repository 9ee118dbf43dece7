//! What is paid to each group and for each bot, and which queue's share of it is whose.
//!
//! Paid hours (heads before shrinkage, and overtime) cost the group's wage. A group's cost goes to queues by its agents'
//! time, an agent with k contacts open giving each 1/k; idle time and overtime follow the same shares. A group that was
//! never busy is shared equally over its skills, one without skills over all queues. All of it in whole millionths of the
//! currency and for each replication: what rounding leaves over goes to the largest share, so that the queues add up to
//! what is paid. A bot's sessions cost the queue that it stood before.

use crate::ids::{QueueId, Table};
use crate::scenario::model::{Group, Model};
use crate::stats::counts::Counts;
use crate::time::instant::MICROS_PER_HOUR;

/// Puts the cost of one replication into its counts.
pub fn price(model: &Model, counts: &mut Counts) {
    for (id, group) in model.groups.iter() {
        let counted = &mut counts.groups[id];
        let hour = i128::from(MICROS_PER_HOUR);
        let cost = (counted.totals.paid * i128::from(group.wage_micros_per_hour) + hour / 2) / hour;
        counted.totals.cost = cost;
        counts.demand.cost += cost;
        let weights = weights(group, &counted.agent_time);
        for (queue, share) in counts
            .queues
            .values_mut()
            .zip(shares(cost, weights.values().as_slice()))
        {
            queue.totals.cost += share;
        }
    }
    price_bots(model, counts);
    counts.issues.totals.cost = counts.demand.cost;
}

/// What the sessions before each queue cost.
fn price_bots(model: &Model, counts: &mut Counts) {
    let sessions = counts.issues.sessions.iter();
    for (queue, &(sessions, resolved)) in sessions {
        let Some(id) = model.queues[queue].journey.bot else {
            continue;
        };
        let bot = &model.bots[id];
        let cost = sessions * i128::from(bot.session_cost_micros)
            + resolved * i128::from(bot.resolution_cost_micros);
        counts.issues.bots[id].cost += cost;
        counts.queues[queue].totals.cost += cost;
        counts.demand.cost += cost;
    }
}

/// By how much each queue takes part in a group's cost.
fn weights(group: &Group, agent_time: &Table<QueueId, i128>) -> Table<QueueId, i128> {
    if agent_time.values().any(|&time| time > 0) {
        return agent_time.clone();
    }
    let takes_part =
        |queue| group.skills.is_empty() || group.skills.iter().any(|skill| skill.queue == queue);
    agent_time
        .ids()
        .map(|queue| i128::from(takes_part(queue)))
        .collect()
}

/// An amount cut in proportion to weights, of which at least one is positive, into whole parts that add up to it.
fn shares(amount: i128, weights: &[i128]) -> Vec<i128> {
    let total: i128 = weights.iter().sum();
    let mut parts: Vec<i128> = weights
        .iter()
        .map(|&weight| proportion(amount, weight, total))
        .collect();
    let rest = amount - parts.iter().sum::<i128>();
    let largest = (0..parts.len()).rev().max_by_key(|&place| weights[place]);
    if let Some(largest) = largest {
        parts[largest] += rest;
    }
    parts
}

/// ⌊amount · weight / total⌋, in steps that stay within 128 bits.
fn proportion(amount: i128, weight: i128, total: i128) -> i128 {
    let (whole, rest) = (amount / total, amount % total);
    whole * weight
        + rest
            .checked_mul(weight)
            .map_or(0, |product| product / total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_left_over_goes_to_the_largest() {
        assert_eq!(shares(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(shares(100, &[1, 5, 1]), [14, 72, 14]);
        assert_eq!(shares(7, &[0, 3]), [0, 7]);
    }

    proptest! {
        #[test]
        fn shares_add_up_and_none_is_negative(amount in 0_i128..1 << 80, weights in prop::collection::vec(0_i128..1 << 62, 1..12)) {
            prop_assume!(weights.iter().any(|&weight| weight > 0));
            let parts = shares(amount, &weights);
            prop_assert_eq!(parts.iter().sum::<i128>(), amount);
            prop_assert!(parts.iter().all(|&part| part >= 0));
        }
    }
}
