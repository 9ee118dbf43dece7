//! Many runs without search: all variants of a scenario over many replications.

pub mod labels;
pub mod replay;
pub mod run;
pub mod shard;
pub mod validate;
