//! Many points of one scenario: some of its values varied together, each point simulated on the same customers.
//!
//! - [`design`]: which points there are: a grid, or a sample of what lies between
//! - [`run`]: the points on all cores, told in their order
//! - [`row`]: what is kept of a point, and the table of all
//! - [`state`]: what a sweep is of, so that the same command goes on with it

pub mod design;
pub mod row;
pub mod run;
pub mod state;
