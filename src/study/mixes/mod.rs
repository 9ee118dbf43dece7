//! Several mixes (variants, of one scenario or of several) run together on common random numbers, with a few figures of each.
//!
//! - [`bench`](mod@bench): runs them
//! - [`measure`]: the figures that can be compared, by their documented names
//! - [`once`]: one replication of one mix

pub mod bench;
pub mod measure;
pub mod once;
