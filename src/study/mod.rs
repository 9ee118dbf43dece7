//! Many runs without search: all variants of a scenario over many replications; many points of one; and what happened in one of them.

pub mod break_even;
pub mod compare;
pub mod labels;
pub mod marginal;
pub mod mixes;
pub mod replay;
pub mod risk;
pub mod run;
pub mod sensitivity;
pub mod shard;
pub mod sweep;
pub mod trace;
pub mod validate;
