//! Chats in turns: an agent writes, the customer thinks and writes, and an agent with several chats answers one after the other.
//!
//! The agent's work on a chat is cut by a Poisson process: after each gap the agent has sent a reply and it is the customer's turn. The gaps,
//! the times that customers think and how long they wait for a reply come from streams on the contact's key and the number of the
//! turn. A chat whose agent does not work on it is due never; the one that is worked on progresses at full speed.

use rand_distr::{Distribution, Exp1};

use crate::ids::GroupId;
use crate::scenario::journey::Dialogue;
use crate::scenario::model::{Model, Server};
use crate::sim::calendar::Event;
use crate::sim::centre::Centre;
use crate::sim::contacts::{Contact, Stage};
use crate::sim::features::Features;
use crate::sim::issues::Course;
use crate::sim::luck::draw;
use crate::sim::observer::{Observer, Step, Turn};
use crate::sim::replicate::Replication;
use crate::sim::streams::{Purpose, Stream, StreamRoot, contact_key};
use crate::sim::work::InHand;
use crate::time::instant::nearest;
use crate::time::{SimDuration, SimTime};

use super::trunks;

/// A chat under way.
#[derive(Debug, Clone, Copy)]
struct Chat {
    group: GroupId,
    agent: u32,
    /// Divides the work.
    speed: f64,
    /// Work of this turn at pace and speed 1.
    work: SimDuration,
    /// Work of all later turns.
    left: SimDuration,
    /// The mean work between two replies.
    gap: f64,
    /// The how-manieth turn it is, from 0.
    number: u64,
    /// When the customer last wrote.
    asked_at: SimTime,
    /// When the customer stops waiting for the reply.
    leaves_at: SimTime,
    whose: Whose,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The customer has written, and the agent is busy with another chat.
    Asked,
    /// The agent writes.
    Agent,
    /// The agent writes, and the customer has left.
    Nobody,
    /// The customer thinks.
    Customer,
}

/// The chats under way, by the places of their contacts.
#[derive(Debug, Clone, Default)]
pub struct Chats(Vec<Option<Chat>>);

impl Chats {
    fn put(&mut self, index: u32, chat: Chat) {
        let place = index as usize;
        if self.0.len() <= place {
            self.0.resize(place + 1, None);
        }
        self.0[place] = Some(chat);
    }

    fn take(&mut self, index: u32) {
        if let Some(place) = self.0.get_mut(index as usize) {
            *place = None;
        }
    }

    fn of(&mut self, index: u32) -> Option<&mut Chat> {
        self.0.get_mut(index as usize)?.as_mut()
    }
}

impl Chat {
    /// The next turn's work is cut off what is left.
    fn cut(&mut self, contact: &Contact, root: StreamRoot) {
        let mut luck = stream(root, contact, self.number, Purpose::TurnWork);
        let gap: f64 = Exp1.sample(&mut luck);
        self.work = SimDuration(nearest(gap * self.gap)).min(self.left);
        self.left = SimDuration(self.left.0 - self.work.0);
    }
}

fn stream(root: StreamRoot, contact: &Contact, number: u64, purpose: Purpose) -> Stream {
    root.stream(contact_key(contact.key(), number), purpose)
}

