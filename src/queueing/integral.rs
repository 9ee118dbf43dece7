//! Integrals of smooth functions, and of functions that rise to one peak and fall.

use std::sync::LazyLock;

const POINTS: usize = 20;
const DEEPEST: u32 = 24;
const TOLERANCE: f64 = 2e-14;
/// Panels that one integral may be cut into: smooth functions need a hundred, and where rounding keeps two looks apart, more would not help.
const MOST_PANELS: u32 = 2_000;
/// Below the peak by this much (as a logarithm) a function is nothing.
const NOTHING: f64 = 70.0;

/// Nodes and weights of the Gauss-Legendre rule on [-1, 1] (*NIST Digital Library of Mathematical Functions*, 3.5(v)).
static RULE: LazyLock<[(f64, f64); POINTS]> = LazyLock::new(|| {
    let mut rule = [(0.0, 0.0); POINTS];
    for (index, entry) in rule.iter_mut().enumerate() {
        let n = POINTS as f64;
        let mut x = (std::f64::consts::PI * (index as f64 + 0.75) / (n + 0.5)).cos();
        let mut slope = 1.0;
        for _ in 0..100 {
            let (mut p, mut before) = (1.0, 0.0);
            for degree in 0..POINTS {
                let k = degree as f64;
                (p, before) = (((2.0 * k + 1.0) * x * p - k * before) / (k + 1.0), p);
            }
            slope = n * (x * p - before) / (x * x - 1.0);
            let step = p / slope;
            x -= step;
            if step.abs() < 1e-16 {
                break;
            }
        }
        *entry = (x, 2.0 / ((1.0 - x * x) * slope * slope));
    }
    rule
});

/// Nodes and weights of the rule on an interval.
pub(super) fn nodes(from: f64, to: f64) -> impl Iterator<Item = (f64, f64)> {
    let (middle, half) = (f64::midpoint(from, to), 0.5 * (to - from));
    RULE.iter()
        .map(move |(x, weight)| (middle + half * x, weight * half))
}

fn panel<const N: usize>(f: &impl Fn(f64) -> [f64; N], from: f64, to: f64) -> [f64; N] {
    let mut sum = [0.0; N];
    for (at, weight) in nodes(from, to) {
        for (sum, value) in sum.iter_mut().zip(f(at)) {
            *sum += weight * value;
        }
    }
    sum
}

fn plus<const N: usize>(left: [f64; N], right: [f64; N]) -> [f64; N] {
    std::array::from_fn(|at| left[at] + right[at])
}

fn refined<const N: usize>(
    f: &impl Fn(f64) -> [f64; N],
    (from, to): (f64, f64),
    whole: [f64; N],
    (scale, tolerance): (&[f64; N], f64),
    (depth, panels): (u32, &mut u32),
) -> [f64; N] {
    let middle = f64::midpoint(from, to);
    let (left, right) = (panel(f, from, middle), panel(f, middle, to));
    let halves = plus(left, right);
    // What counts is the whole integral, or this part of it where the first look has missed a peak.
    let is_close = (0..N).all(|at| {
        let error = (halves[at] - whole[at]).abs();
        error <= tolerance * scale[at].max(halves[at].abs())
    });
    if is_close || depth >= DEEPEST || *panels >= MOST_PANELS {
        return halves;
    }
    *panels += 2;
    let aim = (scale, tolerance);
    plus(
        refined(f, (from, middle), left, aim, (depth + 1, panels)),
        refined(f, (middle, to), right, aim, (depth + 1, panels)),
    )
}

