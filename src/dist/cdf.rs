//! Distribution functions.

use statrs::function::erf::erfc;
use statrs::function::gamma::gamma_lr;

use super::{Family, empirical};

/// Above this shape the incomplete gamma function is replaced by the Wilson-Hilferty approximation.
const LARGE_SHAPE: f64 = 1e6;

impl Family {
    /// P(time ≤ x), for parameters that pass [`Family::check`].
    ///
    /// # Source
    ///
    /// Johnson, Kotz, Balakrishnan, *Continuous Univariate Distributions* (1994-95): chapters 14 (lognormal), 17 (gamma), 19
    /// (exponential), 21 (Weibull), 26 (uniform). A gamma distribution of a shape above 10⁶ uses Wilson and Hilferty, *The
    /// distribution of chi-square* (1931): the cube root of a gamma variable is nearly normal.
    ///
    /// # Examples
    ///
    /// ```
    /// # use channelmix::dist::Family;
    /// let patience = Family::Exponential { mean: 120.0 };
    /// assert!((patience.cdf(120.0) - (1.0 - (-1.0_f64).exp())).abs() < 1e-12);
    /// ```
    pub fn cdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            return 0.0;
        }
        match self {
            Self::Constant { value } => f64::from(u8::from(x >= *value)),
            Self::Exponential { mean } => exponential(x, *mean),
            Self::Gamma { mean, cv } => gamma(x, *mean, 1.0 / (cv * cv)),
            Self::Erlang { mean, stages } => gamma(x, *mean, f64::from(*stages)),
            Self::Lognormal { mean, cv } => {
                let variance = (cv * cv).ln_1p();
                let location = mean.ln() - variance / 2.0;
                normal((x.ln() - location) / variance.sqrt())
            }
            Self::Weibull { shape, scale } => -(-(x / scale).powf(*shape)).exp_m1(),
            Self::Uniform { min, max } => {
                if x >= *max {
                    1.0
                } else {
                    ((x - min) / (max - min)).max(0.0)
                }
            }
            Self::Triangular { min, mode, max } => triangular(x, *min, *mode, *max),
            Self::Hyperexponential { means, shares } => means
                .iter()
                .zip(shares)
                .map(|(mean, share)| share * exponential(x, *mean))
                .sum(),
            Self::Empirical { values } => empirical::cdf(values, x),
            Self::Mixture { parts } => parts.iter().map(|(share, part)| share * part.cdf(x)).sum(),
        }
    }
}

fn exponential(x: f64, mean: f64) -> f64 {
    -(-x / mean).exp_m1()
}

fn normal(z: f64) -> f64 {
    erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

fn gamma(x: f64, mean: f64, shape: f64) -> f64 {
    let ratio = x / mean;
    if ratio <= 0.0 {
        return 0.0;
    }
    if ratio.is_infinite() {
        return 1.0;
    }
    if shape > LARGE_SHAPE {
        let variance = 1.0 / (9.0 * shape);
        return normal((ratio.cbrt() - 1.0 + variance) / variance.sqrt());
    }
    gamma_lr(shape, shape * ratio)
}

fn triangular(x: f64, min: f64, mode: f64, max: f64) -> f64 {
    if x >= max {
        1.0
    } else if x <= min {
        0.0
    } else if x < mode {
        (x - min).powi(2) / ((max - min) * (mode - min))
    } else {
        1.0 - (max - x).powi(2) / ((max - min) * (max - mode))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_erlang_of_two_stages_has_its_closed_form() {
        let family = Family::Erlang {
            mean: 2.0,
            stages: 2,
        };
        let exact = |x: f64| 1.0 - (-x).exp() * (1.0 + x);
        for x in [0.1, 1.0, 3.0, 9.0] {
            assert!((family.cdf(x) - exact(x)).abs() < 1e-12);
        }
    }

    #[test]
    fn nothing_lies_below_zero_and_everything_below_infinity() {
        let families = [
            Family::Gamma { mean: 1.0, cv: 2.0 },
            Family::Gamma {
                mean: 1.0,
                cv: 1e-4,
            },
            Family::Lognormal { mean: 1.0, cv: 2.0 },
            Family::Weibull {
                shape: 0.5,
                scale: 1.0,
            },
            Family::Triangular {
                min: 0.0,
                mode: 0.0,
                max: 1.0,
            },
        ];
        for family in families {
            assert_eq!(family.cdf(-1.0).to_bits(), 0.0_f64.to_bits());
            assert_eq!(
                family.cdf(0.0).abs().to_bits(),
                0.0_f64.to_bits(),
                "{family:?}"
            );
            assert!(
                (family.cdf(f64::INFINITY) - 1.0).abs() < 1e-12,
                "{family:?}"
            );
        }
    }

    #[test]
    fn the_median_of_a_lognormal_is_the_exponential_of_its_location() {
        // cv 1: variance of the logarithm ln 2, so the median is mean / √2.
        let family = Family::Lognormal { mean: 1.0, cv: 1.0 };
        assert!((family.cdf(std::f64::consts::FRAC_1_SQRT_2) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_gamma_of_large_shape_is_nearly_normal_on_both_sides_of_the_switch() {
        for cv in [0.99e-3, 1.01e-3] {
            let family = Family::Gamma { mean: 1.0, cv };
            assert!(
                (family.cdf(1.0 + cv) - 0.841_345).abs() < 5e-4,
                "{}",
                family.cdf(1.0 + cv)
            );
        }
    }
}