/// The mean work between two replies in a chat that comes now, in microseconds.
fn mean_gap(model: &Model, contact: &Contact, dialogue: &Dialogue, centre: &Centre) -> f64 {
    let law = &model.queues[contact.queue].handle_time;
    let mean = law.mean.as_ref().map_or(1.0, |mean| mean.at(&centre.piece));
    1e6 * law.sampler.mean() * mean / (dialogue.mean - 1.0)
}

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// A chat in turns begins with what its customer has written: at once, unless its agent writes to another. `extra` is work before that.
    pub(in crate::sim) fn begin_dialogue(
        &mut self,
        hand: &mut InHand,
        agent: u32,
        server: &Server,
        extra: SimDuration,
    ) {
        let model = self.model;
        let index = hand.contact;
        let contact = self.centre.contacts[index];
        let Some(dialogue) = &model.queues[contact.queue].journey.dialogue else {
            return;
        };
        let mut chat = Chat {
            group: server.group,
            agent,
            speed: server.speed,
            work: SimDuration::ZERO,
            left: contact.talk,
            gap: mean_gap(model, &contact, dialogue, self.centre),
            number: 0,
            asked_at: self.now,
            leaves_at: SimTime::NEVER,
            whose: Whose::Asked,
        };
        chat.cut(&contact, self.centre.root);
        chat.work = chat.work + extra;
        if self.centre.agents[server.group].writes(agent) {
            hand.due = f64::INFINITY;
        } else {
            chat.whose = Whose::Agent;
            hand.due = chat.work.as_micros_f64() / chat.speed;
        }
        self.centre.contacts[index].stage = Stage::InDialogue;
        self.centre.chats.put(index, chat);
        self.await_reply(index, dialogue);
    }

    /// The customer has written and waits for the reply, for so long.
    fn await_reply(&mut self, index: u32, dialogue: &Dialogue) {
        let Some(patience) = &dialogue.patience else {
            return;
        };
        let Centre {
            chats,
            contacts,
            calendar,
            piece,
            root,
            ..
        } = &mut *self.centre;
        let Some(chat) = chats.of(index) else {
            return;
        };
        let contact = &contacts[index];
        let mut luck = stream(*root, contact, chat.number, Purpose::ReplyPatience);
        let leaves_at = self.now + draw(patience, &mut luck, piece);
        chat.leaves_at = leaves_at;
        if leaves_at < SimTime::NEVER {
            calendar.push(leaves_at, Event::Abandon(contacts.reference(index)));
        }
    }

    /// An agent's reply in a chat is ready: the customer thinks about it, or the talk is over.
    #[inline(never)]
    pub(in crate::sim) fn reply(&mut self, group: GroupId, agent: u32, place: usize) {
        let now = self.now;
        let model = self.model;
        let Centre {
            agents,
            chats,
            contacts,
            calendar,
            piece,
            root,
            ..
        } = &mut *self.centre;
        let at = agents[group].place(agent);
        let Some(mut work) = agents[group].at_work(agent) else {
            return;
        };
        let hand = &mut work.hands[place];
        let index = hand.contact;
        let contact = &mut contacts[index];
        let dialogue = &model.queues[contact.queue].journey.dialogue;
        let (Some(chat), Some(dialogue)) = (chats.of(index), dialogue) else {
            return;
        };
        if chat.whose == Whose::Nobody {
            hand.wrap_up = 0.0;
        } else {
            let step = Step::Replied(now.since(chat.asked_at));
            self.observer.stepped(now, contact, group, agent, step);
        }
        if chat.whose == Whose::Nobody || chat.left == SimDuration::ZERO {
            // The talk ends as any other does.
            contact.stage = Stage::InHand;
            chats.take(index);
            calendar.set_finish(work.plan(now), at);
            return;
        }
        hand.due = f64::INFINITY;
        calendar.set_finish(work.plan(now), at);
        let mut luck = stream(*root, contact, chat.number, Purpose::Thinking);
        chat.whose = Whose::Customer;
        chat.leaves_at = SimTime::NEVER;
        chat.number += 1;
        chat.cut(contact, *root);
        let writes_at = now + draw(&dialogue.thinking, &mut luck, piece);
        calendar.push(writes_at, Event::Write(contacts.reference(index)));
        self.write_next(group, agent);
    }

    /// An agent who writes to nobody turns to the customer who has waited longest for a reply.
    pub(in crate::sim) fn write_next(&mut self, group: GroupId, agent: u32) {
        let Centre {
            agents,
            chats,
            calendar,
            ..
        } = &mut *self.centre;
        let agents = &mut agents[group];
        if agents.writes(agent) {
            return;
        }
        let asked = |(place, hand): (usize, &InHand)| {
            let chat = chats.of(hand.contact)?;
            (chat.whose == Whose::Asked).then_some((chat.asked_at, place))
        };
        let Some((_, place)) = agents
            .hands(agent)
            .iter()
            .enumerate()
            .filter_map(asked)
            .min()
        else {
            return;
        };
        let (own_speed, at) = (agents.speed(agent), agents.place(agent));
        let Some(mut work) = agents.at_work(agent) else {
            return;
        };
        let Some(chat) = chats.of(work.hands[place].contact) else {
            return;
        };
        chat.whose = Whose::Agent;
        let takes = chat.work.as_micros_f64() / chat.speed / own_speed;
        work.hands[place].due = work.work.progress() + takes;
        calendar.set_finish(work.plan(self.now), at);
    }

    /// A customer has thought and writes.
    pub(in crate::sim) fn write(&mut self, index: u32) {
        let model = self.model;
        let now = self.now;
        let Centre {
            chats, contacts, ..
        } = &mut *self.centre;
        let contact = &contacts[index];
        let dialogue = &model.queues[contact.queue].journey.dialogue;
        let (Some(chat), Some(dialogue)) = (chats.of(index), dialogue) else {
            return;
        };
        chat.asked_at = now;
        chat.whose = Whose::Asked;
        let (group, agent) = (chat.group, chat.agent);
        self.observer
            .stepped(now, contact, group, agent, Step::Wrote);
        self.await_reply(index, dialogue);
        self.advance(group, agent);
        self.write_next(group, agent);
    }

    /// The patience of a customer has ended who waits for a reply: the chat ends, after the reply where the agent writes it already.
    pub(in crate::sim) fn leaves_midway(&mut self, index: u32) {
        let now = self.now;
        let Centre {
            chats,
            contacts,
            issues,
            free_lines,
            ..
        } = &mut *self.centre;
        let Some(chat) = chats.of(index) else {
            return;
        };
        let is_over = chat.leaves_at == now && matches!(chat.whose, Whose::Asked | Whose::Agent);
        if !is_over {
            return;
        }
        let contact = &mut contacts[index];
        self.observer.turned(now, contact, Turn::LeftMidway);
        if let Some(id) = contact.open_issue() {
            issues.get(id).course = Course::LeftMidway;
        }
        trunks::hang_up(contact, self.model, free_lines);
        if chat.whose == Whose::Agent {
            chat.whose = Whose::Nobody;
            return;
        }
        let (group, agent) = (chat.group, chat.agent);
        chats.take(index);
        self.centre.left_before = self.centre.left_before.max(now);
        self.advance(group, agent);
        let mut hands = self.centre.agents[group].hands(agent).iter();
        let Some(place) = hands.position(|hand| hand.contact == index) else {
            return;
        };
        let contact = &mut self.centre.contacts[index];
        contact.replied_at = now;
        self.answered(group, agent, index);
        self.let_go(group, agent, place);
    }
}
