//! Rosters that come from a plan and not from a file: the same rows, read in the same way.

use super::staffing::Duties;
use crate::time::profile::Profile;
use crate::time::{Calendar, SimTime};

/// What an agent does over a stretch of a duty, by the names that every scenario knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RosterActivity {
    /// Ready for contacts.
    Work,
    /// On a break that is paid.
    Break,
    /// On a break that is not.
    Lunch,
}

impl RosterActivity {
    /// As a roster says it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Break => "break",
            Self::Lunch => "lunch",
        }
    }
}

/// A row of a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// Who.
    pub agent: String,
    /// Of which group.
    pub group: String,
    /// From when on.
    pub from: SimTime,
    /// Until when.
    pub to: SimTime,
    /// Does what.
    pub activity: RosterActivity,
}

/// The duties that rows make up, each agent's in order of time: what follows without a gap is one.
pub fn duties(rows: &[RosterRow]) -> impl Iterator<Item = &[RosterRow]> {
    rows.chunk_by(|one, next| one.agent == next.agent && one.to == next.from)
}

/// The paid heads and the duties of a group whose roster has these rows, as if they had been read from a file.
pub fn staff(rows: &[RosterRow], calendar: &Calendar) -> (Profile<u32>, Duties) {
    super::compile::roster::staff(rows, calendar)
}
