//! How much work begun before an instant may be left after it, in the mean, whoever chooses when to begin: what agents who go off duty do
//! beyond the hours that they are planned for.

use crate::dist::Family;
use crate::scenario::model::{Law, Queue};

/// The longest times are cut off here: as a share of all.
const CUT: f64 = 0.005;
/// Steps of the sums.
const STEPS: usize = 2_000;

/// Work of a contact, cut off where it is longest, in relation to its mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Work {
    /// The mean of what is left when the longest are cut off.
    pub(super) kept: f64,
    /// The most that is left to do in the mean, whatever has been done.
    pub(super) residual: f64,
}

/// Of a contact of a queue, talk and wrap-up together.
pub(super) fn of_queue(queue: &Queue) -> Work {
    let piece_free = |law: &Law| (law.sampler.mean(), of_family(law.sampler.family()));
    let (talk_s, talk) = piece_free(&queue.handle_time);
    let Some((after_s, after)) = queue.wrap_up.as_ref().map(piece_free) else {
        return talk;
    };
    let all_s = talk_s + after_s;
    if all_s <= 0.0 {
        return talk;
    }
    let residual_s = (talk.residual * talk_s + after_s).max(after.residual * after_s);
    Work {
        kept: (talk.kept * talk_s + after.kept * after_s) / all_s,
        residual: residual_s / all_s,
    }
}

/// Of one law.
///
/// # Formula
///
/// With S the survival function: where it wears (the hazard does not fall) the mean left is largest at the beginning, and is the mean.
/// Elsewhere times are cut at c with S(c) = 0.5 %; then the mean is ∫₀ᶜ S and the mean left after a is ∫ₐᶜ S / S(a), sums below and above
/// these integrals.
///
/// # Source
///
/// R. Barlow and F. Proschan, *Statistical Theory of Reliability and Life Testing* (1975), chapter 3.
pub(super) fn of_family(family: &Family) -> Work {
    let mean = family.mean();
    let wears = match family {
        Family::Constant { .. }
        | Family::Exponential { .. }
        | Family::Erlang { .. }
        | Family::Uniform { .. }
        | Family::Triangular { .. } => true,
        Family::Gamma { cv, .. } => *cv <= 1.0,
        Family::Weibull { shape, .. } => *shape >= 1.0,
        Family::Lognormal { .. }
        | Family::Hyperexponential { .. }
        | Family::Empirical { .. }
        | Family::Mixture { .. } => false,
    };
    if wears || mean <= 0.0 {
        return Work {
            kept: 1.0,
            residual: 1.0,
        };
    }
    let survival = |x: f64| 1.0 - family.cdf(x);
    let cut = cut(mean, survival);
    let step = cut / STEPS as f64;
    let at = |number: usize| survival(step * number as f64);
    let kept: f64 = (1..=STEPS).map(|number| at(number) * step).sum();
    let (mut left, mut residual) = (0.0, 0.0_f64);
    for number in (0..STEPS).rev() {
        left += at(number) * step;
        // Nobody is older than the last who are left.
        let still = at(number + 1).max(CUT / 2.0);
        residual = residual.max(left / still);
    }
    Work {
        kept: (kept / mean).min(1.0),
        residual: residual / mean,
    }
}

/// A time beyond which so few are left.
fn cut(mean: f64, survival: impl Fn(f64) -> f64) -> f64 {
    let mut above = mean;
    while survival(above) > CUT {
        above *= 2.0;
    }
    let mut below = 0.0;
    for _ in 0..40 {
        let middle = f64::midpoint(below, above);
        if survival(middle) > CUT {
            below = middle;
        } else {
            above = middle;
        }
    }
    below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_that_wear_have_most_left_at_the_beginning() {
        let work = of_family(&Family::Gamma {
            mean: 60.0,
            cv: 0.5,
        });
        assert_eq!((work.kept, work.residual), (1.0, 1.0));
    }

    #[test]
    fn of_two_exponential_ones_the_longer_is_left() {
        let family = Family::Hyperexponential {
            means: vec![1.0, 9.0],
            shares: vec![0.5, 0.5],
        };
        let work = of_family(&family);
        // What is left tends to nine, of a mean of five, and less of what is cut off.
        assert!((1.5..1.81).contains(&work.residual), "{work:?}");
        assert!((0.97..1.0).contains(&work.kept), "{work:?}");
    }

    #[test]
    fn a_long_tail_is_cut_and_what_is_cut_is_little() {
        let work = of_family(&Family::Lognormal {
            mean: 240.0,
            cv: 1.1,
        });
        assert!((0.94..1.0).contains(&work.kept), "{work:?}");
        assert!((1.0..3.0).contains(&work.residual), "{work:?}");
    }
}
