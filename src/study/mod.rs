//! Many runs without search: all variants of a scenario over many replications; and what happened in one of them.

pub mod compare;
pub mod frontier;
pub mod labels;
pub mod marginal;
pub mod mixes;
pub mod replay;
pub mod run;
pub mod shard;
pub mod trace;
pub mod validate;
