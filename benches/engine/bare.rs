//! The bare minimum: what any simulation of these centres has to do, and nothing else.
//!
//! Poisson arrivals, exponential handle times, a ring buffer of those who wait, a tournament of 64-bit keys for the agents' next instants,
//! the next arrival beside it. Only the mean wait and the service level are counted. A patience is kept with the waiting contact and
//! looked at when an agent comes to it.

use std::collections::VecDeque;

use rand::SeedableRng;
use rand_distr::{Distribution, Exp1};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A contact who waits: when it came and when it leaves, in microseconds.
type Waiting = (u64, u64);

/// What was counted, so that no work can be left out.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    answered: u64,
    in_time: u64,
    waited: u64,
}

/// The first in line who has not left.
#[inline]
fn next_waiting(line: &mut VecDeque<Waiting>, now: u64) -> Option<Waiting> {
    loop {
        match line.pop_front() {
            Some((_, leaves)) if leaves < now => (),
            other => break other,
        }
    }
}

/// The next instant of each agent, and the first of all: a tree in which every node has the least of the four keys below it.
struct Ends {
    /// The instant above, the agent in the lowest bits. The children of node i are 4i to 4i + 3, the agents come from `leaves` on.
    keys: Vec<u64>,
    leaves: usize,
    first: u64,
    bits: u32,
}

const NEVER: u64 = u64::MAX;

impl Ends {
    fn new(agents: u32) -> Self {
        let mut leaves = 1;
        while leaves < agents as usize {
            leaves *= 4;
        }
        Self {
            keys: vec![NEVER; 2 * leaves],
            leaves,
            first: NEVER,
            bits: leaves.ilog2(),
        }
    }

    /// The next instant, and the agent.
    #[inline]
    fn first(&self) -> (u64, u64) {
        (self.first >> self.bits, self.first & ((1 << self.bits) - 1))
    }

    #[inline]
    fn set(&mut self, agent: u64, at: u64) {
        self.set_key(agent, at << self.bits | agent);
    }

    #[inline]
    fn remove(&mut self, agent: u64) {
        self.set_key(agent, NEVER);
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "agents are few")]
    fn set_key(&mut self, agent: u64, mut key: u64) {
        let mut at = self.leaves + agent as usize;
        let (fours, _) = self.keys.as_chunks_mut::<4>();
        while at > 1 {
            let (four, place) = (&mut fours[at / 4], at % 4);
            if four[place] == key {
                return;
            }
            four[place] = key;
            let others = four[place ^ 1].min(four[place ^ 2]).min(four[place ^ 3]);
            key = key.min(others);
            at /= 4;
        }
        self.first = key;
    }
}

const THRESHOLD: u64 = 20_000_000;

impl Counted {
    #[inline]
    fn answer(&mut self, wait: u64) {
        self.answered += 1;
        self.in_time += u64::from(wait <= THRESHOLD);
        self.waited += wait;
    }

    /// The share answered in time, and the mean wait in seconds.
    pub(crate) fn figures(&self) -> (f64, f64) {
        let answered = self.answered as f64;
        (
            self.in_time as f64 / answered,
            self.waited as f64 / answered / 1e6,
        )
    }
}

/// Exponential spans of a mean in microseconds, from a stream of their own.
struct Spans {
    stream: Xoshiro256PlusPlus,
    mean: f64,
}

impl Spans {
    fn new(seed: u64, mean_s: f64) -> Self {
        Self {
            stream: Xoshiro256PlusPlus::seed_from_u64(seed),
            mean: mean_s * 1e6,
        }
    }

    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "spans are positive and short"
    )]
    fn next(&mut self) -> u64 {
        let span: f64 = Exp1.sample(&mut self.stream);
        (span * self.mean) as u64
    }
}

/// One queue and one group.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OneQueue {
    pub(crate) agents: u32,
    pub(crate) per_minute: f64,
    pub(crate) handle_time_s: f64,
    /// `None`: endless.
    pub(crate) patience_s: Option<f64>,
}

