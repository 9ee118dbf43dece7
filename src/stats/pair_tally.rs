//! What a variant's counts share with the base's in the same replications, in integers: differences are less uncertain by it.

use serde::{Deserialize, Serialize};

use crate::ids::{GroupId, QueueId};

use super::counts::{Counts, DemandTotals, GroupTotals, QueueTotals};
use super::issue_counts::IssueTotals;
use super::moments::{CrossMoments, Row};
use super::money_tally::MoneyPairs;
use super::quantile_pair::QuantilePair;
use super::tally::{Time, same_shape};

/// Products of a variant's counters with the base's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct PairTally {
    /// By pair of queues.
    pub queues: Vec<QueuePairTally>,
    /// By pair of groups.
    pub groups: Vec<CrossMoments>,
    /// All customers.
    pub demand: CrossMoments,
    /// All issues.
    pub issues: CrossMoments,
    /// Money.
    pub money: MoneyPairs,
}

/// Products of a queue's counts in a variant with those in the base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct QueuePairTally {
    /// Of the totals.
    pub totals: CrossMoments,
    /// Of the waits.
    pub wait: QuantilePair,
    /// Of the responses.
    pub response: QuantilePair,
    /// Of the handle times.
    pub handle_time: QuantilePair,
    /// Of the times in the system.
    pub sojourn: QuantilePair,
}

/// Which queues and groups of a variant are the base's, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairing {
    /// A queue of the variant and the same queue of the base.
    pub queues: Vec<(QueueId, QueueId)>,
    /// A group of the variant and the same group of the base.
    pub groups: Vec<(GroupId, GroupId)>,
    /// A channel of the variant and the same channel of the base, by their numbers.
    pub channels: Vec<(usize, usize)>,
}

impl QueuePairTally {
    /// How alike the quantiles of a time are.
    pub fn times(&self, time: Time) -> &QuantilePair {
        self.fine()[time as usize]
    }

    fn merge(&mut self, other: &Self) {
        self.totals.merge(&other.totals);
        for (own, more) in self.fine_mut().into_iter().zip(other.fine()) {
            own.merge(more);
        }
    }
    fn fine_mut(&mut self) -> [&mut QuantilePair; 4] {
        [
            &mut self.wait,
            &mut self.response,
            &mut self.handle_time,
            &mut self.sojourn,
        ]
    }
    fn fine(&self) -> [&QuantilePair; 4] {
        [&self.wait, &self.response, &self.handle_time, &self.sojourn]
    }
}

impl PairTally {
    pub(super) fn new(pairing: &Pairing) -> Self {
        Self {
            queues: vec![QueuePairTally::default(); pairing.queues.len()],
            groups: vec![CrossMoments::default(); pairing.groups.len()],
            demand: CrossMoments::default(),
            issues: CrossMoments::default(),
            money: MoneyPairs::new(pairing),
        }
    }

    pub(super) fn fits(&self, empty: &Self) -> bool {
        let queue = |own: &QueuePairTally| {
            own.totals.fits::<QueueTotals>() && own.fine().into_iter().all(QuantilePair::fits)
        };
        let group = CrossMoments::fits::<GroupTotals>;
        same_shape(&self.queues, &empty.queues, |own, _| queue(own))
            && same_shape(&self.groups, &empty.groups, |own, _| group(own))
            && self.demand.fits::<DemandTotals>()
            && self.issues.fits::<IssueTotals>()
            && self.money.fits(&empty.money)
    }

    pub(super) fn add(
        &mut self,
        counts: &Counts,
        base: &Counts,
        pairing: &Pairing,
        rows: &mut (Row, Row),
    ) {
        let (own, other) = &mut *rows;
        for (cross, &(queue, in_base)) in self.queues.iter_mut().zip(&pairing.queues) {
            let (counts, base) = (&counts.queues[queue], &base.queues[in_base]);
            own.fill(&counts.totals);
            other.fill(&base.totals);
            cross.totals.add(own, other);
            let values = counts.fine().into_iter().zip(base.fine());
            for (pair, (own, base)) in cross.fine_mut().into_iter().zip(values) {
                pair.add(own, base);
            }
        }
        for (cross, &(group, in_base)) in self.groups.iter_mut().zip(&pairing.groups) {
            own.fill(&counts.groups[group].totals);
            other.fill(&base.groups[in_base].totals);
            cross.add(own, other);
        }
        own.fill(&counts.demand);
        other.fill(&base.demand);
        self.demand.add(own, other);
        if !counts.issues.queues.is_empty() {
            own.fill(&counts.issues.totals);
            other.fill(&base.issues.totals);
            self.issues.add(own, other);
        }
        self.money.add(&counts.money, &base.money, pairing, rows);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.queues
            .iter_mut()
            .zip(&other.queues)
            .for_each(|(own, more)| own.merge(more));
        self.groups
            .iter_mut()
            .zip(&other.groups)
            .for_each(|(own, more)| own.merge(more));
        self.demand.merge(&other.demand);
        self.issues.merge(&other.issues);
        self.money.merge(&other.money);
    }
}
