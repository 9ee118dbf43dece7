//! What any number of replications counted, in integers: merging tallies in any order gives the same.

use serde::{Deserialize, Serialize};

use super::counts::{
    Counts, DemandTotals, Extent, GroupSlot, GroupTotals, QueueSlot, QueueTotals, SteadyCounts,
};
use super::histogram::{Bins, FineHistogram};
use super::issue_tally::IssueTally;
use super::joint::{Columns, Joint};
use super::moments::{Moments, Row};
use super::money_tally::MoneyTally;
use super::pair_tally::{PairTally, Pairing};
use super::quantile::QuantileTally;

/// All variants over the replications counted so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many replications.
    pub replications: u64,
    /// The base, then the others.
    pub variants: Vec<VariantTally>,
    /// What is compared of all variants, each with each; nothing where there is only one, or where they are too many.
    pub mixes: Option<Joint>,
}

/// One variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantTally {
    /// By queue.
    pub queues: Vec<QueueTally>,
    /// By group.
    pub groups: Vec<GroupTally>,
    /// All customers.
    pub demand: Moments,
    /// Their issues, where these are followed.
    pub issues: IssueTally,
    /// What they cost and are worth.
    pub money: MoneyTally,
    /// What it shares with the base; nothing for the base itself.
    pub pairs: PairTally,
}

/// One queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueTally {
    /// Over the horizon.
    pub totals: Moments,
    /// Waits of the answered and the abandoned.
    pub wait: QuantileTally,
    /// Responses of the answered.
    pub response: QuantileTally,
    /// Handle times of the answered.
    pub handle_time: QuantileTally,
    /// Times in the system of the answered.
    pub sojourn: QuantileTally,
    /// By interval.
    pub slots: Vec<Moments>,
    /// Waits or responses by interval.
    pub slot_times: Vec<QuantileTally<u64>>,
    /// Contacts there by part of the counted time, where nothing changes by the clock.
    pub steady: Moments,
}

/// A time of which quantiles are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// Waits of the answered and the abandoned.
    Wait,
    /// Responses of the answered.
    Response,
    /// Handle times of the answered.
    HandleTime,
    /// Times in the system of the answered.
    Sojourn,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupTally {
    /// Over the horizon.
    pub totals: Moments,
    /// By interval.
    pub slots: Vec<Moments>,
}

impl Tally {
    /// No replication yet. `pairings` and `extents` have one entry a variant, the base first.
    pub fn new(extents: &[Extent], pairings: &[Pairing]) -> Self {
        let variants = extents
            .iter()
            .zip(pairings)
            .map(|(extent, pairing)| VariantTally::new(*extent, pairing))
            .collect();
        Self {
            replications: 0,
            variants,
            mixes: None,
        }
    }

    /// The same that compares whole variants as well, each with each.
    #[must_use]
    pub fn with_mixes(self, columns: &Columns) -> Self {
        Self {
            mixes: Some(Joint::new(columns)),
            ..self
        }
    }

    /// Adds one replication of all variants.
    pub fn add(&mut self, counts: &[Counts], pairings: &[Pairing]) {
        self.replications += 1;
        self.add_batch(counts, pairings);
    }

    /// Adds one batch of a replication, of which the last is [added](Self::add) as such.
    pub fn add_batch(&mut self, counts: &[Counts], pairings: &[Pairing]) {
        let mut rows = (Row::default(), Row::default());
        for ((variant, counted), pairing) in self.variants.iter_mut().zip(counts).zip(pairings) {
            variant.add(counted, &mut rows.0);
            if let Some(base) = counts.first() {
                variant.pairs.add(counted, base, pairing, &mut rows);
            }
        }
    }

    /// Whether this can be a tally of what `empty` is a tally of, so that one read from a file can be trusted not to be
    /// of another shape.
    pub fn fits(&self, empty: &Self) -> bool {
        let mixes = match (&self.mixes, &empty.mixes) {
            (Some(own), Some(empty)) => own.fits(empty) && own.replications == self.replications,
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        mixes && same_shape(&self.variants, &empty.variants, VariantTally::fits)
    }

    /// Adds the replications of another tally of the same variants.
    pub fn merge(&mut self, other: &Self) {
        self.replications = self.replications.saturating_add(other.replications);
        for (own, more) in self.variants.iter_mut().zip(&other.variants) {
            own.merge(more);
        }
        if let (Some(own), Some(more)) = (&mut self.mixes, &other.mixes) {
            own.merge(more);
        }
    }
}

impl VariantTally {
    fn new(extent: Extent, pairing: &Pairing) -> Self {
        let fine = || QuantileTally::new(Bins::FINE);
        let times = if extent.has_slot_times() {
            extent.slots
        } else {
            0
        };
        let queue = || QueueTally {
            totals: Moments::default(),
            wait: fine(),
            response: fine(),
            handle_time: fine(),
            sojourn: fine(),
            slots: vec![Moments::default(); extent.slots],
            slot_times: vec![QuantileTally::new(Bins::COARSE); times],
            steady: Moments::default(),
        };
        let group = || GroupTally {
            totals: Moments::default(),
            slots: vec![Moments::default(); extent.slots],
        };
        Self {
            queues: std::iter::repeat_with(queue).take(extent.queues).collect(),
            groups: std::iter::repeat_with(group).take(extent.groups).collect(),
            demand: Moments::default(),
            issues: IssueTally::new(extent),
            money: MoneyTally::new(extent),
            pairs: PairTally::new(pairing),
        }
    }

