//! Drawing from a distribution.
//!
//! A draw is a `match` and a few arithmetic operations: parameters are worked out once, when the [`Sampler`] is made. How many
//! random numbers a draw takes differs between families, and for the rejection methods of `rand_distr` from draw to draw.

use rand::{Rng, RngExt};
use rand_distr::{Distribution, Exp1, Gamma, StandardNormal};

use super::{Family, empirical};

/// Draws seconds: zero or more, and finite. Made by [`Family::sampler`].
#[derive(Debug, Clone)]
pub struct Sampler {
    draw: Draw,
    mean: f64,
    family: Box<Family>,
}

/// So many exponential values are drawn before anything is made of them.
const UNITS: usize = 32;

/// Draws exponential values of mean 1.
#[inline(never)]
pub fn sample_units<R: Rng + Clone>(rng: &mut R, units: &mut [f64]) {
    // What is borrowed stays in memory, what is owned in registers.
    let mut own = rng.clone();
    for unit in units {
        *unit = Exp1.sample(&mut own);
    }
    *rng = own;
}

/// How one value is drawn.
#[derive(Debug, Clone)]
enum Draw {
    Constant(f64),
    Exponential { mean: f64 },
    Gamma(Gamma<f64>),
    Lognormal { location: f64, deviation: f64 },
    Weibull { scale: f64, inverse_shape: f64 },
    Uniform { min: f64, width: f64 },
    Triangular(Triangle),
    Empirical(Box<[f64]>),
    Mixture(Box<[Part]>),
}

/// A triangular distribution, drawn by inverting its distribution function.
#[derive(Debug, Clone)]
struct Triangle {
    min: f64,
    max: f64,
    /// P(time ≤ mode).
    rising: f64,
    /// (max − min) (mode − min), and (max − min) (max − mode).
    scales: (f64, f64),
}

/// One part of a mixture, which is itself none.
#[derive(Debug, Clone)]
struct Part {
    /// Sum of the shares up to and with this one.
    up_to: f64,
    draw: Draw,
}

impl Sampler {
    /// Draws one value in seconds. A constant takes nothing from `rng`.
    #[inline]
    pub fn sample<R: Rng>(&self, rng: &mut R) -> f64 {
        // The most common law is drawn on the spot, the others are worth a call.
        if let Draw::Exponential { mean } = self.draw {
            let unit: f64 = Exp1.sample(rng);
            return unit * mean;
        }
        self.any(rng)
    }

    /// Draws as many values as there are places, and puts into each what is made of one.
    #[inline]
    pub fn sample_all<R: Rng + Clone, T>(
        &self,
        rng: &mut R,
        places: &mut [T],
        made_of: impl Fn(f64) -> T,
    ) {
        let Draw::Exponential { mean } = self.draw else {
            places.fill_with(|| made_of(self.any(rng)));
            return;
        };
        for places in places.chunks_mut(UNITS) {
            let mut units = [0.0; UNITS];
            sample_units(rng, &mut units[..places.len()]);
            for (place, unit) in places.iter_mut().zip(units) {
                *place = made_of(unit * mean);
            }
        }
    }

    #[inline(never)]
    fn any<R: Rng>(&self, rng: &mut R) -> f64 {
        match &self.draw {
            Draw::Mixture(parts) => {
                let at: f64 = rng.random();
                let found = parts.iter().find(|part| at < part.up_to);
                found
                    .or(parts.last())
                    .map_or(0.0, |part| part.draw.simple(rng))
            }
            draw => draw.simple(rng),
        }
    }

    /// The mean in seconds.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// What it draws from.
    pub fn family(&self) -> &Family {
        &self.family
    }

    /// Of a family that has been checked.
    pub(super) fn of(family: &Family) -> Self {
        let mut leaves = Vec::new();
        flatten(family, 1.0, &mut leaves);
        let mut up_to = 0.0;
        let mut parts: Vec<Part> = leaves
            .into_iter()
            .map(|(share, draw)| {
                up_to += share;
                Part { up_to, draw }
            })
            .collect();
        let draw = match parts.len() {
            1 => parts.remove(0).draw,
            _ => Draw::Mixture(parts.into_boxed_slice()),
        };
        Self {
            draw,
            mean: family.mean(),
            family: Box::new(family.clone()),
        }
    }
}

