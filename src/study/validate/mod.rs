//! The simulator held against exact values of queue models, computed by other programs (`tests/reference`).
//!
//! - [`mod@reference`]: the values
//! - [`experiment`]: a scenario for a case, and which of its figures answers which value
//! - `single`, `routing`, `blending`, `journeys`, `varying`: the scenarios, by kind of model
//! - [`coverage`]: how often intervals hold the truth
//! - [`scoreboard`]: what came out, row by row, and whether the z-scores as a whole look as they should

mod arrivals;
mod blending;
pub mod coverage;
pub mod experiment;
pub mod figure;
pub mod fit;
mod journeys;
pub mod reference;
mod routing;
pub mod scoreboard;
mod single;
mod varying;
mod written;
