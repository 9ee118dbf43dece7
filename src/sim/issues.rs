//! The issues in the system: what a customer wants, over one contact or several.

use crate::ids::{BotId, GroupId, QueueId};
use crate::time::{SimDuration, SimTime};

/// A place in the vector of issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssueId(u32);

/// Where an issue stands on its way, and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Before its first contact.
    New,
    /// A contact of it is, or was last, at a bot.
    Bot(BotId),
    /// A contact of it is, or was last, in a queue.
    Queue(QueueId),
    /// Ended, with what the customer wanted.
    Resolved,
    /// Ended without; the customer gave up.
    Lost,
    /// Not ended when the run did.
    Open,
}

/// How a contact of an issue came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The first one.
    First,
    /// After one that abandoned or was blocked.
    Retry,
    /// After one that did not resolve the issue.
    Return,
    /// The customer answers an answer.
    Reply,
    /// An agent handed it on.
    Transfer,
    /// Left with a bot while the queue was closed.
    Message,
}

impl Origin {
    /// Whether the customer comes anew, rather than going on with what was begun.
    pub fn is_anew(self) -> bool {
        match self {
            Self::First | Self::Retry | Self::Return => true,
            Self::Reply | Self::Transfer | Self::Message => false,
        }
    }
}

/// What the contact of an issue does beside waiting its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// Nothing.
    Plain,
    /// It waits for the agent who handled the one before.
    Kept {
        /// Of this group.
        group: GroupId,
        /// By number within the group.
        agent: u32,
    },
    /// It is to be called back.
    Callback {
        /// The work once the customer is reached.
        talk: SimDuration,
        /// The work after that.
        wrap_up: SimDuration,
        /// How many tries will not reach the customer.
        misses: u32,
        /// Tries so far.
        tries: u32,
    },
    /// The customer has left without a word.
    Gone {
        /// When.
        at: SimTime,
        /// The work, had the customer been there.
        talk: SimDuration,
        /// The work after that.
        wrap_up: SimDuration,
    },
}

/// One issue. It has at most one contact at a time.
#[derive(Debug, Clone, Copy)]
pub struct Issue {
    /// The how-manieth of the replication, from 1.
    pub number: u64,
    /// The queue of its first contact.
    pub queue: QueueId,
    /// When that came; before the start for an old backlog.
    pub opened_at: SimTime,
    /// Whether it was there at the start.
    pub carried_in: bool,
    /// Where it is now.
    pub at: Stop,
    /// How its latest contact came about.
    pub origin: Origin,
    /// Contacts so far.
    pub contacts: u32,
    /// Whether these were in more than one queue.
    pub switched: bool,
    /// How often it came back after an attempt that failed.
    pub comebacks: u32,
    /// Replies in the thread that goes on.
    pub replies: u32,
    /// What is left of its customer's patience, as a factor.
    pub patience: f64,
    /// What its present contact does beside waiting.
    pub course: Course,
    /// Where the contact in hand goes on to, if an agent will hand it on.
    pub hands_on_to: Option<QueueId>,
    /// Who handled it last.
    pub agent: Option<(GroupId, u32)>,
    /// Time spent waiting.
    pub waited: SimDuration,
    /// Time spent with agents, to the end of talks.
    pub in_contact: SimDuration,
    /// Time spent with bots.
    pub at_bots: SimDuration,
    /// Work of agents at pace and speed 1.
    pub work: SimDuration,
    /// The first start of an agent (deferred: the first reply); `NEVER` until then.
    pub first_response_at: SimTime,
    /// The end of the first talk, or the first reply; `NEVER` until then.
    pub first_answer_at: SimTime,
    /// The first contact after the first answer; `NEVER` until then.
    pub came_again_at: SimTime,
}

/// All issues that have not ended.
#[derive(Debug, Clone, Default)]
pub struct Issues {
    places: Vec<Option<Issue>>,
    free: Vec<IssueId>,
    opened: u64,
}

impl Issues {
    /// Takes up an issue with its first contact.
    pub fn open(&mut self, queue: QueueId, opened_at: SimTime, carried_in: bool) -> IssueId {
        self.opened += 1;
        let issue = Issue {
            number: self.opened,
            queue,
            opened_at,
            carried_in,
            at: Stop::New,
            origin: Origin::First,
            contacts: 0,
            switched: false,
            comebacks: 0,
            replies: 0,
            patience: 1.0,
            course: Course::Plain,
            hands_on_to: None,
            agent: None,
            waited: SimDuration::ZERO,
            in_contact: SimDuration::ZERO,
            at_bots: SimDuration::ZERO,
            work: SimDuration::ZERO,
            first_response_at: SimTime::NEVER,
            first_answer_at: SimTime::NEVER,
            came_again_at: SimTime::NEVER,
        };
        if let Some(id) = self.free.pop() {
            self.places[id.0 as usize] = Some(issue);
            return id;
        }
        self.places.push(Some(issue));
        let last = u32::try_from(self.places.len() - 1);
        IssueId(last.expect("the limit on contacts is below 2^32 at a time"))
    }

    /// An issue that has not ended.
    pub fn get(&mut self, id: IssueId) -> &mut Issue {
        let place = self.places[id.0 as usize].as_mut();
        place.expect("the contact that names it is its latest")
    }

    /// Gives an issue away that ends.
    pub fn close(&mut self, id: IssueId) -> Option<Issue> {
        self.free.push(id);
        self.places[id.0 as usize].take()
    }

    /// Gives all away that have not ended, in the order of their places.
    pub fn drain(&mut self) -> impl Iterator<Item = Issue> + '_ {
        self.places.iter_mut().filter_map(Option::take)
    }
}
