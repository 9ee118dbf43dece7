//! M/D/s: every contact takes equally long. Crommelin's model, the other end of the scale from Erlang C.

use super::fault::{QueueError, servers};
use super::load::Load;
use super::measures::{Flows, Measures, SteadyState, quantile, quantile_share, threshold};
use super::poisson::ln_pmf;

/// The most terms that a distribution may need.
const MOST_TERMS: f64 = 5e7;

/// M/D/s with all its measures.
#[derive(Debug, Clone, PartialEq)]
pub struct Deterministic {
    load: Load,
    servers: u32,
    p_wait: f64,
    queue_length: f64,
    /// P(nobody waits).
    p_no_queue: f64,
}

/// M/D/s with all its measures.
///
/// # Formula
///
/// The number N in the system one handle time D later is max(N − s, 0) + Poisson(a). With S(n) = Poisson(na) − ns Spitzer's identity
/// gives P(N < s) = exp(−Σ P(S(n) ≥ 0)/n) and the mean queue Σ E(max(S(n), 0))/n. Near the limit, where these sums are long, the roots z of
/// zˢ = e^(a(z−1)) inside the unit circle give P(N < s) = (s − a) / Π(1 − z) and the mean queue
/// Σ 1/(1 − z) − (s(s−1) − a²) / (2(s − a)).
///
/// # Source
///
/// C. D. Crommelin, "Delay probability formulae when the holding times are constant", *Post Office Electrical Engineers' Journal* 25
/// (1932); F. Spitzer, "A combinatorial lemma and its application to probability theory", *Transactions AMS* 82 (1956).
///
/// # Examples
///
/// One server: the mean wait is ρD / (2(1 − ρ)), 2 D at 80 %.
///
/// ```
/// use channelmix::queueing::{Load, SteadyState, md_s};
/// let measures = md_s::solve(Load::new(0.8, 1.0)?, 1)?.measures();
/// assert!((measures.mean_wait_s - 2.0).abs() < 1e-12);
/// assert!((measures.p_wait - 0.8).abs() < 1e-12);
/// # Ok::<(), channelmix::queueing::QueueError>(())
/// ```
///
/// # Errors
/// When the load is not below the number of servers, or there are not 1 to 100,000 of them.
pub fn solve(load: Load, number: u32) -> Result<Deterministic, QueueError> {
    servers(number)?;
    let (s, a) = (f64::from(number), load.erlangs());
    if a >= s {
        return Err(QueueError::Overload {
            offered: a,
            capacity: s,
        });
    }
    let (p_wait, queue_length, p_no_queue) = if decay(s, a) > 1.0 {
        by_sums(s, a)
    } else {
        by_roots(number, a)
    };
    Ok(Deterministic {
        load,
        servers: number,
        p_wait,
        queue_length,
        p_no_queue,
    })
}

/// P(S(n) ≥ 0) falls like e^(−n I), I = s ln(s/a) − s + a.
fn decay(s: f64, a: f64) -> f64 {
    -s * ((a - s) / s).ln_1p() - (s - a)
}

/// Terms of the sums until they are nothing.
fn terms(s: f64, a: f64) -> f64 {
    (42.0 / decay(s, a)).ceil()
}

/// P(wait), mean queue and P(no queue) by Spitzer's sums.
fn by_sums(s: f64, a: f64) -> (f64, f64, f64) {
    let (mut ladder, mut queue, mut strict) = (0.0, 0.0, 0.0);
    let (mut n, last) = (1.0, terms(s, a));
    while n <= last {
        let mean = n * a;
        let mut chance = ln_pmf(n * s, mean).exp();
        let (mut at_least, mut excess, mut over, even) = (chance, 0.0, 0.0, chance);
        while chance > 1e-19 * at_least || over < 2.0 {
            over += 1.0;
            chance *= mean / (n * s + over);
            at_least += chance;
            excess += over * chance;
        }
        ladder += at_least / n;
        strict += (at_least - even) / n;
        queue += excess / n;
        n += 1.0;
    }
    (-(-ladder).exp_m1(), queue, (-strict).exp())
}

