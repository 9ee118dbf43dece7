//! What becomes of a choice that breaks a promise: the nearest that keeps them all, or a larger one.

use super::cover::cover_until;
use super::master::Step;
use super::programme::Unsolved;
use super::search::Search;
use super::space::Choice;
use super::tried::{SearchError, Tried};

/// How often a choice is grown before it is given up,
const GROWTHS: u32 = 40;
/// and how often without coming nearer.
const IN_VAIN: u32 = 6;
/// Shares by which heads change to keep a promise that has been broken.
const MENDS: [f64; 4] = [0.01, 0.03, 0.1, 0.3];

impl Search<'_> {
    /// The nearest choice that keeps every promise, as the slopes lead to it; where they do not, a larger one.
    pub(super) fn mended(&self, tried: &Tried) -> Result<Tried, SearchError> {
        let (slopes, _) = self.slopes_at(&tried.heads, None)?;
        for share in MENDS {
            if let Some(next) = self.step(tried, &slopes, Step::Within(share))? {
                return Ok(next);
            }
        }
        self.feasible(&tried.choice)
    }

    /// Makes a choice larger until it keeps every promise, as long as that brings it nearer to them.
    ///
    /// # Errors
    /// When none does within the limits, with the one that came nearest; or when a run fails.
    pub fn feasible(&self, start: &[u32]) -> Result<Tried, SearchError> {
        let mut tried = self.tried(self.space.within(start))?;
        let mut nearest = tried.clone();
        let mut in_vain = 0;
        for growth in 0..GROWTHS {
            self.tell(&tried);
            if self.holds(&tried) {
                return Ok(tried);
            }
            if self.lacks(&tried) < self.lacks(&nearest) {
                nearest = tried.clone();
                in_vain = 0;
            } else {
                in_vain += 1;
            }
            let grown = self.grown(&tried, growth)?;
            if in_vain > IN_VAIN || growth > 0 && grown == tried.choice {
                break;
            }
            tried = self.tried(grown)?;
        }
        Err(SearchError::Unmeetable(Box::new(nearest)))
    }

    /// How much a choice lacks, of all promises together.
    fn lacks(&self, tried: &Tried) -> f64 {
        let spare = self.spare(&tried.verdict);
        -spare.into_iter().map(|spare| spare.min(0.0)).sum::<f64>()
    }

    /// A choice larger by a sixth; the same where the limits allow no more.
    fn grown(&self, tried: &Tried, growth: u32) -> Result<Choice, Unsolved> {
        // A head where nobody is, from the second time on: somebody may be needed there.
        let more = |&heads: &u32| match heads {
            0 => u32::from(growth > 0),
            heads => heads + heads.div_ceil(6),
        };
        if self.space.is_by_shift() {
            let heads = tried.heads.values();
            let required = heads.map(|heads| heads.iter().map(more).collect());
            let stop = || self.judge.workers.is_stopped();
            return Ok(cover_until(self.space, &required.collect(), &stop)?.choice);
        }
        Ok(self
            .space
            .within(&tried.choice.iter().map(more).collect::<Choice>()))
    }
}
