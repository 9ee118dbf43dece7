//! One queue with every agent who may serve it, and nobody else's customers: the most that its service level can gain in a slot from a number
//! of agents, whatever is decided elsewhere and in other slots.
//!
//! **Claim.** Handle times (rate μ at the fastest group's speed) and patience (rate θ, 0 for ever) are exponential, arrivals Poisson of a
//! constant rate λ within the slot, contacts of the queue are served first come first served, one at a time by an agent, and nothing adds
//! contacts to the queue or takes them away but service and patience. Let n be the agents of all groups with the skill. Then the expected
//! surplus of the slot (kept less the promised share of those who count) is at most that of the chain N ↑ λ, N ↓ μ·min(N, n) +
//! θ·max(N − n, 0) that begins with min(Poisson(m), n), m the mean of an M/M/∞ of rate max(μ, θ) fed by the queue from an empty start.
//!
//! **Proof.** Let R be the number of the queue's contacts in the real centre, waiting or in hand. Everyone in it leaves at a rate of at most
//! max(μ, θ), so R at the beginning of the slot is at least Poisson(m) in law. (a) The chain stays below R in law, the two fed by the same
//! arrivals. While agents who should have gone still hold contacts (overtime), nobody of those who came since the slot began has started in
//! the real centre, while the chain holds at most n of those from before: its line is part of the real one. From then on at most n of the
//! queue are in hand, and where N = R the chain's rate downwards is the larger: for N ≤ n that is N·μ against at most N·μ where all are in
//! hand; those who wait in the real centre although N ≤ n (agents hold other work) leave at θ instead, which is why θ ≤ μ is asked; for N > n
//! it is nμ + (N − n)θ, the most that n agents and N − n impatient customers make. (b) One who meets R others waits at least, in law, as long
//! as one who meets N of them in the chain: as many have to leave before, and leave more slowly. The surplus of one falls as the wait grows:
//! kept is P(X > W, W ≤ T), which falls, and who counts in vain (`offered`: everyone; `late_abandons`: P(X > T, W > T)) does not become rarer.
//! Customers choose nothing by the state, so each meets the state as it is in the mean over time (PASTA). (c) More agents in the next slot
//! can help only those of this slot's last T; all of these who find no free agent are counted as kept. ∎
//!
//! The mean over the draws of how many heads are present is taken by the concave hull in n (Jensen).

use crate::queueing::Definition;

/// States are cut where they hold less than this.
const TAIL: f64 = 1e-10;

/// One queue alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alone {
    /// Seconds of a slot.
    pub slot_s: f64,
    /// 1 / mean handle time in seconds, at the fastest group's speed.
    pub leaving: f64,
    /// 1 / mean patience in seconds; 0 for ever.
    pub impatience: f64,
    /// The threshold in seconds.
    pub within_s: f64,
    /// What is promised.
    pub share: f64,
    /// How it is counted.
    pub definition: Definition,
}

impl Alone {
    /// Whether the claim covers it.
    pub fn is_covered(&self) -> bool {
        let monotone = self.impatience == 0.0
            || matches!(
                self.definition,
                Definition::LateAbandons | Definition::Offered
            );
        monotone && self.impatience <= self.leaving && self.within_s < self.slot_s
    }

    /// The concave hull of the most surplus in contacts of one slot, by number of agents: its corners, from no agents on.
    pub fn hull(&self, rate_per_s: f64, at_start: f64) -> Vec<(f64, f64)> {
        let mut points = vec![(0.0, self.surplus(rate_per_s, at_start, 0))];
        let all = rate_per_s * self.slot_s * (1.0 - self.share);
        let mut agents = 1;
        while points
            .last()
            .is_some_and(|point| point.1 < all * (1.0 - 1e-4))
            && agents < 2_000
        {
            points.push((
                f64::from(agents),
                self.surplus(rate_per_s, at_start, agents),
            ));
            agents += 1;
        }
        points.push((f64::from(agents), all));
        concave(&points)
    }

