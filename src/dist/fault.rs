//! What can be wrong with the parameters of a distribution.

use thiserror::Error;

use super::{Family, weibull};

/// The largest coefficient of variation that is accepted.
pub const MAX_CV: f64 = 100.0;
/// The smallest coefficient of variation that is accepted; below it a time is [`Family::Constant`].
pub const MIN_CV: f64 = 1e-6;
/// The longest time that is accepted as a parameter, about 317 years: far from overflow in every family.
pub const MAX_SECONDS: f64 = 1e10;
/// The most stages of an Erlang distribution.
pub const MAX_STAGES: u32 = 10_000;
/// How far shares may lie from a sum of one.
pub const SHARE_TOLERANCE: f64 = 1e-9;

/// What can be wrong with the parameters of a [`Family`].
#[derive(Debug, Clone, PartialEq, Error)]
pub enum FamilyError {
    /// A parameter is NaN or infinite.
    #[error("a parameter of a distribution must be finite, found {found}")]
    NotFinite {
        /// The value found.
        found: f64,
    },
    /// A mean is zero or negative.
    #[error("a mean must be above zero, found {found}")]
    MeanNotPositive {
        /// The value found.
        found: f64,
    },
    /// A time is negative.
    #[error("a time must not be negative, found {found}")]
    Negative {
        /// The value found.
        found: f64,
    },
    /// A time is beyond [`MAX_SECONDS`].
    #[error("a time must not exceed {MAX_SECONDS:e} seconds, found {found}")]
    TooLong {
        /// The value found.
        found: f64,
    },
    /// A coefficient of variation is zero, negative, too small or too large.
    #[error(
        "cv must lie between {MIN_CV} and {MAX_CV}, found {found}; a time without variation is \"constant\""
    )]
    CvOutOfRange {
        /// The value found.
        found: f64,
    },
    /// A Weibull shape is not positive.
    #[error("shape must be above zero, found {found}")]
    ShapeNotPositive {
        /// The value found.
        found: f64,
    },
    /// A Weibull scale is not positive.
    #[error("scale must be above zero, found {found}")]
    ScaleNotPositive {
        /// The value found.
        found: f64,
    },
    /// An Erlang distribution without stages or with too many.
    #[error("stages must lie between 1 and {MAX_STAGES}, found {found}")]
    StagesOutOfRange {
        /// The value found.
        found: u32,
    },
    /// Bounds in the wrong order.
    #[error("min must not exceed max, found min {min} and max {max}")]
    MinAboveMax {
        /// Lower bound found.
        min: f64,
        /// Upper bound found.
        max: f64,
    },
    /// A mode that is not between the bounds.
    #[error("mode must lie between min and max, found {mode} outside {min} to {max}")]
    ModeOutside {
        /// Lower bound found.
        min: f64,
        /// Mode found.
        mode: f64,
        /// Upper bound found.
        max: f64,
    },
    /// Means and shares of different number.
    #[error("means and shares must be equally many, found {means} means and {shares} shares")]
    LengthsDiffer {
        /// How many means.
        means: usize,
        /// How many shares.
        shares: usize,
    },
    /// A share is negative.
    #[error("a share must not be negative, found {found}")]
    ShareNegative {
        /// The value found.
        found: f64,
    },
    /// Shares that do not sum to one.
    #[error("shares must sum to 1, found {found}")]
    SharesNotOne {
        /// The sum found.
        found: f64,
    },
    /// A list of values, means or parts is empty.
    #[error("a distribution needs at least one value")]
    Empty,
}

