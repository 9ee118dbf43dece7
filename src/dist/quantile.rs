//! Values below which a share of a distribution lies, for those that inputs are uncertain by.

use statrs::function::erf::erfc_inv;

/// The value below which a share `u` of a triangular distribution lies.
///
/// # Source
/// Johnson, Kotz, Balakrishnan, *Continuous Univariate Distributions*, volume 2 (1995), chapter 26.
///
/// # Examples
/// ```
/// # use channelmix::dist::quantile::triangular;
/// assert!((triangular((0.0, 1.0, 2.0), 0.5) - 1.0).abs() < 1e-12);
/// assert!((triangular((0.0, 0.0, 2.0), 0.75) - 1.0).abs() < 1e-12);
/// ```
pub fn triangular((min, mode, max): (f64, f64, f64), u: f64) -> f64 {
    let width = max - min;
    if u * width < mode - min {
        min + (u * width * (mode - min)).sqrt()
    } else {
        max - ((1.0 - u) * width * (max - mode)).sqrt()
    }
}

/// The value below which a share `u`, above 0 and below 1, of a lognormal distribution lies.
///
/// # Source
/// Johnson, Kotz, Balakrishnan, *Continuous Univariate Distributions*, volume 1 (1994), chapter 14.
///
/// # Examples
/// ```
/// # use channelmix::dist::{Family, quantile::lognormal};
/// let factor = Family::Lognormal { mean: 1.0, cv: 0.2 };
/// assert!((factor.cdf(lognormal(1.0, 0.2, 0.9)) - 0.9).abs() < 1e-9);
/// ```
pub fn lognormal(mean: f64, cv: f64, u: f64) -> f64 {
    let variance = (cv * cv).ln_1p();
    let normal = -std::f64::consts::SQRT_2 * erfc_inv(2.0 * u);
    (mean.ln() - variance / 2.0 + variance.sqrt() * normal).exp()
}