    /// The most surplus in contacts of one slot with so many agents.
    pub fn surplus(&self, rate_per_s: f64, at_start: f64, agents: u32) -> f64 {
        let contacts = rate_per_s * self.slot_s;
        let best = 1.0 - self.share;
        if agents == 0 {
            let worth = if self.definition == Definition::LateAbandons {
                -self.share * (-self.impatience * self.within_s).exp()
            } else {
                -self.share
            };
            let last = self.within_s / self.slot_s;
            return contacts * (best * last + worth * (1.0 - last));
        }
        let chain = Chain::new(self, rate_per_s, agents);
        let last = self.within_s / self.slot_s;
        let first_s = self.slot_s - self.within_s;
        let early = chain.mean_over(chain.start(at_start), first_s);
        let worth = self.worth(agents, chain.states());
        let of_early: f64 = early.iter().zip(&worth).map(|(p, worth)| p * worth).sum();
        contacts * ((1.0 - last) * of_early + last * best)
    }

    /// The expected surplus of one who meets so many others.
    fn worth(&self, agents: u32, states: usize) -> Vec<f64> {
        let agents = agents as usize;
        let waiting = states.saturating_sub(agents);
        let (kept, late) = self.kept_and_late(agents as f64, waiting);
        let impatient = (-self.impatience * self.within_s).exp();
        (0..states)
            .map(|met| {
                let Some(ahead) = met.checked_sub(agents) else {
                    return 1.0 - self.share;
                };
                let counted = match self.definition {
                    Definition::LateAbandons => kept[ahead] + impatient * late[ahead],
                    _ => 1.0,
                };
                kept[ahead] - self.share * counted
            })
            .collect()
    }

    /// By number of those ahead in the line: P(in hand within T and not gone before), and P(not in hand within T if patient for ever).
    fn kept_and_late(&self, agents: f64, lengths: usize) -> (Vec<f64>, Vec<f64>) {
        let down = |ahead: usize| agents * self.leaving + ahead as f64 * self.impatience;
        let fastest = down(lengths) + self.impatience;
        let mut kept = vec![0.0; lengths];
        let mut late = vec![1.0; lengths];
        let (mut sum_kept, mut sum_late) = (vec![0.0; lengths], vec![0.0; lengths]);
        for weight in weights(fastest * self.within_s) {
            for ahead in 0..lengths {
                sum_kept[ahead] += weight * kept[ahead];
                sum_late[ahead] += weight * late[ahead];
            }
            let (before_kept, before_late) = (kept.clone(), late.clone());
            for ahead in 0..lengths {
                let down = down(ahead) / fastest;
                let (next_kept, next_late) = match ahead.checked_sub(1) {
                    Some(less) => (before_kept[less], before_late[less]),
                    None => (1.0, 0.0),
                };
                let gone = self.impatience / fastest;
                kept[ahead] = down * next_kept + (1.0 - down - gone) * before_kept[ahead];
                late[ahead] = down * next_late + (1.0 - down) * before_late[ahead];
            }
        }
        (sum_kept, sum_late)
    }
}

/// The chain of the claim, with its states cut off at the top: who comes then is turned away, so that it stays below.
struct Chain {
    up: f64,
    down: Vec<f64>,
    fastest: f64,
    agents: usize,
}

impl Chain {
    fn new(alone: &Alone, up: f64, agents: u32) -> Self {
        let agents = agents as usize;
        // Beyond this nobody is kept any more, and a line that long is rare.
        let served = agents as f64 * alone.leaving * alone.within_s;
        let beyond = 50.0 + served + 8.0 * served.sqrt();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred"
        )]
        let states = agents + beyond as usize;
        let down: Vec<f64> = (0..states)
            .map(|number| {
                let waiting = number.saturating_sub(agents) as f64;
                number.min(agents) as f64 * alone.leaving + waiting * alone.impatience
            })
            .collect();
        let fastest = up + down.last().copied().unwrap_or(0.0);
        Self {
            up,
            down,
            fastest,
            agents,
        }
    }

    fn states(&self) -> usize {
        self.down.len()
    }

    /// The smaller of a Poisson number and the number of agents.
    fn start(&self, mean: f64) -> Vec<f64> {
        let mut start = vec![0.0; self.states()];
        let mut rest = 1.0;
        let mut term = (-mean).exp();
        for (number, share) in start.iter_mut().enumerate().take(self.agents) {
            *share = term;
            rest -= term;
            term *= mean / (number as f64 + 1.0);
        }
        start[self.agents] = rest.max(0.0);
        start
    }

    /// The mean over so much time, by uniformisation.
    fn mean_over(&self, start: Vec<f64>, time_s: f64) -> Vec<f64> {
        let jumps = self.fastest * time_s;
        let mut mean = vec![0.0; self.states()];
        let mut now = start;
        let mut rest = 1.0;
        for weight in weights(jumps) {
            rest -= weight;
            let later = rest.max(0.0) / jumps;
            for (mean, now) in mean.iter_mut().zip(&now) {
                *mean += later * now;
            }
            now = self.jumped(&now);
        }
        mean
    }

    fn jumped(&self, now: &[f64]) -> Vec<f64> {
        let states = self.states();
        let up = self.up / self.fastest;
        let mut next = vec![0.0; states];
        for (state, &share) in now.iter().enumerate() {
            let down = self.down[state] / self.fastest;
            let up = if state + 1 < states { up } else { 0.0 };
            next[state] += share * (1.0 - up - down);
            if up > 0.0 {
                next[state + 1] += share * up;
            }
            if down > 0.0 {
                next[state - 1] += share * down;
            }
        }
        next
    }
}

