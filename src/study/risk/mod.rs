//! What is likely where inputs are uncertain themselves: worlds, each with inputs of its own, and in each some replications.
//!
//! - [`worlds`]: draws the inputs and runs them
//! - [`find`]: chances, likely ranges and the worst days
//! - [`anova`]: how much comes from the inputs and how much from chance

pub mod anova;
pub mod find;
mod quantile;
pub mod worlds;
