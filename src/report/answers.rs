//! What a queue model says, for one number of servers or several.

use crate::queueing::Definition;
use crate::queueing::figures::Figures;

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
