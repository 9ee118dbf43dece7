//! M/Ph/s: handle times of two phases, solved exactly: Erlang-2 (steadier than exponential) and hyperexponential (more variable).

use super::fault::{QueueError, positive, servers, share};
use super::law::Law;
use super::level_chain::{Level, repeating, solve_below};
use super::load::Load;
use super::matrix::Matrix;
use super::measures::{Flows, Measures, SteadyState, quantile, quantile_share, threshold};
use super::poisson;

/// The most servers for which the chain is solved.
const MOST_SERVERS: u32 = 200;
/// Steps times states of the walk of a waiting contact, at most.
const MOST_WORK: f64 = 5e7;

/// A handle time that starts in one of two exponential phases; the first may be followed by the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoPhases {
    /// Probability of starting in the first phase.
    first: f64,
    rates: [f64; 2],
    /// Probability that the second phase follows the first.
    onwards: f64,
}

impl TwoPhases {
    /// The sum of two exponential times of the same mean; its squared cv is ½.
    ///
    /// # Errors
    /// When the mean is not above zero.
    pub fn erlang_2(mean_s: f64) -> Result<Self, QueueError> {
        let rate = 2.0 / positive("the mean handle time", mean_s)?;
        Ok(Self {
            first: 1.0,
            rates: [rate, rate],
            onwards: 1.0,
        })
    }

    /// An exponential time of the first mean with this share, else of the second.
    ///
    /// # Errors
    /// When the share is not between 0 and 1 or a mean not above zero.
    pub fn hyperexponential(first: f64, means_s: [f64; 2]) -> Result<Self, QueueError> {
        share("the share of a phase", first)?;
        let rate = |mean| positive("the mean handle time", mean).map(|mean| 1.0 / mean);
        Ok(Self {
            first,
            rates: [rate(means_s[0])?, rate(means_s[1])?],
            onwards: 0.0,
        })
    }

    /// The hyperexponential with balanced means of this mean and squared cv (1 or more).
    ///
    /// # Formula
    ///
    /// p = (1 + √((c² − 1)/(c² + 1))) / 2, phase means mean/(2p) and mean/(2(1 − p)).
    ///
    /// # Source
    ///
    /// H. Tijms, *A First Course in Stochastic Models* (2003), appendix B.
    ///
    /// # Examples
    ///
    /// ```
    /// use channelmix::queueing::mph_s::TwoPhases;
    /// assert!((TwoPhases::of_squared_cv(300.0, 4.0)?.squared_cv() - 4.0).abs() < 1e-12);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    ///
    /// # Errors
    /// When the mean is not above zero or the squared cv below 1.
    pub fn of_squared_cv(mean_s: f64, squared_cv: f64) -> Result<Self, QueueError> {
        positive("the mean handle time", mean_s)?;
        let over = super::fault::not_negative("the squared cv less one", squared_cv - 1.0)?;
        let first = 0.5 * (1.0 + (over / (over + 2.0)).sqrt());
        Self::hyperexponential(
            first,
            [mean_s / (2.0 * first), mean_s / (2.0 * (1.0 - first))],
        )
    }

    /// The law of this mean and cv: hyperexponential with balanced means from cv 1 up, Erlang-2 at a cv of √½ (0.7071).
    ///
    /// # Errors
    /// When the mean is not above zero, or the cv is neither.
    pub fn of_cv(mean_s: f64, cv: f64) -> Result<Self, QueueError> {
        if cv < 1.0 {
            let is_erlang_2 = (cv * cv - 0.5).abs() < 0.005;
            if is_erlang_2 {
                return Self::erlang_2(mean_s);
            }
            return Err(QueueError::WrongLaw {
                what: "a cv below 1 other than 0.707",
                reason: "two phases have a cv of 0.707 (Erlang-2) or of 1 and more; M/G/s takes any",
            });
        }
        Self::of_squared_cv(mean_s, cv * cv)
    }

    /// The same as a law of two exponentials; Erlang-2 as the gamma law that it is.
    pub(super) fn law(&self) -> Law {
        let [one, two] = self.rates;
        if self.onwards > 0.0 {
            return Law::Gamma {
                mean_s: self.mean_s(),
                cv: self.squared_cv().sqrt(),
            };
        }
        let phases = vec![(self.first, 1.0 / one), (1.0 - self.first, 1.0 / two)];
        Law::Hyperexponential { phases }
    }

    /// Mean in seconds.
    pub fn mean_s(&self) -> f64 {
        let [one, two] = self.rates;
        self.first * (1.0 / one + self.onwards / two) + (1.0 - self.first) / two
    }

    /// Variance divided by the square of the mean.
    pub fn squared_cv(&self) -> f64 {
        let [one, two] = self.rates;
        let both = 2.0 / (one * one) + self.onwards * (2.0 / (one * two) + 2.0 / (two * two));
        let second = self.first * both + (1.0 - self.first) * 2.0 / (two * two);
        second / self.mean_s().powi(2) - 1.0
    }

