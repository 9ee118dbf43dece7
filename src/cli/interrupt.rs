//! Ctrl-C: the first ends a run with the replications that are done, the second at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::exit::{INTERRUPTED, tell};

/// What the first Ctrl-C sets.
pub(crate) fn flag() -> Arc<AtomicBool> {
    let flag = Arc::<AtomicBool>::default();
    let set = flag.clone();
    let handled = ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            end();
        }
        tell("ending with the replications under way; once more to end at once");
    });
    if handled.is_err() {
        tell("warning: Ctrl-C will end the run without a result");
    }
    flag
}

#[expect(
    clippy::exit,
    reason = "nobody wants to wait any more, and nothing is half-written"
)]
fn end() {
    std::process::exit(i32::from(INTERRUPTED));
}
