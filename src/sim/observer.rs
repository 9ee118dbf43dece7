//! What the engine tells: each thing that happens, once. The engine keeps no statistics of its own.

use crate::ids::{BotId, GroupId, QueueId, SourceId};
use crate::time::{Piece, SimDuration, SimTime};

use super::contacts::Contact;
use super::issues::{Issue, Stop};
use super::work::InHand;

/// How a contact ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Handled to the end of its wrap-up.
    Answered,
    /// Left while waiting.
    Abandoned,
    /// Met a closed door.
    Blocked,
    /// Found no free line.
    NoLine,
    /// Ended at a bot.
    Contained,
    /// Not finished when the run ended.
    OpenAtEnd,
}

/// How a bot's session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BotEnd {
    /// With the issue resolved.
    Resolved,
    /// Without a solution; the customer may come back.
    Unresolved,
    /// The customer gave up.
    GaveUp,
    /// The queue was closed, and the customer left a message.
    Message,
    /// The customer went on to the queue.
    HandedOver,
}

/// What a customer did beside waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Was told how long it would take, and left at once.
    Balked,
    /// Left without a word.
    LeftSilently,
    /// Was offered a callback.
    CallbackOffered,
    /// Accepted it.
    CallbackAccepted,
    /// Was called.
    Called,
    /// Was not reached by that call.
    NotReached,
    /// Came, though an answer to others might have spared it.
    Came,
    /// Read an answer to others and stayed away: no contact came.
    Spared,
    /// Wrote what needs no answer.
    NeedsNoAnswer,
    /// Left while waiting for a reply.
    LeftMidway,
}

/// What happens to a contact in the hands of an agent between its start and its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Its agent turns to it from a contact of another queue, which takes so much work more.
    Switched(SimDuration),
    /// Its agent sets it aside for another one.
    SetAside,
    /// An agent goes on with it, and finds back into it by so much work.
    TakenUp(SimDuration),
    /// Its customer writes.
    Wrote,
    /// Its agent replies, so long after the customer wrote.
    Replied(SimDuration),
}

/// Listens to one replication. Every method does nothing unless overridden.
pub trait Observer {
    /// A piece of the calendar begins; told before staffing changes.
    fn piece_began(&mut self, _piece: &Piece) {}
    /// From now on a group has so many paid heads, of which so many are present.
    fn staffed(&mut self, _at: SimTime, _group: GroupId, _heads: u32, _present: u32) {}
    /// A contact came to its queue, or was there at the start.
    fn arrived(&mut self, _at: SimTime, _contact: &Contact) {}
    /// A customer found no queue that would take them.
    fn turned_away(&mut self, _at: SimTime, _source: SourceId) {}
    /// A queue's line is now so long, with those included whose patience has ended unnoticed: nobody where a contact has joined and the
    /// line is the longest yet, before the counted time or in it.
    fn line_changed(&mut self, _at: SimTime, _queue: QueueId, _waiting: u32) {}
    /// A contact joined its queue's line, since nobody was free.
    fn joined(&mut self, _at: SimTime, _contact: &Contact) {}
    /// A contact left its line at an instant before now (its patience ended unnoticed).
    fn left_unnoticed(&mut self, _now: SimTime, _left_at: SimTime, _queue: QueueId) {}
    /// A contact came into the hands of an agent, by number within the group.
    fn started(&mut self, _at: SimTime, _contact: &Contact, _group: GroupId, _agent: u32) {}
    /// A contact left the hands of its agent; its outcome may have been told at the end of the horizon.
    fn finished(&mut self, _at: SimTime, _contact: &Contact, _group: GroupId, _agent: u32) {}
    /// Something happened to a contact in the hands of an agent, or set aside by one.
    fn stepped(
        &mut self,
        _at: SimTime,
        _contact: &Contact,
        _group: GroupId,
        _agent: u32,
        _step: Step,
    ) {
    }
    /// A group has so many agents with a contact, and so many contacts open at them.
    fn load_changed(&mut self, _at: SimTime, _group: GroupId, _busy: u32, _open: u32) {}
    /// An agent of a group had these contacts open together between two instants.
    fn worked(&mut self, _group: GroupId, _hands: &[InHand], _from: SimTime, _to: SimTime) {}
    /// In a plain model, in place of [`Self::load_changed`] and [`Self::worked`]: an agent of a group works for another queue from now on,
    /// for one again, or for none. So many have a contact now. Who hears it for another observer passes it on as it is.
    #[inline]
    fn turned_to(
        &mut self,
        at: SimTime,
        (group, busy): (GroupId, u32),
        from: Option<QueueId>,
        to: Option<QueueId>,
    ) {
        if from.is_none() || to.is_none() {
            self.load_changed(at, group, busy, busy);
        }
    }
    /// A contact ended. `at` may lie before now where its patience ended unnoticed.
    fn ended(&mut self, _at: SimTime, _contact: &Contact, _outcome: Outcome) {}
    /// A customer did something beside waiting.
    fn turned(&mut self, _at: SimTime, _contact: &Contact, _turn: Turn) {}
    /// A contact that others can read stood unanswered until this instant.
    fn stood_unanswered(&mut self, _until: SimTime, _contact: &Contact) {}
    /// A bot has so many sessions under way.
    fn bot_sessions(&mut self, _at: SimTime, _bot: BotId, _sessions: u32) {}
    /// A contact found the bot of its queue full, and goes straight on.
    fn bot_full(&mut self, _at: SimTime, _contact: &Contact) {}
    /// A contact's session with the bot of its queue ended.
    fn bot_ended(&mut self, _at: SimTime, _contact: &Contact, _end: BotEnd) {}
    /// So many issues wait for their next contact.
    fn away(&mut self, _at: SimTime, _issues: u32) {}
    /// The next contact of an issue is to come to a queue at an instant; it does not where the horizon ends before. Told after the end of
    /// the contact that it follows.
    fn will_come(&mut self, _issue: &Issue, _queue: QueueId, _comes_at: SimTime) {}
    /// An issue has gone from one stop to the one where it is now. Where a contact of it comes, this is told just before its arrival.
    fn travelled(&mut self, _at: SimTime, _issue: &Issue, _from: Stop) {}
    /// An issue has ended where it is now. `at` may lie before now: a patience ended unnoticed, or the reply came before the wrap-up.
    fn issue_ended(&mut self, _at: SimTime, _issue: &Issue) {}
    /// At the end of an interval: contacts of a queue waiting and in hand, oldest first; arrivals only where the queue is
    /// deferred, else the number alone.
    fn backlog(&mut self, _piece: &Piece, _queue: QueueId, _count: usize, _arrivals: &[SimTime]) {}
    /// The horizon has ended.
    fn closed(&mut self, _at: SimTime) {}
}

/// Listens to nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {}
