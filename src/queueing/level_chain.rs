//! Markov chains whose states lie on levels, with steps to the level below, the same level and the level above only.
//!
//! # Formula
//!
//! π(n+1) = π(n) R(n) with R(n) = U(n) (D(n+1) − L(n+1) − R(n+1) W(n+2))⁻¹, from the highest level down, where U, L, W are the rates up,
//! within and down, and D the diagonal of all rates out. R(n) is how long a visit to the levels above n stays in each state of n + 1: the
//! divisor's rows sum to the rates down, so it is never subtracted but [eliminated](super::gth), and nothing cancels.
//!
//! # Source
//!
//! G. Latouche and V. Ramaswami, *Introduction to Matrix Analytic Methods in Stochastic Modeling* (1999), chapters 10 and 12.

use super::gth::States;
use super::matrix::Matrix;

/// The rates out of one level: to the level above, within it, and to the level below.
#[derive(Debug, Clone)]
pub(super) struct Level {
    pub(super) up: Matrix,
    pub(super) within: Matrix,
    pub(super) down: Matrix,
}

impl Level {
    /// A level of so many states between others of so many.
    pub(super) fn new(size: usize, above: usize, below: usize) -> Self {
        Self {
            up: Matrix::zero(size, above),
            within: Matrix::zero(size, size),
            down: Matrix::zero(size, below),
        }
    }

    /// The states of this level, where `returns` are the rates at which who goes up comes back.
    fn states(&self, returns: Option<&Matrix>) -> States {
        let rates = returns.map_or_else(|| self.within.clone(), |more| self.within.plus(more, 1.0));
        let away = (0..rates.rows).map(|row| self.down.row_sum(row));
        States::new(rates, away.collect())
    }
}

/// The probabilities of all states, level by level, of a chain whose highest level goes nowhere up.
pub(super) fn solve(levels: &[Level]) -> Vec<Vec<f64>> {
    solve_below(levels, None)
}

/// As [`solve`], where from above the highest level one comes back to it at the rates `returns`.
pub(super) fn solve_below(levels: &[Level], mut returns: Option<Matrix>) -> Vec<Vec<f64>> {
    let mut ratios: Vec<Matrix> = Vec::new();
    for pair in levels.windows(2).rev() {
        let ratio = pair[1].states(returns.as_ref()).times(pair[0].up.clone());
        returns = Some(ratio.times(&pair[1].down));
        ratios.push(ratio);
    }
    let Some(lowest) = levels.first() else {
        return Vec::new();
    };
    let mut probabilities = vec![lowest.states(returns.as_ref()).shares()];
    for ratio in ratios.iter().rev() {
        let next = ratio.apply(&probabilities[probabilities.len() - 1]);
        probabilities.push(next);
        if probabilities[probabilities.len() - 1].iter().sum::<f64>() > 1e200 {
            scale(&mut probabilities, 1e-200);
        }
    }
    let total = probabilities.iter().flatten().sum::<f64>();
    scale(&mut probabilities, 1.0 / total);
    probabilities
}

fn scale(levels: &mut [Vec<f64>], factor: f64) {
    for value in levels.iter_mut().flatten() {
        *value *= factor;
    }
}

/// R of a chain that repeats itself upwards for ever: rates up, D − L, and rates down; by logarithmic reduction.
///
/// # Source
///
/// G. Latouche and V. Ramaswami, "A logarithmic reduction algorithm for quasi-birth-death processes", *Journal of Applied
/// Probability* 30 (1993).
pub(super) fn repeating(up: &Matrix, balance: &Matrix, down: &Matrix) -> Matrix {
    let size = up.rows;
    let step = |right: &Matrix| balance.clone().solve(right.clone());
    let (mut high, mut low) = (step(up), step(down));
    let (mut first, mut travelled) = (low.clone(), high.clone());
    for _ in 0..60 {
        let both = high.times(&low).plus(&low.times(&high), 1.0);
        let stay = Matrix::unit(size).plus(&both, -1.0);
        (high, low) = (
            stay.clone().solve(high.times(&high)),
            stay.solve(low.times(&low)),
        );
        let more = travelled.times(&low);
        first = first.plus(&more, 1.0);
        travelled = travelled.times(&high);
        if more.largest() < 1e-17 {
            break;
        }
    }
    up.over(&balance.plus(&up.times(&first), -1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_death_chain_is_its_product_form() {
        let levels: Vec<Level> = (0..5_u8)
            .map(|n| {
                let mut level = Level::new(1, usize::from(n < 4), usize::from(n > 0));
                if n < 4 {
                    level.up.add(0, 0, 2.0);
                }
                if n > 0 {
                    level.down.add(0, 0, f64::from(n));
                }
                level
            })
            .collect();
        let found = solve(&levels);
        // 2ⁿ/n! = 1, 2, 2, 4/3, 2/3 of 7.
        assert!((found[3][0] - 4.0 / 21.0).abs() < 1e-15);
    }

    #[test]
    fn one_phase_repeats_with_the_ratio_of_its_rates() {
        let single = |value: f64| {
            let mut matrix = Matrix::zero(1, 1);
            matrix.add(0, 0, value);
            matrix
        };
        let ratio = repeating(&single(3.0), &single(7.0), &single(4.0));
        assert!((ratio.at(0, 0) - 0.75).abs() < 1e-14);
    }
}
