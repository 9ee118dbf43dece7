//! The story of an issue or of an hour, line by line.

use std::io::{self, Write};

use crate::ids::GroupId;
use crate::scenario::model::Model;
use crate::study::trace::{BotEnd, Cause, Event, IssueEnd, Outcome, Step, Trace, Turn, What};
use crate::time::{SimDuration, SimTime};

/// Writes the events of a trace, one a line, in words.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(trace: &Trace<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{} · {} · replication {} · seed {} · {}",
        trace.scenario,
        trace.variant.name,
        trace.replication,
        trace.seed,
        counted(trace.issues, "issue"),
    )?;
    writeln!(out)?;
    if trace.events.is_empty() {
        return writeln!(out, "nothing happened");
    }
    let story = Story {
        model: &trace.variant.model,
    };
    let widths = story.widths(trace);
    story.line(
        out,
        widths,
        ["time", "issue", "contact", "queue", "what happened"],
    )?;
    for event in &trace.events {
        let number =
            |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
        let cells = [
            story.wall(event.at, "%Y-%m-%d %H:%M:%S.%3f"),
            number(event.issue),
            number(event.contact.map(u64::from)),
            story.queue(event).to_owned(),
            story.words(event),
        ];
        story.line(out, widths, cells.each_ref().map(String::as_str))?;
    }
    Ok(())
}

/// Tells events of a model.
struct Story<'a> {
    model: &'a Model,
}

impl Story<'_> {
    /// How wide the columns of issues and of queues are.
    fn widths(&self, trace: &Trace<'_>) -> (usize, usize) {
        let queues = trace.events.iter().map(|event| self.queue(event));
        let queue = queues.map(|name| name.chars().count()).max();
        let issue = trace.issues.to_string().len().max("issue".len());
        (issue, queue.unwrap_or(0).max("queue".len()))
    }

    #[expect(clippy::unused_self, reason = "a line of this story")]
    fn line(
        &self,
        out: &mut impl Write,
        (issue, queue): (usize, usize),
        cells: [&str; 5],
    ) -> io::Result<()> {
        let [time, number, contact, name, words] = cells;
        writeln!(
            out,
            "{time:<23}  {number:>issue$}  {contact:>7}  {name:<queue$}  {words}"
        )
    }

    fn wall(&self, at: SimTime, format: &str) -> String {
        self.model
            .calendar
            .wall_clock(at)
            .strftime(format)
            .to_string()
    }

    fn queue(&self, event: &Event) -> &str {
        event
            .queue
            .map_or("", |queue| &self.model.queues[queue].name.text)
    }

    fn words(&self, event: &Event) -> String {
        let Model {
            queues,
            groups,
            bots,
            sources,
            ..
        } = self.model;
        let is_deferred = event.queue.is_some_and(|queue| queues[queue].deferred);
        match event.what {
            What::Arrived(cause) => self.arrival(event, cause),
            What::BotFull(bot) => format!("finds bot {} full", bots[bot].name.text),
            What::BotBegan(bot) => format!("session with bot {} begins", bots[bot].name.text),
            What::BotEnded(bot, end) => self.bot_end(event, &bots[bot].name.text, end),
            What::Waits { ahead: 0 } => "waits, nobody before it".to_owned(),
            What::Waits { ahead } => format!("waits, {ahead} before it"),
            What::Started { group, agent, wait } => {
                let verb = if is_deferred { "begins it" } else { "answers" };
                format!("{} {verb} {}", self.agent(group, agent), after(wait))
            }
            What::Stepped { group, agent, step } => stepped(&self.agent(group, agent), step),
            What::Turned(turn) => turned(turn).to_owned(),
            What::NotReached { group, agent } => {
                format!("{} does not reach the customer", self.agent(group, agent))
            }
            What::FoundGone { group, agent } => {
                let agent = self.agent(group, agent);
                format!("{agent} sees that the customer has gone")
            }
            What::TalkEnded { response, .. } if is_deferred => {
                format!("reply is sent {}", after(response))
            }
            What::TalkEnded { .. } => "talk ends".to_owned(),
            What::Ended {
                outcome,
                wait,
                handle_time,
                by,
            } => self.end(event, outcome, (wait, handle_time), by),
            What::WillCome {
                to,
                comes_at,
                cause,
            } => self.to_come(&queues[to].name.text, comes_at, cause),
            What::IssueEnded(end) => {
                let contacts = counted(event.contact.unwrap_or(0).into(), "contact");
                format!("{} after {contacts}", issue_end(end))
            }
            What::TurnedAway(source) => {
                format!("a customer of {} finds no queue", sources[source].name.text)
            }
            What::Staffed {
                group,
                heads,
                present,
            } => {
                let (group, present) = (&groups[group].name.text, counted(present.into(), "agent"));
                format!("{group}: {present} on duty, {heads} paid")
            }
            What::Closed => "the horizon ends".to_owned(),
        }
    }

    fn agent(&self, group: GroupId, agent: u32) -> String {
        format!("agent {agent} of {}", self.model.groups[group].name.text)
    }

    fn bot_end(&self, event: &Event, bot: &str, end: BotEnd) -> String {
        match end {
            BotEnd::Resolved => format!("bot {bot} resolves it"),
            BotEnd::Unresolved => format!("bot {bot} has no solution"),
            BotEnd::GaveUp => format!("gives up at bot {bot}"),
            BotEnd::Message => format!("leaves a message with bot {bot}"),
            BotEnd::HandedOver => format!("bot {bot} hands over to {}", self.queue(event)),
        }
    }

    fn to_come(&self, to: &str, comes_at: SimTime, cause: Cause) -> String {
        let at = self.wall(comes_at, "%Y-%m-%d %H:%M:%S");
        match cause {
            Cause::Retry => format!("will try again in {to} at {at}"),
            Cause::Reply => format!("customer will reply in {to} at {at}"),
            Cause::Return
            | Cause::New
            | Cause::Moved(_)
            | Cause::CarriedIn
            | Cause::Bred
            | Cause::Transfer
            | Cause::Message => format!("will come back to {to} at {at}"),
        }
    }

    fn arrival(&self, event: &Event, cause: Cause) -> String {
        let queue = self.queue(event);
        match cause {
            Cause::New => format!("comes to {queue}"),
            Cause::Moved(source) => {
                let from = &self.model.sources[source].name.text;
                format!("comes to {queue} instead of {from}")
            }
            Cause::CarriedIn => format!("is open in {queue} from before the start"),
            Cause::Bred => format!("comes to {queue}, bred by another"),
            Cause::Retry => format!("tries again in {queue}"),
            Cause::Return => format!("comes back to {queue}"),
            Cause::Reply => format!("customer replies in {queue}"),
            Cause::Transfer => format!("is handed on to {queue}"),
            Cause::Message => format!("message comes to {queue}"),
        }
    }

    fn end(
        &self,
        event: &Event,
        outcome: Outcome,
        (wait, handle_time): (Option<SimDuration>, Option<SimDuration>),
        by: Option<(GroupId, u32)>,
    ) -> String {
        match outcome {
            Outcome::Answered => {
                let who = by.map_or(String::new(), |(group, agent)| {
                    format!("{} is done, ", self.agent(group, agent))
                });
                format!("{who}handled in {}", clock(handle_time.unwrap_or_default()))
            }
            Outcome::Abandoned => format!("gives up {}", after(wait.unwrap_or_default())),
            Outcome::Blocked => format!("is blocked: {} is closed", self.queue(event)),
            Outcome::NoLine => "is blocked: no free line".to_owned(),
            Outcome::Contained => "is contained by the bot".to_owned(),
            Outcome::OpenAtEnd => "is open at the end".to_owned(),
        }
    }
}

