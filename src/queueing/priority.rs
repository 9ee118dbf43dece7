//! Classes of contacts with priorities, nobody interrupted, at one group of servers with equal handle times.

use super::erlang_c;
use super::fault::{QueueError, positive};
use super::load::Load;
use super::measures::{Flows, Measures, SteadyState, quantile, quantile_share, threshold};
use super::poisson;

/// The most events of a waiting contact's walk that are followed.
const MOST_EVENTS: f64 = 1e4;

/// M/M/s with non-preemptive priorities.
#[derive(Debug, Clone, PartialEq)]
pub struct Priority {
    arrivals: Vec<f64>,
    handle_time_s: f64,
    servers: u32,
    p_wait: f64,
}

/// Figures of one class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassMeasures {
    /// Share that waits (the same for all classes).
    pub p_wait: f64,
    /// Mean wait.
    pub mean_wait_s: f64,
    /// Mean number waiting.
    pub queue_length: f64,
}

/// M/M/s with non-preemptive priorities; the first class goes first, within a class who came first.
///
/// # Formula
///
/// W(k) = C(s, a) · (1/sμ) / ((1 − σ(k−1)) (1 − σ(k))), with σ(k) the load of classes 1 to k per server and C Erlang's delay
/// probability for the whole load.
///
/// # Source
///
/// A. Cobham, "Priority assignment in waiting line problems", *Operations Research* 2 (1954); O. Kella and U. Yechiali, "Waiting times
/// in the non-preemptive priority M/M/c queue", *Stochastic Models* 1 (1985).
///
/// # Examples
///
/// One server, 4 and 6 contacts an hour of five minutes: the first class waits (5/6) · 300 s / (1 − 1/3) = 375 s.
///
/// ```
/// use channelmix::queueing::priority;
/// let queue = priority::solve(&[4.0 / 3600.0, 6.0 / 3600.0], 300.0, 1)?;
/// assert!((queue.class(0).unwrap().mean_wait_s - 375.0).abs() < 1e-9);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When there is no class, a rate or the handle time is not above zero, or the load is not below the number of servers.
pub fn solve(
    arrivals_per_s: &[f64],
    handle_time_s: f64,
    servers: u32,
) -> Result<Priority, QueueError> {
    for rate in arrivals_per_s {
        positive("the arrival rate of a class", *rate)?;
    }
    let load = Load::new(arrivals_per_s.iter().sum(), handle_time_s)?;
    Ok(Priority {
        arrivals: arrivals_per_s.to_vec(),
        handle_time_s,
        servers,
        p_wait: erlang_c::p_wait(servers, load.erlangs())?,
    })
}

impl Priority {
    /// sμ, the rate at which contacts are taken from the queues.
    fn clearing(&self) -> f64 {
        f64::from(self.servers) / self.handle_time_s
    }

    /// Load per server of the classes before this one, and with it.
    fn loads(&self, class: usize) -> (f64, f64) {
        let before: f64 = self.arrivals[..class].iter().sum();
        let clearing = self.clearing();
        (
            before / clearing,
            (before + self.arrivals[class]) / clearing,
        )
    }

    /// How many classes there are.
    pub fn classes(&self) -> usize {
        self.arrivals.len()
    }

    /// Figures of a class, counted from 0.
    pub fn class(&self, class: usize) -> Option<ClassMeasures> {
        let rate = self.arrivals.get(class)?;
        let (before, with) = self.loads(class);
        let wait = self.p_wait / (self.clearing() * (1.0 - before) * (1.0 - with));
        Some(ClassMeasures {
            p_wait: self.p_wait,
            mean_wait_s: wait,
            queue_length: rate * wait,
        })
    }

    /// Mean wait over all classes; the order of service does not change it.
    pub fn mean_wait_s(&self) -> f64 {
        let rate: f64 = self.arrivals.iter().sum();
        self.p_wait / (self.clearing() - rate)
    }

    /// Share of a class that is answered within a time.
    ///
    /// # Formula
    ///
    /// Who waits finds N contacts of the same or a better class waiting, N geometric with ratio σ(k); until N + 1 servers got free,
    /// each contact of a better class that comes (rate λ₁ + … + λₖ₋₁) is one more to wait for. The first passage to zero of this walk
    /// is found by uniformisation.
    ///
    /// # Source
    ///
    /// O. Kella and U. Yechiali (1985).
    ///
    /// # Examples
    ///
    /// The first class, once waiting, waits for an exponential time of rate sμ − λ₁: here 1 − (5/6) e^(−20/450).
    ///
    /// ```
    /// use channelmix::queueing::priority;
    /// let queue = priority::solve(&[4.0 / 3600.0, 6.0 / 3600.0], 300.0, 1)?;
    /// let exact = 1.0 - 5.0 / 6.0 * (-20.0_f64 / 450.0).exp();
    /// assert!((queue.answered_within(0, 20.0)? - exact).abs() < 1e-12);
    /// # Ok::<(), channelmix::queueing::QueueError>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such class, the time is no number of at least zero, or so long that the walk has too many steps.
    pub fn answered_within(&self, class: usize, time_s: f64) -> Result<f64, QueueError> {
        let time = threshold(time_s)?;
        if class >= self.arrivals.len() {
            return Err(QueueError::WrongLength {
                what: "the classes",
                expected: class + 1,
                found: self.arrivals.len(),
            });
        }
        if class == 0 {
            let relief = self.clearing() - self.arrivals[0];
            return Ok(1.0 - self.p_wait * (-relief * time).exp());
        }
        let passages = self.passages(class, time)?;
        Ok(self.answered(class, &passages, time))
    }

