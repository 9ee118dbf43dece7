//! The points of a sweep.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::document::Document;
use crate::stats::estimate::Estimate;
use crate::stats::summary::Named;
use crate::study::sweep::row::{Cell, Findings};

#[derive(Serialize)]
struct Content<'a> {
    scenario: &'a str,
    currency: &'a str,
    variant: &'a str,
    seed: u64,
    replications: u64,
    design: &'a str,
    vary: Named<&'a str>,
    points: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    point: u64,
    values: Named<Plain<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    targets: &'a str,
    figures: Named<Estimate>,
}

/// A cell as a number or a text.
struct Plain<'a>(&'a Cell);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Number(number) => number.serialize(serializer),
            Cell::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// Writes all points of a sweep.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(findings: &Findings, out: &mut impl Write) -> io::Result<()> {
    let table = &findings.table;
    let points = table.rows.iter().map(|row| Shown {
        point: row.point,
        values: table
            .keys
            .iter()
            .cloned()
            .zip(row.values.iter().map(Plain))
            .collect(),
        targets: &row.targets,
        figures: table
            .figures
            .iter()
            .cloned()
            .zip(row.figures.iter().copied())
            .collect(),
    });
    let state = &findings.state;
    let content = Content {
        scenario: &findings.scenario,
        currency: &findings.currency,
        variant: &state.variant,
        seed: state.seed,
        replications: state.replications,
        design: &state.design,
        vary: state
            .vary
            .iter()
            .map(|(key, values)| (key.clone(), values.as_str()))
            .collect(),
        points: points.collect(),
    };
    Document {
        schema: "channelmix.sweep/1",
        content,
    }
    .write(out)
}
