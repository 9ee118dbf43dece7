//! Shift patterns as columns: agents by the work that they keep to and their days on, their duties where these may differ from day to day,
//! and breaks by when they begin. Rules tie them together, so that agents can be given their duties, and duties their breaks, afterwards
//! (after Aykin, Optimal shift scheduling with multiple break windows, Management Science 42(4), 1996).

use crate::ids::GroupId;
use crate::scenario::model::{Model, Planned};
use crate::scenario::pattern::{Days, Duty, Pattern};
use crate::time::SimDuration;

use super::super::grid::{Grid, Heads};
use super::super::space::{Column, Rule, RuleKind, Space};

/// The most of one column.
const MOST: u32 = 10_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 50_000;

/// What a column is. All places count from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Agents of a group who keep to a work of a pattern.
    Agents {
        /// The pattern, the group and the work within the pattern.
        of: Of,
        /// The days on, from Monday; of a horizon of one day only the first place counts.
        week: [bool; 7],
    },
    /// Duties on one day, where a work has several.
    Duties {
        /// Whose.
        of: Of,
        /// The duty within the work.
        duty: usize,
        /// The day, from Monday.
        day: usize,
    },
    /// Breaks of duties on one day.
    Breaks {
        /// Whose.
        of: Of,
        /// The duty within the work.
        duty: usize,
        /// The day, from Monday.
        day: usize,
        /// The break within the duty.
        pause: usize,
        /// The beginning, of those that there are.
        turn: usize,
    },
}

/// Whose a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Of {
    /// The pattern.
    pub pattern: usize,
    /// The group.
    pub group: GroupId,
    /// The work within the pattern.
    pub work: usize,
}

/// All columns with what they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// To choose among.
    pub space: Space,
    /// By column.
    pub parts: Vec<Part>,
}

/// The days of a grid.
#[derive(Debug, Clone, Copy)]
pub struct Week<'a> {
    grid: &'a Grid,
    /// The weekday of the one day of a grid without weekdays.
    only: usize,
}

impl<'a> Week<'a> {
    /// The days of this model's grid.
    pub fn new(model: &Model, grid: &'a Grid) -> Self {
        let first = model.calendar.days().first();
        Self {
            grid,
            only: first.map_or(0, |day| usize::from(day.weekday)),
        }
    }

    /// How many days there are.
    pub fn days(&self) -> usize {
        if self.grid.by_weekday { 7 } else { 1 }
    }

    /// Whether these days on have a day of the grid.
    pub fn is_on(&self, week: &[bool; 7], day: usize) -> bool {
        week[if self.grid.by_weekday { day } else { self.only }]
    }

    /// Whether a duty of these days reaches into the grid's only day from the evening before.
    fn has_eve(&self, week: [bool; 7]) -> bool {
        self.grid.by_weekday || week[(self.only + 6) % 7]
    }

    /// The cells of a stretch of a day: slot and part of it. What reaches past midnight is the next day's, after Sunday Monday's.
    fn cells(
        &self,
        day: usize,
        from: SimDuration,
        to: SimDuration,
        eve: bool,
    ) -> Vec<(usize, f64)> {
        let step = self.grid.interval.0;
        let first = (day * self.grid.a_day) as u64 * step;
        let (from, to) = (first + from.0, first + to.0);
        let slots = (self.days() * self.grid.a_day) as u64;
        (from / step..to.div_ceil(step))
            .filter(|&slot| eve || slot < slots)
            .map(|slot| {
                let overlap = to.min((slot + 1) * step) - from.max(slot * step);
                let slot = usize::try_from(slot % slots).unwrap_or(0);
                (slot, overlap as f64 / step as f64)
            })
            .collect()
    }
}

/// The columns of all patterns. Groups whose staff is fixed, and those of no pattern, keep the heads that the file gives them.
pub fn columns(model: &Model, grid: &Grid, of_file: &Heads) -> Columns {
    let mut builder = Builder {
        week: Week::new(model, grid),
        grid,
        columns: Columns {
            space: Space {
                columns: Vec::new(),
                rules: Vec::new(),
                fixed: of_file.clone(),
            },
            parts: Vec::new(),
        },
    };
    for (place, pattern) in model.patterns.iter().enumerate() {
        builder.pattern(model, place, pattern);
    }
    for group in model.groups.ids() {
        builder.limits(model, group);
    }
    builder.columns
}

struct Builder<'a> {
    week: Week<'a>,
    grid: &'a Grid,
    columns: Columns,
}