impl Family {
    /// Checks every parameter.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the parameters, see [`FamilyError`].
    pub fn check(&self) -> Result<(), FamilyError> {
        match self {
            Self::Constant { value } => time(*value),
            Self::Exponential { mean } => positive_mean(*mean),
            Self::Gamma { mean, cv } | Self::Lognormal { mean, cv } => {
                positive_mean(*mean).and_then(|()| valid_cv(*cv))
            }
            Self::Erlang { mean, stages } => {
                positive_mean(*mean)?;
                let found = *stages;
                let valid = (1..=MAX_STAGES).contains(&found);
                valid
                    .then_some(())
                    .ok_or(FamilyError::StagesOutOfRange { found })
            }
            Self::Weibull { shape, scale } => check_weibull(*shape, *scale),
            Self::Uniform { min, max } => bounds(*min, *max),
            Self::Triangular { min, mode, max } => {
                bounds(*min, *max)?;
                finite(*mode)?;
                let (min, mode, max) = (*min, *mode, *max);
                let inside = (min..=max).contains(&mode);
                inside
                    .then_some(())
                    .ok_or(FamilyError::ModeOutside { min, mode, max })
            }
            Self::Hyperexponential { means, shares } => {
                if means.len() != shares.len() {
                    return Err(FamilyError::LengthsDiffer {
                        means: means.len(),
                        shares: shares.len(),
                    });
                }
                means.iter().try_for_each(|mean| positive_mean(*mean))?;
                valid_shares(shares.iter().copied())
            }
            Self::Empirical { values } => {
                values.iter().try_for_each(|value| time(*value))?;
                (!values.is_empty()).then_some(()).ok_or(FamilyError::Empty)
            }
            Self::Mixture { parts } => {
                parts.iter().try_for_each(|(_, part)| part.check())?;
                valid_shares(parts.iter().map(|(share, _)| *share))
            }
        }
    }
}

fn finite(found: f64) -> Result<(), FamilyError> {
    found
        .is_finite()
        .then_some(())
        .ok_or(FamilyError::NotFinite { found })
}

fn time(found: f64) -> Result<(), FamilyError> {
    finite(found)?;
    if found < 0.0 {
        return Err(FamilyError::Negative { found });
    }
    (found <= MAX_SECONDS)
        .then_some(())
        .ok_or(FamilyError::TooLong { found })
}

fn positive_mean(found: f64) -> Result<(), FamilyError> {
    finite(found)?;
    if found <= 0.0 {
        return Err(FamilyError::MeanNotPositive { found });
    }
    time(found)
}

fn valid_cv(found: f64) -> Result<(), FamilyError> {
    finite(found)?;
    let valid = (MIN_CV..=MAX_CV).contains(&found);
    valid
        .then_some(())
        .ok_or(FamilyError::CvOutOfRange { found })
}

fn bounds(min: f64, max: f64) -> Result<(), FamilyError> {
    time(min)?;
    time(max)?;
    (min <= max)
        .then_some(())
        .ok_or(FamilyError::MinAboveMax { min, max })
}

fn check_weibull(shape: f64, scale: f64) -> Result<(), FamilyError> {
    finite(shape)?;
    finite(scale)?;
    if shape <= 0.0 {
        return Err(FamilyError::ShapeNotPositive { found: shape });
    }
    if scale <= 0.0 {
        return Err(FamilyError::ScaleNotPositive { found: scale });
    }
    // A shape solved from a cv at its bound may round to just beyond it.
    let cv = weibull::cv_of_shape(shape).min(f64::MAX);
    let rounding = 1e-6;
    if !(MIN_CV * (1.0 - rounding)..=MAX_CV * (1.0 + rounding)).contains(&cv) {
        return Err(FamilyError::CvOutOfRange { found: cv });
    }
    time(scale * weibull::unit_mean(shape))
}

fn valid_shares(shares: impl Iterator<Item = f64> + Clone) -> Result<(), FamilyError> {
    if shares.clone().next().is_none() {
        return Err(FamilyError::Empty);
    }
    for found in shares.clone() {
        finite(found)?;
        if found < 0.0 {
            return Err(FamilyError::ShareNegative { found });
        }
    }
    let found: f64 = shares.sum();
    ((found - 1.0).abs() <= SHARE_TOLERANCE)
        .then_some(())
        .ok_or(FamilyError::SharesNotOne { found })
}

