//! What a run found of issues, bots and the ways between queues.

use serde::Serialize;

use super::estimate::Estimate;
use super::summary::{Named, Spread};

/// Issues: what customers wanted, over one contact or several.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssueSummary {
    /// The figures of all.
    #[serde(flatten)]
    pub measures: IssueMeasures,
    /// From the first arrival to the last answer (or the end of the bot's session), of the resolved.
    pub resolution_time_s: Spread,
    /// Issues that wait for their next contact, time average.
    pub away: Estimate,
    /// Total cost / issues resolved.
    pub cost_per_resolution: Estimate,
    /// By the queue of the first contact.
    pub queues: Named<IssueMeasures>,
}

/// Figures of issues over the horizon; in a difference, of the variant less the base.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssueMeasures {
    /// New issues a replication.
    pub opened: Estimate,
    /// Issues open at the start.
    pub carried_in: Estimate,
    /// Issues resolved, a replication.
    pub resolved: Estimate,
    /// Issues whose customer gave up, a replication.
    pub lost: Estimate,
    /// Issues open at the end, a replication.
    pub open_at_end: Estimate,
    /// Resolved / (resolved + lost).
    pub resolved_share: Estimate,
    /// Resolved with no contact after the first answered one within the window / issues answered.
    pub fcr: Estimate,
    /// Contacts / issues.
    pub contacts_per_issue: Estimate,
    /// Share of issues of one, two, three, and four or more contacts.
    pub effort: Effort,
    /// Share of issues with contacts in more than one queue.
    pub switched: Estimate,
    /// Mean time a customer waits over all contacts of the issue.
    pub waiting_mean_s: Estimate,
    /// Mean time with agents, to the end of talks.
    pub in_contact_mean_s: Estimate,
    /// Mean time with bots.
    pub at_bots_mean_s: Estimate,
    /// Mean work of agents at pace and speed 1.
    pub agent_work_mean_s: Estimate,
    /// Mean time from the first arrival to the first human start (deferred: reply), of the answered.
    pub first_response_mean_s: Estimate,
    /// Mean time from the first arrival to the last answer, of the resolved.
    pub resolution_mean_s: Estimate,
}

/// Shares of issues by how many contacts they took.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effort {
    /// One contact.
    pub one: Estimate,
    /// Two.
    pub two: Estimate,
    /// Three.
    pub three: Estimate,
    /// Four or more.
    pub more: Estimate,
}

/// Figures of a bot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BotSummary {
    /// Sessions that ended, a replication.
    pub sessions: Estimate,
    /// Sessions that ended with the bot, other than with a message / sessions.
    pub containment: Estimate,
    /// Sessions that resolved the issue.
    pub resolved: Estimate,
    /// Sessions that ended without a solution.
    pub unresolved: Estimate,
    /// Sessions in which the customer gave up.
    pub gave_up: Estimate,
    /// Messages left while the queue was closed.
    pub messages: Estimate,
    /// Sessions handed over to the queue.
    pub handed_over: Estimate,
    /// Contacts that found the bot full.
    pub full: Estimate,
    /// The share of contacts meant for it that found it full.
    pub full_share: Estimate,
    /// Sessions under way, time average.
    pub mean_sessions: Estimate,
    /// What it costs.
    pub cost: Estimate,
    /// Cost / issues that it resolves.
    pub cost_per_resolution: Estimate,
}

/// What the customers of a queue did who had to wait, beside waiting, a replication.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TurnSummary {
    /// Told how long it would take, and gone at once; abandoned after no wait.
    pub balked: Estimate,
    /// Gone without a word.
    pub left_silently: Estimate,
    /// Offered a callback.
    pub callbacks_offered: Estimate,
    /// Of these, accepted.
    pub callbacks_accepted: Estimate,
    /// Calls made.
    pub called: Estimate,
    /// Of these, in vain.
    pub not_reached: Estimate,
    /// Stayed away because they read an answer to others.
    pub prevented: Estimate,
    /// Prevented / (prevented + new contacts).
    pub deflection: Estimate,
    /// Wrote what needs no answer.
    pub need_no_answer: Estimate,
    /// Contacts that others could read.
    pub public: Estimate,
    /// How long one stood unanswered, mean.
    pub public_unanswered_mean_s: Estimate,
    /// How often somebody read one that stood unanswered.
    pub read_unanswered: Estimate,
    /// Replies of agents in chats in turns.
    pub replies: Estimate,
    /// From what the customer wrote to the reply, mean.
    pub reply_mean_s: Estimate,
    /// Left while waiting for one.
    pub left_midway: Estimate,
}

/// How many issues go one way in a replication, each time counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlowSummary {
    /// `new`, `queues.NAME` or `bots.NAME`.
    pub from: String,
    /// `queues.NAME`, `bots.NAME`, `resolved`, `lost` or `open_at_end`.
    pub to: String,
    /// Times.
    pub issues: Estimate,
}
