//! Large centres: the delay functions of Halfin and Whitt and of Garnett, and square-root staffing.

use statrs::function::erf::erfc;

use super::fault::{MOST_SERVERS, QueueError, positive};

const ROOT_TWO_PI: f64 = 2.506_628_274_631_000_5;

/// Beyond this the continued fraction is used.
const FRACTION_FROM: f64 = 1.5;

/// φ(x) / (1 − Φ(x)), the hazard of the standard normal distribution.
fn hazard(x: f64) -> f64 {
    if x > FRACTION_FROM {
        return x + hazard_excess(x);
    }
    (-0.5 * x * x).exp() / ROOT_TWO_PI / (0.5 * erfc(x / std::f64::consts::SQRT_2))
}

/// The hazard less x, by Laplace's continued fraction of the Mills ratio where the two are close.
fn hazard_excess(x: f64) -> f64 {
    if x <= FRACTION_FROM {
        return hazard(x) - x;
    }
    let mut fraction = x;
    for k in (2..=400_u16).rev() {
        fraction = x + f64::from(k) / fraction;
    }
    1.0 / fraction
}

fn finite(found: f64) -> Result<f64, QueueError> {
    if found.is_finite() {
        return Ok(found);
    }
    Err(QueueError::Negative {
        what: "the quality of service β",
        found,
    })
}

/// The share that waits in a large M/M/s queue with s = a + β√a servers.
///
/// # Formula
///
/// P(W > 0) → 1 / (1 + β Φ(β) / φ(β)).
///
/// # Source
///
/// S. Halfin and W. Whitt, "Heavy-traffic limits for queues with many exponential servers", *Operations Research* 29 (1981), theorem 1.
///
/// # Examples
///
/// β = 1: 1 / (1 + 0.841345 / 0.241971) = 0.22336.
///
/// ```
/// use channelmix::queueing::many_servers::halfin_whitt;
/// assert!((halfin_whitt(1.0)? - 0.22336).abs() < 1e-5);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When β is not above zero: the queue would grow without end.
pub fn halfin_whitt(beta: f64) -> Result<f64, QueueError> {
    positive("the quality of service β", beta)?;
    Ok(1.0 / (1.0 + beta / hazard(-beta)))
}

/// The share that waits in a large M/M/s+M queue with s = a + β√a servers; `ratio` is θ/μ, mean handle time / mean patience.
///
/// # Formula
///
/// P(W > 0) → 1 / (1 + √r h(β/√r) / h(−β)), h the hazard of the standard normal distribution.
///
/// # Source
///
/// O. Garnett, A. Mandelbaum and M. Reiman, "Designing a call center with impatient customers", *Manufacturing & Service Operations
/// Management* 4 (2002), theorem 4.1.
///
/// # Examples
///
/// β = 0 and r = 1: half of them wait.
///
/// ```
/// use channelmix::queueing::many_servers::garnett_wait;
/// assert!((garnett_wait(0.0, 1.0)? - 0.5).abs() < 1e-15);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When β is no number, or the ratio is not above zero.
pub fn garnett_wait(beta: f64, ratio: f64) -> Result<f64, QueueError> {
    finite(beta)?;
    let root = positive("the ratio of handle time to patience", ratio)?.sqrt();
    let own = hazard(-beta);
    if own <= 0.0 {
        return Ok(0.0);
    }
    Ok(1.0 / (1.0 + root * hazard(beta / root) / own))
}

/// √s times the share that leaves a large M/M/s+M queue with s = a + β√a servers; `ratio` is θ/μ.
///
/// # Formula
///
/// √s P(abandon) → (√r h(β/√r) − β) · P(W > 0).
///
/// # Source
///
/// Garnett, Mandelbaum and Reiman (2002), theorem 4.1.
///
/// # Examples
///
/// β = 0 and r = 1: h(0)/2 = 0.797885/2.
///
/// ```
/// use channelmix::queueing::many_servers::garnett_abandonment;
/// assert!((garnett_abandonment(0.0, 1.0)? - 0.398_942_280_401_432_7).abs() < 1e-15);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When β is no number, or the ratio is not above zero.
pub fn garnett_abandonment(beta: f64, ratio: f64) -> Result<f64, QueueError> {
    let wait = garnett_wait(beta, ratio)?;
    let root = ratio.sqrt();
    Ok(root * hazard_excess(beta / root) * wait)
}