pub(super) fn check_mean_and_cv(mean: f64, cv: f64) -> Result<(), FamilyError> {
    positive_mean(mean)?;
    valid_cv(cv)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(cases: &[(Family, &str)]) {
        for (family, expected) in cases {
            let fault = family.sampler().map(|_| ()).expect_err("a fault");
            assert_eq!(fault.to_string(), *expected);
        }
    }

    fn cv_fault(found: &str) -> String {
        format!(
            "cv must lie between 0.000001 and 100, found {found}; a time without variation is \"constant\""
        )
    }

    #[test]
    fn times_that_cannot_be_are_refused() {
        refused(&[
            (
                Family::Exponential { mean: 0.0 },
                "a mean must be above zero, found 0",
            ),
            (
                Family::Gamma {
                    mean: -2.0,
                    cv: 1.0,
                },
                "a mean must be above zero, found -2",
            ),
            (
                Family::Exponential { mean: f64::NAN },
                "a parameter of a distribution must be finite, found NaN",
            ),
            (
                Family::Constant {
                    value: f64::INFINITY,
                },
                "a parameter of a distribution must be finite, found inf",
            ),
            (
                Family::Constant { value: -1.0 },
                "a time must not be negative, found -1",
            ),
            (
                Family::Exponential { mean: 2e10 },
                "a time must not exceed 1e10 seconds, found 20000000000",
            ),
            (
                Family::Empirical {
                    values: vec![1.0, -3.0],
                },
                "a time must not be negative, found -3",
            ),
            (
                Family::Empirical { values: vec![] },
                "a distribution needs at least one value",
            ),
        ]);
    }

    #[test]
    fn shapes_that_cannot_be_are_refused() {
        refused(&[
            (Family::Lognormal { mean: 1.0, cv: 0.0 }, &cv_fault("0")),
            (
                Family::Gamma {
                    mean: 1.0,
                    cv: 101.0,
                },
                &cv_fault("101"),
            ),
            (
                Family::Weibull {
                    shape: 0.0,
                    scale: 1.0,
                },
                "shape must be above zero, found 0",
            ),
            (
                Family::Erlang {
                    mean: 1.0,
                    stages: 0,
                },
                "stages must lie between 1 and 10000, found 0",
            ),
            (
                Family::Erlang {
                    mean: 1.0,
                    stages: 10_001,
                },
                "stages must lie between 1 and 10000, found 10001",
            ),
            (
                Family::Uniform { min: 2.0, max: 1.0 },
                "min must not exceed max, found min 2 and max 1",
            ),
            (
                Family::Triangular {
                    min: 1.0,
                    mode: 5.0,
                    max: 4.0,
                },
                "mode must lie between min and max, found 5 outside 1 to 4",
            ),
        ]);
        let out_of_range = |fault| matches!(fault, Err(FamilyError::CvOutOfRange { .. }));
        assert!(out_of_range(Family::weibull_with(1.0, 0.0).map(|_| ())));
        assert!(out_of_range(
            Family::Weibull {
                shape: 0.01,
                scale: 1.0
            }
            .check()
        ));
    }

    #[test]
    fn shares_that_are_not_a_whole_are_refused() {
        let hyper = |means: &[f64], shares: &[f64]| Family::Hyperexponential {
            means: means.into(),
            shares: shares.into(),
        };
        let part = Family::Exponential { mean: 0.0 };
        refused(&[
            (
                hyper(&[1.0], &[0.5, 0.5]),
                "means and shares must be equally many, found 1 means and 2 shares",
            ),
            (
                hyper(&[1.0, 2.0], &[1.5, -0.5]),
                "a share must not be negative, found -0.5",
            ),
            (
                hyper(&[1.0, 2.0], &[0.5, 0.4]),
                "shares must sum to 1, found 0.9",
            ),
            (hyper(&[], &[]), "a distribution needs at least one value"),
            (
                Family::Mixture { parts: vec![] },
                "a distribution needs at least one value",
            ),
            (
                Family::Mixture {
                    parts: vec![(1.0, part)],
                },
                "a mean must be above zero, found 0",
            ),
        ]);
    }
}
