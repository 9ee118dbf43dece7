//! The search: from a choice that keeps every promise to cheaper ones, by the slopes of every figure, each step simulated before it is
//! believed. After Atlason, Epelman and Henderson (Optimizing call center staffing using simulation and analytic center cutting-plane methods,
//! 2008) and Cezik and L'Ecuyer (Staffing multiskill call centers via linear programming and simulation, 2008), with slopes in both
//! directions in place of cuts that add up.

use std::cell::{Cell, RefCell};

use crate::stats::student::t_exceeded_by;
use crate::study::run::RunError;

use super::correct::{Corrected, corrected};
use super::exchange::widened;
use super::found::{Ended, Moment};
use super::grid::{Grid, Heads};
use super::judge::{Judge, Verdict};
use super::master::{Here, Master, Step};
use super::offers::Offers;
use super::proof::Proof;
use super::slope::{GoalOf, Slopes, slopes};
use super::space::{Choice, Space};
use super::tried::{Effort, SearchError, Searched, Tried};

/// Heads change by this share in the first step, of a cell and in all.
const FIRST_STEP: f64 = 0.25;
/// And by no less than this.
const LAST_STEP: f64 = 0.01;
/// How often the smallest step finds nothing before the search ends: each time by slopes of more replications.
const PATIENCE: u32 = 2;
/// A step that saves less than this share found nothing.
pub(super) const LITTLE: f64 = 0.001;
/// Costs that differ by less than this share are the same.
const LEAST_COST: f64 = 1e-9;
/// So many choices are simulated in a step that goes too far.
const CORRECTIONS: u32 = 3;
/// The same of whole shifts, which come less near to what is asked.
const SHIFT_CORRECTIONS: u32 = 8;

/// A search for the cheapest choice.
#[expect(missing_debug_implementations, reason = "it holds a closure")]
pub struct Search<'a> {
    /// Simulates.
    pub judge: Judge<'a>,
    /// The cells.
    pub grid: &'a Grid,
    /// What can be chosen.
    pub space: &'a Space,
    /// How much is simulated.
    pub effort: Effort,
    /// What any choice costs at least, in units of the currency: told beside every choice.
    pub bound: f64,
    /// By goal: what has to be left over beside what chance may take.
    pub margins: RefCell<Vec<f64>>,
    /// Which goal is whose.
    pub goal_of: GoalOf,
    /// Choices that keep every promise.
    kept: RefCell<Vec<Tried>>,
    /// The cost of the cheapest of them, since more was last asked of them.
    cheapest: Cell<Option<f64>>,
    /// The last offers that were looked at.
    pub(super) offers: RefCell<Option<Offers>>,
    /// Replications so far.
    pub done: Cell<u64>,
    /// The moments so far.
    pub moments: RefCell<Vec<Moment>>,
    /// Told of every choice.
    pub progress: &'a dyn Fn(&Moment),
}

impl<'a> Search<'a> {
    /// A search that has not begun.
    pub fn new(
        judge: Judge<'a>,
        grid: &'a Grid,
        space: &'a Space,
        effort: Effort,
        bound: f64,
        progress: &'a dyn Fn(&Moment),
    ) -> Self {
        Self {
            margins: RefCell::new(vec![0.0; judge.targets.goals.len()]),
            goal_of: GoalOf::new(judge.targets, grid),
            judge,
            grid,
            space,
            effort,
            bound,
            kept: RefCell::default(),
            cheapest: Cell::new(None),
            offers: RefCell::default(),
            done: Cell::new(0),
            moments: RefCell::default(),
            progress,
        }
    }

    /// The cheapest choice that is found from the cheapest of these that keeps every promise; where none does, from the last made larger.
    ///
    /// # Errors
    /// When no choice within the limits keeps every promise, when contacts come of others without bound, when somebody stops it before
    /// any choice does, or when there is no solver.
    pub fn search(&self, starts: &[Choice]) -> Result<Searched, SearchError> {
        for start in starts {
            let tried = match self.tried(self.space.within(start)) {
                Err(RunError::Interrupted) if !self.kept.borrow().is_empty() => break,
                tried => tried?,
            };
            self.tell(&tried);
            if self.holds(&tried) {
                self.kept.borrow_mut().push(tried);
            }
        }
        if self.kept.borrow().is_empty() {
            let last = starts.last().map_or(&[][..], Vec::as_slice);
            let first = self.feasible(last)?;
            self.kept.borrow_mut().push(first);
        }
        self.on()
    }

