//! The bare minimum: what any simulation of these centres has to do, and nothing else.
//!
//! Poisson arrivals, exponential handle times, a ring buffer of those who wait, a heap of 64-bit keys for the agents' next instants, the
//! next arrival beside it. Only the mean wait and the service level are counted. A patience is kept with the waiting contact and looked at
//! when an agent comes to it.

use std::cmp::Reverse;
use std::collections::VecDeque;

use dary_heap::{PeekMut, QuaternaryHeap};
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
    let mut busy: QuaternaryHeap<Reverse<u64>> = QuaternaryHeap::new();
    let mut line: VecDeque<Waiting> = VecDeque::new();
    let mut counted = Counted::default();
    let mut arrival = gaps.next();
    let mut left = contacts;
    while left > 0 {
        let is_release = busy.peek().is_some_and(|next| next.0 <= arrival);
        match busy.peek_mut() {
            Some(mut next) if is_release => {
                let now = next.0;
                let waits = next_waiting(&mut line, now);
                if let Some((came, _)) = waits {
                    counted.answer(now - came);
                    next.0 = now + handle_times.next();
                } else {
                    PeekMut::pop(next);
                }
            }
            next => {
                drop(next);
                let now = arrival;
                arrival += gaps.next();
                left -= 1;
                let leaves = patience
                    .as_mut()
                    .map_or(u64::MAX, |spans| now + spans.next());
                if busy.len() < centre.agents as usize {
                    counted.answer(0);
                    busy.push(Reverse(now + handle_times.next()));
                } else {
                    line.push_back((now, leaves));
                }
            }
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
    // The instant, and the agent's group in the lowest bits.
    let mut busy: QuaternaryHeap<Reverse<u64>> = QuaternaryHeap::new();
    let mut idle = THREE_GROUPS;
    let mut lines: [VecDeque<Waiting>; 2] = Default::default();
    let mut counted = Counted::default();
    let mut arrival = gaps.next();
    let mut left = contacts;
    while left > 0 {
        let is_release = busy.peek().is_some_and(|next| next.0 >> 2 <= arrival);
        match busy.peek_mut() {
            Some(mut next) if is_release => {
                let (now, group) = (next.0 >> 2, next.0 & 3);
                let own: &[usize] = [&[0][..], &[1], &[0, 1]][usize::try_from(group).unwrap_or(0)];
                let waits = own
                    .iter()
                    .find_map(|&queue| next_waiting(&mut lines[queue], now));
                if let Some((came, _)) = waits {
                    counted.answer(now - came);
                    next.0 = (now + handle_times.next()) << 2 | group;
                } else {
                    idle[usize::try_from(group).unwrap_or(0)] += 1;
                    PeekMut::pop(next);
                }
            }
            next => {
                drop(next);
                let now = arrival;
                arrival += gaps.next();
                left -= 1;
                let queue = usize::from(rand::Rng::next_u64(&mut queues.stream) as f64 >= first);
                let leaves = now + patience.next();
                let taker = [queue, 2].into_iter().find(|&group| idle[group] > 0);
                if let Some(group) = taker {
                    idle[group] -= 1;
                    counted.answer(0);
                    busy.push(Reverse((now + handle_times.next()) << 2 | group as u64));
                } else {
                    lines[queue].push_back((now, leaves));
                }
            }
        }
    }
    counted
}
