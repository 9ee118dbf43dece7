//! What a sensitivity analysis tells, by figure and input.

use std::fmt;
use std::str::FromStr;

use super::morris::Paths;
use super::sobol::Samples;
use crate::scenario::change::Change;
use crate::scenario::uncertain::{Input, Spread};
use crate::stats::estimate::Estimate;
use crate::stats::summary::VariantSummary;
use crate::study::sweep::row::Table;

/// How inputs are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// One at a time, at both ends.
    OneAtATime,
    /// Elementary effects.
    Morris,
    /// Shares of the variance.
    Sobol,
}

impl Method {
    /// Its name in flags and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::OneAtATime => "oat",
            Self::Morris => "morris",
            Self::Sobol => "sobol",
        }
    }

    /// The names of what it tells of an input.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::OneAtATime => &["at_low", "at_high"],
            Self::Morris => &["mean_size", "mean", "deviation"],
            Self::Sobol => &["first_order", "total"],
        }
    }

    /// Points of its smallest part over so many inputs.
    pub fn part(self, inputs: u64) -> u64 {
        match self {
            Self::OneAtATime => 2 * inputs + 1,
            Self::Morris => inputs + 1,
            Self::Sobol => inputs + 2,
        }
    }

    /// How many such parts there are where nobody says how many points.
    pub fn usual_parts(self) -> u64 {
        match self {
            Self::OneAtATime => 1,
            Self::Morris => 20,
            Self::Sobol => 256,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Method {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let methods = [Self::OneAtATime, Self::Morris, Self::Sobol];
        let found = methods.into_iter().find(|method| method.name() == text);
        found.ok_or_else(|| "expected oat, morris or sobol".to_owned())
    }
}

/// What was found of all inputs and figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// The scenario's name.
    pub scenario: String,
    /// Its currency.
    pub currency: String,
    /// The variant whose inputs are uncertain.
    pub variant: String,
    /// The seed.
    pub seed: u64,
    /// Replications of each point.
    pub replications: u64,
    /// How inputs were looked at.
    pub method: Method,
    /// How many points were simulated.
    pub points: u64,
    /// The inputs.
    pub inputs: Vec<Range>,
    /// By figure.
    pub figures: Vec<OfFigure>,
}

/// An input with the ends of its range in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Its dotted path.
    pub key: String,
    /// The low end.
    pub low: String,
    /// The high end.
    pub high: String,
}

impl Range {
    /// The range of an input.
    pub fn of(input: &Input) -> Self {
        Self {
            key: input.key.clone(),
            low: input.low().to.to_string(),
            high: input.high().to.to_string(),
        }
    }
}

/// What becomes of one figure.
#[derive(Debug, Clone, PartialEq)]
pub struct OfFigure {
    /// Its name, a path.
    pub name: String,
    /// The figure with all inputs as the file has them; nothing where the method does not simulate that.
    pub base: Estimate,
    /// Its mean and its standard deviation over the uncertain inputs, where the method tells.
    pub spread: Option<(f64, f64)>,
    /// By input, the one that matters most first.
    pub effects: Vec<Effect>,
}

/// What one input does to a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The place of the input.
    pub input: usize,
    /// As many as [`Method::columns`].
    pub values: Vec<Estimate>,
}

impl Effect {
    /// How much the input matters.
    fn size(&self, method: Method) -> f64 {
        let mean = |at: usize| self.values.get(at).and_then(|value| value.mean);
        match method {
            Method::OneAtATime => {
                let (low, high) = (mean(0).unwrap_or(0.0), mean(1).unwrap_or(0.0));
                (high - low).abs().max(low.abs()).max(high.abs())
            }
            Method::Morris => mean(0).unwrap_or(0.0),
            Method::Sobol => mean(1).unwrap_or(0.0),
        }
    }
}

/// The effects with the largest first; those alike in the order of the inputs.
pub(super) fn sorted(mut effects: Vec<Effect>, method: Method) -> Vec<Effect> {
    effects.sort_by(|a, b| b.size(method).total_cmp(&a.size(method)));
    effects
}

