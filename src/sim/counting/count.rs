//! The observer that counts: from what the engine tells to integers by queue, group, interval and day.

use std::ops::Range;

use crate::ids::{GroupId, QueueId, SourceId, Table};
use crate::scenario::model::Model;
use crate::stats::counts::{Counts, Extent, QueueCounts, QueueSlot};
use crate::time::{Piece, SimDuration, SimTime};

use crate::sim::agents::InHand;
use crate::sim::centre::Layout;
use crate::sim::contacts::{Contact, NO_SLOT};
use crate::sim::observer::{Observer, Outcome};

use super::integral::Integral;
use super::level::LevelEvent;
use super::rules::Rules;

/// Counts one replication into a [`Counts`].
#[derive(Debug)]
pub struct Counting<'a> {
    pub(super) model: &'a Model,
    layout: &'a Layout,
    pub(super) counts: &'a mut Counts,
    /// The part of the horizon that counts.
    window: Range<SimTime>,
    pub(super) rules: Table<QueueId, Rules<'a>>,
    /// What contacts count who arrived in no interval of the horizon.
    pub(super) outside: Table<QueueId, QueueSlot>,
    pub(super) lines: Table<QueueId, LineClock>,
    loads: Table<GroupId, LoadClock>,
    /// The interval that runs.
    slot: usize,
}

/// How long a line is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LineClock {
    waiting: Integral,
    /// How many stood in it when the warm-up ended; `None` until then.
    pub(super) standing: Option<u32>,
}

/// How a group is staffed and loaded.
#[derive(Debug, Clone, Copy, Default)]
struct LoadClock {
    heads: Integral,
    present: Integral,
    busy: Integral,
    overtime: Integral,
    open: Integral,
}

/// How much a replication of a model counts.
pub fn extent(model: &Model, layout: &Layout) -> Extent {
    Extent {
        queues: model.queues.len(),
        groups: model.groups.len(),
        slots: layout.slots as usize,
        days: model.calendar.days().len(),
    }
}

fn micros(span: SimDuration) -> i128 {
    i128::from(span.0)
}

impl<'a> Counting<'a> {
    /// Counts from zero.
    pub fn new(model: &'a Model, layout: &'a Layout, counts: &'a mut Counts) -> Self {
        counts.clear();
        for source in model.sources.values() {
            if model.warm_up == SimTime::START {
                counts.demand.wanted += i128::from(source.lost_backlog);
                counts.demand.lost += i128::from(source.lost_backlog);
            }
        }
        Self {
            window: model.warm_up..model.calendar.end(),
            rules: model
                .queues
                .ids()
                .map(|queue| Rules::of(model, queue))
                .collect(),
            outside: model.queues.ids().map(|_| QueueSlot::default()).collect(),
            lines: model.queues.ids().map(|_| LineClock::default()).collect(),
            loads: model.groups.ids().map(|_| LoadClock::default()).collect(),
            model,
            layout,
            counts,
            slot: 0,
        }
    }

    /// An instant moved into the part of the horizon that counts.
    #[inline]
    fn within_window(&self, at: SimTime) -> SimTime {
        at.min(self.window.end).max(self.window.start)
    }

    #[inline]
    fn is_counted(&self, contact: &Contact) -> bool {
        contact.arrived_at >= self.window.start
            || (contact.slot == NO_SLOT && self.window.start == SimTime::START)
    }

    /// Sets the length of a line from an instant on; `now` is when that is told.
    #[inline]
    fn set_line(&mut self, queue: QueueId, now: SimTime, at: SimTime, waiting: u32) {
        let at = self.within_window(at);
        let line = &mut self.lines[queue];
        if line.standing.is_none() && now > self.window.start {
            line.standing = Some(line.waiting.value());
        }
        line.waiting.set(waiting, at);
    }

    fn pass_line(&mut self, queue: QueueId, at: SimTime) {
        let waiting = self.lines[queue].waiting.value();
        self.set_line(queue, at, at, waiting);
        let at = self.within_window(at);
        self.counts.queues[queue].slots[self.slot].queue_time += self.lines[queue].waiting.take(at);
    }