/// Servers by the square-root rule, rounded up.
///
/// # Formula
///
/// s = ⌈a + β√a⌉, with a the offered load in erlangs.
///
/// # Source
///
/// S. Borst, A. Mandelbaum and M. Reiman, "Dimensioning large call centers", *Operations Research* 52 (2004).
///
/// # Examples
///
/// ⌈100 + 0.5 · 10⌉ = 105. The rule and the exact answer side by side: 20 % may wait, 100 erlangs, nobody leaves. The rule's β is 1.0615
/// (where [`halfin_whitt`] is 0.2), so ⌈100 + 10.615⌉ = 111, and so says Erlang C.
///
/// ```
/// use channelmix::queueing::many_servers::{beta_for_wait, square_root};
/// use channelmix::queueing::staffing::{Goal, least};
/// use channelmix::queueing::{Load, erlang_c};
/// assert_eq!(square_root(100.0, 0.5)?, 105);
///
/// let beta = beta_for_wait(0.2, None)?;
/// let load = Load::new(100.0, 1.0)?;
/// let exact = least(&[Goal::Wait(0.2)], 1..=100_000, |servers| erlang_c::solve(load, servers))?;
/// assert_eq!(square_root(100.0, beta)?, exact);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When the load is not above zero, β is no number, or the result is not between 1 and 100,000.
pub fn square_root(erlangs: f64, beta: f64) -> Result<u32, QueueError> {
    positive("the offered load", erlangs)?;
    let wanted = (erlangs + finite(beta)? * erlangs.sqrt()).ceil();
    if (1.0..=f64::from(MOST_SERVERS)).contains(&wanted) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and 100,000"
        )]
        return Ok(wanted as u32);
    }
    Err(QueueError::ServersOutOfRange { found: wanted })
}

/// The β for which this share waits in a large queue; `ratio` is θ/μ, or `None` for patience without end.
///
/// # Formula
///
/// The inverse of [`halfin_whitt`] or [`garnett_wait`], both of which fall as β grows; by bisection.
///
/// # Source
///
/// Halfin and Whitt (1981); Garnett, Mandelbaum and Reiman (2002).
///
/// # Examples
///
/// ```
/// use channelmix::queueing::many_servers::{beta_for_wait, garnett_wait};
/// assert!(beta_for_wait(0.5, Some(1.0))?.abs() < 1e-12);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When the share is not between 0 and 1, or the ratio is not above zero.
pub fn beta_for_wait(wait: f64, ratio: Option<f64>) -> Result<f64, QueueError> {
    if !(wait > 0.0 && wait < 1.0) {
        return Err(QueueError::NotAShare {
            what: "the share that waits",
            found: wait,
        });
    }
    let delay = |beta: f64| match ratio {
        Some(ratio) => garnett_wait(beta, ratio),
        None => halfin_whitt(beta),
    };
    let (mut low, mut high) = (if ratio.is_some() { -30.0 } else { 1e-300 }, 30.0);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if delay(middle)? > wait {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(f64::midpoint(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hazard_is_smooth_where_its_formulas_meet() {
        // Its slope is h (h − x), 0.85 here.
        let (below, above) = (hazard(1.5), hazard(1.500_001));
        assert!((above - below - 0.85e-6).abs() < 1e-9, "{below} {above}");
        assert!(hazard(1e9).is_finite() && hazard(-1e9) >= 0.0);
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(halfin_whitt(0.0).is_err());
        assert!(garnett_wait(f64::NAN, 1.0).is_err());
        assert!(garnett_wait(0.0, 0.0).is_err());
        assert!(square_root(-1.0, 0.0).is_err());
        assert!(square_root(1e9, 0.0).is_err());
        assert!(beta_for_wait(1.0, None).is_err());
        assert!(garnett_wait(-1e3, 1.0).unwrap() <= 1.0 && garnett_wait(1e3, 1.0).unwrap() >= 0.0);
    }
}