/// What a stretch of duty is worth to the grid.
struct Worth {
    cells: Vec<(GroupId, usize, f64)>,
    cost: f64,
}

impl Builder<'_> {
    fn pattern(&mut self, model: &Model, place: usize, pattern: &Pattern) {
        let first = self.columns.parts.len();
        for &group in &pattern.groups {
            if model.groups[group].plan == Planned::Fixed {
                continue;
            }
            self.columns.space.fixed[group].fill(0);
            for work in 0..pattern.works.len() {
                let of = Of {
                    pattern: place,
                    group,
                    work,
                };
                if self.columns.parts.len() <= MOST_COLUMNS {
                    self.work(pattern, of);
                }
            }
        }
        self.agents(pattern, first);
    }

    /// The agents of a work, their duties and breaks.
    fn work(&mut self, pattern: &Pattern, of: Of) {
        let work = &pattern.works[of.work];
        let weeks: Vec<[bool; 7]> = match &work.days {
            Days::Weeks(weeks) => weeks.clone(),
            Days::Each(days) => (0..7)
                .filter(|&day| days[day])
                .map(|on| std::array::from_fn(|day| day == on))
                .collect(),
        };
        let every = weeks.iter().fold([false; 7], |all, week| {
            std::array::from_fn(|day| all[day] || week[day])
        });
        let one = (work.duties.len() == 1).then(|| &work.duties[0]);
        let mut agents: Vec<(usize, [bool; 7])> = Vec::new();
        for week in weeks {
            let same = |other: &[bool; 7]| {
                let is_on = |day| self.week.is_on(other, day) == self.week.is_on(&week, day);
                (0..self.week.days()).all(is_on)
            };
            if agents.iter().any(|(_, other)| same(other)) {
                continue;
            }
            let days = (0..self.week.days()).filter(|&day| self.week.is_on(&week, day));
            let worths = days.filter_map(|day| {
                let worth = self.duty(of.group, one?, day, self.week.has_eve(every));
                Some(worth)
            });
            let worth = sum(worths);
            let has_day = (0..self.week.days()).any(|day| self.week.is_on(&week, day));
            let is_useful = worth.cells.iter().any(|cell| self.grid.hours[cell.1] > 0.0);
            if has_day && (is_useful || one.is_none()) {
                agents.push((self.add(worth, Part::Agents { of, week }), week));
            }
        }
        for day in 0..self.week.days() {
            let on: Vec<usize> = agents
                .iter()
                .filter(|(_, week)| self.week.is_on(week, day))
                .map(|(column, _)| *column)
                .collect();
            if !on.is_empty() {
                self.day(&work.duties, of, day, &on, self.week.has_eve(every));
            }
        }
    }

    /// The duties and breaks of the agents of some columns on one day.
    fn day(&mut self, duties: &[Duty], of: Of, day: usize, on: &[usize], eve: bool) {
        let mut given = Vec::new();
        for (place, duty) in duties.iter().enumerate() {
            let who = if duties.len() == 1 {
                on.to_vec()
            } else {
                let worth = self.duty(of.group, duty, day, eve);
                let part = Part::Duties {
                    of,
                    duty: place,
                    day,
                };
                let column = self.add(worth, part);
                given.push(column);
                vec![column]
            };
            for (pause, one) in duty.pauses.iter().enumerate() {
                if one.beginnings().count() < 2 {
                    continue;
                }
                let mut turns = Vec::new();
                for (turn, from) in one.beginnings().enumerate() {
                    let away = (duty.start + from, duty.start + from + one.length);
                    let worth = self.away(of.group, day, away, one.is_paid, eve);
                    let part = Part::Breaks {
                        of,
                        duty: place,
                        day,
                        pause,
                        turn,
                    };
                    turns.push(self.add(worth, part));
                }
                self.balance(&turns, &who);
            }
        }
        if !given.is_empty() {
            self.balance(&given, on);
        }
    }

    /// As many of the ones as of the others.
    fn balance(&mut self, ones: &[usize], others: &[usize]) {
        let ones = ones.iter().map(|&column| (column, 1.0));
        let others = others.iter().map(|&column| (column, -1.0));
        self.columns.space.rules.push(Rule {
            kind: RuleKind::Balance,
            terms: ones.chain(others).collect(),
            min: 0.0,
            max: 0.0,
        });
    }

    /// A duty without the breaks whose beginning is open.
    fn duty(&self, group: GroupId, duty: &Duty, day: usize, eve: bool) -> Worth {
        let whole = self.stretch(group, day, (duty.start, duty.start + duty.length), 1.0, eve);
        let known = duty.pauses.iter().filter_map(|pause| {
            let mut beginnings = pause.beginnings();
            let from = duty.start + beginnings.next()?;
            let away = (from, from + pause.length);
            let is_open = beginnings.next().is_some();
            (!is_open).then(|| self.away(group, day, away, pause.is_paid, eve))
        });
        sum(std::iter::once(whole).chain(known))
    }

    /// A break: heads that are missing, and what is not paid.
    fn away(
        &self,
        group: GroupId,
        day: usize,
        away: (SimDuration, SimDuration),
        is_paid: bool,
        eve: bool,
    ) -> Worth {
        let mut worth = self.stretch(group, day, away, -1.0, eve);
        if is_paid {
            worth.cost = 0.0;
        }
        worth
    }

    fn stretch(
        &self,
        group: GroupId,
        day: usize,
        (from, to): (SimDuration, SimDuration),
        heads: f64,
        eve: bool,
    ) -> Worth {
        let cells = self.week.cells(day, from, to, eve);
        let cost = |&(slot, part): &(usize, f64)| part * self.grid.cost[group][slot];
        Worth {
            cost: heads * cells.iter().map(cost).sum::<f64>(),
            cells: cells
                .into_iter()
                .map(|(slot, part)| (group, slot, heads * part))
                .collect(),
        }
    }

    fn add(&mut self, worth: Worth, part: Part) -> usize {
        self.columns.parts.push(part);
        self.columns.space.columns.push(Column {
            cost: worth.cost,
            min: 0,
            max: MOST,
            cells: worth.cells,
        });
        self.columns.parts.len() - 1
    }

    /// How many agents a pattern has, in the columns from `first` on.
    fn agents(&mut self, pattern: &Pattern, first: usize) {
        if pattern.min == 0 && pattern.max.is_none() {
            return;
        }
        let by_week = pattern
            .works
            .iter()
            .any(crate::scenario::pattern::Work::is_by_week);
        let days = if by_week { 1 } else { self.week.days() };
        for day in 0..days {
            let parts = self.columns.parts.iter().enumerate().skip(first);
            let agents = parts.filter_map(|(column, part)| match part {
                Part::Agents { week, .. } if by_week || self.week.is_on(week, day) => {
                    Some((column, 1.0))
                }
                _ => None,
            });
            let rule = Rule {
                kind: RuleKind::Limit,
                terms: agents.collect(),
                min: f64::from(pattern.min),
                max: pattern.max.map_or(f64::INFINITY, f64::from),
            };
            if !rule.terms.is_empty() {
                self.columns.space.rules.push(rule);
            }
        }
    }

    /// The limits of a group's heads in every slot.
    fn limits(&mut self, model: &Model, group: GroupId) {
        let Planned::Within { min, max } = model.groups[group].plan else {
            return;
        };
        let is_planned = model
            .patterns
            .iter()
            .any(|pattern| pattern.groups.contains(&group));
        if (min == 0 && max == u32::MAX) || !is_planned {
            return;
        }
        let mut by_slot = vec![Vec::new(); self.grid.slots()];
        for (column, of) in self.columns.space.columns.iter().enumerate() {
            for &(of_group, slot, heads) in &of.cells {
                if of_group == group {
                    by_slot[slot].push((column, heads));
                }
            }
        }
        for slot in self.grid.used() {
            self.columns.space.rules.push(Rule {
                kind: RuleKind::Limit,
                terms: std::mem::take(&mut by_slot[slot]),
                min: f64::from(min),
                max: if max == u32::MAX {
                    f64::INFINITY
                } else {
                    f64::from(max)
                },
            });
        }
    }
}

/// All of them together, cell by cell.
fn sum(worths: impl Iterator<Item = Worth>) -> Worth {
    let mut cells = std::collections::BTreeMap::new();
    let mut cost = 0.0;
    for worth in worths {
        cost += worth.cost;
        for (group, slot, heads) in worth.cells {
            *cells.entry((group, slot)).or_insert(0.0) += heads;
        }
    }
    let cells = cells
        .into_iter()
        .filter(|(_, heads): &(_, f64)| heads.abs() > 1e-9);
    Worth {
        cells: cells
            .map(|((group, slot), heads)| (group, slot, heads))
            .collect(),
        cost,
    }
}
