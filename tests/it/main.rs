//! The integration tests, in one binary.

mod bad_input;
mod cli;
mod golden;
mod reference;
mod reproducibility;
mod support;