    /// The same from the cheapest choice so far that keeps every promise: after more has been asked of them.
    ///
    /// # Errors
    /// See [`Self::search`].
    pub fn on(&self) -> Result<Searched, SearchError> {
        let kept = self.kept.borrow().clone();
        let cheapest = |tried: &&Tried, other: &&Tried| tried.paid().total_cmp(&other.paid());
        let sound = kept.iter().filter(|tried| self.holds(tried));
        let mut best = match (sound.min_by(cheapest), kept.iter().min_by(cheapest)) {
            (Some(tried), _) => tried.clone(),
            (None, Some(tried)) => self.mended(tried)?,
            (None, None) => return Err(RunError::Interrupted.into()),
        };
        self.kept.borrow_mut().push(best.clone());
        let (slopes, ended) = widened(self, &mut best)?;
        Ok(Searched {
            best,
            slopes,
            ended,
        })
    }

    /// What comes of a choice.
    ///
    /// # Errors
    /// See [`Judge::judge`].
    pub fn tried(&self, choice: Choice) -> Result<Tried, RunError> {
        let heads = self.space.heads(&choice);
        let staffing = self.grid.staffing(&heads);
        let verdict = self.judge.judge(&staffing, 0..self.effort.verdict)?;
        self.done.set(self.done.get() + self.effort.verdict);
        Ok(Tried {
            cost: self.space.cost(&choice, self.grid),
            choice,
            heads,
            verdict,
        })
    }

    /// By goal: what is left over beyond what the proof will ask for.
    pub fn spare(&self, verdict: &Verdict) -> Vec<f64> {
        let targets = self.judge.targets;
        let goals = targets.goals.len();
        let chance = super::proof::ERROR / 2.0 / goals as f64;
        let factor = t_exceeded_by(chance, self.effort.proof).unwrap_or(f64::INFINITY);
        // The proof's customers are others than the search's: both have their luck.
        let scale = (1.0 + self.effort.verdict as f64 / self.effort.proof as f64).sqrt();
        let margins = self.margins.borrow();
        let of_goal = |goal| {
            let (mean, error) = verdict.surplus(targets, goal);
            mean - factor * error * scale - margins[goal]
        };
        (0..goals).map(of_goal).collect()
    }

    /// Whether all of it is left over, by a choice that keeps to all limits.
    pub fn holds(&self, tried: &Tried) -> bool {
        let spare = self.spare(&tried.verdict);
        self.space.allows(&tried.choice) && spare.iter().all(|&spare| spare >= 0.0)
    }

    /// Asks for as much more of every promise as a proof lacks, and a little.
    pub fn ask_for_more(&self, proof: &Proof) {
        self.cheapest.set(None);
        for (margin, sure) in self.margins.borrow_mut().iter_mut().zip(&proof.sure) {
            *margin += 1.1 * (-sure).max(0.0);
        }
    }

    /// Takes a choice for the best.
    pub(super) fn keep(&self, best: &mut Tried, next: Tried) {
        *best = next;
        self.kept.borrow_mut().push(best.clone());
        self.tell(best);
    }

    /// Steps to cheaper choices until there are none.
    pub(super) fn improve(&self, best: &mut Tried) -> Result<(Option<Slopes>, Ended), SearchError> {
        let mut share = FIRST_STEP;
        let mut stale = 0;
        let mut known: Option<(Slopes, u64)> = None;
        let ended = loop {
            if self.done.get() >= self.effort.work {
                break Ended::Work;
            }
            let measured = match known.take() {
                Some(measured) if share >= LAST_STEP => Ok(measured),
                few => {
                    share = share.max(LAST_STEP);
                    self.slopes_at(&best.heads, few)
                }
            };
            let measured = match measured {
                Err(RunError::Interrupted) => break Ended::Interrupted,
                measured => measured?,
            };
            let next = match self.step(best, &measured.0, Step::Within(share)) {
                Err(SearchError::Run(RunError::Interrupted)) => {
                    known = Some(measured);
                    break Ended::Interrupted;
                }
                next => next?,
            };
            let saved = next.as_ref().map_or(0.0, |next| saved(best, next));
            if let Some(next) = next {
                self.keep(best, next);
            } else {
                known = Some(measured);
            }
            if saved < LITTLE {
                share /= 2.0;
                stale += u32::from(share < LAST_STEP);
            }
            if stale >= PATIENCE {
                break Ended::Converged;
            }
        };
        Ok((known.map(|(slopes, _)| slopes), ended))
    }

