//! The chain of a queue with redials: levels of contacts in the system, and on each the customers who will call again.

use super::erlang_a;
use super::fault::QueueError;
use super::level_chain::{self, Level};
use super::load::Load;
use super::measures::SteadyState;
use super::redial::Redials;

/// The largest product of levels and cubed orbit that is solved.
const MOST_WORK: f64 = 4e8;
/// The most entries of all its matrices together, by kind.
const MOST_ENTRIES: f64 = 5e6;
/// What may be cut off at the far end of the chain.
const CUT_OFF: f64 = 1e-13;

/// What a chain is built of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rates {
    pub(super) fresh: f64,
    pub(super) service: f64,
    pub(super) leaving: f64,
    pub(super) redial: f64,
    pub(super) servers: usize,
    pub(super) redials: Redials,
}

impl Rates {
    /// The levels n = 0..=top with phases o = 0..=orbit.
    fn levels(&self, top: usize, orbit: usize, is_blocking: bool) -> Vec<Level> {
        let phases = orbit + 1;
        (0..=top)
            .map(|n| {
                let mut level = Level::new(
                    phases,
                    if n < top { phases } else { 0 },
                    if n > 0 { phases } else { 0 },
                );
                let waiting = n.saturating_sub(self.servers) as f64;
                let again = self.redials.after_abandoning;
                for o in 0..phases {
                    let calls = o as f64 * self.redial;
                    if n < top {
                        level.up.add(o, o, self.fresh);
                        if o > 0 {
                            level.up.add(o, o - 1, calls);
                        }
                    } else if is_blocking {
                        let stubborn = self.redials.after_blocking;
                        if o < orbit {
                            level.within.add(o, o + 1, self.fresh * stubborn);
                        }
                        if o > 0 {
                            level.within.add(o, o - 1, calls * (1.0 - stubborn));
                        }
                    }
                    if n > 0 {
                        let served = n.min(self.servers) as f64 * self.service;
                        let gone = waiting * self.leaving;
                        let next = (o + 1).min(orbit);
                        level.down.add(o, o, served + gone * (1.0 - again));
                        level.down.add(o, next, gone * again);
                    }
                }
                level
            })
            .collect()
    }
}

/// Solves ever larger chains until nothing is cut off; the probabilities of n and the mean orbit at n.
pub(super) fn enough(
    rates: &Rates,
    fresh: Load,
    lines: Option<u32>,
    patience: Option<f64>,
) -> Result<(Vec<f64>, Vec<f64>), QueueError> {
    let guess = erlang_a::solve(
        fresh,
        u32::try_from(rates.servers).unwrap_or(u32::MAX),
        patience.unwrap_or(fresh.handle_time_s()),
    )?
    .measures();
    let mut queue = 2.0 * guess.queue_length + 20.0;
    let mut orbit = 2.0 * guess.p_abandon * rates.fresh / rates.redial + 20.0;
    loop {
        // Lines that are never all taken need no states.
        let far = rates.servers + ceiling(queue);
        let limit = lines
            .map(|lines| lines as usize)
            .filter(|lines| *lines <= far);
        let top = limit.unwrap_or(far);
        let most = ceiling(orbit);
        let (levels, phases) = (top as f64, orbit);
        if levels * phases.powi(3) > MOST_WORK || levels * phases.powi(2) > MOST_ENTRIES {
            return Err(QueueError::TooLarge {
                what: format!("{top} contacts and {most} customers who call again"),
                instead: "simulate it",
            });
        }
        let probabilities = level_chain::solve(&rates.levels(top, most, limit.is_some()));
        let at_edge: f64 = probabilities.iter().map(|level| level[most]).sum();
        let at_top: f64 = probabilities[top].iter().sum();
        let is_queue_long_enough = limit.is_some() || at_top < CUT_OFF;
        if at_edge < CUT_OFF && is_queue_long_enough {
            let system = probabilities.iter().map(|level| level.iter().sum());
            let mean = |level: &Vec<f64>| {
                let each = level.iter().enumerate();
                each.map(|(o, share)| o as f64 * share).sum()
            };
            return Ok((system.collect(), probabilities.iter().map(mean).collect()));
        }
        if at_edge >= CUT_OFF {
            orbit *= 1.5;
        }
        if !is_queue_long_enough {
            queue *= 1.5;
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of chains are positive and below a million"
)]
pub(super) fn ceiling(size: f64) -> usize {
    size.clamp(1.0, 1e6).ceil() as usize
}
