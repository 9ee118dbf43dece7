//! Which points a sweep has: all of a grid, or a sample of what lies between.

use std::fmt;
use std::str::FromStr;

use crate::scenario::change::{Change, Setting, clash};
use crate::scenario::uncertain::Input;
use crate::scenario::vary::{Values, Vary};
use crate::scenario::{Ground, name_hash};
use crate::sim::streams::{Purpose, StreamRoot, shares, shuffled};

/// The most points.
pub const MOST_POINTS: u64 = 1_000_000;
/// The most values of a key that are looked at beforehand.
const MOST_PROBES: usize = 1_000;

/// How points are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Every value of each key with every value of the others.
    Grid,
    /// Each key's value drawn on its own.
    Random,
    /// The same, but each key's values spread evenly over its range.
    LatinHypercube,
}

impl Kind {
    /// Its name in flags and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Random => "random",
            Self::LatinHypercube => "lhs",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let kinds = [Self::Grid, Self::Random, Self::LatinHypercube];
        let found = kinds.into_iter().find(|kind| kind.name() == text);
        found.ok_or_else(|| "expected grid, random or lhs".to_owned())
    }
}

/// Why there is no such design.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DesignError {
    /// Two keys are the same, or one leads into the other.
    #[error("--vary {0} and --vary {1}: one and the same, or one holds the other")]
    Clash(String, String),
    /// The values of a key are no values of a design.
    #[error("--vary {key}: {why}")]
    Values {
        /// The key.
        key: String,
        /// What is wrong.
        why: String,
    },
    /// More than there may be.
    #[error(
        "the sweep has {0} points, of {MOST_POINTS} at most: take larger steps, or --design lhs --points N"
    )]
    TooMany(u128),
    /// A sample needs a number.
    #[error("--design {0} needs --points N")]
    PointsMissing(Kind),
    /// A grid has its own.
    #[error(
        "--points goes with --design random or lhs: a grid has the points that its values make"
    )]
    PointsOfGrid,
}

/// The points of a sweep.
#[derive(Debug, Clone)]
pub struct Design {
    keys: Vec<String>,
    values: Vec<Axis>,
    points: u64,
    /// The points themselves where somebody else has chosen them.
    listed: Vec<Vec<Change>>,
    /// For each key and point the share below which its value lies; nothing of a grid.
    draws: Vec<Vec<f64>>,
}

/// What a key takes.
#[derive(Debug, Clone)]
enum Axis {
    Listed(Vec<Setting>),
    Between(Input),
}

impl Design {
    /// The points of these keys, as many as asked for where they are drawn, by this seed.
    ///
    /// # Errors
    /// When keys clash, or the values of one or the number of points make no such design.
    pub fn new(
        varied: &[Vary],
        (kind, points): (Kind, Option<u64>),
        seed: u64,
        ground: &Ground<'_>,
    ) -> Result<Self, DesignError> {
        for (number, vary) in varied.iter().enumerate() {
            let mut earlier = varied[..number].iter();
            if let Some(other) = earlier.find(|other| clash(&other.key, &vary.key)) {
                return Err(DesignError::Clash(other.key.clone(), vary.key.clone()));
            }
        }
        let values = varied
            .iter()
            .map(|vary| axis(vary, kind, ground))
            .collect::<Result<Vec<_>, _>>()?;
        let points = match (kind, points) {
            (Kind::Grid, Some(_)) => return Err(DesignError::PointsOfGrid),
            (Kind::Grid, None) => all_points(&values),
            (_, None) => return Err(DesignError::PointsMissing(kind)),
            (_, Some(points)) => u128::from(points),
        };
        let points = u64::try_from(points)
            .ok()
            .filter(|points| *points <= MOST_POINTS)
            .ok_or(DesignError::TooMany(points))?;
        let draw = |vary: &Vary| {
            let mut stream = StreamRoot::new(seed, 0).stream(name_hash(&vary.key), Purpose::Design);
            match kind {
                Kind::Grid => Vec::new(),
                Kind::Random => shares(&mut stream, points),
                Kind::LatinHypercube => {
                    let strata = shuffled(&mut stream, points);
                    let within = shares(&mut stream, points);
                    let place =
                        |(stratum, within): (u64, f64)| (stratum as f64 + within) / points as f64;
                    strata.into_iter().zip(within).map(place).collect()
                }
            }
        };
        Ok(Self {
            draws: varied.iter().map(draw).collect(),
            keys: varied.iter().map(|vary| vary.key.clone()).collect(),
            values,
            points,
            listed: Vec::new(),
        })
    }

