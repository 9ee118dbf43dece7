//! Which charts a sweep has.

use super::super::draw::{ChartError, Format, render_all};
use super::super::frame::Frame;
use super::super::picture::Picture;
use super::{curves, map, scatter};
use crate::study::sweep::row::{Cell, Findings};

/// Queues with a panel of their own.
pub(super) const QUEUES: usize = 5;

/// Draws a sweep in every format, file names and bytes: `sweep-curves` over one key of numbers, `sweep-map` over a grid of two
/// keys, `sweep-cost` with the cost of each point against the share of customers lost.
///
/// # Errors
///
/// When the drawing library fails, which no sweep should make it do.
pub fn draw(findings: &Findings, formats: &[Format]) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    let mut pictures: Vec<(String, Picture)> = Vec::new();
    let table = &findings.table;
    if table.rows.len() > 1 {
        let curves = numbers(findings, 0).filter(|_| table.keys.len() == 1);
        if let Some(values) = curves {
            pictures.push((
                "sweep-curves".to_owned(),
                curves::compose(findings, &values),
            ));
        }
        if table.keys.len() == 2 && findings.state.design == "grid" {
            let map = map::compose(findings);
            pictures.extend(map.map(|map| ("sweep-map".to_owned(), map)));
        }
        pictures.push(("sweep-cost".to_owned(), scatter::compose(findings)));
    }
    render_all(pictures, formats)
}

/// The values of a key, where all are numbers.
pub(super) fn numbers(findings: &Findings, key: usize) -> Option<Vec<f64>> {
    let number = |cell: &Cell| match cell {
        Cell::Number(number) => *number,
        Cell::Text(_) => None,
    };
    let rows = findings.table.rows.iter();
    rows.map(|row| number(&row.values[key])).collect()
}

/// The figures with a panel of their own: their names and titles.
pub(super) fn shown(findings: &Findings) -> Vec<(String, String)> {
    let mut shown = vec![("cost.total".to_owned(), "cost".to_owned())];
    for queue in findings.queues().into_iter().take(QUEUES) {
        let path = |measure: &str| format!("queues.{queue}.{measure}");
        if findings.has(&path("service_level")) {
            shown.push((path("service_level"), format!("{queue}: service level")));
        } else {
            shown.push((path("asa_s"), format!("{queue}: ASA")));
        }
    }
    let lost = findings.table.customers_lost().to_owned();
    shown.push((lost, "customers lost".to_owned()));
    shown
}

/// Title, legend and footer of a chart.
pub(super) fn frame(
    findings: &Findings,
    title: &str,
    legend: Vec<(super::super::frame::Swatch, String)>,
) -> Frame {
    let state = &findings.state;
    let vary: Vec<String> = state
        .vary
        .iter()
        .map(|(key, values)| format!("{key} = {values}"))
        .collect();
    Frame {
        title: format!("{title} · {}", state.variant),
        subtitle: format!("{} · {}", findings.scenario, vary.join(", ")),
        legend,
        footer: format!(
            "Simulated: {} points, {} replications each, seed {}. All points meet the same customers.",
            findings.table.rows.len(),
            state.replications,
            state.seed
        ),
    }
}
