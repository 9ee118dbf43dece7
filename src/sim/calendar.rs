//! Future events in order of time, ties broken by a fixed rule.

use std::cmp::Reverse;

use dary_heap::QuaternaryHeap;

use crate::ids::{GroupId, Id, SourceId};
use crate::time::SimTime;

use super::contacts::ContactRef;

/// Something that will happen. At one instant the variants happen in the order written, then by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The contact furthest on at an agent, by number within the group, ends its talk or its wrap-up.
    Finish(GroupId, u32),
    /// The next piece of the calendar begins.
    Step,
    /// A waiting contact's patience ends.
    Abandon(ContactRef),
    /// An unanswered contact breeds another.
    Breed(ContactRef),
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
            Self::Abandon(contact) => (2, contact.index, contact.generation),
            Self::Breed(contact) => (3, contact.index, contact.generation),
            Self::Arrive(source) => (4, source.0, 0),
            Self::Close => (5, 0, 0),
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
            2 => Self::Abandon(ContactRef { index, generation }),
            3 => Self::Breed(ContactRef { index, generation }),
            4 => Self::Arrive(SourceId::from_index(index as usize)),
            _ => Self::Close,
        }
    }
}

/// The events to come.
#[derive(Debug, Clone, Default)]
pub struct EventCalendar {
    heap: QuaternaryHeap<Reverse<u128>>,
}

impl EventCalendar {
    /// Forgets every event and keeps the memory.
    pub fn clear(&mut self) {
        self.heap.clear();
    }

    /// Adds an event. `at` is not before the start of the horizon.
    #[inline]
    pub fn push(&mut self, at: SimTime, event: Event) {
        let time = u128::from(at.0.unsigned_abs());
        self.heap
            .push(Reverse(time << 64 | u128::from(event.pack())));
    }

    /// Takes the next event.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "unpacks what push has put there"
    )]
    pub fn pop(&mut self) -> Option<(SimTime, Event)> {
        let Reverse(key) = self.heap.pop()?;
        Some((SimTime((key >> 64) as i64), Event::unpack(key as u64)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_out_by_time_then_by_kind_then_by_number() {
        let mut calendar = EventCalendar::default();
        let contact = ContactRef {
            index: 3,
            generation: 9,
        };
        let expected = [
            (SimTime(1), Event::Close),
            (SimTime(2), Event::Finish(GroupId(0), 7)),
            (SimTime(2), Event::Finish(GroupId(1), 3)),
            (SimTime(2), Event::Step),
            (SimTime(2), Event::Abandon(contact)),
            (SimTime(2), Event::Breed(contact)),
            (SimTime(2), Event::Arrive(SourceId(0))),
            (SimTime(2), Event::Close),
        ];
        for index in [4, 2, 7, 0, 6, 3, 5, 1] {
            let (at, event) = expected[index];
            calendar.push(at, event);
        }
        let found: Vec<_> = std::iter::from_fn(|| calendar.pop()).collect();
        assert_eq!(found, expected);
    }
}