    /// Points that somebody else has chosen, all of the same keys.
    pub fn of(points: Vec<Vec<Change>>) -> Self {
        let keys = points
            .first()
            .map(|first| first.iter().map(|change| change.key.clone()).collect());
        Self {
            keys: keys.unwrap_or_default(),
            values: Vec::new(),
            points: points.len() as u64,
            draws: Vec::new(),
            listed: points,
        }
    }

    /// The keys, in the order given.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// How many points there are.
    pub fn points(&self) -> u64 {
        self.points
    }

    /// Point `index`, from 0: the last key of a grid changes fastest.
    pub fn point(&self, index: u64) -> Vec<Change> {
        let mut rest = usize::try_from(index).unwrap_or(usize::MAX);
        if let Some(changes) = self.listed.get(rest) {
            return changes.clone();
        }
        let mut changes: Vec<Change> = Vec::with_capacity(self.keys.len());
        let axes = self.keys.iter().zip(&self.values).zip(&self.draws);
        for ((key, axis), draws) in axes.rev() {
            let to = match (axis, draws.get(rest)) {
                (Axis::Listed(settings), None) => {
                    let at = rest % settings.len();
                    rest /= settings.len();
                    settings[at].clone()
                }
                (Axis::Listed(settings), Some(u)) => settings[place(*u, settings.len())].clone(),
                (Axis::Between(input), u) => input.at(u.copied().unwrap_or(0.5)).to,
            };
            changes.push(Change {
                key: key.clone(),
                to,
            });
        }
        changes.reverse();
        changes
    }

    /// Points in which every value of each key comes up, or of more than a thousand as many, evenly spread; of points that
    /// somebody else has chosen the first ten thousand. For a check before any is run.
    pub fn probes(&self) -> Vec<Vec<Change>> {
        if !self.listed.is_empty() {
            return self.listed.iter().take(MOST_PROBES * 10).cloned().collect();
        }
        let first = self.point(0);
        let mut probes = vec![first.clone()];
        for (number, axis) in self.values.iter().enumerate() {
            let settings: Vec<Setting> = match axis {
                Axis::Listed(settings) => {
                    let every = settings.len().div_ceil(MOST_PROBES);
                    let last = settings.last().filter(|_| every > 1);
                    settings
                        .iter()
                        .step_by(every)
                        .chain(last)
                        .cloned()
                        .collect()
                }
                Axis::Between(input) => vec![input.low().to, input.high().to],
            };
            probes.extend(settings.into_iter().map(|to| {
                let mut changes = first.clone();
                changes[number].to = to;
                changes
            }));
        }
        probes
    }
}

/// The values of a key in a design of this kind.
fn axis(vary: &Vary, kind: Kind, ground: &Ground<'_>) -> Result<Axis, DesignError> {
    let fault = |why: String| DesignError::Values {
        key: vary.key.clone(),
        why,
    };
    match &vary.values {
        Values::Listed(settings) => Ok(Axis::Listed(settings.clone())),
        Values::Between(range) => match range.input(&vary.key) {
            Some(input) if kind != Kind::Grid => Ok(Axis::Between(ground.as_it_may_be(input))),
            _ => range.steps().map(Axis::Listed).map_err(fault),
        },
    }
}

fn all_points(values: &[Axis]) -> u128 {
    let count = |axis: &Axis| match axis {
        Axis::Listed(settings) => settings.len() as u128,
        Axis::Between(_) => 1,
    };
    values.iter().map(count).fold(1, u128::saturating_mul)
}

/// The place of a share among so many.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share times a length"
)]
fn place(u: f64, many: usize) -> usize {
    ((u * many as f64) as usize).min(many - 1)
}
