//! Laws of a time: how long someone would wait, or how long handling takes.

use statrs::function::erf::erfc;

use super::fault::{QueueError, positive, share, within};
use super::poisson::gamma_law;

/// The cv that a lognormal or gamma law may have: below, it is as good as constant; above, its mean says nothing.
const CV_RANGE: (f64, f64) = (1e-3, 100.0);

/// The law of a time. Times are in seconds; a `cv` is the standard deviation divided by the mean.
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// Longer than anything: patience without end.
    Never,
    /// Exponential.
    Exponential {
        /// Mean.
        mean_s: f64,
    },
    /// Nothing with probability `balk`, else exponential: some leave at once when they would have to wait.
    ExponentialOrBalk {
        /// Probability of leaving at once.
        balk: f64,
        /// Mean of the others.
        mean_s: f64,
    },
    /// Always the same.
    Constant {
        /// Its length.
        value_s: f64,
    },
    /// Evenly spread.
    Uniform {
        /// Shortest.
        low_s: f64,
        /// Longest.
        high_s: f64,
    },
    /// Lognormal by mean and cv.
    Lognormal {
        /// Mean.
        mean_s: f64,
        /// Standard deviation / mean.
        cv: f64,
    },
    /// Gamma by mean and cv (cv = 1/√k: Erlang of k stages).
    Gamma {
        /// Mean.
        mean_s: f64,
        /// Standard deviation / mean.
        cv: f64,
    },
    /// One of several exponentials.
    Hyperexponential {
        /// Share and mean of each.
        phases: Vec<(f64, f64)>,
    },
}

/// The largest squared cv of a hyperexponential law given by mean and cv.
pub(super) const MOST_SQUARED_CV: f64 = 1e4;

fn upper_normal(z: f64) -> f64 {
    0.5 * erfc(z / std::f64::consts::SQRT_2)
}

/// The lognormal's mean of the logarithm and its standard deviation.
fn of_logarithm(mean: f64, cv: f64) -> (f64, f64) {
    let variance = (cv * cv).ln_1p();
    (mean.ln() - 0.5 * variance, variance.sqrt())
}

/// 1 − (1 + x) e⁻ˣ without cancellation.
fn gamma_of_two(x: f64) -> f64 {
    if x > 0.5 {
        return 1.0 - (1.0 + x) * (-x).exp();
    }
    let (mut sum, mut term, mut k) = (0.0, x, 2.0);
    while term > sum * 1e-18 {
        term *= x / k;
        sum += term;
        k += 1.0;
    }
    sum * (-x).exp()
}

impl Law {
    /// Refuses a law whose numbers make no sense.
    ///
    /// # Errors
    /// When a mean, cv, limit or share is out of its range.
    pub fn check(&self) -> Result<(), QueueError> {
        match self {
            Self::Never => Ok(()),
            Self::Exponential { mean_s } => positive("a mean time", *mean_s).map(drop),
            Self::ExponentialOrBalk { balk, mean_s } => {
                share("the share that leaves at once", *balk)?;
                positive("a mean time", *mean_s).map(drop)
            }
            Self::Constant { value_s } => positive("a time", *value_s).map(drop),
            Self::Uniform { low_s, high_s } => {
                super::fault::not_negative("the shortest time", *low_s)?;
                positive("the longest time", *high_s)?;
                if high_s > low_s {
                    return Ok(());
                }
                Err(QueueError::LimitsCrossed {
                    low: *low_s,
                    high: *high_s,
                })
            }
            Self::Lognormal { mean_s, cv } | Self::Gamma { mean_s, cv } => {
                positive("a mean time", *mean_s)?;
                within("the cv of a lognormal or gamma law", *cv, CV_RANGE).map(drop)
            }
            Self::Hyperexponential { phases } => {
                for (part, mean) in phases {
                    share("the share of a phase", *part)?;
                    positive("a mean time", *mean)?;
                }
                let sum: f64 = phases.iter().map(|(part, _)| part).sum();
                if (sum - 1.0).abs() < 1e-9 {
                    return Ok(());
                }
                Err(QueueError::SharesNotWhole {
                    what: "the phases",
                    found: sum,
                })
            }
        }
    }

    /// P(time > t).
    pub(super) fn survival(&self, t: f64) -> f64 {
        match self {
            Self::Never => 1.0,
            Self::Exponential { mean_s } => (-t / mean_s).exp(),
            Self::ExponentialOrBalk { balk, mean_s } => (1.0 - balk) * (-t / mean_s).exp(),
            Self::Constant { value_s } => f64::from(u8::from(t < *value_s)),
            Self::Uniform { low_s, high_s } => ((high_s - t) / (high_s - low_s)).clamp(0.0, 1.0),
            Self::Lognormal { mean_s, cv } => {
                let (centre, spread) = of_logarithm(*mean_s, *cv);
                upper_normal((t.ln() - centre) / spread)
            }
            Self::Gamma { mean_s, cv } => {
                let shape = 1.0 / (cv * cv);
                gamma_law(shape, t * shape / mean_s).1
            }
            Self::Hyperexponential { phases } => phases
                .iter()
                .map(|(part, mean)| part * (-t / mean).exp())
                .sum(),
        }
    }

