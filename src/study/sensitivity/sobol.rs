//! Shares of a figure's variance that each input brings: alone (first order), and with all it does together with others (total).

use super::bootstrap;
use crate::scenario::name_hash;
use crate::sim::streams::{Purpose, StreamRoot, shares, shuffled};
use crate::stats::estimate::Estimate;

/// Two independent samples of all inputs, and mixtures of the two.
#[derive(Debug, Clone)]
pub struct Samples {
    first: Vec<Vec<f64>>,
    second: Vec<Vec<f64>>,
}

/// The shares of an input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indices {
    /// What it brings alone.
    pub first: Estimate,
    /// What it brings alone and together with others: what would go if it were known.
    pub total: Estimate,
}

impl Samples {
    /// Two samples of so many rows (Latin hypercubes), by the names of the inputs.
    pub fn new(names: &[String], rows: usize, seed: u64) -> Self {
        let sample = |number: u64| {
            let column = |name: &String| {
                let mut stream =
                    StreamRoot::new(seed, number).stream(name_hash(name), Purpose::Design);
                let strata = shuffled(&mut stream, rows as u64);
                let within = shares(&mut stream, rows as u64);
                let place = |(stratum, within): (u64, f64)| (stratum as f64 + within) / rows as f64;
                strata
                    .into_iter()
                    .zip(within)
                    .map(place)
                    .collect::<Vec<f64>>()
            };
            let columns: Vec<Vec<f64>> = names.iter().map(column).collect();
            (0..rows)
                .map(|row| columns.iter().map(|column| column[row]).collect())
                .collect()
        };
        Self {
            first: sample(1),
            second: sample(2),
        }
    }

    /// Rows of each sample.
    pub fn rows(&self) -> usize {
        self.first.len()
    }

    fn inputs(&self) -> usize {
        self.first.first().map_or(0, Vec::len)
    }

    /// All points, as shares below which each input lies: row by row, the first sample's, the second's, and for each input the
    /// first's with that input of the second.
    pub fn points(&self) -> Vec<Vec<f64>> {
        let mut points = Vec::with_capacity(self.first.len() * (self.inputs() + 2));
        for (first, second) in self.first.iter().zip(&self.second) {
            points.push(first.clone());
            points.push(second.clone());
            for input in 0..first.len() {
                let mut mixed = first.clone();
                mixed[input] = second[input];
                points.push(mixed);
            }
        }
        points
    }

    /// The indices of each input, from a figure at all points.
    ///
    /// # Formula
    /// With f at the first sample's row A, the second's B and the mixture `ABᵢ`, and V the variance of f over A and B:
    /// `Sᵢ = mean of B·(ABᵢ − A) / V`, and `STᵢ = mean of (A − ABᵢ)² / 2V`. The mean of all is taken off f before, which changes
    /// nothing but the noise.
    ///
    /// # Source
    /// Saltelli and others, "Variance based sensitivity analysis of model output", Computer Physics Communications 181 (2010),
    /// table 2, (b) and (f); the latter is Jansen's.
    pub fn indices(&self, values: &[f64], seed: u64) -> Vec<Indices> {
        let inputs = self.inputs();
        let centre = values.iter().sum::<f64>() / values.len() as f64;
        let values: Vec<f64> = values.iter().map(|value| value - centre).collect();
        let rows: Vec<&[f64]> = values.chunks_exact(inputs + 2).collect();
        let indices = |input: usize| {
            let of = |term: fn(f64, f64, f64) -> f64| {
                let drawn = |chosen: &[usize]| {
                    let chosen = || chosen.iter().map(|row| rows[*row]);
                    let sum: f64 = chosen()
                        .map(|row| term(row[0], row[1], row[2 + input]))
                        .sum();
                    sum / chosen().count() as f64 / variance(&chosen())
                };
                bootstrap::estimate(rows.len(), seed, drawn)
            };
            Indices {
                first: of(|a, b, mixed| b * (mixed - a)),
                total: of(|a, _, mixed| (a - mixed) * (a - mixed) / 2.0),
            }
        };
        (0..inputs).map(indices).collect()
    }
}

/// Of the first two values of all rows; no number where they are all the same.
fn variance<'a>(rows: &(impl Iterator<Item = &'a [f64]> + Clone)) -> f64 {
    let values = || rows.clone().flat_map(|row| [row[0], row[1]]);
    let count = values().count() as f64;
    let mean = values().sum::<f64>() / count;
    let squares: f64 = values().map(|value| (value - mean) * (value - mean)).sum();
    let scale = values().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    if squares <= 1e-24 * scale * scale * count {
        return f64::NAN;
    }
    squares / count
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    fn indices(f: impl Fn(&[f64]) -> f64, inputs: usize, rows: usize) -> Vec<Indices> {
        let names: Vec<String> = (0..inputs).map(|input| format!("x{input}")).collect();
        let samples = Samples::new(&names, rows, 11);
        let values: Vec<f64> = samples.points().iter().map(|point| f(point)).collect();
        samples.indices(&values, 11)
    }

    fn agrees(found: &Estimate, exact: f64, within: f64) {
        let (mean, lo, hi) = (found.mean.unwrap(), found.lo.unwrap(), found.hi.unwrap());
        assert!((mean - exact).abs() < within, "{found:?} for {exact}");
        assert!(
            lo - 0.01 <= exact && exact <= hi + 0.01,
            "{found:?} for {exact}"
        );
    }

    /// sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ over ±π: Ishigami and Homma, "An importance quantification technique in
    /// uncertainty analysis for computer models" (1990). The variances are a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2 in all, of which
    /// (1 + bπ⁴/5)²/2 comes from x₁ alone, a²/8 from x₂, and 8b²π⁸/225 from x₁ with x₃.
    #[test]
    fn ishigami_is_found() {
        let (a, b) = (7.0, 0.1);
        let f = |u: &[f64]| {
            let x: Vec<f64> = u.iter().map(|u| (2.0 * u - 1.0) * PI).collect();
            x[0].sin() + a * x[1].sin().powi(2) + b * x[2].powi(4) * x[0].sin()
        };
        let (p4, p8) = (PI.powi(4), PI.powi(8));
        let all = a * a / 8.0 + b * p4 / 5.0 + b * b * p8 / 18.0 + 0.5;
        let alone = 0.5 * (1.0 + b * p4 / 5.0).powi(2);
        let (second, together) = (a * a / 8.0, 8.0 * b * b * p8 / 225.0);
        let found = indices(f, 3, 8_000);
        for (found, (first, total)) in
            found
                .iter()
                .zip([(alone, alone + together), (second, second), (0.0, together)])
        {
            agrees(&found.first, first / all, 0.03);
            agrees(&found.total, total / all, 0.03);
        }
    }

    /// Of a sum of independent inputs each brings its own variance: a²/12 over Σ a²/12.
    #[test]
    fn a_sum_has_shares_by_the_squares_of_its_slopes() {
        let found = indices(|u| 100.0 + u[0] + 2.0 * u[1] - 3.0 * u[2], 4, 4_000);
        for (found, slope) in found.iter().zip([1.0_f64, 2.0, 3.0, 0.0]) {
            agrees(&found.first, slope * slope / 14.0, 0.03);
            agrees(&found.total, slope * slope / 14.0, 0.03);
        }
        assert!(found[3].total.mean.unwrap() < 1e-12);
    }

    #[test]
    fn a_constant_has_no_shares() {
        let found = indices(|_| 5.0, 2, 64);
        assert!(
            found
                .iter()
                .all(|found| found.first == Estimate::NONE && found.total == Estimate::NONE)
        );
    }
}
