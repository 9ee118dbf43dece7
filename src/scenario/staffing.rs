//! Who is on duty when, as the engine reads it.

use std::ops::Range;

use crate::ids::{GroupId, Table};
use crate::time::profile::Profile;
use crate::time::{Piece, SimDuration, SimTime};

/// Paid heads of every group over time. It stands apart from the model, so that a search changes it without compiling.
#[derive(Debug, Clone, PartialEq)]
pub struct Staffing {
    /// Heads before shrinkage and absence.
    pub heads: Table<GroupId, Profile<u32>>,
    /// The duties behind them; `None` where heads are all that is known: agents 1 to that number are then on duty.
    pub duties: Table<GroupId, Option<Duties>>,
}

impl Staffing {
    /// Heads at work: the paid ones less those on a break.
    #[inline]
    pub fn at_work(&self, group: GroupId, piece: &Piece) -> u32 {
        let heads = match &self.duties[group] {
            Some(duties) => &duties.at_work,
            None => &self.heads[group],
        };
        heads.at(piece)
    }
}

/// What each agent of a group does from the beginning to the end of a duty.
#[derive(Debug, Clone, PartialEq)]
pub struct Duties {
    /// Heads at work.
    pub at_work: Profile<u32>,
    /// Duties as they may begin, one or more for each agent.
    pub agents: Vec<AgentDuty>,
    /// Which of them begin, by day of the horizon; the first day has those of the evening before too.
    pub days: Vec<Vec<Team>>,
}

/// One agent's duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentDuty {
    /// Names the agent's luck.
    pub person: u64,
    /// When the agent is at work, since the beginning of the duty; in order and apart from each other.
    pub at_work: Vec<Span>,
    /// When the agent is paid: at work, and on breaks that are paid.
    pub paid: Vec<Span>,
}

/// A stretch of time within a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Since the beginning of the duty.
    pub from: SimDuration,
    /// The same.
    pub to: SimDuration,
}

/// Agents whose duty begins at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// When: before the start of the horizon for the evening before.
    pub begins_at: SimTime,
    /// The day on which it begins, 0 for the first of the horizon.
    pub day: i32,
    /// Their places in [`Duties::agents`].
    pub agents: Range<u32>,
}