    /// Events per second of the walk of a class.
    fn clock(&self, class: usize) -> f64 {
        self.arrivals[..class].iter().sum::<f64>() + self.clearing()
    }

    /// The share that is answered by a time, up to which the passages must reach.
    fn answered(&self, class: usize, passages: &[f64], time: f64) -> f64 {
        let passed = poisson::happened(self.clock(class) * time, passages);
        1.0 - self.p_wait * (1.0 - passed)
    }

    /// The probability that the walk of a waiting contact reaches zero with its first event, its second, and so on.
    fn passages(&self, class: usize, time: f64) -> Result<Vec<f64>, QueueError> {
        let (clock, (_, with)) = (self.clock(class), self.loads(class));
        if clock * time > MOST_EVENTS {
            return Err(QueueError::TooLarge {
                what: format!("{time} s at this many servers"),
                instead: "ask for a shorter time",
            });
        }
        let events = poisson::weights(clock * time).len();
        // ahead[n]: n + 1 servers must still get free.
        let mut ahead: Vec<f64> = Vec::with_capacity(events);
        let mut share = 1.0 - with;
        for _ in 0..events {
            ahead.push(share);
            share *= with;
        }
        let (up, down) = (1.0 - self.clearing() / clock, self.clearing() / clock);
        let mut passages = Vec::with_capacity(events);
        for _ in 1..events {
            passages.push(down * ahead[0]);
            let mut below = 0.0;
            for n in 0..ahead.len() {
                let next = ahead.get(n + 1).copied().unwrap_or(0.0);
                let old = ahead[n];
                ahead[n] = up * below + down * next;
                below = old;
            }
        }
        Ok(passages)
    }
}

/// One class of a queue with priorities.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    queue: Priority,
    index: usize,
    figures: ClassMeasures,
}

impl Priority {
    /// A class, counted from 0, as a queue of its own.
    ///
    /// # Errors
    /// When there is no such class.
    pub fn of_class(self, class: usize) -> Result<Class, QueueError> {
        let figures = self.class(class).ok_or(QueueError::WrongLength {
            what: "the classes",
            expected: class + 1,
            found: self.arrivals.len(),
        })?;
        Ok(Class {
            queue: self,
            index: class,
            figures,
        })
    }
}

impl SteadyState for Class {
    /// Of this class but for the occupancy, which is that of all.
    fn measures(&self) -> Measures {
        let queue = &self.queue;
        let of_all: f64 = queue.arrivals.iter().sum();
        let own = queue.arrivals[self.index];
        Measures {
            occupancy: of_all / queue.clearing(),
            ..Measures::where_nobody_leaves(
                own,
                own * queue.handle_time_s,
                queue.servers,
                self.figures.p_wait,
                self.figures.mean_wait_s,
            )
        }
    }

    fn within(&self, time_s: f64) -> Result<Flows, QueueError> {
        Ok(Flows {
            answered: self.queue.answered_within(self.index, time_s)?,
            abandoned: 0.0,
        })
    }

    fn wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        let left = 1.0 - quantile_share(share)?;
        if self.figures.p_wait <= left {
            return Ok(0.0);
        }
        if self.index == 0 {
            let relief = self.queue.clearing() - self.queue.arrivals[0];
            return Ok((self.figures.p_wait / left).ln() / relief);
        }
        // Longer until it is far enough, and refused where that is too far.
        let mut far = self.figures.mean_wait_s / self.figures.p_wait;
        let mut passages = self.queue.passages(self.index, far)?;
        while 1.0 - self.queue.answered(self.index, &passages, far) > left {
            far *= 1.5;
            passages = self.queue.passages(self.index, far)?;
        }
        let late = |t: f64| 1.0 - self.queue.answered(self.index, &passages, t);
        Ok(quantile(&late, left, far))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classes_together_wait_as_one_queue() {
        let queue = solve(&[1.0, 2.0, 3.0], 1.0, 8).unwrap();
        let sum: f64 = (0..3).map(|k| queue.class(k).unwrap().queue_length).sum();
        assert!((sum / (6.0 * queue.mean_wait_s()) - 1.0).abs() < 1e-13);
        let single = solve(&[6.0], 1.0, 8).unwrap();
        let exact = 1.0 - single.p_wait * (-2.0 * 0.7_f64).exp();
        assert!((single.answered_within(0, 0.7).unwrap() - exact).abs() < 1e-13);
    }

    #[test]
    fn no_class_and_too_much_are_refused() {
        assert!(solve(&[], 1.0, 3).is_err());
        assert!(solve(&[1.0, 0.0], 1.0, 3).is_err());
        assert!(matches!(
            solve(&[1.0, 2.0], 1.0, 3),
            Err(QueueError::Overload { .. })
        ));
        assert!(
            solve(&[1.0], 1.0, 3)
                .unwrap()
                .answered_within(1, 1.0)
                .is_err()
        );
    }
}