    fn pass_load(&mut self, group: GroupId, at: SimTime) {
        let at = self.within_window(at);
        let load = &mut self.loads[group];
        let counts = &mut self.counts.groups[group];
        let slot = &mut counts.slots[self.slot];
        slot.heads += load.heads.take(at);
        slot.staffed += load.present.take(at);
        slot.busy += load.busy.take(at);
        slot.overtime += load.overtime.take(at);
        counts.totals.open += load.open.take(at);
    }

    fn pass_all(&mut self, at: SimTime) {
        for queue in self.model.queues.ids() {
            self.pass_line(queue, at);
        }
        for group in self.model.groups.ids() {
            self.pass_load(group, at);
        }
    }

    fn answered(&mut self, at: SimTime, contact: &Contact) {
        let queue = contact.queue;
        let Rules {
            deferred,
            response_is_wait,
            ..
        } = self.rules[queue];
        let wait = contact.started_at.since(contact.arrived_at);
        let handled = at.since(contact.started_at);
        let sojourn = contact.replied_at.since(contact.arrived_at);
        let response = if response_is_wait {
            wait
        } else {
            let answered_at = if deferred {
                contact.replied_at
            } else {
                contact.started_at
            };
            self.on_target_clock(queue, contact.arrived_at, answered_at)
        };
        let counts = &mut self.counts.queues[queue];
        let totals = &mut counts.totals;
        totals.handle_time += micros(handled);
        totals.sojourn += micros(sojourn);
        totals.response_max = totals.response_max.max(micros(response));
        totals.handle_time_max = totals.handle_time_max.max(micros(handled));
        totals.sojourn_max = totals.sojourn_max.max(micros(sojourn));
        counts.response.record(response.0);
        counts.handle_time.record(handled.0);
        counts.sojourn.record(sojourn.0);
        if !response_is_wait {
            totals.wait_max = totals.wait_max.max(micros(wait));
            counts.wait.record(wait.0);
        }
        record_slot_time(counts, contact, if deferred { response } else { wait });
        let slot = slot_of(contact, &mut counts.slots, &mut self.outside);
        slot.answered += 1;
        slot.delayed += i128::from(wait > SimDuration::ZERO);
        slot.wait_answered += micros(wait);
        if !response_is_wait {
            slot.response += micros(response);
        }
        self.book_level(contact, LevelEvent::Answered(response));
    }

    fn abandoned(&mut self, at: SimTime, contact: &Contact) {
        let queue = contact.queue;
        let wait = at.since(contact.arrived_at);
        let counts = &mut self.counts.queues[queue];
        counts.totals.wait_max = counts.totals.wait_max.max(micros(wait));
        counts.wait.record(wait.0);
        if !self.rules[queue].deferred {
            record_slot_time(counts, contact, wait);
        }
        let slot = slot_of(contact, &mut counts.slots, &mut self.outside);
        slot.abandoned += 1;
        slot.delayed += 1;
        slot.wait_abandoned += micros(wait);
        let elapsed = self.on_target_clock(queue, contact.arrived_at, at);
        self.book_level(contact, LevelEvent::Abandoned(elapsed));
    }
}

/// Where a contact's outcome is counted: in the interval of its arrival.
#[inline]
pub(super) fn slot_of<'a>(
    contact: &Contact,
    slots: &'a mut [QueueSlot],
    outside: &'a mut Table<QueueId, QueueSlot>,
) -> &'a mut QueueSlot {
    match slots.get_mut(contact.slot as usize) {
        Some(slot) => slot,
        None => &mut outside[contact.queue],
    }
}

#[inline]
fn record_slot_time(counts: &mut QueueCounts, contact: &Contact, time: SimDuration) {
    if let Some(times) = counts.slot_times.get_mut(contact.slot as usize) {
        times.record(time.0);
    }
}

