//! Whether z-scores are those of an honest simulator: each standard normal.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

/// How z-scores as a whole compare with standard normal ones.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fit {
    /// How many values have a z-score.
    pub scored: usize,
    /// The largest |z|.
    pub largest: f64,
    /// The share with |z| above 2.6 (0.93 % of a standard normal).
    pub above_2_6: f64,
    /// The share with |z| at most 1.96 (95 % of a standard normal).
    pub inside_95: f64,
    /// How many cases have a z-score.
    pub cases: usize,
    /// Of one value a case, since the values of a case are correlated: the share with |z| at most 1.96.
    pub cases_inside_95: f64,
    /// Of the same values, Anderson and Darling's A².
    pub anderson_darling: f64,
    /// The chance of so large an A² from a standard normal.
    pub p_value: f64,
}

impl Fit {
    /// Of all z-scores, and of the first of each case.
    pub fn of(scores: &[f64], mut firsts: Vec<f64>) -> Self {
        firsts.sort_by(f64::total_cmp);
        let anderson_darling = anderson_darling(&firsts);
        Self {
            scored: scores.len(),
            largest: scores.iter().fold(0.0, |largest, z| z.abs().max(largest)),
            above_2_6: share(scores, |z| z > 2.6),
            inside_95: share(scores, |z| z <= 1.96),
            cases: firsts.len(),
            cases_inside_95: share(&firsts, |z| z <= 1.96),
            anderson_darling,
            p_value: 1.0 - anderson_darling_cdf(anderson_darling),
        }
    }

    /// Whether the simulator agrees with the known values: no |z| above 4, and at most one in twenty above 2.6. Of few cases
    /// the second says nothing, since the values of a case go together.
    pub fn agrees(&self) -> bool {
        self.largest <= 4.0 && (self.above_2_6 <= 0.05 || self.cases < 20)
    }
}

/// The share of scores whose size holds; 0 of none.
fn share(scores: &[f64], holds: impl Fn(f64) -> bool) -> f64 {
    let held = scores.iter().filter(|z| holds(z.abs())).count();
    held as f64 / scores.len().max(1) as f64
}

/// A² of sorted values against a standard normal.
///
/// # Formula
/// A² = −n − (1/n)·Σ (2i − 1)·(ln Φ(zᵢ) + ln(1 − Φ(zₙ₊₁₋ᵢ)))
///
/// # Source
/// Anderson, Darling, "A test of goodness of fit", JASA 49 (1954), 765-769.
fn anderson_darling(sorted: &[f64]) -> f64 {
    let n = sorted.len();
    if n == 0 {
        return 0.0;
    }
    let normal = Normal::standard();
    let term = |i: usize| {
        let below = normal.cdf(sorted[i]).clamp(1e-300, 1.0);
        let above = normal.sf(sorted[n - 1 - i]).clamp(1e-300, 1.0);
        (2 * i + 1) as f64 * (below.ln() + above.ln())
    };
    -(n as f64) - (0..n).map(term).sum::<f64>() / n as f64
}

/// The limiting distribution of A² where the null hypothesis holds, to about 2e-6.
///
/// # Source
/// Marsaglia, Marsaglia, "Evaluating the Anderson-Darling distribution", Journal of Statistical Software 9(2) (2004).
fn anderson_darling_cdf(a: f64) -> f64 {
    let horner = |factors: &[f64]| {
        factors
            .iter()
            .rev()
            .fold(0.0, |sum, factor| sum * a + factor)
    };
    if a <= 0.0 {
        0.0
    } else if a < 2.0 {
        let factors = [
            2.000_12,
            0.247_105,
            -0.064_982_1,
            0.034_796_2,
            -0.011_672_0,
            0.001_686_91,
        ];
        (-1.233_714_1 / a).exp() / a.sqrt() * horner(&factors)
    } else {
        let factors = [
            1.077_6,
            -2.306_95,
            0.434_24,
            -0.082_433,
            0.008_056,
            -0.000_314_6,
        ];
        (-horner(&factors).exp()).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distribution_of_a_squared_is_the_printed_one() {
        // Upper points printed by Anderson and Darling (1954): 1.933 at 10 %, 2.492 at 5 %, 3.857 at 1 %.
        for (a, share) in [(1.933, 0.90), (2.492, 0.95), (3.857, 0.99)] {
            assert!((anderson_darling_cdf(a) - share).abs() < 5e-4, "{a}");
        }
    }

    #[test]
    fn normal_scores_fit_and_shifted_ones_do_not() {
        let normal = Normal::standard();
        let scores: Vec<f64> = (0..100)
            .map(|i| normal.inverse_cdf((f64::from(i) + 0.5) / 100.0))
            .collect();
        assert!(1.0 - anderson_darling_cdf(anderson_darling(&scores)) > 0.99);
        let shifted: Vec<f64> = scores.iter().map(|z| z + 0.5).collect();
        assert!(1.0 - anderson_darling_cdf(anderson_darling(&shifted)) < 0.001);
    }
}
