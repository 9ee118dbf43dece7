//! Which group serves which queue, and on what terms.

use crate::ids::{GroupId, QueueId};
use crate::time::SimDuration;

/// A group that may serve a queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Server {
    /// The group.
    pub group: GroupId,
    /// Contacts of concurrent queues that an agent of it may have open when this queue's contact has started; 1 makes the
    /// queue exclusive in that group.
    pub at_once: u32,
    /// Divides the drawn work.
    pub speed: f64,
    /// When the group takes its contacts at all.
    pub terms: Terms,
    /// Whether it takes them on no terms, by whoever is least loaded, and nothing comes of that but the contact's own work.
    pub is_plain: bool,
    /// Whether its agents set work aside for them, or set them aside.
    pub yields: Yields,
}

/// Who gives way to whom in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Yields {
    /// Contacts neither interrupt nor are interrupted.
    #[default]
    Never,
    /// An agent sets other work aside for them, where nobody else takes them.
    Interrupts,
    /// An agent sets them aside.
    GivesWay,
}

/// When a group takes contacts of a queue at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Terms {
    /// Only while more than so many of its agents are idle, the taker included if idle; 0 for always.
    pub reserve: u32,
    /// Only those that have waited so long.
    pub after: SimDuration,
}

impl Terms {
    /// Whether they are met always.
    #[inline]
    pub fn are_none(self) -> bool {
        self == Self::default()
    }

    /// Whether they are met by a contact that has waited so long while so many agents of the group are idle.
    #[inline]
    pub fn are_met(self, idle: u32, waited: SimDuration) -> bool {
        (self.reserve == 0 || idle > self.reserve) && waited >= self.after
    }
}

/// A queue that a group may serve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Skill {
    /// The queue.
    pub queue: QueueId,
    /// See [`Server::at_once`].
    pub at_once: u32,
    /// Divides the drawn work.
    pub speed: f64,
    /// See [`Server::terms`].
    pub terms: Terms,
    /// See [`Server::is_plain`].
    pub is_plain: bool,
    /// See [`Server::yields`].
    pub yields: Yields,
    /// What a wait counts under [`Policy::Weighted`](super::model::Policy::Weighted).
    pub weight: f64,
}

impl Skill {
    /// The same as seen from the queue.
    pub fn server(&self, group: GroupId) -> Server {
        Server {
            group,
            at_once: self.at_once,
            speed: self.speed,
            terms: self.terms,
            is_plain: self.is_plain,
            yields: self.yields,
        }
    }
}

impl Server {
    /// Whether an agent of the group sets other work aside for a contact that nobody else takes.
    #[inline]
    pub fn interrupts(&self) -> bool {
        self.yields == Yields::Interrupts
    }

    /// Whether a waiting contact keeps agents of the group from starting concurrent ones of a larger priority number: an exclusive one that
    /// the group takes without further terms.
    #[inline]
    pub fn holds_back(&self) -> bool {
        self.at_once == 1 && self.terms.are_none()
    }
}
