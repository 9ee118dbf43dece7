//! From what a person wrote to what the engine reads: every check that a reader of single values cannot make.
//!
//! - [`whole`]: the base and its variants, each with its problems
//! - [`horizon`]: days, zone and interval; when a run ends
//! - [`ground`]: the scenario ready for other values
//! - [`centre`]: one variant: sources, queues, groups and their staffing
//! - [`queue`], [`group`], [`source`], [`trunk`], [`journey`], [`law`], [`money`], [`value`]: the parts of a centre
//! - [`comeback`], [`public`], [`bot`]: who comes again, whom public answers spare, who talks to a machine first
//! - [`destination`], [`delay`]: where contacts go, and after how long something follows
//! - [`interruption`]: who sets work aside for whom
//! - [`staff`], [`shift`], [`roster`], [`duty`]: who works when
//! - [`limits`]: how much one variant may hold
//! - [`hiring`]: weeks to plan for
//! - [`pattern`]: who might work when, for the planner
//! - [`mix`]: what a planner may choose, every combination as a variant
//! - [`column`]: columns of data files over the horizon

mod bot;
mod centre;
mod column;
mod comeback;
mod delay;
mod destination;
mod duty;
mod ground;
mod group;
mod hiring;
mod horizon;
mod interruption;
mod journey;
mod law;
mod limits;
mod mix;
mod money;
mod pattern;
mod public;
mod queue;
pub(super) mod roster;
mod shift;
mod source;
mod staff;
mod trunk;
mod value;
mod whole;

pub use ground::Ground;
