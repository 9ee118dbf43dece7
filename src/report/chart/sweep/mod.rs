//! The points of a sweep: over one key as curves, over two as a map, and cost against what is lost.

mod curves;
mod draw;
mod map;
mod scatter;

pub use draw::draw;
