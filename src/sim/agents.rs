//! The agents of one group: who is on duty, who has how many contacts open, who is free longest.
//!
//! On duty are the idle and the busy: see `duty`.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ids::QueueId;
use crate::scenario::model::AgentChoice;
use crate::time::SimTime;

use super::calendar::Place;
use super::centre::GroupLayout;
use super::features::{Features, Full, Plain};
use super::lineup::LineUp;
use super::streams::Stream;
use super::work::{AtWork, InHand, Work, after};

/// One agent.
#[derive(Debug, Clone, Copy)]
pub struct Agent {
    /// How many contacts are open.
    pub load: u32,
    /// Whether the one open is exclusive.
    pub exclusive: bool,
    /// Whether the agent is at work, if only to end what is in hand.
    pub(super) is_here: bool,
    /// How far on the work is.
    work: Work,
}

/// The agents of one group in motion.
#[derive(Debug, Clone)]
pub struct Agents {
    /// Everybody who may ever be on duty, by number.
    pub(super) everybody: Vec<Agent>,
    /// `most` places for each agent.
    hands: Vec<InHand>,
    /// The place of the first in the calendar.
    first_place: u32,
    /// The most contacts an agent may have open.
    most: u32,
    /// `pace[k − 1]` is the speed of each contact while k are open.
    pace: Box<[f64]>,
    /// On duty without an exclusive contact.
    pub(super) free: LineUp,
    /// How fast each is; empty where all are alike.
    speeds: Vec<f64>,
    pub(super) off_duty: BinaryHeap<Reverse<u32>>,
    pub(super) present: u32,
    /// Whether whoever has ended an exclusive contact may begin the next one without being free first.
    is_plain: bool,
    pub(super) busy: u32,
    exclusive: u32,
    open: u32,
    pub(super) leaving: Vec<u32>,
}

impl Agents {
    /// A group with a pace for each number of contacts open at an agent; nobody on duty.
    pub fn new(layout: &GroupLayout, pace: &[f64], choice: AgentChoice, stream: Stream) -> Self {
        let (heads, most) = (layout.heads_max, layout.at_once_max);
        let agent = Agent {
            load: 0,
            exclusive: false,
            is_here: false,
            work: Work::NONE,
        };
        let nothing = InHand {
            contact: 0,
            queue: QueueId(0),
            due: 0.0,
            wrap_up: 0.0,
        };
        Self {
            everybody: vec![agent; heads as usize],
            hands: vec![nothing; heads as usize * most as usize],
            first_place: layout.first_place,
            most,
            pace: pace.into(),
            free: LineUp::new(layout, choice, stream),
            speeds: Vec::new(),
            off_duty: (0..heads).map(Reverse).collect(),
            present: 0,
            is_plain: layout.is_plain,
            busy: 0,
            exclusive: 0,
            open: 0,
            leaving: Vec::new(),
        }
    }