/// P(wait), mean queue and P(no queue) by Crommelin's roots.
fn by_roots(number: u32, a: f64) -> (f64, f64, f64) {
    let s = f64::from(number);
    // Roots come in conjugate pairs; with an even number of servers one of them is real.
    let (mut ln_product, mut inverse, mut ln_roots) = (0.0, 0.0, a);
    for k in 1..=number / 2 {
        let (x, y) = root(f64::from(k), s, a);
        let (re, im) = (1.0 - x, -y);
        let square = re * re + im * im;
        let pair = if 2 * k == number { 1.0 } else { 2.0 };
        ln_product += 0.5 * pair * square.ln();
        inverse += pair * re / square;
        ln_roots += 0.5 * pair * (x * x + y * y).ln();
    }
    let none = (s - a).ln() - ln_product;
    let queue = inverse - (s * (s - 1.0) - a * a) / (2.0 * (s - a));
    (-none.exp_m1(), queue.max(0.0), (none + ln_roots).exp())
}

/// The root of z = e^(2πik/s) e^(a(z−1)/s), by Newton's method from a fixed-point start.
fn root(k: f64, s: f64, a: f64) -> (f64, f64) {
    let (angle, load) = (2.0 * std::f64::consts::PI * k / s, a / s);
    let image = |x: f64, y: f64| {
        let size = (load * (x - 1.0)).exp();
        let (sin, cos) = (angle + load * y).sin_cos();
        (size * cos, size * sin)
    };
    let (mut x, mut y) = (0.0, 0.0);
    for _ in 0..20 {
        (x, y) = image(x, y);
    }
    for _ in 0..100 {
        // f(z) = z − g(z), f'(z) = 1 − load · g(z).
        let (gx, gy) = image(x, y);
        let (fx, fy) = (x - gx, y - gy);
        let (dx, dy) = (1.0 - load * gx, -load * gy);
        let square = dx * dx + dy * dy;
        let (sx, sy) = ((fx * dx + fy * dy) / square, (fy * dx - fx * dy) / square);
        (x, y) = (x - sx, y - sy);
        if sx.abs() + sy.abs() < 1e-17 {
            break;
        }
    }
    (x, y)
}

impl Deterministic {
    /// P(queue ≤ 0), P(queue ≤ 1), …, as many as are asked for or until it is certain.
    ///
    /// The queue is the largest of the sums S(n), whose generating function is exp(−Σ c(i)(1 − zⁱ)), c(i) = Σ P(S(n) = i)/n; hence
    /// m g(m) = Σ i c(i) g(m − i), all terms positive (Panjer's recursion).
    fn queue_cdf(&self, count: usize) -> Result<Vec<f64>, QueueError> {
        let (s, a) = (f64::from(self.servers), self.load.erlangs());
        let last = terms(s, a);
        // The tail of the queue falls like e^(−2(1−ρ)j) or faster.
        let enough = 45.0 / (2.0 * (1.0 - a / s)) + 60.0;
        let count = count.min(whole(enough));
        if last * count as f64 + (count as f64).powi(2) > MOST_TERMS {
            return Err(QueueError::TooLarge {
                what: format!("{} servers at a load of {:.4}", self.servers, a / s),
                instead: "ask for the mean wait, or take Erlang C as a bound",
            });
        }
        let mut weights = vec![0.0; count];
        let mut n = 1.0;
        while n <= last {
            let mean = n * a;
            let mut chance = ln_pmf(n * s, mean).exp();
            let mut over = 0.0;
            for weight in &mut weights {
                *weight += chance / n;
                over += 1.0;
                chance *= mean / (n * s + over);
            }
            n += 1.0;
        }
        let mut chances = vec![self.p_no_queue];
        for m in 1..count {
            let sum: f64 = (1..=m)
                .map(|i| i as f64 * weights[i] * chances[m - i])
                .sum();
            chances.push(sum / m as f64);
        }
        let mut sum = 0.0;
        Ok(chances
            .into_iter()
            .map(|chance| {
                sum += chance;
                sum
            })
            .collect())
    }

