//! What a contact leads to: retries, comebacks, replies, transfers, and the bots that come before it. Data that the engine reads.

use crate::ids::{BotId, GroupId, QueueId, Table};
use crate::time::SimDuration;

use super::model::{Law, Move, Name};

/// What the contacts of a queue lead to. Nothing where all of it is missing.
#[derive(Debug, Clone, Default)]
pub struct Journey {
    /// What those do who abandoned or were blocked.
    pub retry: Option<Comeback>,
    /// How many of the answered contacts resolve their issue, and what the others do.
    pub resolution: Option<Resolution>,
    /// What customers write back.
    pub replies: Option<Replies>,
    /// How many are handed on to another queue.
    pub transfer: Option<Transfer>,
    /// The bot in front of the queue.
    pub bot: Option<BotId>,
    /// Whether customers are told how long they will wait.
    pub announce: Option<Announce>,
    /// Whether they may have themselves called back.
    pub callback: Option<Callback>,
    /// Whether they may leave without a word.
    pub silent: Option<Silent>,
    /// Whether others can read the contacts.
    pub public: Option<Public>,
    /// Whether answers that others can read, here or elsewhere, may spare its customers asking.
    pub may_be_spared: bool,
    /// Contacts that need no answer.
    pub triage: Option<Triage>,
}

impl Journey {
    /// Whether a contact of the queue is not simply an issue of its own.
    pub fn leads_on(&self) -> bool {
        let Self {
            retry,
            resolution,
            replies,
            transfer,
            bot,
            announce: _,
            callback: _,
            silent: _,
            public,
            may_be_spared,
            triage,
        } = self;
        self.may_turn()
            || public.is_some()
            || *may_be_spared
            || triage.is_some()
            || retry.is_some()
            || resolution.is_some()
            || replies.is_some()
            || transfer.is_some()
            || bot.is_some()
    }

    /// Whether customers who have to wait may do something else.
    fn may_turn(&self) -> bool {
        self.announce.is_some() || self.callback.is_some() || self.silent.is_some()
    }

    /// Whether there is anything to tell of what its customers do beside waiting.
    pub fn has_figures(&self) -> bool {
        self.may_turn() || self.public.is_some() || self.may_be_spared || self.triage.is_some()
    }

    /// Whether it matters at which instant a customer leaves the line.
    pub fn has_turns(&self) -> bool {
        self.retry.is_some() || self.may_turn() || self.same_agent().is_some()
    }

    /// For how long a reply waits for the agent who handled the contact before.
    pub fn same_agent(&self) -> Option<SimDuration> {
        self.replies.as_ref()?.same_agent
    }
}

/// Contacts that others can read.
#[derive(Debug, Clone, PartialEq)]
pub struct Public {
    /// How many of the queue's contacts, 0 to 1.
    pub share: f64,
    /// How many people read one in an hour.
    pub audience: f64,
    /// Whom an answer spares asking.
    pub deflects: Vec<Deflection>,
}

/// Customers of a queue who stay away after a public answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deflection {
    /// Whose customers.
    pub queue: QueueId,
    /// How many, 0 to 1.
    pub share: f64,
    /// For how long after the latest answer.
    pub lasts: SimDuration,
}

/// Contacts that need no answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triage {
    /// How many, 0 to 1.
    pub share: f64,
    /// The work of seeing that.
    pub time: SimDuration,
}

/// Customers are told how long they will wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Announce {
    /// Of those told a wait longer than their patience, how many leave at once, 0 to 1.
    pub leave: f64,
}

/// Customers are called back.
#[derive(Debug, Clone)]
pub struct Callback {
    /// To whom it is offered.
    pub offer: Offer,
    /// The chance that one accepts, 0 to 1.
    pub accept: f64,
    /// After how long the customer is called; `None` where the place in the line is kept.
    pub delay: Option<Law>,
    /// The chance that a call reaches the customer, 0 to 1.
    pub reached: f64,
    /// The work of a call that does not.
    pub ring: SimDuration,
    /// How often one is tried.
    pub tries: u32,
    /// How long after a call in vain the next one follows.
    pub again: Law,
}

/// To whom a callback is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// To whom has to wait and is expected to wait longer than this.
    Expecting(SimDuration),
    /// To whom has waited so long.
    Waiting(SimDuration),
}

/// Customers of a chat leave without a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Silent {
    /// Of those whose patience ends, how many say nothing, 0 to 1.
    pub share: f64,
    /// The work of the agent who takes the contact until that is noticed.
    pub noticed: SimDuration,
}

/// How customers come back whose issue is not resolved.
#[derive(Debug, Clone)]
pub struct Comeback {
    /// The chance that one does, 0 to 1.
    pub chance: f64,
    /// After how long.
    pub delay: Law,
    /// Where to; the rest to the queue that they leave.
    pub to: Vec<Move>,
    /// How often an issue comes back, by whatever way, before its customer gives up.
    pub at_most: u32,
    /// What is left of the patience each time, as a factor.
    pub patience: f64,
}

/// How many answered contacts resolve their issue.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// The chance by the group that answers, 0 to 1.
    pub share: Table<GroupId, f64>,
    /// What the customers of the others do.
    pub comeback: Comeback,
}

/// Threads: a customer answers an answer, a geometric number of times.
#[derive(Debug, Clone)]
pub struct Replies {
    /// The chance of one more, 0 to below 1.
    pub chance: f64,
    /// After how long.
    pub delay: Law,
    /// The most in a thread.
    pub at_most: u32,
    /// The work of a reply, as a factor of a first contact's.
    pub handle_time: f64,
    /// For how long one waits for the agent who handled the contact before; `None` where anybody takes it.
    pub same_agent: Option<SimDuration>,
}

/// Contacts that are handed on after part of the work.
#[derive(Debug, Clone)]
pub struct Transfer {
    /// The chance, 0 to 1.
    pub share: f64,
    /// Where to; the rest stays.
    pub to: Vec<Move>,
    /// The part of the talk that is done before, 0 to 1.
    pub after: f64,
    /// The time that both agents take for handing over; zero where the customer is put through unannounced.
    pub warm: SimDuration,
}

/// A machine that talks to customers before they come to a queue.
#[derive(Debug, Clone)]
pub struct Bot {
    /// Its name.
    pub name: Name,
    /// The share of contacts that it is offered first, 0 to 1.
    pub share: f64,
    /// How long a session takes.
    pub session: Law,
    /// Most sessions at a time; who finds none free goes straight on.
    pub sessions: u32,
    /// How sessions end: shares of them, the rest is handed over.
    pub ends: BotShares,
    /// What customers do who were left without a solution.
    pub comeback: Option<Comeback>,
    /// The work after a handover, as a factor.
    pub handle_time: f64,
    /// The patience after a handover, as a factor.
    pub patience: f64,
    /// Where a message goes that is left while the queue is closed; nobody leaves one where there is none.
    pub closed: Option<QueueId>,
    /// Millionths of the currency for a session.
    pub session_cost_micros: u64,
    /// Millionths of the currency for a session that resolves the issue.
    pub resolution_cost_micros: u64,
}

/// Shares of a bot's sessions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BotShares {
    /// Resolve the issue.
    pub resolved: f64,
    /// End without a solution; the customer may come back.
    pub unresolved: f64,
    /// The customer gives up.
    pub gave_up: f64,
}