/// Integrals of N functions at once, over the panels between these points in rising order; `noise` is the relative error of the
/// functions themselves, beyond which no refining helps.
pub(super) fn integrate<const N: usize>(
    f: &impl Fn(f64) -> [f64; N],
    points: &[f64],
    noise: f64,
) -> [f64; N] {
    let panels: Vec<_> = points
        .windows(2)
        .filter(|ends| ends[1] > ends[0])
        .map(|ends| ((ends[0], ends[1]), panel(f, ends[0], ends[1])))
        .collect();
    let mut scale = [0.0; N];
    for (_, values) in &panels {
        scale = plus(scale, values.map(f64::abs));
    }
    let mut count = 0;
    panels.into_iter().fold([0.0; N], |sum, (ends, whole)| {
        let aim = (&scale, TOLERANCE + noise);
        plus(sum, refined(f, ends, whole, aim, (0, &mut count)))
    })
}

/// Where the logarithm of a function with one peak is worth integrating.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hill {
    pub(super) from: f64,
    pub(super) peak: f64,
    pub(super) to: f64,
    /// The logarithm at the peak.
    pub(super) height: f64,
}

impl Hill {
    /// Finds the peak of a concave function on [0, ∞); `scale` is a length on which it changes.
    pub(super) fn of(ln: &impl Fn(f64) -> f64, scale: f64) -> Self {
        let mut step = scale * 1e-3;
        while ln(2.0 * step) > ln(step) && step < scale * 1e200 {
            step *= 2.0;
        }
        let (mut low, mut high) = (0.0, 2.0 * step);
        for _ in 0..200 {
            let third = (high - low) / 3.0;
            if ln(low + third) < ln(high - third) {
                low += third;
            } else {
                high -= third;
            }
        }
        let peak = if ln(0.0) >= ln(low) { 0.0 } else { low };
        let height = ln(peak);
        let floor = height - NOTHING;
        let mut width = (peak * 1e-3).max(scale * 1e-6);
        while ln(peak + width) > floor && width < scale * 1e200 {
            width *= 2.0;
        }
        let to = edge(ln, floor, peak, peak + width);
        let from = if ln(0.0) >= floor {
            0.0
        } else {
            edge(ln, floor, peak, 0.0)
        };
        Self {
            from,
            peak,
            to,
            height,
        }
    }

    /// The relative error of a function whose logarithm is the difference of numbers of about this size at the far end.
    pub(super) fn noise(&self, rate: f64) -> f64 {
        4.0 * f64::EPSILON * rate * self.to
    }

    /// Rising points from one place to another, with the peak and those of `more` that lie between.
    pub(super) fn points(&self, from: f64, to: f64, more: &[f64]) -> Vec<f64> {
        let (from, to) = (from.max(self.from), to.min(self.to));
        let mut points = vec![from];
        let mut inner: Vec<f64> = more.to_vec();
        inner.push(self.peak);
        inner.retain(|point| *point > from && *point < to);
        inner.sort_by(f64::total_cmp);
        points.extend(inner);
        points.push(to.max(from));
        points
    }
}

/// Between a place above the floor and one below it, a place just below.
fn edge(ln: &impl Fn(f64) -> f64, floor: f64, above: f64, below: f64) -> f64 {
    let (mut above, mut below) = (above, below);
    for _ in 0..60 {
        let middle = f64::midpoint(above, below);
        if ln(middle) > floor {
            above = middle;
        } else {
            below = middle;
        }
    }
    below
}

/// ln(eˣ + eʸ + …), safe for any size.
pub(super) fn ln_sum(parts: &[f64]) -> f64 {
    let largest = parts.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return largest;
    }
    largest
        + parts
            .iter()
            .map(|part| (part - largest).exp())
            .sum::<f64>()
            .ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bell_and_its_moments_come_out() {
        let ln = |t: f64| -0.5 * (t - 5.0) * (t - 5.0) / 0.01;
        let hill = Hill::of(&ln, 1.0);
        let [mass, mean] = integrate(
            &|t| {
                let weight = ln(t).exp();
                [weight, t * weight]
            },
            &hill.points(0.0, f64::INFINITY, &[]),
            0.0,
        );
        let exact = (2.0 * std::f64::consts::PI).sqrt() * 0.1;
        assert!((mass / exact - 1.0).abs() < 1e-13, "{mass} {exact}");
        assert!((mean / mass - 5.0).abs() < 1e-12);
    }
}
