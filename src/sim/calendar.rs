//! Future events in order of time, ties broken by a fixed rule.

use std::cmp::Reverse;

use dary_heap::QuaternaryHeap;

use crate::ids::{GroupId, Id, SourceId, Table};
use crate::time::SimTime;

use super::contacts::ContactRef;
use super::soonest::{NEVER, Soonest};

/// Something that will happen. At one instant the variants happen in the order written, then by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The contact furthest on at an agent, by number within the group, ends its talk or its wrap-up.
    Finish(GroupId, u32),
    /// The next piece of the calendar begins.
    Step,
    /// An agent who is late comes.
    TurnUp(GroupId),
    /// A waiting contact has waited so long that more groups take it.
    Overflow(ContactRef),
    /// A waiting contact's patience ends.
    Abandon(ContactRef),
    /// An unanswered contact breeds another.
    Breed(ContactRef),
    /// A waiting contact is offered a callback.
    Offer(ContactRef),
    /// A customer is called back.
    CallBack(ContactRef),
    /// A bot's session ends.
    LeaveBot(ContactRef),
    /// The customer of a chat in turns writes.
    Write(ContactRef),
    /// The next contact of an issue comes.
    Come(ContactRef),
    /// The next customer of a source.
    Arrive(SourceId),
    /// The horizon ends.
    Close,
}

const INDEX_BITS: u32 = 32;
/// A group has at most 100,000 agents, and there are at most 1,000 groups.
const AGENT_BITS: u32 = 17;
const GENERATION_BITS: u32 = 28;

impl Event {
    /// Packed so that integers sort as events do: kind, number, generation.
    fn pack(self) -> u64 {
        let (kind, index, generation) = match self {
            Self::Finish(group, agent) => (0, group.0 << AGENT_BITS | agent, 0),
            Self::Step => (1, 0, 0),
            Self::TurnUp(group) => (2, group.0, 0),
            Self::Overflow(contact) => (3, contact.index, contact.generation),
            Self::Abandon(contact) => (4, contact.index, contact.generation),
            Self::Breed(contact) => (5, contact.index, contact.generation),
            Self::Offer(contact) => (6, contact.index, contact.generation),
            Self::CallBack(contact) => (7, contact.index, contact.generation),
            Self::LeaveBot(contact) => (8, contact.index, contact.generation),
            Self::Write(contact) => (9, contact.index, contact.generation),
            Self::Come(contact) => (10, contact.index, contact.generation),
            Self::Arrive(source) => (11, source.0, 0),
            Self::Close => (12, 0, 0),
        };
        kind << (INDEX_BITS + GENERATION_BITS)
            | u64::from(index) << GENERATION_BITS
            | u64::from(generation)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "unpacks what pack has put there"
    )]
    fn unpack(bits: u64) -> Self {
        let index = (bits >> GENERATION_BITS) as u32;
        let generation = bits as u32 & ContactRef::LAST_GENERATION;
        match bits >> (INDEX_BITS + GENERATION_BITS) {
            0 => Self::Finish(
                GroupId(index >> AGENT_BITS),
                index & ((1 << AGENT_BITS) - 1),
            ),
            1 => Self::Step,
            2 => Self::TurnUp(GroupId(index)),
            3 => Self::Overflow(ContactRef { index, generation }),
            4 => Self::Abandon(ContactRef { index, generation }),
            5 => Self::Breed(ContactRef { index, generation }),
            6 => Self::Offer(ContactRef { index, generation }),
            7 => Self::CallBack(ContactRef { index, generation }),
            8 => Self::LeaveBot(ContactRef { index, generation }),
            9 => Self::Write(ContactRef { index, generation }),
            10 => Self::Come(ContactRef { index, generation }),
            11 => Self::Arrive(SourceId::from_index(index as usize)),
            _ => Self::Close,
        }
    }
}

/// The events to come.
///
/// Nearly all of them are the next end of each agent's contact and the next arrival of each source. Every agent and every source has one
/// place for its own, with a key of 64 bits; everything else, and what is so far off that its instant does not fit beside a number, is in a
/// heap of 128-bit keys.
#[derive(Debug, Clone)]
pub struct EventCalendar {
    /// By place: agents of all groups in the order of their groups.
    finishes: Soonest<256>,
    arrivals: Soonest<16>,
    others: QuaternaryHeap<Reverse<u128>>,
    /// The first of `others`; [`NOTHING`] where there is none.
    first_other: u128,
    /// Ends with keys up to here come before all others.
    before_others: u64,
    /// Ends with keys up to here come before all others and before the first arrival.
    before_all: u64,
    /// By place: the agent.
    agents: Vec<(GroupId, u32)>,
}

