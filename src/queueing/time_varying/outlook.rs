//! What becomes of a contact that starts to wait: looked at backwards from its threshold.

use super::state::{Rates, State};
use crate::queueing::poisson;

/// For a contact that meets so many busy agents and so many waiting: the chance of being answered, and of leaving, in time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outlook {
    staff: usize,
    /// By agents beyond the staff and contacts ahead: answered in time, gone in time.
    chances: Vec<Vec<[f64; 2]>>,
}

impl Outlook {
    /// At the threshold itself nothing more can happen.
    fn at_threshold(staff: usize, excess: usize, places: usize) -> Self {
        Self {
            staff,
            chances: vec![vec![[0.0; 2]; places]; excess + 1],
        }
    }

    /// The chances with so many busy and so many ahead; who finds an agent free is answered.
    fn of(&self, busy: usize, ahead: usize) -> [f64; 2] {
        if busy < self.staff {
            return [1.0, 0.0];
        }
        self.chances[busy - self.staff][ahead]
    }

    /// The same just before the staff changed.
    fn before_change(&self, staff: usize, excess: usize, places: usize) -> Self {
        let mut before = Self::at_threshold(staff, excess, places);
        for (over, row) in before.chances.iter_mut().enumerate() {
            let busy = staff + over;
            let starting = self.staff.saturating_sub(busy);
            for (ahead, chance) in row.iter_mut().enumerate() {
                let started = starting.min(ahead);
                *chance = self.of(busy + started, ahead - started);
            }
        }
        before
    }

    /// So many seconds earlier, with the same staff.
    fn earlier(self, rates: &Rates, seconds: f64) -> Self {
        if seconds <= 0.0 {
            return self;
        }
        let places = self.chances[0].len();
        let busiest = (self.staff + self.chances.len() - 1) as f64;
        let clock = busiest * rates.service + places as f64 * rates.leaving;
        if clock <= 0.0 {
            return self;
        }
        let pieces = (clock * seconds / 400.0).ceil().max(1.0);
        let weights = poisson::weights(clock * seconds / pieces);
        let mut outlook = self;
        let mut piece = 0.0;
        while piece < pieces {
            outlook = outlook.piece(rates, clock, &weights);
            piece += 1.0;
        }
        outlook
    }

    fn piece(&self, rates: &Rates, clock: f64, weights: &[f64]) -> Self {
        let mut sum = Self::at_threshold(self.staff, self.chances.len() - 1, self.chances[0].len());
        let mut now = self.clone();
        for weight in weights {
            for (row, values) in sum.chances.iter_mut().zip(&now.chances) {
                for (total, value) in row.iter_mut().zip(values) {
                    total[0] += weight * value[0];
                    total[1] += weight * value[1];
                }
            }
            now = now.step(rates, clock);
        }
        sum
    }

    /// One event earlier.
    fn step(&self, rates: &Rates, clock: f64) -> Self {
        let (service, leaving) = (rates.service / clock, rates.leaving / clock);
        let mut before = self.clone();
        for (excess, row) in before.chances.iter_mut().enumerate() {
            let served = (self.staff + excess) as f64 * service;
            for (ahead, chance) in row.iter_mut().enumerate() {
                let after_end = match (excess, ahead) {
                    (0, 0) => [1.0, 0.0],
                    (0, _) => self.chances[0][ahead - 1],
                    _ => self.chances[excess - 1][ahead],
                };
                let others = ahead as f64 * leaving;
                let shorter = if ahead > 0 {
                    self.chances[excess][ahead - 1]
                } else {
                    [0.0; 2]
                };
                let stay = 1.0 - served - others - leaving;
                for (at, value) in chance.iter_mut().enumerate() {
                    *value = stay * *value + served * after_end[at] + others * shorter[at];
                }
                chance[1] += leaving;
            }
        }
        before
    }
}

/// Staff from one moment on, as far as it changes: (seconds until the change, staff from there).
pub(super) type Changes<'a> = &'a [(f64, usize)];

/// The outlook of contacts that come now, `within` seconds before their threshold.
pub(super) fn outlook(
    (staff, excess, places): (usize, usize, usize),
    rates: &Rates,
    within: f64,
    changes: Changes<'_>,
    now: f64,
) -> Outlook {
    let next = changes.iter().position(|(at, _)| *at > now);
    if let Some(index) = next {
        let (at, later) = changes[index];
        if at - now < within {
            let busiest = staff + excess;
            let shape = (later, busiest.saturating_sub(later), places);
            let then = outlook(shape, rates, within - (at - now), &changes[index..], at);
            return then
                .before_change(staff, excess, places)
                .earlier(rates, at - now);
        }
    }
    Outlook::at_threshold(staff, excess, places).earlier(rates, within)
}

/// Shares of those who come in this state that are answered and gone in time.
pub(super) fn in_time(state: &State, outlook: &Outlook, balk: f64) -> [f64; 2] {
    let mut answered: f64 = state.free.iter().sum();
    let mut gone = 0.0;
    for (queue, chances) in state.full.iter().zip(&outlook.chances) {
        for (mass, [served, left]) in queue.iter().zip(chances) {
            answered += mass * (1.0 - balk) * served;
            gone += mass * (balk + (1.0 - balk) * left);
        }
    }
    [answered, gone]
}
