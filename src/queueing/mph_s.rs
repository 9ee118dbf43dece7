//! M/Ph/s: handle times of [two phases](TwoPhases), solved exactly.

use super::fault::{QueueError, servers};
use super::level_chain::{Level, repeating, solve_below};
use super::load::Load;
use super::matrix::Matrix;
use super::measures::{Flows, Measures, SteadyState, quantile, quantile_share, threshold};
use super::poisson;

pub use super::two_phases::TwoPhases;

/// The most servers for which the chain is solved.
const MOST_SERVERS: u32 = 200;
/// The relative error of the idle servers that shows a load too close to the limit.
const MOST_ERROR: f64 = 1e-8;
/// Steps times states of the walk of a waiting contact, at most.
const MOST_WORK: f64 = 1e7;

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
/// When there are not 1 to 200 servers, or the load is not below their number, or too close to it for rounding.
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
    let below = solve_below(&levels[..=size], Some(ratio.times(&beyond.down)));
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
    let error = idle_error(&below[..size], total, capacity - load.erlangs());
    if error.is_nan() || error > MOST_ERROR {
        return Err(QueueError::TooLarge {
            what: format!("a load of {} for {number}", load.erlangs()),
            instead: "take an approximation, such as Kimura's",
        });
    }
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

/// As many servers are idle as there is load to spare; how far what the elimination made of that is from it, relatively.
fn idle_error(below: &[Vec<f64>], total: f64, spare: f64) -> f64 {
    let levels = below.iter().enumerate();
    let idle: f64 = levels
        .map(|(n, level)| (below.len() - n) as f64 * level.iter().sum::<f64>())
        .sum();
    (idle / total / spare - 1.0).abs()
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
    /// Events of the servers per second of the uniformised chain.
    fn clock(&self) -> f64 {
        let fastest = self.service.rates[0].max(self.service.rates[1]);
        f64::from(self.servers) * fastest
    }

    /// For each event of the servers, the probability that it takes a contact, which came before them all, out of the queue; as many as
    /// may happen up to this time. So the wait ends at an event whose number does not depend on when the events happen.
    fn taken(&self, t: f64) -> Result<Vec<f64>, QueueError> {
        let size = self.servers as usize;
        let expected = self.clock() * t;
        let steps = expected + 10.0 * expected.sqrt() + 40.0;
        // The queue falls by a factor of about 1 − 2(1 − ρ)/(1 + c²) from each length to the next.
        let free = 1.0 - self.load.erlangs() / f64::from(self.servers);
        let spread = f64::midpoint(1.0, self.service.squared_cv().max(1.0));
        let levels = steps.min(40.0 * spread / free);
        if steps * levels * (size + 1) as f64 > MOST_WORK {
            return Err(QueueError::TooLarge {
                what: format!("{t} s with {size} servers"),
                instead: "ask for a shorter time, or take an approximation",
            });
        }
        let events = poisson::weights(expected).len();
        // By how many are ahead; nobody with more ahead than there are steps is served in time.
        let mut ahead = self.start.clone();
        let mut last = ahead.clone();
        for _ in 1..events {
            last = self.ratio.apply(&last);
            if last.iter().sum::<f64>() < 1e-17 {
                break;
            }
            ahead.extend_from_slice(&last);
        }
        let moves = self.moves();
        let mut next = vec![0.0; ahead.len()];
        let mut taken = Vec::with_capacity(events);
        for _ in 1..events {
            taken.push(step(&moves, &ahead, &mut next));
            std::mem::swap(&mut ahead, &mut next);
        }
        Ok(taken)
    }

    /// By servers in the first phase: how many there are after an event of the servers, its probability, and whether it takes a contact.
    fn moves(&self) -> Vec<Vec<(usize, f64, bool)>> {
        let (size, clock) = (self.servers as usize, self.clock());
        let of = |one: usize| {
            let (mut all, mut stay) = (Vec::new(), 1.0);
            self.service
                .steps(size, one, true, |change, rate, is_free| {
                    if let Some(next) = one.checked_add_signed(change).filter(|_| rate > 0.0) {
                        stay -= rate / clock;
                        all.push((next, rate / clock, is_free));
                    }
                });
            all.push((one, stay.max(0.0), false));
            all
        };
        (0..=size).map(of).collect()
    }

    /// P(W ≤ t), the chance that enough servers get free; `taken` must reach as far as t.
    fn cdf(&self, taken: &[f64], t: f64) -> f64 {
        (1.0 - self.p_wait + poisson::happened(self.clock() * t, taken)).min(1.0)
    }
}

/// One event of the servers; returns the probability that it takes the contact out of the queue.
fn step(moves: &[Vec<(usize, f64, bool)>], ahead: &[f64], next: &mut [f64]) -> f64 {
    let width = moves.len();
    next.fill(0.0);
    let mut taken = 0.0;
    for (at, mass) in ahead.iter().enumerate() {
        let (place, one) = (at / width * width, at % width);
        for (to, share, takes) in &moves[one] {
            if !takes {
                next[place + to] += mass * share;
            } else if place == 0 {
                taken += mass * share;
            } else {
                next[place - width + to] += mass * share;
            }
        }
    }
    taken
}

impl SteadyState for PhaseType {
    fn measures(&self) -> Measures {
        let arrivals = self.load.arrivals_per_s();
        Measures::where_nobody_leaves(
            arrivals,
            self.load.erlangs(),
            self.servers,
            self.p_wait,
            self.queue_length / arrivals,
        )
    }

    fn within(&self, time_s: f64) -> Result<Flows, QueueError> {
        let time = threshold(time_s)?;
        Ok(Flows {
            answered: self.cdf(&self.taken(time)?, time),
            abandoned: 0.0,
        })
    }

    fn wait_quantile_s(&self, wanted: f64) -> Result<f64, QueueError> {
        let left = 1.0 - quantile_share(wanted)?;
        if self.p_wait <= left {
            return Ok(0.0);
        }
        // Longer until it is far enough, and refused where that is too far.
        let delayed = self.queue_length / self.load.arrivals_per_s() / self.p_wait;
        let mut far = delayed * (1.0 + (self.p_wait / left).ln());
        let mut taken = self.taken(far)?;
        while 1.0 - self.cdf(&taken, far) > left {
            far *= 1.5;
            taken = self.taken(far)?;
        }
        Ok(quantile(&|t| 1.0 - self.cdf(&taken, t), left, far))
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
        assert!(TwoPhases::of_squared_cv(1.0, 1e4 + 1.0).is_err());
        let service = TwoPhases::of_squared_cv(1.0, 3.4).unwrap();
        assert!(matches!(
            solve(4.0 * (1.0 - 1e-12), 4, service),
            Err(QueueError::TooLarge { .. })
        ));
    }
}
