//! `channelmix plan`: what it writes, what it refuses, and that its files hold.

mod file;
mod page;
mod refused;
mod shifts;
mod staff;
mod stopped;
mod verb;
