//! What a run found, in plain words: which mix is cheapest for what is promised, what the base does, who is lost, how sure it is.
//!
//! Nothing is estimated here: finished figures are compared and told.
//!
//! - [`told`]: the answer, sentence by sentence
//! - [`comparison`]: the mixes beside one another
//! - [`choice`]: which mix is the best
//! - [`standing`]: how a mix stands to what is promised
//! - [`lost`]: whom a mix loses
//! - [`range`]: a figure with its range

mod choice;
mod comparison;
mod lost;
mod range;
mod standing;
mod told;

pub(super) use lost::Lost;
pub(super) use standing::{Standing, has_all_channels, level};
pub(super) use told::answer;