impl Draw {
    #[inline]
    fn simple<R: Rng>(&self, rng: &mut R) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Exponential { mean } => {
                let unit: f64 = Exp1.sample(rng);
                unit * mean
            }
            Self::Gamma(gamma) => gamma.sample(rng),
            Self::Lognormal {
                location,
                deviation,
            } => {
                let unit: f64 = StandardNormal.sample(rng);
                (location + deviation * unit).exp()
            }
            Self::Weibull {
                scale,
                inverse_shape,
            } => {
                let unit: f64 = Exp1.sample(rng);
                scale * unit.powf(*inverse_shape)
            }
            Self::Uniform { min, width } => min + width * rng.random::<f64>(),
            Self::Triangular(triangle) => triangle.at(rng.random()),
            Self::Empirical(values) => values[rng.random_range(0..values.len())],
            Self::Mixture(_) => 0.0, // `flatten` leaves no mixture inside another
        }
    }
}

impl Triangle {
    /// The value below which this share lies.
    #[inline]
    fn at(&self, share: f64) -> f64 {
        if share < self.rising {
            self.min + (share * self.scales.0).sqrt()
        } else {
            self.max - ((1.0 - share) * self.scales.1).sqrt()
        }
    }
}

/// Lists a family's parts that are no mixtures, with their shares of the whole; those of share zero are left out.
fn flatten(family: &Family, share: f64, leaves: &mut Vec<(f64, Draw)>) {
    match family {
        Family::Mixture { parts } => {
            for (own, part) in parts.iter().filter(|(own, _)| *own > 0.0) {
                flatten(part, share * own, leaves);
            }
        }
        Family::Hyperexponential { means, shares } => {
            for (mean, own) in means.iter().zip(shares).filter(|(_, own)| **own > 0.0) {
                leaves.push((share * own, Draw::Exponential { mean: *mean }));
            }
        }
        Family::Constant { value } => leaves.push((share, Draw::Constant(*value))),
        Family::Exponential { mean } | Family::Erlang { mean, stages: 1 } => {
            leaves.push((share, Draw::Exponential { mean: *mean }));
        }
        Family::Gamma { mean, cv } => leaves.push((share, gamma(1.0 / (cv * cv), *mean))),
        Family::Erlang { mean, stages } => leaves.push((share, gamma(f64::from(*stages), *mean))),
        Family::Lognormal { mean, cv } => {
            let variance = (cv * cv).ln_1p();
            let location = mean.ln() - variance / 2.0;
            leaves.push((
                share,
                Draw::Lognormal {
                    location,
                    deviation: variance.sqrt(),
                },
            ));
        }
        Family::Weibull { shape, scale } => {
            leaves.push((
                share,
                Draw::Weibull {
                    scale: *scale,
                    inverse_shape: 1.0 / shape,
                },
            ));
        }
        Family::Uniform { min, max } => leaves.push((
            share,
            Draw::Uniform {
                min: *min,
                width: max - min,
            },
        )),
        Family::Triangular { min, mode, max } => {
            leaves.push((share, triangular(*min, *mode, *max)));
        }
        Family::Empirical { values } => leaves.push((share, observed(values))),
    }
}

fn gamma(shape: f64, mean: f64) -> Draw {
    Draw::Gamma(
        Gamma::new(shape, mean / shape).expect("checked: mean and shape are positive and finite"),
    )
}

fn triangular(min: f64, mode: f64, max: f64) -> Draw {
    let width = max - min;
    if width <= 0.0 {
        return Draw::Constant(mode);
    }
    let rising = (mode - min) / width;
    Draw::Triangular(Triangle {
        min,
        max,
        rising,
        scales: (width * (mode - min), width * (max - mode)),
    })
}

fn observed(values: &[f64]) -> Draw {
    match values {
        [] => Draw::Constant(empirical::mean(values)), // checked: not empty
        _ => Draw::Empirical(values.into()),
    }
}
