//! From a choice in parts to whole columns: parts are rounded, then whatever lowers the cost most is taken, again and again; then one is
//! left out, and two, and the gap is filled anew, as long as that is cheaper.

use super::super::space::Choice;
use super::landscape::{Landscape, Standing};
use super::ties::{Done, Ties, cost_with, undo};

/// Columns are put so often, a step's work.
pub(in super::super) const WORK: u64 = 1_500_000;
/// Of the columns that could be taken next, so many are looked at with all that goes with them.
const LOOKED_AT: usize = 6;
/// A gap is filled beginning with so many of these.
const FIRSTS: usize = 4;
/// So many that are on duty together are left out together.
const TOGETHER: [usize; 3] = [3, 4, 5];
/// What saves less than this share saves nothing.
const LITTLE: f64 = 1e-9;
/// The search begins from parts rounded down, but for what is nearly a whole number, from those rounded, and from those mostly rounded up.
const ROUNDINGS: [f64; 3] = [1e-6, 0.5, 0.8];

/// The cheapest of the choices of whole columns found from each of these in parts, within so much work each; the best so far where `stop` says
/// that somebody wants it to end.
pub(in super::super) fn near(
    landscape: &Landscape<'_>,
    starts: &[&[f64]],
    work: u64,
    stop: &dyn Fn() -> bool,
) -> Choice {
    let ties = Ties::of(landscape.space);
    let rounded = starts.iter().flat_map(|parts| {
        let rounded = ROUNDINGS.map(|up| whole(parts, up));
        rounded.into_iter()
    });
    let mut rounded: Vec<Choice> = rounded.collect();
    rounded.dedup();
    let found = rounded.iter().map(|choice| {
        let mut search = Search {
            standing: Standing::new(landscape),
            done: Done::new(),
            ties: &ties,
            work,
            stop,
        };
        search.from(choice);
        search.standing
    });
    let cheapest = found.min_by(|one, other| one.cost.total_cmp(&other.cost));
    cheapest.map_or_else(Choice::new, |standing| standing.choice)
}

struct Search<'a> {
    standing: Standing<'a>,
    /// What was put since the last round began.
    done: Done,
    ties: &'a Ties,
    work: u64,
    stop: &'a dyn Fn() -> bool,
}

