//! Elimination of states without a subtraction.
//!
//! A state is taken out of a chain by sending who would enter it on to where it leads. Only rates are kept; what leaves a state is their sum,
//! never a difference, so every result is as exact as the rates, however rare the way back.
//!
//! # Source
//!
//! W. K. Grassmann, M. I. Taksar and D. P. Heyman, "Regenerative analysis and steady state distributions for Markov chains", *Operations
//! Research* 33 (1985), 1107-1116.

use super::matrix::Matrix;

/// The rates between the states of a set (the diagonal means nothing), and of leaving the set from each.
#[derive(Debug, Clone)]
pub(super) struct States {
    rates: Matrix,
    away: Vec<f64>,
    /// What leaves each state when those above it are taken out; filled as they are.
    out: Vec<f64>,
}

impl States {
    /// States with the rates between them and away.
    pub(super) fn new(rates: Matrix, away: Vec<f64>) -> Self {
        let out = vec![0.0; away.len()];
        Self { rates, away, out }
    }

    /// The mean time spent in each state before leaving the set, by the rates at which the set is entered: one row for each way in.
    pub(super) fn times(mut self, mut entered: Matrix) -> Matrix {
        for state in (0..self.away.len()).rev() {
            self.take_out(state);
            let row = self.rates.row(state);
            for way in 0..entered.rows {
                let way = entered.row_mut(way);
                let share = way_on(way[state], self.out[state]);
                add_times(&mut way[..state], &row[..state], share);
            }
        }
        for state in 0..self.away.len() {
            let row = self.rates.row(state);
            for way in 0..entered.rows {
                let way = entered.row_mut(way);
                way[state] /= self.out[state];
                let time = way[state];
                add_times(&mut way[state + 1..], &row[state + 1..], time);
            }
        }
        entered
    }

    /// The shares of time in each state of a set that nobody leaves.
    pub(super) fn shares(mut self) -> Vec<f64> {
        for state in (1..self.away.len()).rev() {
            self.take_out(state);
        }
        let mut shares = vec![0.0; self.away.len()];
        for state in 0..shares.len() {
            shares[state] = if state == 0 {
                1.0
            } else {
                shares[state] / self.out[state]
            };
            let time = shares[state];
            add_times(
                &mut shares[state + 1..],
                &self.rates.row(state)[state + 1..],
                time,
            );
        }
        let total: f64 = shares.iter().sum();
        shares.iter().map(|share| share / total).collect()
    }

    /// Sends whoever would enter a state on to where it leads; all above it have been taken out.
    fn take_out(&mut self, state: usize) {
        let row = self.rates.row(state)[..state].to_vec();
        let out = row.iter().sum::<f64>() + self.away[state];
        self.out[state] = out;
        for from in 0..state {
            let share = way_on(self.rates.at(from, state), out);
            if share > 0.0 {
                add_times(&mut self.rates.row_mut(from)[..state], &row, share);
                self.away[from] += share * self.away[state];
            }
        }
    }
}

/// A rate in over the rate out.
fn way_on(rate: f64, out: f64) -> f64 {
    if rate > 0.0 { rate / out } else { 0.0 }
}

fn add_times(sums: &mut [f64], values: &[f64], factor: f64) {
    if factor > 0.0 {
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum += factor * value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: &[&[f64]]) -> Matrix {
        let mut matrix = Matrix::zero(rows.len(), rows[0].len());
        for (row, values) in rows.iter().enumerate() {
            for (column, value) in values.iter().enumerate() {
                matrix.add(row, column, *value);
            }
        }
        matrix
    }

    #[test]
    fn times_are_those_of_the_balance_equations() {
        let rates = matrix(&[&[9.0, 2.0, 1.0], &[3.0, 0.0, 0.5], &[1.0, 4.0, 0.0]]);
        let away = vec![0.1, 0.0, 0.3];
        let times = States::new(rates.clone(), away.clone()).times(matrix(&[&[1.0, 0.0, 2.0]]));
        let entered = [1.0, 0.0, 2.0];
        for state in 0..3 {
            let others = (0..3).filter(|other| *other != state);
            let out: f64 = others.clone().map(|to| rates.at(state, to)).sum::<f64>() + away[state];
            let came: f64 = others
                .map(|from| times.at(0, from) * rates.at(from, state))
                .sum();
            assert!((times.at(0, state) * out - came - entered[state]).abs() < 1e-12);
        }
    }

    #[test]
    fn shares_are_those_of_the_balance_equations_and_rare_ways_back_lose_no_digit() {
        let rare = 1e-30;
        let shares = States::new(
            matrix(&[&[0.0, 1.0, 0.0], &[rare, 0.0, 1.0], &[0.0, rare, 0.0]]),
            vec![0.0; 3],
        )
        .shares();
        assert!((shares[0] / (rare * rare) - 1.0).abs() < 1e-14);
        assert!((shares[1] / rare - 1.0).abs() < 1e-14);
    }
}
