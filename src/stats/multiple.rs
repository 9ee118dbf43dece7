//! Many differences tested together: which are real and which may be chance.

use serde::Serialize;

use super::estimate::Estimate;
use super::student::{t_beyond, t_exceeded_by, t_quantile};

/// The chance that any difference is called real among those that are none.
pub const LEVEL: f64 = 0.05;

/// What is to be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Other than zero, even though many were looked at.
    Real,
    /// May be chance.
    Noise,
    /// The same in every replication.
    Same,
    /// Too few replications to say, or nothing to compare.
    Unknown,
}

impl Verdict {
    /// Its name in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Noise => "noise",
            Self::Same => "same",
            Self::Unknown => "unknown",
        }
    }
}

/// A difference with what the test says of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Tested {
    /// The difference with its own 95 % interval.
    #[serde(flatten)]
    pub difference: Estimate,
    /// The chance of so large a difference if there were none, by Student's t.
    pub p: Option<f64>,
    /// The same for one of so many differences, by Holm.
    pub p_adjusted: Option<f64>,
    /// Whether it is real.
    pub verdict: Verdict,
}

/// Tests differences, paired over so many replications, together: the chance that any of them is called real wrongly is 5 %. What is
/// the same in every replication is no test and does not count among them.
///
/// # Source
/// S. Holm, "A simple sequentially rejective multiple test procedure", *Scandinavian Journal of Statistics* 6 (1979), 65-70.
pub fn holm(differences: &[Estimate], replications: u64) -> Vec<Tested> {
    let mut tested: Vec<Tested> = differences
        .iter()
        .map(|difference| {
            let p = p_value(difference, replications);
            let is_same = difference.mean == Some(0.0) && difference.half_width() == Some(0.0);
            Tested {
                difference: *difference,
                p: p.filter(|_| !is_same),
                p_adjusted: None,
                verdict: if is_same {
                    Verdict::Same
                } else {
                    Verdict::Unknown
                },
            }
        })
        .collect();
    let mut order: Vec<(usize, f64)> = tested
        .iter()
        .enumerate()
        .filter_map(|(place, tested)| Some((place, tested.p?)))
        .collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut adjusted: f64 = 0.0;
    for (rank, &(place, p)) in order.iter().enumerate() {
        adjusted = adjusted.max((p * (order.len() - rank) as f64).min(1.0));
        tested[place].p_adjusted = Some(adjusted);
        tested[place].verdict = if adjusted <= LEVEL {
            Verdict::Real
        } else {
            Verdict::Noise
        };
    }
    tested
}

/// The chance of a difference at least as large if there were none.
fn p_value(difference: &Estimate, replications: u64) -> Option<f64> {
    let (mean, half, t) = (
        difference.mean?,
        difference.half_width()?,
        t_quantile(replications)?,
    );
    if half > 0.0 {
        t_beyond(mean * t / half, replications)
    } else {
        Some(if mean == 0.0 { 1.0 } else { 0.0 })
    }
}

/// By how much wider each of so many intervals must be than one of 95 %, so that all of them hold with that chance (Bonferroni).
pub fn widening(intervals: usize, replications: u64) -> Option<f64> {
    let chance = LEVEL / 2.0 / intervals.max(1) as f64;
    Some(t_exceeded_by(chance, replications)? / t_quantile(replications)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Differences of so many standard errors over 1001 replications.
    fn of_errors(errors: &[f64]) -> Vec<Estimate> {
        let t = t_quantile(1001).unwrap();
        errors
            .iter()
            .map(|&errors| Estimate::around(errors, t))
            .collect()
    }

    #[test]
    fn holm_multiplies_by_what_is_left() {
        let tested = holm(&of_errors(&[2.3, 0.5, -3.5]), 1001);
        let p: Vec<f64> = tested.iter().map(|tested| tested.p.unwrap()).collect();
        let adjusted: Vec<f64> = tested
            .iter()
            .map(|tested| tested.p_adjusted.unwrap())
            .collect();
        assert!((adjusted[2] - 3.0 * p[2]).abs() < 1e-12);
        assert!((adjusted[0] - 2.0 * p[0]).abs() < 1e-12);
        assert!((adjusted[1] - p[1]).abs() < 1e-12);
        let verdicts: Vec<Verdict> = tested.iter().map(|tested| tested.verdict).collect();
        assert_eq!(verdicts, [Verdict::Real, Verdict::Noise, Verdict::Real]);
    }

    #[test]
    fn what_one_test_would_call_real_may_be_noise_among_many() {
        let mut errors = vec![2.5];
        assert_eq!(holm(&of_errors(&errors), 1001)[0].verdict, Verdict::Real);
        errors.extend([0.3; 30]);
        assert_eq!(holm(&of_errors(&errors), 1001)[0].verdict, Verdict::Noise);
    }

    #[test]
    fn what_is_the_same_everywhere_is_no_test() {
        let mut differences = of_errors(&[2.5]);
        differences.extend([Estimate::around(0.0, 0.0); 30]);
        let tested = holm(&differences, 1001);
        assert_eq!(tested[0].verdict, Verdict::Real);
        assert_eq!(tested[1].verdict, Verdict::Same);
        assert_eq!(tested[1].p, None);
    }

    #[test]
    fn a_difference_that_never_varies_is_real_and_one_replication_tells_nothing() {
        let sure = holm(&[Estimate::around(4.0, 0.0)], 10)[0];
        assert_eq!((sure.p, sure.verdict), (Some(0.0), Verdict::Real));
        let unknown = holm(&[Estimate::point(4.0), Estimate::NONE], 1);
        assert!(
            unknown
                .iter()
                .all(|tested| tested.verdict == Verdict::Unknown)
        );
    }

    #[test]
    fn intervals_of_many_are_wider() {
        assert!((widening(1, 30).unwrap() - 1.0).abs() < 1e-9);
        // 1 − 0.05 / 2 / 10 of the normal law: 2.807.
        assert!((widening(10, 1_000_000).unwrap() - 2.807 / 1.96).abs() < 1e-3);
        assert_eq!(widening(10, 1), None);
    }
}