impl Search<'_> {
    fn from(&mut self, choice: &[u32]) {
        self.take(choice);
        self.fill();
        while self.may_go_on() {
            self.done.clear();
            let is_cheaper = self.exchange(&self.ties.all_sets())
                || self.leave_out_one()
                || self.leave_out_two()
                || self.leave_out_neighbours();
            if !is_cheaper {
                break;
            }
        }
    }

    fn may_go_on(&self) -> bool {
        self.standing.work < self.work && !(self.stop)()
    }

    /// Takes as many of the columns that go with none, and what goes with these.
    fn take(&mut self, choice: &[u32]) {
        for &root in &self.ties.roots {
            while self.standing.choice[root] < choice[root] && self.standing.may(root, true) {
                let begun = self.done.len();
                if !self
                    .ties
                    .put(&mut self.standing, root, true, &mut self.done)
                {
                    undo(&mut self.standing, &mut self.done, begun);
                    break;
                }
            }
        }
        self.done.clear();
    }

    /// Takes what lowers the cost most until nothing does. Says whether anything did.
    fn fill(&mut self) -> bool {
        let mut has_filled = false;
        // Work alone ends no gap half filled.
        while !(self.stop)()
            && let Some(root) = self.best_root()
        {
            let _ = self
                .ties
                .put(&mut self.standing, root, true, &mut self.done);
            has_filled = true;
        }
        has_filled
    }

    /// The column that lowers the cost most with all that goes with it.
    fn best_root(&mut self) -> Option<usize> {
        let before = self.standing.cost;
        let mut best: Option<(f64, usize)> = None;
        for root in self.by_cost() {
            let begun = self.done.len();
            if self
                .ties
                .put(&mut self.standing, root, true, &mut self.done)
            {
                let cost = self.standing.cost;
                let least = best.map_or(before - little(before), |(least, _)| least);
                if cost < least {
                    best = Some((cost, root));
                }
            }
            undo(&mut self.standing, &mut self.done, begun);
        }
        best.map(|(_, root)| root)
    }

    /// The columns that might be taken next: those that cost least by themselves, and all whose worth is in what goes with them.
    fn by_cost(&mut self) -> Vec<usize> {
        let mut costs: Vec<(f64, usize)> = Vec::with_capacity(self.ties.roots.len());
        for &root in &self.ties.roots {
            if self.standing.may(root, true) {
                let cost = if self.standing.landscape.space.columns[root].cells.is_empty() {
                    f64::NEG_INFINITY
                } else {
                    cost_with(&mut self.standing, root, true)
                };
                costs.push((cost, root));
            }
        }
        costs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let sure = costs.iter().filter(|cost| cost.0.is_infinite()).count();
        costs.truncate(sure + LOOKED_AT);
        costs.into_iter().map(|(_, root)| root).collect()
    }

    /// Takes another of a set in the place of one, wherever that is cheaper.
    fn exchange(&mut self, sets: &[usize]) -> bool {
        let mut is_cheaper = false;
        for &set in sets {
            for at in 0..self.ties.sets[set].len() {
                let column = self.ties.sets[set][at];
                if self.standing.choice[column] > 0 && self.may_go_on() {
                    is_cheaper |= self.tried(|search| search.exchange_one(set, column));
                }
            }
        }
        is_cheaper
    }

    fn exchange_one(&mut self, set: usize, column: usize) -> bool {
        let ties = self.ties;
        let (standing, done) = (&mut self.standing, &mut self.done);
        ties.put(standing, column, false, done)
            && ties
                .cheapest(standing, set, true)
                .is_some_and(|other| ties.put(standing, other, true, done))
    }

    fn leave_out_one(&mut self) -> bool {
        let mut is_cheaper = false;
        for root in self.taken() {
            is_cheaper |= self.without(&[root]);
        }
        is_cheaper
    }

    fn leave_out_two(&mut self) -> bool {
        let taken = self.taken();
        for (place, &one) in taken.iter().enumerate() {
            for &other in &taken[place..] {
                if !self.may_go_on() {
                    return false;
                }
                if self.without(&[one, other]) {
                    return true;
                }
            }
        }
        false
    }

    /// Leaves out some that are on duty at the same time.
    fn leave_out_neighbours(&mut self) -> bool {
        for many in TOGETHER {
            for cell in self.ties.cells() {
                let taken = self.taken().into_iter();
                let there: Vec<usize> =
                    taken.filter(|&root| self.ties.covers(root, cell)).collect();
                for some in there.windows(many) {
                    if !self.may_go_on() {
                        return false;
                    }
                    if self.without(some) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Leaves out one of each of these, moves what goes with the others and fills the gap, where that is cheaper: with what lowers the cost most,
    /// or beginning with one of the next best.
    fn without(&mut self, roots: &[usize]) -> bool {
        (0..FIRSTS).any(|first| self.tried(|search| search.replaced(roots, first)))
    }

    fn replaced(&mut self, roots: &[usize], first: usize) -> bool {
        if !self.may_go_on() {
            return false;
        }
        for &root in roots {
            if !self
                .ties
                .put(&mut self.standing, root, false, &mut self.done)
            {
                return false;
            }
        }
        if first > 0 {
            let next_best = self.by_cost().get(first).copied();
            let is_put = next_best.is_some_and(|root| {
                self.ties
                    .put(&mut self.standing, root, true, &mut self.done)
            });
            if !is_put {
                return false;
            }
        }
        let beside = self.ties.sets_beside(roots);
        self.exchange(&beside);
        if self.fill() {
            self.exchange(&beside);
        }
        true
    }

    /// Keeps what a change does where it can be made and is cheaper, else takes it back.
    fn tried(&mut self, change: impl FnOnce(&mut Self) -> bool) -> bool {
        let (before, begun) = (self.standing.cost, self.done.len());
        let is_kept = change(self) && self.standing.cost < before - little(before);
        if !is_kept {
            undo(&mut self.standing, &mut self.done, begun);
        }
        is_kept
    }

    /// The columns of which some are taken, without those that go with others.
    fn taken(&self) -> Vec<usize> {
        let roots = self.ties.roots.iter().copied();
        roots
            .filter(|&root| self.standing.choice[root] > 0)
            .collect()
    }
}

/// Parts as whole numbers, those above the next whole number less `up` rounded up.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and bounded by the columns' limits"
)]
fn whole(parts: &[f64], up: f64) -> Choice {
    let whole = |part: &f64| (part + up).max(0.0) as u32;
    parts.iter().map(whole).collect()
}

fn little(cost: f64) -> f64 {
    LITTLE * cost.abs().max(1.0)
}