    /// Calls `to` with each step of `busy` servers, `one` of them in the first phase: the change of `one`, the rate, and whether a
    /// server gets free; with `refill` it takes the next contact at once.
    fn steps(&self, busy: usize, one: usize, refill: bool, mut to: impl FnMut(isize, f64, bool)) {
        let mut free = |change: isize, rate: f64| {
            if refill {
                to(change + 1, rate * self.first, true);
                to(change, rate * (1.0 - self.first), true);
            } else {
                to(change, rate, true);
            }
        };
        let first = one as f64 * self.rates[0];
        free(-1, first * (1.0 - self.onwards));
        free(0, (busy - one) as f64 * self.rates[1]);
        to(-1, first * self.onwards, false);
    }
}

/// M/Ph/s with all its measures.
#[derive(Debug, Clone, PartialEq)]
pub struct PhaseType {
    load: Load,
    servers: u32,
    service: TwoPhases,
    /// P(all busy, nobody waits), by servers in the first phase.
    start: Vec<f64>,
    ratio: Matrix,
    p_wait: f64,
    queue_length: f64,
}

/// M/Ph/s with all its measures.
///
/// # Formula
///
/// The chain of (contacts in the system, servers in the first phase): block elimination up to s contacts; beyond,
/// π(s + k) = π(s) Rᵏ with R from logarithmic reduction.
///
/// # Source
///
/// M. Neuts, *Matrix-Geometric Solutions in Stochastic Models* (1981), chapter 3.
///
/// # Examples
///
/// One server (M/G/1): the mean wait is ρ(1 + c²)/2 / (1 − ρ) handle times, 0.8 · 1.5 / 2 / 0.2 = 3 for Erlang-2.
///
/// ```
/// use channelmix::queueing::{SteadyState, mph_s};
/// let queue = mph_s::solve(0.8, 1, mph_s::TwoPhases::erlang_2(1.0)?)?;
/// assert!((queue.measures().mean_wait_s - 3.0).abs() < 1e-11);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When there are not 1 to 200 servers, or the load is not below their number.
pub fn solve(
    arrivals_per_s: f64,
    number: u32,
    service: TwoPhases,
) -> Result<PhaseType, QueueError> {
    servers(number)?;
    let load = Load::new(arrivals_per_s, service.mean_s())?;
    let capacity = f64::from(number);
    if load.erlangs() >= capacity {
        return Err(QueueError::Overload {
            offered: load.erlangs(),
            capacity,
        });
    }
    if number > MOST_SERVERS {
        return Err(QueueError::TooLarge {
            what: format!("{number} servers with two phases each"),
            instead: "take an approximation, such as Kimura's",
        });
    }
    let size = number as usize;
    let levels: Vec<Level> = (0..=size + 1)
        .map(|n| level(load, size, &service, n))
        .collect();
    let beyond = &levels[size + 1];
    let mut up = Matrix::zero(size + 1, size + 1);
    for at in 0..=size {
        up.add(at, at, load.arrivals_per_s());
    }
    let ratio = repeating(&up, &balance(beyond, load), &beyond.down);
    let top = balance(&levels[size], load).plus(&ratio.times(&beyond.down), -1.0);
    let below = solve_below(&levels[..=size], Some(top));
    let stay = Matrix::unit(size + 1).plus(&ratio, -1.0);
    let mut row = Matrix::zero(1, size + 1);
    for (at, value) in below[size].iter().enumerate() {
        row.add(0, at, *value);
    }
    // π(s)(I − R)⁻¹ is the law of all levels from s on, once more times R(I − R)⁻¹ the mean queue.
    let busy = row.over(&stay);
    let queue = busy.times(&ratio).over(&stay);
    let free: f64 = below[..size].iter().flatten().sum();
    let total = free + busy.row_sum(0);
    Ok(PhaseType {
        load,
        servers: number,
        service,
        start: below[size].iter().map(|value| value / total).collect(),
        ratio,
        p_wait: busy.row_sum(0) / total,
        queue_length: queue.row_sum(0) / total,
    })
}

/// The rates of the level with n contacts; those up from s on are left to the caller.
fn level(load: Load, size: usize, service: &TwoPhases, n: usize) -> Level {
    let busy = n.min(size);
    let above = if n < size { busy + 2 } else { 0 };
    let lower = if n == 0 { 0 } else { (n - 1).min(size) + 1 };
    let mut level = Level::new(busy + 1, above, lower);
    for one in 0..=busy {
        if n < size {
            level
                .up
                .add(one, one + 1, load.arrivals_per_s() * service.first);
            level
                .up
                .add(one, one, load.arrivals_per_s() * (1.0 - service.first));
        }
        service.steps(busy, one, n > size, |change, rate, is_free| {
            let Some(next) = one.checked_add_signed(change) else {
                return;
            };
            if rate <= 0.0 {
                return;
            }
            if is_free {
                level.down.add(one, next, rate);
            } else {
                level.within.add(one, next, rate);
            }
        });
    }
    level
}

/// D − L of a level from which arrivals go up too.
fn balance(level: &Level, load: Load) -> Matrix {
    let size = level.within.rows;
    let mut balance = Matrix::zero(size, size);
    for row in 0..size {
        let out = load.arrivals_per_s() + level.within.row_sum(row) + level.down.row_sum(row);
        balance.add(row, row, out);
    }
    balance.plus(&level.within, -1.0)
}