/// An agent's place in the calendar: the agents of all groups in the order of their groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(pub u32);

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// A contact ends at an agent; see [`Event::Finish`].
    Finish(SimTime, GroupId, u32),
    /// The next customer of a source comes.
    Arrive(SimTime, SourceId),
    /// Something else, or nothing: to be [taken](EventCalendar::pop_other) by itself.
    Other,
}

const NOTHING: u128 = u128::MAX;

impl EventCalendar {
    /// No events yet, for groups of so many heads at most and so many sources.
    pub fn new(heads: &Table<GroupId, u32>, sources: usize) -> Self {
        let of_group = |(group, &heads)| (0..heads).map(move |agent| (group, agent));
        let agents: Vec<_> = heads.iter().flat_map(of_group).collect();
        // As many bits for both: an instant within reach is then before that of the key of nothing.
        let bits = bits_for(agents.len()).max(bits_for(sources));
        Self {
            finishes: Soonest::new(agents.len(), bits),
            arrivals: Soonest::new(sources, bits),
            others: QuaternaryHeap::new(),
            first_other: NOTHING,
            before_others: NEVER - 1,
            before_all: NEVER - 1,
            agents,
        }
    }

    /// Forgets every event and keeps the memory.
    pub fn clear(&mut self) {
        self.finishes.clear();
        self.arrivals.clear();
        self.others.clear();
        self.set_first_other(NOTHING);
    }

    /// Sets the next end at an agent, in place of the one that was set; never: none. `at` is not before the start of the horizon.
    ///
    /// One that was too far off for the agent's place stays beside: whoever takes it has to see whether it still holds.
    #[inline(always)]
    pub fn set_finish(&mut self, at: SimTime, place: Place) {
        if !self.finishes.set(place.0, at.0.cast_unsigned()) {
            self.put_finish_beside(at, place);
        }
    }

    /// The same for an agent who had nothing in hand.
    #[inline(always)]
    pub fn add_finish(&mut self, at: SimTime, place: Place) {
        if !self.finishes.add(place.0, at.0.cast_unsigned()) {
            self.put_finish_beside(at, place);
        }
    }

    /// No end is to come at an agent.
    #[inline(always)]
    pub fn clear_finish(&mut self, place: Place) {
        self.finishes.take(place.0);
    }

    #[inline(never)]
    fn put_finish_beside(&mut self, at: SimTime, place: Place) {
        let (group, agent) = self.agents[place.0 as usize];
        self.put_beside(at, Event::Finish(group, agent));
    }

    /// Sets the next customer of a source, in place of the one that was set; never: none. `at` is not before the start of the horizon.
    #[inline(always)]
    pub fn set_arrival(&mut self, at: SimTime, source: SourceId) {
        if !self.arrivals.set(source.0, at.0.cast_unsigned()) {
            self.put_beside(at, Event::Arrive(source));
        }
        self.look_ahead();
    }

    /// What comes before the first arrival or one of the others has changed.
    #[inline(always)]
    fn look_ahead(&mut self) {
        let before_arrival = self.finishes.last_beside(self.arrivals.first());
        self.before_all = self.before_others.min(before_arrival);
    }

    /// What is too far off for a place of its own.
    #[inline(never)]
    fn put_beside(&mut self, at: SimTime, event: Event) {
        if at < SimTime::NEVER {
            self.push(at, event);
        }
    }

    /// Adds an event of any kind. `at` is not before the start of the horizon.
    #[inline(never)]
    pub fn push(&mut self, at: SimTime, event: Event) {
        let key = key(at.0.cast_unsigned(), event);
        self.set_first_other(self.first_other.min(key));
        self.others.push(Reverse(key));
    }

    fn set_first_other(&mut self, first: u128) {
        self.first_other = first;
        self.before_others = self.finishes.last_at(self.other_at());
        self.look_ahead();
    }

    /// What happens next. The end of a contact and the next customer stay where they are until another is set in their place. At one
    /// instant contacts end before anything else happens.
    #[inline(always)]
    pub fn first(&self) -> First {
        let (finish, arrival) = (self.finishes.first(), self.arrivals.first());
        if finish <= self.before_all {
            let ends_at = self.finishes.time(finish);
            let (group, agent) = self.agents[self.finishes.number(finish) as usize];
            return First::Finish(SimTime(ends_at.cast_signed()), group, agent);
        }
        let comes_at = self.arrivals.time(arrival);
        if arrival != NEVER {
            let source = SourceId(self.arrivals.number(arrival));
            if comes_at < self.other_at() || key(comes_at, Event::Arrive(source)) < self.first_other
            {
                return First::Arrive(SimTime(comes_at.cast_signed()), source);
            }
        }
        First::Other
    }

    /// The instant of the first of the other events; [`NEVER`] where there is none.
    #[inline]
    fn other_at(&self) -> u64 {
        (self.first_other >> 64) as u64
    }

