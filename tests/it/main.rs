//! The integration tests, in one binary.

mod bad_input;
mod cli;
mod golden;
mod queue;
mod queueing;
mod reference;
mod reproducibility;
mod support;