/// The figures to look at where nobody says: the cost, and what is promised.
pub fn usual_figures(base: &VariantSummary) -> Vec<String> {
    let mut figures = vec!["cost.total".to_owned()];
    for (name, queue) in base.queues.iter() {
        let promised = queue.targets.iter();
        figures.extend(promised.map(|target| format!("queues.{name}.{}", target.measure)));
    }
    for (name, group) in base.groups.iter() {
        let promised = group.targets.iter();
        figures.extend(promised.map(|target| format!("groups.{name}.{}", target.measure)));
    }
    figures
}

/// The points of a global method, before they are simulated.
#[derive(Debug, Clone)]
pub enum Plan {
    /// Elementary effects.
    Morris(Paths),
    /// Shares of the variance.
    Sobol(Samples),
}

impl Plan {
    /// The plan of a method over these inputs, of so many of its parts. One at a time needs none and has paths.
    pub fn new(method: Method, inputs: &[Input], parts: usize, seed: u64) -> Self {
        let names: Vec<String> = inputs.iter().map(|input| input.key.clone()).collect();
        match method {
            Method::OneAtATime | Method::Morris => {
                Self::Morris(Paths::new(inputs.len(), parts, seed))
            }
            Method::Sobol => Self::Sobol(Samples::new(&names, parts, seed)),
        }
    }

    /// The points as changes of the inputs.
    pub fn points(&self, inputs: &[Input]) -> Vec<Vec<Change>> {
        let (points, is_grid) = match self {
            Self::Morris(paths) => (paths.points(), true),
            Self::Sobol(samples) => (samples.points(), false),
        };
        let change = |(share, input): (&f64, &Input)| match input.law.spread {
            // The ends of a factor without ends are those of its range.
            Spread::Lognormal { .. } if is_grid => input.at(0.05 + 0.9 * share),
            _ => input.at(share.clamp(0.0, 1.0)),
        };
        let changes = |point: Vec<f64>| point.iter().zip(inputs).map(change).collect();
        points.into_iter().map(changes).collect()
    }

    /// What the inputs do to a figure of the points that were simulated.
    pub fn figure(&self, name: &str, table: &Table, seed: u64) -> OfFigure {
        let values: Vec<f64> = table
            .rows
            .iter()
            .map(|row| {
                table
                    .figure(row, name)
                    .and_then(|figure| figure.mean)
                    .unwrap_or(f64::NAN)
            })
            .collect();
        let effects: Vec<Vec<Estimate>> = match self {
            Self::Morris(paths) => {
                let effects = paths.effects(&values, seed).into_iter();
                effects
                    .map(|of| vec![of.mean_size, of.mean, of.deviation])
                    .collect()
            }
            Self::Sobol(samples) => {
                let indices = samples.indices(&values, seed).into_iter();
                indices.map(|of| vec![of.first, of.total]).collect()
            }
        };
        let method = match self {
            Self::Morris(_) => Method::Morris,
            Self::Sobol(_) => Method::Sobol,
        };
        let effects = effects.into_iter().enumerate();
        let effects = effects
            .map(|(input, values)| Effect { input, values })
            .collect();
        OfFigure {
            name: name.to_owned(),
            base: Estimate::NONE,
            spread: self.spread(&values),
            effects: sorted(effects, method),
        }
    }

    /// Mean and standard deviation of a figure over the inputs: of a sample's rows; a path's places are not as likely as the inputs.
    fn spread(&self, values: &[f64]) -> Option<(f64, f64)> {
        let Self::Sobol(samples) = self else {
            return None;
        };
        let row = values.len() / samples.rows();
        let of_rows: Vec<f64> = values
            .chunks_exact(row)
            .flat_map(|row| [row[0], row[1]])
            .collect();
        let count = of_rows.len() as f64;
        let mean = of_rows.iter().sum::<f64>() / count;
        let squares: f64 = of_rows
            .iter()
            .map(|value| (value - mean) * (value - mean))
            .sum();
        let deviation = (squares / (count - 1.0)).sqrt();
        (mean.is_finite() && deviation.is_finite()).then_some((mean, deviation))
    }
}
