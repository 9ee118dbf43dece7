//! Money over any number of replications.

use serde::{Deserialize, Serialize};

use super::counts::Extent;
use super::moments::{CrossMoments, Moments, Row};
use super::money_counts::{MoneyCounts, MoneyTotals};
use super::pair_tally::Pairing;

/// Money over the replications counted so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyTally {
    /// Everything.
    pub total: Moments,
    /// Of customers who found no queue.
    pub turned_away: Moments,
    /// By channel.
    pub channels: Vec<Moments>,
    /// By queue.
    pub queues: Vec<Moments>,
    /// By group.
    pub groups: Vec<Moments>,
}

/// Products of a variant's money with the base's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct MoneyPairs {
    /// Everything.
    pub total: CrossMoments,
    /// Of customers who found no queue.
    pub turned_away: CrossMoments,
    /// By pair of channels.
    pub channels: Vec<CrossMoments>,
    /// By pair of queues.
    pub queues: Vec<CrossMoments>,
    /// By pair of groups.
    pub groups: Vec<CrossMoments>,
}

impl MoneyTally {
    pub(super) fn new(extent: Extent) -> Self {
        let some = |number| vec![Moments::default(); number];
        Self {
            total: Moments::default(),
            turned_away: Moments::default(),
            channels: some(extent.channels),
            queues: some(extent.queues),
            groups: some(extent.groups),
        }
    }

    pub(super) fn add(&mut self, counts: &MoneyCounts, row: &mut Row) {
        let mut add = |into: &mut Moments, totals: &MoneyTotals| {
            row.fill(totals);
            into.add(row);
        };
        add(&mut self.total, &counts.total);
        add(&mut self.turned_away, &counts.turned_away);
        let queues = self.queues.iter_mut().zip(counts.queues.values());
        let groups = self.groups.iter_mut().zip(counts.groups.values());
        let channels = self.channels.iter_mut().zip(&counts.channels);
        for (into, totals) in channels.chain(queues).chain(groups) {
            add(into, totals);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.total.merge(&other.total);
        self.turned_away.merge(&other.turned_away);
        for (own, more) in [
            (&mut self.channels, &other.channels),
            (&mut self.queues, &other.queues),
            (&mut self.groups, &other.groups),
        ] {
            own.iter_mut()
                .zip(more)
                .for_each(|(own, more)| own.merge(more));
        }
    }

    pub(super) fn fits(&self, empty: &Self) -> bool {
        let parts = |tally: &Self| {
            let Self {
                total: _,
                turned_away: _,
                channels,
                queues,
                groups,
            } = tally;
            [channels.len(), queues.len(), groups.len()]
        };
        let mut all = [&self.total, &self.turned_away]
            .into_iter()
            .chain(&self.channels)
            .chain(&self.queues)
            .chain(&self.groups);
        parts(self) == parts(empty) && all.all(Moments::fits::<MoneyTotals>)
    }
}

impl MoneyPairs {
    pub(super) fn new(pairing: &Pairing) -> Self {
        Self {
            total: CrossMoments::default(),
            turned_away: CrossMoments::default(),
            channels: vec![CrossMoments::default(); pairing.channels.len()],
            queues: vec![CrossMoments::default(); pairing.queues.len()],
            groups: vec![CrossMoments::default(); pairing.groups.len()],
        }
    }

    pub(super) fn add(
        &mut self,
        counts: &MoneyCounts,
        base: &MoneyCounts,
        pairing: &Pairing,
        (own, other): &mut (Row, Row),
    ) {
        let mut add = |into: &mut CrossMoments, totals: &MoneyTotals, in_base: &MoneyTotals| {
            own.fill(totals);
            other.fill(in_base);
            into.add(own, other);
        };
        add(&mut self.total, &counts.total, &base.total);
        add(
            &mut self.turned_away,
            &counts.turned_away,
            &base.turned_away,
        );
        for (cross, &(channel, in_base)) in self.channels.iter_mut().zip(&pairing.channels) {
            add(cross, &counts.channels[channel], &base.channels[in_base]);
        }
        for (cross, &(queue, in_base)) in self.queues.iter_mut().zip(&pairing.queues) {
            add(cross, &counts.queues[queue], &base.queues[in_base]);
        }
        for (cross, &(group, in_base)) in self.groups.iter_mut().zip(&pairing.groups) {
            add(cross, &counts.groups[group], &base.groups[in_base]);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.total.merge(&other.total);
        self.turned_away.merge(&other.turned_away);
        let channels = self.channels.iter_mut().zip(&other.channels);
        let queues = self.queues.iter_mut().zip(&other.queues);
        let groups = self.groups.iter_mut().zip(&other.groups);
        channels
            .chain(queues)
            .chain(groups)
            .for_each(|(own, more)| own.merge(more));
    }

    pub(super) fn fits(&self, empty: &Self) -> bool {
        let mut all = [&self.total, &self.turned_away]
            .into_iter()
            .chain(&self.channels)
            .chain(&self.queues)
            .chain(&self.groups);
        self.channels.len() == empty.channels.len()
            && self.groups.len() == empty.groups.len()
            && self.queues.len() == empty.queues.len()
            && all.all(CrossMoments::fits::<MoneyTotals>)
    }
}
