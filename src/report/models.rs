//! What a queue model says, for one number of servers or several, and as one JSON document.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::queueing::figures::{Figures, QUANTILES};
use crate::queueing::{Definition, ServiceLevels};

/// The name and version of the layout; a change that breaks readers raises the number.
pub const SCHEMA: &str = "channelmix.queue/1";

/// The figures with so many servers.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Servers.
    pub servers: u32,
    /// What the model says.
    pub figures: Figures,
}

/// A question to a model, and its answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// The model's name.
    pub model: String,
    /// The model in short, such as `M/M/s+M`.
    pub short: String,
    /// What it was given: the option's name and the value as written.
    pub given: Vec<(String, String)>,
    /// The threshold of the service levels (s).
    pub within_s: f64,
    /// How the service level shown is counted.
    pub definition: Definition,
    /// The service level that was asked for.
    pub target: Option<f64>,
    /// What had to hold, in words; empty where a number of servers was given.
    pub goals: Vec<String>,
    /// Whether a range of servers was asked for.
    pub is_range: bool,
    /// One a number of servers, in rising order.
    pub rows: Vec<Row>,
}

impl Answers {
    /// Whether contacts ever wait: where they do not, waits and service levels say nothing.
    pub(super) fn anybody_waits(&self) -> bool {
        let mut rows = self.rows.iter();
        rows.any(|row| row.figures.measures.p_wait > 0.0)
    }
}

/// Writes the answers as indented JSON, closed by a line feed: `servers` and `measures` for one number of servers, a list of both
/// under `rows` for a range. What is not known is `null`.
///
/// # Errors
///
/// When `out` can't be written.
pub fn write_json(answers: &Answers, out: &mut impl Write) -> io::Result<()> {
    let mut document = Map::new();
    document.insert("schema".to_owned(), json!(SCHEMA));
    document.insert("model".to_owned(), json!(answers.model));
    let given: Map<String, Value> = answers
        .given
        .iter()
        .map(|(name, value)| (name.replace('-', "_"), json!(value)))
        .collect();
    document.insert("given".to_owned(), Value::Object(given));
    document.insert("within_s".to_owned(), json!(answers.within_s));
    document.insert("definition".to_owned(), json!(answers.definition.name()));
    if !answers.goals.is_empty() {
        document.insert("goals".to_owned(), json!(answers.goals));
    }
    match (&answers.rows[..], answers.is_range) {
        ([row], false) => {
            document.insert("servers".to_owned(), json!(row.servers));
            document.insert("measures".to_owned(), measures(&row.figures));
        }
        (rows, _) => {
            let rows: Vec<Value> = rows
                .iter()
                .map(|row| json!({"servers": row.servers, "measures": measures(&row.figures)}))
                .collect();
            document.insert("rows".to_owned(), Value::Array(rows));
        }
    }
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
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