    /// P(W ≤ t) by Franx's formula: with kD the end of the handle time in which t lies,
    /// Σ_{j<ks} P(queue ≤ ks − 1 − j) P(Poisson(λ(kD − t)) = j).
    fn cdf(&self, t: f64) -> Result<f64, QueueError> {
        let ends = (t / self.load.handle_time_s()).floor() + 1.0;
        let places = whole(ends * f64::from(self.servers));
        Ok(self.cdf_with(&self.queue_cdf(places)?, t))
    }

    /// The same where P(queue ≤ j) is known, up to where it is certain.
    fn cdf_with(&self, known: &[f64], t: f64) -> f64 {
        let (s, length) = (f64::from(self.servers), self.load.handle_time_s());
        let ends = (t / length).floor() + 1.0;
        let left = self.load.arrivals_per_s() * (ends * length - t);
        let places = ends * s;
        // Of the Poisson number only what is likely counts.
        let (from, to) = (
            (left - 10.0 * left.sqrt() - 40.0).max(0.0).floor(),
            (left + 10.0 * left.sqrt() + 40.0).min(places - 1.0),
        );
        let (mut sum, mut j) = (0.0, from);
        while j <= to {
            let rest = places - 1.0 - j;
            let below = if rest < 1e7 {
                known.get(index(rest)).copied().unwrap_or(1.0)
            } else {
                1.0
            };
            sum += below * ln_pmf(j, left).exp();
            j += 1.0;
        }
        sum.min(1.0)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and ten million"
)]
fn index(number: f64) -> usize {
    number.clamp(0.0, 1e7) as usize
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of places are positive and below ten million"
)]
fn whole(number: f64) -> usize {
    number.clamp(1.0, 1e7).round() as usize
}

impl SteadyState for Deterministic {
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

    /// Franx (2001); refused where the queue is so long that its distribution takes too many terms.
    fn within(&self, time_s: f64) -> Result<Flows, QueueError> {
        Ok(Flows {
            answered: self.cdf(threshold(time_s)?)?,
            abandoned: 0.0,
        })
    }

    fn wait_quantile_s(&self, share: f64) -> Result<f64, QueueError> {
        let left = 1.0 - quantile_share(share)?;
        if self.p_wait <= left {
            return Ok(0.0);
        }
        let known = self.queue_cdf(whole(1e7))?;
        let tail = |t: f64| 1.0 - self.cdf_with(&known, t);
        Ok(quantile(&tail, left, self.load.handle_time_s()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_roots_agree() {
        for (number, a) in [(1, 0.3), (2, 1.0), (5, 3.5), (20, 15.0), (300, 280.0)] {
            let (p, q, none) = by_sums(f64::from(number), a);
            let (p2, q2, none2) = by_roots(number, a);
            assert!((none - none2).abs() < 1e-11, "{number}: {none} {none2}");
            assert!(
                (p - p2).abs() < 1e-11 && (q - q2).abs() < 1e-9 * (1.0 + q),
                "{number}: {p} {p2} {q} {q2}"
            );
        }
    }

    #[test]
    fn the_distribution_starts_at_the_share_that_does_not_wait() {
        for (number, a) in [(1, 0.8), (4, 3.6), (50, 47.5)] {
            let queue = solve(Load::new(a, 1.0).unwrap(), number).unwrap();
            let at_once = queue.within(0.0).unwrap().answered;
            assert!(
                (at_once + queue.p_wait - 1.0).abs() < 1e-11,
                "{at_once} {}",
                queue.p_wait
            );
        }
    }

    #[test]
    fn sizes_from_one_to_a_hundred_thousand_are_safe() {
        for number in [1, 1_000, 100_000] {
            for load in [1e-3, 0.5, 0.9, 0.99, 0.9999] {
                let a = load * f64::from(number);
                let m = solve(Load::new(a, 1.0).unwrap(), number)
                    .unwrap()
                    .measures();
                assert!(
                    (0.0..=1.0).contains(&m.p_wait) && m.mean_wait_s.is_finite(),
                    "{m:?}"
                );
            }
        }
    }
}
