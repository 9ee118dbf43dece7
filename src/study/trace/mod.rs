//! What happened in one replication: the events of an issue, of a stretch of time or of a queue, or all of them, in the order of time.
//!
//! - [`trace`]: simulates the replication and listens
//! - [`Event`]: one thing that happened

mod event;
mod listen;
mod tell;

pub use event::{Cause, Event, IssueEnd, What};
pub use tell::{MOST_EVENTS, Request, Trace, TraceError, trace};

pub use crate::sim::observer::{BotEnd, Outcome, Step, Turn};
