//! JSON: one document a verb, each with the name and version of its layout under `schema`.
//!
//! - `document`: what all documents have
//! - `summary`, `answers`, `scoreboard`, `coverage`, `replay`, `trace`, `compare`, `marginal`, `break_even`, `risk`, `sweep`, `sensitivity`, `plan`, `shifts`, `hiring`, `mix`: what each tells

mod answers;
mod break_even;
mod compare;
mod coverage;
mod document;
mod hiring;
mod marginal;
mod mix;
mod plan;
mod replay;
mod risk;
mod scoreboard;
mod sensitivity;
mod shifts;
mod summary;
mod sweep;
mod trace;

pub use answers::write as write_answers;
pub use break_even::write as write_break_even;
pub use compare::write as write_comparison;
pub use coverage::write as write_coverage;
pub use hiring::write as write_hiring;
pub use marginal::write as write_marginal;
pub use mix::write as write_mix;
pub use plan::{write as write_plan, write_unmeetable};
pub use replay::write as write_replay;
pub use risk::write as write_risk;
pub use scoreboard::write as write_scoreboard;
pub use sensitivity::write as write_sensitivity;
pub use shifts::write as write_shifts;
pub use summary::write;
pub use sweep::write as write_sweep;
pub use trace::write as write_trace;
