//! One replication: the event loop.

use std::marker::PhantomData;

use crate::ids::{QueueId, SourceId};
use crate::scenario::model::{Model, Queue, Staffing};
use crate::time::{SimDuration, SimTime};

use super::arrivals::{Drawn, Luck};
use super::calendar::{Event, First};
use super::centre::{Centre, Layout};
use super::contacts::{Contact, Stage};
use super::features::{Features, Full, Plain};
use super::issues::Stop;
use super::mechanisms::trunks;
use super::observer::{Observer, Outcome};
use super::streams::{Key, contact_key};

/// How a replication ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// At the end of the horizon, with everything followed that is to be followed.
    Complete,
    /// More contacts came than the model allows: posts breed without bound.
    Flooded,
}

/// Simulates replication `index` (from 0) of a model under a staffing and tells the observer all that happens.
///
/// The result depends on the first four arguments alone. `centre` lends its memory and leaves no trace; `layout` is that of
/// the model and the staffing.
pub fn replicate(
    (model, staffing, layout): (&Model, &Staffing, &Layout),
    seed: u64,
    index: u64,
    centre: &mut Centre,
    observer: &mut impl Observer,
) -> Ending {
    centre.restart(model, layout, seed, index);
    if layout.is_plain {
        Replication::<_, Plain>::new((model, staffing, layout), centre, observer).run()
    } else {
        Replication::<_, Full>::new((model, staffing, layout), centre, observer).run()
    }
}

/// One replication under way.
#[derive(Debug)]
pub(super) struct Replication<'a, O, F> {
    pub(super) model: &'a Model,
    pub(super) staffing: &'a Staffing,
    pub(super) layout: &'a Layout,
    pub(super) centre: &'a mut Centre,
    pub(super) observer: &'a mut O,
    pub(super) now: SimTime,
    features: PhantomData<F>,
}

