//! Elementary effects: steps along one input at a time from many places of the range.

use super::bootstrap;
use crate::scenario::name_hash;
use crate::sim::streams::{Purpose, StreamRoot, shares, shuffled};
use crate::stats::estimate::Estimate;

/// Places of each input: 0, 1/3, 2/3 and 1 of its range.
const LEVELS: f64 = 4.0;
/// A step is so much of the range: half the levels, so that all places are as likely (Morris 1991).
const STEP: f64 = LEVELS / (2.0 * (LEVELS - 1.0));

/// Paths through the range: each begins anywhere and steps once along each input, in any order.
#[derive(Debug, Clone)]
pub struct Paths {
    inputs: usize,
    /// For each path the input that each step goes along, and whether it goes up.
    steps: Vec<Vec<(usize, bool)>>,
    /// For each path where it begins.
    starts: Vec<Vec<f64>>,
}

/// What stepping along an input does to a figure, for a step over the whole range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effects {
    /// Mean size: how much the input matters.
    pub mean_size: Estimate,
    /// Mean, with its sign.
    pub mean: Estimate,
    /// Standard deviation: how much the effect depends on where one stands (other inputs, bends).
    pub deviation: Estimate,
}

impl Paths {
    /// So many paths over so many inputs.
    pub fn new(inputs: usize, paths: usize, seed: u64) -> Self {
        let path = |number: usize| {
            let mut stream =
                StreamRoot::new(seed, number as u64).stream(name_hash("morris"), Purpose::Design);
            let order = shuffled(&mut stream, inputs as u64);
            let drawn = shares(&mut stream, 2 * inputs as u64);
            let (levels, ups) = drawn.split_at(inputs);
            let up: Vec<bool> = ups.iter().map(|share| *share < 0.5).collect();
            let start = levels.iter().zip(&up).map(|(share, up)| {
                let level = (share * LEVELS / 2.0).floor() / (LEVELS - 1.0);
                if *up { level } else { level + STEP }
            });
            let steps = order.iter().filter_map(|input| {
                let input = usize::try_from(*input).ok()?;
                Some((input, up[input]))
            });
            (steps.collect(), start.collect())
        };
        let (steps, starts) = (0..paths).map(path).unzip();
        Self {
            inputs,
            steps,
            starts,
        }
    }

    /// All points, as shares of the ranges: path by path, each with its start and where each step leads.
    pub fn points(&self) -> Vec<Vec<f64>> {
        let mut points = Vec::with_capacity(self.steps.len() * (self.inputs + 1));
        for (steps, start) in self.steps.iter().zip(&self.starts) {
            let mut at = start.clone();
            points.push(at.clone());
            for (input, up) in steps {
                at[*input] += if *up { STEP } else { -STEP };
                points.push(at.clone());
            }
        }
        points
    }

    /// The effects of each input, from a figure at all points.
    ///
    /// # Source
    /// Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33 (1991); the mean size
    /// (μ*): Campolongo, Cariboni, Saltelli, "An effective screening design for sensitivity analysis of large models",
    /// Environmental Modelling & Software 22 (2007).
    pub fn effects(&self, values: &[f64], seed: u64) -> Vec<Effects> {
        let mut steps = vec![Vec::with_capacity(self.steps.len()); self.inputs];
        for (path, values) in self.steps.iter().zip(values.chunks_exact(self.inputs + 1)) {
            for ((input, up), pair) in path.iter().zip(values.windows(2)) {
                let change = (pair[1] - pair[0]) / STEP;
                steps[*input].push(if *up { change } else { -change });
            }
        }
        let effects = |steps: Vec<f64>| {
            let of = |figure: fn(&[f64]) -> f64| {
                let drawn = |rows: &[usize]| {
                    figure(&rows.iter().map(|row| steps[*row]).collect::<Vec<_>>())
                };
                bootstrap::estimate(steps.len(), seed, drawn)
            };
            Effects {
                mean_size: of(|steps| {
                    steps.iter().map(|step| step.abs()).sum::<f64>() / steps.len() as f64
                }),
                mean: of(mean),
                deviation: of(|steps| {
                    let centre = mean(steps);
                    let squares = steps.iter().map(|step| (step - centre) * (step - centre));
                    (squares.sum::<f64>() / (steps.len() as f64 - 1.0)).sqrt()
                }),
            }
        };
        steps.into_iter().map(effects).collect()
    }
}

fn mean(steps: &[f64]) -> f64 {
    steps.iter().sum::<f64>() / steps.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effects(f: impl Fn(&[f64]) -> f64, inputs: usize, paths: usize) -> Vec<Effects> {
        let paths = Paths::new(inputs, paths, 7);
        let values: Vec<f64> = paths.points().iter().map(|point| f(point)).collect();
        paths.effects(&values, 7)
    }

    #[test]
    fn points_stay_in_the_range_and_steps_go_along_one_input() {
        let paths = Paths::new(5, 40, 3);
        let points = paths.points();
        assert_eq!(points.len(), 40 * 6);
        assert!(
            points
                .iter()
                .flatten()
                .all(|share| (-1e-12..=1.0 + 1e-12).contains(share))
        );
        for path in points.chunks_exact(6) {
            for pair in path.windows(2) {
                let moved = pair[0]
                    .iter()
                    .zip(&pair[1])
                    .filter(|(a, b)| (*a - *b).abs() > 1e-9);
                assert_eq!(moved.count(), 1);
            }
        }
        for level in [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0] {
            assert!(
                points
                    .iter()
                    .flatten()
                    .any(|share| (share - level).abs() < 1e-9),
                "{level}"
            );
        }
    }

    #[test]
    fn effects_of_a_plane_are_its_slopes() {
        let found = effects(|x| 3.0 * x[0] - 2.0 * x[1] + 5.0, 3, 10);
        for (found, slope) in found.iter().zip([3.0, -2.0, 0.0_f64]) {
            assert!((found.mean.mean.unwrap() - slope).abs() < 1e-9);
            assert!((found.mean_size.mean.unwrap() - slope.abs()).abs() < 1e-9);
            assert!(found.deviation.mean.unwrap() < 1e-9);
        }
    }

    /// The effect of x in x·y is y: over the four levels uniform, of mean 1/2 and deviation √5/6.
    #[test]
    fn a_product_has_effects_that_differ() {
        let found = effects(|x| x[0] * x[1], 2, 4_000);
        for found in found {
            let (mean, deviation) = (found.mean.mean.unwrap(), found.deviation.mean.unwrap());
            assert!((mean - 0.5).abs() < 0.02, "{mean}");
            assert!(
                (deviation - 5.0_f64.sqrt() / 6.0).abs() < 0.01,
                "{deviation}"
            );
        }
    }
}
