//! Logs of contacts one by one: what their columns mean, reading them, and writing what was read off them as a scenario.
//!
//! - [`map`]: what the columns hold, as a person writes it
//! - `layout`: the map's columns by number, and the cells of a row
//! - `moment`: instants and spans in cells
//! - [`read`]: the log itself
//! - [`draft`]: a scenario and its data files as text

pub mod draft;
mod layout;
pub mod map;
mod moment;
pub mod read;

pub use draft::Draft;
pub use map::LogMap;
pub use read::{LeftOut, Log, LogError, Logged, Window};
