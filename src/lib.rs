//! A contact-centre simulator and capacity planner.

pub mod dist;
pub mod finance;
pub mod ids;
pub mod queueing;
pub mod report;
pub mod scenario;
pub mod sim;
pub mod stats;
pub mod study;
pub mod time;
