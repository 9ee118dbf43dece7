//! The distribution behind times of which some are known only to exceed what was seen.
//!
//! Of a customer who was answered after 20 s nobody knows how long they would have waited, only that it is more than 20 s:
//! the patience is *right-censored*. A mean over those who left alone would be far too short.
//!
//! # Formula
//!
//! With density f and survival function S, the log-likelihood of times tᵢ seen to end and cⱼ censored is Σ ln f(tᵢ) + Σ ln S(cⱼ). For the
//! exponential its greatest value lies at mean = (Σ tᵢ + Σ cⱼ) / number that ended. The others are searched for. Families are compared by
//! Akaike's criterion, 2 × parameters − 2 × log-likelihood; the smallest is best.
//!
//! # Source
//!
//! Kalbfleisch, Prentice, *The Statistical Analysis of Failure Time Data*, 2nd ed. (2002), chapter 3; Akaike, "A new look at the statistical
//! model identification", *IEEE Transactions on Automatic Control* 19 (1974). For patience of callers: Brown et al., "Statistical analysis
//! of a telephone call center", *Journal of the American Statistical Association* 100 (2005), section 5.

use statrs::function::erf::erfc;
use statrs::function::gamma::{gamma_ur, ln_gamma};

use super::Family;
use super::simplex::lowest;

/// Below this a survival function is replaced by its asymptotic form.
const TINY: f64 = 1e-280;
const LN_SQRT_2_PI: f64 = 0.918_938_533_204_672_8;

/// A time seen `count` times: ended then, or censored then (known to be longer).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// The time, above zero.
    pub seconds: f64,
    /// How often.
    pub count: f64,
    /// Whether it is known only to be longer.
    pub is_censored: bool,
}

/// A family fitted to times.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The distribution of greatest likelihood within its family.
    pub family: Family,
    /// The logarithm of its likelihood.
    pub log_likelihood: f64,
    /// Akaike's criterion; the smallest is best.
    pub aic: f64,
}

/// The exponential, Weibull, lognormal and gamma distributions of greatest likelihood, the best by Akaike's criterion first; none
/// where no time ended. A family whose best member cannot be drawn from (a cv above 100) is left out.
///
/// # Examples
///
/// Two left after 30 s and 90 s, one was answered after 60 s: a mean of (30 + 90 + 60) / 2 s.
///
/// ```
/// use channelmix::dist::Family;
/// use channelmix::dist::fit::{Seen, fits};
/// let seen = |seconds, is_censored| Seen { seconds, count: 1.0, is_censored };
/// let fits = fits(&[seen(30.0, false), seen(90.0, false), seen(60.0, true)]);
/// assert!(fits.iter().any(|fit| fit.family == Family::Exponential { mean: 90.0 }));
/// ```
pub fn fits(times: &[Seen]) -> Vec<Fit> {
    let ended: f64 = times
        .iter()
        .filter(|seen| !seen.is_censored)
        .map(|seen| seen.count)
        .sum();
    if ended <= 0.0 {
        return Vec::new();
    }
    let all: f64 = times.iter().map(|seen| seen.seconds * seen.count).sum();
    let mean = all / ended;
    let mut fits = vec![fit(Form::Weibull, [0.0, mean.ln()], times, 1.0)];
    for form in [Form::Weibull, Form::Lognormal, Form::Gamma] {
        let start = [0.0, mean.ln()];
        let height = |point| -log_likelihood(form, point, times);
        fits.push(fit(form, lowest(start, 0.5, height), times, 2.0));
    }
    // A Weibull distribution of shape 1 is the exponential one, whose mean needs no search.
    fits[0].family = Family::Exponential { mean };
    fits.retain(|fit| fit.aic.is_finite() && fit.family.sampler().is_ok());
    fits.sort_by(|a, b| a.aic.total_cmp(&b.aic));
    fits
}

