//! Observed values as a distribution: each is as likely as another.

/// The mean of the values; zero where there are none.
pub fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.iter().sum::<f64>() / values.len() as f64
}

/// The variance of the values about their mean: that of one drawn from them, so the divisor is their number.
pub fn variance(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let mean = mean(values);
    values
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / values.len() as f64
}

/// The share of the values that are at most `x`.
pub fn cdf(values: &[f64], x: f64) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.iter().filter(|value| **value <= x).count() as f64 / values.len() as f64
}
