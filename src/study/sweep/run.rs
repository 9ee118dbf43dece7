//! The points of a sweep on all cores, told in their order whatever the number of threads.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::design::Design;
use super::row::{Row, cell, figures, key_names, verdict, verdict_word};
use crate::scenario::change::Change;
use crate::scenario::compiled::Compiled;
use crate::scenario::{Ground, Problem};
use crate::sim::parallel::Workers;
use crate::stats::summary::VariantSummary;
use crate::stats::tally::Tally;
use crate::study::run::{RunError, Study};

/// Points whose models are in memory at once.
const WAVE: u64 = 256;
/// Up to so many points all are compiled before the first is run.
const MOST_CHECKED: u64 = 10_000;
/// Points at the end of a wave, for each thread, that are cut into parts, so that no thread waits for another's last point.
const CUT: u64 = 2;

/// Why a sweep ends early.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The scenario cannot be what a point makes of it.
    #[error("{}", refusal(*.point, .changes, .problems))]
    Refused {
        /// The point, from 1; `None` where it is a value that comes up in many.
        point: Option<u64>,
        /// Its values.
        changes: Vec<Change>,
        /// What is wrong.
        problems: Vec<Problem>,
    },
    /// A point could not be simulated.
    #[error("point {point} ({}): {error}", list(.changes))]
    Point {
        /// The point, from 1.
        point: u64,
        /// Its values.
        changes: Vec<Change>,
        /// Why.
        error: RunError,
    },
    /// What was found could not be passed on.
    #[error(transparent)]
    Told(#[from] io::Error),
}

fn list(changes: &[Change]) -> String {
    let texts: Vec<String> = changes.iter().map(ToString::to_string).collect();
    texts.join(", ")
}

fn refusal(point: Option<u64>, changes: &[Change], problems: &[Problem]) -> String {
    let told = |problem: &Problem| {
        let hint = problem.hint.as_ref();
        let hint = hint.map_or(String::new(), |hint| format!("; {hint}"));
        format!("{}: {}{hint}", problem.key(), problem.message)
    };
    let told: Vec<String> = problems.iter().map(told).collect();
    let point = point.map_or(String::new(), |point| format!("point {point}, "));
    format!("{point}{}: {}", list(changes), told.join("; "))
}

/// A sweep ready to run.
#[derive(Debug)]
pub struct Sweep<'a> {
    ground: &'a Ground<'a>,
    design: &'a Design,
    replications: u64,
    seed: u64,
    keys: Vec<String>,
}

/// A part of a wave's work: some replications of one of its points.
struct Unit {
    point: u64,
    replications: Range<u64>,
}

/// What is there of a point.
struct Slot {
    compiled: OnceLock<Result<Compiled, Vec<Problem>>>,
    tally: Mutex<(Option<Tally>, u64)>,
}

/// Rows that wait for an earlier one.
struct Queue<'t> {
    next: u64,
    waiting: BTreeMap<u64, (Row, Vec<String>)>,
    tell: Tell<'t>,
}

/// Who is told of each point, with the names of its figures.
pub type Tell<'t> = &'t mut (dyn FnMut(&Row, &[String]) -> io::Result<()> + Send);

impl<'a> Sweep<'a> {
    /// The points of a design, each so often under this seed. The [probes](Design::probes) are compiled before the first is run,
    /// and up to 10,000 points all of them.
    ///
    /// # Errors
    /// The first value or point that the scenario refuses.
    pub fn new(
        ground: &'a mut Ground<'_>,
        design: &'a Design,
        replications: u64,
        seed: u64,
    ) -> Result<Self, SweepError> {
        let probes = design.probes();
        let mut leads_on = false;
        for changes in &probes {
            let compiled = compile(ground, None, changes)?;
            leads_on |= compiled.variants[0].model.issues.is_some();
        }
        if design.points() <= MOST_CHECKED && probes.len() as u64 != design.points() {
            for index in 0..design.points() {
                compile(ground, Some(index + 1), &design.point(index))?;
            }
        }
        if leads_on {
            ground.follow_issues();
        }
        let keys = key_names(&probes, design.keys());
        Ok(Self {
            ground,
            design,
            replications,
            seed,
            keys,
        })
    }

    /// The names of the keys as columns.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Simulates one replication of the point in the middle, for whoever wants to know how long one takes.
    ///
    /// # Errors
    /// When it cannot be simulated.
    pub fn trial(&self) -> Result<(), SweepError> {
        let index = self.design.points() / 2;
        let compiled = compile(self.ground, Some(index + 1), &self.design.point(index))?;
        let study = Study::new(&compiled, |_| true, Some(self.seed));
        let tally = study.tally_while(0..1, || true);
        tally.map_err(|error| self.failed(index, error))?;
        Ok(())
    }

