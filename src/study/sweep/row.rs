//! What is kept of a point, and the table of all points.

use super::state::State;
use crate::scenario::change::{Change, Setting};
use crate::stats::estimate::Estimate;
use crate::stats::summary::{TargetSummary, VariantSummary, Verdict};

/// A cell of the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A number; of durations, seconds. `None` where there is none.
    Number(Option<f64>),
    /// A text.
    Text(String),
}

/// One point: its values and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its number, from 1.
    pub point: u64,
    /// The values of the keys.
    pub values: Vec<Cell>,
    /// Whether all targets are met: `met`, `missed`, `undecided`, or nothing without targets.
    pub targets: String,
    /// The figures, as many as [`Table::figures`].
    pub figures: Vec<Estimate>,
}

/// All points of a sweep, as far as they are there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The keys, those of durations with `_s` at their end.
    pub keys: Vec<String>,
    /// The names of the figures.
    pub figures: Vec<String>,
    /// The points, in their order.
    pub rows: Vec<Row>,
}

/// The names under which the values of a point stand: that of a duration ends in `_s`.
pub fn key_names(points: &[Vec<Change>], keys: &[String]) -> Vec<String> {
    let is_time = |number: usize| {
        let mut values = points.iter().map(|changes| &changes[number].to);
        values.all(|to| matches!(to, Setting::Duration(_)))
    };
    let name = |(number, key): (usize, &String)| match is_time(number) {
        true => format!("{key}_s"),
        false => key.clone(),
    };
    keys.iter().enumerate().map(name).collect()
}

/// The value of a change as a cell: a duration in seconds where its column is one of seconds, else as it is written.
pub fn cell(change: &Change, column: &str) -> Cell {
    match &change.to {
        Setting::Number(number) | Setting::Times(number) => Cell::Number(Some(*number)),
        Setting::Duration(span) if *column != *change.key => Cell::Number(Some(span.as_seconds())),
        Setting::Text(text) => Cell::Text(text.clone()),
        other @ (Setting::Duration(_) | Setting::Boolean(_)) => Cell::Text(other.to_string()),
    }
}

/// Figures of a point by their names: what it costs, what became of the customers, and each queue's, group's and bot's.
pub fn figures(variant: &VariantSummary) -> Vec<(String, Estimate)> {
    let mut figures = vec![
        ("cost.total".to_owned(), variant.cost.total),
        ("cost.per_contact".to_owned(), variant.cost.per_contact),
        (
            "demand.served_share".to_owned(),
            variant.demand.served_share,
        ),
        ("demand.lost_share".to_owned(), variant.demand.lost_share),
    ];
    if let Some(issues) = &variant.issues {
        figures.extend([
            (
                "issues.resolved_share".to_owned(),
                issues.measures.resolved_share,
            ),
            ("issues.fcr".to_owned(), issues.measures.fcr),
            (
                "issues.cost_per_resolution".to_owned(),
                issues.cost_per_resolution,
            ),
        ]);
    }
    for (name, queue) in variant.queues.iter() {
        let measures = &queue.measures;
        let of_queue = [
            ("offered", measures.offered),
            ("service_level", measures.service_level),
            ("abandonment", measures.abandonment),
            ("asa_s", measures.asa_s),
            ("wait_s.p90", measures.wait_s.p90),
            ("response_s.mean", measures.response_s.mean),
        ];
        let path = |(measure, figure)| (format!("queues.{name}.{measure}"), figure);
        figures.extend(of_queue.map(path));
    }
    for (name, group) in variant.groups.iter() {
        let measures = &group.measures;
        let of_group = [
            ("occupancy", measures.occupancy),
            ("fte", measures.fte),
            ("paid_h", measures.paid_h),
        ];
        let path = |(measure, figure)| (format!("groups.{name}.{measure}"), figure);
        figures.extend(of_group.map(path));
    }
    for (name, bot) in variant.bots.iter() {
        figures.push((format!("bots.{name}.containment"), bot.containment));
    }
    figures
}

/// What the intervals say of all targets of a variant together.
pub fn verdict(variant: &VariantSummary) -> Option<Verdict> {
    let of_queues = variant.queues.iter().flat_map(|(_, queue)| &queue.targets);
    let of_groups = variant.groups.iter().flat_map(|(_, group)| &group.targets);
    let verdicts: Vec<Verdict> = of_queues
        .chain(of_groups)
        .map(|target: &TargetSummary| target.verdict)
        .collect();
    if verdicts.is_empty() {
        None
    } else if verdicts.contains(&Verdict::Missed) {
        Some(Verdict::Missed)
    } else if verdicts.contains(&Verdict::Undecided) {
        Some(Verdict::Undecided)
    } else {
        Some(Verdict::Met)
    }
}

/// The word for what targets say.
pub fn verdict_word(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        None => "",
        Some(Verdict::Met) => "met",
        Some(Verdict::Missed) => "missed",
        Some(Verdict::Undecided) => "undecided",
    }
}

impl Table {
    /// A figure of a row by its name.
    pub fn figure(&self, row: &Row, name: &str) -> Option<Estimate> {
        let place = self.figures.iter().position(|own| own == name)?;
        row.figures.get(place).copied()
    }
}

/// A sweep as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// The scenario's name.
    pub scenario: String,
    /// Its currency.
    pub currency: String,
    /// What was swept.
    pub state: State,
    /// The points.
    pub table: Table,
}

impl Findings {
    /// The queues that there are figures of, in their order.
    pub fn queues(&self) -> Vec<&str> {
        let figures = self.table.figures.iter();
        figures
            .filter_map(|figure| figure.strip_prefix("queues.")?.strip_suffix(".offered"))
            .collect()
    }

    /// Whether any point has this figure.
    pub fn has(&self, name: &str) -> bool {
        let mut rows = self.table.rows.iter();
        rows.any(|row| {
            self.table
                .figure(row, name)
                .is_some_and(|figure| figure.mean.is_some())
        })
    }

    /// So many points: those that meet their targets first, then the cheapest, then in their order.
    pub fn best(&self, many: usize) -> Vec<&Row> {
        let rank = |row: &Row| match row.targets.as_str() {
            "met" | "" => 0,
            "undecided" => 1,
            _ => 2,
        };
        let cost = |row: &Row| {
            let cost = self.table.figure(row, "cost.total");
            cost.and_then(|cost| cost.mean).unwrap_or(f64::INFINITY)
        };
        let mut rows: Vec<&Row> = self.table.rows.iter().collect();
        rows.sort_by(|a, b| rank(a).cmp(&rank(b)).then(cost(a).total_cmp(&cost(b))));
        rows.truncate(many);
        rows
    }
}
