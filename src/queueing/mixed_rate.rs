//! Erlang A where nobody knows how busy the day will be: the arrival rate of a day is drawn from a gamma distribution.

use std::cell::RefCell;

use super::erlang_a;
use super::fault::{LEAST_ERLANGS, QueueError, within};
use super::integral::{Hill, integrate};
use super::load::Load;
use super::measures::SteadyState;

/// The cv of the day for which the integral is made: below, days hardly differ; above, most days bring next to nothing.
const CV_RANGE: (f64, f64) = (1e-4, 2.0);

/// Long-run figures over many days, each in the steady state of its own rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MixedRate {
    /// Answered within the threshold / offered, over all contacts.
    pub service_level: f64,
    /// The mean of the daily service levels, which busy days pull down less.
    pub mean_daily_service_level: f64,
    /// Abandoned / offered, over all contacts.
    pub abandonment: f64,
    /// Share of the time that all servers are busy.
    pub p_wait_over_time: f64,
}

/// Erlang A with a day's rate of λB, B gamma distributed with mean 1 and this cv.
///
/// # Formula
///
/// Service level E(B·SL(λB)) / E(B), abandonment E(B·P(abandon; λB)), over the density of B.
///
/// # Source
///
/// G. Jongbloed and G. Koole, "Managing uncertainty in call centres using Poisson mixtures", *Applied Stochastic Models in Business and
/// Industry* 17 (2001); A. Avramidis, A. Deslauriers and P. L'Ecuyer, "Modeling daily arrivals to a telephone call center", *Management
/// Science* 50 (2004).
///
/// # Examples
///
/// Where days hardly differ, this is Erlang A, up to a term of the order of the squared cv.
///
/// ```
/// use channelmix::queueing::{Load, SteadyState, erlang_a, mixed_rate};
/// let load = Load::new(1.0, 10.0)?;
/// let found = mixed_rate::solve(load, 11, 20.0, 1e-3, 2.0)?;
/// let exact = erlang_a::solve(load, 11, 20.0)?.measures();
/// assert!((found.abandonment - exact.p_abandon).abs() < 1e-6);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// As [`erlang_a::solve`], also for the load of the busiest day that counts; when the cv is not between 0.0001 and 2, or the threshold is
/// no number of at least zero.
pub fn solve(
    load: Load,
    servers: u32,
    mean_patience_s: f64,
    day_cv: f64,
    within_s: f64,
) -> Result<MixedRate, QueueError> {
    within("the cv of the day", day_cv, CV_RANGE)?;
    erlang_a::solve(load, servers, mean_patience_s)?.within(within_s)?;
    let shape = 1.0 / (day_cv * day_cv);
    // In x = ln B, where the density has one peak, at 0, whatever the shape is; an offset of at least seven of its widths keeps all that
    // counts of it above zero.
    let offset = 100.0 * day_cv * day_cv + 20.0 * day_cv;
    let ln = |place: f64| {
        let x = place - offset;
        shape * (x - x.exp_m1())
    };
    let hill = Hill::of(&ln, day_cv);
    let refused = RefCell::new(None);
    let sums = integrate(
        &|place| {
            let weight = (ln(place) - hill.height).exp();
            let factor = (place - offset).exp();
            match daily(load, servers, mean_patience_s, factor, within_s) {
                Ok([level, gone, wait]) => {
                    let busy = weight * factor;
                    [
                        weight,
                        busy,
                        busy * level,
                        weight * level,
                        busy * gone,
                        weight * wait,
                    ]
                }
                Err(error) => {
                    refused.replace(Some(error));
                    [0.0; 6]
                }
            }
        },
        &hill.points(0.0, f64::INFINITY, &[]),
        1e-11,
    );
    if let Some(error) = refused.into_inner() {
        return Err(error);
    }
    let [days, contacts, in_time, levels, gone, waiting] = sums;
    Ok(MixedRate {
        service_level: in_time / contacts,
        mean_daily_service_level: levels / days,
        abandonment: gone / contacts,
        p_wait_over_time: waiting / days,
    })
}

/// Service level, abandonment and P(wait) of one day.
fn daily(
    load: Load,
    servers: u32,
    patience: f64,
    factor: f64,
    within_s: f64,
) -> Result<[f64; 3], QueueError> {
    // On days with next to nothing to do nobody waits, however little it is.
    let factor = factor.max(2.0 * LEAST_ERLANGS / load.erlangs());
    let day = Load::new(load.arrivals_per_s() * factor, load.handle_time_s())?;
    let queue = erlang_a::solve(day, servers, patience)?;
    let measures = queue.measures();
    Ok([
        queue.within(within_s)?.answered,
        measures.p_abandon,
        measures.p_wait,
    ])
}
