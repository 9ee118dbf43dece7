//! Chances, from how often a thing happened.

use statrs::distribution::{Beta, ContinuousCDF};

use super::estimate::Estimate;

/// The chance of what happened so many times of so many, with its 95 % interval.
///
/// # Source
/// Clopper, Pearson, "The use of confidence or fiducial limits", *Biometrika* 26 (1934), 404-413.
///
/// # Examples
/// ```
/// # use channelmix::stats::chance::chance;
/// // None of 5: up to 1 − 0.025^(1/5).
/// assert!((chance(0, 5).hi.unwrap() - 0.52182).abs() < 1e-5);
/// assert_eq!(chance(0, 0).mean, None);
/// ```
pub fn chance(happened: u64, of: u64) -> Estimate {
    if of == 0 {
        return Estimate::NONE;
    }
    let (k, n) = (happened.min(of) as f64, of as f64);
    let below =
        |share: f64, a: f64, b: f64| Beta::new(a, b).ok().map(|beta| beta.inverse_cdf(share));
    let lo = if happened == 0 {
        Some(0.0)
    } else {
        below(0.025, k, n - k + 1.0)
    };
    let hi = if happened >= of {
        Some(1.0)
    } else {
        below(0.975, k + 1.0, n - k)
    };
    Estimate {
        mean: Some(k / n),
        lo,
        hi,
        is_of_few: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_tables() {
        // Clopper and Pearson's chart and tables of the binomial law: 15 of 50, 1 of 20, 20 of 20.
        for (happened, of, lo, hi) in [
            (15, 50, 0.178_62, 0.446_09),
            (1, 20, 0.001_265, 0.248_73),
            (20, 20, 0.831_57, 1.0),
        ] {
            let found = chance(happened, of);
            assert!((found.lo.unwrap() - lo).abs() < 1e-4, "{found:?}");
            assert!((found.hi.unwrap() - hi).abs() < 1e-4, "{found:?}");
        }
    }
}