/// So many contacts of a centre with one queue and one group.
pub(crate) fn one_queue(centre: OneQueue, contacts: u64, seed: u64) -> Counted {
    let mut gaps = Spans::new(4 * seed, 60.0 / centre.per_minute);
    let mut handle_times = Spans::new(4 * seed + 1, centre.handle_time_s);
    let mut patience = centre.patience_s.map(|mean| Spans::new(4 * seed + 2, mean));
    let mut ends = Ends::new(centre.agents);
    let mut idle: Vec<u64> = (0..u64::from(centre.agents)).collect();
    let mut line: VecDeque<Waiting> = VecDeque::new();
    let mut counted = Counted::default();
    let mut arrival = gaps.next();
    let mut left = contacts;
    while left > 0 {
        let (now, agent) = ends.first();
        if now <= arrival {
            if let Some((came, _)) = next_waiting(&mut line, now) {
                counted.answer(now - came);
                ends.set(agent, now + handle_times.next());
            } else {
                idle.push(agent);
                ends.remove(agent);
            }
            continue;
        }
        let now = arrival;
        arrival += gaps.next();
        left -= 1;
        let leaves = patience
            .as_mut()
            .map_or(u64::MAX, |spans| now + spans.next());
        if let Some(agent) = idle.pop() {
            counted.answer(0);
            ends.set(agent, now + handle_times.next());
        } else {
            line.push_back((now, leaves));
        }
    }
    counted
}

/// Contacts a minute of the first and the second queue.
pub(crate) const TWO_QUEUES: [u32; 2] = [55, 45];
/// Agents of the first queue, of the second, of both.
pub(crate) const THREE_GROUPS: [u32; 3] = [40, 30, 30];

/// Two queues with a group each, and a group for both which serves the first one first; a minute's work, two minutes' patience.
pub(crate) fn two_queues(contacts: u64, seed: u64) -> Counted {
    let per_minute = f64::from(TWO_QUEUES[0] + TWO_QUEUES[1]);
    let mut gaps = Spans::new(4 * seed, 60.0 / per_minute);
    let mut handle_times = Spans::new(4 * seed + 1, 60.0);
    let mut patience = Spans::new(4 * seed + 2, 120.0);
    let mut queues = Spans::new(4 * seed + 3, 1.0);
    let first = 2.0_f64.powi(64) * f64::from(TWO_QUEUES[0]) / per_minute;
    let [first_group, second_group, both] = THREE_GROUPS.map(u64::from);
    let agents = first_group + second_group + both;
    let mut ends = Ends::new(THREE_GROUPS.iter().sum());
    let mut idle: [Vec<u64>; 3] = [
        (0..first_group).collect(),
        (first_group..first_group + second_group).collect(),
        (first_group + second_group..agents).collect(),
    ];
    let mut lines: [VecDeque<Waiting>; 2] = Default::default();
    let mut counted = Counted::default();
    let mut arrival = gaps.next();
    let mut left = contacts;
    while left > 0 {
        let (now, agent) = ends.first();
        if now <= arrival {
            let group = usize::from(agent >= first_group)
                + usize::from(agent >= first_group + second_group);
            let own: &[usize] = [&[0][..], &[1], &[0, 1]][group];
            let waits = own
                .iter()
                .find_map(|&queue| next_waiting(&mut lines[queue], now));
            if let Some((came, _)) = waits {
                counted.answer(now - came);
                ends.set(agent, now + handle_times.next());
            } else {
                idle[group].push(agent);
                ends.remove(agent);
            }
            continue;
        }
        let now = arrival;
        arrival += gaps.next();
        left -= 1;
        let queue = usize::from(rand::Rng::next_u64(&mut queues.stream) as f64 >= first);
        let leaves = now + patience.next();
        let taker = [queue, 2].into_iter().find_map(|group| idle[group].pop());
        if let Some(agent) = taker {
            counted.answer(0);
            ends.set(agent, now + handle_times.next());
        } else {
            lines[queue].push_back((now, leaves));
        }
    }
    counted
}
