//! The observer that counts: from what the engine tells to integers by queue, group, interval and day.

use std::fmt;

use crate::ids::{BotId, GroupId, QueueId, SourceId, Table};
use crate::scenario::model::Model;
use crate::stats::counts::{Counts, DemandTotals, Extent};
use crate::time::{Piece, SimTime};

use crate::sim::centre::Layout;
use crate::sim::contacts::Contact;
use crate::sim::issues::{Issue, Stop};
use crate::sim::observer::{BotEnd, Observer, Outcome, Step, Turn};
use crate::sim::work::InHand;

use super::answered::Noted;
use super::group::GroupCounter;
use super::issue::IssueCounter;
use super::money::MoneyCounter;
use super::queue::QueueCounter;
use super::rules::Rules;
use super::window::Window;

/// Counts one replication into a [`Counts`].
#[derive(Debug)]
pub struct Counting<'a> {
    model: &'a Model,
    layout: &'a Layout,
    window: Window,
    pub(super) queues: Table<QueueId, QueueCounter<'a>>,
    /// By queue: who was answered and is yet to be counted.
    pub(super) noted: Table<QueueId, Noted<'a>>,
    pub(super) groups: Table<GroupId, GroupCounter>,
    pub(super) demand: DemandTotals,
    pub(super) issues: IssueCounter,
    pub(super) money: MoneyCounter,
    /// The interval that runs.
    slot: usize,
    /// The piece that runs; `None` before the first.
    piece: Option<Piece>,
    batches: Option<Sink<'a>>,
}

/// Who takes each batch but the last.
struct Sink<'a>(&'a mut dyn FnMut(&mut Counts));

impl fmt::Debug for Sink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sink")
    }
}

/// How much a replication of a model counts.
pub fn extent(model: &Model, layout: &Layout) -> Extent {
    Extent {
        queues: model.queues.len(),
        groups: model.groups.len(),
        slots: layout.slots as usize,
        days: model
            .batches
            .map_or(model.calendar.days().len(), |batches| batches.days as usize),
        issues: model.issues.is_some(),
        bots: model.bots.len(),
        channels: model.channels.len(),
    }
}

impl<'a> Counting<'a> {
    /// Counts from zero, in the memory of earlier counts of the same model.
    pub fn new(model: &'a Model, layout: &'a Layout, mut counts: Counts) -> Self {
        counts.clear();
        let lost = model.sources.values().map(|source| source.lost_backlog);
        let lost: u64 = lost.filter(|_| model.warm_up == SimTime::START).sum();
        counts.demand.wanted += i128::from(lost);
        counts.demand.lost += i128::from(lost);
        let mut issues = IssueCounter::new(model, extent(model, layout), counts.issues);
        issues.lost_with_queue(lost);
        let queues = model.queues.ids().zip(counts.queues.into_values());
        let groups = layout.groups.values().zip(counts.groups.into_values());
        let groups = groups.map(|(layout, counts)| GroupCounter::new(counts, layout.at_once_max));
        let window = Window::new(model.warm_up, model.calendar.end());
        let queues: Table<QueueId, QueueCounter> = queues
            .map(|(id, counts)| QueueCounter::new(model, Rules::of(model, id), counts))
            .collect();
        Self {
            model,
            layout,
            window,
            money: MoneyCounter::new(model, window, counts.money),
            piece: None,
            noted: queues
                .values()
                .map(|queue| Noted::new(queue.rules))
                .collect(),
            queues,
            groups: groups.collect(),
            demand: counts.demand,
            issues,
            slot: 0,
            batches: None,
        }
    }

    /// The same; every batch but the last goes to `sink`. What has not ended when its batch does is counted in the one in which it ends,
    /// and among the figures of no day.
    #[must_use]
    pub fn in_batches(self, sink: &'a mut dyn FnMut(&mut Counts)) -> Self {
        Self {
            batches: Some(Sink(sink)),
            ..self
        }
    }

    fn begin_batch(&mut self, day: u32) {
        let mut counts = self.close();
        if let Some(Sink(sink)) = &mut self.batches {
            sink(&mut counts);
        }
        counts.clear();
        self.demand = counts.demand;
        self.issues.counts = counts.issues;
        self.money.begin_batch(counts.money);
        for (queue, counts) in self.queues.values_mut().zip(counts.queues.into_values()) {
            queue.begin_batch(counts, day);
        }
        for (group, counts) in self.groups.values_mut().zip(counts.groups.into_values()) {
            group.counts = counts;
        }
    }

    fn pass_all(&mut self, at: SimTime) {
        for queue in self.queues.values_mut() {
            queue.pass(self.window, at, self.slot);
        }
        let within = self.window.within(at);
        for (id, group) in self.groups.iter_mut() {
            let passed = group.pass(within, self.slot);
            if let Some(piece) = &self.piece {
                let premiums = &self.model.groups[id].pay.premiums;
                self.money.paid(id, premiums, piece, self.window, passed);
            }
        }
        self.issues.pass(within);
        self.money.pass(within);
    }

    fn pass_day(&mut self, at: SimTime) {
        let within = self.window.within(at);
        for group in self.groups.values_mut() {
            group.pass_day(within);
        }
    }
}

