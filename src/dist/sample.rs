//! Drawing from a distribution.

/// Draws seconds. (A placeholder until `family.rs` is there.)
#[derive(Debug, Clone)]
pub struct Sampler;