fn stepped(agent: &str, step: Step) -> String {
    match step {
        Step::Switched(extra) => {
            format!("{agent} turns to it from other work, {} more", clock(extra))
        }
        Step::SetAside => format!("{agent} sets it aside for another contact"),
        Step::Wrote => "customer writes".to_owned(),
        Step::Replied(wait) => format!("{agent} replies {}", after(wait)),
        Step::TakenUp(SimDuration::ZERO) => format!("{agent} goes on with it"),
        Step::TakenUp(resume) => format!("{agent} goes on with it, {} more", clock(resume)),
    }
}

fn turned(turn: Turn) -> &'static str {
    match turn {
        Turn::Balked => "hears how long it would take, and leaves",
        Turn::LeftSilently => "leaves without a word",
        Turn::CallbackOffered => "is offered a callback",
        Turn::CallbackAccepted => "accepts it and hangs up",
        Turn::Called => "is called back",
        Turn::NotReached => "is not reached",
        Turn::Came => "comes, whatever others were told",
        Turn::Spared => "reads an answer to others and stays away",
        Turn::NeedsNoAnswer => "needs no answer",
        Turn::LeftMidway => "has waited too long for a reply, and leaves",
    }
}

fn issue_end(end: IssueEnd) -> &'static str {
    match end {
        IssueEnd::Resolved => "issue resolved",
        IssueEnd::Lost => "issue lost",
        IssueEnd::OpenAtEnd => "issue open at the end",
    }
}

fn counted(number: u64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

fn after(span: SimDuration) -> String {
    if span == SimDuration::ZERO {
        "at once".to_owned()
    } else {
        format!("after {}", clock(span))
    }
}

/// Minutes and seconds, with hours where there are any: `2:31.250`.
fn clock(span: SimDuration) -> String {
    let millis = span.0.saturating_add(500) / 1_000;
    let (hours, minutes) = (millis / 3_600_000, millis / 60_000 % 60);
    let (seconds, millis) = (millis / 1_000 % 60, millis % 1_000);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}.{millis:03}")
    } else {
        format!("{minutes}:{seconds:02}.{millis:03}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_as_on_a_stopwatch() {
        let told = |micros| clock(SimDuration(micros));
        assert_eq!(told(0), "0:00.000");
        assert_eq!(told(42_000_499), "0:42.000");
        assert_eq!(told(151_250_500), "2:31.251");
        assert_eq!(told(59_999_999), "1:00.000");
        assert_eq!(told(3_661_000_000), "1:01:01.000");
        assert_eq!(after(SimDuration::ZERO), "at once");
    }
}