impl Observer for Counting<'_> {
    fn piece_began(&mut self, piece: &Piece) {
        self.pass_all(piece.start);
        if self.piece.is_some_and(|before| before.day < piece.day) {
            self.pass_day(piece.start);
        }
        if let Some(batches) = self.model.batches
            && piece.day > batches.first_day
            && piece.start == self.model.calendar.days()[piece.day as usize].start
            && batches.begin_on(piece.day)
        {
            self.begin_batch(piece.day);
        }
        self.slot = self.layout.slot(self.model, piece) as usize;
        self.piece = Some(*piece);
    }

    fn staffed(&mut self, at: SimTime, group: GroupId, heads: u32, present: u32) {
        let at = self.window.within(at);
        self.groups[group].staffed(at, heads, present);
    }

    fn turned_away(&mut self, at: SimTime, source: SourceId) {
        if at >= self.window.start {
            self.money.turned_away(source);
            self.demand.wanted += 1;
            self.demand.lost += 1;
            self.issues.turned_away();
        }
    }

    #[inline(always)]
    fn line_changed(&mut self, at: SimTime, queue: QueueId, waiting: u32) {
        self.queues[queue].line_changed(&self.window, at, waiting);
    }

    fn left_unnoticed(&mut self, now: SimTime, left_at: SimTime, queue: QueueId) {
        self.queues[queue].left_unnoticed(self.window, now, left_at);
    }

    #[inline(always)]
    fn load_changed(&mut self, at: SimTime, group: GroupId, busy: u32, open: u32) {
        let at = self.window.within(at);
        self.groups[group].load_changed(at, busy, open);
    }

    fn stepped(&mut self, at: SimTime, contact: &Contact, group: GroupId, _agent: u32, step: Step) {
        if self.window.contains(at) {
            self.groups[group].stepped(step);
        }
        if let Step::Replied(wait) = step
            && self.window.counts(contact)
        {
            self.issues.replied(contact, wait);
        }
    }

    #[inline(always)]
    fn worked(&mut self, group: GroupId, hands: &[InHand], from: SimTime, to: SimTime) {
        self.groups[group].worked(self.window, hands, from, to);
    }

    #[inline(always)]
    fn turned_to(
        &mut self,
        at: SimTime,
        (group, busy): (GroupId, u32),
        from: Option<QueueId>,
        to: Option<QueueId>,
    ) {
        let at = self.window.within(at);
        self.groups[group].turned_to(at, busy, from, to);
    }

    #[inline(always)]
    fn started(&mut self, _at: SimTime, contact: &Contact, group: GroupId, _agent: u32) {
        if self.money.looks_at_contacts {
            self.money.started(contact, group);
        }
    }

    #[inline(always)]
    fn ended(&mut self, at: SimTime, contact: &Contact, outcome: Outcome) {
        if self.window.counts(contact) {
            if self.money.looks_at_contacts {
                self.money.ended(self.model, at, contact, outcome);
            }
            let noted = &mut self.noted[contact.queue];
            if noted.takes_moved() {
                self.demand.moved += i128::from(is_moved(self.model, contact));
            }
            if outcome != Outcome::Answered {
                self.queues[contact.queue].not_answered(at, contact, outcome);
            } else if noted.note(at, contact) {
                self.queues[contact.queue].count(noted);
            }
        }
    }

    fn turned(&mut self, _at: SimTime, contact: &Contact, turn: Turn) {
        if self.window.counts(contact) {
            self.issues.turned(contact, turn);
        }
    }

    fn stood_unanswered(&mut self, until: SimTime, contact: &Contact) {
        if self.window.counts(contact) {
            self.issues.stood_unanswered(until, contact);
        }
    }

    fn bot_sessions(&mut self, at: SimTime, bot: BotId, sessions: u32) {
        self.issues
            .set_sessions(self.window.within(at), bot, sessions);
    }

    fn bot_full(&mut self, _at: SimTime, contact: &Contact) {
        if self.window.counts(contact) {
            self.issues.bot_full(self.model, contact);
        }
    }

    fn bot_ended(&mut self, _at: SimTime, contact: &Contact, end: BotEnd) {
        if self.window.counts(contact) {
            self.money.bot_ended(contact);
            self.issues.bot_ended(self.model, contact, end);
        }
    }

    fn away(&mut self, at: SimTime, issues: u32) {
        self.issues.set_away(self.window.within(at), issues);
    }

    fn travelled(&mut self, _at: SimTime, issue: &Issue, from: Stop) {
        if self.window.has_seen(issue.opened_at) {
            self.money.travelled(issue, from);
            self.issues.travelled(issue, from);
        }
    }

    fn issue_ended(&mut self, at: SimTime, issue: &Issue) {
        if self.window.has_seen(issue.opened_at) {
            self.money.issue_ended(self.model, issue);
            self.issues.ended(at, issue);
        }
    }

    fn backlog(&mut self, piece: &Piece, queue: QueueId, count: usize, arrivals: &[SimTime]) {
        let at = piece.end;
        if at <= self.window.start {
            return;
        }
        let counter = &mut self.queues[queue];
        if let Some(window) = self.layout.steady {
            window.count(at, count, &mut counter.counts.steady);
        }
        let slot = self.layout.slot(self.model, piece) as usize;
        counter.backlog(at, slot, count, arrivals);
    }

    fn closed(&mut self, at: SimTime) {
        self.pass_all(at);
        self.pass_day(at);
    }
}

fn is_moved(model: &Model, contact: &Contact) -> bool {
    let own = contact.source.map(|source| model.sources[source].own);
    own.is_some_and(|own| own != Some(contact.queue))
}
