//! Poisson probabilities, exact to the last digits from means of nothing to a hundred million, and the gamma law that goes with them.

use statrs::function::gamma::{gamma_lr, gamma_ur};

/// ln n! − Stirling's first terms, small n exactly (Loader, "Fast and accurate computation of binomial probabilities", 2000).
fn stirling_rest(n: f64) -> f64 {
    if n < 16.0 {
        let mut factorial = 1.0;
        let mut k = 2.0;
        while k <= n {
            factorial *= k;
            k += 1.0;
        }
        if n < 1.0 {
            return 0.0;
        }
        return f64::ln(factorial) - (n + 0.5) * n.ln() + n
            - 0.5 * (2.0 * std::f64::consts::PI).ln();
    }
    let square = n * n;
    (1.0 / 12.0
        - (1.0 / 360.0
            - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / (1188.0 * square)) / square) / square)
            / square)
        / n
}

/// x ln(x/m) + m − x without cancellation.
fn deviance(x: f64, m: f64) -> f64 {
    let difference = x - m;
    if difference.abs() < 0.1 * (x + m) {
        let v = difference / (x + m);
        let mut sum = difference * v;
        let mut power = 2.0 * x * v;
        for k in 1..1000_u32 {
            power *= v * v;
            let next = sum + power / f64::from(2 * k + 1);
            if next.to_bits() == sum.to_bits() {
                break;
            }
            sum = next;
        }
        return sum;
    }
    x * (x / m).ln() + m - x
}

/// ln P(N = n) of a Poisson number N with this mean.
///
/// # Source
///
/// C. Loader, "Fast and accurate computation of binomial probabilities" (2000), the saddle-point expansion.
pub(super) fn ln_pmf(n: f64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return if n <= 0.0 { 0.0 } else { f64::NEG_INFINITY };
    }
    if n <= 0.0 {
        return -mean;
    }
    -deviance(n, mean) - stirling_rest(n) - 0.5 * (2.0 * std::f64::consts::PI * n).ln()
}

/// ln P(N < n), n at least 1.
pub(super) fn ln_below(n: u32, mean: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    let n = f64::from(n);
    if mean > n - 1.0 {
        // The largest term is the last: add downwards.
        let (mut sum, mut term, mut k) = (1.0, 1.0, n - 1.0);
        while k > 0.0 && term > sum * 1e-18 {
            term *= k / mean;
            sum += term;
            k -= 1.0;
        }
        return ln_pmf(n - 1.0, mean) + f64::ln(sum);
    }
    let (mut sum, mut term, mut k) = (1.0, 1.0, n + 1.0);
    while term > sum * 1e-18 {
        term *= mean / k;
        sum += term;
        k += 1.0;
    }
    (-(ln_pmf(n, mean) + f64::ln(sum)).exp()).ln_1p()
}

/// P(X ≤ x) and P(X > x) of a gamma law of scale 1, each exact where it is small.
///
/// # Source
///
/// *NIST Digital Library of Mathematical Functions*, 8.7.1 and 8.9.2; the factor in front of both by Loader's expansion, which large
/// shapes need.
pub(super) fn gamma_law(shape: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if shape < 16.0 {
        return (gamma_lr(shape, x), gamma_ur(shape, x));
    }
    // x^shape e^(−x) / Γ(shape + 1).
    let front = ln_pmf(shape, x).exp();
    if x < shape + 1.0 {
        let (mut sum, mut term, mut k) = (1.0, 1.0, shape + 1.0);
        while term > sum * 1e-17 {
            term *= x / k;
            sum += term;
            k += 1.0;
        }
        let lower = (front * sum).min(1.0);
        return (lower, 1.0 - lower);
    }
    // Lentz's method.
    let mut b = x + 1.0 - shape;
    let (mut c, mut d) = (1e300, 1.0 / b);
    let (mut fraction, mut k) = (d, 1.0);
    while k < 1e6 {
        let a = k * (shape - k);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        fraction *= c * d;
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
        k += 1.0;
    }
    let upper = (front * shape * fraction).min(1.0);
    (1.0 - upper, upper)
}

/// P(N = 0), P(N = 1), … until what is left is below 1e-18 (from the largest term outwards, so that none underflows early).
pub(super) fn weights(mean: f64) -> Vec<f64> {
    let end = mean + 9.5 * mean.sqrt() + 40.0;
    let mut weights = Vec::new();
    let mut n = 0.0;
    while n <= end {
        weights.push(ln_pmf(n, mean).exp());
        n += 1.0;
    }
    weights
}

/// P(it has happened) where it happens at the k-th event (from 1) with the k-th of these probabilities, and the number of events is Poisson
/// with this mean; events beyond the list are left out.
pub(super) fn happened(mean: f64, by_event: &[f64]) -> f64 {
    let weights = weights(mean);
    let mut sum = 0.0;
    let mut later = 1.0 - weights.first().copied().unwrap_or(0.0);
    for (weight, share) in weights.iter().skip(1).zip(by_event) {
        sum += later.max(0.0) * share;
        later -= weight;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_those_of_the_definition() {
        // e^-3 3^4 / 4!
        let exact = (-3.0_f64).exp() * 81.0 / 24.0;
        assert!((ln_pmf(4.0, 3.0).exp() / exact - 1.0).abs() < 1e-14);
        let below: f64 = (0..4).map(|k| ln_pmf(f64::from(k), 3.0).exp()).sum();
        assert!((ln_below(4, 3.0).exp() / below - 1.0).abs() < 1e-14);
        assert!((ln_below(1, 700.0) + 700.0).abs() < 1e-10);
    }

    #[test]
    fn the_gamma_law_is_the_poisson_law_seen_from_the_other_side() {
        // P(X > x) = P(N < shape) for whole shapes.
        for (shape, x) in [
            (3, 2.0),
            (40, 30.0),
            (40, 55.0),
            (10_000, 9_900.0),
            (10_000, 10_250.0),
        ] {
            let (lower, upper) = gamma_law(f64::from(shape), x);
            let below = ln_below(shape, x).exp();
            assert!(
                (upper / below - 1.0).abs() < 1e-12,
                "{shape} {x}: {upper} {below}"
            );
            assert!((lower + upper - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn all_of_them_are_one() {
        for mean in [1e-9, 0.3, 17.0, 1e3, 1e6] {
            let sum: f64 = weights(mean).iter().sum();
            assert!((sum - 1.0).abs() < 1e-12, "{mean}: {sum}");
        }
    }
}
