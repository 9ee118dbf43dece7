//! The lowest point of a function of two numbers, without derivatives.

/// Steps after which a search ends.
const MOST_STEPS: usize = 400;
/// A search ends where the corners differ by less than this, in place and in height.
const CLOSE: f64 = 1e-9;

type Point = [f64; 2];

/// The lowest point found from `start`; the function may be infinite where it is not defined, but not at `start`.
///
/// # Source
///
/// Nelder, Mead, "A simplex method for function minimization", *Computer Journal* 7 (1965), with reflection 1, expansion 2,
/// contraction and shrinkage 1/2.
pub(super) fn lowest(start: Point, step: f64, height: impl Fn(Point) -> f64) -> Point {
    let [x, y] = start;
    let mut corners = [start, [x + step, y], [x, y + step]].map(|corner| (height(corner), corner));
    for _ in 0..MOST_STEPS {
        corners.sort_by(|a, b| a.0.total_cmp(&b.0));
        let [best, second, worst] = corners;
        let width = (0..2).map(|axis| (best.1[axis] - worst.1[axis]).abs());
        if worst.0 - best.0 < CLOSE && width.fold(0.0, f64::max) < CLOSE.sqrt() {
            break;
        }
        let middle = [0, 1].map(|axis| f64::midpoint(best.1[axis], second.1[axis]));
        let along = |factor: f64| {
            let point = [0, 1].map(|axis| middle[axis] + factor * (worst.1[axis] - middle[axis]));
            (height(point), point)
        };
        let mirrored = along(-1.0);
        corners[2] = if mirrored.0 < best.0 {
            lower(along(-2.0), mirrored)
        } else if mirrored.0 < second.0 {
            mirrored
        } else {
            lower(along(-0.5), along(0.5))
        };
        if corners[2].0 >= worst.0 {
            for corner in &mut corners[1..] {
                let point = [0, 1].map(|axis| f64::midpoint(best.1[axis], corner.1[axis]));
                *corner = (height(point), point);
            }
        }
    }
    corners.sort_by(|a, b| a.0.total_cmp(&b.0));
    corners[0].1
}

fn lower(a: (f64, Point), b: (f64, Point)) -> (f64, Point) {
    if a.0 < b.0 { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bent_valley_is_followed_to_its_end() {
        // Rosenbrock's valley has its lowest point at (1, 1).
        let valley = |[x, y]: Point| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2);
        let [x, y] = lowest([-1.2, 1.0], 0.5, valley);
        assert!((x - 1.0).abs() < 1e-3 && (y - 1.0).abs() < 1e-3, "{x} {y}");
    }

    #[test]
    fn what_is_not_defined_is_avoided() {
        let bowl = |[x, y]: Point| {
            if x < 0.0 {
                f64::INFINITY
            } else {
                x.mul_add(x, (y - 2.0).powi(2))
            }
        };
        let [x, y] = lowest([3.0, -3.0], 1.0, bowl);
        assert!(x.abs() < 1e-3 && (y - 2.0).abs() < 1e-3, "{x} {y}");
    }
}
