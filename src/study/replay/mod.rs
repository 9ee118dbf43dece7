//! A log of contacts played again: a scenario is read off it, simulated, and compared with what was seen.
//!
//! - `arrivals`: contacts to be expected
//! - `groups`: agents put into a bounded number of groups
//! - `duty`: when agents were there, as far as their contacts tell
//! - `heads`: time on duty as whole heads
//! - `laws`: handle times and patience
//! - [`counted`]: what is counted by queue, day and hour
//! - `seen`: counting the log
//! - `listen`: counting a replication
//! - [`read_off`]: from a log to a scenario
//! - [`compare`]: simulated against observed

mod arrivals;
pub mod compare;
pub mod counted;
mod duty;
mod groups;
mod heads;
mod laws;
mod listen;
pub mod read_off;
mod seen;
