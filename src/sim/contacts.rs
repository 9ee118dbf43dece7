//! The contacts in the system, in one vector with free places.

use crate::ids::{QueueId, SourceId};
use crate::sim::issues::IssueId;
use crate::sim::streams::Key;
use crate::time::{SimDuration, SimTime};

/// A place in the vector of contacts, and the how-manieth contact it holds: an event for an earlier one is stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactRef {
    /// The place.
    pub index: u32,
    /// At most [`Self::LAST_GENERATION`], then from zero again.
    pub generation: u32,
}

impl ContactRef {
    /// Generations are counted modulo 2²⁸.
    pub const LAST_GENERATION: u32 = (1 << 28) - 1;
}

/// Where a contact is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Not there yet: the next contact of its issue.
    Away,
    /// In a bot's session.
    AtBot,
    /// To be called back at another time.
    Later,
    /// In its queue's line.
    Waiting,
    /// At an agent, talk or writing.
    InHand,
    /// At an agent, a chat in turns.
    InDialogue,
    /// At an agent, after the talk or the reply.
    WrapUp,
    /// Its outcome is told and nobody holds it: abandoned, or open where nobody may serve it.
    Gone,
}

/// One contact, with the luck drawn when it arrived.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "where a contact is listed: each list alone, in any mix"
)]
pub struct Contact {
    /// The queue it came to.
    pub queue: QueueId,
    /// The source it came from; `None` for what was open at the start and for bred posts.
    pub source: Option<SourceId>,
    /// What [`Self::key`] is made of.
    pub key_of: Key,
    /// Its issue, where issues are followed.
    pub issue: Option<IssueId>,
    /// Its number among the pieces' intervals ([`NO_SLOT`] for what was open at the start).
    pub slot: u32,
    /// The day of the horizon on which it arrived.
    pub day: u32,
    /// When it came to its queue, and its wait and its clock began; before the start for an old backlog.
    pub arrived_at: SimTime,
    /// When it came: earlier than that where a bot was first.
    pub came_at: SimTime,
    /// When its patience ends.
    pub leaves_at: SimTime,
    /// Talk or writing at pace and speed 1.
    pub talk: SimDuration,
    /// Wrap-up at pace and speed 1.
    pub wrap_up: SimDuration,
    /// When an agent began it.
    pub started_at: SimTime,
    /// When the talk ended or the reply was sent.
    pub replied_at: SimTime,
    /// Where it is.
    pub stage: Stage,
    /// Its outcome has been told: each contact has exactly one.
    pub told: bool,
    /// Whether its place stands in its queue's line; not kept in plain models, where nobody leaves a line but from its front.
    pub in_line: bool,
    /// Whether its next breeding is in the calendar.
    pub is_breeding: bool,
    /// Whether it holds one of its queue's lines.
    pub holds_line: bool,
    /// The expected number of posts bred up to its last breeding.
    pub reached: f64,
    /// How many posts it has bred.
    pub children: u32,
    generation: u32,
    /// The place that was freed before this one, where it is free.
    freed_before: u32,
}

/// The slot of a contact that arrived in no interval of the horizon.
pub const NO_SLOT: u32 = u32::MAX;

impl Contact {
    /// A contact that has just arrived.
    pub fn new(queue: QueueId, arrived_at: SimTime) -> Self {
        Self {
            queue,
            source: None,
            key_of: Key::new(0, 0),
            issue: None,
            slot: NO_SLOT,
            day: 0,
            arrived_at,
            came_at: arrived_at,
            leaves_at: SimTime::NEVER,
            talk: SimDuration::ZERO,
            wrap_up: SimDuration::ZERO,
            started_at: SimTime::NEVER,
            replied_at: SimTime::NEVER,
            stage: Stage::Waiting,
            told: false,
            in_line: false,
            is_breeding: false,
            holds_line: false,
            reached: 0.0,
            children: 0,
            generation: 0,
            freed_before: NOBODY,
        }
    }

    /// Whether it has not left, where a patience that ended before an instant has ended.
    #[inline]
    pub(super) fn still_waits(&self, left_before: SimTime) -> bool {
        self.stage != Stage::Gone && self.leaves_at >= left_before
    }

