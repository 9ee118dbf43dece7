//! Which uncertain inputs matter: what becomes of a figure where they are not what the file says.
//!
//! - [`one_at_a_time`]: each input at both ends of its range, the others as the file has them
//! - [`morris`]: steps along all inputs from many places (screening)
//! - [`sobol`]: shares of the variance that inputs bring, alone and with others
//! - [`bootstrap`]: how sure such estimates are
//! - [`findings`]: what all of them tell

pub mod bootstrap;
pub mod findings;
pub mod morris;
pub mod one_at_a_time;
pub mod sobol;
