//! The integration tests, in one binary.

mod bad_input;
mod reference;
mod support;
