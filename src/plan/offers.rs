//! Joint changes of all heads of one interval, and what each is worth, by simulation: what the slopes of single heads cannot know. Two groups that share a
//! queue are worth more or less together than one by one, and giving up an interval altogether may be cheaper than serving it badly: service gains
//! ever more from the first heads, and only then ever less.

use std::collections::BTreeMap;

use crate::ids::GroupId;
use crate::study::run::RunError;

use super::judge::Verdict;
use super::search::Search;
use super::slope::{Effect, REACH, Slope, Slopes, Tooth, in_slots, is_deferred, teeth};
use super::space::Choice;
use super::tried::Tried;

/// This part of a search's work goes into one look at all offers.
const PART: u64 = 16;
/// With fewer replications than that, the best of many offers is the luckiest one: then there are none.
const LEAST: u64 = 30;

/// Another choice of the heads of one interval.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Offer {
    pub(super) slot: usize,
    /// Columns with how many of each are taken instead.
    pub(super) taken: Vec<(usize, u32)>,
    /// Whether it is far from what is there: half of it, or nothing.
    pub(super) is_far: bool,
    /// What it costs more, in millionths of the currency, without overtime.
    pub(super) cost: f64,
    /// By how much overtime gets dearer, in millionths of the currency.
    pub(super) overtime: f64,
    /// By goal: by how much its surplus changes.
    pub(super) surplus: Vec<f64>,
}

/// What can be had at a choice instead of the heads of each interval.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Offers {
    /// The choice.
    pub(super) at: Choice,
    pub(super) all: Vec<Offer>,
}

/// What becomes of a group's heads.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Change {
    By(i64),
    Halved,
    Gone,
}

/// What becomes of the heads of some groups in an interval.
type Move = Vec<(GroupId, Change)>;

/// By slot: columns that are a head of a group there.
type Columns = BTreeMap<usize, Vec<(GroupId, usize)>>;

/// A staffing in which the heads of cells far apart change in the same way.
struct Comb {
    choice: Choice,
    teeth: Vec<Tooth>,
    is_far: bool,
}

impl Change {
    fn of(self, now: u32) -> u32 {
        match self {
            Self::By(heads) => u32::try_from(i64::from(now) + heads).unwrap_or(0),
            Self::Halved => now / 2,
            Self::Gone => 0,
        }
    }
}

impl Offers {
    /// None where columns are more than a head in an interval, where nothing is promised that is felt within hours, or where there is too little
    /// work to tell them apart. What is promised of deferred work follows the slopes.
    ///
    /// # Errors
    /// See [`Judge::judge`](super::judge::Judge::judge).
    pub(super) fn new(search: &Search<'_>, at: &Tried, slopes: &Slopes) -> Result<Self, RunError> {
        let mut offers = Self {
            at: at.choice.clone(),
            all: Vec::new(),
        };
        let Some(columns) = columns(search) else {
            return Ok(offers);
        };
        let combs = combs(search, at, &columns);
        if combs.is_empty() {
            return Ok(offers);
        }
        let staffings: Vec<_> = std::iter::once(&at.choice)
            .chain(combs.iter().map(|comb| &comb.choice))
            .map(|choice| search.grid.staffing(&search.space.heads(choice)))
            .collect();
        let many = staffings.len() as u64;
        let each = (search.effort.work / PART / many).min(search.effort.verdict);
        if each < LEAST {
            return Ok(offers);
        }
        let mut verdicts = search.judge.judge_all(&staffings, 0..each)?;
        search.done.set(search.done.get() + each * many);
        let base = verdicts.remove(0);
        for (comb, verdict) in combs.iter().zip(&verdicts) {
            for tooth in &comb.teeth {
                for slot in tooth.cells.clone() {
                    let of_slot = columns.get(&slot).map_or(&[][..], Vec::as_slice);
                    let taken = changed(at, &comb.choice, of_slot);
                    if !taken.is_empty() {
                        let mut offer = Offer::new(search, at, slopes, (slot, taken));
                        offer.read(search, tooth, (&base, verdict));
                        offer.is_far = comb.is_far;
                        offers.all.push(offer);
                    }
                }
            }
        }
        Ok(offers)
    }
}

/// `None` where a column is anything but a head in an interval, or a second one of the same.
fn columns(search: &Search<'_>) -> Option<Columns> {
    let mut columns = Columns::new();
    if search.space.is_by_shift() {
        return None;
    }
    for (number, column) in search.space.columns.iter().enumerate() {
        let [(group, slot, heads)] = column.cells[..] else {
            return None;
        };
        let of_slot = columns.entry(slot).or_default();
        let is_other = of_slot.iter().all(|(known, _)| *known != group);
        if (heads - 1.0).abs() > 1e-6 || !is_other {
            return None;
        }
        of_slot.push((group, number));
    }
    Some(columns)
}

