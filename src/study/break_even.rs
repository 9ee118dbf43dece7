//! The value of a key at which a figure of one mix equals that of another, or another figure, or a number.
//!
//! Every value of the key meets the same customers, so the difference is a smooth curve over the key, and so are the ends of its 95 %
//! interval. The root is that of the curve; its interval are the values at which the interval of the difference holds zero.

use serde::Serialize;

use crate::scenario::Ground;
use crate::scenario::hint_of;
use crate::scenario::model::{Compiled, Stopping, Variant};
use crate::scenario::uncertain::{Input, Unit};
use crate::sim::parallel::Workers;
use crate::stats::estimate::Estimate;
use crate::stats::summary::{ScenarioLabel, Stopped};

use super::labels::scenario;
use super::mixes::bench::{Bench, Mix, TooMany};
use super::mixes::measure::Measure;
use super::run::RunError;

/// The range of a key that takes any number is cut into so many parts; between two of its values the curve is taken to be straight.
const PARTS: u32 = 1_024;

/// What a figure is held against.
#[derive(Debug, Clone)]
pub enum Opposite<'a> {
    /// A number.
    Number(f64),
    /// The same figure of a variant as it is written.
    Mix(&'a Variant),
    /// Another figure of the same mix.
    Figure(String),
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum BreakEvenError {
    /// The question cannot be asked of this file.
    #[error("{0}")]
    Refused(String),
    /// Too many queues.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The run failed.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// What is asked.
#[derive(Debug)]
pub struct Question<'a> {
    /// The variant whose key is varied.
    pub ground: &'a Ground<'a>,
    /// The key, with the ends of its range.
    pub input: Input,
    /// The figure's name.
    pub figure: &'a str,
    /// What it is held against.
    pub opposite: Opposite<'a>,
    /// Replications of each value.
    pub replications: u64,
    /// Seed of all.
    pub seed: u64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BreakEven {
    /// What was run.
    pub scenario: ScenarioLabel,
    /// The variant whose key is varied.
    pub variant: String,
    /// The key.
    pub key: String,
    /// What its values are: `number`, `whole`, `seconds` or `factor`.
    pub unit: &'static str,
    /// The lowest value.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// The figure.
    pub figure: Measure,
    /// What it is held against, as asked.
    pub equals: String,
    /// Where they are equal; nothing where they are not within the range.
    pub crossing: Option<Crossing>,
    /// Whether the difference goes one way over the values tried, but for its intervals.
    pub is_monotone: bool,
    /// The values tried, from the lowest.
    pub tried: Vec<Tried>,
}

/// Where two figures are equal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Crossing {
    /// The value of the key; of whole numbers the first on the far side.
    pub at: f64,
    /// The lowest value at which they may be equal; nothing where that is below the range.
    pub lo: Option<f64>,
    /// The highest (of whole numbers the first that is on the far side for certain); nothing where that is above the range.
    pub hi: Option<f64>,
    /// Whether the figure is the smaller one below and the larger one above.
    pub rises: bool,
}

/// A value of the key.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Tried {
    /// The value.
    pub value: f64,
    /// The figure.
    pub own: Estimate,
    /// What it is held against.
    pub other: Estimate,
    /// The one less the other, paired.
    pub difference: Estimate,
    #[serde(skip)]
    part: u32,
}

impl<'a> Opposite<'a> {
    /// A number, the name of a variant, or of a figure.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn named(text: &str, compiled: &'a Compiled) -> Result<Self, String> {
        if let Ok(number) = text.parse::<f64>()
            && number.is_finite()
        {
            return Ok(Self::Number(number));
        }
        let mut variants = compiled.variants.iter();
        if let Some(variant) = variants.find(|variant| variant.name == text) {
            return Ok(Self::Mix(variant));
        }
        let base = Bench::new(vec![Mix::of(&compiled.variants[0], "")], 0);
        let figures = base.as_ref().map_or(Vec::new(), Measure::all);
        let figures: Vec<String> = figures.iter().map(Measure::name).collect();
        if figures.iter().any(|figure| figure == text) || text.contains('.') {
            return Ok(Self::Figure(text.to_owned()));
        }
        let variants = compiled
            .variants
            .iter()
            .map(|variant| variant.name.as_str());
        let known = variants.chain(figures.iter().map(String::as_str));
        let hint = hint_of(text, known);
        Err(format!(
            "\"{text}\" is no number, no variant and no figure; {hint}"
        ))
    }

    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Mix(variant) => variant.name.clone(),
            Self::Figure(figure) => figure.clone(),
        }
    }
}

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
        let (other, difference) = match &question.opposite {
            Opposite::Number(number) => (Estimate::around(*number, 0.0), less(own, *number)),
            Opposite::Mix(_) => (
                bench.estimate(&ran.joint, 1, &figure),
                bench.difference(&ran.joint, (0, 1), &figure),
            ),
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
                (bench.estimate(&ran.joint, 0, &other), difference)
            }
        };
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

/// Whether each step of the curve goes the way that the whole goes, or back by less than the interval there is wide.
fn is_monotone(tried: &[Tried]) -> bool {
    let mean = |tried: &Tried| tried.difference.mean.unwrap_or(0.0);
    let (Some(first), Some(last)) = (tried.first(), tried.last()) else {
        return true;
    };
    let way = (mean(last) - mean(first)).signum();
    tried.windows(2).all(|pair| {
        let back = way * (mean(&pair[0]) - mean(&pair[1]));
        back <= pair[1].difference.half_width().unwrap_or(0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(differences: &[f64]) -> Vec<Tried> {
        let one = |(part, difference): (u32, &f64)| Tried {
            value: f64::from(part),
            own: Estimate::NONE,
            other: Estimate::NONE,
            difference: Estimate::around(*difference, 0.5),
            part,
        };
        (0..).zip(differences).map(one).collect()
    }

    #[test]
    fn a_curve_that_turns_is_told_from_one_that_wavers() {
        assert!(is_monotone(&tried(&[-3.0, -1.0, -1.3, 2.0])));
        assert!(is_monotone(&tried(&[3.0, 1.0, 1.3, -2.0])));
        assert!(!is_monotone(&tried(&[-3.0, 1.0, -1.0, 2.0])));
    }
}
