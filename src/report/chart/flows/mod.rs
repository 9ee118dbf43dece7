//! The ways of the issues: from new through bots and queues to their ends, as ribbons as wide as so many issues.
//!
//! A way back (a retry, a comeback, a reply, a transfer) leaves on the right, by the name of where it goes, and enters again on the left: so
//! everything reads from left to right, and what enters a place is what leaves it.
//!
//! - `graph`: the places, the ways between neighbouring columns, and what is left out
//! - `layout`: where they lie

mod draw;
mod graph;
mod layout;
#[cfg(test)]
mod tests;

pub(super) use draw::compose;
