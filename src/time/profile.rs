//! A value for each step of a day, a week or the whole horizon.

use super::{Piece, SimDuration};

/// What is known of a value that may change by the time of day, the weekday or the date.
#[derive(Debug, Clone, PartialEq)]
pub enum Profile<T> {
    /// Always the same.
    Constant(T),
    /// By weekday (0 = Monday) and wall clock; each day holds one value for each `step` of 24 hours.
    Weekly {
        /// The length of one entry; divides 24 hours.
        step: SimDuration,
        /// Seven days of `24 h / step` values.
        days: Box<[Vec<T>; 7]>,
    },
    /// By day of the horizon and real time since its start; a day on which the clocks change has its own length.
    Dated {
        /// The length of one entry; divides 24 hours.
        step: SimDuration,
        /// One list a day of the horizon, each covering its day.
        days: Vec<Vec<T>>,
    },
}

impl<T: Copy> Profile<T> {
    /// The value over a piece.
    #[inline]
    pub fn at(&self, piece: &Piece) -> T {
        match self {
            Self::Constant(value) => *value,
            Self::Weekly { step, days } => {
                days[usize::from(piece.weekday)][entry(piece.time_of_day, *step)]
            }
            Self::Dated { step, days } => {
                let day = &days[piece.day as usize];
                day[entry(piece.elapsed, *step).min(day.len() - 1)]
            }
        }
    }

    /// The length of one entry; `None` where the value never changes.
    pub fn step(&self) -> Option<SimDuration> {
        match self {
            Self::Constant(_) => None,
            Self::Weekly { step, .. } | Self::Dated { step, .. } => Some(*step),
        }
    }

    /// The same with every value changed.
    #[must_use]
    pub fn map(&self, change: impl Fn(T) -> T) -> Self {
        let changed = |day: &Vec<T>| day.iter().map(|&value| change(value)).collect();
        match self {
            Self::Constant(value) => Self::Constant(change(*value)),
            Self::Weekly { step, days } => Self::Weekly {
                step: *step,
                days: Box::new(std::array::from_fn(|day| changed(&days[day]))),
            },
            Self::Dated { step, days } => Self::Dated {
                step: *step,
                days: days.iter().map(changed).collect(),
            },
        }
    }

    /// Every value in the profile, each as often as it stands there.
    pub fn values(&self) -> Box<dyn Iterator<Item = T> + '_> {
        match self {
            Self::Constant(value) => Box::new(std::iter::once(*value)),
            Self::Weekly { days, .. } => Box::new(days.iter().flatten().copied()),
            Self::Dated { days, .. } => Box::new(days.iter().flatten().copied()),
        }
    }
}

#[inline]
fn entry(at: SimDuration, step: SimDuration) -> usize {
    usize::try_from(at.0 / step.0).expect("a day has fewer steps than a usize holds")
}