/// The share that has ended by a time, without a family.
///
/// # Formula
///
/// 1 − Π (1 − dᵢ / nᵢ) over the times tᵢ up to it, with dᵢ that end at tᵢ and nᵢ that are under observation just before.
///
/// # Source
///
/// Kaplan, Meier, "Nonparametric estimation from incomplete observations", *Journal of the American Statistical Association* 53 (1958).
///
/// # Examples
///
/// Of three, one ends at 1 s, one is lost from sight at 2 s, one ends at 3 s: 1/3 by 2 s, and all by 3 s.
///
/// ```
/// use channelmix::dist::fit::{Seen, ended_by};
/// let seen = |seconds, is_censored| Seen { seconds, count: 1.0, is_censored };
/// let times = [seen(1.0, false), seen(2.0, true), seen(3.0, false)];
/// assert!((ended_by(&times, 2.0) - 1.0 / 3.0).abs() < 1e-12);
/// assert!((ended_by(&times, 3.0) - 1.0).abs() < 1e-12);
/// ```
pub fn ended_by(times: &[Seen], seconds: f64) -> f64 {
    let mut sorted = times.to_vec();
    // At one time those who end come before those who are lost from sight.
    sorted.sort_by(|a, b| {
        let by_time = a.seconds.total_cmp(&b.seconds);
        by_time.then(a.is_censored.cmp(&b.is_censored))
    });
    let mut at_risk: f64 = sorted.iter().map(|seen| seen.count).sum();
    let mut stay = 1.0;
    for seen in sorted.iter().take_while(|seen| seen.seconds <= seconds) {
        if !seen.is_censored {
            stay *= 1.0 - seen.count / at_risk;
        }
        at_risk -= seen.count;
    }
    1.0 - stay
}

/// A family of two parameters, searched over the logarithm of the shape (of the standard deviation of the logarithm) and of the scale (of
/// the median).
#[derive(Debug, Clone, Copy)]
enum Form {
    Weibull,
    Lognormal,
    Gamma,
}

fn fit(form: Form, point: [f64; 2], times: &[Seen], parameters: f64) -> Fit {
    let log_likelihood = log_likelihood(form, point, times);
    let [shape, scale] = point.map(f64::exp);
    let family = match form {
        Form::Weibull => Family::Weibull { shape, scale },
        Form::Gamma => Family::Gamma {
            mean: shape * scale,
            cv: 1.0 / shape.sqrt(),
        },
        Form::Lognormal => Family::Lognormal {
            mean: scale * (shape * shape / 2.0).exp(),
            cv: (shape * shape).exp_m1().sqrt(),
        },
    };
    Fit {
        family,
        log_likelihood,
        aic: 2.0 * parameters - 2.0 * log_likelihood,
    }
}

fn log_likelihood(form: Form, point: [f64; 2], times: &[Seen]) -> f64 {
    let of = |seen: &Seen| {
        let logs = match form {
            Form::Weibull => weibull(point, seen.seconds),
            Form::Lognormal => lognormal(point, seen.seconds),
            Form::Gamma => gamma(point, seen.seconds),
        };
        seen.count
            * if seen.is_censored {
                logs.survival
            } else {
                logs.density
            }
    };
    let sum: f64 = times.iter().map(of).sum();
    if sum.is_nan() { f64::NEG_INFINITY } else { sum }
}

/// The logarithms of a density and a survival function.
struct Logs {
    density: f64,
    survival: f64,
}

fn weibull([ln_shape, ln_scale]: [f64; 2], x: f64) -> Logs {
    let ln_ratio = x.ln() - ln_scale;
    let shape = ln_shape.exp();
    let survival = -(shape * ln_ratio).exp();
    Logs {
        density: ln_shape + shape * ln_ratio - x.ln() + survival,
        survival,
    }
}

fn lognormal([ln_sigma, ln_median]: [f64; 2], x: f64) -> Logs {
    let z = (x.ln() - ln_median) / ln_sigma.exp();
    let above = erfc(z / std::f64::consts::SQRT_2) / 2.0;
    Logs {
        density: -z * z / 2.0 - LN_SQRT_2_PI - ln_sigma - x.ln(),
        survival: if above > TINY {
            above.ln()
        } else {
            -z * z / 2.0 - LN_SQRT_2_PI - z.ln()
        },
    }
}

