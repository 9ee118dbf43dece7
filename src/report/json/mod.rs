//! JSON: one document a verb, each with the name and version of its layout under `schema`.
//!
//! - `document`: what all documents have
//! - `summary`, `answers`, `scoreboard`, `coverage`, `replay`, `trace`, `sweep`, `sensitivity`: what each tells

mod answers;
mod coverage;
mod document;
mod replay;
mod scoreboard;
mod sensitivity;
mod summary;
mod sweep;
mod trace;

pub use answers::write as write_answers;
pub use coverage::write as write_coverage;
pub use replay::write as write_replay;
pub use scoreboard::write as write_scoreboard;
pub use sensitivity::write as write_sensitivity;
pub use summary::write;
pub use sweep::write as write_sweep;
pub use trace::write as write_trace;
