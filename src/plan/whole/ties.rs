//! Which columns go together: an agent's with one of each of the day's duties, a duty's with one turn of each break.

use std::collections::BTreeSet;

use crate::ids::GroupId;

use super::super::space::{RuleKind, Space};
use super::landscape::Standing;

/// Columns of which one more is taken with each of certain others.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ties {
    /// Columns that others go with and that go with none.
    pub(super) roots: Vec<usize>,
    /// Columns to choose one of.
    pub(super) sets: Vec<Vec<usize>>,
    /// By column: the sets that one is needed of.
    needs: Vec<Vec<usize>>,
    /// By column: the cells that it or what goes with it puts heads into.
    covers: Vec<BTreeSet<(GroupId, usize)>>,
    /// By set: the cells that its columns change.
    touched: Vec<BTreeSet<(GroupId, usize)>>,
}

/// Columns that were put, each one more or one fewer.
pub(super) type Done = Vec<(usize, bool)>;

impl Ties {
    /// Those of a space, by its rules of the form "as many of these as of those".
    pub(super) fn of(space: &Space) -> Self {
        let mut needs = vec![Vec::new(); space.columns.len()];
        let mut is_root = vec![true; space.columns.len()];
        let mut sets = Vec::new();
        for rule in space
            .rules
            .iter()
            .filter(|rule| rule.kind == RuleKind::Balance)
        {
            let mut set = Vec::new();
            for &(column, weight) in &rule.terms {
                if weight > 0.0 {
                    is_root[column] = false;
                    set.push(column);
                } else {
                    needs[column].push(sets.len());
                }
            }
            sets.push(set);
        }
        let columns = 0..space.columns.len();
        let mut ties = Self {
            roots: columns.filter(|&column| is_root[column]).collect(),
            sets,
            needs,
            covers: Vec::new(),
            touched: Vec::new(),
        };
        let columns = 0..space.columns.len();
        ties.covers = columns.map(|column| ties.cells_of(space, column)).collect();
        let changed = |set: &Vec<usize>| {
            let cells = set.iter().flat_map(|&column| &space.columns[column].cells);
            cells.map(|cell| (cell.0, cell.1)).collect()
        };
        ties.touched = ties.sets.iter().map(changed).collect();
        ties
    }

    fn cells_of(&self, space: &Space, column: usize) -> BTreeSet<(GroupId, usize)> {
        let own = space.columns[column].cells.iter();
        let own = own.filter(|cell| cell.2 > 0.0).map(|cell| (cell.0, cell.1));
        let with_it = self.needs[column]
            .iter()
            .flat_map(|&set| &self.sets[set])
            .flat_map(|&column| self.cells_of(space, column));
        own.chain(with_it).collect()
    }

    /// All sets, by their number.
    pub(super) fn all_sets(&self) -> Vec<usize> {
        (0..self.sets.len()).collect()
    }

    /// The sets of which something is put into cells that some columns reach too.
    pub(super) fn sets_beside(&self, roots: &[usize]) -> Vec<usize> {
        let mut beside = self.all_sets();
        beside.retain(|&set| {
            let mut cells = self.touched[set].iter();
            cells.any(|&cell| roots.iter().any(|&root| self.covers(root, cell)))
        });
        beside
    }

    /// All cells that some column puts heads into.
    pub(super) fn cells(&self) -> BTreeSet<(GroupId, usize)> {
        self.covers.iter().flatten().copied().collect()
    }

    /// Whether a column, or what goes with it, puts heads into a cell.
    pub(super) fn covers(&self, column: usize, cell: (GroupId, usize)) -> bool {
        self.covers[column].contains(&cell)
    }

    /// Takes one more of a column, or one fewer, with all that goes with it, each where it costs least. Says whether it could; what was put
    /// stands in `done`.
    pub(super) fn put(
        &self,
        standing: &mut Standing<'_>,
        column: usize,
        more: bool,
        done: &mut Done,
    ) -> bool {
        if !standing.may(column, more) {
            return false;
        }
        standing.put(column, more);
        done.push((column, more));
        self.needs[column].iter().all(|&set| {
            self.cheapest(standing, set, more)
                .is_some_and(|column| self.put(standing, column, more, done))
        })
    }

    /// Of a set, the column that is best put, by itself.
    pub(super) fn cheapest(
        &self,
        standing: &mut Standing<'_>,
        set: usize,
        more: bool,
    ) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for &column in &self.sets[set] {
            if !standing.may(column, more) {
                continue;
            }
            let cost = cost_with(standing, column, more);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, column));
            }
        }
        best.map(|(_, column)| column)
    }
}

/// What it would cost to take one more of a column, or one fewer, by itself.
pub(super) fn cost_with(standing: &mut Standing<'_>, column: usize, more: bool) -> f64 {
    standing.put(column, more);
    let cost = standing.cost;
    standing.put(column, !more);
    cost
}

/// Takes back what was put.
pub(super) fn undo(standing: &mut Standing<'_>, done: &mut Done, to: usize) {
    for (column, more) in done.drain(to..).rev() {
        standing.put(column, !more);
    }
}