fn gamma([ln_shape, ln_scale]: [f64; 2], x: f64) -> Logs {
    let (shape, ratio) = (ln_shape.exp(), (x.ln() - ln_scale).exp());
    let kernel = (shape - 1.0) * ratio.ln() - ratio - ln_gamma(shape);
    let is_regular = shape > 0.0 && shape < 1e6 && ratio > 0.0 && ratio < 1e6;
    let above = if is_regular {
        gamma_ur(shape, ratio)
    } else {
        f64::NAN
    };
    Logs {
        density: kernel - ln_scale,
        survival: if above > TINY || above.is_nan() {
            above.ln()
        } else {
            kernel
        },
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_xoshiro::Xoshiro256PlusPlus;

    use super::*;

    /// Patience of `family`, seen until an exponential wait of mean `wait` ends it.
    fn seen(family: &Family, wait: f64, count: usize) -> Vec<Seen> {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
        let patience = family.sampler().unwrap();
        let waits = Family::Exponential { mean: wait }.sampler().unwrap();
        let draw = |_| {
            let (patience, wait) = (patience.sample(&mut rng), waits.sample(&mut rng));
            Seen {
                seconds: patience.min(wait),
                count: 1.0,
                is_censored: wait < patience,
            }
        };
        (0..count).map(draw).collect()
    }

    /// The best fit is of the family that was drawn from, and its mean and cv are near.
    fn recovers(family: &Family, tolerance: f64) {
        let times = seen(family, 150.0, 12_000);
        let best = &fits(&times)[0];
        assert_eq!(
            std::mem::discriminant(&best.family),
            std::mem::discriminant(family),
            "{best:?}"
        );
        let (mean, cv) = (best.family.mean(), best.family.cv());
        assert!((mean / family.mean() - 1.0).abs() < tolerance, "{best:?}");
        assert!((cv / family.cv() - 1.0).abs() < tolerance, "{best:?}");
    }

    #[test]
    fn families_are_found_again_behind_censoring() {
        recovers(
            &Family::Lognormal {
                mean: 120.0,
                cv: 1.3,
            },
            0.08,
        );
        recovers(
            &Family::Gamma {
                mean: 120.0,
                cv: 0.6,
            },
            0.04,
        );
        recovers(
            &Family::Weibull {
                shape: 0.6,
                scale: 90.0,
            },
            0.06,
        );
        recovers(
            &Family::Weibull {
                shape: 1.8,
                scale: 90.0,
            },
            0.04,
        );
    }

    #[test]
    fn the_exponential_has_its_closed_form_and_wins_where_it_is_true() {
        let times = seen(&Family::Exponential { mean: 200.0 }, 60.0, 20_000);
        let ended = times.iter().filter(|seen| !seen.is_censored).count() as f64;
        let exact = times.iter().map(|seen| seen.seconds).sum::<f64>() / ended;
        let fits = fits(&times);
        let Some(Fit {
            family: Family::Exponential { mean },
            log_likelihood,
            ..
        }) = fits
            .iter()
            .find(|fit| matches!(fit.family, Family::Exponential { .. }))
        else {
            panic!("{fits:?}");
        };
        assert!((mean / exact - 1.0).abs() < 1e-12);
        assert!((log_likelihood + ended * (exact.ln() + 1.0)).abs() < 1e-6);
        // A family that holds the exponential one is at least as likely, by little: twice the gain is chi-squared with one degree.
        for fit in fits
            .iter()
            .filter(|fit| !matches!(fit.family, Family::Lognormal { .. }))
        {
            let gain = fit.log_likelihood - log_likelihood;
            assert!((-1e-6..6.0).contains(&gain), "{fit:?}");
        }
    }

    #[test]
    fn counted_times_weigh_as_often_as_they_are_counted() {
        let one = |seconds, count, is_censored| Seen {
            seconds,
            count,
            is_censored,
        };
        let counted = [
            one(5.0, 2.0, false),
            one(9.0, 1.0, false),
            one(7.0, 3.0, true),
        ];
        let single: Vec<Seen> = counted
            .iter()
            .flat_map(|seen| {
                vec![
                    Seen {
                        count: 1.0,
                        ..*seen
                    };
                    if seen.count > 2.5 {
                        3
                    } else if seen.count > 1.5 {
                        2
                    } else {
                        1
                    }
                ]
            })
            .collect();
        for (a, b) in fits(&counted).iter().zip(fits(&single)) {
            assert!(
                (a.log_likelihood - b.log_likelihood).abs() < 1e-6,
                "{a:?} {b:?}"
            );
        }
        assert!((ended_by(&counted, 8.0) - ended_by(&single, 8.0)).abs() < 1e-12);
    }

    #[test]
    fn where_nobody_left_nothing_is_fitted() {
        assert_eq!(fits(&[]), []);
        assert_eq!(
            fits(&[Seen {
                seconds: 3.0,
                count: 9.0,
                is_censored: true
            }]),
            []
        );
    }

    #[test]
    fn kaplan_meier_agrees_with_the_distribution_behind_it() {
        let family = Family::Lognormal {
            mean: 120.0,
            cv: 1.3,
        };
        let times = seen(&family, 150.0, 20_000);
        for at in [10.0, 60.0, 150.0] {
            assert!((ended_by(&times, at) - family.cdf(at)).abs() < 0.01);
        }
    }
}
