//! What ends a search: the time limit, or Ctrl-C.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use channelmix::plan::found::Ended;
use channelmix::sim::parallel::Workers;
use channelmix::study::run::RunError;

use super::exit::Failure;
use super::interrupt;

/// What ends a search, and which of the two it was.
pub(super) struct Stop {
    search: Arc<AtomicBool>,
    is_late: Arc<AtomicBool>,
}

impl Stop {
    /// From now on: by Ctrl-C, and after the time allowed.
    pub(super) fn begin(time_limit: Option<Duration>) -> Self {
        let search = interrupt::flag();
        let is_late = Arc::<AtomicBool>::default();
        if let Some(limit) = time_limit {
            let (search, late) = (Arc::clone(&search), Arc::clone(&is_late));
            thread::spawn(move || {
                thread::sleep(limit);
                if !search.swap(true, Ordering::Relaxed) {
                    late.store(true, Ordering::Relaxed);
                }
            });
        }
        Self { search, is_late }
    }

    /// Threads that are stopped with the search.
    pub(super) fn workers(&self, threads: Option<u16>) -> Result<Workers, RunError> {
        Ok(provers(threads)?.until(Arc::clone(&self.search)))
    }

    /// Whether the search is to end.
    pub(super) fn is_set(&self) -> bool {
        self.search.load(Ordering::Relaxed)
    }

    /// Why the search ended, where it was stopped.
    pub(super) fn why(&self, ended: Ended) -> Ended {
        match ended {
            Ended::Time | Ended::Interrupted if self.is_late.load(Ordering::Relaxed) => Ended::Time,
            Ended::Time | Ended::Interrupted => Ended::Interrupted,
            Ended::Converged | Ended::Work => ended,
        }
    }

    /// What is told where a run failed, or was stopped before there was `what`, such as "plan".
    pub(super) fn failure(&self, error: RunError, what: &str) -> Failure {
        match error {
            RunError::Interrupted if self.is_late.load(Ordering::Relaxed) => Failure::Running(
                format!("the time allowed was over before any {what} was found that can be told"),
            ),
            RunError::Interrupted => Failure::Interrupted(format!("no {what} was found yet")),
            error => error.into(),
        }
    }
}

/// Threads that nothing stops: what was found is proven.
pub(super) fn provers(threads: Option<u16>) -> Result<Workers, RunError> {
    Ok(Workers::new(usize::from(threads.unwrap_or(0)))?)
}
