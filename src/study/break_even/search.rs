//! The search: both ends of the range, then where a straight line between two values would meet zero, or halfway.

use crate::scenario::model::{Compiled, Stopping};
use crate::scenario::uncertain::Unit;
use crate::sim::parallel::Workers;
use crate::stats::estimate::Estimate;
use crate::stats::measure::Measure;
use crate::stats::summary::{ScenarioLabel, Stopped};
use crate::study::labels::scenario;
use crate::study::mixes::bench::{Bench, Mix, Ran};
use crate::study::run::RunError;

use super::found::{BreakEven, Crossing, Tried, is_monotone};
use super::question::{BreakEvenError, Opposite, Question};

/// The range of a key that takes any number is cut into so many parts; between two of its values the curve is taken to be straight.
const PARTS: u32 = 1_024;

/// Finds the value. `done` is told of each value tried.
///
/// # Errors
/// When the file refuses a value, has no such figure, or the run fails.
pub fn break_even(
    question: &Question<'_>,
    workers: &Workers,
    done: &dyn Fn(),
) -> Result<BreakEven, BreakEvenError> {
    let mut search = Search::new(question, workers, done)?;
    let last = search.parts;
    search.value_at(0)?;
    search.value_at(last)?;
    let at = search.root(|tried| tried.difference.mean)?;
    let ends = match at {
        Some(_) => [
            search.root(|tried| tried.difference.lo)?,
            search.root(|tried| tried.difference.hi)?,
        ],
        None => [None, None],
    };
    let rises = search.tried[0].difference.mean <= Some(0.0);
    let place = |root: Option<f64>| root.map(|part| search.number(part));
    // Where the difference rises, the upper end of its interval crosses first.
    let (lo, hi) = if rises {
        (place(ends[1]), place(ends[0]))
    } else {
        (place(ends[0]), place(ends[1]))
    };
    let (low, high) = question.input.ends();
    Ok(BreakEven {
        scenario: search.label.clone().ok_or_else(interrupted)?,
        variant: question.ground.name().to_owned(),
        key: question.input.key.clone(),
        unit: match question.input.law.unit {
            Unit::Number => "number",
            Unit::Whole => "whole",
            Unit::Seconds => "seconds",
            Unit::Factor => "factor",
        },
        low,
        high,
        figure: search.figure.clone().ok_or_else(interrupted)?,
        equals: question.opposite.text(),
        crossing: place(at).map(|at| Crossing { at, lo, hi, rises }),
        is_monotone: is_monotone(&search.tried),
        tried: search.tried,
    })
}

fn interrupted() -> BreakEvenError {
    RunError::Interrupted.into()
}

/// Values tried so far, and how to try another.
struct Search<'a> {
    question: &'a Question<'a>,
    workers: &'a Workers,
    done: &'a dyn Fn(),
    /// The last of the parts that the range is cut into.
    parts: u32,
    /// In the order of the key.
    tried: Vec<Tried>,
    figure: Option<Measure>,
    label: Option<ScenarioLabel>,
}

