//! A progress bar with the time left, on a terminal only.

use channelmix::scenario::model::Stopping;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar of a run of so many replications.
pub(crate) fn bar(replications: u64) -> ProgressBar {
    // Draws nothing where standard error is no terminal.
    let bar =
        ProgressBar::with_draw_target(Some(replications), ProgressDrawTarget::stderr_with_hz(8));
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} replications, {eta} left");
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
