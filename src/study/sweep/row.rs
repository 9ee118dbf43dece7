//! What is kept of a point, and the table of all points.

use super::state::State;
use crate::scenario::change::{Change, Setting};
use crate::stats::estimate::Estimate;
use crate::stats::summary::{
    CostSummary, DemandSummary, Differences, GroupMeasures, QueueMeasures, TargetSummary,
    VariantSummary, Verdict,
};

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
    let name = |(number, key): (usize, &String)| {
        let unit = if is_time(number) { "_s" } else { "" };
        format!("{key}{unit}")
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
    let mut figures = of_parts(
        &variant.cost,
        &variant.demand,
        variant
            .queues
            .iter()
            .map(|(name, queue)| (name, &queue.measures)),
        variant
            .groups
            .iter()
            .map(|(name, group)| (name, &group.measures)),
    );
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
    for (name, bot) in variant.bots.iter() {
        figures.push((format!("bots.{name}.containment"), bot.containment));
    }
    figures
}

/// The same of a variant less the base, as far as differences are known.
pub fn difference_figures(differences: &Differences) -> Vec<(String, Estimate)> {
    let mut figures = of_parts(
        &differences.cost,
        &differences.demand,
        differences.queues.iter(),
        differences.groups.iter(),
    );
    if let Some(issues) = &differences.issues {
        figures.extend([
            ("issues.resolved_share".to_owned(), issues.resolved_share),
            ("issues.fcr".to_owned(), issues.fcr),
        ]);
    }
    figures
}

fn of_parts<'a>(
    cost: &CostSummary,
    demand: &DemandSummary,
    queues: impl Iterator<Item = (&'a str, &'a QueueMeasures)>,
    groups: impl Iterator<Item = (&'a str, &'a GroupMeasures)>,
) -> Vec<(String, Estimate)> {
    let mut figures = vec![
        ("cost.total".to_owned(), cost.total),
        ("cost.per_contact".to_owned(), cost.per_contact),
        ("demand.served_share".to_owned(), demand.served_share),
        ("demand.lost_share".to_owned(), demand.lost_share),
    ];
    for (name, measures) in queues {
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
    for (name, measures) in groups {
        let of_group = [
            ("occupancy", measures.occupancy),
            ("fte", measures.fte),
            ("paid_h", measures.paid_h),
        ];
        let path = |(measure, figure)| (format!("groups.{name}.{measure}"), figure);
        figures.extend(of_group.map(path));
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
        if name == ISSUES_LOST {
            let resolved = self.figure(row, ISSUES_RESOLVED)?;
            return Some(resolved.complement());
        }
        let place = self.figures.iter().position(|own| own == name)?;
        row.figures.get(place).copied()
    }

    /// The name of the share of customers lost: of issues where these are followed, else of contacts.
    pub fn customers_lost(&self) -> &'static str {
        if self.figures.iter().any(|figure| figure == ISSUES_RESOLVED) {
            ISSUES_LOST
        } else {
            "demand.lost_share"
        }
    }
}

const ISSUES_RESOLVED: &str = "issues.resolved_share";
/// No column of its own: what is left of those resolved.
const ISSUES_LOST: &str = "issues.lost_share";

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

    /// For each point whether no other is as cheap and loses as few customers, in the means, and is better in one of these.
    pub fn efficient(&self) -> Vec<bool> {
        let mean = |row: &Row, name| self.table.figure(row, name).and_then(|figure| figure.mean);
        let lost = self.table.customers_lost();
        let place = |row: &Row| Some((mean(row, "cost.total")?, mean(row, lost)?));
        let places: Vec<Option<(f64, f64)>> = self.table.rows.iter().map(place).collect();
        let mut order: Vec<(f64, f64)> = places.iter().flatten().copied().collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        // From the cheapest on, those that lose fewer than all that are cheaper or as cheap.
        let mut fewest = f64::INFINITY;
        order.retain(|(_, lost)| {
            let is_better = *lost < fewest;
            fewest = fewest.min(*lost);
            is_better
        });
        let is_efficient = |place: &(f64, f64)| {
            order
                .binary_search_by(|other| {
                    other
                        .0
                        .total_cmp(&place.0)
                        .then(other.1.total_cmp(&place.1).reverse())
                })
                .is_ok()
        };
        places
            .iter()
            .map(|place| place.as_ref().is_some_and(is_efficient))
            .collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::sweep::state::Asked;

    fn findings(points: &[(f64, f64, &str)]) -> Findings {
        let asked = Asked {
            fingerprint: 0,
            variant: "base",
            seed: 1,
            replications: 1,
            design: "grid",
            points: points.len() as u64,
        };
        let row = |(at, (cost, lost, targets)): (usize, &(f64, f64, &str))| Row {
            point: at as u64 + 1,
            values: Vec::new(),
            targets: (*targets).to_owned(),
            figures: vec![Estimate::point(*cost), Estimate::point(*lost)],
        };
        Findings {
            scenario: String::new(),
            currency: String::new(),
            state: State::new(&asked, Vec::new()),
            table: Table {
                keys: Vec::new(),
                figures: vec!["cost.total".to_owned(), "demand.lost_share".to_owned()],
                rows: points.iter().enumerate().map(row).collect(),
            },
        }
    }

    #[test]
    fn a_point_is_efficient_unless_another_beats_it() {
        let points = [
            (10.0, 0.3, ""),
            (12.0, 0.2, ""),
            (13.0, 0.25, ""),
            (12.0, 0.2, ""),
            (12.0, 0.3, ""),
            (20.0, 0.1, ""),
            (10.0, 0.4, ""),
        ];
        let found = findings(&points).efficient();
        assert_eq!(found, [true, true, false, true, false, true, false]);
        // The same by comparing every point with every other.
        let beats = |a: &(f64, f64, &str), b: &(f64, f64, &str)| {
            a.0 <= b.0 && a.1 <= b.1 && (a.0 < b.0 || a.1 < b.1)
        };
        let plainly: Vec<bool> = points
            .iter()
            .map(|point| !points.iter().any(|other| beats(other, point)))
            .collect();
        assert_eq!(found, plainly);
    }

    #[test]
    fn the_best_meet_their_targets_and_are_cheap() {
        let found = findings(&[
            (10.0, 0.3, "missed"),
            (14.0, 0.1, "met"),
            (12.0, 0.2, "undecided"),
            (13.0, 0.2, "met"),
        ]);
        let best: Vec<u64> = found.best(3).iter().map(|row| row.point).collect();
        assert_eq!(best, [4, 2, 3]);
    }
}
