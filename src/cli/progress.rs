//! A progress bar with the time left, on a terminal only.

use channelmix::scenario::model::Stopping;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar of a run of so many replications.
pub(crate) fn bar(replications: u64) -> ProgressBar {
    bar_of(replications, "replications")
}

/// The bar of a work of so many things.
pub(crate) fn bar_of(many: u64, things: &str) -> ProgressBar {
    // Draws nothing where standard error is no terminal.
    let bar = ProgressBar::with_draw_target(Some(many), ProgressDrawTarget::stderr_with_hz(8));
    let template = format!("{{bar:40}} {{pos}}/{{len}} {things}, {{eta}} left");
    let style = ProgressStyle::with_template(&template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The most replications that a run may take.
pub(crate) fn most(stopping: Stopping) -> u64 {
    match stopping {
        Stopping::Replications(replications) => replications,
        Stopping::Precision {
            max_replications, ..
        } => max_replications,
    }
}

/// How a search stands, whose end nobody knows.
pub(crate) fn search() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
    let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}