    /// P(time ≤ t), exact also where it is small.
    pub(super) fn cdf(&self, t: f64) -> f64 {
        match self {
            Self::Exponential { mean_s } => -(-t / mean_s).exp_m1(),
            Self::ExponentialOrBalk { balk, mean_s } => {
                balk - (1.0 - balk) * (-t / mean_s).exp_m1()
            }
            Self::Lognormal { mean_s, cv } => {
                let (centre, spread) = of_logarithm(*mean_s, *cv);
                upper_normal((centre - t.ln()) / spread)
            }
            Self::Gamma { mean_s, cv } => {
                let shape = 1.0 / (cv * cv);
                gamma_law(shape, t * shape / mean_s).0
            }
            Self::Hyperexponential { phases } => phases
                .iter()
                .map(|(part, mean)| -part * (-t / mean).exp_m1())
                .sum(),
            Self::Uniform { low_s, high_s } => ((t - low_s) / (high_s - low_s)).clamp(0.0, 1.0),
            Self::Never | Self::Constant { .. } => 1.0 - self.survival(t),
        }
    }

    /// ∫₀ᵗ P(time > u) du, the mean of the shorter of the time and t.
    pub(super) fn mean_up_to(&self, t: f64) -> f64 {
        match self {
            Self::Never => t,
            Self::Exponential { mean_s } => -mean_s * (-t / mean_s).exp_m1(),
            Self::ExponentialOrBalk { balk, mean_s } => {
                -(1.0 - balk) * mean_s * (-t / mean_s).exp_m1()
            }
            Self::Constant { value_s } => t.min(*value_s),
            Self::Uniform { low_s, high_s } => {
                let over = (t.min(*high_s) - low_s).max(0.0);
                t.min(*low_s) + over - 0.5 * over * over / (high_s - low_s)
            }
            Self::Lognormal { mean_s, cv } => {
                if t <= 0.0 {
                    return 0.0;
                }
                let (centre, spread) = of_logarithm(*mean_s, *cv);
                let z = (t.ln() - centre) / spread;
                t * upper_normal(z) + mean_s * upper_normal(spread - z)
            }
            Self::Gamma { mean_s, cv } => {
                if t <= 0.0 {
                    return 0.0;
                }
                let shape = 1.0 / (cv * cv);
                t * self.survival(t) + mean_s * gamma_law(shape + 1.0, t * shape / mean_s).0
            }
            Self::Hyperexponential { phases } => phases
                .iter()
                .map(|(part, mean)| -part * mean * (-t / mean).exp_m1())
                .sum(),
        }
    }

    /// ∫ₐᵇ P(time > u) du, exact also where a and b are close; negative where b < a.
    pub(super) fn mean_between(&self, a: f64, b: f64) -> f64 {
        let (low, high, sign) = if a < b { (a, b, 1.0) } else { (b, a, -1.0) };
        let part = |mean: f64| {
            let faded = (-(high - low) / mean).exp_m1();
            -sign * mean * (-low / mean).exp() * faded
        };
        match self {
            Self::Never => b - a,
            Self::Exponential { mean_s } => part(*mean_s),
            Self::ExponentialOrBalk { balk, mean_s } => (1.0 - balk) * part(*mean_s),
            Self::Hyperexponential { phases } => {
                phases.iter().map(|(share, mean)| share * part(*mean)).sum()
            }
            Self::Constant { .. }
            | Self::Uniform { .. }
            | Self::Lognormal { .. }
            | Self::Gamma { .. } => self.mean_up_to(b) - self.mean_up_to(a),
        }
    }

    /// ∫₀ᵗ u dG(u) = ∫₀ᵗ (G(t) − G(u)) du, the part of the mean that lies below t, exact also where it is small.
    pub(super) fn mean_below(&self, t: f64) -> f64 {
        if let Self::Exponential { mean_s } | Self::ExponentialOrBalk { mean_s, .. } = self {
            let part = self.survival(0.0);
            return part * mean_s * gamma_of_two(t / mean_s);
        }
        if let Self::Hyperexponential { phases } = self {
            return phases
                .iter()
                .map(|(part, mean)| part * mean * gamma_of_two(t / mean))
                .sum();
        }
        match self {
            Self::Uniform { low_s, high_s } => {
                let end = t.clamp(*low_s, *high_s);
                (end - low_s) * (end + low_s) / (2.0 * (high_s - low_s))
            }
            Self::Lognormal { mean_s, cv } if t > 0.0 => {
                let (centre, spread) = of_logarithm(*mean_s, *cv);
                mean_s * upper_normal(spread - (t.ln() - centre) / spread)
            }
            Self::Gamma { mean_s, cv } if t > 0.0 => {
                let shape = 1.0 / (cv * cv);
                mean_s * gamma_law(shape + 1.0, t * shape / mean_s).0
            }
            Self::Constant { value_s } if t >= *value_s => *value_s,
            _ => 0.0,
        }
    }

