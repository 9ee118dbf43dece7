//! Families of distributions, described by plain parameters in seconds.

use super::fault::{FamilyError, check_mean_and_cv};
use super::{Sampler, empirical, weibull};

/// A distribution of times in seconds: what a person wrote, before anything is checked.
#[derive(Debug, Clone, PartialEq)]
pub enum Family {
    /// Always the same value, which may be zero.
    Constant {
        /// The value.
        value: f64,
    },
    /// Exponential.
    Exponential {
        /// Mean.
        mean: f64,
    },
    /// Gamma by mean and coefficient of variation.
    Gamma {
        /// Mean.
        mean: f64,
        /// Standard deviation over mean.
        cv: f64,
    },
    /// The sum of so many exponential stages of one mean.
    Erlang {
        /// Mean of the sum.
        mean: f64,
        /// How many stages.
        stages: u32,
    },
    /// Lognormal by mean and coefficient of variation (of the time itself, not of its logarithm).
    Lognormal {
        /// Mean.
        mean: f64,
        /// Standard deviation over mean.
        cv: f64,
    },
    /// Weibull; [`Family::weibull_with`] makes one by mean and coefficient of variation.
    Weibull {
        /// Shape k: below one the hazard falls with time, above one it grows.
        shape: f64,
        /// Scale λ in seconds.
        scale: f64,
    },
    /// Uniform between two bounds.
    Uniform {
        /// Lower bound.
        min: f64,
        /// Upper bound.
        max: f64,
    },
    /// Triangular.
    Triangular {
        /// Lower bound.
        min: f64,
        /// Most likely value.
        mode: f64,
        /// Upper bound.
        max: f64,
    },
    /// One of several exponentials, by its share.
    Hyperexponential {
        /// Mean of each.
        means: Vec<f64>,
        /// Share of each; they sum to one.
        shares: Vec<f64>,
    },
    /// One of the values observed, each as likely as another (bootstrap).
    Empirical {
        /// The values.
        values: Vec<f64>,
    },
    /// One of several distributions, by its share.
    Mixture {
        /// Share and distribution; the shares sum to one.
        parts: Vec<(f64, Self)>,
    },
}

impl Family {
    /// The Weibull distribution of this mean and coefficient of variation; [`weibull`] says how.
    ///
    /// # Errors
    ///
    /// A mean that is not positive, finite and at most [`super::fault::MAX_SECONDS`], a cv outside 1e-6 to 100.
    ///
    /// # Examples
    ///
    /// A cv of one is the exponential distribution, a shape of one.
    ///
    /// ```
    /// # use channelmix::dist::Family;
    /// let Family::Weibull { shape, scale } = Family::weibull_with(60.0, 1.0)? else { unreachable!() };
    /// assert!((shape - 1.0).abs() < 1e-9 && (scale - 60.0).abs() < 1e-6);
    /// # Ok::<(), channelmix::dist::FamilyError>(())
    /// ```
    pub fn weibull_with(mean: f64, cv: f64) -> Result<Self, FamilyError> {
        check_mean_and_cv(mean, cv)?;
        let shape = weibull::shape_of_cv(cv);
        let scale = mean / weibull::unit_mean(shape);
        Ok(Self::Weibull { shape, scale })
    }

    /// The mean in seconds.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant { value } => *value,
            Self::Exponential { mean }
            | Self::Gamma { mean, .. }
            | Self::Erlang { mean, .. }
            | Self::Lognormal { mean, .. } => *mean,
            Self::Weibull { shape, scale } => scale * weibull::unit_mean(*shape),
            Self::Uniform { min, max } => f64::midpoint(*min, *max),
            Self::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Self::Hyperexponential { means, shares } => means
                .iter()
                .zip(shares)
                .map(|(mean, share)| share * mean)
                .sum(),
            Self::Empirical { values } => empirical::mean(values),
            Self::Mixture { parts } => parts.iter().map(|(share, part)| share * part.mean()).sum(),
        }
    }

    /// The coefficient of variation, standard deviation over mean; zero where the mean is zero.
    pub fn cv(&self) -> f64 {
        match self {
            Self::Constant { .. } => 0.0,
            Self::Exponential { .. } => 1.0,
            Self::Gamma { cv, .. } | Self::Lognormal { cv, .. } => *cv,
            Self::Erlang { stages, .. } => 1.0 / f64::from(*stages).sqrt(),
            Self::Weibull { shape, .. } => weibull::cv_of_shape(*shape),
            _ => {
                let mean = self.mean();
                if mean > 0.0 {
                    self.variance().sqrt() / mean
                } else {
                    0.0
                }
            }
        }
    }

    /// The variance in square seconds.
    ///
    /// # Formula
    ///
    /// A mixture of parts with shares wᵢ, means mᵢ and variances vᵢ has Σ wᵢ (vᵢ + (mᵢ − m)²); an exponential part has vᵢ = mᵢ².
    ///
    /// # Source
    ///
    /// The law of total variance; Johnson, Kotz, Balakrishnan, *Continuous Univariate Distributions* (1994-95), for uniform and triangular.
    pub fn variance(&self) -> f64 {
        match self {
            Self::Uniform { min, max } => (max - min).powi(2) / 12.0,
            Self::Triangular { min, mode, max } => {
                ((max - min).powi(2) - (mode - min) * (max - mode)) / 18.0
            }
            Self::Hyperexponential { means, shares } => {
                let mean = self.mean();
                let parts = means.iter().zip(shares);
                parts
                    .map(|(own, share)| share * (own * own + (own - mean).powi(2)))
                    .sum()
            }
            Self::Empirical { values } => empirical::variance(values),
            Self::Mixture { parts } => {
                let mean = self.mean();
                let spread = |part: &Self| part.variance() + (part.mean() - mean).powi(2);
                parts.iter().map(|(share, part)| share * spread(part)).sum()
            }
            _ => (self.cv() * self.mean()).powi(2),
        }
    }

    /// The same distribution with every time multiplied: the mean changes, the cv stays.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        let times = |values: &[f64]| values.iter().map(|value| value * factor).collect();
        match self {
            Self::Constant { value } => Self::Constant {
                value: value * factor,
            },
            Self::Exponential { mean } => Self::Exponential {
                mean: mean * factor,
            },
            Self::Gamma { mean, cv } => Self::Gamma {
                mean: mean * factor,
                cv: *cv,
            },
            Self::Erlang { mean, stages } => Self::Erlang {
                mean: mean * factor,
                stages: *stages,
            },
            Self::Lognormal { mean, cv } => Self::Lognormal {
                mean: mean * factor,
                cv: *cv,
            },
            Self::Weibull { shape, scale } => Self::Weibull {
                shape: *shape,
                scale: scale * factor,
            },
            Self::Uniform { min, max } => Self::Uniform {
                min: min * factor,
                max: max * factor,
            },
            Self::Triangular { min, mode, max } => Self::Triangular {
                min: min * factor,
                mode: mode * factor,
                max: max * factor,
            },
            Self::Hyperexponential { means, shares } => Self::Hyperexponential {
                means: times(means),
                shares: shares.clone(),
            },
            Self::Empirical { values } => Self::Empirical {
                values: times(values),
            },
            Self::Mixture { parts } => {
                let scale = |(share, part): &(f64, Self)| (*share, part.scaled(factor));
                Self::Mixture {
                    parts: parts.iter().map(scale).collect(),
                }
            }
        }
    }

    /// Checks every parameter and works out what drawing needs.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the parameters, see [`FamilyError`].
    pub fn sampler(&self) -> Result<Sampler, FamilyError> {
        self.check()?;
        Ok(Sampler::of(self))
    }
}
