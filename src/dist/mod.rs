//! Distributions of times by mean and coefficient of variation.
//!
//! - [`family`]: what a distribution is, its mean and its cv
//! - [`fit`]: the distribution behind censored times
//! - [`fault`]: what may be wrong with its parameters
//! - [`cdf`]: distribution functions
//! - [`weibull`]: the Weibull shape that has a given cv
//! - [`empirical`]: observed values
//! - [`quantile`]: values below which a share lies
//! - [`sample`]: drawing, with every parameter worked out beforehand
//!
//! ```
//! use channelmix::dist::Family;
//! use rand::SeedableRng;
//!
//! let talk = Family::Lognormal { mean: 240.0, cv: 1.1 };
//! let sampler = talk.sampler()?;
//! let mut rng = rand_xoshiro::Xoshiro256PlusPlus::seed_from_u64(1);
//! assert!(sampler.sample(&mut rng) > 0.0);
//! # Ok::<(), channelmix::dist::FamilyError>(())
//! ```

pub mod cdf;
pub mod empirical;
pub mod family;
pub mod fault;
pub mod fit;
pub mod quantile;
pub mod sample;
mod simplex;
pub mod weibull;

#[cfg(test)]
mod proof;

pub use family::Family;
pub use fault::FamilyError;
pub use sample::{Sampler, sample_units};