impl<'a, O: Observer, F: Features> Replication<'a, O, F> {
    fn new(
        (model, staffing, layout): (&'a Model, &'a Staffing, &'a Layout),
        centre: &'a mut Centre,
        observer: &'a mut O,
    ) -> Self {
        Self {
            model,
            staffing,
            layout,
            centre,
            observer,
            now: SimTime::START,
            features: PhantomData,
        }
    }

    fn run(&mut self) -> Ending {
        self.admit_backlogs();
        self.centre
            .calendar
            .push(self.model.calendar.end(), Event::Close);
        self.begin_piece(0, 0);
        self.serve_released();
        loop {
            match self.centre.calendar.first() {
                First::Finish(at, group, agent) => {
                    self.now = at;
                    self.finish(group, agent);
                }
                First::Arrive(at, source) => {
                    self.now = at;
                    self.arrive(source);
                }
                First::Other => {
                    let Some((at, event)) = self.centre.calendar.pop_other() else {
                        break;
                    };
                    self.now = at;
                    self.happen(event);
                    // What is bred, and what follows, comes by events of its own.
                    if self.centre.bred > self.model.bred_limit {
                        return Ending::Flooded;
                    }
                }
            }
            self.serve_released();
            if self.centre.is_closed && self.centre.followed == 0 {
                break;
            }
        }
        self.leave_the_rest_open();
        if !F::IS_PLAIN {
            self.leave_issues_open();
        }
        Ending::Complete
    }

    /// Whatever is neither the end of a contact nor a new customer. A contact that it is about may have gone since.
    #[inline(never)]
    fn happen(&mut self, event: Event) {
        match event {
            Event::Step => self.step(),
            Event::TurnUp(group) => self.turn_up(group),
            Event::Close => self.close(),
            Event::Finish(group, agent) => {
                if self.is_due(group, agent) {
                    self.finish(group, agent);
                }
            }
            Event::Arrive(source) => self.arrive(source),
            _ if F::IS_PLAIN => {}
            Event::Overflow(contact)
            | Event::Abandon(contact)
            | Event::Breed(contact)
            | Event::Offer(contact)
            | Event::CallBack(contact)
            | Event::LeaveBot(contact)
            | Event::Write(contact)
            | Event::Come(contact)
                if !self.centre.contacts.is_current(contact) => {}
            Event::Overflow(contact) => self.overflow(contact),
            Event::Abandon(contact) => self.abandon(contact.index),
            Event::Breed(contact) => self.breed(contact.index),
            Event::Offer(contact) => self.offer(contact.index),
            Event::CallBack(contact) => self.call_back(contact.index),
            Event::LeaveBot(contact) => self.leave_bot(contact.index),
            Event::Write(contact) => self.write(contact.index),
            Event::Come(contact) => self.come(contact.index),
        }
    }

    /// The next customer of a source: drawn whole, then routed, blocked or lost.
    #[inline(always)]
    fn arrive(&mut self, source: SourceId) {
        let now = self.now;
        let model = self.model;
        let Centre {
            arrivals,
            calendar,
            piece,
            ..
        } = &mut *self.centre;
        let arrivals = &mut arrivals[source];
        let ordinal = arrivals.count;
        arrivals.count += 1;
        calendar.set_arrival(arrivals.next(piece), source);
        let key = Key::new(arrivals.name, ordinal);
        let own = &mut arrivals.own;
        let mut drawn = own.as_mut().map(|(id, luck)| {
            let queue = &model.queues[*id];
            (*id, queue, luck.draw_here(queue, piece))
        });
        if !F::IS_PLAIN {
            let moves = &model.sources[source].moves;
            if let Some(number) = super::mechanisms::moves::target(moves, &mut arrivals.routes) {
                let id = moves[number].to;
                let queue = &model.queues[id];
                let luck = &mut arrivals.moved[number];
                drawn = Some((id, queue, luck.draw_here(queue, piece)));
            }
        }
        let Some((id, queue, drawn)) = drawn else {
            self.observer.turned_away(now, source);
            return;
        };
        let mut contact = self.contact(id, key, drawn);
        contact.source = Some(source);
        self.admit(contact, queue);
    }

    /// A contact that comes to a queue now, with what it drew.
    #[inline(always)]
    pub(super) fn contact(&self, queue: QueueId, key: Key, drawn: Drawn) -> Contact {
        let mut contact = Contact::new(queue, self.now);
        contact.key_of = key;
        contact.slot = self.centre.slot;
        contact.day = self.centre.piece.day;
        contact.leaves_at = match drawn.patience {
            Some(patience) => self.now.later(patience),
            None => SimTime::NEVER,
        };
        contact.talk = drawn.talk;
        contact.wrap_up = drawn.wrap_up;
        contact
    }

    /// Takes a contact in: to a bot, to a free agent, else to the line; or meets it with a closed door.
    #[inline(always)]
    pub(super) fn admit(&mut self, contact: Contact, queue: &Queue) {
        if F::IS_PLAIN {
            self.observer.arrived(self.now, &contact);
            let index = self.centre.contacts.insert(contact);
            return self.seek_agent(index, queue);
        }
        let index = self.centre.contacts.insert(contact);
        if self.model.issues.is_some() && self.sets_out_to_bot(index) {
            return;
        }
        let Centre {
            contacts,
            free_lines,
            ..
        } = &mut *self.centre;
        let contact = &mut contacts[index];
        self.observer.arrived(self.now, contact);
        if let Some(trunk) = queue.trunk {
            trunks::pick_up(contact, trunk, free_lines);
        }
        if self.meets_closed_door(queue) {
            self.turn_away(index, Outcome::Blocked);
        } else if queue.trunk.is_some() && !self.centre.contacts[index].holds_line {
            self.turn_away(index, Outcome::NoLine);
        } else {
            self.take_in(index, queue);
        }
    }

    /// Takes up the issue of a contact; whether a bot takes the contact first, or none comes.
    #[inline(never)]
    fn sets_out_to_bot(&mut self, index: u32) -> bool {
        if self.is_spared(index) {
            return true;
        }
        let mut contact = self.centre.contacts[index];
        let issue = self.take_up(&mut contact);
        self.centre.contacts[index] = contact;
        if self.meets_bot(index, issue) {
            return true;
        }
        self.travel(issue, Stop::Queue(contact.queue));
        false
    }

    /// Whether real-time contacts of a queue are turned away now.
    #[inline(always)]
    pub(super) fn meets_closed_door(&self, queue: &Queue) -> bool {
        let Some(hours) = &queue.open else {
            return false;
        };
        let piece = &self.centre.piece;
        !queue.deferred && !hours.is_open_at(piece.into(), piece.wall_clock(self.now))
    }

    /// A contact ends that no agent has seen.
    #[inline(never)]
    pub(super) fn turn_away(&mut self, index: u32, outcome: Outcome) {
        let Centre {
            contacts,
            free_lines,
            ..
        } = &mut *self.centre;
        trunks::hang_up(&mut contacts[index], self.model, free_lines);
        self.tell(self.now, index, outcome);
        self.centre.contacts.remove(index);
    }

    /// A contact that has come in goes to a free agent, else to the line.
    #[inline(always)]
    pub(super) fn take_in(&mut self, index: u32, queue: &Queue) {
        if let Some(spread) = &queue.spread {
            self.begin_breeding(index, spread);
        }
        self.seek_agent(index, queue);
    }

    /// A contact goes to a free agent, else to the line.
    #[inline(always)]
    pub(super) fn seek_agent(&mut self, index: u32, queue: &Queue) {
        self.left_before_now_included();
        if !F::IS_PLAIN && !queue.just_waits {
            return self.seek_otherwise(index, queue);
        }
        for server in &queue.servers {
            if let Some(agent) = self.agent_for(queue, server) {
                return self.start(index, agent, server);
            }
        }
        self.join_line(index);
    }

    /// The same where more may happen: the contact goes to an agent of its own or to a free one, somebody sets other work aside for it, or
    /// it turns away from the line or joins it.
    #[inline(never)]
    fn seek_otherwise(&mut self, index: u32, queue: &Queue) {
        if self.goes_to_own_agent(index, queue) {
            return;
        }
        if self.finds_agent(index, queue) {
            let id = self.centre.contacts[index].queue;
            self.centre.lines[id].note_wait(SimDuration::ZERO);
        } else if !self.turns_from_line(index) {
            self.join_line(index);
            self.plan_overflow(index);
        }
    }

    /// Whether an agent takes a contact now: one who is free, else one who sets other work aside for it.
    pub(super) fn finds_agent(&mut self, index: u32, queue: &Queue) -> bool {
        for server in &queue.servers {
            if let Some(agent) = self.agent_for(queue, server) {
                self.start(index, agent, server);
                return true;
            }
        }
        self.interrupts(index, queue)
    }

    /// A contact that joins a line will leave when its patience ends: by an event where others depend on the instant.
    #[inline(always)]
    pub(super) fn join_line(&mut self, index: u32) {
        let queue = self.centre.contacts[index].queue;
        let is_counted = self.now >= self.model.warm_up;
        if self.centre.lines[queue].nears_longest(is_counted) {
            self.look_through(queue);
        }
        let Centre {
            contacts,
            lines,
            calendar,
            ..
        } = &mut *self.centre;
        let line = &mut lines[queue];
        let reference = contacts.reference(index);
        let contact = &mut contacts[index];
        contact.in_line = true;
        let may_leave = contact.leaves_at < SimTime::NEVER;
        let is_watched = !F::IS_PLAIN && line.is_watched();
        if is_watched && may_leave {
            calendar.push(contact.leaves_at, Event::Abandon(reference));
        }
        line.push(index, may_leave && !is_watched);
        self.observer.line_changed(self.now, queue, line.len());
        self.observer.joined(self.now, contact);
    }

    /// The patience of a contact in a watched line has ended.
    fn abandon(&mut self, index: u32) {
        let contact = &mut self.centre.contacts[index];
        if contact.stage == Stage::InDialogue {
            return self.leaves_midway(index);
        }
        // One that is kept for an agent and open at the end of the horizon stands in no line.
        let is_nowhere = contact.told && !contact.in_line;
        if contact.stage != Stage::Waiting || contact.leaves_at > self.now || is_nowhere {
            return;
        }
        if contact.issue.is_some() && (self.leaves_own_agent(index) || self.leaves_silently(index))
        {
            return;
        }
        let contact = &mut self.centre.contacts[index];
        // Whom this releases must not be given to a contact that left before.
        self.centre.left_before = self.centre.left_before.max(self.now);
        contact.stage = Stage::Gone;
        let queue = contact.queue;
        let line = &mut self.centre.lines[queue];
        line.mark_gone();
        self.observer.line_changed(self.now, queue, line.len());
        self.tell(self.now, index, Outcome::Abandoned);
        let Centre {
            contacts,
            free_lines,
            ..
        } = &mut *self.centre;
        trunks::hang_up(&mut contacts[index], self.model, free_lines);
        self.note_if_released(queue);
    }

    /// Tells the one outcome of a contact.
    #[inline(always)]
    pub(super) fn tell(&mut self, at: SimTime, index: u32, outcome: Outcome) {
        let contact = &mut self.centre.contacts[index];
        if contact.told {
            return;
        }
        contact.told = true;
        let is_followed = !F::IS_PLAIN && contact.issue.is_some();
        self.observer.ended(at, contact, outcome);
        if self.centre.is_closed {
            self.centre.followed -= 1;
        }
        if is_followed {
            self.follow_up(at, index, outcome);
        }
    }

    /// A contact of a followed issue has ended.
    #[inline(never)]
    fn follow_up(&mut self, at: SimTime, index: u32, outcome: Outcome) {
        let contact = self.centre.contacts[index];
        self.follow(at, &contact, outcome);
    }

    /// A contact that is gone stands in its line no longer; its place is freed once nothing is to come of it.
    pub(super) fn left_line(&mut self, index: u32) {
        self.centre.contacts[index].in_line = false;
        self.free_if_done(index);
    }

    /// Frees the place of a contact that is gone, stands in no line and has nothing in the calendar.
    pub(super) fn free_if_done(&mut self, index: u32) {
        let contact = &self.centre.contacts[index];
        if contact.stage == Stage::Gone && !contact.in_line && !contact.is_breeding {
            self.centre.contacts.remove(index);
        }
    }

    /// Remembers a queue whose line has become empty while agents were kept for it.
    pub(super) fn note_if_released(&mut self, queue: QueueId) {
        let line = &self.centre.lines[queue];
        if line.is_watched() && line.is_empty() {
            self.centre.released.push(queue);
        }
    }

    #[inline(always)]
    fn serve_released(&mut self) {
        if F::IS_PLAIN {
            return;
        }
        while let Some(queue) = self.centre.released.pop() {
            for &group in &self.layout.queues[queue].holds {
                self.fill(group);
            }
        }
    }

    /// From here on a patience that ends at this very instant has ended.
    pub(super) fn left_before_now_included(&mut self) {
        self.centre.left_before = SimTime(self.now.0 + 1);
    }

    fn admit_backlogs(&mut self) {
        for (id, queue) in self.model.queues.iter() {
            let base = contact_key(queue.name.hash, u64::MAX);
            let mut luck = Luck::new(self.centre.root, base);
            let count = u64::from(queue.backlog.count);
            for number in 0..count {
                let age = u128::from(queue.backlog.oldest.0) * u128::from(count - number)
                    / u128::from(count);
                let drawn = luck.draw(queue, &self.centre.piece);
                let mut contact = self.contact(id, Key::new(base, number), drawn);
                contact.slot = super::contacts::NO_SLOT;
                contact.arrived_at = SimTime::START.before(SimDuration(
                    u64::try_from(age).expect("not above the oldest"),
                ));
                contact.came_at = contact.arrived_at;
                if !F::IS_PLAIN && self.model.issues.is_some() {
                    let issue = self.take_up(&mut contact);
                    self.travel(issue, Stop::Queue(id));
                }
                self.observer.arrived(SimTime::START, &contact);
                if let Some(trunk) = queue.trunk {
                    trunks::hold(&mut contact, trunk, &mut self.centre.free_lines);
                }
                let index = self.centre.contacts.insert(contact);
                if !F::IS_PLAIN
                    && let Some(spread) = &queue.spread
                {
                    self.begin_breeding(index, spread);
                }
                self.join_line(index);
                if !F::IS_PLAIN {
                    self.plan_overflow(index);
                }
            }
        }
    }
}
