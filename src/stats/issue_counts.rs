//! What one replication counted of issues, bots and the ways between queues, in integers.

use crate::ids::{BotId, QueueId, Table};

use super::counts::{COUNT, Extent, MONEY, TIME, counters};
use super::histogram::FineHistogram;

counters! {
    /// Issues, by what came of them.
    IssueTotals / IssueFigure {
        /// New issues.
        opened Opened COUNT,
        /// Issues open at the start.
        carried_in CarriedIn COUNT,
        /// Ended with what the customer wanted.
        resolved Resolved COUNT,
        /// Ended without.
        lost Lost COUNT,
        /// Not ended.
        open_at_end OpenAtEnd COUNT,
        /// Answered at least once.
        answered Answered COUNT,
        /// Resolved by the first answered contact, with none after it within the window.
        first_contact FirstContact COUNT,
        /// With contacts in more than one queue.
        switched Switched COUNT,
        /// Contacts of all.
        contacts Contacts COUNT,
        /// Issues of one contact.
        of_one OfOne COUNT,
        /// Of two.
        of_two OfTwo COUNT,
        /// Of three.
        of_three OfThree COUNT,
        /// Of four or more.
        of_more OfMore COUNT,
        /// Time that customers waited.
        waited Waited TIME,
        /// Time that they spent with agents.
        in_contact InContact TIME,
        /// Time that they spent with bots.
        at_bots AtBots TIME,
        /// Work of agents at pace and speed 1.
        work Work TIME,
        /// From the first arrival to the first response, of the answered.
        first_response FirstResponse TIME,
        /// From the first arrival to the last answer, of the resolved.
        resolution_time ResolutionTime TIME,
        /// The longest of these.
        resolution_max ResolutionMax TIME,
        /// Time integral of the issues that wait for their next contact; of all issues together only.
        away Away TIME,
        /// Paid to all groups and bots; of all issues together only.
        cost Cost MONEY,
    }
}

counters! {
    /// What a bot did.
    BotTotals / BotFigure {
        /// Sessions that ended.
        sessions Sessions COUNT,
        /// Of these, with the issue resolved.
        resolved Resolved COUNT,
        /// Without a solution.
        unresolved Unresolved COUNT,
        /// Given up.
        gave_up GaveUp COUNT,
        /// With a message left.
        messages Messages COUNT,
        /// Handed over.
        handed_over HandedOver COUNT,
        /// Contacts that found it full.
        full Full COUNT,
        /// Time integral of the sessions under way.
        busy Busy TIME,
        /// What it costs.
        cost Cost MONEY,
    }
}

counters! {
    /// What the customers of a queue did beside waiting.
    TurnTotals / TurnFigure {
        /// Told how long it would take, and gone at once.
        balked Balked COUNT,
        /// Gone without a word.
        left_silently LeftSilently COUNT,
        /// Offered a callback.
        callbacks_offered CallbacksOffered COUNT,
        /// Of these, accepted.
        callbacks_accepted CallbacksAccepted COUNT,
        /// Calls made.
        called Called COUNT,
        /// Of these, in vain.
        not_reached NotReached COUNT,
        /// Came, though an answer to others might have spared it.
        came Came COUNT,
        /// Read an answer to others and stayed away.
        spared Spared COUNT,
        /// Wrote what needs no answer.
        need_no_answer NeedNoAnswer COUNT,
        /// Contacts that others could read.
        public Public COUNT,
        /// How long they stood unanswered.
        public_time PublicTime TIME,
        /// Replies of agents in chats in turns.
        replies Replies COUNT,
        /// From what the customer wrote to these.
        reply_time ReplyTime TIME,
        /// Chats whose customer left while waiting for one.
        left_midway LeftMidway COUNT,
    }
}

counters! {
    /// Issues that went one way.
    FlowCount / FlowFigure {
        /// How many times.
        times Times COUNT,
    }
}

/// Issues, where they are followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IssueCounts {
    /// All of them.
    pub totals: IssueTotals,
    /// By the queue of their first contact; empty where issues are not followed.
    pub queues: Table<QueueId, IssueTotals>,
    /// From the first arrival to the last answer, of the resolved.
    pub resolution_time: FineHistogram,
    /// What each bot did.
    pub bots: Table<BotId, BotTotals>,
    /// What customers did beside waiting, by queue.
    pub turns: Table<QueueId, TurnTotals>,
    /// Sessions in front of each queue, and those of them that resolved the issue.
    pub sessions: Table<QueueId, (i128, i128)>,
    /// Times that issues went from one stop to another, row by row; empty where that is not kept.
    pub flows: Vec<FlowCount>,
}

impl IssueCounts {
    /// Nothing counted yet.
    pub fn new(extent: Extent) -> Self {
        let queues = if extent.issues { extent.queues } else { 0 };
        Self {
            totals: IssueTotals::default(),
            queues: vec![IssueTotals::default(); queues].into(),
            resolution_time: FineHistogram::default(),
            bots: vec![BotTotals::default(); extent.bots].into(),
            turns: vec![TurnTotals::default(); queues].into(),
            sessions: vec![(0, 0); queues].into(),
            flows: vec![FlowCount::default(); extent.flows()],
        }
    }

    /// Forgets everything and keeps the memory.
    pub fn clear(&mut self) {
        self.totals = IssueTotals::default();
        for totals in self.queues.values_mut() {
            *totals = IssueTotals::default();
        }
        self.resolution_time.clear();
        for totals in self.bots.values_mut() {
            *totals = BotTotals::default();
        }
        for totals in self.turns.values_mut() {
            *totals = TurnTotals::default();
        }
        for sessions in self.sessions.values_mut() {
            *sessions = (0, 0);
        }
        self.flows.fill(FlowCount::default());
    }
}

/// The stops of issues by number: before the first contact, the queues, the bots, and the ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stops {
    /// Queues of the variant.
    pub queues: usize,
    /// Its bots.
    pub bots: usize,
}

impl Stops {
    /// More stops than this, and the ways between them are not counted.
    pub const MOST: usize = 100;

    /// Stops that issues leave.
    pub fn left(self) -> usize {
        1 + self.queues + self.bots
    }

    /// Stops that issues come to: those and three ends, without the first.
    pub fn reached(self) -> usize {
        self.queues + self.bots + 3
    }

    /// The place of a way among the ways.
    pub fn way(self, from: usize, to: usize) -> usize {
        from * self.reached() + to - 1
    }
}
