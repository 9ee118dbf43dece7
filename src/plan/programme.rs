//! A linear programme: variables within bounds, some of them whole numbers, under linear constraints, at least cost. The only place that
//! knows the solver; every answer is checked here against the constraints as they were written.
//!
//! A build without the feature `optimise` has no solver: [`Programme::minimise`] says so.
//!
//! # Examples
//!
//! Two shifts cover four and five heads; a head of the first costs 3, one of the second 4.
//!
//! ```
//! # #[cfg(feature = "optimise")] {
//! use channelmix::plan::programme::{Limits, Programme};
//!
//! let mut programme = Programme::default();
//! let early = programme.whole(3.0, 0.0, 10.0);
//! let late = programme.whole(4.0, 0.0, 10.0);
//! programme.at_least(&[(early, 1.0), (late, 2.0)], 5.0);
//! programme.at_least(&[(early, 3.0), (late, 1.0)], 4.0);
//! let found = programme.minimise(Limits::default())?;
//! assert_eq!((found.whole(early), found.whole(late)), (1, 2));
//! assert_eq!((found.cost, found.bound), (11.0, 11.0));
//! # }
//! # Ok::<(), channelmix::plan::programme::Unsolved>(())
//! ```

use std::collections::BTreeMap;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use thiserror::Error;

use super::solver::{self, answer::Minimise};

/// How far a constraint may be missed, of the largest number in it: a solver reckons in floating point.
const TOLERANCE: f64 = 1e-6;
/// How often it is asked whether anybody wants the solver to end.
const LOOK: Duration = Duration::from_millis(20);

/// A variable of one programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variable(usize);

/// A constraint of one programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Constraint(usize);

#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) cost: f64,
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) is_whole: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sense {
    AtLeast,
    AtMost,
    Equal,
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) terms: Vec<(usize, f64)>,
    pub(super) sense: Sense,
    pub(super) amount: f64,
}

/// Variables, their costs and bounds, and the constraints between them.
#[derive(Debug, Clone, Default)]
pub struct Programme {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

/// When to stop: whichever comes first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// How much dearer than the bound the answer may be, as a share of its cost.
    pub gap: f64,
    /// The most smaller programmes that are solved for whole numbers: the same on any machine.
    pub nodes: u64,
    /// The longest time; an answer that was cut off by it may differ from machine to machine.
    pub time: Duration,
}

impl Default for Limits {
    /// Within 0.1 % of the bound, for ten thousand smaller programmes and a minute at most.
    fn default() -> Self {
        Self {
            gap: 0.001,
            nodes: 10_000,
            time: Duration::from_secs(60),
        }
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// By number of the variable; those of whole variables are whole.
    pub values: Vec<f64>,
    /// What it costs.
    pub cost: f64,
    /// What no answer can be cheaper than.
    pub bound: f64,
    /// Whether time ended it before the gap or the work did: another machine may find another answer.
    pub is_late: bool,
}

impl Found {
    /// The value of a variable.
    pub fn value(&self, variable: Variable) -> f64 {
        self.values[variable.0]
    }