    /// Takes the first of the other events.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "unpacks what push has put there"
    )]
    #[inline(never)]
    pub fn pop_other(&mut self) -> Option<(SimTime, Event)> {
        let Reverse(key) = self.others.pop()?;
        self.set_first_other(self.others.peek().map_or(NOTHING, |next| next.0));
        Some((SimTime((key >> 64) as i64), Event::unpack(key as u64)))
    }
}

fn key(time: u64, event: Event) -> u128 {
    u128::from(time) << 64 | u128::from(event.pack())
}

/// The bits that numbers below a count take.
fn bits_for(count: usize) -> u32 {
    count
        .saturating_sub(1)
        .checked_ilog2()
        .map_or(0, |highest| highest + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pop(calendar: &mut EventCalendar) -> Option<(SimTime, Event)> {
        match calendar.first() {
            First::Finish(at, group, agent) => {
                let place = place(calendar, group, agent);
                calendar.set_finish(SimTime::NEVER, place);
                Some((at, Event::Finish(group, agent)))
            }
            First::Arrive(at, source) => {
                calendar.set_arrival(SimTime::NEVER, source);
                Some((at, Event::Arrive(source)))
            }
            First::Other => calendar.pop_other(),
        }
    }

    fn place(calendar: &EventCalendar, group: GroupId, agent: u32) -> Place {
        let place = calendar.agents.iter().position(|&at| at == (group, agent));
        Place(u32::try_from(place.unwrap()).unwrap())
    }

    fn put(calendar: &mut EventCalendar, (at, event): (SimTime, Event)) {
        match event {
            Event::Finish(group, agent) => calendar.set_finish(at, place(calendar, group, agent)),
            Event::Arrive(source) => calendar.set_arrival(at, source),
            other => calendar.push(at, other),
        }
    }

    #[test]
    fn events_come_out_by_time_then_by_kind_then_by_number() {
        let mut calendar = EventCalendar::new(&vec![8, 4].into(), 1);
        let contact = ContactRef {
            index: 3,
            generation: 9,
        };
        let expected = [
            (SimTime(1), Event::Close),
            (SimTime(2), Event::Finish(GroupId(0), 7)),
            (SimTime(2), Event::Finish(GroupId(1), 3)),
            (SimTime(2), Event::Step),
            (SimTime(2), Event::TurnUp(GroupId(1))),
            (SimTime(2), Event::Overflow(contact)),
            (SimTime(2), Event::Abandon(contact)),
            (SimTime(2), Event::Breed(contact)),
            (SimTime(2), Event::Offer(contact)),
            (SimTime(2), Event::CallBack(contact)),
            (SimTime(2), Event::LeaveBot(contact)),
            (SimTime(2), Event::Write(contact)),
            (SimTime(2), Event::Come(contact)),
            (SimTime(2), Event::Arrive(SourceId(0))),
            (SimTime(2), Event::Close),
        ];
        for index in [4, 2, 9, 7, 12, 11, 14, 0, 6, 13, 8, 3, 10, 5, 1] {
            put(&mut calendar, expected[index]);
        }
        let found: Vec<_> = std::iter::from_fn(|| pop(&mut calendar)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_too_far_off_for_a_short_key_keeps_its_place() {
        let mut calendar = EventCalendar::new(&vec![100_000; 3].into(), 1_000);
        let far = SimTime(1 << 46);
        let expected = [
            (SimTime(5), Event::Finish(GroupId(2), 99_999)),
            (SimTime(5), Event::Arrive(SourceId(999))),
            (far, Event::Finish(GroupId(1), 2)),
            (far, Event::Step),
            (far, Event::Arrive(SourceId(3))),
            (SimTime(i64::MAX - 1), Event::Finish(GroupId(0), 1)),
        ];
        for index in [3, 5, 0, 4, 2, 1] {
            put(&mut calendar, expected[index]);
        }
        let found: Vec<_> = std::iter::from_fn(|| pop(&mut calendar)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_agent_has_one_end_and_another_takes_its_place() {
        let mut calendar = EventCalendar::new(&vec![1, 3].into(), 1);
        let finish = |at, agent| (SimTime(at), Event::Finish(GroupId(1), agent));
        for agent in 0..3 {
            put(&mut calendar, finish(10 + i64::from(agent), agent));
        }
        put(&mut calendar, finish(12, 0));
        put(&mut calendar, finish(9, 1));
        assert_eq!(pop(&mut calendar), Some(finish(9, 1)));
        put(&mut calendar, finish(11, 1));
        assert_eq!(pop(&mut calendar), Some(finish(11, 1)));
        assert_eq!(pop(&mut calendar), Some(finish(12, 0)));
        assert_eq!(pop(&mut calendar), Some(finish(12, 2)));
        assert_eq!(pop(&mut calendar), None);
    }
}
