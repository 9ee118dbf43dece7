//! `M_t/M/s_t+M` over a day: rates and staff that change from interval to interval, by the forward equations.
//!
//! The end of a shift is handled as follows (the exhaustive discipline). When staff falls, idle agents leave first; who is in a contact
//! finishes it and then leaves; no contact starts while as many are busy as there is staff, or more. When staff rises, waiting contacts
//! start at once. The day starts empty; after its last interval nobody comes and the last staff stays.
//!
//! There is no inverse: what one interval leaves behind waits in the next, so the fewest agents of an interval depend on those before it.
//! [`staffing::least`](super::staffing::least) with a steady state for each interval is the usual first guess, and [`solve`] tells what
//! it does to the day. `channelmix queue` answers for steady states only; a day is asked of this module, or simulated.

mod day;
mod figures;
mod outlook;
mod state;

pub use day::{Day, solve};
pub use figures::Figures;