    /// The slopes at a choice; where some are known already, of more replications together with those.
    pub(super) fn slopes_at(
        &self,
        at: &Heads,
        known: Option<(Slopes, u64)>,
    ) -> Result<(Slopes, u64), RunError> {
        let from = known.as_ref().map_or(0, |(_, to)| *to);
        let to = from + self.effort.slopes;
        let (fresh, simulated) = slopes(&self.judge, self.grid, at, from..to)?;
        self.done.set(self.done.get() + simulated);
        let slopes = match known {
            Some((known, _)) => super::slope::mean(
                (known, from as f64 / to as f64),
                (fresh, self.effort.slopes as f64 / to as f64),
            ),
            None => fresh,
        };
        Ok((slopes, to))
    }

    /// A cheaper choice near another that keeps every promise, where the slopes lead to one. Where a promise is broken, as much more of it is
    /// asked of the programme: so it learns how the figures bend.
    pub(super) fn step(
        &self,
        from: &Tried,
        slopes: &Slopes,
        step: Step,
    ) -> Result<Option<Tried>, SearchError> {
        let must_save = self.holds(from);
        let is_worth_it = |next: &Tried| !must_save || self.is_better(next, from);
        let simulated = if self.space.is_by_shift() {
            SHIFT_CORRECTIONS
        } else {
            CORRECTIONS
        };
        let mut find = |spare: &[f64]| {
            let here = Here {
                choice: &from.choice,
                heads: &from.heads,
                spare,
                slopes,
            };
            let next = self.master().solve(&here, step)?.rounded_up();
            Ok((next != from.choice).then_some(next))
        };
        let spare = self.spare(&from.verdict);
        match corrected(self, spare, simulated, &is_worth_it, &mut find)? {
            Corrected::Kept(next) => self.peeled(next, slopes).map(Some),
            Corrected::Broken(_) => Ok(None),
        }
    }

    /// Whether a choice costs less, or is of whole shifts that cost the same and leave more: shifts cost too much each for every step to save.
    fn is_better(&self, next: &Tried, than: &Tried) -> bool {
        let least = |tried: &Tried| {
            let spare = self.spare(&tried.verdict);
            spare.into_iter().fold(f64::INFINITY, f64::min)
        };
        let is_even = (next.cost - than.cost).abs() <= LEAST_COST * than.cost;
        if self.space.is_by_shift() && is_even {
            return least(next) > least(than);
        }
        next.paid() < than.paid()
    }

    /// The programme.
    pub fn master(&self) -> Master<'_> {
        Master {
            space: self.space,
            targets: self.judge.targets,
            goal_of: &self.goal_of,
            workers: self.judge.workers,
        }
    }

    /// Takes away what rounding has left over: as many columns at a time as the slopes allow, fewer where that was too many.
    pub(super) fn peeled(&self, mut tried: Tried, slopes: &Slopes) -> Result<Tried, SearchError> {
        // Shifts hang together, and nothing of them was rounded.
        if self.space.is_by_shift() {
            return Ok(tried);
        }
        let mut most = usize::MAX;
        while most > 0 && self.done.get() < self.effort.work {
            let picked = super::peel::pick(self, &tried, slopes, most);
            if picked.is_empty() {
                break;
            }
            let mut fewer = tried.choice.clone();
            for &column in &picked {
                fewer[column] -= 1;
            }
            let next = match self.tried(fewer) {
                Err(RunError::Interrupted) => break,
                next => next?,
            };
            if self.holds(&next) && next.paid() < tried.paid() {
                tried = next;
            } else {
                most = picked.len() / 2;
            }
        }
        Ok(tried)
    }

    /// Tells of a choice that was tried.
    pub fn tell(&self, tried: &Tried) {
        let spare = self.spare(&tried.verdict);
        if self.holds(tried) {
            let known = self.cheapest.get().unwrap_or(f64::INFINITY);
            self.cheapest.set(Some(known.min(tried.cost)));
        }
        let moment = Moment {
            replications: self.done.get(),
            cost: tried.cost,
            bound: self.bound,
            best: self.cheapest.get(),
            met: spare.iter().filter(|&&spare| spare >= 0.0).count(),
            goals: spare.len(),
        };
        (self.progress)(&moment);
        self.moments.borrow_mut().push(moment);
    }
}

/// Which share of what is paid for one is saved by another.
pub(super) fn saved(from: &Tried, next: &Tried) -> f64 {
    1.0 - next.paid() / from.paid()
}