fn combs(search: &Search<'_>, at: &Tried, columns: &Columns) -> Vec<Comb> {
    let (model, grid) = (search.judge.model, search.grid);
    let mut promises = search.judge.targets.promises.iter();
    if promises.all(|promise| is_deferred(model, promise)) {
        return Vec::new();
    }
    let mut groups: Vec<GroupId> = columns
        .values()
        .flatten()
        .map(|(group, _)| *group)
        .collect();
    groups.sort_unstable();
    groups.dedup();
    let reach = in_slots(grid, REACH).clamp(2, grid.slots().max(2));
    let mut combs = Vec::new();
    for changes in moves(&groups) {
        for first in 0..reach {
            let teeth = teeth(grid, (first, reach), 1, 1);
            let mut choice = at.choice.clone();
            for slot in teeth.iter().flat_map(|tooth| tooth.cells.clone()) {
                for (group, column) in columns.get(&slot).map_or(&[][..], Vec::as_slice) {
                    let change = changes.iter().find(|(of, _)| of == group);
                    if let Some((_, change)) = change {
                        choice[*column] = change.of(choice[*column]);
                    }
                }
            }
            let choice = search.space.within(&choice);
            if choice != at.choice {
                combs.push(Comb {
                    choice,
                    teeth,
                    is_far: changes
                        .iter()
                        .all(|(_, change)| matches!(change, Change::Halved | Change::Gone)),
                });
            }
        }
    }
    combs
}

/// Each group by some heads or gone, each two by one each, and all of them halved or gone.
fn moves(groups: &[GroupId]) -> Vec<Move> {
    let mut moves = Vec::new();
    for (place, &group) in groups.iter().enumerate() {
        for by in [-3, -2, -1, 1, 2] {
            moves.push(vec![(group, Change::By(by))]);
        }
        if groups.len() > 1 {
            moves.push(vec![(group, Change::Gone)]);
        }
        for &other in &groups[place + 1..] {
            for (by, of_other) in [(-1, -1), (-1, 1), (1, -1), (1, 1)] {
                moves.push(vec![(group, Change::By(by)), (other, Change::By(of_other))]);
            }
        }
    }
    for change in [Change::Halved, Change::Gone] {
        moves.push(groups.iter().map(|&group| (group, change)).collect());
    }
    moves
}

/// The columns of which another number is taken.
fn changed(at: &Tried, choice: &[u32], columns: &[(GroupId, usize)]) -> Vec<(usize, u32)> {
    let columns = columns.iter().map(|&(_, column)| (column, choice[column]));
    columns
        .filter(|&(column, taken)| taken != at.choice[column])
        .collect()
}

impl Offer {
    /// What it costs, and what it does to deferred work by the slopes.
    fn new(
        search: &Search<'_>,
        at: &Tried,
        slopes: &Slopes,
        (slot, taken): (usize, Vec<(usize, u32)>),
    ) -> Self {
        let targets = search.judge.targets;
        let mut surplus = vec![0.0; targets.goals.len()];
        let mut cost = 0.0;
        for &(column, taken) in &taken {
            let of_column = &search.space.columns[column];
            let more = f64::from(taken) - f64::from(at.choice[column]);
            cost += more * of_column.cost;
            let slope: &Slope = &slopes[of_column.cells[0].0][slot];
            for (goal, gain, loss) in slope.by_goal(&search.goal_of) {
                if is_deferred(search.judge.model, targets.promise(&targets.goals[goal])) {
                    surplus[goal] += more * if more > 0.0 { gain } else { loss };
                }
            }
        }
        Self {
            slot,
            taken,
            cost,
            is_far: false,
            overtime: 0.0,
            surplus,
        }
    }

    /// What it does to everything else, as simulated.
    fn read(&mut self, search: &Search<'_>, tooth: &Tooth, (base, changed): (&Verdict, &Verdict)) {
        for slot in tooth.felt.clone() {
            self.overtime += 1e6 * (changed.overtime[slot] - base.overtime[slot]);
        }
        let promises = search.judge.targets.promises.iter().enumerate();
        for (number, promise) in promises {
            if is_deferred(search.judge.model, promise) {
                continue;
            }
            for slot in tooth.felt.clone() {
                let surplus = |verdict: &Verdict| promise.surplus(verdict.slots[number][slot]);
                let effect = Effect {
                    promise: number,
                    slot,
                    surplus: surplus(changed) - surplus(base),
                };
                if let Some(goal) = search.goal_of.goal(&effect) {
                    self.surplus[goal] += effect.surplus;
                }
            }
        }
    }
}