    /// The value of a whole variable.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "bounds of whole variables fit into 32 bits"
    )]
    pub fn whole(&self, variable: Variable) -> i64 {
        self.values[variable.0].round() as i64
    }

    /// The cost above the bound as a share of the cost; 0 where both are the same.
    pub fn gap(&self) -> f64 {
        let above = self.cost - self.bound;
        if above <= 0.0 {
            return 0.0;
        }
        above / self.cost.abs().max(above)
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unsolved {
    /// No values meet all constraints; [`Programme::short_of`] tells by how much they fail.
    #[error("no solution meets all constraints")]
    Infeasible,
    /// Costs fall without end.
    #[error("the cost has no lower bound")]
    Unbounded,
    /// The time was over before any answer was found.
    #[error("no solution was found within the time limit")]
    TimeOut,
    /// The work was done before any answer was found.
    #[error("no solution was found within the work limit")]
    WorkOut,
    /// Somebody stopped it.
    #[error("the optimiser was stopped")]
    Stopped,
    /// The programme was built without a solver.
    #[error("this build has no optimiser: build it with the feature `optimise`")]
    NoSolver,
    /// The solver gave up, or gave an answer that breaks a constraint.
    #[error("the optimiser failed: {0}")]
    Failed(String),
}

impl Programme {
    /// Adds a variable that may take any value within its bounds, which may be infinite.
    pub fn variable(&mut self, cost: f64, min: f64, max: f64) -> Variable {
        self.add(cost, min, max, false)
    }

    /// Adds a variable that takes whole numbers within its bounds, which fit into 32 bits or are infinite.
    pub fn whole(&mut self, cost: f64, min: f64, max: f64) -> Variable {
        self.add(cost, min, max, true)
    }

    fn add(&mut self, cost: f64, min: f64, max: f64, is_whole: bool) -> Variable {
        self.columns.push(Column {
            cost,
            min,
            max,
            is_whole,
        });
        Variable(self.columns.len() - 1)
    }

    /// The weighted sum is at least the amount.
    pub fn at_least(&mut self, terms: &[(Variable, f64)], amount: f64) -> Constraint {
        self.constrain(terms, Sense::AtLeast, amount)
    }

    /// The weighted sum is at most the amount.
    pub fn at_most(&mut self, terms: &[(Variable, f64)], amount: f64) -> Constraint {
        self.constrain(terms, Sense::AtMost, amount)
    }

    /// The weighted sum is the amount.
    pub fn equal(&mut self, terms: &[(Variable, f64)], amount: f64) -> Constraint {
        self.constrain(terms, Sense::Equal, amount)
    }

    fn constrain(&mut self, terms: &[(Variable, f64)], sense: Sense, amount: f64) -> Constraint {
        let mut factors = BTreeMap::new();
        for &(variable, factor) in terms {
            *factors.entry(variable.0).or_insert(0.0) += factor;
        }
        factors.retain(|_, factor| *factor != 0.0);
        let terms = factors.into_iter().collect();
        self.rows.push(Row {
            terms,
            sense,
            amount,
        });
        Constraint(self.rows.len() - 1)
    }

    /// How many variables and constraints there are.
    pub fn size(&self) -> (usize, usize) {
        (self.columns.len(), self.rows.len())
    }

    /// The cheapest values, within the limits.
    ///
    /// # Errors
    ///
    /// There is no answer, or none was found; or the solver's breaks a constraint, which is told and never handed on.
    pub fn minimise(&self, limits: Limits) -> Result<Found, Unsolved> {
        self.minimise_by(solver::minimise, limits)
    }

    /// The same, until `stop` says so. A solver cannot be stopped: it runs on a thread of its own, and who does not want to wait for it leaves it
    /// alone.
    ///
    /// # Errors
    ///
    /// See [`Self::minimise`]; or it was stopped.
    pub fn minimise_until(
        &self,
        limits: Limits,
        stop: &dyn Fn() -> bool,
    ) -> Result<Found, Unsolved> {
        let (sender, found) = mpsc::channel();
        let programme = self.clone();
        thread::spawn(move || {
            // Nobody may be waiting any more.
            let _ = sender.send(programme.minimise(limits));
        });
        loop {
            match found.recv_timeout(LOOK) {
                Ok(found) => return found,
                Err(RecvTimeoutError::Timeout) if stop() => return Err(Unsolved::Stopped),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    let message = "the solver ended without an answer";
                    return Err(Unsolved::Failed(message.to_owned()));
                }
            }
        }
    }

    fn minimise_by(&self, solve: Minimise, limits: Limits) -> Result<Found, Unsolved> {
        self.check_numbers()?;
        let answer = solve(self, limits)?;
        let values = self.rounded(answer.values);
        self.check(&values)?;
        let costs = self.columns.iter().zip(&values);
        let cost = costs.map(|(column, value)| column.cost * value).sum();
        Ok(Found {
            values,
            cost,
            bound: answer.bound.min(cost),
            is_late: answer.is_late,
        })
    }

    /// By how much some constraints must be missed so that the others can be met: the least sum of what is missing, each times its weight.
    /// One number for each constraint given.
    ///
    /// # Errors
    ///
    /// The other constraints cannot be met by themselves, no answer was found, or `stop` said that somebody wants it to end.
    pub fn short_of(
        &self,
        soft: &[(Constraint, f64)],
        limits: Limits,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<f64>, Unsolved> {
        let mut relaxed = self.clone();
        for column in &mut relaxed.columns {
            column.cost = 0.0;
        }
        let mut slack = |row: usize, factor: f64, weight: f64| {
            let variable = relaxed.variable(weight, 0.0, f64::INFINITY);
            relaxed.rows[row].terms.push((variable.0, factor));
            variable
        };
        let missing: Vec<Vec<Variable>> = soft
            .iter()
            .map(|&(Constraint(row), weight)| match self.rows[row].sense {
                Sense::AtLeast => vec![slack(row, 1.0, weight)],
                Sense::AtMost => vec![slack(row, -1.0, weight)],
                Sense::Equal => vec![slack(row, 1.0, weight), slack(row, -1.0, weight)],
            })
            .collect();
        let found = relaxed.minimise_until(limits, stop)?;
        let sum = |slacks: &Vec<Variable>| slacks.iter().map(|&slack| found.value(slack)).sum();
        Ok(missing.iter().map(sum).collect())
    }

    fn check_numbers(&self) -> Result<(), Unsolved> {
        let of_columns = self
            .columns
            .iter()
            .all(|column| column.cost.is_finite() && !column.min.is_nan() && !column.max.is_nan());
        let of_rows = self.rows.iter().all(|row| {
            let factors = row.terms.iter().all(|(_, factor)| factor.is_finite());
            factors && row.amount.is_finite()
        });
        if of_columns && of_rows {
            return Ok(());
        }
        let message = "a cost, a bound or a factor is not a finite number";
        Err(Unsolved::Failed(message.to_owned()))
    }

    /// Whole variables at whole numbers, values at the bounds that they miss by less than the tolerance.
    fn rounded(&self, mut values: Vec<f64>) -> Vec<f64> {
        for (column, value) in self.columns.iter().zip(&mut values) {
            if column.is_whole {
                *value = value.round();
            }
            let near = |bound: f64| {
                bound.is_finite() && (*value - bound).abs() <= TOLERANCE * bound.abs().max(1.0)
            };
            if near(column.min) {
                *value = column.min;
            } else if near(column.max) {
                *value = column.max;
            }
        }
        values
    }

    /// Whether values keep within bounds and meet every constraint.
    fn check(&self, values: &[f64]) -> Result<(), Unsolved> {
        let broken = |what: String| Err(Unsolved::Failed(what));
        for (number, (column, &value)) in self.columns.iter().zip(values).enumerate() {
            if !(column.min..=column.max).contains(&value) {
                return broken(format!(
                    "variable {number} is {value}, outside {} to {}",
                    column.min, column.max
                ));
            }
        }
        for (number, row) in self.rows.iter().enumerate() {
            let parts = row.terms.iter().map(|&(at, factor)| factor * values[at]);
            let (sum, largest) = parts
                .fold((0.0, row.amount.abs().max(1.0)), |(sum, most), part| {
                    (sum + part, f64::max(most, part.abs()))
                });
            let above: f64 = sum - row.amount;
            let missed = match row.sense {
                Sense::AtLeast => -above,
                Sense::AtMost => above,
                Sense::Equal => above.abs(),
            };
            if missed > TOLERANCE * largest {
                return broken(format!(
                    "constraint {number} is missed by {missed:e} of {}",
                    row.amount
                ));
            }
        }
        Ok(())
    }
}

#[cfg(all(test, feature = "optimise"))]
#[path = "programme_tests.rs"]
mod tests;
