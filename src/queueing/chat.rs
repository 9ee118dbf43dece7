//! Chat: s agents who each hold up to K chats at a time and work at a pace that depends on how many; who finds all places taken
//! waits and may leave. Solved exactly as a Markov chain.

use super::fault::{QueueError, positive, servers};
use super::law::Law;
use super::level_chain::{self, Level};
use super::load::Load;
use super::measures::{Flows, Measures, SteadyState, quantile_share, settled_share, threshold};
use super::offered_wait::OfferedWait;

/// The most work (states of a level, cubed, summed) that is done to solve a chain.
const MOST_WORK: f64 = 1e9;

/// Which agent takes a chat that comes when several can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// One with the fewest chats.
    LeastLoaded,
    /// One with the most chats of those with a place.
    MostLoaded,
}

/// Chats at agents who share their time between several.
#[derive(Debug, Clone, PartialEq)]
pub struct Chat {
    load: Load,
    agents: u32,
    at_once: u32,
    wait: OfferedWait,
    /// P(all places taken).
    full: f64,
    /// Mean chats in hand, and mean agents with at least one.
    chats: f64,
    active: f64,
}

/// How many agents have 0, 1, … K chats.
type State = Vec<u32>;

/// All states with so many chats, in a fixed order.
fn states(agents: u32, at_once: u32, chats: u32) -> Vec<State> {
    fn fill(state: &mut State, kind: usize, agents: u32, chats: u32, all: &mut Vec<State>) {
        let each = u32::try_from(kind).unwrap_or(u32::MAX);
        if kind == 0 {
            if chats == 0 {
                state[0] = agents;
                all.push(state.clone());
            }
            return;
        }
        // Those with one chat each have to take up all that is left.
        let least = if kind == 1 { chats } else { 0 };
        for number in least..=agents.min(chats / each) {
            state[kind] = number;
            fill(state, kind - 1, agents - number, chats - number * each, all);
        }
    }
    let mut all = Vec::new();
    let mut state = vec![0; at_once as usize + 1];
    fill(&mut state, at_once as usize, agents, chats, &mut all);
    all.sort();
    all
}

/// One agent goes from `from` to `to` chats.
fn moved(state: &State, from: usize, to: usize) -> State {
    let mut next = state.clone();
    next[from] -= 1;
    next[to] += 1;
    next
}

/// The chain of places taken, up to all of them.
fn levels(
    load: Load,
    agents: u32,
    pace: &[f64],
    sharing: Sharing,
) -> Result<(Vec<Vec<State>>, Vec<Level>), QueueError> {
    let at_once = u32::try_from(pace.len()).unwrap_or(u32::MAX);
    let top = agents * at_once;
    let mut by_level = Vec::new();
    let mut work = 0.0;
    for chats in 0..=top {
        let level = states(agents, at_once, chats);
        work += (level.len() as f64).powi(3);
        by_level.push(level);
        if work > MOST_WORK {
            return Err(QueueError::TooLarge {
                what: format!("{agents} agents with up to {at_once} chats each"),
                instead: "simulate it, or ask for fewer agents",
            });
        }
    }
    let size = |at: usize| by_level.get(at).map_or(0, Vec::len);
    let chain = (0..by_level.len()).map(|at| {
        let mut level = Level::new(
            size(at),
            size(at + 1),
            if at > 0 { size(at - 1) } else { 0 },
        );
        for (row, state) in by_level[at].iter().enumerate() {
            let mut free = (0..pace.len()).filter(|chats| state[*chats] > 0);
            let taker = match sharing {
                Sharing::LeastLoaded => free.next(),
                Sharing::MostLoaded => free.next_back(),
            };
            if let Some(chats) = taker {
                let next = moved(state, chats, chats + 1);
                if let Ok(column) = by_level[at + 1].binary_search(&next) {
                    level.up.add(row, column, load.arrivals_per_s());
                }
            }
            for chats in 1..=pace.len() {
                if state[chats] == 0 {
                    continue;
                }
                let next = moved(state, chats, chats - 1);
                let rate = f64::from(state[chats]) * speed(pace, chats) / load.handle_time_s();
                if let Ok(column) = by_level[at - 1].binary_search(&next) {
                    level.down.add(row, column, rate);
                }
            }
        }
        level
    });
    let chain = chain.collect();
    Ok((by_level, chain))
}

/// What an agent with so many chats gets done, where one alone counts as `pace[0]`.
fn speed(pace: &[f64], chats: usize) -> f64 {
    chats as f64 * pace[chats - 1]
}

