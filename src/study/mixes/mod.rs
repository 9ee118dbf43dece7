//! Several mixes (variants, of one scenario or of several) run together on common random numbers, with a few figures of each.
//!
//! - [`bench`](mod@bench): runs them
//! - `measure`: where the figures that can be compared are found
//! - [`frontiers`](mod@frontiers): which mixes are worth their cost
//! - [`once`]: one replication of one mix

pub mod bench;
pub mod frontiers;
mod measure;
pub mod once;