    /// Agents who should be there.
    pub fn present(&self) -> u32 {
        self.present
    }
    /// Agents with at least one contact.
    pub fn busy(&self) -> u32 {
        self.busy
    }
    /// Contacts open at all agents.
    pub fn open(&self) -> u32 {
        self.open
    }
    /// One agent.
    pub fn agent(&self, number: u32) -> &Agent {
        &self.everybody[number as usize]
    }
    /// The place of an agent in the calendar.
    #[inline]
    pub fn place(&self, number: u32) -> Place {
        Place(self.first_place + number)
    }
    /// The contacts open at an agent, in the order in which they began.
    #[inline]
    pub fn hands(&self, number: u32) -> &[InHand] {
        let from = (number * self.most) as usize;
        &self.hands[from..from + self.everybody[number as usize].load as usize]
    }
    /// The work of an agent; `None` for one who has none.
    #[inline]
    pub fn at_work(&mut self, number: u32) -> Option<AtWork<'_>> {
        let agent = &mut self.everybody[number as usize];
        let load = agent.load as usize;
        let pace = *self.pace.get(load.wrapping_sub(1))?;
        let from = (number * self.most) as usize;
        let hands = &mut self.hands[from..from + load];
        Some(AtWork {
            work: &mut agent.work,
            hands,
            pace,
        })
    }
    /// The hand of an agent of a plain model for its one contact.
    #[inline(always)]
    pub(super) fn only_hand_mut(&mut self, number: u32) -> &mut InHand {
        &mut self.hands[number as usize]
    }
    /// Sets the speed of each agent, for contacts that begin from now on.
    pub fn set_speeds(&mut self, speeds: Vec<f64>) {
        self.speeds = speeds;
    }
    /// Whether an agent works on any of what it has open: on all, but for chats in turns.
    pub fn writes(&self, number: u32) -> bool {
        let mut hands = self.hands(number).iter();
        hands.any(|hand| hand.due < f64::INFINITY)
    }
    /// How fast one agent is.
    pub fn speed(&self, number: u32) -> f64 {
        self.speeds.get(number as usize).copied().unwrap_or(1.0)
    }
    /// Every contact open at any agent of the group.
    pub fn all_hands(&self) -> impl Iterator<Item = &InHand> {
        (0..u32::try_from(self.everybody.len()).expect("agents are bounded"))
            .flat_map(|number| self.hands(number))
    }

    /// Whether its agents take waiting contacts by the order of their skills and nothing else.
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Agents with nothing in hand.
    #[inline]
    pub fn idle(&self) -> u32 {
        self.free.idle()
    }

    /// The agent idle longest.
    #[inline(always)]
    pub fn idle_longest(&self) -> Option<u32> {
        self.free.idle_longest()
    }

    /// Who takes a contact that an agent may begin with fewer than `at_once` open.
    #[inline(always)]
    pub fn free_for(&mut self, at_once: u32) -> Option<u32> {
        let surplus = self.surplus().saturating_sub(self.exclusive);
        self.free.free_for(at_once, surplus)
    }

    /// Whether an agent is on duty and has nothing in hand.
    pub fn is_idle(&self, number: u32) -> bool {
        let agent = &self.everybody[number as usize];
        agent.is_here && agent.load == 0
    }

    /// Whether an agent may begin a contact with fewer than `at_once` open, and is not there too many.
    pub fn has_room(&self, number: u32, at_once: u32) -> bool {
        let agent = &self.everybody[number as usize];
        let may_begin = agent.is_here && !agent.exclusive && agent.load < at_once;
        let surplus = self.surplus().saturating_sub(self.exclusive);
        may_begin && !self.free.is_among_first(number, agent.load, surplus)
    }

    /// Takes the one contact that an agent has open, exclusive, out of its hands, with the work left as `due`, at that agent's own speed. Its
    /// progress is up to date, and no more are busy than present: it is idle.
    pub fn put_down(&mut self, number: u32, now: SimTime) -> Option<InHand> {
        let progress = self.at_work(number)?.work.progress();
        let mut contact = *self.hands(number).first()?;
        contact.due -= progress;
        self.finish(number, 0, now);
        Some(contact)
    }

    /// Whether an agent whose exclusive contact has ended may have another one at once: nobody is there too many.
    #[inline]
    pub fn goes_on(&self, number: u32) -> bool {
        self.everybody[number as usize].exclusive && self.busy <= self.present && self.is_plain
    }

    /// Puts an exclusive contact, due at an instant, into the hands of an idle agent.
    #[inline(always)]
    pub(super) fn start_exclusive(
        &mut self,
        number: u32,
        contact: InHand,
        now: SimTime,
        due_at: SimTime,
    ) {
        self.begin_alone::<Full>(number, now);
        self.alone(number, contact, now, due_at);
    }

    /// An idle agent takes an exclusive contact.
    #[inline(always)]
    pub(super) fn begin_alone<F: Features>(&mut self, number: u32, now: SimTime) {
        self.free.begin::<F>(0, number, now);
        self.open += 1;
        self.busy += 1;
        self.exclusive += 1;
        let agent = &mut self.everybody[number as usize];
        agent.load = 1;
        agent.exclusive = true;
    }

    /// Puts a contact into an agent's hands, beside others. The agent has room, and its progress is up to date. Gives the instant at which
    /// the next of them is due.
    #[inline(always)]
    pub fn start(&mut self, number: u32, mut contact: InHand, now: SimTime) -> SimTime {
        let load = self.everybody[number as usize].load;
        self.free.begin::<Full>(load, number, now);
        self.open += 1;
        self.busy += u32::from(load == 0);
        self.free.join::<Full>(load + 1, number, now);
        if !self.speeds.is_empty() {
            contact = self.at_own_speed(number, contact);
        }
        let agent = &mut self.everybody[number as usize];
        agent.work.take(&mut contact, now);
        agent.load += 1;
        self.hands[(number * self.most + load) as usize] = contact;
        self.plan(number, now)
    }

    /// When an exclusive contact is due that begins now at an agent, at whose own speed it goes on.
    #[inline(always)]
    pub(super) fn due_alone(&self, number: u32, contact: &mut InHand, now: SimTime) -> SimTime {
        if !self.speeds.is_empty() {
            *contact = self.at_own_speed(number, *contact);
        }
        after(now, contact.due, self.pace[0])
    }

    /// Gives an agent whose exclusive contact has ended the next one, due at an instant, at once.
    #[inline(always)]
    pub(super) fn alone(&mut self, number: u32, contact: InHand, now: SimTime, due_at: SimTime) {
        self.everybody[number as usize].work = Work::alone(now, due_at);
        self.hands[(number * self.most) as usize] = contact;
    }

    /// What a contact takes an agent with a speed of its own.
    #[cold]
    fn at_own_speed(&self, number: u32, contact: InHand) -> InHand {
        let speed = self.speeds[number as usize];
        InHand {
            due: contact.due / speed,
            wrap_up: contact.wrap_up / speed,
            ..contact
        }
    }

    /// When the next contact of an agent is due, with a progress that is up to date.
    #[inline]
    fn plan(&mut self, number: u32, now: SimTime) -> SimTime {
        self.at_work(number)
            .map_or(SimTime::NEVER, |mut work| work.plan(now))
    }

    /// Takes contact `place` out of an agent's hands; an agent who becomes empty is idle or, with enough others, leaves. Gives the instant
    /// at which the next of the others is due; never where there is none.
    #[inline(always)]
    pub(super) fn finish(&mut self, number: u32, place: usize, now: SimTime) -> SimTime {
        let agent = &mut self.everybody[number as usize];
        let load = agent.load;
        agent.load -= 1;
        self.open -= 1;
        if agent.exclusive {
            agent.exclusive = false;
            self.exclusive -= 1;
        } else {
            self.free.leave(load, number);
        }
        if load == 1 {
            agent.work.forget();
            self.become_empty::<Full>(number, now);
            return SimTime::NEVER;
        }
        let from = (number * self.most) as usize;
        let later = from + place + 1..from + load as usize;
        self.hands.copy_within(later, from + place);
        self.free.join::<Full>(load - 1, number, now);
        self.plan(number, now)
    }

    /// Takes the one contact of an agent of a plain model out of its hands: it is idle or, with enough others, leaves.
    #[inline(always)]
    pub(super) fn rest(&mut self, number: u32, now: SimTime) {
        let agent = &mut self.everybody[number as usize];
        agent.load = 0;
        agent.exclusive = false;
        self.open -= 1;
        self.exclusive -= 1;
        self.become_empty::<Plain>(number, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::streams::{Purpose, StreamRoot};

    fn group(heads_max: u32, pace: &[f64]) -> Agents {
        let layout = GroupLayout {
            heads_max,
            first_place: 0,
            at_once_max: u32::try_from(pace.len()).unwrap(),
            is_plain: true,
            sets_aside: false,
            keeps: false,
        };
        let stream = StreamRoot::new(1, 0).stream(0, Purpose::AgentChoice);
        Agents::new(&layout, pace, AgentChoice::default(), stream)
    }

    fn contact(index: u32) -> InHand {
        InHand {
            contact: index,
            queue: QueueId(0),
            due: 0.0,
            wrap_up: 0.0,
        }
    }

    #[test]
    fn the_lowest_numbers_come_and_the_highest_idle_leave() {
        let mut agents = group(5, &[1.0]);
        agents.set_present(4, SimTime::START);
        assert_eq!(agents.free_for(1), Some(0));
        agents.start_exclusive(0, contact(0), SimTime::START, SimTime::NEVER);
        agents.set_present(2, SimTime::START);
        assert_eq!(agents.free_for(1), Some(1));
        agents.finish(0, 0, SimTime::START);
        assert_eq!((agents.busy(), agents.surplus()), (0, 0));
        agents.set_present(0, SimTime::START);
        assert_eq!(agents.free_for(1), None);
        agents.set_present(1, SimTime::START);
        assert_eq!(agents.free_for(1), Some(0));
    }

    #[test]
    fn who_becomes_empty_in_surplus_leaves() {
        let mut agents = group(2, &[1.0]);
        agents.set_present(2, SimTime::START);
        agents.start_exclusive(0, contact(0), SimTime::START, SimTime::NEVER);
        agents.start_exclusive(1, contact(1), SimTime::START, SimTime::NEVER);
        agents.set_present(1, SimTime::START);
        assert_eq!(agents.surplus(), 1);
        agents.finish(0, 0, SimTime::START);
        assert_eq!(agents.free_for(1), None);
        agents.finish(1, 0, SimTime::START);
        assert_eq!(agents.free_for(1), Some(1));
    }

    #[test]
    fn the_surplus_is_those_with_the_fewest_open() {
        let mut agents = group(3, &[1.0, 0.8, 0.6]);
        agents.set_present(3, SimTime::START);
        for (number, open) in [(0, 2), (1, 1), (2, 1)] {
            for index in 0..open {
                agents.start(number, contact(index), SimTime::START);
            }
        }
        assert_eq!(agents.free_for(3), Some(1));
        let with_room = |agents: &Agents, at_once| {
            (0..3)
                .filter(|&number| agents.has_room(number, at_once))
                .collect::<Vec<_>>()
        };
        agents.set_present(2, SimTime::START);
        assert_eq!(agents.free_for(3), Some(1));
        assert_eq!(with_room(&agents, 3), [0, 1]);
        agents.set_present(1, SimTime::START);
        assert_eq!(agents.free_for(3), Some(0));
        assert_eq!(agents.free_for(2), None);
        assert_eq!(with_room(&agents, 3), [0]);
        assert_eq!(with_room(&agents, 2), [0; 0]);
        agents.set_present(0, SimTime::START);
        assert_eq!(agents.free_for(3), None);
        assert_eq!(with_room(&agents, 3), [0; 0]);
    }

    #[test]
    fn the_contacts_in_hand_keep_their_order() {
        let mut agents = group(1, &[1.0, 0.8, 0.6]);
        agents.set_present(1, SimTime::START);
        for index in 0..3 {
            agents.start(0, contact(index), SimTime::START);
        }
        agents.finish(0, 1, SimTime::START);
        let left: Vec<_> = agents.hands(0).iter().map(|hand| hand.contact).collect();
        assert_eq!(left, [0, 2]);
        assert_eq!(agents.open(), 2);
    }
}
