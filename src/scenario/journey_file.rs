//! What contacts lead to, as a person writes it: retries, comebacks, replies, transfers and bots.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::law::LawForm;
use super::read::{At, Named, Read, Reader, table};
use super::scalar::{
    Duration, Factor, NotNegative, Positive, PositiveDuration, Share, ShareAboveZero, Wage, Whole,
};
use super::tree::Node;

/// A number of times.
pub(crate) type Times = Whole<0, 1_000_000>;

table! {
    /// Rules for issues, which one or more contacts belong to.
    IssuesFile {
        /// A contact so soon after the first answer says that this resolved nothing; 7d where it is missing.
        optional window: PositiveDuration,
    }
}

table! {
    /// What customers do who abandoned or were blocked.
    RetryFile {
        /// The chance that one tries again.
        needed chance: Share,
        /// After how long.
        needed delay: LawForm,
        /// Where to: a queue, or shares by queue, of which the rest comes to the same queue again.
        optional to: TargetsForm,
        /// How often an issue comes back at most; without limit where it is missing.
        optional at_most: Times,
        /// What is left of the patience each time, as a factor; 1 where it is missing.
        optional patience: Factor,
    }
}

table! {
    /// How many answered contacts resolve their issue, and what the others do.
    ResolutionKeys {
        /// The share of answered contacts that resolve their issue.
        needed share: Share,
        /// The chance that the customer of another comes back; 1 where it is missing.
        optional chance: Share,
        /// After how long; exponential with a mean of a day where it is missing.
        optional delay: LawForm,
        /// Where to: a queue, or shares by queue, of which the rest comes to the same queue again.
        optional to: TargetsForm,
        /// How often an issue comes back at most; without limit where it is missing.
        optional at_most: Times,
        /// What is left of the patience each time, as a factor; 1 where it is missing.
        optional patience: Factor,
        /// Another share where a group answers, by group.
        optional groups: Named<Share>,
    }
}

/// A share, or a table of keys.
#[derive(Debug, Clone)]
pub(crate) enum ResolutionForm {
    Share(At<Share>),
    Keys(Box<ResolutionKeys>),
}

impl Read for ResolutionForm {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.as_table().is_some() {
            return ResolutionKeys::read(node, reader).map(|keys| Self::Keys(Box::new(keys)));
        }
        let share = Share::read(node, reader)?;
        Some(Self::Share(reader.at(&node.span, share)))
    }
}

impl JsonSchema for ResolutionForm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Resolution".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let share = generator.subschema_for::<Share>();
        json_schema!({ "anyOf": [share, generator.subschema_for::<ResolutionKeys>()] })
    }
}

table! {
    /// Threads: customers who answer an answer, a geometric number of times.
    RepliesFile {
        /// How many replies follow a first contact on average.
        needed mean: Positive,
        /// After how long each.
        needed delay: LawForm,
        /// The most in a thread; without limit where it is missing.
        optional at_most: Times,
        /// The work of a reply, as a factor of a first contact's; 1 where it is missing.
        optional handle_time: Factor,
        /// For how long a reply waits for the agent who handled the contact before, if that one is busy or away; not at all where it is missing.
        optional same_agent: PositiveDuration,
    }
}

table! {
    /// Contacts that are handed on to another queue.
    TransferFile {
        /// The share of contacts.
        needed share: Share,
        /// Where to: a queue, or shares by queue, of which the rest stays.
        needed to: TargetsForm,
        /// The part of the talk that is done before; 1 where it is missing.
        optional after: Share,
        /// What both agents spend on handing over; 0s where it is missing.
        optional warm: Duration,
    }
}

table! {
    /// Customers are told how long they will wait: as long as the last one did.
    AnnounceFile {
        /// Of those told a wait longer than their patience, the share that leaves at once.
        needed leave: Share,
    }
}

table! {
    /// Customers are called back.
    CallbackFile {
        /// Offered to whom has to wait and is told a longer wait than this.
        optional when_expecting: Duration,
        /// Offered to whom has waited so long.
        optional when_waiting: Duration,
        /// The chance that one accepts.
        needed accept: Share,
        /// After how long the customer is called; the place in the line is kept where it is missing.
        optional delay: LawForm,
        /// The chance that a call reaches the customer; 1 where it is missing.
        optional reached: ShareAboveZero,
        /// What a call in vain takes; 30s where it is missing.
        optional ring: PositiveDuration,
        /// How often one is tried; 3 where it is missing.
        optional tries: Whole<1, 100>,
        /// How long after a call in vain the next one follows; 30m where it is missing.
        optional again: LawForm,
    }
}

table! {
    /// Customers leave without a word, and stand in the line until an agent notices.
    SilentFile {
        /// Of those whose patience ends, the share that says nothing.
        needed share: Share,
        /// What it takes the agent until that is noticed.
        needed noticed: PositiveDuration,
    }
}

table! {
    /// Contacts that others can read.
    PublicFile {
        /// The share of contacts.
        needed share: Share,
        /// How many people read one in an hour; 0 where it is missing.
        optional audience: NotNegative,
        /// Whom an answer spares asking.
        optional deflects: DeflectsFile,
    }
}

table! {
    /// Customers who read a public answer and stay away.
    DeflectsFile {
        /// The share of the customers who would come.
        needed share: Share,
        /// For how long after the latest answer.
        needed lasts: PositiveDuration,
        /// Of which queues; of the same where it is missing.
        optional queues: Vec<At<String>>,
    }
}

table! {
    /// Contacts that need no answer.
    TriageFile {
        /// The share of first contacts.
        needed share: Share,
        /// What it takes to see that.
        needed time: PositiveDuration,
    }
}

table! {
    /// A machine that talks to customers before they come to a queue.
    BotFile {
        /// The queues that it stands in front of.
        needed queues: Vec<At<String>>,
        /// The share of contacts that it is offered first; 1 where it is missing.
        optional share: Share,
        /// How long a session takes.
        needed session: LawForm,
        /// Most sessions at a time; without limit where it is missing.
        optional sessions: Whole<0, 1_000_000_000>,
        /// The share of sessions that resolve the issue; 0 where it is missing.
        optional resolved: Share,
        /// The share that end without a solution; 0 where it is missing.
        optional unresolved: Share,
        /// The share in which the customer gives up; 0 where it is missing.
        optional gave_up: Share,
        /// What the customers do whose session ended without a solution; they give up where it is missing.
        optional returns: RetryFile,
        /// The work after a handover, as a factor; 1 where it is missing.
        optional handle_time: Factor,
        /// The patience after a handover, as a factor; 1 where it is missing.
        optional patience: Factor,
        /// The queue that takes a message where the customer's own is closed.
        optional closed: String,
        /// What a session costs.
        optional cost_per_session: Wage,
        /// What a session costs that resolves the issue, in addition.
        optional cost_per_resolution: Wage,
    }
}

/// Where customers go: a queue, or shares by queue.
#[derive(Debug, Clone)]
pub(crate) enum TargetsForm {
    One(At<String>),
    Shares(Named<ShareAboveZero>),
}

impl Read for TargetsForm {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.as_table().is_some() {
            return Named::read(node, reader).map(Self::Shares);
        }
        if node.as_text().is_none() {
            reader.mistyped(node, "a queue, or shares by queue such as { chat = 0.5 }");
            return None;
        }
        let queue = String::read(node, reader)?;
        Some(Self::One(reader.at(&node.span, queue)))
    }
}

impl JsonSchema for TargetsForm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Targets".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let shares = generator.subschema_for::<Named<ShareAboveZero>>();
        json_schema!({ "anyOf": [{ "type": "string" }, shares] })
    }
}