    /// Simulates the points from `first` (from 0) on. `tell` hears of each in order; `done` of each replication. Whether all
    /// are done: a stop leaves out the last.
    ///
    /// # Errors
    /// When a point cannot be simulated, or `tell` fails.
    pub fn run(
        &self,
        first: u64,
        workers: &Workers,
        done: &(dyn Fn() + Sync),
        tell: Tell<'_>,
    ) -> Result<bool, SweepError> {
        let queue = Mutex::new(Queue {
            next: first,
            waiting: BTreeMap::new(),
            tell,
        });
        let mut from = first;
        while from < self.design.points() && !workers.is_stopped() {
            let to = (from + WAVE).min(self.design.points());
            self.wave(from..to, workers, done, &queue)?;
            from = to;
        }
        let queue = queue.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(queue.next == self.design.points())
    }

    fn wave(
        &self,
        points: Range<u64>,
        workers: &Workers,
        done: &(dyn Fn() + Sync),
        queue: &Mutex<Queue<'_>>,
    ) -> Result<(), SweepError> {
        let slots: Vec<Slot> = points
            .clone()
            .map(|_| Slot {
                compiled: OnceLock::new(),
                tally: Mutex::new((None, 0)),
            })
            .collect();
        let units = self.units(points.clone(), workers.threads());
        let slot = |point: u64| &slots[usize::try_from(point - points.start).unwrap_or(0)];
        let step = |(): &mut (), number: u64| {
            let unit = &units[usize::try_from(number).unwrap_or(0)];
            let changes = || self.design.point(unit.point);
            let compiled = slot(unit.point)
                .compiled
                .get_or_init(|| self.ground.compile(&changes()));
            let compiled = compiled.as_ref().map_err(|problems| SweepError::Refused {
                point: Some(unit.point + 1),
                changes: changes(),
                problems: problems.clone(),
            })?;
            let study = Study::new(compiled, |_| true, Some(self.seed));
            let goes_on = || {
                done();
                !workers.is_stopped()
            };
            let tally = study.tally_while(unit.replications.clone(), goes_on);
            let Some(tally) = tally.map_err(|error| self.failed(unit.point, error))? else {
                return Ok(());
            };
            let whole = slot(unit.point).add(tally, self.replications);
            whole.map_or(Ok(()), |tally| {
                let (row, names) = self.row(unit.point, &study, &tally);
                locked(queue).put(unit.point, row, names)
            })
        };
        workers.each(0..units.len() as u64, || (), step)?;
        Ok(())
    }

    /// The work of a wave: whole points, and the last of them in parts.
    fn units(&self, points: Range<u64>, threads: u64) -> Vec<Unit> {
        let cut_from = points.end.saturating_sub(CUT * threads);
        let of_point = |point: u64| {
            let parts = if point < cut_from { 1 } else { threads };
            let length = self.replications.div_ceil(parts).max(1);
            (0..self.replications.div_ceil(length)).map(move |part| Unit {
                point,
                replications: part * length..((part + 1) * length).min(self.replications),
            })
        };
        points.flat_map(of_point).collect()
    }

    fn failed(&self, index: u64, error: RunError) -> SweepError {
        SweepError::Point {
            point: index + 1,
            changes: self.design.point(index),
            error,
        }
    }

    /// What is kept of a point.
    fn row(&self, index: u64, study: &Study<'_>, tally: &Tally) -> (Row, Vec<String>) {
        let variant: VariantSummary = study.totals(tally).swap_remove(0);
        let (names, figures) = figures(&variant).into_iter().unzip();
        let changes = self.design.point(index);
        let row = Row {
            point: index + 1,
            values: changes
                .iter()
                .zip(&self.keys)
                .map(|(change, column)| cell(change, column))
                .collect(),
            targets: verdict_word(verdict(&variant)).to_owned(),
            figures,
        };
        (row, names)
    }
}

fn compile(
    ground: &Ground<'_>,
    point: Option<u64>,
    changes: &[Change],
) -> Result<Compiled, SweepError> {
    ground
        .compile(changes)
        .map_err(|problems| SweepError::Refused {
            point,
            changes: changes.to_vec(),
            problems,
        })
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Slot {
    /// Adds a part; the whole where it is the last.
    fn add(&self, part: Tally, replications: u64) -> Option<Tally> {
        let mut held = locked(&self.tally);
        held.1 += part.replications;
        match &mut held.0 {
            Some(tally) => tally.merge(&part),
            none => *none = Some(part),
        }
        if held.1 < replications {
            return None;
        }
        held.0.take()
    }
}

impl Queue<'_> {
    /// Takes a point in, and tells of all that are next.
    fn put(&mut self, point: u64, row: Row, names: Vec<String>) -> Result<(), SweepError> {
        self.waiting.insert(point, (row, names));
        while let Some((row, names)) = self.waiting.remove(&self.next) {
            (self.tell)(&row, &names)?;
            self.next += 1;
        }
        Ok(())
    }
}
