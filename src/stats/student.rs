//! Student's t.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The factor of a two-sided 95 % interval from so many replications; `None` with fewer than two.
pub fn t_quantile(replications: u64) -> Option<f64> {
    t_exceeded_by(0.025, replications)
}

/// What Student's t of so many replications exceeds with this chance; `None` with fewer than two.
pub fn t_exceeded_by(chance: f64, replications: u64) -> Option<f64> {
    if replications < 2 {
        return None;
    }
    StudentsT::new(0.0, 1.0, (replications - 1) as f64)
        .ok()
        .map(|student| student.inverse_cdf(1.0 - chance))
}

/// The chance that Student's t of so many replications lies further from zero than this; `None` with fewer than two.
pub fn t_beyond(t: f64, replications: u64) -> Option<f64> {
    if replications < 2 {
        return None;
    }
    let student = StudentsT::new(0.0, 1.0, (replications - 1) as f64).ok()?;
    Some(2.0 * student.sf(t.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factors_are_those_of_the_printed_tables() {
        for (replications, printed) in [
            (2, 12.706),
            (3, 4.303),
            (10, 2.262),
            (31, 2.042),
            (1001, 1.962),
        ] {
            assert!((t_quantile(replications).unwrap() - printed).abs() < 5e-4);
        }
        assert_eq!(t_quantile(1), None);
    }

    #[test]
    fn the_chance_beyond_a_quantile_is_what_it_was_made_for() {
        for (t, replications) in [(12.706_2, 2), (2.262_16, 10), (1.962_34, 1001)] {
            let chance = t_beyond(-t, replications).unwrap();
            assert!((chance - 0.05).abs() < 1e-5, "{chance}");
        }
        assert_eq!(t_beyond(1.0, 1), None);
    }
}
