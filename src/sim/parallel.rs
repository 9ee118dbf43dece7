//! Replications on all cores.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

/// Why a pool of threads could not be had.
#[derive(Debug, thiserror::Error)]
#[error("the threads could not be started: {0}")]
pub struct NoThreads(#[from] rayon::ThreadPoolBuildError);

/// Threads that take whole replications, one after the other, each into a workspace of its own.
#[derive(Debug)]
pub struct Workers {
    pool: rayon::ThreadPool,
    stop: Arc<AtomicBool>,
}

impl Workers {
    /// So many threads; zero for one a core.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(threads: usize) -> Result<Self, NoThreads> {
        Ok(Self {
            pool: rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()?,
            stop: Arc::default(),
        })
    }

    /// The same, until somebody sets `stop`: what has been begun is then done to the end, and nothing more is begun.
    #[must_use]
    pub fn until(self, stop: Arc<AtomicBool>) -> Self {
        Self { stop, ..self }
    }

    /// How many threads there are.
    pub fn threads(&self) -> u64 {
        self.pool.current_num_threads() as u64
    }

    /// Whether somebody wants them to stop.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Does `step` once for each index, in no given order, and gives the workspaces (in no given order either: what they
    /// hold must add up the same in any order). The first error ends it; a [stop](Self::until) leaves out the last indices.
    ///
    /// # Errors
    /// The first error of a step.
    pub fn each<W: Send, E: Send>(
        &self,
        indices: Range<u64>,
        workspace: impl Fn() -> W + Sync,
        step: impl Fn(&mut W, u64) -> Result<(), E> + Sync,
    ) -> Result<Vec<W>, E> {
        let next = AtomicU64::new(indices.start);
        let workers = (indices.end - indices.start).min(self.threads());
        let work = |_| {
            let mut own = workspace();
            loop {
                if self.is_stopped() {
                    return Ok(own);
                }
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= indices.end {
                    return Ok(own);
                }
                step(&mut own, index)
                    .inspect_err(|_| next.store(indices.end, Ordering::Relaxed))?;
            }
        };
        self.pool
            .install(|| (0..workers).into_par_iter().map(work).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_index_is_done_once_for_any_number_of_threads() {
        for threads in [1, 2, 5] {
            let workers = Workers::new(threads).unwrap();
            let step = |sum: &mut u64, index| {
                *sum += index;
                Ok::<(), ()>(())
            };
            let sums: Vec<u64> = workers.each(3..100, || 0, step).unwrap();
            assert_eq!(sums.iter().sum::<u64>(), (3..100).sum::<u64>());
        }
    }

    #[test]
    fn a_stop_leaves_out_the_last_alone() {
        let stop = Arc::<AtomicBool>::default();
        let workers = Workers::new(3).unwrap().until(stop.clone());
        let step = |done: &mut Vec<u64>, index| {
            done.push(index);
            stop.store(index >= 50, Ordering::Relaxed);
            Ok::<(), ()>(())
        };
        let mut done = workers
            .each(0..1_000_000_000, Vec::new, step)
            .unwrap()
            .concat();
        done.sort_unstable();
        assert_eq!(done, (0..done.len() as u64).collect::<Vec<_>>());
        assert!(done.len() > 50);
    }

    #[test]
    fn an_error_ends_it() {
        let workers = Workers::new(2).unwrap();
        let step = |_: &mut u8, index: u64| if index == 7 { Err(index) } else { Ok(()) };
        assert_eq!(workers.each(0..1_000_000_000, || 0, step), Err(7));
    }
}
