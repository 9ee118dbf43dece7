//! Mixes of one scenario or of several against each other: what differs for real, and which are worth their cost.
//!
//! - [`contest`]: runs them and compares
//! - [`alike`]: whether files can be compared at all
//! - [`found`]: what a comparison found

pub mod alike;
pub mod contest;
pub mod found;

pub use alike::Source;
pub use contest::{CompareError, Contest};
pub use found::Comparison;
