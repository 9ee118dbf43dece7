//! The scenario file: its format, units, defaults and checks, and compiling it to a [`model::Model`].

pub mod model;
pub mod name;

pub use name::name_hash;
