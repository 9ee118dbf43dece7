//! One replication: the event loop.

use std::marker::PhantomData;

use crate::ids::QueueId;
use crate::scenario::model::{Model, Staffing};
use crate::time::SimTime;

use super::calendar::{Event, First};
use super::centre::{Centre, Layout};
use super::contacts::Stage;
use super::features::{Features, Full, Plain};
use super::mechanisms::trunks;
use super::observer::{Observer, Outcome};

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
                    self.serve_released();
                    // Nobody comes after the horizon, so there is no end to look for.
                    continue;
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
}
