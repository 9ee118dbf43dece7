//! One replication: the event loop.

use crate::ids::{GroupId, QueueId, SourceId};
use crate::scenario::model::{Model, Server, Staffing};
use crate::time::instant::nearest;
use crate::time::{SimDuration, SimTime};

use super::agents::InHand;
use super::arrivals::{Drawn, Luck};
use super::calendar::Event;
use super::centre::{Centre, Layout};
use super::contacts::{Contact, Stage};
use super::observer::{Observer, Outcome};
use super::streams::contact_key;

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
    let mut replication = Replication {
        model,
        staffing,
        layout,
        centre,
        observer,
        now: SimTime::START,
    };
    replication.run()
}

/// One replication under way.
#[derive(Debug)]
pub(super) struct Replication<'a, O> {
    pub(super) model: &'a Model,
    pub(super) staffing: &'a Staffing,
    pub(super) layout: &'a Layout,
    pub(super) centre: &'a mut Centre,
    pub(super) observer: &'a mut O,
    pub(super) now: SimTime,
}

impl<O: Observer> Replication<'_, O> {
    fn run(&mut self) -> Ending {
        self.admit_backlogs();
        self.centre
            .calendar
            .push(self.model.calendar.end(), Event::Close);
        self.begin_piece(0, 0);
        self.serve_released();
        while let Some((at, event)) = self.centre.calendar.pop() {
            self.now = at;
            match event {
                Event::Finish(group, agent) => self.finish(group, agent),
                Event::Step => self.step(),
                Event::Abandon(contact) => {
                    if self.centre.contacts.is_current(contact) {
                        self.abandon(contact.index);
                    }
                }
                Event::Breed(contact) => {
                    if self.centre.contacts.is_current(contact) {
                        self.breed(contact.index);
                    }
                }
                Event::Arrive(source) => self.arrive(source),
                Event::Close => self.close(),
            }
            self.serve_released();
            if self.centre.bred > self.model.bred_limit {
                return Ending::Flooded;
            }
            if self.centre.is_closed && self.centre.followed == 0 {
                break;
            }
        }
        self.leave_the_rest_open();
        Ending::Complete
    }

    /// The next customer of a source: drawn whole, then routed, blocked or lost.
    fn arrive(&mut self, source: SourceId) {
        if self.centre.is_closed {
            return;
        }
        let now = self.now;
        let origin = &self.model.sources[source];
        let arrivals = &mut self.centre.arrivals[source];
        let ordinal = arrivals.count;
        arrivals.count += 1;
        if let Some(next) = arrivals.after(now, &self.centre.piece) {
            self.centre.calendar.push(next, Event::Arrive(source));
        }
        let piece = self.centre.piece;
        let own = origin
            .own
            .zip(arrivals.own.as_mut())
            .map(|(queue, luck)| (queue, luck.draw(&self.model.queues[queue], &piece)));
        let moved =
            super::mechanisms::moves::target(&origin.moves, &mut arrivals.routes).map(|number| {
                let queue = origin.moves[number].to;
                (
                    queue,
                    arrivals.moved[number].draw(&self.model.queues[queue], &piece),
                )
            });
        let Some((queue, drawn)) = moved.or(own) else {
            self.observer.turned_away(now, source);
            return;
        };
        let mut contact = self.contact(queue, contact_key(origin.name.hash, ordinal), drawn);
        contact.source = Some(source);
        self.admit(contact);
    }

    /// A contact that comes to a queue now, with what it drew.
    pub(super) fn contact(&self, queue: QueueId, key: u64, drawn: Drawn) -> Contact {
        let mut contact = Contact::new(queue, self.now);
        contact.key = key;
        contact.slot = self.layout.slot(self.model, &self.centre.piece);
        contact.day = self.centre.piece.day;
        contact.leaves_at = self.now + drawn.patience;
        contact.talk = drawn.talk;
        contact.wrap_up = drawn.wrap_up;
        contact
    }

    /// Takes a contact in: to a free agent, else to the line; or meets it with a closed door.
    pub(super) fn admit(&mut self, contact: Contact) {
        let now = self.now;
        self.observer.arrived(now, &contact);
        let queue = &self.model.queues[contact.queue];
        let wall_clock = self.centre.piece.wall_clock(now);
        let is_open = queue
            .open
            .as_ref()
            .is_none_or(|hours| hours.is_open(self.centre.piece.weekday, wall_clock));
        if !is_open && !queue.deferred {
            self.observer.ended(now, &contact, Outcome::Blocked);
            return;
        }
        let index = self.centre.contacts.insert(contact);
        if let Some(spread) = &queue.spread {
            self.begin_breeding(index, spread);
        }
        self.left_before_now_included();
        for server in &queue.servers {
            if let Some(agent) = self.agent_for(contact.queue, server) {
                self.start(now, index, agent, server);
                return;
            }
        }
        self.join_line(index);
    }

    fn join_line(&mut self, index: u32) {
        let queue = self.centre.contacts[index].queue;
        if self.model.queues[queue].patience.is_some() {
            self.look_through(queue);
            self.expect_to_leave(index);
        }
        self.centre.contacts[index].in_line = true;
        let line = &mut self.centre.lines[queue];
        line.push(index);
        self.observer.line_changed(self.now, queue, line.len());
    }

    /// A contact that joins a line will leave when its patience ends: by an event where others depend on the instant.
    fn expect_to_leave(&mut self, index: u32) {
        let Contact {
            queue, leaves_at, ..
        } = self.centre.contacts[index];
        let reference = self.centre.contacts.reference(index);
        if self.layout.queues[queue].is_watched() {
            self.centre
                .calendar
                .push(leaves_at, Event::Abandon(reference));
        } else {
            self.centre.lines[queue].remember(leaves_at, reference, &self.centre.contacts);
        }
    }

    /// Puts a contact, no longer in line, into the hands of an agent who has room for it.
    pub(super) fn start(&mut self, now: SimTime, contact: u32, agent: u32, server: &Server) {
        self.advance(server.group, agent);
        let state = &mut self.centre.contacts[contact];
        state.started_at = now;
        state.stage = Stage::InHand;
        state.in_line = false;
        let agents = &mut self.centre.agents[server.group];
        let hand = InHand {
            contact,
            queue: state.queue,
            due: agents.agent(agent).progress + state.talk.0 as f64 / server.speed,
            wrap_up: state.wrap_up.0 as f64 / server.speed,
        };
        agents.start(agent, hand, server.at_once == 1);
        self.observer.started(now, state, server.group, agent);
        self.observer
            .load_changed(now, server.group, agents.busy(), agents.open());
        self.schedule(server.group, agent);
    }

    /// The contact furthest on at an agent ends its talk, or its wrap-up.
    fn finish(&mut self, group: GroupId, agent: u32) {
        let now = self.now;
        if self.centre.agents[group].agent(agent).due_at != now {
            return;
        }
        self.centre.left_before = now;
        self.advance(group, agent);
        let agents = &mut self.centre.agents[group];
        agents.agent_mut(agent).due_at = SimTime::NEVER;
        let place = first_due(agents.hands(agent));
        let hand = &mut agents.hands_mut(agent)[place];
        let index = hand.contact;
        let contact = &mut self.centre.contacts[index];
        if contact.stage == Stage::InHand {
            contact.replied_at = now;
            if hand.wrap_up > 0.0 {
                contact.stage = Stage::WrapUp;
                hand.due += hand.wrap_up;
                self.schedule(group, agent);
                return;
            }
        }
        let had_surplus = agents.surplus() > 0;
        agents.finish(agent, place);
        self.observer.finished(now, contact, group, agent);
        self.observer
            .load_changed(now, group, agents.busy(), agents.open());
        self.schedule(group, agent);
        self.tell(now, index, Outcome::Answered);
        self.centre.contacts.remove(index);
        if had_surplus {
            self.fill(now, group);
        } else {
            self.take_work(now, group, agent);
        }
    }

    /// Brings an agent's progress up to now.
    #[inline]
    pub(super) fn advance(&mut self, group: GroupId, number: u32) {
        let agents = &mut self.centre.agents[group];
        let agent = *agents.agent(number);
        if agent.load > 0 {
            self.observer
                .worked(group, agents.hands(number), agent.updated_at, self.now);
            let pace = self.model.groups[group].pace[agent.load as usize - 1];
            agents.agent_mut(number).progress += self.now.since(agent.updated_at).0 as f64 * pace;
        }
        agents.agent_mut(number).updated_at = self.now;
    }

    /// Puts the next end of talk or wrap-up of an agent, whose progress is up to date, into the calendar.
    #[inline]
    fn schedule(&mut self, group: GroupId, number: u32) {
        let agents = &mut self.centre.agents[group];
        let hands = agents.hands(number);
        if hands.is_empty() {
            return;
        }
        let agent = agents.agent(number);
        let left = hands[first_due(hands)].due - agent.progress;
        let pace = self.model.groups[group].pace[agent.load as usize - 1];
        let left = SimDuration(nearest(left.max(0.0) / pace));
        let due_at = (self.now + left).min(AT_THE_LATEST);
        if due_at != agent.due_at {
            agents.agent_mut(number).due_at = due_at;
            self.centre
                .calendar
                .push(due_at, Event::Finish(group, number));
        }
    }

    /// The patience of a contact in a watched line has ended.
    fn abandon(&mut self, index: u32) {
        let contact = &mut self.centre.contacts[index];
        if contact.stage != Stage::Waiting {
            return;
        }
        // Whom this releases must not be given to a contact that left before.
        self.centre.left_before = self.centre.left_before.max(self.now);
        contact.stage = Stage::Gone;
        let queue = contact.queue;
        let line = &mut self.centre.lines[queue];
        line.mark_gone();
        self.observer.line_changed(self.now, queue, line.len());
        self.tell(self.now, index, Outcome::Abandoned);
        self.note_if_released(queue);
    }

    /// Tells the one outcome of a contact.
    pub(super) fn tell(&mut self, at: SimTime, index: u32, outcome: Outcome) {
        let contact = &mut self.centre.contacts[index];
        if contact.told {
            return;
        }
        contact.told = true;
        self.observer.ended(at, contact, outcome);
        if self.centre.is_closed {
            self.centre.followed -= 1;
        }
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
        if self.layout.queues[queue].is_watched() && self.centre.lines[queue].is_empty() {
            self.centre.released.push(queue);
        }
    }

    fn serve_released(&mut self) {
        while let Some(queue) = self.centre.released.pop() {
            for &group in &self.layout.queues[queue].holds {
                self.fill(self.now, group);
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
                let mut contact = self.contact(id, contact_key(base, number), drawn);
                contact.slot = super::contacts::NO_SLOT;
                contact.arrived_at = SimTime::START.before(SimDuration(
                    u64::try_from(age).expect("not above the oldest"),
                ));
                self.observer.arrived(SimTime::START, &contact);
                let index = self.centre.contacts.insert(contact);
                if let Some(spread) = &queue.spread {
                    self.begin_breeding(index, spread);
                }
                self.join_line(index);
            }
        }
    }
}

/// Work that would take longer than instants reach ends here, so that every contact ends.
const AT_THE_LATEST: SimTime = SimTime(i64::MAX - 1);

/// The place of the contact that is due first; among equals the one begun first.
#[inline]
fn first_due(hands: &[InHand]) -> usize {
    let mut first = 0;
    for place in 1..hands.len() {
        if hands[place].due < hands[first].due {
            first = place;
        }
    }
    first
}
