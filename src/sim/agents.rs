//! The agents of one group: who is on duty, who has how many contacts open, who is free longest.
//!
//! On duty are the idle and the busy. While more are busy than present, nobody is idle and the surplus takes no new contact:
//! first those with an exclusive contact (they could not anyway), then those with the fewest open, among equals those who
//! reached that load last. Whoever becomes empty while busy ≥ present leaves.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ids::QueueId;
use crate::time::SimTime;

/// A contact open at an agent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InHand {
    /// Its place among the contacts.
    pub contact: u32,
    /// Its queue.
    pub queue: QueueId,
    /// The agent's own progress (see [`Agent::progress`]) at which its talk or its wrap-up ends.
    pub due: f64,
    /// Wrap-up still to come after that, at pace 1.
    pub wrap_up: f64,
}

/// One agent.
#[derive(Debug, Clone, Copy)]
pub struct Agent {
    /// How many contacts are open.
    pub load: u32,
    /// Whether the one open is exclusive.
    pub exclusive: bool,
    /// Work done on each contact since the agent was last empty, in microseconds at pace 1: all open contacts progress
    /// alike, so that a change of pace moves nothing but the time of the next event.
    pub progress: f64,
    /// When `progress` was last brought up to date.
    pub updated_at: SimTime,
    /// When the next contact is due at the present pace.
    pub due_at: SimTime,
    next: u32,
    previous: u32,
}

const NOBODY: u32 = u32::MAX;

/// Agents in the order in which they came to a load.
#[derive(Debug, Clone, Copy)]
struct List {
    first: u32,
    last: u32,
    len: u32,
}

const EMPTY: List = List {
    first: NOBODY,
    last: NOBODY,
    len: 0,
};

/// The agents of one group in motion.
#[derive(Debug, Clone)]
pub struct Agents {
    /// Everybody who may ever be on duty, by number.
    everybody: Vec<Agent>,
    /// `most` places for each agent.
    hands: Vec<InHand>,
    /// The most contacts an agent may have open.
    most: u32,
    /// On duty without an exclusive contact, by how many are open; `lists[0]` is the idle.
    lists: Vec<List>,
    off_duty: BinaryHeap<Reverse<u32>>,
    present: u32,
    busy: u32,
    exclusive: u32,
    open: u32,
    leaving: Vec<u32>,
}