    fn add(&mut self, counts: &Counts, row: &mut Row) {
        for (queue, counted) in self.queues.iter_mut().zip(counts.queues.values()) {
            row.fill(&counted.totals);
            queue.totals.add(row);
            row.fill(&counted.steady);
            queue.steady.add(row);
            for (tally, values) in queue.fine_mut().into_iter().zip(counted.fine()) {
                tally.add(values);
            }
            for (slot, counted) in queue.slots.iter_mut().zip(&counted.slots) {
                row.fill(counted);
                slot.add(row);
            }
            for (times, counted) in queue.slot_times.iter_mut().zip(&counted.slot_times) {
                times.add(counted);
            }
        }
        for (group, counted) in self.groups.iter_mut().zip(counts.groups.values()) {
            row.fill(&counted.totals);
            group.totals.add(row);
            for (slot, counted) in group.slots.iter_mut().zip(&counted.slots) {
                row.fill(counted);
                slot.add(row);
            }
        }
        row.fill(&counts.demand);
        self.demand.add(row);
        self.issues.add(&counts.issues, row);
        self.money.add(&counts.money, row);
    }

    fn merge(&mut self, other: &Self) {
        for (own, more) in self.queues.iter_mut().zip(&other.queues) {
            own.totals.merge(&more.totals);
            own.steady.merge(&more.steady);
            for (tally, other) in own.fine_mut().into_iter().zip(more.fine()) {
                tally.merge(other);
            }
            own.slots
                .iter_mut()
                .zip(&more.slots)
                .for_each(|(slot, other)| slot.merge(other));
            own.slot_times
                .iter_mut()
                .zip(&more.slot_times)
                .for_each(|(times, other)| times.merge(other));
        }
        for (own, more) in self.groups.iter_mut().zip(&other.groups) {
            own.totals.merge(&more.totals);
            own.slots
                .iter_mut()
                .zip(&more.slots)
                .for_each(|(slot, other)| slot.merge(other));
        }
        self.demand.merge(&other.demand);
        self.issues.merge(&other.issues);
        self.money.merge(&other.money);
        self.pairs.merge(&other.pairs);
    }

    fn fits(&self, empty: &Self) -> bool {
        let groups = |own: &GroupTally, empty: &GroupTally| {
            own.totals.fits::<GroupTotals>()
                && same_shape(&own.slots, &empty.slots, |own, _| own.fits::<GroupSlot>())
        };
        same_shape(&self.queues, &empty.queues, QueueTally::fits)
            && same_shape(&self.groups, &empty.groups, groups)
            && self.demand.fits::<DemandTotals>()
            && self.issues.fits(&empty.issues)
            && self.money.fits(&empty.money)
            && self.pairs.fits(&empty.pairs)
    }
}

/// Whether there are as many, and each is of the shape of its counterpart.
pub(super) fn same_shape<T>(own: &[T], empty: &[T], fits: impl Fn(&T, &T) -> bool) -> bool {
    own.len() == empty.len() && own.iter().zip(empty).all(|(own, empty)| fits(own, empty))
}

impl QueueTally {
    /// The quantiles of a time.
    pub fn times(&self, time: Time) -> &QuantileTally {
        self.fine()[time as usize]
    }

    fn fits(&self, empty: &Self) -> bool {
        self.totals.fits::<QueueTotals>()
            && self.steady.fits::<SteadyCounts>()
            && self
                .fine()
                .into_iter()
                .zip(empty.fine())
                .all(|(own, empty)| own.fits(empty))
            && same_shape(&self.slots, &empty.slots, |own, _| own.fits::<QueueSlot>())
            && same_shape(&self.slot_times, &empty.slot_times, QuantileTally::fits)
    }

    fn fine_mut(&mut self) -> [&mut QuantileTally; 4] {
        [
            &mut self.wait,
            &mut self.response,
            &mut self.handle_time,
            &mut self.sojourn,
        ]
    }
    fn fine(&self) -> [&QuantileTally; 4] {
        [&self.wait, &self.response, &self.handle_time, &self.sojourn]
    }
}

impl super::counts::QueueCounts {
    pub(super) fn fine(&self) -> [&FineHistogram; 4] {
        [&self.wait, &self.response, &self.handle_time, &self.sojourn]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_tally_of_the_same_shape_is_read() {
        let extent = Extent {
            queues: 2,
            groups: 1,
            slots: 48,
            days: 1,
            issues: true,
            bots: 1,
            channels: 2,
        };
        let tally = || Tally::new(&[extent], &[Pairing::default()]);
        assert!(tally().fits(&tally()));
        let damages: [fn(&mut VariantTally); 17] = [
            |own| own.queues.truncate(1),
            |own| own.groups.clear(),
            |own| own.queues[1].wait = QuantileTally::new(Bins::COARSE),
            |own| own.queues[1].response = QuantileTally::new(Bins::COARSE),
            |own| own.queues[1].handle_time = QuantileTally::new(Bins::COARSE),
            |own| own.queues[1].sojourn = QuantileTally::new(Bins::COARSE),
            |own| own.queues[0].slots.truncate(47),
            |own| own.queues[0].slot_times.truncate(47),
            |own| own.queues[0].slot_times[5] = QuantileTally::new(Bins::FINE),
            |own| own.groups[0].slots.truncate(47),
            |own| own.issues.queues.truncate(1),
            |own| own.issues.bots.clear(),
            |own| own.issues.turns.truncate(1),
            |own| own.issues.flows.truncate(3),
            |own| own.money.channels.truncate(1),
            |own| own.money.queues.clear(),
            |own| own.money.groups.clear(),
        ];
        for (number, damage) in damages.into_iter().enumerate() {
            let mut damaged = tally();
            damage(&mut damaged.variants[0]);
            assert!(!damaged.fits(&tally()), "damage {number}");
        }
    }
}
