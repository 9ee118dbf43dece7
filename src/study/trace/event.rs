//! One thing that happened.

use crate::ids::{BotId, GroupId, QueueId, SourceId};
use crate::sim::issues::Origin;
use crate::sim::observer::{BotEnd, Outcome, Step, Turn};
use crate::time::{SimDuration, SimTime};

/// One thing that happened, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: SimTime,
    /// The issue's number in the replication, from 1; `None` where it is about nobody's issue.
    pub issue: Option<u64>,
    /// The contact's number in the issue, from 1; where the issue has ended, how many it took.
    pub contact: Option<u32>,
    /// Names the contact in the replication.
    pub key: Option<u64>,
    /// The contact's queue, or the one that the issue was in last.
    pub queue: Option<QueueId>,
    /// What happened.
    pub what: What,
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A contact came.
    Arrived(Cause),
    /// It found the bot of its queue full.
    BotFull(BotId),
    /// Its session with a bot began.
    BotBegan(BotId),
    /// Its session with a bot ended.
    BotEnded(BotId, BotEnd),
    /// It joined the line.
    Waits {
        /// Contacts of its queue that had waited longer.
        ahead: u64,
    },
    /// An agent began it.
    Started {
        /// Of this group.
        group: GroupId,
        /// The number within the group, from 1.
        agent: u32,
        /// Since it came to the queue.
        wait: SimDuration,
    },
    /// The talk ended, or the reply was sent.
    TalkEnded {
        /// Of this group.
        group: GroupId,
        /// The number within the group, from 1.
        agent: u32,
        /// Since it came to the queue.
        response: SimDuration,
    },
    /// Something happened to it in the hands of an agent.
    Stepped {
        /// Of this group.
        group: GroupId,
        /// The number within the group, from 1.
        agent: u32,
        /// What.
        step: Step,
    },
    /// Its customer, who had to wait, did something else.
    Turned(Turn),
    /// An agent called and did not reach the customer.
    NotReached {
        /// Of this group.
        group: GroupId,
        /// The number within the group, from 1.
        agent: u32,
    },
    /// An agent had begun it and saw that the customer had left without a word.
    FoundGone {
        /// Of this group.
        group: GroupId,
        /// The number within the group, from 1.
        agent: u32,
    },
    /// It ended.
    Ended {
        /// How.
        outcome: Outcome,
        /// From when it came to the queue to the start of handling, or to when its customer gave up.
        wait: Option<SimDuration>,
        /// From the start to the end of handling.
        handle_time: Option<SimDuration>,
        /// The agent who answered, by number from 1 within the group.
        by: Option<(GroupId, u32)>,
    },
    /// The next contact of the issue is to come later; the horizon may end before.
    WillCome {
        /// To this queue.
        to: QueueId,
        /// When.
        comes_at: SimTime,
        /// Why.
        cause: Cause,
    },
    /// The issue ended.
    IssueEnded(IssueEnd),
    /// A customer found no queue that would take them.
    TurnedAway(SourceId),
    /// A group has other numbers of heads from now on.
    Staffed {
        /// Which.
        group: GroupId,
        /// Paid.
        heads: u32,
        /// Of these, on duty.
        present: u32,
    },
    /// The horizon ended.
    Closed,
}

/// Why a contact came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A new issue.
    New,
    /// A new issue, meant for another queue.
    Moved(SourceId),
    /// Open at the start of the horizon.
    CarriedIn,
    /// Bred by a post that nobody had answered.
    Bred,
    /// After one that gave up or was blocked.
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

impl Cause {
    /// Why a later contact of an issue comes; `first` is why its first one came.
    pub(super) fn of(origin: Origin, first: Self) -> Self {
        match origin {
            Origin::First => first,
            Origin::Retry => Self::Retry,
            Origin::Return => Self::Return,
            Origin::Reply => Self::Reply,
            Origin::Transfer => Self::Transfer,
            Origin::Message => Self::Message,
        }
    }
}

/// How an issue ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueEnd {
    /// With what the customer wanted.
    Resolved,
    /// Without; the customer gave up.
    Lost,
    /// Not by the end of the run.
    OpenAtEnd,
}
