//! The value of a key at which a figure of one mix equals that of another, or another figure, or a number.
//!
//! Every value of the key meets the same customers, so the difference is a smooth curve over the key, and so are the ends of its 95 %
//! interval. The root is that of the curve; its interval are the values at which the interval of the difference holds zero.
//!
//! - [`question`]: what is asked
//! - [`search`]: tries values of the key
//! - [`found`]: the answer

pub mod found;
pub mod question;
pub mod search;

pub use found::BreakEven;
pub use question::{BreakEvenError, Opposite, Question};
pub use search::break_even;
