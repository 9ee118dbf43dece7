//! The calendar's steps and the end of the horizon.

use crate::ids::{GroupId, QueueId, Table};
use crate::time::{SimDuration, SimTime};

use super::agents::Agents;
use super::calendar::Event;
use super::centre::Centre;
use super::contacts::Stage;
use super::features::Features;
use super::lines::Line;
use super::mechanisms::interruption::SetAside;
use super::mechanisms::same_agent::Kept;
use super::observer::{Observer, Outcome};
use super::replicate::Replication;
use super::work::InHand;

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// The next piece of the calendar.
    pub(super) fn step(&mut self) {
        let day = self.centre.piece.day as usize;
        let index = self.centre.piece_index + 1;
        let (day, index) = if index < self.model.calendar.pieces_in(day) {
            (day, index)
        } else {
            (day + 1, 0)
        };
        self.centre.left_before = self.now;
        self.look_through_all();
        self.tell_backlog_if_interval_ends();
        self.begin_piece(day, index);
    }

    /// Sets rates and staffing for a piece that begins now.
    pub(super) fn begin_piece(&mut self, day: usize, index: usize) {
        let calendar = &self.model.calendar;
        let piece = calendar.piece(day, index);
        self.centre.piece = piece;
        self.centre.piece_index = index;
        self.centre.slot = self.layout.slot(self.model, &piece);
        let batches = self.model.batches.filter(|_| index == 0);
        let begins_batch = batches.is_some_and(|batches| batches.begin_on(piece.day));
        if begins_batch {
            // Work up to now belongs to the batch that ends.
            self.bring_agents_up_to_now();
        }
        self.observer.piece_began(&piece);
        if index == 0 {
            self.centre.begin_day(self.model);
            self.draw_attendance();
            self.set_speeds();
            if begins_batch {
                self.centre
                    .lines
                    .values_mut()
                    .for_each(Line::forget_longest);
            }
        }
        for group in self.model.groups.ids() {
            self.staff(group);
        }
        for group in self.model.groups.ids() {
            self.fill(group);
        }
        for (id, source) in self.model.sources.iter() {
            let first = self.centre.arrivals[id].begin_piece(source, &piece);
            self.centre.calendar.set_arrival(first, id);
        }
        if piece.end < calendar.end() {
            self.centre.calendar.push(piece.end, Event::Step);
        }
    }

    /// An agent of a group who is late comes now.
    pub(super) fn turn_up(&mut self, group: GroupId) {
        self.centre.left_before = self.now;
        self.staff(group);
        self.fill(group);
    }

    /// Heads present: floor(heads at work and not away × (1 − shrinkage) + u), with one uniform u a group and day.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative and at most the heads"
    )]
    fn staff(&mut self, group: GroupId) {
        let heads = self.staffing.heads[group].at(&self.centre.piece);
        let at_work = self.staffing.at_work(group, &self.centre.piece);
        let at_work = at_work.saturating_sub(self.centre.missing[group].heads(self.now));
        let share_present = 1.0 - self.model.groups[group].shrinkage;
        let uniform = self.centre.rounding[group].1;
        let present = ((f64::from(at_work) * share_present + uniform).floor() as u32).min(at_work);
        self.observer.staffed(self.now, group, heads, present);
        if present != self.centre.agents[group].present() {
            self.centre.agents[group].set_present(present, self.now);
        }
    }

    fn look_through_all(&mut self) {
        for (id, queue) in self.model.queues.iter() {
            if queue.patience.is_some() && !self.centre.lines[id].is_empty() {
                self.look_through(id);
            }
        }
    }

    fn tell_backlog_if_interval_ends(&mut self) {
        let interval = self.model.calendar.interval();
        let piece = self.centre.piece;
        let ends_interval = piece.wall_clock(piece.end).0.is_multiple_of(interval.0);
        if !ends_interval {
            return;
        }
        let Centre {
            agents,
            aside,
            kept,
            contacts,
            lines,
            ages,
            ..
        } = &mut *self.centre;
        let in_hand = agents.values().flat_map(Agents::all_hands);
        for hand in in_hand.chain(all_aside(aside)) {
            ages[hand.queue].push(contacts[hand.contact].arrived_at);
        }
        for index in kept.values().flatten().flat_map(Kept::contacts) {
            let contact = &contacts[index];
            ages[contact.queue].push(contact.arrived_at);
        }
        for (queue, arrivals) in ages.iter_mut() {
            let line = &lines[queue];
            let count = arrivals.len() + line.places();
            if self.model.queues[queue].deferred {
                let waiting = line.iter().map(|index| &contacts[index]);
                let waiting = waiting.filter(|contact| contact.stage == Stage::Waiting);
                arrivals.extend(waiting.map(|contact| contact.arrived_at));
                // A line is nearly in order, those before it are not.
                arrivals.sort();
            } else {
                arrivals.clear();
            }
            self.observer.backlog(&piece, queue, count, arrivals);
            arrivals.clear();
        }
    }

    /// The end of the horizon: nothing comes any more, deferred work is open, real-time contacts are followed to their end.
    pub(super) fn close(&mut self) {
        self.left_before_now_included();
        self.look_through_all();
        self.tell_backlog_if_interval_ends();
        self.bring_agents_up_to_now();
        self.observer.closed(self.now);
        let mut followed = 0;
        for queue in self.model.queues.ids() {
            followed += self.close_line(queue);
        }
        followed += self.close_elsewhere();
        let in_hand: Vec<u32> = self
            .centre
            .agents
            .values()
            .flat_map(Agents::all_hands)
            .chain(all_aside(&self.centre.aside))
            .map(|hand| hand.contact)
            .collect();
        for index in in_hand {
            let contact = &self.centre.contacts[index];
            let is_unanswered = matches!(contact.stage, Stage::InHand | Stage::InDialogue);
            if is_unanswered && self.model.queues[contact.queue].deferred {
                self.tell(self.now, index, Outcome::OpenAtEnd);
            } else {
                followed += 1;
            }
        }
        self.centre.followed = followed;
        self.centre.is_closed = true;
    }

    /// Work in hand that is not followed to its end has been work until now.
    fn bring_agents_up_to_now(&mut self) {
        if F::IS_PLAIN {
            return;
        }
        for group in self.model.groups.ids() {
            for agent in 0..self.layout.groups[group].heads_max {
                self.advance(group, agent);
            }
        }
    }

    /// Tells which contacts stay open that are at bots or are to be called back, and gives the number of the others.
    fn close_elsewhere(&mut self) -> u64 {
        if self.model.issues.is_none() {
            return 0;
        }
        let mut followed = 0;
        for index in self.centre.contacts.places() {
            let contact = &self.centre.contacts[index];
            match (contact.stage, self.model.queues[contact.queue].deferred) {
                (Stage::AtBot | Stage::Later, true) => {
                    self.tell(self.now, index, Outcome::OpenAtEnd);
                }
                (Stage::AtBot | Stage::Later, false) => followed += 1,
                _ => {}
            }
        }
        followed
    }

    /// Whether anybody is on duty who may serve a queue.
    pub(super) fn may_be_served(&self, queue: QueueId) -> bool {
        let mut servers = self.model.queues[queue].servers.iter();
        servers.any(|server| {
            let present = self.centre.agents[server.group].present();
            present > 0 && server.terms.are_met(present, SimDuration::FOREVER)
        })
    }

    /// Tells which contacts of a line stay open, and gives the number of the others.
    fn close_line(&mut self, queue: QueueId) -> u64 {
        let model = self.model;
        let may_be_served = self.may_be_served(queue);
        let waiting = self.everybody_waiting(queue);
        let mut followed = 0;
        for index in waiting {
            if self.centre.contacts[index].stage == Stage::Gone {
                continue;
            }
            if model.queues[queue].deferred || !may_be_served {
                let (at, outcome) = self.end_of_waiting(index);
                self.tell(at, index, outcome);
            } else {
                followed += 1;
            }
        }
        followed
    }

    /// After the last event: whoever still waits leaves when the patience ends, or stays open.
    pub(super) fn leave_the_rest_open(&mut self) {
        self.centre.left_before = SimTime::NEVER;
        for queue in self.model.queues.ids() {
            self.look_through(queue);
            for index in self.everybody_waiting(queue) {
                let (at, outcome) = self.end_of_waiting(index);
                self.tell(at, index, outcome);
            }
        }
        let aside: Vec<u32> = all_aside(&self.centre.aside)
            .map(|hand| hand.contact)
            .collect();
        for index in aside {
            self.tell(self.now, index, Outcome::OpenAtEnd);
        }
    }
}

/// Every contact that somebody has set aside.
fn all_aside(aside: &Table<GroupId, Option<SetAside>>) -> impl Iterator<Item = &InHand> {
    aside.values().flatten().flat_map(SetAside::contacts)
}