/// The probabilities of a Poisson number, from nought until nearly nothing is left.
fn weights(mean: f64) -> Vec<f64> {
    let mut weights = Vec::new();
    let (mut log, mut sum) = (-mean, 0.0);
    let mut number = 0.0;
    loop {
        let weight = log.exp();
        weights.push(weight);
        sum += weight;
        if sum > 1.0 - TAIL && number >= mean {
            return weights;
        }
        number += 1.0;
        log += (mean / number).ln();
        if number > mean + 20.0 * mean.sqrt() + 100.0 {
            return weights;
        }
    }
}

/// The corners of the least concave line above some points in order.
fn concave(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut hull: Vec<(f64, f64)> = Vec::new();
    for &point in points {
        while let [.., before, last] = hull[..] {
            let rise = (last.1 - before.1) * (point.0 - before.0);
            if rise > (point.1 - before.1) * (last.0 - before.0) {
                break;
            }
            hull.pop();
        }
        hull.push(point);
    }
    hull
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::{Load, SteadyState, erlang_a, erlang_c};

    const PHONE: Alone = Alone {
        slot_s: 1_800.0,
        leaving: 1.0 / 180.0,
        impatience: 0.0,
        within_s: 20.0,
        share: 0.8,
        definition: Definition::LateAbandons,
    };

    #[test]
    fn the_hull_lies_over_all_points() {
        let points = [
            (0.0, -1.0),
            (1.0, -0.9),
            (2.0, 0.0),
            (3.0, 0.05),
            (4.0, 0.2),
        ];
        assert_eq!(concave(&points), [(0.0, -1.0), (2.0, 0.0), (4.0, 0.2)]);
    }

    #[test]
    fn a_very_long_slot_gains_what_erlang_c_and_a_say() {
        let long = Alone {
            slot_s: 3e6,
            ..PHONE
        };
        let load = Load::per_hour(200.0, 180.0).unwrap();
        let level = |queue: &dyn SteadyState| {
            let levels = queue.service_levels(20.0, 5.0).unwrap();
            levels.by(Definition::LateAbandons).unwrap()
        };
        let found = long.surplus(200.0 / 3_600.0, 10.0, 13) / (200.0 / 3_600.0 * 3e6);
        let exact = level(&erlang_c::solve(load, 13).unwrap()) - 0.8;
        assert!((found - exact).abs() < 1e-4, "{found} {exact}");
        let leave = Alone {
            impatience: 1.0 / 200.0,
            ..long
        };
        let found = leave.surplus(200.0 / 3_600.0, 10.0, 11) / (200.0 / 3_600.0 * 3e6);
        let queue = erlang_a::solve(load, 11, 200.0).unwrap();
        let flows = queue.within(20.0).unwrap();
        let all = queue.service_levels(20.0, 5.0).unwrap();
        let level = all.by(Definition::LateAbandons).unwrap();
        // Who counts: everyone but those who left before the threshold.
        let counted = all.by(Definition::Offered).unwrap() / level;
        let exact = (level - 0.8) * counted;
        assert!((found - exact).abs() < 1e-4, "{found} {exact} {flows:?}");
    }

    #[test]
    fn a_slot_that_begins_with_few_gains_more_than_a_long_one() {
        let rate = 200.0 / 3_600.0;
        let few = PHONE.surplus(rate, 0.0, 12);
        let many = PHONE.surplus(rate, 10.0, 12);
        assert!(few > many);
        let all: Vec<f64> = (0..16)
            .map(|agents| PHONE.surplus(rate, 10.0, agents))
            .collect();
        assert!(
            all.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9),
            "{all:?}"
        );
    }
}
