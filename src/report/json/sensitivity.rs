//! Which uncertain inputs matter.

use std::io::{self, Write};

use serde::Serialize;

use super::document::Document;
use crate::stats::estimate::Estimate;
use crate::stats::summary::Named;
use crate::study::sensitivity::findings::Sensitivity;

#[derive(Serialize)]
struct Content<'a> {
    scenario: &'a str,
    currency: &'a str,
    variant: &'a str,
    seed: u64,
    replications: u64,
    method: &'a str,
    points: u64,
    figures: Named<Figure<'a>>,
}

#[derive(Serialize)]
struct Figure<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<Estimate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mean: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deviation: Option<f64>,
    inputs: Vec<Input<'a>>,
}

#[derive(Serialize)]
struct Input<'a> {
    key: &'a str,
    low: &'a str,
    high: &'a str,
    effects: Named<Estimate>,
}

/// Writes what the inputs do to each figure, the one that matters most first.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(found: &Sensitivity, out: &mut impl Write) -> io::Result<()> {
    let columns = || found.method.columns().iter().map(|name| (*name).to_owned());
    let figures = found.figures.iter().map(|figure| {
        let inputs = figure.effects.iter().map(|effect| {
            let range = &found.inputs[effect.input];
            Input {
                key: &range.key,
                low: &range.low,
                high: &range.high,
                effects: columns().zip(effect.values.iter().copied()).collect(),
            }
        });
        let of_figure = Figure {
            base: figure.base.mean.map(|_| figure.base),
            mean: figure.spread.map(|(mean, _)| mean),
            deviation: figure.spread.map(|(_, deviation)| deviation),
            inputs: inputs.collect(),
        };
        (figure.name.clone(), of_figure)
    });
    let content = Content {
        scenario: &found.scenario,
        currency: &found.currency,
        variant: &found.variant,
        seed: found.seed,
        replications: found.replications,
        method: found.method.name(),
        points: found.points,
        figures: figures.collect(),
    };
    Document {
        schema: "channelmix.sensitivity/1",
        content,
    }
    .write(out)
}
