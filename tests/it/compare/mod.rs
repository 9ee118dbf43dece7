//! Mixes against each other: compare, marginal, break-even, risk.

mod command;
mod known;
mod page;
