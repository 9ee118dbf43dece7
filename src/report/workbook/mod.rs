//! The report and plans as workbooks: numbers as numbers, and formulas where a reader changes a wage and expects the totals to move.
//!
//! [`write()`] makes its bytes, the same for the same summary: no clock is looked at. Wages are inputs on a sheet of their own; costs of
//! groups, totals of mixes, costs of queues and costs per contact are formulas on them, with the results of the run stored beside, so
//! that viewers which do not recalculate show them as well. A sheet is one file here; workbooks of plans are in `plan`.

mod assumptions;
mod book;
mod costs;
mod definitions;
mod grid;
mod groups;
mod intervals;
mod mixes;
mod one_agent;
mod pages;
mod plan;
mod queue_costs;
mod queues;
mod staffing;
mod summary;
mod wages;
mod write;

pub use plan::{write_hiring, write_mix, write_plan, write_shifts};
pub use write::{WorkbookError, write};