/// Chats with all their measures. `pace[k − 1]` is the speed of each of k chats open at the same agent, so an agent with k works at
/// k · pace\[k − 1\]; the length of `pace` is the most an agent holds. `mean_patience_s` of `None` is patience without end.
///
/// # Formula
///
/// The chain of how many agents hold 0, 1, …, K chats, solved level by level over the chats in hand; beyond that the queue is a
/// birth-death chain with rates λ up and s·K·pace\[K−1\]·μ + qθ down, whose offered wait is that of Erlang A.
///
/// # Source
///
/// J. Luo and J. Zhang, "Staffing and control of instant messaging contact centers", *Operations Research* 61 (2013), for the model;
/// the solution is this chain's balance equations.
///
/// # Examples
///
/// One chat at a time is Erlang A: one agent, one erlang, patience like the handle time: P(wait) = 1 − 1/e.
///
/// ```
/// use channelmix::queueing::{Load, SteadyState, chat};
/// let queue = chat::solve(Load::new(0.01, 100.0)?, 1, &[1.0], Some(100.0), chat::Sharing::LeastLoaded)?;
/// assert!((queue.measures().p_wait - (1.0 - (-1.0_f64).exp())).abs() < 1e-13);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When there are not 1 to 100,000 agents, a pace or the patience is not above zero, the chain is too large, or nobody leaves and the
/// load is too high.
pub fn solve(
    load: Load,
    agents: u32,
    pace: &[f64],
    mean_patience_s: Option<f64>,
    sharing: Sharing,
) -> Result<Chat, QueueError> {
    servers(agents)?;
    if pace.is_empty() || pace.len() > 100 {
        return Err(QueueError::WrongLength {
            what: "the paces, one for each number of chats",
            expected: 1,
            found: pace.len(),
        });
    }
    for each in pace {
        positive("a pace", *each)?;
    }
    let patience = mean_patience_s.map_or(Law::Never, |mean_s| Law::Exponential { mean_s });
    patience.check()?;
    let capacity = f64::from(agents) * speed(pace, pace.len());
    if patience == Law::Never && load.erlangs() >= capacity {
        return Err(QueueError::Overload {
            offered: load.erlangs(),
            capacity,
        });
    }
    let (by_level, chain) = levels(load, agents, pace, sharing)?;
    let probabilities = level_chain::solve(&chain);
    let last: f64 = probabilities.last().map_or(0.0, |level| level.iter().sum());
    let below = 1.0 - last;
    let wait = OfferedWait::new(
        load.arrivals_per_s(),
        capacity / load.handle_time_s(),
        patience,
        None,
        (below / last.max(1e-300)).ln(),
    );
    // The chain says how the time without a queue is spent when a place is free.
    let free = wait.at_once() / below;
    let (mut chats, mut active) = (0.0, 0.0);
    for (level, (states, shares)) in by_level.iter().zip(&probabilities).enumerate() {
        for (state, share) in states.iter().zip(shares) {
            if level + 1 < by_level.len() {
                chats += free * share * level as f64;
                active += free * share * f64::from(agents - state[0]);
            }
        }
    }
    let full = 1.0 - wait.at_once();
    let at_once = u32::try_from(pace.len()).unwrap_or(u32::MAX);
    Ok(Chat {
        load,
        agents,
        at_once,
        wait,
        full,
        chats: chats + full * f64::from(agents * at_once),
        active: active + full * f64::from(agents),
    })
}

impl Chat {
    /// Mean time from the start to the end of a chat's handling.
    pub fn mean_handle_time_s(&self) -> f64 {
        self.chats / self.throughput_per_s()
    }

    /// Chats finished per second.
    pub fn throughput_per_s(&self) -> f64 {
        self.load.arrivals_per_s() * self.wait.answered()
    }

    /// Mean number of chats in hand.
    pub fn mean_chats(&self) -> f64 {
        self.chats
    }

    /// Mean number of chats at an agent who has at least one.
    pub fn mean_concurrency(&self) -> f64 {
        self.chats / self.active
    }

    /// Share of the time that an agent has none.
    pub fn idle(&self) -> f64 {
        1.0 - self.active / f64::from(self.agents)
    }

    /// Share of the time that every place is taken.
    pub fn p_full(&self) -> f64 {
        self.full
    }

    /// The most chats at a time that an agent holds.
    pub fn at_once(&self) -> u32 {
        self.at_once
    }
}

impl SteadyState for Chat {
    fn measures(&self) -> Measures {
        let [asa_s, mean_wait_abandoned_s, wait_if_delayed_s] = self.wait.mean_waits();
        let queue_length = self.load.arrivals_per_s() * self.wait.mean_wait();
        Measures {
            offered_load_erlangs: self.load.erlangs(),
            p_wait: settled_share(self.wait.p_wait()),
            p_block: 0.0,
            p_abandon: settled_share(self.wait.p_abandon()),
            mean_wait_s: self.wait.mean_wait(),
            asa_s,
            mean_wait_abandoned_s,
            wait_if_delayed_s,
            wait_sd_s: None,
            queue_length,
            in_system: queue_length + self.chats,
            occupancy: 1.0 - self.idle(),
        }
    }

    fn within(&self, time_s: f64) -> Result<Flows, QueueError> {
        Ok(self.wait.within(threshold(time_s)?))
    }

    fn wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        Ok(self.wait.quantile(quantile_share(share)?))
    }

    fn answered_wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        Ok(self.wait.answered_quantile(quantile_share(share)?))
    }

    fn more(&self) -> Vec<(&'static str, f64)> {
        vec![
            ("handle_time_s", self.mean_handle_time_s()),
            ("mean_concurrency", self.mean_concurrency()),
            ("chats_in_hand", self.mean_chats()),
            ("p_full", self.p_full()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_refused() {
        let load = Load::new(1.0, 1.0).unwrap();
        let of = |agents, pace: &[f64], patience| {
            solve(load, agents, pace, patience, Sharing::LeastLoaded)
        };
        assert!(of(2, &[], Some(1.0)).is_err());
        assert!(of(2, &[1.0, f64::NAN], Some(1.0)).is_err());
        assert!(of(2, &[1.0], Some(0.0)).is_err());
        assert!(matches!(
            of(1, &[0.5, 0.5], None),
            Err(QueueError::Overload { .. })
        ));
        assert!(matches!(
            of(1_000, &[1.0, 0.8, 0.7, 0.6, 0.5], Some(1.0)),
            Err(QueueError::TooLarge { .. })
        ));
    }
}
