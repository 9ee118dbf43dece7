//! Small dense matrices, for chains solved level by level.

/// A dense matrix, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    pub(super) rows: usize,
    pub(super) columns: usize,
    entries: Vec<f64>,
}

impl Matrix {
    /// A matrix of zeros.
    pub(super) fn zero(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            entries: vec![0.0; rows * columns],
        }
    }

    /// The unit matrix.
    pub(super) fn unit(size: usize) -> Self {
        let mut unit = Self::zero(size, size);
        for at in 0..size {
            unit.entries[at * size + at] = 1.0;
        }
        unit
    }

    /// An entry.
    pub(super) fn at(&self, row: usize, column: usize) -> f64 {
        self.entries[row * self.columns + column]
    }

    /// Adds to an entry.
    pub(super) fn add(&mut self, row: usize, column: usize, value: f64) {
        self.entries[row * self.columns + column] += value;
    }

    /// A row.
    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.entries[row * self.columns..(row + 1) * self.columns]
    }

    /// A row, to be changed.
    pub(super) fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.entries[row * self.columns..(row + 1) * self.columns]
    }

    /// Sum of a row.
    pub(super) fn row_sum(&self, row: usize) -> f64 {
        self.row(row).iter().sum()
    }

    /// The product with another.
    pub(super) fn times(&self, other: &Self) -> Self {
        let mut product = Self::zero(self.rows, other.columns);
        for row in 0..self.rows {
            let start = row * other.columns;
            let target = &mut product.entries[start..start + other.columns];
            for (middle, factor) in self.row(row).iter().enumerate() {
                if *factor == 0.0 {
                    continue;
                }
                for (sum, value) in target.iter_mut().zip(other.row(middle)) {
                    *sum += factor * value;
                }
            }
        }
        product
    }

    /// Entry by entry, this and another with a sign.
    pub(super) fn plus(&self, other: &Self, sign: f64) -> Self {
        let mut sum = self.clone();
        for (entry, value) in sum.entries.iter_mut().zip(&other.entries) {
            *entry += sign * value;
        }
        sum
    }

    /// The largest entry in size.
    pub(super) fn largest(&self) -> f64 {
        self.entries.iter().fold(0.0, |most, x| most.max(x.abs()))
    }

    /// A row vector times this.
    pub(super) fn apply(&self, vector: &[f64]) -> Vec<f64> {
        let mut result = vec![0.0; self.columns];
        for (row, factor) in vector.iter().enumerate() {
            for (sum, value) in result.iter_mut().zip(self.row(row)) {
                *sum += factor * value;
            }
        }
        result
    }

    fn transposed(&self) -> Self {
        let mut turned = Self::zero(self.columns, self.rows);
        for row in 0..self.rows {
            for column in 0..self.columns {
                turned.entries[column * self.rows + row] = self.at(row, column);
            }
        }
        turned
    }

    /// X with this · X = right, by elimination with row exchanges.
    pub(super) fn solve(mut self, mut right: Self) -> Self {
        let size = self.rows;
        let width = right.columns;
        for pivot in 0..size {
            let best = (pivot..size)
                .max_by(|a, b| {
                    self.at(*a, pivot)
                        .abs()
                        .total_cmp(&self.at(*b, pivot).abs())
                })
                .unwrap_or(pivot);
            for column in 0..size {
                self.entries
                    .swap(pivot * size + column, best * size + column);
            }
            for column in 0..width {
                right
                    .entries
                    .swap(pivot * width + column, best * width + column);
            }
            let head = 1.0 / self.at(pivot, pivot);
            for row in pivot + 1..size {
                let factor = self.at(row, pivot) * head;
                if factor == 0.0 {
                    continue;
                }
                eliminate(&mut self.entries, size, (pivot, row), pivot, factor);
                eliminate(&mut right.entries, width, (pivot, row), 0, factor);
            }
        }
        for pivot in (0..size).rev() {
            let head = 1.0 / self.at(pivot, pivot);
            for column in 0..width {
                right.entries[pivot * width + column] *= head;
            }
            for row in 0..pivot {
                let factor = self.at(row, pivot);
                if factor != 0.0 {
                    eliminate(&mut right.entries, width, (pivot, row), 0, factor);
                }
            }
        }
        right
    }

    /// X with X · divisor = this.
    pub(super) fn over(&self, divisor: &Self) -> Self {
        divisor.transposed().solve(self.transposed()).transposed()
    }
}

/// Takes `factor` times the pivot's row from another, from a column on.
fn eliminate(
    entries: &mut [f64],
    width: usize,
    (pivot, row): (usize, usize),
    from: usize,
    factor: f64,
) {
    let (above, below) = if pivot < row {
        let (head, tail) = entries.split_at_mut(row * width);
        (
            &head[pivot * width..(pivot + 1) * width],
            &mut tail[..width],
        )
    } else {
        let (head, tail) = entries.split_at_mut(pivot * width);
        (&tail[..width], &mut head[row * width..(row + 1) * width])
    };
    for (target, value) in below[from..].iter_mut().zip(&above[from..]) {
        *target -= factor * value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_solved_multiplies_back() {
        let mut matrix = Matrix::zero(3, 3);
        for (at, value) in [0.0, 2.0, 1.0, 4.0, 1.0, -1.0, 3.0, 3.0, 3.0]
            .into_iter()
            .enumerate()
        {
            matrix.add(at / 3, at % 3, value);
        }
        let back = matrix.times(&matrix.clone().solve(Matrix::unit(3)));
        assert!(back.plus(&Matrix::unit(3), -1.0).largest() < 1e-14);
        let back = Matrix::unit(3).over(&matrix).times(&matrix);
        assert!(back.plus(&Matrix::unit(3), -1.0).largest() < 1e-14);
    }
}
