//! The integration tests, in one binary.

mod architecture;
mod bad_input;
mod batches;
mod beyond;
mod choice;
mod cli;
mod coverage;
mod golden;
mod journeys;
mod overflow;
mod people;
mod policy;
mod properties;
mod queue;
mod queueing;
mod readme;
mod reference;
mod regressions;
mod replay;
mod report;
mod reproducibility;
mod steady;
mod support;
mod trace;
mod trunks;
mod turns;
