//! What a queue model says.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::document::Document;
use crate::queueing::figures::{Figures, QUANTILES};
use crate::queueing::{Definition, ServiceLevels};
use crate::report::answers::Answers;

/// Writes the answers: `servers` and `measures` for one number of servers, a list of both
/// under `rows` for a range. What is not known is `null`.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write(answers: &Answers, out: &mut impl Write) -> io::Result<()> {
    let mut content = Map::new();
    content.insert("model".to_owned(), json!(answers.model));
    let given: Map<String, Value> = answers
        .given
        .iter()
        .map(|(name, value)| (name.replace('-', "_"), json!(value)))
        .collect();
    content.insert("given".to_owned(), Value::Object(given));
    content.insert("within_s".to_owned(), json!(answers.within_s));
    content.insert("definition".to_owned(), json!(answers.definition.name()));
    if !answers.goals.is_empty() {
        content.insert("goals".to_owned(), json!(answers.goals));
    }
    match (&answers.rows[..], answers.is_range) {
        ([row], false) => {
            content.insert("servers".to_owned(), json!(row.servers));
            content.insert("measures".to_owned(), measures(&row.figures));
        }
        (rows, _) => {
            let rows: Vec<Value> = rows
                .iter()
                .map(|row| json!({"servers": row.servers, "measures": measures(&row.figures)}))
                .collect();
            content.insert("rows".to_owned(), Value::Array(rows));
        }
    }
    Document {
        schema: "channelmix.queue/1",
        content,
    }
    .write(out)
}

fn measures(figures: &Figures) -> Value {
    let of = &figures.measures;
    let mut all = json!({
        "offered_load_erlangs": of.offered_load_erlangs,
        "p_wait": of.p_wait,
        "p_block": of.p_block,
        "p_abandon": of.p_abandon,
        "abandonment": figures.abandonment,
        "asa_s": of.asa_s,
        "wait_s": waits(figures.mean_wait_s, &figures.waits_s),
        "answered_wait_s": waits(of.asa_s, &figures.answered_waits_s),
        "abandoned_wait_s": of.mean_wait_abandoned_s,
        "wait_if_delayed_s": of.wait_if_delayed_s,
        "wait_sd_s": of.wait_sd_s,
        "service_levels": levels(figures.service_levels.as_ref()),
        "occupancy": of.occupancy,
        "queue_length": of.queue_length,
        "in_system": of.in_system,
    });
    if let Some(object) = all.as_object_mut() {
        for (name, value) in &figures.more {
            object.insert((*name).to_owned(), json!(value));
        }
        if let Some(caution) = figures.caution {
            object.insert("caution".to_owned(), json!(caution));
        }
    }
    all
}

fn waits(mean: Option<f64>, quantiles: &[Option<f64>]) -> Value {
    let mut waits = Map::new();
    waits.insert("mean".to_owned(), json!(mean));
    for ((name, _), wait) in QUANTILES.iter().zip(quantiles) {
        waits.insert((*name).to_owned(), json!(wait));
    }
    Value::Object(waits)
}

fn levels(levels: Option<&ServiceLevels>) -> Value {
    let by = |definition: Definition| {
        let level = levels.and_then(|levels| levels.by(definition));
        (definition.name().to_owned(), json!(level))
    };
    Value::Object(Definition::ALL.map(by).into_iter().collect())
}
