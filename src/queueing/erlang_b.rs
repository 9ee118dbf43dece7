//! Erlang B, M/M/s/s: whoever finds all servers busy is turned away. Telephone lines; sessions of a bot.

use super::fault::{QueueError, positive, servers};
use super::integral::{Hill, integrate};
use super::law::Law;
use super::load::Load;
use super::offered_wait::SingleQueue;

/// The share turned away.
///
/// # Formula
///
/// B(n) = a·B(n−1) / (n + a·B(n−1)), B(0) = 1, with a the offered load in erlangs and n servers.
///
/// # Source
///
/// A. K. Erlang (1917); the recursion: G. Koole, *Call Center Mathematics* (2007), appendix to chapter 4.
///
/// # Examples
///
/// B(2) for 1.5 erlangs is (1.5²/2) / (1 + 1.5 + 1.5²/2) = 1.125 / 3.625.
///
/// ```
/// use channelmix::queueing::erlang_b;
/// let blocking = erlang_b::blocking(2, 1.5)?;
/// assert!((blocking - 1.125 / 3.625).abs() < 1e-15);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When there are not 1 to 100,000 servers, or the load is not above zero.
pub fn blocking(number: u32, erlangs: f64) -> Result<f64, QueueError> {
    servers(number)?;
    positive("the offered load", erlangs)?;
    Ok((-ln_inverse(number, erlangs)).exp())
}

/// The share turned away by a number of servers that need not be whole, as Hayward's method needs it.
///
/// # Formula
///
/// 1/B(x) = a ∫₀^∞ e^(−at) (1+t)^x dt.
///
/// # Source
///
/// D. L. Jagerman, "Some properties of the Erlang loss function", *Bell System Technical Journal* 53 (1974).
///
/// # Examples
///
/// Where the number is whole, both agree: B(1) = a / (1 + a).
///
/// ```
/// use channelmix::queueing::erlang_b;
/// assert!((erlang_b::blocking_continuous(1.0, 0.5)? - 0.5 / 1.5).abs() < 1e-14);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When there are not above 0 and at most 100,000 servers, or the load is not above zero.
pub fn blocking_continuous(number: f64, erlangs: f64) -> Result<f64, QueueError> {
    positive("the number of servers", number)?;
    positive("the offered load", erlangs)?;
    if number > f64::from(super::fault::MOST_SERVERS) {
        return Err(QueueError::ServersOutOfRange { found: number });
    }
    // With u = at the integral is ∫ e^(−u) (1 + u/a)^x du.
    let ln = |u: f64| number * (u / erlangs).ln_1p() - u;
    let hill = Hill::of(&ln, 1.0);
    let points = hill.points(0.0, f64::INFINITY, &[]);
    let [mass] = integrate(&|u| [(ln(u) - hill.height).exp()], &points, hill.noise(1.0));
    Ok((-hill.height).exp() / mass)
}

/// M/M/s/s with all its measures.
///
/// # Errors
/// When there are not 1 to 100,000 servers.
///
/// # Examples
///
/// One line and half an erlang: a third is turned away, and the line is busy a third of the time.
///
/// ```
/// use channelmix::queueing::{Load, SteadyState, erlang_b};
/// let measures = erlang_b::solve(Load::new(0.01, 50.0)?, 1)?.measures();
/// assert!((measures.p_block - 1.0 / 3.0).abs() < 1e-15);
/// assert!((measures.occupancy - 1.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
pub fn solve(load: Load, number: u32) -> Result<SingleQueue, QueueError> {
    SingleQueue::new(load, number, Law::Never, Some(0))
}

/// ln 1/B(n), by 1/B(n) = 1 + (n/a) / B(n−1), scaled when it gets large.
fn ln_inverse(number: u32, erlangs: f64) -> f64 {
    let (mut inverse, mut ln_scale, mut one) = (1.0_f64, 0.0, 1.0);
    for n in 1..=number {
        inverse = one + f64::from(n) / erlangs * inverse;
        if inverse > 1e200 {
            ln_scale += inverse.ln();
            inverse = 1.0;
            one = f64::exp(-ln_scale);
        }
    }
    inverse.ln() + ln_scale
}

/// ln of P(a server is free) / P(all are busy) in M/M/s/s.
pub(super) fn ln_odds_of_free(number: u32, erlangs: f64) -> f64 {
    (f64::from(number) / erlangs).ln() + ln_inverse(number - 1, erlangs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_thousand_servers_are_no_problem() {
        // At a = s large, B ≈ √(2 / (π s)) (Jagerman 1974, theorem 14), next term of relative order 1/√s.
        let blocking = blocking(100_000, 100_000.0).unwrap();
        let limit = (2.0 / (std::f64::consts::PI * 1e5)).sqrt();
        assert!((blocking / limit - 1.0).abs() < 5e-3, "{blocking}");
        assert!(super::blocking(100_000, 1e-3).unwrap() < 1e-300);
        assert!((super::blocking(1, 1e12).unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn whole_numbers_agree_with_the_integral() {
        for (number, erlangs) in [
            (1, 0.2),
            (7, 30.0),
            (50, 45.0),
            (1000, 1000.0),
            (90_000, 1e5),
        ] {
            let whole = blocking(number, erlangs).unwrap();
            let continuous = blocking_continuous(f64::from(number), erlangs).unwrap();
            assert!(
                (whole / continuous - 1.0).abs() < 1e-11,
                "{number} {erlangs}"
            );
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for erlangs in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(blocking(3, erlangs).is_err());
            assert!(blocking_continuous(3.0, erlangs).is_err());
        }
        assert!(blocking(0, 1.0).is_err());
        assert!(blocking(100_001, 1.0).is_err());
        assert!(blocking_continuous(0.0, 1.0).is_err());
    }
}