impl<'a> Search<'a> {
    fn new(
        question: &'a Question<'a>,
        workers: &'a Workers,
        done: &'a dyn Fn(),
    ) -> Result<Self, BreakEvenError> {
        let (low, high) = question.input.ends();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, and is checked"
        )]
        let parts = match question.input.law.unit {
            Unit::Whole => (high - low) as u32,
            Unit::Number | Unit::Seconds | Unit::Factor => PARTS,
        };
        if parts == 0 || parts == u32::MAX {
            let message = format!("there is no search from {low} to {high}");
            return Err(BreakEvenError::Refused(message));
        }
        Ok(Self {
            question,
            workers,
            done,
            parts,
            tried: Vec::new(),
            figure: None,
            label: None,
        })
    }

    fn number(&self, part: f64) -> f64 {
        let (low, high) = self.question.input.ends();
        low + (high - low) * part / f64::from(self.parts)
    }

    /// The first part of the range at which a curve changes its sign: between two parts, where a straight line would; of whole numbers the
    /// first on the far side.
    fn root(&mut self, curve: fn(&Tried) -> Option<f64>) -> Result<Option<f64>, BreakEvenError> {
        let is_above = |tried: &Tried| curve(tried).is_some_and(|value| value > 0.0);
        let mut width = u32::MAX;
        loop {
            let mut pairs = self.tried.windows(2);
            let Some(pair) = pairs.find(|pair| is_above(&pair[0]) != is_above(&pair[1])) else {
                return Ok(None);
            };
            let (from, to) = (pair[0].part, pair[1].part);
            let size = |tried: &Tried| curve(tried).unwrap_or(0.0).abs();
            let all = size(&pair[0]) + size(&pair[1]);
            let share = if all > 0.0 { size(&pair[0]) / all } else { 0.5 };
            let straight = f64::from(from) + share * f64::from(to - from);
            if to - from == 1 {
                let is_whole = self.question.input.law.unit == Unit::Whole;
                return Ok(Some(if is_whole { f64::from(to) } else { straight }));
            }
            // A straight line, unless that has not halved the stretch.
            let next = if to - from > width / 2 {
                from + (to - from) / 2
            } else {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "between two parts"
                )]
                let straight = straight.round() as u32;
                straight.clamp(from + 1, to - 1)
            };
            width = to - from;
            self.value_at(next)?;
        }
    }

    /// Runs one value of the key.
    fn value_at(&mut self, part: u32) -> Result<(), BreakEvenError> {
        let question = self.question;
        let value = self.number(f64::from(part));
        let change = question.input.change(value);
        let compiled = question
            .ground
            .compile(std::slice::from_ref(&change))
            .map_err(|problems| {
                let first = problems.first();
                let message = first.map_or("refused", |problem| problem.message.as_str());
                let hint = first.and_then(|problem| problem.hint.as_deref());
                let hint = hint.map_or(String::new(), |hint| format!("; {hint}"));
                BreakEvenError::Refused(format!("{change}: {message}{hint}"))
            })?;
        let (figure, ran, [own, other, difference]) = self.estimates(&compiled)?;
        if difference.mean.is_none() {
            let name = question.figure;
            let message = format!("{change}: there is no {name} to compare: nothing was counted");
            return Err(BreakEvenError::Refused(message));
        }
        let tried = Tried {
            value,
            own,
            other,
            difference,
            part,
        };
        let at = self.tried.partition_point(|tried| tried.part < part);
        self.tried.insert(at, tried);
        self.figure = Some(figure);
        self.label = Some(scenario(
            &compiled,
            question.seed,
            (ran.replications, ran.joint.replications),
            ran.stopped,
        ));
        (self.done)();
        Ok(())
    }

    /// The figure, what was run, and the figure, what it is held against and the difference.
    fn estimates(
        &self,
        compiled: &Compiled,
    ) -> Result<(Measure, Ran, [Estimate; 3]), BreakEvenError> {
        let question = self.question;
        let mut mixes = vec![Mix::of(&compiled.variants[0], question.ground.name())];
        if let Opposite::Mix(variant) = &question.opposite {
            mixes.push(Mix::of(variant, &variant.name));
        }
        let bench = Bench::new(mixes, question.seed)?;
        let named = |name: &str| Measure::named(name, &bench).map_err(BreakEvenError::Refused);
        let figure = named(question.figure)?;
        let stopping = Stopping::Replications(question.replications);
        let ran = bench.run(stopping, self.workers, &|| ())?;
        if ran.stopped == Stopped::Interrupted {
            return Err(interrupted());
        }
        let own = bench.estimate(&ran.joint, 0, &figure);
        let [other, difference] = match &question.opposite {
            Opposite::Number(number) => [Estimate::around(*number, 0.0), less(own, *number)],
            Opposite::Mix(_) => [
                bench.estimate(&ran.joint, 1, &figure),
                bench.difference(&ran.joint, (0, 1), &figure),
            ],
            Opposite::Figure(name) => {
                let other = named(name)?;
                if other.kind() != figure.kind() {
                    let message = format!("{} and {name} are not of a kind", question.figure);
                    return Err(BreakEvenError::Refused(message));
                }
                let wanted = figure.wanted(&bench, 0).zip(other.wanted(&bench, 0));
                let difference = wanted.map_or(Estimate::NONE, |(own, other)| {
                    ran.joint.difference(own.quantity(), other.quantity())
                });
                [bench.estimate(&ran.joint, 0, &other), difference]
            }
        };
        Ok((figure, ran, [own, other, difference]))
    }
}

fn less(estimate: Estimate, number: f64) -> Estimate {
    let less = |value: Option<f64>| value.map(|value| value - number);
    Estimate {
        mean: less(estimate.mean),
        lo: less(estimate.lo),
        hi: less(estimate.hi),
        ..estimate
    }
}
