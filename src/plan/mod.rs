//! Searches: the cheapest staffing that keeps every promise, and what builds on it.
//!
//! - [`staffing`](mod@staffing): heads of every group in every interval, with their proof
//! - [`shifts`]: duties and breaks, by patterns
//! - [`grid`]: the cells that can be chosen, heads of every group in every interval, and what they cost
//! - [`target`]: what must hold, as surpluses that have to be at least zero
//! - [`judge`]: simulates staffings, all of them with the same customers
//! - [`space`]: what a search chooses: heads by cell, shifts; [`cover`](mod@cover): shifts that have given heads; `attended`:
//!   hours in which somebody has to be there
//! - [`first`]: heads to begin with, from the queue models; [`need`] of one queue, [`flow`] of what comes, `backlog` of what can wait
//! - [`baseline`]: what spreadsheets ask for, to compare with
//! - [`search`]: the way to cheaper choices, with [`slope`] (what a head more or fewer in each cell is worth), [`master`] (the linear
//!   programme over that, written in `draft`), `correct` and `mend` (what breaks a promise), `exchange` (whole intervals, by `offers` simulated together), [`tried`] (what it hands on) and `peel` (what rounding leaves over)
//! - [`fluid`]: what no plan can be cheaper than, by the work that must be done and by each queue alone (`must`, `residual`, [`alone`],
//!   `markov`)
//! - [`proof`]: fresh customers and one-sided bounds; `proven`: a search and its proof, again until the proof holds
//! - [`bound`]: what any plan costs at least, and what each promise costs
//! - [`hiring`]: weeks and months: whom to hire when
//! - [`mix`](mod@mix): channels, hours, values and people within a budget
//! - [`programme`]: linear programmes and their solver
//! - [`found`]: what a search for staffing found, put together by `tell`

pub mod alone;
mod attended;
mod backlog;
pub mod baseline;
pub mod bound;
mod correct;
pub mod cover;
mod draft;
mod exchange;
pub mod first;
pub mod flow;
pub mod fluid;
pub mod found;
pub mod grid;
pub mod hiring;
pub mod judge;
mod markov;
pub mod master;
mod mend;
pub mod mix;
mod must;
pub mod need;
mod offers;
mod peel;
pub mod programme;
pub mod proof;
mod proven;
mod residual;
pub mod search;
pub mod shifts;
pub mod slope;
mod solver;
pub mod space;
pub mod staffing;
#[cfg(test)]
mod staffing_tests;
pub mod target;
mod tell;
pub mod tried;
mod whole;