impl PhaseType {
    /// P(W ≤ t): the chance that enough servers get free, by uniformisation of the servers' phases.
    fn cdf(&self, t: f64) -> Result<f64, QueueError> {
        let size = self.servers as usize;
        let fastest = self.service.rates[0].max(self.service.rates[1]);
        let clock = size as f64 * fastest;
        let steps = clock * t + 10.0 * (clock * t).sqrt() + 40.0;
        let levels = steps.min(40.0 / (1.0 - self.load.erlangs() / f64::from(self.servers)));
        if steps * levels * size as f64 > MOST_WORK {
            return Err(QueueError::TooLarge {
                what: format!("{t} s with {size} servers"),
                instead: "ask for a shorter time, or take an approximation",
            });
        }
        let weights = poisson::weights(clock * t);
        // By how many are ahead; nobody with more ahead than there are steps is served in time.
        let mut ahead = vec![self.start.clone()];
        while ahead.len() < weights.len() {
            let next = self.ratio.apply(&ahead[ahead.len() - 1]);
            if next.iter().sum::<f64>() < 1e-17 {
                break;
            }
            ahead.push(next);
        }
        let mut served = 1.0 - self.p_wait;
        let mut later: f64 = 1.0 - weights[0];
        for weight in &weights[1..] {
            served += later.max(0.0) * self.step(&mut ahead, clock);
            later -= weight;
        }
        Ok(served.min(1.0))
    }

    /// One step of the servers; returns the probability that it takes the contact out of the queue.
    fn step(&self, ahead: &mut [Vec<f64>], clock: f64) -> f64 {
        let size = self.servers as usize;
        let mut taken = 0.0;
        for place in 0..ahead.len() {
            let old = std::mem::replace(&mut ahead[place], vec![0.0; size + 1]);
            for (one, mass) in old.into_iter().enumerate() {
                let mut stay = mass;
                self.service
                    .steps(size, one, true, |change, rate, is_free| {
                        let Some(next) = one.checked_add_signed(change).filter(|_| rate > 0.0)
                        else {
                            return;
                        };
                        let moved = mass * rate / clock;
                        stay -= moved;
                        if !is_free {
                            ahead[place][next] += moved;
                        } else if place == 0 {
                            taken += moved;
                        } else {
                            ahead[place - 1][next] += moved;
                        }
                    });
                ahead[place][one] += stay.max(0.0);
            }
        }
        taken
    }
}

impl SteadyState for PhaseType {
    fn measures(&self) -> Measures {
        let erlangs = self.load.erlangs();
        let wait = self.queue_length / self.load.arrivals_per_s();
        Measures {
            offered_load_erlangs: erlangs,
            p_wait: self.p_wait,
            p_block: 0.0,
            p_abandon: 0.0,
            mean_wait_s: wait,
            asa_s: Some(wait),
            mean_wait_abandoned_s: None,
            wait_if_delayed_s: Some(wait / self.p_wait),
            wait_sd_s: None,
            queue_length: self.queue_length,
            in_system: self.queue_length + erlangs,
            occupancy: erlangs / f64::from(self.servers),
        }
    }

    fn within(&self, time_s: f64) -> Result<Flows, QueueError> {
        Ok(Flows {
            answered: self.cdf(threshold(time_s)?)?,
            abandoned: 0.0,
        })
    }

    fn wait_quantile_s(&self, wanted: f64) -> Result<f64, QueueError> {
        let left = 1.0 - quantile_share(wanted)?;
        // Doubled until it is far enough, and refused where that is too far.
        let mut far = self.load.handle_time_s() / f64::from(self.servers);
        while 1.0 - self.cdf(far)? > left {
            far *= 2.0;
        }
        let tail = |t: f64| self.cdf(t).map_or(0.0, |cdf| 1.0 - cdf);
        Ok(quantile(&tail, left, far))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::erlang_c;

    #[test]
    fn two_phases_of_one_rate_are_erlang_c() {
        let service = TwoPhases::hyperexponential(0.3, [2.0, 2.0]).unwrap();
        let found = solve(2.2, 5, service).unwrap();
        let exact = erlang_c::solve(Load::new(2.2, 2.0).unwrap(), 5).unwrap();
        assert!((found.measures().mean_wait_s - exact.measures().mean_wait_s).abs() < 1e-11);
        let (found, exact) = (found.within(1.5).unwrap(), exact.within(1.5).unwrap());
        assert!((found.answered - exact.answered).abs() < 1e-12);
    }

    #[test]
    fn too_many_servers_are_refused() {
        let service = TwoPhases::erlang_2(1.0).unwrap();
        assert!(matches!(
            solve(190.0, 201, service),
            Err(QueueError::TooLarge { .. })
        ));
        assert!(matches!(
            solve(5.0, 5, service),
            Err(QueueError::Overload { .. })
        ));
        assert!(TwoPhases::of_squared_cv(1.0, 0.5).is_err());
    }
}
