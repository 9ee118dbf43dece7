//! The clock, quantities with units, the calendar of the horizon and opening hours.
//!
//! - [`instant`]: simulated instants and spans in whole microseconds
//! - [`calendar`]: the horizon's days cut into steps, in the local time of its zone
//! - [`hours`]: opening hours by weekday and the clock that runs while open
//! - [`opening`]: opening hours as written
//! - [`profile`]: a value for each step of a day, a week or the horizon
//! - [`quantity`]: durations as written
//! - [`rate`]: rates as written

pub mod calendar;
pub mod hours;
pub mod instant;
pub mod opening;
pub mod profile;
pub mod quantity;
pub mod rate;

pub use calendar::{Calendar, Piece};
pub use instant::{SimDuration, SimTime};
