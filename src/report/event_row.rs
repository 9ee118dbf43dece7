//! One event as a row of a table: every column is always there.

use serde::Serialize;

use crate::ids::{GroupId, QueueId};
use crate::scenario::model::Model;
use crate::study::trace::{BotEnd, Cause, Event, IssueEnd, Outcome, Step, Turn, What};
use crate::time::SimDuration;

/// The columns, which are the fields of [`EventRow`] in order.
pub(super) const COLUMNS: [&str; 21] = [
    "time_s",
    "local_time",
    "event",
    "issue",
    "contact",
    "key",
    "queue",
    "group",
    "agent",
    "bot",
    "cause",
    "from_queue",
    "to_queue",
    "comes_at_s",
    "outcome",
    "wait_s",
    "response_s",
    "handle_time_s",
    "ahead",
    "heads",
    "present",
];

/// One event; what does not belong to its kind is missing.
#[derive(Debug, Default, Serialize)]
pub(super) struct EventRow<'a> {
    time_s: f64,
    local_time: String,
    event: &'static str,
    issue: Option<u64>,
    contact: Option<u32>,
    key: Option<String>,
    queue: Option<&'a str>,
    group: Option<&'a str>,
    agent: Option<u32>,
    bot: Option<&'a str>,
    cause: Option<&'static str>,
    from_queue: Option<&'a str>,
    to_queue: Option<&'a str>,
    comes_at_s: Option<f64>,
    outcome: Option<&'static str>,
    wait_s: Option<f64>,
    response_s: Option<f64>,
    handle_time_s: Option<f64>,
    ahead: Option<u64>,
    heads: Option<u32>,
    present: Option<u32>,
}

impl<'a> EventRow<'a> {
    /// An event of a replication of this model.
    pub(super) fn of(model: &'a Model, event: &Event) -> Self {
        let queue = |id: QueueId| model.queues[id].name.text.as_str();
        let wall = model.calendar.wall_clock(event.at);
        let mut row = Self {
            time_s: seconds(event.at.0),
            local_time: wall.strftime("%Y-%m-%d %H:%M:%S.%6f").to_string(),
            event: name(event.what),
            issue: event.issue,
            contact: event.contact,
            key: event.key.map(|key| format!("{key:016x}")),
            queue: event.queue.map(queue),
            ..Self::default()
        };
        row.fill(model, event.what);
        row
    }

    fn by(&mut self, model: &'a Model, by: Option<(GroupId, u32)>) {
        self.group = by.map(|(group, _)| model.groups[group].name.text.as_str());
        self.agent = by.map(|(_, agent)| agent);
    }

    fn fill(&mut self, model: &'a Model, what: What) {
        match what {
            What::Arrived(of) => {
                self.cause = Some(cause(of));
                self.from_queue = moved_from(model, of);
            }
            What::BotFull(bot) | What::BotBegan(bot) => self.bot = Some(&model.bots[bot].name.text),
            What::BotEnded(bot, end) => {
                self.bot = Some(&model.bots[bot].name.text);
                self.outcome = Some(bot_end(end));
            }
            What::Waits { ahead } => self.ahead = Some(ahead),
            What::Started { group, agent, wait } => {
                self.by(model, Some((group, agent)));
                self.wait_s = Some(wait.as_seconds());
            }
            What::NotReached { group, agent }
            | What::FoundGone { group, agent }
            | What::Stepped { group, agent, .. } => {
                self.by(model, Some((group, agent)));
            }
            What::TalkEnded {
                group,
                agent,
                response,
            } => {
                self.by(model, Some((group, agent)));
                self.response_s = Some(response.as_seconds());
            }
            What::Ended {
                outcome: how,
                wait,
                handle_time,
                by,
            } => {
                self.by(model, by);
                self.outcome = Some(outcome(how));
                self.wait_s = wait.map(SimDuration::as_seconds);
                self.handle_time_s = handle_time.map(SimDuration::as_seconds);
            }
            What::WillCome {
                to,
                comes_at,
                cause: of,
            } => {
                self.to_queue = Some(&model.queues[to].name.text);
                self.comes_at_s = Some(seconds(comes_at.0));
                self.cause = Some(cause(of));
            }
            What::IssueEnded(end) => self.outcome = Some(issue_end(end)),
            What::TurnedAway(source) => self.from_queue = Some(&model.sources[source].name.text),
            What::Staffed {
                group,
                heads,
                present,
            } => {
                self.group = Some(&model.groups[group].name.text);
                (self.heads, self.present) = (Some(heads), Some(present));
            }
            What::Turned(_) | What::Closed => {}
        }
    }
}

fn moved_from(model: &Model, cause: Cause) -> Option<&str> {
    match cause {
        Cause::Moved(source) => Some(&model.sources[source].name.text),
        _ => None,
    }
}

fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}

fn name(what: What) -> &'static str {
    match what {
        What::Arrived(_) => "arrived",
        What::BotFull(_) => "bot_full",
        What::BotBegan(_) => "bot_began",
        What::BotEnded(..) => "bot_ended",
        What::Waits { .. } => "waits",
        What::Started { .. } => "started",
        What::Stepped { step, .. } => match step {
            Step::Switched(_) => "switched",
            Step::SetAside => "set_aside",
            Step::TakenUp(_) => "taken_up",
            Step::Wrote => "wrote",
            Step::Replied(_) => "replied",
        },
        What::TalkEnded { .. } => "talk_ended",
        What::Turned(Turn::Balked) => "balked",
        What::Turned(Turn::LeftSilently) => "left_silently",
        What::Turned(Turn::CallbackOffered) => "callback_offered",
        What::Turned(Turn::CallbackAccepted) => "callback_accepted",
        What::Turned(Turn::Called) => "called",
        What::NotReached { .. } | What::Turned(Turn::NotReached) => "not_reached",
        What::Turned(Turn::Came) => "came",
        What::Turned(Turn::Spared) => "spared",
        What::Turned(Turn::NeedsNoAnswer) => "needs_no_answer",
        What::Turned(Turn::LeftMidway) => "left_midway",
        What::FoundGone { .. } => "found_gone",
        What::Ended { .. } => "ended",
        What::WillCome { .. } => "will_come",
        What::IssueEnded(_) => "issue_ended",
        What::TurnedAway(_) => "turned_away",
        What::Staffed { .. } => "staffed",
        What::Closed => "horizon_ended",
    }
}

fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::New => "new",
        Cause::Moved(_) => "moved",
        Cause::CarriedIn => "carried_in",
        Cause::Bred => "bred",
        Cause::Retry => "retry",
        Cause::Return => "return",
        Cause::Reply => "reply",
        Cause::Transfer => "transfer",
        Cause::Message => "message",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "answered",
        Outcome::Abandoned => "abandoned",
        Outcome::Blocked => "blocked",
        Outcome::NoLine => "no_line",
        Outcome::Contained => "contained",
        Outcome::OpenAtEnd => "open_at_end",
    }
}

fn bot_end(end: BotEnd) -> &'static str {
    match end {
        BotEnd::Resolved => "resolved",
        BotEnd::Unresolved => "unresolved",
        BotEnd::GaveUp => "gave_up",
        BotEnd::Message => "message",
        BotEnd::HandedOver => "handed_over",
    }
}

fn issue_end(end: IssueEnd) -> &'static str {
    match end {
        IssueEnd::Resolved => "resolved",
        IssueEnd::Lost => "lost",
        IssueEnd::OpenAtEnd => "open_at_end",
    }
}
