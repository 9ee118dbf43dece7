//! What one group's agents count.

use crate::ids::{QueueId, Table};
use crate::sim::observer::Step;
use crate::sim::work::InHand;
use crate::stats::counts::GroupCounts;
use crate::time::SimTime;

use super::integral::Integral;
use super::window::Window;

/// Time that is paid for since it was last asked for, in microseconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passed {
    /// Of heads before shrinkage.
    pub(super) heads: i128,
    /// Beyond those present.
    pub(super) overtime: i128,
}

/// A group whose staffing and load are being counted.
#[derive(Debug)]
pub(super) struct GroupCounter {
    pub(super) counts: GroupCounts,
    /// Whether as many contacts are open as agents are busy.
    one_at_once: bool,
    heads: Integral,
    present: Integral,
    busy: Integral,
    overtime: Integral,
    open: Integral,
    /// Agents who work for each queue, where they take one contact at a time and are told of when they turn to another queue.
    working: Table<QueueId, Integral>,
}

impl GroupCounter {
    /// Nothing counted yet of agents with at most so many contacts open.
    pub(super) fn new(counts: GroupCounts, at_once_max: u32) -> Self {
        let working = counts.agent_time.ids().map(|_| Integral::default());
        Self {
            working: working.collect(),
            counts,
            one_at_once: at_once_max == 1,
            heads: Integral::default(),
            present: Integral::default(),
            busy: Integral::default(),
            overtime: Integral::default(),
            open: Integral::default(),
        }
    }

    /// So many are paid, and so many present.
    pub(super) fn staffed(&mut self, at: SimTime, heads: u32, present: u32) {
        self.heads.set(heads, at);
        self.present.set(present, at);
        self.note_overtime(at);
    }

    /// So many have a contact, and so many contacts are open.
    #[inline]
    pub(super) fn load_changed(&mut self, at: SimTime, busy: u32, open: u32) {
        if self.one_at_once {
            self.busy_changed(at, busy);
        } else {
            self.several_changed(at, busy, open);
        }
    }

    #[inline(never)]
    fn several_changed(&mut self, at: SimTime, busy: u32, open: u32) {
        self.open.set(open, at);
        if busy != self.busy.value() {
            self.busy_changed(at, busy);
        }
    }

    #[inline]
    fn busy_changed(&mut self, at: SimTime, busy: u32) {
        self.busy.set(busy, at);
        self.note_overtime(at);
    }

    /// An agent works for another queue, for one again, or for none; so many have a contact now.
    #[inline]
    pub(super) fn turned_to(
        &mut self,
        at: SimTime,
        busy: u32,
        from: Option<QueueId>,
        to: Option<QueueId>,
    ) {
        if from.is_none() || to.is_none() {
            self.busy_changed(at, busy);
        }
        if let Some(from) = from {
            self.working[from].lower(at);
        }
        if let Some(to) = to {
            self.working[to].raise(at);
        }
    }

    /// A day ends, or the horizon: what agents have worked for each queue until now.
    pub(super) fn pass_day(&mut self, at: SimTime) {
        for (queue, working) in self.working.iter_mut() {
            self.counts.agent_time[queue] += working.take(at);
        }
    }

    /// An agent turned from one contact to another.
    pub(super) fn stepped(&mut self, step: Step) {
        let totals = &mut self.counts.totals;
        match step {
            Step::Switched(extra) => {
                totals.switches += 1;
                totals.changeover += i128::from(extra.0);
            }
            Step::SetAside => totals.interruptions += 1,
            Step::TakenUp(resume) => totals.changeover += i128::from(resume.0),
            Step::Wrote | Step::Replied(_) => {}
        }
    }

    #[inline]
    fn note_overtime(&mut self, at: SimTime) {
        let surplus = self.busy.value().saturating_sub(self.present.value());
        if surplus != self.overtime.value() {
            self.overtime.set(surplus, at);
        }
    }

    /// With k contacts open each gets 1/k, the microseconds left over go to the first ones.
    #[inline]
    pub(super) fn worked(&mut self, window: Window, hands: &[InHand], from: SimTime, to: SimTime) {
        let span = window.part_of(from, to).0;
        let agent_time = &mut self.counts.agent_time;
        if let [hand] = hands {
            agent_time[hand.queue] += i128::from(span);
            return;
        }
        let (each, rest) = (span / hands.len() as u64, span % hands.len() as u64);
        for (place, hand) in hands.iter().enumerate() {
            agent_time[hand.queue] += i128::from(each + u64::from((place as u64) < rest));
        }
    }

    /// An interval ends, or the horizon.
    pub(super) fn pass(&mut self, at: SimTime, slot: usize) -> Passed {
        let slot = &mut self.counts.slots[slot];
        let passed = Passed {
            heads: self.heads.take(at),
            overtime: self.overtime.take(at),
        };
        slot.heads += passed.heads;
        slot.staffed += self.present.take(at);
        let (busy, open) = (self.busy.take(at), self.open.take(at));
        slot.busy += busy;
        slot.overtime += passed.overtime;
        self.counts.totals.open += if self.one_at_once { busy } else { open };
        passed
    }
}
