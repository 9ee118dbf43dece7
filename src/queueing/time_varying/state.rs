//! The probabilities of all states at one time, and how they move on.

use crate::queueing::fault::QueueError;
use crate::queueing::poisson;

/// Mass beyond the longest queue kept.
const CUT_OFF: f64 = 1e-16;
/// Events looked at together.
const CHUNK: f64 = 400.0;
/// States times events, at most.
const MOST_WORK: f64 = 1e11;

/// Rates of one stretch of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rates {
    pub(super) arrivals: f64,
    pub(super) service: f64,
    pub(super) leaving: f64,
    /// Share of those who would wait that leaves at once.
    pub(super) balk: f64,
}

/// Probabilities (or their integrals over time) by state.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    pub(super) staff: usize,
    /// By busy agents, fewer than the staff.
    pub(super) free: Vec<f64>,
    /// By agents beyond the staff, then by contacts waiting, while as many are busy as there is staff or more.
    pub(super) full: Vec<Vec<f64>>,
}

impl State {
    /// Nobody there.
    pub(super) fn empty(staff: usize) -> Self {
        let mut state = Self {
            staff,
            free: vec![0.0; staff],
            full: vec![vec![0.0; 32]],
        };
        match state.free.first_mut() {
            Some(nobody) => *nobody = 1.0,
            None => state.full[0][0] = 1.0,
        }
        state
    }

    fn zeros(&self) -> Self {
        Self {
            staff: self.staff,
            free: vec![0.0; self.free.len()],
            full: vec![vec![0.0; self.places()]; self.full.len()],
        }
    }

    /// Lengths of queue that are kept apart.
    pub(super) fn places(&self) -> usize {
        self.full[0].len()
    }

    /// Most agents beyond the staff.
    pub(super) fn excess(&self) -> usize {
        self.full.len() - 1
    }

    fn size(&self) -> f64 {
        (self.free.len() + self.full.len() * self.places()) as f64
    }

    fn lengthen(&mut self, places: usize) {
        for queue in &mut self.full {
            queue.resize(places.max(queue.len()), 0.0);
        }
    }

    /// Adds a multiple of another of the same staff.
    fn add(&mut self, other: &Self, factor: f64) {
        self.lengthen(other.places());
        for (sum, value) in self.free.iter_mut().zip(&other.free) {
            *sum += factor * value;
        }
        for (row, values) in self.full.iter_mut().zip(&other.full) {
            for (sum, value) in row.iter_mut().zip(values) {
                *sum += factor * value;
            }
        }
    }

    /// Sum over states of probability times a value of (busy, waiting).
    pub(super) fn sum(&self, value: impl Fn(usize, usize) -> f64) -> f64 {
        let free = self.free.iter().enumerate();
        let free: f64 = free.map(|(busy, mass)| mass * value(busy, 0)).sum();
        let mut full = 0.0;
        for (excess, queue) in self.full.iter().enumerate() {
            for (waiting, mass) in queue.iter().enumerate() {
                full += mass * value(self.staff + excess, waiting);
            }
        }
        free + full
    }

    /// The same at the moment at which the staff changes.
    pub(super) fn restaffed(self, staff: usize) -> Self {
        let busiest = self.staff + self.excess();
        let mut next = Self {
            staff,
            free: vec![0.0; staff],
            full: vec![vec![0.0; self.places()]; busiest.saturating_sub(staff) + 1],
        };
        for (busy, mass) in self.free.iter().enumerate() {
            next.put(busy, 0, *mass);
        }
        for (excess, queue) in self.full.iter().enumerate() {
            let busy = self.staff + excess;
            let starting = staff.saturating_sub(busy);
            for (waiting, mass) in queue.iter().enumerate() {
                let started = starting.min(waiting);
                next.put(busy + started, waiting - started, *mass);
            }
        }
        while next.full.len() > 1 && next.full[next.full.len() - 1].iter().sum::<f64>() < CUT_OFF {
            next.full.pop();
        }
        next
    }

    fn put(&mut self, busy: usize, waiting: usize, mass: f64) {
        if busy < self.staff {
            self.free[busy] += mass;
        } else {
            self.full[busy - self.staff][waiting] += mass;
        }
    }

