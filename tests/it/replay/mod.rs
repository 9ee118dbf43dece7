//! A log played again: a known centre is found again in its log, and what is wrong with maps and logs is told.

mod centre;
mod command;
mod faults;
mod known;
