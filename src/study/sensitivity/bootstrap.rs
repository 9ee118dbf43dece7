//! Intervals of estimates from rows that are alike: the bootstrap.

use crate::scenario::name_hash;
use crate::sim::streams::{Purpose, StreamRoot, shares};
use crate::stats::estimate::Estimate;

/// How often the rows are drawn anew.
const RESAMPLES: u64 = 1_000;

/// An estimate from `rows` rows with the interval in which 95 % of its values lie when the rows are drawn anew, with
/// replacement; `of` gives the estimate from the numbers of the rows. Nothing where it is no number.
///
/// # Source
/// Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13: the percentile interval.
pub fn estimate(rows: usize, seed: u64, of: impl Fn(&[usize]) -> f64) -> Estimate {
    let all: Vec<usize> = (0..rows).collect();
    let value = of(&all);
    if !value.is_finite() {
        return Estimate::NONE;
    }
    if rows < 2 {
        return Estimate::point(value);
    }
    let mut values: Vec<f64> = (0..RESAMPLES)
        .map(|index| of(&drawn(rows, seed, index)))
        .filter(|value| value.is_finite())
        .collect();
    values.sort_by(f64::total_cmp);
    let (Some(lo), Some(hi)) = (quantile(&values, 0.025), quantile(&values, 0.975)) else {
        return Estimate::point(value);
    };
    Estimate::between(lo.min(value), value, hi.max(value))
}

/// As many numbers of rows, drawn with replacement.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a number of rows"
)]
fn drawn(rows: usize, seed: u64, index: u64) -> Vec<usize> {
    let mut stream = StreamRoot::new(seed, index).stream(name_hash("bootstrap"), Purpose::Design);
    let place = |share: f64| ((share * rows as f64) as usize).min(rows - 1);
    shares(&mut stream, rows as u64)
        .into_iter()
        .map(place)
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a length"
)]
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get((share * last as f64).round() as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard error of a mean of n numbers is their deviation over √n.
    #[test]
    fn the_interval_of_a_mean_is_as_wide_as_it_should_be() {
        let numbers: Vec<f64> = (0..400_u32).map(f64::from).collect();
        let mean =
            |rows: &[usize]| rows.iter().map(|row| numbers[*row]).sum::<f64>() / rows.len() as f64;
        let found = estimate(numbers.len(), 1, mean);
        let deviation = ((400.0_f64 * 400.0 - 1.0) / 12.0).sqrt();
        let expected = 1.96 * deviation / 20.0;
        let half = (found.hi.unwrap() - found.lo.unwrap()) / 2.0;
        assert!((found.mean.unwrap() - 199.5).abs() < 1e-9);
        assert!(
            (half / expected - 1.0).abs() < 0.15,
            "{half} for {expected}"
        );
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(estimate(5, 1, |_| f64::NAN), Estimate::NONE);
        assert_eq!(estimate(1, 1, |_| 3.0), Estimate::point(3.0));
    }
}