impl Observer for Counting<'_> {
    fn piece_began(&mut self, piece: &Piece) {
        self.pass_all(piece.start);
        self.slot = self.layout.slot(self.model, piece) as usize;
    }

    fn staffed(&mut self, at: SimTime, group: GroupId, heads: u32, present: u32) {
        let at = self.within_window(at);
        let load = &mut self.loads[group];
        load.heads.set(heads, at);
        load.present.set(present, at);
        load.overtime
            .set(load.busy.value().saturating_sub(present), at);
    }

    #[inline]
    fn arrived(&mut self, _at: SimTime, contact: &Contact) {
        if !self.is_counted(contact) {
            return;
        }
        let counts = &mut self.counts.queues[contact.queue];
        slot_of(contact, &mut counts.slots, &mut self.outside).offered += 1;
        if contact.slot != NO_SLOT {
            counts.totals.work += micros(contact.talk + contact.wrap_up);
        }
        if self.rules[contact.queue].takes_moved {
            let own = contact.source.map(|source| self.model.sources[source].own);
            let is_moved = own.is_some_and(|own| own != Some(contact.queue));
            self.counts.demand.moved += i128::from(is_moved);
        }
    }

    fn turned_away(&mut self, at: SimTime, _source: SourceId) {
        if at >= self.window.start {
            self.counts.demand.wanted += 1;
            self.counts.demand.lost += 1;
        }
    }

    #[inline]
    fn line_changed(&mut self, at: SimTime, queue: QueueId, waiting: u32) {
        let before = self.lines[queue].waiting.value();
        self.set_line(queue, at, at, waiting);
        // Exact where one joins and the line is the longest yet.
        if waiting > before && self.window.contains(&at) {
            let longest = &mut self.counts.queues[queue].totals.queue_max;
            *longest = (*longest).max(i128::from(waiting));
        }
    }

    fn left_unnoticed(&mut self, now: SimTime, left_at: SimTime, queue: QueueId) {
        let waiting = self.lines[queue].waiting.value();
        self.set_line(queue, now, left_at, waiting - 1);
        if left_at <= self.window.start {
            let line = &mut self.lines[queue];
            line.standing = line.standing.map(|standing| standing - 1);
        }
    }

    #[inline]
    fn load_changed(&mut self, at: SimTime, group: GroupId, busy: u32, open: u32) {
        let at = self.within_window(at);
        let load = &mut self.loads[group];
        load.open.set(open, at);
        if busy != load.busy.value() {
            load.busy.set(busy, at);
            load.overtime
                .set(busy.saturating_sub(load.present.value()), at);
        }
    }

    /// With k contacts open each gets 1/k, the microseconds left over go to the first ones.
    #[inline]
    fn worked(&mut self, group: GroupId, hands: &[InHand], from: SimTime, to: SimTime) {
        let span = self.within_window(to).since(self.within_window(from)).0;
        let agent_time = &mut self.counts.groups[group].agent_time;
        if let [hand] = hands {
            agent_time[hand.queue] += i128::from(span);
            return;
        }
        let (each, rest) = (span / hands.len() as u64, span % hands.len() as u64);
        for (place, hand) in hands.iter().enumerate() {
            agent_time[hand.queue] += i128::from(each + u64::from((place as u64) < rest));
        }
    }

    #[inline]
    fn ended(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        if !self.is_counted(contact) {
            return;
        }
        match outcome {
            Outcome::Answered => self.answered(at, contact),
            Outcome::Abandoned => self.abandoned(at, contact),
            Outcome::Blocked => {
                let counts = &mut self.counts.queues[contact.queue];
                counts.totals.work -= micros(contact.talk + contact.wrap_up);
                slot_of(contact, &mut counts.slots, &mut self.outside).blocked += 1;
            }
            Outcome::OpenAtEnd => {
                self.counts.queues[contact.queue].totals.open_at_end += 1;
                self.book_level(contact, LevelEvent::Open);
            }
        }
    }

    fn backlog(&mut self, piece: &Piece, queue: QueueId, count: usize, arrivals: &[SimTime]) {
        let at = piece.end;
        if at <= self.window.start {
            return;
        }
        let slot = self.layout.slot(self.model, piece) as usize;
        let counts = &mut self.counts.queues[queue];
        if let Some(window) = self.layout.steady {
            window.count(at, count, &mut counts.steady);
        }
        let slot = &mut counts.slots[slot];
        slot.backlog += count as i128;
        slot.backlog_samples += 1;
        if let [oldest, ..] = arrivals {
            // The oldest come first: the age that a share is below belongs to the contact that so many are not younger than.
            let n = arrivals.len();
            let age_at =
                |percent: usize| micros(at.since(arrivals[n - (n * percent).div_ceil(100).max(1)]));
            slot.age_p50 += age_at(50);
            slot.age_p90 += age_at(90);
            slot.age_max += micros(at.since(*oldest));
            slot.age_samples += 1;
        }
    }

    fn closed(&mut self, at: SimTime) {
        self.pass_all(at);
    }
}
