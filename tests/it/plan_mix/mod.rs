//! `plan --what mix`: what [plan.mix] refuses, what the command says, and what docs/plan-mix.md shows.

mod chosen;
mod command;
mod faults;
mod page;
