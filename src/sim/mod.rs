//! The engine: a discrete-event simulation of one replication, and replications in parallel.
//!
//! - [`replicate`]: the event loop
//! - [`calendar`]: future events
//! - [`streams`]: random streams
//! - [`centre`]: the state of a centre in motion
//! - [`observer`]: what is told
//! - [`counting`]: the observer that counts
//! - [`parallel`]: replications on all cores
//! - `features`: what a model makes use of, known when the loop is compiled
//! - `admission`: how a customer comes in
//! - `duty`: who of a group is there
//! - `handling`: contacts in hand
//! - `plain`: contacts of plain models, from arrival to end
//! - [`work`]: how far on an agent is
//! - `luck`: what customers draw when they come; `ahead`: the gaps between them
//! - `routing`: who takes whom
//! - `lineup`: which agent is chosen
//! - `horizon`: the calendar's steps and the end
//! - [`issues`]: what contacts belong to
//! - `soonest`: which of many things happens first
//! - `tournament`: the smallest of many keys
//! - `steady`: whether anything changes by the clock
//! - `mechanisms`: what contacts do beside waiting and being handled

#![expect(
    clippy::inline_always,
    reason = "what happens once an event belongs into the event loop: a fifth of all instructions was calls (docs/performance.md)"
)]

mod admission;
pub mod agents;
mod ahead;
pub mod arrivals;
pub mod calendar;
pub mod centre;
pub mod contacts;
pub mod counting;
mod duty;
mod features;
mod handling;
mod horizon;
pub mod issues;
pub mod lines;
mod lineup;
mod luck;
mod mechanisms;
pub mod observer;
pub mod parallel;
mod plain;
pub mod replicate;
mod routing;
mod soonest;
pub mod steady;
pub mod streams;
mod tournament;
pub mod work;