impl Agents {
    /// A group of at most `heads` agents, each with at most `most` contacts open; nobody on duty.
    pub fn new(heads: u32, most: u32) -> Self {
        let agent = Agent {
            load: 0,
            exclusive: false,
            progress: 0.0,
            updated_at: SimTime::START,
            due_at: SimTime::NEVER,
            next: NOBODY,
            previous: NOBODY,
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
            most,
            lists: vec![EMPTY; most as usize + 1],
            off_duty: (0..heads).map(Reverse).collect(),
            present: 0,
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
    /// One agent, to be brought up to date.
    pub fn agent_mut(&mut self, number: u32) -> &mut Agent {
        &mut self.everybody[number as usize]
    }
    /// The contacts open at an agent, in the order in which they began.
    #[inline]
    pub fn hands(&self, number: u32) -> &[InHand] {
        let from = (number * self.most) as usize;
        &self.hands[from..from + self.everybody[number as usize].load as usize]
    }
    /// One agent, and the contacts open there in the order in which they began.
    #[inline]
    pub fn with_hands(&mut self, number: u32) -> (&mut Agent, &[InHand]) {
        let agent = &mut self.everybody[number as usize];
        let from = (number * self.most) as usize;
        let hands = &self.hands[from..from + agent.load as usize];
        (agent, hands)
    }
    /// The contacts open at an agent, to be changed.
    #[inline]
    pub fn hands_mut(&mut self, number: u32) -> &mut [InHand] {
        let from = (number * self.most) as usize;
        &mut self.hands[from..from + self.everybody[number as usize].load as usize]
    }
    /// Every contact open at any agent of the group.
    pub fn all_hands(&self) -> impl Iterator<Item = &InHand> {
        (0..u32::try_from(self.everybody.len()).expect("agents are bounded"))
            .flat_map(|number| self.hands(number))
    }
    /// How many more are busy than present.
    pub fn surplus(&self) -> u32 {
        self.busy.saturating_sub(self.present)
    }

    /// The agent idle longest.
    #[inline]
    pub fn idle_longest(&self) -> Option<u32> {
        let first = self.lists[0].first;
        (first != NOBODY).then_some(first)
    }

    /// Of the busy agents who may take another concurrent contact with fewer than `at_once` open, the least loaded,
    /// among equals the one longest at that load.
    #[inline]
    pub fn least_loaded_with_room(&self, at_once: u32) -> Option<u32> {
        let mut surplus = self.surplus().saturating_sub(self.exclusive);
        for list in &self.lists[1..at_once as usize] {
            if list.len > surplus {
                return Some(list.first);
            }
            surplus -= list.len;
        }
        None
    }

    /// Sets how many should be present. Idle agents of the highest numbers leave first, the lowest numbers off duty come.
    pub fn set_present(&mut self, present: u32) {
        self.present = present;
        let wanted = present.saturating_sub(self.busy);
        let idle = self.lists[0].len;
        if idle > wanted {
            self.send_idle_home(idle - wanted);
        }
        for _ in idle..wanted {
            let Some(Reverse(number)) = self.off_duty.pop() else {
                break;
            };
            self.append(0, number);
        }
    }

    /// Whether an agent whose exclusive contact has ended may have another one at once: nobody is there too many.
    #[inline]
    pub fn goes_on(&self, number: u32) -> bool {
        self.everybody[number as usize].exclusive && self.busy <= self.present
    }

    /// Puts a contact into an agent's hands. The agent has room, and its progress is up to date.
    pub fn start(&mut self, number: u32, contact: InHand, exclusive: bool) {
        let load = self.everybody[number as usize].load;
        self.unlink(load, number);
        let agent = &mut self.everybody[number as usize];
        agent.load += 1;
        agent.exclusive = exclusive;
        self.hands[(number * self.most + load) as usize] = contact;
        self.open += 1;
        self.busy += u32::from(load == 0);
        if exclusive {
            self.exclusive += 1;
        } else {
            self.append(load + 1, number);
        }
    }

    /// Takes contact `place` out of an agent's hands; an agent who becomes empty is idle or, with enough others, leaves.
    pub fn finish(&mut self, number: u32, place: usize) {
        let from = (number * self.most) as usize;
        let load = self.everybody[number as usize].load;
        self.hands
            .copy_within(from + place + 1..from + load as usize, from + place);
        let agent = &mut self.everybody[number as usize];
        agent.load -= 1;
        self.open -= 1;
        if agent.exclusive {
            agent.exclusive = false;
            self.exclusive -= 1;
        } else {
            self.unlink(load, number);
        }
        if load > 1 {
            self.append(load - 1, number);
            return;
        }
        let agent = &mut self.everybody[number as usize];
        agent.progress = 0.0;
        agent.due_at = SimTime::NEVER;
        self.busy -= 1;
        if self.lists[0].len < self.present.saturating_sub(self.busy) {
            self.append(0, number);
        } else {
            self.off_duty.push(Reverse(number));
        }
    }

    fn send_idle_home(&mut self, count: u32) {
        let mut leaving = std::mem::take(&mut self.leaving);
        leaving.clear();
        let mut number = self.lists[0].first;
        while number != NOBODY {
            leaving.push(number);
            number = self.everybody[number as usize].next;
        }
        leaving.sort_unstable_by_key(|&number| Reverse(number));
        for &number in &leaving[..count as usize] {
            self.unlink(0, number);
            self.off_duty.push(Reverse(number));
        }
        self.leaving = leaving;
    }

    #[inline]
    fn append(&mut self, load: u32, number: u32) {
        let list = &mut self.lists[load as usize];
        let last = std::mem::replace(&mut list.last, number);
        list.len += 1;
        if last == NOBODY {
            list.first = number;
        } else {
            self.everybody[last as usize].next = number;
        }
        let agent = &mut self.everybody[number as usize];
        agent.previous = last;
        agent.next = NOBODY;
    }

    #[inline]
    fn unlink(&mut self, load: u32, number: u32) {
        let Agent { previous, next, .. } = self.everybody[number as usize];
        let list = &mut self.lists[load as usize];
        list.len -= 1;
        if previous == NOBODY {
            list.first = next;
        } else {
            self.everybody[previous as usize].next = next;
        }
        if next == NOBODY {
            self.lists[load as usize].last = previous;
        } else {
            self.everybody[next as usize].previous = previous;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let mut agents = Agents::new(5, 1);
        agents.set_present(4);
        assert_eq!(agents.idle_longest(), Some(0));
        agents.start(0, contact(0), true);
        agents.set_present(2);
        assert_eq!(agents.idle_longest(), Some(1));
        agents.finish(0, 0);
        assert_eq!((agents.busy(), agents.surplus()), (0, 0));
        agents.set_present(0);
        assert_eq!(agents.idle_longest(), None);
        agents.set_present(1);
        assert_eq!(agents.idle_longest(), Some(0));
    }

    #[test]
    fn who_becomes_empty_in_surplus_leaves() {
        let mut agents = Agents::new(2, 1);
        agents.set_present(2);
        agents.start(0, contact(0), true);
        agents.start(1, contact(1), true);
        agents.set_present(1);
        assert_eq!(agents.surplus(), 1);
        agents.finish(0, 0);
        assert_eq!(agents.idle_longest(), None);
        agents.finish(1, 0);
        assert_eq!(agents.idle_longest(), Some(1));
    }

    #[test]
    fn the_surplus_is_those_with_the_fewest_open() {
        let mut agents = Agents::new(3, 3);
        agents.set_present(3);
        for (number, open) in [(0, 2), (1, 1), (2, 1)] {
            for index in 0..open {
                agents.start(number, contact(index), false);
            }
        }
        assert_eq!(agents.least_loaded_with_room(3), Some(1));
        agents.set_present(2);
        assert_eq!(agents.least_loaded_with_room(3), Some(1));
        agents.set_present(1);
        assert_eq!(agents.least_loaded_with_room(3), Some(0));
        assert_eq!(agents.least_loaded_with_room(2), None);
        agents.set_present(0);
        assert_eq!(agents.least_loaded_with_room(3), None);
    }

    #[test]
    fn the_contacts_in_hand_keep_their_order() {
        let mut agents = Agents::new(1, 3);
        agents.set_present(1);
        for index in 0..3 {
            agents.start(0, contact(index), false);
        }
        agents.finish(0, 1);
        let left: Vec<_> = agents.hands(0).iter().map(|hand| hand.contact).collect();
        assert_eq!(left, [0, 2]);
        assert_eq!(agents.open(), 2);
    }
}
