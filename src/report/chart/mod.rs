//! Charts as SVG and PNG, drawn by plotters with the font that is shipped in `assets/fonts`.
//!
//! [`draw_all`] makes, for each variant, `wait-<variant>`, `service-level-<variant>`, `abandonment-<variant>`
//! (where anybody abandons), `backlog-<variant>` (where a queue is deferred), `occupancy-<variant>` and `flows-<variant>` (where
//! issues are followed over their contacts), and, where there are variants to compare,
//! `mixes` and `costs`. What does not fit on one picture goes on in `wait-<variant>_2`, `_3` and so on. Names hold only lower-case
//! letters and digits of any script, `-` and `_`.
//!
//! [`draw_frontiers`] makes `frontier`: the mixes of a comparison by cost and by what is got for it.
//!
//! [`draw_plan`] makes `plan-heads` and `plan-search`: the heads of a plan against the work, and how the search came to its cost.
//! [`draw_hiring`] makes `hiring`: what each week of a plan takes and has of each group.
//! [`draw_mix`] makes `mix`: the mixes that are worth their cost, and the budget.
//!
//! Queues are left out where they have nothing to show: those without a target of service level, those that nobody abandons
//! (the footer names them), and in the backlog those that are not deferred.
//!
//! A chart is first composed as a `Picture`, a plain list of marks, and then rendered; so both formats
//! show the same, and tests can ask whether texts overlap.

mod abandonment;
mod answers;
mod axis;
mod backlog;
mod bars;
mod compose;
mod costs;
mod demand;
mod draw;
mod flows;
mod font;
mod frame;
mod frontier;
mod hiring;
mod mix;
mod mixes;
mod occupancy;
mod palette;
mod panel;
mod picture;
mod plan;
mod render;
mod service_level;
mod span;
mod sweep;
#[cfg(test)]
mod tests;
mod time_axis;
mod tornado;
mod wait;

pub use answers::draw as draw_answers;
pub use draw::{ChartError, Format, draw_all};
pub use frontier::draw as draw_frontiers;
pub use hiring::draw as draw_hiring;
pub use mix::draw as draw_mix;
pub use plan::draw as draw_plan;
pub use sweep::draw as draw_sweep;
pub use tornado::draw as draw_sensitivity;
