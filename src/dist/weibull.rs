//! The Weibull distribution by mean and coefficient of variation.
//!
//! # Formula
//!
//! With shape k and scale λ the mean is λ Γ(1 + 1/k) and cv² = Γ(1 + 2/k) / Γ(1 + 1/k)² − 1, which falls as k grows.
//!
//! # Source
//!
//! Johnson, Kotz, Balakrishnan, *Continuous Univariate Distributions*, volume 1 (1994), chapter 21. The series used for large k
//! follows from ln Γ(1 + x) = −γ x + ζ(2) x²/2 − ζ(3) x³/3 + ζ(4) x⁴/4 − … (*NIST Digital Library of Mathematical Functions*, 5.7.3).

use statrs::function::gamma::ln_gamma;

/// Below this 1/k the difference of two nearly equal logarithms is replaced by its series.
const SERIES_BELOW: f64 = 1e-3;
const ZETA_2: f64 = 1.644_934_066_848_226_4;
const ZETA_3: f64 = 1.202_056_903_159_594_3;
const ZETA_4: f64 = 1.082_323_233_711_138_2;

/// The mean of a Weibull distribution of this shape and of scale one.
///
/// # Examples
///
/// Shape 2 is the Rayleigh distribution: Γ(3/2) = √π / 2.
///
/// ```
/// # use channelmix::dist::weibull::unit_mean;
/// assert!((unit_mean(2.0) - std::f64::consts::PI.sqrt() / 2.0).abs() < 1e-12);
/// ```
pub fn unit_mean(shape: f64) -> f64 {
    ln_gamma(1.0 + 1.0 / shape).exp()
}

/// The coefficient of variation of a Weibull distribution of this shape; infinite where it exceeds all numbers.
///
/// # Examples
///
/// Shape 1/2: Γ(5) / Γ(3)² − 1 = 24 / 4 − 1 = 5.
///
/// ```
/// # use channelmix::dist::weibull::cv_of_shape;
/// assert!((cv_of_shape(0.5) - 5.0_f64.sqrt()).abs() < 1e-12);
/// ```
pub fn cv_of_shape(shape: f64) -> f64 {
    let inverse = 1.0 / shape;
    let log_ratio = if inverse < SERIES_BELOW {
        inverse * inverse * (ZETA_2 - inverse * (2.0 * ZETA_3 - inverse * 3.5 * ZETA_4))
    } else {
        ln_gamma(1.0 + 2.0 * inverse) - 2.0 * ln_gamma(1.0 + inverse)
    };
    log_ratio.exp_m1().sqrt()
}

/// The shape whose coefficient of variation is `cv`, by bisection of its logarithm; `cv` between 1e-6 and 100.
pub fn shape_of_cv(cv: f64) -> f64 {
    let (mut low, mut high) = (0.05_f64.ln(), 1e7_f64.ln());
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if cv_of_shape(middle.exp()) > cv {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_found_has_the_cv_asked_for() {
        for cv in [1e-6, 1e-4, 0.01, 0.2, 0.7, 1.0, 1.5, 4.0, 30.0, 100.0] {
            let found = cv_of_shape(shape_of_cv(cv));
            assert!((found / cv - 1.0).abs() < 1e-8, "cv {cv}, found {found}");
        }
    }

    #[test]
    fn series_and_logarithms_meet() {
        let shape = 1.0 / SERIES_BELOW;
        let (below, above) = (
            cv_of_shape(shape * 1.000_001),
            cv_of_shape(shape * 0.999_999),
        );
        assert!((below / above - 0.999_998).abs() < 1e-8, "{below} {above}");
    }
}
