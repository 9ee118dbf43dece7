//! A contact-centre simulator and capacity planner.

pub mod dist;
pub mod ids;
pub mod report;
pub mod scenario;
pub mod stats;
pub mod time;