    /// An agent begins it.
    #[inline(always)]
    pub(super) fn begin(&mut self, now: SimTime) {
        self.started_at = now;
        self.stage = Stage::InHand;
        self.in_line = false;
    }

    /// Names the streams of what it breeds and of what follows it.
    pub fn key(&self) -> u64 {
        self.key_of.made()
    }

    /// Its issue, where issues are followed and its outcome has not been told.
    pub fn open_issue(&self) -> Option<IssueId> {
        self.issue.filter(|_| !self.told)
    }
}

/// No place.
const NOBODY: u32 = u32::MAX;

/// All contacts in the system.
#[derive(Debug, Clone)]
pub struct Contacts {
    places: Vec<Contact>,
    /// The place that was freed last, which is given first.
    freed: u32,
}

impl Default for Contacts {
    fn default() -> Self {
        Self {
            places: Vec::new(),
            freed: NOBODY,
        }
    }
}

impl Contacts {
    /// Forgets every contact and keeps the memory.
    pub fn clear(&mut self) {
        self.places.clear();
        self.freed = NOBODY;
    }

    /// Takes a contact in and gives its place.
    #[inline]
    pub fn insert(&mut self, contact: Contact) -> u32 {
        self.take_in(contact).0
    }

    /// The same; gives the contact, too, as it stands there.
    #[inline]
    pub(super) fn take_in(&mut self, mut contact: Contact) -> (u32, &mut Contact) {
        if self.freed == NOBODY {
            self.add_place();
        }
        let index = self.freed;
        let place = &mut self.places[index as usize];
        self.freed = place.freed_before;
        contact.generation = place.generation;
        *place = contact;
        (index, place)
    }

    /// One more place, which is free.
    #[inline(never)]
    fn add_place(&mut self) {
        self.freed = u32::try_from(self.places.len())
            .expect("the limit on contacts is below 2^32 at a time");
        self.places.push(Contact::new(QueueId(0), SimTime::START));
    }

    /// Frees a place; references to it become stale. Gives the contact, which stays there until the place is given again.
    #[inline]
    pub fn remove(&mut self, index: u32) -> &mut Contact {
        let place = &mut self.places[index as usize];
        place.generation = (place.generation + 1) & ContactRef::LAST_GENERATION;
        place.freed_before = std::mem::replace(&mut self.freed, index);
        place
    }

    /// A reference that becomes stale with the contact.
    pub fn reference(&self, index: u32) -> ContactRef {
        ContactRef {
            index,
            generation: self.places[index as usize].generation,
        }
    }

    /// The places of all who are there.
    pub fn places(&self) -> impl Iterator<Item = u32> + use<> {
        let mut is_there = vec![true; self.places.len()];
        let mut free = self.freed;
        while free != NOBODY {
            is_there[free as usize] = false;
            free = self.places[free as usize].freed_before;
        }
        (0_u32..)
            .zip(is_there)
            .filter_map(|(index, is)| is.then_some(index))
    }

    /// Whether the contact meant is still there.
    pub fn is_current(&self, reference: ContactRef) -> bool {
        self.places[reference.index as usize].generation == reference.generation
    }
}

impl std::ops::Index<u32> for Contacts {
    type Output = Contact;
    #[inline]
    fn index(&self, index: u32) -> &Contact {
        &self.places[index as usize]
    }
}

impl std::ops::IndexMut<u32> for Contacts {
    #[inline]
    fn index_mut(&mut self, index: u32) -> &mut Contact {
        &mut self.places[index as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_given_again_and_its_old_references_are_stale() {
        let mut contacts = Contacts::default();
        let contact = Contact::new(QueueId(0), SimTime::START);
        let first = contacts.insert(contact);
        let reference = contacts.reference(first);
        assert!(contacts.is_current(reference));
        contacts.remove(first);
        assert_eq!(contacts.insert(contact), first);
        assert!(!contacts.is_current(reference));
        assert_eq!(contacts.insert(contact), 1);
        contacts.clear();
        assert_eq!(contacts.insert(contact), 0);
    }
}
