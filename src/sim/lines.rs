//! The line of waiting contacts of one queue, and who has left it unnoticed.
//!
//! A contact whose patience has ended stays in the line until somebody looks: this costs nothing for those answered at
//! once, and little for those who come to the front. Deadlines are sorted only when somebody looks at the whole line. An abandonment is then
//! told with the instant at which it happened. Only queues on whose emptiness others depend (`watched`) get an event for it.

use std::cmp::Reverse;
use std::collections::VecDeque;

use dary_heap::QuaternaryHeap;

use crate::time::{SimDuration, SimTime};

use super::contacts::{ContactRef, Contacts, Stage};

/// Contacts waiting in the order in which they came.
#[derive(Debug, Clone, Default)]
pub struct Line {
    places: VecDeque<u32>,
    /// Places in the line whose contact has left.
    gone: usize,
    /// How many wait for an agent of theirs, and stand in no place.
    kept: u32,
    /// When each patience ends, soonest first; a contact that waits no longer leaves a stale entry behind.
    deadlines: QuaternaryHeap<Reverse<(SimTime, u32, u32)>>,
    /// How many places have been taken from the front.
    taken: usize,
    /// The deadlines of so many are among these, or were: of those taken and of those next to them.
    sorted: usize,
    /// The longest that the line has been, in the counted time once that has begun.
    longest: u32,
    is_counted: bool,
    /// Whether others depend on the instant at which somebody leaves.
    is_watched: bool,
    /// How long the last contact waited that an agent took.
    last_wait: SimDuration,
}

/// Fewer stale entries than this are not worth tidying up.
const FEW: usize = 64;

impl Line {
    /// Nobody yet.
    pub fn new(is_watched: bool) -> Self {
        Self {
            is_watched,
            ..Self::default()
        }
    }
    /// Whether others depend on the instant at which somebody leaves: whoever does is then told of at once, by an event.
    #[inline]
    pub fn is_watched(&self) -> bool {
        self.is_watched
    }
    /// How long the last contact waited that an agent took: what the next one may expect (Ibrahim and Whitt, "Real-time delay
    /// estimation in overloaded multiserver queues with abandonments", *Management Science* 55, 2009: last to enter service).
    pub fn last_wait(&self) -> SimDuration {
        self.last_wait
    }
    /// An agent took a contact that had waited so long.
    pub fn note_wait(&mut self, wait: SimDuration) {
        self.last_wait = wait;
    }
    /// From now on its length counts anew.
    pub fn forget_longest(&mut self) {
        self.longest = 0;
    }
    /// Forgets everybody and keeps the memory.
    pub fn clear(&mut self) {
        self.places.clear();
        self.gone = 0;
        self.kept = 0;
        self.deadlines.clear();
        self.taken = 0;
        self.sorted = 0;
        self.longest = 0;
        self.is_counted = false;
        self.last_wait = SimDuration::ZERO;
    }
    /// How many wait, those included who left unnoticed and those who are kept for an agent.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "fewer than 2^32 contacts are in the system"
    )]
    pub fn len(&self) -> u32 {
        (self.places.len() - self.gone) as u32 + self.kept
    }
    /// How many stand in it, those included who left unnoticed.
    pub fn places(&self) -> usize {
        self.places.len() - self.gone
    }
    /// Whether nobody is in the line whom any agent may take.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.places.len() == self.gone
    }
    /// One more waits for an agent of theirs.
    pub fn keep(&mut self) {
        self.kept += 1;
    }
    /// One of those waits for that agent no longer.
    pub fn give(&mut self) {
        self.kept -= 1;
    }
    /// The first place, whether its contact still waits or not.
    #[inline]
    pub fn front(&self) -> Option<u32> {
        self.places.front().copied()
    }
    /// Whether one more might make it the longest yet, unless somebody has left unnoticed; before and in the counted time apart.
    #[inline]
    pub fn nears_longest(&mut self, is_counted: bool) -> bool {
        if is_counted && !self.is_counted {
            self.is_counted = true;
            self.longest = 0;
        }
        self.len() >= self.longest
    }
    /// Joins the line.
    #[inline]
    pub fn push(&mut self, contact: u32) {
        self.places.push_back(contact);
        self.longest = self.longest.max(self.len());
    }
    /// Sorts in the deadlines of those who have joined since somebody looked.
    fn sort_in(&mut self, contacts: &Contacts) {
        if self.deadlines.len() > 2 * self.len() as usize + FEW {
            let waits = |index, generation| waits(contacts, ContactRef { index, generation });
            self.deadlines
                .retain(|Reverse((_, index, generation))| waits(*index, *generation));
        }
        let from = self.sorted.saturating_sub(self.taken);
        for &index in self.places.range(from..) {
            let ContactRef { generation, .. } = contacts.reference(index);
            let leaves_at = contacts[index].leaves_at;
            if leaves_at < SimTime::NEVER {
                self.deadlines.push(Reverse((leaves_at, index, generation)));
            }
        }
        self.all_are_sorted();
    }
    fn all_are_sorted(&mut self) {
        self.sorted = self.taken + self.places.len();
    }
    /// The next waiting contact whose patience ended before an instant.
    #[inline]
    pub fn next_left(&mut self, before: SimTime, contacts: &Contacts) -> Option<u32> {
        if self.is_watched {
            return None;
        }
        if self.sorted < self.taken + self.places.len() {
            self.sort_in(contacts);
        }
        while let Some(&Reverse((leaves_at, index, generation))) = self.deadlines.peek() {
            if leaves_at >= before {
                return None;
            }
            self.deadlines.pop();
            if waits(contacts, ContactRef { index, generation }) {
                return Some(index);
            }
        }
        None
    }
    /// Takes the first place, whether its contact still waits or not.
    #[inline(always)]
    pub fn take_front(&mut self) -> Option<u32> {
        let first = self.places.pop_front()?;
        self.taken += 1;
        Some(first)
    }
    /// The place just taken was taken too soon: it stands first again.
    pub fn put_back(&mut self, first: u32) {
        self.places.push_front(first);
        self.taken -= 1;
    }
    /// The contact of the place just taken had been marked as gone.
    pub fn was_gone(&mut self) {
        self.gone -= 1;
    }
    /// Takes a contact out, wherever it stands; none of those in the line has a deadline that is not an event.
    pub fn drop_out(&mut self, contact: u32) {
        self.places.retain(|&place| place != contact);
    }
    /// A contact somewhere in the line has left; its place goes when it comes to the front, or when the line is tidied up.
    pub fn mark_gone(&mut self) {
        self.gone += 1;
    }
    /// Whether places of contacts that have left make up most of the line.
    pub fn wants_tidying(&self) -> bool {
        self.gone > self.len() as usize + FEW
    }
    /// Drops the places of contacts that have left; `dropped` is told of each.
    pub fn tidy_up(&mut self, is_gone: impl Fn(u32) -> bool, dropped: &mut Vec<u32>) {
        self.places.retain(|&contact| {
            let stays = !is_gone(contact);
            if !stays {
                dropped.push(contact);
            }
            stays
        });
        self.all_are_sorted();
        self.gone = 0;
    }
    /// The places in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.places.iter().copied()
    }
}

fn waits(contacts: &Contacts, contact: ContactRef) -> bool {
    contacts.is_current(contact) && contacts[contact.index].stage == Stage::Waiting
}
