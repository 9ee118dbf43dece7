//! The report as one HTML file that makes no request: figures, charts and assumptions for readers who have never seen a terminal.
//!
//! [`write()`] lays it out. Text and tables are there without JavaScript; the charts are drawn in the browser by Apache `ECharts`
//! (`assets/echarts`), which is embedded, from the figures of the JSON document, which is embedded as well. A policy in the page's
//! head forbids it every request.
//!
//! A section is one file here with its template in `templates/`, and, where it has charts, one in `script/`; [`write()`] lists the
//! sections in their order.

mod assumptions;
mod basis;
mod data;
mod definitions;
mod detail;
mod flows;
mod frontier;
mod margin;
mod mixes;
mod section;
mod short;
mod table;
mod waterfall;
mod worth;
mod write;

pub use write::{PageError, write};
