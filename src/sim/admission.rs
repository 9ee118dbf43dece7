//! How a customer comes in: drawn whole, then routed to an agent or a line, turned away or lost.

use crate::ids::{QueueId, SourceId};
use crate::scenario::model::Queue;
use crate::time::{SimDuration, SimTime};

use super::calendar::Event;
use super::centre::Centre;
use super::contacts::{Contact, NO_SLOT};
use super::features::Features;
use super::issues::Stop;
use super::luck::{Drawn, Luck};
use super::mechanisms::{moves, trunks};
use super::observer::{Observer, Outcome};
use super::replicate::Replication;
use super::streams::{Key, contact_key};

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// The next customer of a source: drawn whole, then routed, blocked or lost.
    #[inline(always)]
    pub(super) fn arrive(&mut self, source: SourceId) {
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
            (*id, queue, luck.draw(queue, piece))
        });
        if !F::IS_PLAIN {
            let moves = &model.sources[source].moves;
            if let Some(number) = moves::target(moves, &mut arrivals.routes) {
                let id = moves[number].to;
                let queue = &model.queues[id];
                let luck = &mut arrivals.moved[number];
                drawn = Some((id, queue, luck.draw(queue, piece)));
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

    /// What a contact with a key of its own draws that comes to a queue now.
    pub(super) fn draw_only(&self, key: Key, queue: QueueId) -> Drawn {
        let Centre { root, piece, .. } = &*self.centre;
        Luck::only(*root, key.made(), &self.model.queues[queue], piece)
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
            return self.admit_plainly(contact, queue);
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
        if !queue.just_waits {
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
        let is_watched = line.is_watched();
        if is_watched && contact.leaves_at < SimTime::NEVER {
            calendar.push(contact.leaves_at, Event::Abandon(reference));
        }
        line.push(index);
        self.observer.line_changed(self.now, queue, line.len());
        self.observer.joined(self.now, contact);
    }

    /// What is open at the start: contacts of each queue, evenly spread over the ages up to the oldest.
    pub(super) fn admit_backlogs(&mut self) {
        for (id, queue) in self.model.queues.iter() {
            let base = contact_key(queue.name.hash, u64::MAX);
            let mut luck = Luck::new(self.centre.root, base);
            let count = u64::from(queue.backlog.count);
            for number in 0..count {
                let age = u128::from(queue.backlog.oldest.0) * u128::from(count - number)
                    / u128::from(count);
                let drawn = luck.draw(queue, &self.centre.piece);
                let mut contact = self.contact(id, Key::new(base, number), drawn);
                contact.slot = NO_SLOT;
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
