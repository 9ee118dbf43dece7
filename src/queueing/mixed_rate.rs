//! Erlang A where nobody knows how busy the day will be: the arrival rate of a day is drawn from a gamma distribution.

use statrs::function::gamma::ln_gamma;

use super::erlang_a;
use super::fault::{QueueError, positive};
use super::integral::{Hill, integrate};
use super::load::Load;
use super::measures::SteadyState;

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
/// Service level E[B·SL(λB)] / E[B], abandonment E[B·P(abandon; λB)], over the density of B.
///
/// # Source
///
/// G. Jongbloed and G. Koole, "Managing uncertainty in call centres using Poisson mixtures", *Applied Stochastic Models in Business and
/// Industry* 17 (2001); A. Avramidis, A. Deslauriers and P. L'Ecuyer, "Modeling daily arrivals to a telephone call center", *Management
/// Science* 50 (2004).
///
/// # Examples
///
/// Where days hardly differ, this is Erlang A.
///
/// ```
/// use channelmix::queueing::{Load, SteadyState, erlang_a, mixed_rate};
/// let load = Load::new(1.0, 10.0)?;
/// let found = mixed_rate::solve(load, 11, 20.0, 1e-5, 2.0)?;
/// let exact = erlang_a::solve(load, 11, 20.0)?.measures();
/// assert!((found.abandonment - exact.p_abandon).abs() < 1e-8);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// As [`erlang_a::solve`]; when the cv is not above zero and at most 2, or the threshold is no number of at least zero.
pub fn solve(
    load: Load,
    servers: u32,
    mean_patience_s: f64,
    day_cv: f64,
    within_s: f64,
) -> Result<MixedRate, QueueError> {
    positive("the cv of the day", day_cv)?;
    if day_cv > 2.0 {
        return Err(QueueError::NotAShare {
            what: "half the cv of the day",
            found: day_cv / 2.0,
        });
    }
    erlang_a::solve(load, servers, mean_patience_s)?.within(within_s)?;
    let shape = 1.0 / (day_cv * day_cv);
    // In x = ln B, where the density has one peak whatever the shape is; x is kept positive by an offset.
    let offset = 400.0 * day_cv + 40.0;
    let ln = |place: f64| {
        let x = place - offset;
        shape * (shape.ln() + x - x.exp()) - ln_gamma(shape)
    };
    let hill = Hill::of(&ln, offset);
    let sums = integrate(
        &|place| {
            let weight = (ln(place) - hill.height).exp();
            let factor = (place - offset).exp();
            daily(load, servers, mean_patience_s, factor, within_s).map_or(
                [weight, 0.0, 0.0, 0.0, 0.0, 0.0],
                |[level, gone, wait]| {
                    let busy = weight * factor;
                    [
                        weight,
                        busy,
                        busy * level,
                        weight * level,
                        busy * gone,
                        weight * wait,
                    ]
                },
            )
        },
        &hill.points(0.0, f64::INFINITY, &[]),
        1e-11,
    );
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
    let day = Load::new(load.arrivals_per_s() * factor, load.handle_time_s())?;
    let queue = erlang_a::solve(day, servers, patience)?;
    let measures = queue.measures();
    Ok([
        queue.within(within_s)?.answered,
        measures.p_abandon,
        measures.p_wait,
    ])
}
