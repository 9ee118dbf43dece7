//! Shift patterns as a plan reads them: which duties an agent may be given, and on which days of a week.

use crate::ids::GroupId;
use crate::time::SimDuration;

/// Agents who work by the same rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// As written in the file.
    pub name: String,
    /// The groups whose agents may work so.
    pub groups: Vec<GroupId>,
    /// What one agent may do; each agent keeps to one of them.
    pub works: Vec<Work>,
    /// At least so many agents in all groups; on each day where days are planned for themselves.
    pub min: u32,
    /// At most so many; `None` without limit.
    pub max: Option<u32>,
    /// What the agents are called.
    pub names: Vec<String>,
    /// What every agent's duties keep to.
    pub rules: Rules,
}

/// What every agent's duties keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The least time between duties.
    pub rest: SimDuration,
    /// The most days on that follow one another.
    pub days_in_a_row: u32,
}

/// Duties that one agent may do in turn from day to day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// One of them on each day on.
    pub duties: Vec<Duty>,
    /// The days on.
    pub days: Days,
}

/// On which days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Days {
    /// Each of these for itself, from Monday.
    Each([bool; 7]),
    /// One of these weeks.
    Weeks(Vec<[bool; 7]>),
}

/// From when to when, and when breaks may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The shift of the file that it is.
    pub shift: Option<String>,
    /// When it begins, since midnight.
    pub start: SimDuration,
    /// How long it lasts with its breaks.
    pub length: SimDuration,
    /// In order and apart from each other, wherever in their windows they are.
    pub pauses: Vec<Pause>,
}

/// A break. All times count from the beginning of the duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When it may begin.
    pub after: SimDuration,
    /// When it must be over.
    pub before: SimDuration,
    /// How long it lasts.
    pub length: SimDuration,
    /// From one possible beginning to the next.
    pub step: SimDuration,
    /// Whether it is paid.
    pub is_paid: bool,
}

impl Pause {
    /// When it may begin.
    pub fn beginnings(&self) -> impl Iterator<Item = SimDuration> + '_ {
        let room = self.before.0 - self.after.0 - self.length.0;
        (0..=room / self.step.0).map(|turn| self.after + SimDuration(turn * self.step.0))
    }
}

impl Duty {
    /// What of it is paid.
    pub fn paid(&self) -> SimDuration {
        let unpaid = self.pauses.iter().filter(|pause| !pause.is_paid);
        SimDuration(self.length.0 - unpaid.map(|pause| pause.length.0).sum::<u64>())
    }
}

impl Work {
    /// Whether an agent works a week of it.
    pub fn is_by_week(&self) -> bool {
        matches!(self.days, Days::Weeks(_))
    }
}

/// The most days on, or off, that follow one another; 7 where the week has no other.
pub fn longest(week: &[bool; 7], is_on: bool) -> u64 {
    let (mut longest, mut length) = (0, 0);
    for day in 0..14 {
        length = if week[day % 7] == is_on {
            length + 1
        } else {
            0
        };
        longest = longest.max(length);
    }
    longest.min(7)
}
