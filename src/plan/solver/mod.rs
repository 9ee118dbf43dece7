//! The solvers under [`programme`](super::programme): `microlp`, `HiGHS` in its place in builds with the feature `highs`, or none.
//!
//! - [`answer`]: what a solver says, unchecked
//! - `microlp`: in Rust alone
//! - `highs`: in C++, proves more and sooner
//! - `none`: builds without the feature `optimise`

pub(super) mod answer;
#[cfg(feature = "highs")]
mod highs;
// Beside HiGHS it is there for tests alone, which hold both to the same.
#[cfg(all(feature = "optimise", any(test, not(feature = "highs"))))]
mod microlp;
#[cfg(not(feature = "optimise"))]
mod none;

#[cfg(feature = "highs")]
pub(super) use self::highs::minimise;
#[cfg(all(feature = "optimise", not(feature = "highs")))]
pub(super) use self::microlp::minimise;
#[cfg(all(test, feature = "highs"))]
pub(super) use self::microlp::minimise as minimise_in_rust;
#[cfg(not(feature = "optimise"))]
pub(super) use self::none::minimise;