    /// Events per second of the uniformised chain.
    fn clock(&self, rates: &Rates) -> f64 {
        let busy = (self.staff + self.excess()) as f64;
        rates.arrivals + busy * rates.service + self.places() as f64 * rates.leaving
    }

    /// One event of the uniformised chain.
    fn step(&self, next: &mut Self, rates: &Rates, clock: f64) {
        let (staff, last) = (self.staff, self.places() - 1);
        let arrival = rates.arrivals / clock;
        let joining = arrival * (1.0 - rates.balk);
        let (service, leaving) = (rates.service / clock, rates.leaving / clock);
        for n in 0..staff {
            let mut mass = self.free[n] * (1.0 - arrival - n as f64 * service);
            if n > 0 {
                mass += self.free[n - 1] * arrival;
            }
            let above = if n + 1 < staff {
                self.free[n + 1]
            } else {
                self.full[0][0]
            };
            next.free[n] = mass + above * (n + 1) as f64 * service;
        }
        for (excess, queue) in self.full.iter().enumerate() {
            let served = (staff + excess) as f64 * service;
            let above = self.full.get(excess + 1);
            for (waiting, mass) in queue.iter().enumerate() {
                let join = if waiting < last { joining } else { 0.0 };
                let mut sum = mass * (1.0 - join - served - waiting as f64 * leaving);
                if waiting > 0 {
                    sum += queue[waiting - 1] * joining;
                }
                if waiting < last {
                    let taken = if excess == 0 { served } else { 0.0 };
                    sum += queue[waiting + 1] * (taken + (waiting + 1) as f64 * leaving);
                }
                if let Some(above) = above {
                    sum += above[waiting] * (served + service);
                }
                next.full[excess][waiting] = sum;
            }
        }
        match self.free.last() {
            Some(almost) => next.full[0][0] += almost * arrival,
            // Without staff the last busy agent's end frees nobody.
            None => next.full[0][0] += 0.0,
        }
    }

    /// Moves on by so many seconds; returns the integral over them.
    pub(super) fn advance(
        &mut self,
        rates: &Rates,
        seconds: f64,
        work: &mut f64,
    ) -> Result<Self, QueueError> {
        let mut integral = self.zeros();
        let mut left = seconds;
        while left > 0.0 {
            let clock = self.clock(rates).max(1e-300);
            let length = left.min(CHUNK / clock);
            *work += self.size() * (clock * length + 20.0);
            if *work > MOST_WORK {
                return Err(QueueError::TooLarge {
                    what: format!("{} servers, {} waiting", self.staff, self.places()),
                    instead: "simulate it, or take the steady state of each interval",
                });
            }
            let (after, part) = self.chunk(rates, clock, length);
            let at_edge: f64 = after.full.iter().map(|queue| queue[queue.len() - 1]).sum();
            if at_edge > CUT_OFF {
                self.lengthen(2 * self.places());
                continue;
            }
            *self = after;
            integral.add(&part, 1.0);
            left -= length;
        }
        Ok(integral)
    }

    /// The state after a short time, and the integral over it: Σ P(N = n) Pⁿ and Σ P(N > n) Pⁿ / clock.
    fn chunk(&self, rates: &Rates, clock: f64, length: f64) -> (Self, Self) {
        let (mut after, mut integral) = (self.zeros(), self.zeros());
        let mut now = self.clone();
        let mut next = self.zeros();
        let mean = clock * length;
        let weights = poisson::weights(mean);
        // P(N > n) from the far end, so that small ones are exact.
        let mut later = vec![0.0; weights.len()];
        for n in (1..weights.len()).rev() {
            later[n - 1] = later[n] + weights[n];
        }
        for (n, weight) in weights.iter().enumerate() {
            after.add(&now, *weight);
            integral.add(&now, later[n] / clock);
            if n as f64 > mean && later[n] < 1e-18 {
                break;
            }
            now.step(&mut next, rates, clock);
            std::mem::swap(&mut now, &mut next);
        }
        (after, integral)
    }
}
