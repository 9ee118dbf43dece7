//! Intervals of figures whose deviations are not even.

use super::estimate::Estimate;

/// The interval of a share of `n` events of which none or all were such: what happens in none of n may happen in fewer than
/// 1 − 0.025^(1/n) of them.
///
/// # Source
/// Clopper, Pearson, "The use of confidence or fiducial limits", Biometrika 26 (1934), 404-413, for 0 and n of n.
pub(super) fn none_or_all_interval(share: f64, n: f64) -> Estimate {
    let reach = -(0.025_f64.ln() / n.max(1.0)).exp_m1();
    let (lo, hi) = if share <= 0.0 {
        (0.0, reach)
    } else {
        (1.0 - reach, 1.0)
    };
    Estimate::between(lo, share, hi)
}

/// What is summed is never below zero and mostly skewed: a few replications have most of the waiting, and where they are missing the
/// spread looks small as well. How skewed it is ten replications cannot tell, so either end is that of the skewness that moves it
/// further out.
///
/// # Formula
/// With h the relative half-width: from v·e^(−h), the logarithmic scale, to v·(1 + h + h²), the modified t for a skewness of three
/// times the coefficient of variation, as sums over clusters of very unequal size have.
///
/// # Source
/// N. J. Johnson, "Modified t tests and confidence intervals for asymmetrical populations", *JASA* 73 (1978), 536-544.
pub(super) fn skewed_interval(value: f64, half_width: f64) -> Estimate {
    let h = half_width / value;
    Estimate::between(value * (-h).exp(), value, value * (1.0 + h + h * h))
}

/// The interval of a share, even on the logit scale, so that it stays within 0 and 1.
pub(super) fn logit_interval(share: f64, half_width: f64) -> Estimate {
    let odds = (share / (1.0 - share)).ln();
    let reach = half_width / (share * (1.0 - share));
    let back = |logit: f64| 1.0 / (1.0 + (-logit).exp());
    Estimate::between(back(odds - reach), share, back(odds + reach))
}
