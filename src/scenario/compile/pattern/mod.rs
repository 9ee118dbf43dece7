//! Shift patterns: every duty, and every week of days on, that their rules allow.
//!
//! - [`patterns`](mod@patterns): who works so, and what
//! - `works`: from starts and lengths to duties
//! - `pauses`: the breaks of a duty
//! - `weeks`: which days of a week an agent may be on

mod patterns;
mod pauses;
mod weeks;
mod works;

pub(super) use patterns::patterns;
