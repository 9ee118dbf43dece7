//! What a search chooses: how often each of some columns is taken. A column is paid whole and puts heads into cells: one head in one cell for
//! staffing by interval, a shift's hours for shifts.

use std::collections::BTreeSet;

use crate::ids::{GroupId, Table};

use super::grid::{Grid, Heads};
use super::programme::{Programme, Variable};

/// Something that can be taken any number of times within its limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What one costs over the horizon, in millionths of the currency.
    pub cost: f64,
    /// At least so many are taken.
    pub min: u32,
    /// At most so many.
    pub max: u32,
    /// The cells that it puts heads into, with how many: part of a head where a break takes part of an interval.
    pub cells: Vec<(GroupId, usize, f64)>,
}

/// What columns must keep to together: a weighted sum of how often they are taken lies between two numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// What it says.
    pub kind: RuleKind,
    /// Columns by place, with their weights.
    pub terms: Vec<(usize, f64)>,
    /// The sum is this at least.
    pub min: f64,
    /// The sum is this at most; may be infinite.
    pub max: f64,
}

/// What a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// As many of these as of those, each counted once: the sum is zero.
    Balance,
    /// A sum lies within limits.
    Limit,
    /// One of these at least, so that somebody is there.
    Attended,
}

/// How often a column is taken, in the variables of a programme: a number and a weighted sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The number.
    pub known: f64,
    /// The sum.
    pub terms: Vec<(Variable, f64)>,
}

/// Columns to choose among.
#[derive(Debug, Clone, PartialEq)]
pub struct Space {
    /// What can be taken.
    pub columns: Vec<Column>,
    /// What they keep to together.
    pub rules: Vec<Rule>,
    /// Heads that are there whatever is chosen, in groups whose staff is fixed.
    pub fixed: Heads,
}

/// How many of each column are taken.
pub type Choice = Vec<u32>;

impl Rule {
    /// Asks it of a programme in which columns are taken so often.
    pub fn ask(&self, taken: &[Taken], programme: &mut Programme) {
        let mut terms = Vec::new();
        let mut known = 0.0;
        for &(column, weight) in &self.terms {
            let of_column = taken[column].terms.iter();
            terms.extend(of_column.map(|&(variable, factor)| (variable, factor * weight)));
            known += weight * taken[column].known;
        }
        if self.min >= self.max {
            programme.equal(&terms, self.min - known);
            return;
        }
        if self.min.is_finite() {
            programme.at_least(&terms, self.min - known);
        }
        if self.max.is_finite() {
            programme.at_most(&terms, self.max - known);
        }
    }

    /// Whether a choice keeps to it.
    pub fn is_kept(&self, choice: &[u32]) -> bool {
        let sum: f64 = self
            .terms
            .iter()
            .map(|&(column, weight)| f64::from(choice[column]) * weight)
            .sum();
        (self.min - 1e-6..=self.max + 1e-6).contains(&sum)
    }
}

impl From<Variable> for Taken {
    fn from(variable: Variable) -> Self {
        Self {
            known: 0.0,
            terms: vec![(variable, 1.0)],
        }
    }
}

impl Space {
    /// Whether columns hang together, so that only whole ones make sense; else each is a cell of its own, or nearly so.
    pub fn is_by_shift(&self) -> bool {
        let mut rules = self.rules.iter();
        rules.any(|rule| rule.kind != RuleKind::Attended)
            || self.columns.iter().any(|column| column.cells.len() > 1)
    }

    /// The most heads that one of a column puts on duty, over all cells.
    pub fn largest(&self) -> f64 {
        let heads = |column: &Column| column.cells.iter().map(|cell| cell.2).sum();
        self.columns.iter().map(heads).fold(0.0, f64::max)
    }

    /// Whether a choice keeps to the limits of columns and to all rules.
    pub fn allows(&self, choice: &[u32]) -> bool {
        let within = |(column, taken): (&Column, &u32)| (column.min..=column.max).contains(taken);
        self.columns.iter().zip(choice).all(within)
            && self.rules.iter().all(|rule| rule.is_kept(choice))
    }

    /// The nearest choice within the limits of columns; of single heads one in which somebody is there wherever somebody has to be, whoever costs
    /// least.
    pub fn within(&self, choice: &[u32]) -> Choice {
        let taken = choice.iter().zip(&self.columns);
        let mut choice: Choice = taken
            .map(|(&taken, column)| taken.clamp(column.min, column.max))
            .collect();
        // A duty more would lack its breaks.
        let can_add = !self.is_by_shift();
        let attended = self
            .rules
            .iter()
            .filter(|rule| rule.kind == RuleKind::Attended);
        for rule in attended.filter(|_| can_add) {
            let columns = rule.terms.iter().map(|&(column, _)| column);
            let cheapest = columns.min_by(|&one, &other| {
                let cost = |column: usize| self.columns[column].cost;
                cost(one).total_cmp(&cost(other))
            });
            if let Some(column) = cheapest.filter(|_| !rule.is_kept(&choice)) {
                choice[column] += 1;
            }
        }
        choice
    }

    /// The heads that a choice puts on duty, in parts of heads.
    pub fn parts(&self, choice: &[u32]) -> Table<GroupId, Vec<f64>> {
        let mut parts: Table<GroupId, Vec<f64>> = self
            .fixed
            .values()
            .map(|heads| heads.iter().map(|&heads| f64::from(heads)).collect())
            .collect();
        for (column, &taken) in self.columns.iter().zip(choice) {
            for &(group, slot, heads) in &column.cells {
                parts[group][slot] += heads * f64::from(taken);
            }
        }
        parts
    }

    /// The heads that a choice puts on duty: parts of heads in one cell add up and are rounded down.
    pub fn heads(&self, choice: &[u32]) -> Heads {
        let whole = |&part: &f64| {
            // What falls short of a head by rounding alone is one.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "heads are few and not negative"
            )]
            let heads = (part + 1e-6) as u32;
            heads
        };
        self.parts(choice)
            .values()
            .map(|parts| parts.iter().map(whole).collect())
            .collect()
    }

    /// The same groups with a column for every cell, a head each, and nothing that ties them together; no cell in which these heads have somebody is given
    /// up.
    #[must_use]
    pub fn by_heads(&self, grid: &Grid, heads: &Heads) -> Self {
        let cells = self.columns.iter().flat_map(|column| &column.cells);
        let groups: BTreeSet<GroupId> = cells.map(|cell| cell.0).collect();
        let cells = groups
            .iter()
            .flat_map(|&group| grid.used().map(move |slot| (group, slot)));
        let column = |(group, slot): (GroupId, usize)| Column {
            cost: grid.cost[group][slot],
            min: heads[group][slot].min(1),
            max: u32::MAX,
            cells: vec![(group, slot, 1.0)],
        };
        Self {
            columns: cells.map(column).collect(),
            rules: Vec::new(),
            fixed: self.fixed.clone(),
        }
    }

    /// These heads as a choice among single heads.
    pub fn choice_of(&self, heads: &Heads) -> Choice {
        let of_column = |column: &Column| {
            let (group, slot, _) = column.cells[0];
            heads[group][slot]
        };
        self.columns.iter().map(of_column).collect()
    }

    /// What a choice costs over the horizon, in units of the currency, with the fixed heads.
    pub fn cost(&self, choice: &[u32], grid: &Grid) -> f64 {
        let columns = self.columns.iter().zip(choice);
        let chosen = columns.map(|(column, &taken)| column.cost * f64::from(taken));
        chosen.sum::<f64>() / 1e6 + grid.cost_of(&self.fixed)
    }
}
