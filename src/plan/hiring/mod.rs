//! Weeks and months: whom to hire when, at least cost, from the volumes of each week.
//!
//! volume → work (h) → net FTE (÷ occupancy) → gross FTE (÷ (1 − time away)) → people → money, each step a line of [`found::Line`].
//!
//! - [`people`]: who is there, learning and leaving, week by week
//! - [`build`]: the programme: classes, overtime, outsourced hours, who takes which work
//! - [`chain`]: the arithmetic of an answer line by line, and whether it keeps every rule
//! - [`sample`]: weeks of the answer, simulated
//! - [`find`]: all of it
//! - [`found`]: what was found

pub mod build;
pub mod chain;
pub mod find;
pub mod found;
pub mod people;
pub mod sample;