    /// Mean, second and third moment; infinite for [`Law::Never`].
    pub(super) fn moments(&self) -> [f64; 3] {
        let exponential = |mean: f64| [mean, 2.0 * mean.powi(2), 6.0 * mean.powi(3)];
        match self {
            Self::Never => [f64::INFINITY; 3],
            Self::Exponential { mean_s } => exponential(*mean_s),
            Self::ExponentialOrBalk { balk, mean_s } => {
                exponential(*mean_s).map(|moment| (1.0 - balk) * moment)
            }
            Self::Constant { value_s } => [*value_s, value_s.powi(2), value_s.powi(3)],
            Self::Uniform { low_s, high_s } => {
                let (a, b) = (*low_s, *high_s);
                [
                    f64::midpoint(a, b),
                    (a * a + a * b + b * b) / 3.0,
                    (a + b) * (a * a + b * b) / 4.0,
                ]
            }
            Self::Lognormal { mean_s, cv } => {
                let growth = 1.0 + cv * cv;
                [*mean_s, mean_s.powi(2) * growth, (mean_s * growth).powi(3)]
            }
            Self::Gamma { mean_s, cv } => {
                let square = cv * cv;
                [
                    *mean_s,
                    mean_s.powi(2) * (1.0 + square),
                    mean_s.powi(3) * (1.0 + square) * (1.0 + 2.0 * square),
                ]
            }
            Self::Hyperexponential { phases } => {
                phases.iter().fold([0.0; 3], |sum, (part, mean)| {
                    let moments = exponential(*mean);
                    std::array::from_fn(|at| sum[at] + part * moments[at])
                })
            }
        }
    }

    /// Mean in seconds.
    pub fn mean_s(&self) -> f64 {
        self.moments()[0]
    }

    /// Variance divided by the square of the mean.
    pub fn squared_cv(&self) -> f64 {
        let [mean, second, _] = self.moments();
        second / (mean * mean) - 1.0
    }

    /// Rising lengths of time on which the law changes, so that integrals over it miss nothing: where it is not smooth, and from a
    /// fiftieth to 45 times each mean of an exponential part (e⁻⁴⁵ is nothing), or about the centre of a lognormal or gamma law.
    pub(super) fn scales(&self) -> Vec<f64> {
        // Geometric, with a factor of about 3 between them.
        let parts = [0.02, 0.07, 0.25, 0.8, 2.5, 7.0, 18.0, 45.0];
        match self {
            Self::Never => Vec::new(),
            Self::Constant { value_s } => vec![*value_s],
            Self::Uniform { low_s, high_s } => vec![*low_s, *high_s],
            Self::Exponential { mean_s } | Self::ExponentialOrBalk { mean_s, .. } => {
                parts.map(|part| part * mean_s).to_vec()
            }
            Self::Hyperexponential { phases } => phases
                .iter()
                .flat_map(|(_, mean_s)| parts.map(|part| part * mean_s))
                .collect(),
            Self::Lognormal { mean_s, cv } | Self::Gamma { mean_s, cv } => {
                let (centre, spread) = of_logarithm(*mean_s, *cv);
                [-8.0, -5.0, -3.0, -1.0, 1.0, 3.0, 5.0, 8.0]
                    .map(|width| (centre + width * spread).exp())
                    .to_vec()
            }
        }
    }

    /// The relative error of its distribution function, which falls steeply where the law is almost constant.
    pub(super) fn noise(&self) -> f64 {
        match self {
            Self::Lognormal { cv, .. } | Self::Gamma { cv, .. } => 2e-14 / cv.min(1.0),
            Self::Never
            | Self::Exponential { .. }
            | Self::ExponentialOrBalk { .. }
            | Self::Constant { .. }
            | Self::Uniform { .. }
            | Self::Hyperexponential { .. } => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_mean_below_and_above_a_time_add_up() {
        let laws = [
            Law::Exponential { mean_s: 90.0 },
            Law::ExponentialOrBalk {
                balk: 0.2,
                mean_s: 90.0,
            },
            Law::Constant { value_s: 90.0 },
            Law::Uniform {
                low_s: 30.0,
                high_s: 150.0,
            },
            Law::Lognormal {
                mean_s: 90.0,
                cv: 1.3,
            },
            Law::Gamma {
                mean_s: 90.0,
                cv: 0.7,
            },
            Law::Hyperexponential {
                phases: vec![(0.3, 20.0), (0.7, 120.0)],
            },
        ];
        for law in laws {
            for t in [0.0, 1.0, 29.0, 89.0, 91.0, 149.0, 151.0, 1_000.0] {
                let above = law.mean_up_to(t) - t * law.survival(t);
                let off = (law.mean_below(t) - above).abs();
                assert!(off < 1e-10, "{law:?} at {t}: {above}");
            }
        }
    }
}
