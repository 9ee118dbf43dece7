//! `[plan.mix]` from tables to variants.
//!
//! - [`check`]: what cannot be meant
//! - [`lever`]: what may be chosen, and what each value makes of a variant
//! - [`setups`]: every combination that makes sense
//! - [`space`]: the scenario with all of them
//! - [`edit`]: changes of the table of a variant

mod check;
mod edit;
mod lever;
mod setups;
mod space;

pub(super) use check::check_mix;
