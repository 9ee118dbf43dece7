//! The answer, with the values tried.

use serde::Serialize;

use crate::stats::estimate::Estimate;
use crate::stats::measure::Measure;
use crate::stats::summary::ScenarioLabel;

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BreakEven {
    /// What was run.
    pub scenario: ScenarioLabel,
    /// The variant whose key is varied.
    pub variant: String,
    /// The key.
    pub key: String,
    /// What its values are: `number`, `whole`, `seconds` or `factor`.
    pub unit: &'static str,
    /// The lowest value.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// The figure.
    pub figure: Measure,
    /// What it is held against, as asked.
    pub equals: String,
    /// Where they are equal; nothing where they are not within the range.
    pub crossing: Option<Crossing>,
    /// Whether the difference goes one way over the values tried, but for its intervals.
    pub is_monotone: bool,
    /// The values tried, from the lowest.
    pub tried: Vec<Tried>,
}

/// Where two figures are equal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Crossing {
    /// The value of the key; of whole numbers the first on the far side.
    pub at: f64,
    /// The lowest value at which they may be equal; nothing where that is below the range.
    pub lo: Option<f64>,
    /// The highest (of whole numbers the first that is on the far side for certain); nothing where that is above the range.
    pub hi: Option<f64>,
    /// Whether the figure is the smaller one below and the larger one above.
    pub rises: bool,
}

/// A value of the key.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Tried {
    /// The value.
    pub value: f64,
    /// The figure.
    pub own: Estimate,
    /// What it is held against.
    pub other: Estimate,
    /// The one less the other, paired.
    pub difference: Estimate,
    #[serde(skip)]
    pub(super) part: u32,
}

/// Whether each step of the curve goes the way that the whole goes, or back by less than the interval there is wide.
pub(super) fn is_monotone(tried: &[Tried]) -> bool {
    let mean = |tried: &Tried| tried.difference.mean.unwrap_or(0.0);
    let (Some(first), Some(last)) = (tried.first(), tried.last()) else {
        return true;
    };
    let way = (mean(last) - mean(first)).signum();
    tried.windows(2).all(|pair| {
        let back = way * (mean(&pair[0]) - mean(&pair[1]));
        back <= pair[1].difference.half_width().unwrap_or(0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(differences: &[f64]) -> Vec<Tried> {
        let one = |(part, difference): (u32, &f64)| Tried {
            value: f64::from(part),
            own: Estimate::NONE,
            other: Estimate::NONE,
            difference: Estimate::around(*difference, 0.5),
            part,
        };
        (0..).zip(differences).map(one).collect()
    }

    #[test]
    fn a_curve_that_turns_is_told_from_one_that_wavers() {
        assert!(is_monotone(&tried(&[-3.0, -1.0, -1.3, 2.0])));
        assert!(is_monotone(&tried(&[3.0, 1.0, 1.3, -2.0])));
        assert!(!is_monotone(&tried(&[-3.0, 1.0, -1.0, 2.0])));
    }
}
