//! What heads in cells are worth: money, goals that are met by the slopes, and how far they may be from where the slopes were measured.

use crate::ids::{GroupId, Id};

use super::super::space::{Choice, Column, RuleKind, Space};

/// A rule that is broken costs so many times a head beyond a limit: never worth it.
const FORBIDDEN: f64 = 1_000.0;

/// What is left over of goals counts so much of a column's cost at most: enough to tell choices of the same cost apart.
const BESIDE: f64 = 0.01;

/// What heads of a cell do to a goal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Effect {
    /// The goal.
    pub(in super::super) goal: usize,
    /// By how much its surplus grows with a head more than `now`.
    pub(in super::super) gain: f64,
    /// By how much it shrinks with a head fewer.
    pub(in super::super) loss: f64,
}

/// A cell: a group in a slot.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Cell {
    /// The heads from which changes count.
    pub(in super::super) now: f64,
    /// Heads may change by so many; may be infinite.
    pub(in super::super) reach: f64,
    /// What a change does.
    pub(in super::super) effects: Vec<Effect>,
}

/// What heads are worth.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Landscape<'a> {
    /// What can be taken.
    pub(in super::super) space: &'a Space,
    /// By group and slot.
    pub(in super::super) cells: Vec<Vec<Cell>>,
    /// By goal: what is left over with the heads of `now`.
    pub(in super::super) spare: Vec<f64>,
    /// By goal: what a missing unit costs.
    pub(in super::super) prices: Vec<f64>,
    /// What a head beyond a limit costs.
    pub(in super::super) dear: f64,
}

/// A choice and what it is worth, kept up to date column by column.
#[derive(Debug, Clone)]
pub(super) struct Standing<'a> {
    pub(super) landscape: &'a Landscape<'a>,
    pub(super) choice: Choice,
    /// What it costs, with what is missing and what is beyond limits.
    pub(super) cost: f64,
    /// Columns put so far.
    pub(super) work: u64,
    heads: Vec<Vec<f64>>,
    surplus: Vec<f64>,
    sums: Vec<f64>,
    /// What is left over of a goal counts so much of what is missing.
    beside: f64,
    /// By column: the rules that it counts in, with its weight.
    rules: Vec<Vec<(usize, f64)>>,
}

impl Cell {
    /// How far heads are beyond reach.
    fn beyond(&self, heads: f64) -> f64 {
        ((heads - self.now).abs() - self.reach).max(0.0)
    }
}

impl Effect {
    /// What a change of heads does.
    fn of(&self, change: f64) -> f64 {
        if change >= 0.0 {
            self.gain * change
        } else {
            self.loss * change
        }
    }
}

impl Landscape<'_> {
    /// What is left over of a goal counts so much of what is missing: so little that no column pays by it.
    fn beside(&self) -> f64 {
        let worth = |column: &Column| -> f64 {
            let of_cell = |&(group, slot, heads): &(GroupId, usize, f64)| {
                let effects = self.cells[group.index()][slot].effects.iter();
                let worth =
                    effects.map(|effect| effect.gain.max(effect.loss) * self.prices[effect.goal]);
                heads.max(0.0) * worth.sum::<f64>()
            };
            column.cells.iter().map(of_cell).sum()
        };
        let columns = self.space.columns.iter().filter(|column| column.cost > 0.0);
        let most = columns
            .map(|column| worth(column) / column.cost)
            .fold(0.0, f64::max);
        if most > 0.0 { BESIDE / most } else { 0.0 }
    }
}

impl<'a> Standing<'a> {
    /// Nothing is taken but what must be.
    pub(super) fn new(landscape: &'a Landscape<'a>) -> Self {
        let space = landscape.space;
        let mut rules = vec![Vec::new(); space.columns.len()];
        for (number, rule) in space.rules.iter().enumerate() {
            for &(column, weight) in &rule.terms {
                rules[column].push((number, weight));
            }
        }
        let heads: Vec<Vec<f64>> = space
            .fixed
            .values()
            .map(|heads| heads.iter().map(|&heads| f64::from(heads)).collect())
            .collect();
        let mut standing = Self {
            landscape,
            choice: vec![0; space.columns.len()],
            cost: 0.0,
            work: 0,
            surplus: landscape.spare.clone(),
            sums: vec![0.0; space.rules.len()],
            beside: landscape.beside(),
            heads,
            rules,
        };
        standing.count();
        for (number, column) in space.columns.iter().enumerate() {
            for _ in 0..column.min {
                standing.put(number, true);
            }
        }
        standing
    }

    /// Counts what nothing costs.
    fn count(&mut self) {
        let landscape = self.landscape;
        for (cells, heads) in landscape.cells.iter().zip(&self.heads) {
            for (cell, &heads) in cells.iter().zip(heads) {
                self.cost += landscape.dear * cell.beyond(heads);
                for effect in &cell.effects {
                    self.surplus[effect.goal] += effect.of(heads - cell.now);
                }
            }
        }
        let goals = 0..self.surplus.len();
        self.cost += goals.map(|goal| self.missing(goal)).sum::<f64>();
        let rules = 0..self.sums.len();
        self.cost += rules.map(|rule| self.broken(rule)).sum::<f64>();
    }

    /// What it costs that a goal is missed; less than nothing where it is more than met, so that of choices that cost the same the one is found
    /// that leaves most room.
    fn missing(&self, goal: usize) -> f64 {
        let surplus = self.surplus[goal];
        let share = if surplus > 0.0 { self.beside } else { 1.0 };
        -share * self.landscape.prices[goal] * surplus
    }

    /// What it costs that a rule is broken; those of columns that go together hold by how they are put.
    fn broken(&self, rule: usize) -> f64 {
        let (of, sum) = (&self.landscape.space.rules[rule], self.sums[rule]);
        if of.kind == RuleKind::Balance {
            return 0.0;
        }
        FORBIDDEN * self.landscape.dear * (of.min - sum).max(sum - of.max).max(0.0)
    }

    /// Whether one more of a column, or one fewer, is within its limits.
    pub(super) fn may(&self, column: usize, more: bool) -> bool {
        let (limits, taken) = (&self.landscape.space.columns[column], self.choice[column]);
        if more {
            taken < limits.max
        } else {
            taken > limits.min
        }
    }

    /// Takes one more of a column, or one fewer.
    pub(super) fn put(&mut self, column: usize, more: bool) {
        let landscape = self.landscape;
        self.work += 1;
        let sign = if more {
            self.choice[column] += 1;
            1.0
        } else {
            self.choice[column] -= 1;
            -1.0
        };
        let of = &landscape.space.columns[column];
        self.cost += sign * of.cost;
        for &(group, slot, heads) in &of.cells {
            self.move_heads(group, slot, sign * heads);
        }
        for at in 0..self.rules[column].len() {
            let (rule, weight) = self.rules[column][at];
            self.cost -= self.broken(rule);
            self.sums[rule] += sign * weight;
            self.cost += self.broken(rule);
        }
    }

    fn move_heads(&mut self, group: GroupId, slot: usize, by: f64) {
        let cell = &self.landscape.cells[group.index()][slot];
        let before = self.heads[group.index()][slot];
        let after = before + by;
        self.heads[group.index()][slot] = after;
        let (from, to) = (before - cell.now, after - cell.now);
        self.cost += self.landscape.dear * (cell.beyond(after) - cell.beyond(before));
        for effect in &cell.effects {
            self.cost -= self.missing(effect.goal);
            self.surplus[effect.goal] += effect.of(to) - effect.of(from);
            self.cost += self.missing(effect.goal);
        }
    }
}
