//! What any number of replications counted of issues, bots and the ways between queues.

use serde::{Deserialize, Serialize};

use super::counts::Extent;
use super::histogram::Bins;
use super::issue_counts::{BotTotals, FlowCount, IssueCounts, IssueTotals, TurnTotals};
use super::moments::{Moments, Row};
use super::quantile::QuantileTally;

/// Issues over the replications counted so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueTally {
    /// All of them.
    pub totals: Moments,
    /// By the queue of their first contact; nothing where issues are not followed.
    pub queues: Vec<Moments>,
    /// From the first arrival to the last answer, of the resolved; `None` where issues are not followed.
    pub resolution_time: Option<QuantileTally>,
    /// By bot.
    pub bots: Vec<Moments>,
    /// What customers did beside waiting, by queue.
    pub turns: Vec<Moments>,
    /// Times that issues went each way.
    pub flows: Vec<Moments>,
}

impl IssueTally {
    pub(super) fn new(extent: Extent) -> Self {
        let queues = if extent.issues { extent.queues } else { 0 };
        Self {
            totals: Moments::default(),
            queues: vec![Moments::default(); queues],
            resolution_time: extent.issues.then(|| QuantileTally::new(Bins::FINE)),
            bots: vec![Moments::default(); extent.bots],
            turns: vec![Moments::default(); queues],
            flows: vec![Moments::default(); extent.flows()],
        }
    }

    pub(super) fn add(&mut self, counts: &IssueCounts, row: &mut Row) {
        let Some(resolution_time) = &mut self.resolution_time else {
            return;
        };
        resolution_time.add(&counts.resolution_time);
        row.fill(&counts.totals);
        self.totals.add(row);
        for (queue, counted) in self.queues.iter_mut().zip(counts.queues.values()) {
            row.fill(counted);
            queue.add(row);
        }
        for (bot, counted) in self.bots.iter_mut().zip(counts.bots.values()) {
            row.fill(counted);
            bot.add(row);
        }
        for (queue, counted) in self.turns.iter_mut().zip(counts.turns.values()) {
            row.fill(counted);
            queue.add(row);
        }
        for (flow, counted) in self.flows.iter_mut().zip(&counts.flows) {
            row.fill(counted);
            flow.add(row);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.totals.merge(&other.totals);
        if let (Some(own), Some(more)) = (&mut self.resolution_time, &other.resolution_time) {
            own.merge(more);
        }
        for (own, more) in self.rows_mut().zip(other.rows()) {
            own.merge(more);
        }
    }

    pub(super) fn fits(&self, empty: &Self) -> bool {
        let lengths = |tally: &Self| {
            let Self {
                queues,
                bots,
                turns,
                flows,
                ..
            } = tally;
            [queues.len(), bots.len(), turns.len(), flows.len()]
        };
        let times = match (&self.resolution_time, &empty.resolution_time) {
            (Some(own), Some(empty)) => own.fits(empty),
            (None, None) => true,
            _ => false,
        };
        times
            && lengths(self) == lengths(empty)
            && self.totals.fits::<IssueTotals>()
            && self.queues.iter().all(Moments::fits::<IssueTotals>)
            && self.bots.iter().all(Moments::fits::<BotTotals>)
            && self.turns.iter().all(Moments::fits::<TurnTotals>)
            && self.flows.iter().all(Moments::fits::<FlowCount>)
    }

    fn rows(&self) -> impl Iterator<Item = &Moments> {
        let others = self.bots.iter().chain(&self.turns).chain(&self.flows);
        self.queues.iter().chain(others)
    }

    fn rows_mut(&mut self) -> impl Iterator<Item = &mut Moments> {
        let others = self.bots.iter_mut().chain(&mut self.turns);
        let others = others.chain(&mut self.flows);
        self.queues.iter_mut().chain(others)
    }
}
