//! Sums over replications of squared deviations and of their products.

/// A quantity seen as a mean over replications: its value and what each counter adds to a replication's deviation from it.
pub(super) struct Linear {
    pub(super) value: f64,
    /// Weights of the scaled counters.
    pub(super) weights: Vec<(usize, f64)>,
}

/// A sum of terms that cancel in part, and their size: what is left may be no more than their rounding.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deviations {
    pub(super) sum: f64,
    size: f64,
}

impl Deviations {
    pub(super) fn of(own: &Linear, other: &Linear, products: impl Fn(usize, usize) -> f64) -> Self {
        let (mut sum, mut size) = (0.0, 0.0);
        for &(a, weight) in &own.weights {
            for &(b, factor) in &other.weights {
                let term = weight * factor * products(a, b);
                sum += term;
                size += term.abs();
            }
        }
        Self { sum, size }
    }

    pub(super) fn twice(self) -> Self {
        self + self
    }

    pub(super) fn unless_noise(self) -> f64 {
        if self.sum > 1e-12 * self.size {
            self.sum
        } else {
            0.0
        }
    }
}

impl std::ops::Add for Deviations {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            size: self.size + other.size,
        }
    }
}

impl std::ops::Sub for Deviations {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            sum: self.sum - other.sum,
            size: self.size + other.size,
        }
    }
}

/// Σ (v − mean of v)·(w − mean of w) from Σ v·w, Σ v and Σ w: in integers, so that large figures that hardly vary lose
/// nothing.
pub(super) fn about_means(product: i128, sums: (i128, i128), replications: u64) -> f64 {
    let r = i128::from(replications);
    let exact = r
        .checked_mul(product)
        .zip(sums.0.checked_mul(sums.1))
        .and_then(|(scaled, centre)| scaled.checked_sub(centre));
    match exact {
        Some(scaled) => scaled as f64 / r as f64,
        None => product as f64 - sums.0 as f64 * sums.1 as f64 / r as f64,
    }
}
