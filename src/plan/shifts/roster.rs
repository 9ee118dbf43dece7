//! Named agents for the duties that were chosen: who works when, and when each has a break.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::{GroupId, Id};
use crate::scenario::model::{Model, Planned, Staffing};
use crate::scenario::pattern::{Duty, Pattern};
use crate::scenario::roster::{RosterActivity, RosterRow, staff};
use crate::time::SimDuration;
use crate::time::profile::Profile;

use super::super::grid::Grid;
use super::columns::{Columns, Of, Part, Week};

/// One agent and the duties of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// What the agent is called.
    pub name: String,
    /// The pattern and the group.
    pub of: Of,
    /// By day from Monday; of a horizon of one day the first alone.
    pub days: Vec<Option<Given>>,
}

/// A duty that an agent is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The work within the pattern.
    pub work: usize,
    /// The duty within the work.
    pub duty: usize,
    /// When each of its breaks begins, since the duty does.
    pub breaks: Vec<SimDuration>,
}

impl Given {
    /// What it is.
    pub fn of<'a>(&self, pattern: &'a Pattern) -> &'a Duty {
        &pattern.works[self.work].duties[self.duty]
    }
}

/// Duties of one day that nobody has yet, by work and day.
type Unnamed = BTreeMap<(Of, usize), Vec<Given>>;

/// Gives agents the duties of a choice that keeps to all rules.
pub fn agents(model: &Model, grid: &Grid, columns: &Columns, choice: &[u32]) -> Vec<Agent> {
    let week = Week::new(model, grid);
    let mut unnamed = unnamed(model, week, columns, choice);
    let mut agents = Vec::new();
    let mut names = Names::default();
    for (place, pattern) in model.patterns.iter().enumerate() {
        for &group in &pattern.groups {
            let first = agents.len();
            let parts = columns.parts.iter().zip(choice);
            for (part, &taken) in parts {
                let Part::Agents { of, week: on } = *part else {
                    continue;
                };
                if of.pattern != place || of.group != group {
                    continue;
                }
                for _ in 0..taken {
                    let take = |day: usize| {
                        let is_on = week.is_on(&on, day);
                        is_on.then(|| unnamed.get_mut(&(of, day))?.pop()).flatten()
                    };
                    let days = (0..week.days()).map(take).collect();
                    if pattern.works[of.work].is_by_week() {
                        agents.push((of, days));
                    } else {
                        join(pattern, (of, days), &mut agents, first);
                    }
                }
            }
        }
    }
    agents
        .into_iter()
        .map(|(of, days)| Agent {
            name: names.next(model, of),
            of,
            days,
        })
        .collect()
}

/// A duty of a single day goes to the first agent of the pattern who may have it; where nobody may, to a new one.
fn join(
    pattern: &Pattern,
    (of, days): (Of, Vec<Option<Given>>),
    agents: &mut Vec<(Of, Vec<Option<Given>>)>,
    first: usize,
) {
    let may_have = |known: &Vec<Option<Given>>| {
        let both: Vec<Option<&Given>> = known
            .iter()
            .zip(&days)
            .map(|(one, other)| one.as_ref().or(other.as_ref()))
            .collect();
        let apart = known.iter().zip(&days);
        let mut apart = apart.map(|(one, other)| one.is_none() || other.is_none());
        apart.all(|apart| apart) && keeps(pattern, &both)
    };
    match agents[first..]
        .iter_mut()
        .find(|(_, known)| may_have(known))
    {
        Some((_, known)) => {
            for (mine, new) in known.iter_mut().zip(days) {
                if new.is_some() {
                    *mine = new;
                }
            }
        }
        None => agents.push((of, days)),
    }
}

/// Whether a week's duties keep to the pattern's rules; the next week is the same.
pub fn keeps(pattern: &Pattern, days: &[Option<&Given>]) -> bool {
    if days.len() < 7 {
        return true;
    }
    let rest = |day: usize| {
        let (Some(one), Some(next)) = (days[day], days[(day + 1) % 7]) else {
            return true;
        };
        let (one, next) = (one.of(pattern), next.of(pattern));
        one.start.0 + one.length.0 + pattern.rules.rest.0 <= SimDuration::DAY.0 + next.start.0
    };
    let week: [bool; 7] = std::array::from_fn(|day| days[day].is_some());
    let in_a_row = crate::scenario::pattern::longest(&week, true);
    (0..7).all(rest) && in_a_row <= u64::from(pattern.rules.days_in_a_row)
}

/// By whose duty, when it begins and which break: how many take it when.
type Turns = BTreeMap<(Of, usize, usize, usize), Vec<(usize, u32)>>;

/// All duties of a choice, with their breaks; the last of each list goes to the first agent.
fn unnamed(model: &Model, week: Week<'_>, columns: &Columns, choice: &[u32]) -> Unnamed {
    let mut duties: BTreeMap<(Of, usize, usize), u32> = BTreeMap::new();
    let mut turns: Turns = BTreeMap::new();
    for (part, &taken) in columns.parts.iter().zip(choice) {
        match *part {
            Part::Agents { of, week: on } => {
                if model.patterns[of.pattern].works[of.work].duties.len() == 1 {
                    for day in (0..week.days()).filter(|&day| week.is_on(&on, day)) {
                        *duties.entry((of, day, 0)).or_default() += taken;
                    }
                }
            }
            Part::Duties { of, duty, day } => {
                *duties.entry((of, day, duty)).or_default() += taken;
            }
            Part::Breaks {
                of,
                duty,
                day,
                pause,
                turn,
            } => {
                let key = (of, day, duty, pause);
                turns.entry(key).or_default().push((turn, taken));
            }
        }
    }
    let mut unnamed = Unnamed::new();
    for ((of, day, duty), many) in duties {
        let pauses = &model.patterns[of.pattern].works[of.work].duties[duty].pauses;
        for number in 0..many {
            let begins = |(pause, one): (usize, &crate::scenario::pattern::Pause)| {
                let turns = turns.get(&(of, day, duty, pause));
                let turn = turns.map_or(0, |turns| turn_of(turns, number));
                one.beginnings().nth(turn).unwrap_or(one.after)
            };
            let breaks = pauses.iter().enumerate().map(begins).collect();
            unnamed.entry((of, day)).or_default().push(Given {
                work: of.work,
                duty,
                breaks,
            });
        }
    }
    for duties in unnamed.values_mut() {
        duties.reverse();
    }
    unnamed
}

/// The turn of one of the agents of a duty.
fn turn_of(turns: &[(usize, u32)], number: u32) -> usize {
    let mut left = number;
    for &(turn, taken) in turns {
        if left < taken {
            return turn;
        }
        left -= taken;
    }
    0
}

/// Names, each given once.
#[derive(Default)]
struct Names {
    given: BTreeSet<String>,
    by_group: BTreeMap<usize, usize>,
}

impl Names {
    /// The next of the pattern's own that nobody has; where there is none, the group's with a number that no name of the file takes.
    fn next(&mut self, model: &Model, of: Of) -> String {
        let mut own = model.patterns[of.pattern].names.iter();
        let own = own.find(|name| !self.given.contains(*name));
        let name = own
            .cloned()
            .unwrap_or_else(|| self.numbered(model, of.group));
        self.given.insert(name.clone());
        name
    }

    fn numbered(&mut self, model: &Model, group: GroupId) -> String {
        loop {
            let number = self.by_group.entry(group.index()).or_default();
            *number += 1;
            let name = format!("{} {number}", model.groups[group].name.text);
            let mut written = model.patterns.iter().flat_map(|pattern| &pattern.names);
            if !self.given.contains(&name) && !written.any(|written| *written == name) {
                return name;
            }
        }
    }
}

/// The rows of all agents over the horizon, in order of agent and time: the week again and again, from the evening before the first day.
pub fn rows(model: &Model, agents: &[Agent]) -> Vec<RosterRow> {
    let calendar = &model.calendar;
    let first = calendar.days().first().map(|day| day.date);
    let eve = first.and_then(|date| date.yesterday().ok());
    let dates: Vec<_> = eve
        .into_iter()
        .chain(calendar.days().iter().map(|day| day.date))
        .collect();
    let mut rows = Vec::new();
    for agent in agents {
        let pattern = &model.patterns[agent.of.pattern];
        for date in &dates {
            let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
            let day = if agent.days.len() == 1 { 0 } else { weekday };
            let Some(given) = &agent.days[day] else {
                continue;
            };
            if !is_on(pattern, given, weekday) {
                continue;
            }
            let duty = given.of(pattern);
            let Some(begins) = calendar.local(*date, duty.start) else {
                continue;
            };
            let at_clock = |offset: SimDuration| calendar.local(*date, duty.start + offset);
            let Some(ends) = at_clock(duty.length) else {
                continue;
            };
            if ends <= crate::time::SimTime::START || begins >= calendar.end() {
                continue;
            }
            // By the wall clock, as patterns are written: where it is put on an hour, so much less is worked.
            let mut row = |from: SimDuration, to: SimDuration, activity| {
                let (Some(from), Some(to)) = (at_clock(from), at_clock(to)) else {
                    return;
                };
                if from < to {
                    rows.push(RosterRow {
                        agent: agent.name.clone(),
                        group: model.groups[agent.of.group].name.text.clone(),
                        from,
                        to,
                        activity,
                    });
                }
            };
            for (from, to, activity) in stretches(duty, &given.breaks) {
                row(from, to, activity);
            }
        }
    }
    rows
}

/// What is done from when to when, since a duty begins: work, and the breaks that begin at these times.
fn stretches(
    duty: &Duty,
    breaks: &[SimDuration],
) -> Vec<(SimDuration, SimDuration, RosterActivity)> {
    let mut stretches = Vec::new();
    let mut at = SimDuration::ZERO;
    for (pause, &from) in duty.pauses.iter().zip(breaks) {
        if from > at {
            stretches.push((at, from, RosterActivity::Work));
        }
        at = from + pause.length;
        let activity = if pause.is_paid {
            RosterActivity::Break
        } else {
            RosterActivity::Lunch
        };
        stretches.push((from, at, activity));
    }
    if duty.length > at {
        stretches.push((at, duty.length, RosterActivity::Work));
    }
    stretches
}

/// Whether a group's staff is planned by patterns.
pub fn is_by_pattern(model: &Model, group: GroupId) -> bool {
    let mut patterns = model.patterns.iter();
    model.groups[group].plan != Planned::Fixed
        && patterns.any(|pattern| pattern.groups.contains(&group))
}

/// Paid hours of a group's roster within the counted horizon.
pub fn paid_h(model: &Model, rows: &[RosterRow], group: &str) -> f64 {
    let own = rows.iter().filter(|row| row.group == group);
    let paid = own.filter(|row| row.activity != RosterActivity::Lunch);
    let counted = paid.map(|row| {
        let (from, to) = (
            row.from.max(model.warm_up),
            row.to.min(model.calendar.end()),
        );
        if from < to {
            to.since(from).as_hours()
        } else {
            0.0
        }
    });
    counted.sum()
}

/// Whether the work of a duty may be on a weekday at all: matters for the evening before a horizon of one day.
fn is_on(pattern: &Pattern, given: &Given, weekday: usize) -> bool {
    use crate::scenario::pattern::Days;
    match &pattern.works[given.work].days {
        Days::Each(days) => days[weekday],
        Days::Weeks(weeks) => weeks.iter().any(|week| week[weekday]),
    }
}

/// A choice as the roster that it makes: the model on a step that meets every beginning and end, with that staffing. Groups without patterns
/// keep `others`; `None` where a day lies outside the dates that can be.
pub fn worked(
    model: &Model,
    others: &Staffing,
    grid: &Grid,
    columns: &Columns,
    choice: &[u32],
) -> Option<(Model, Staffing)> {
    let agents = agents(model, grid, columns, choice);
    staffing(model, &rows(model, &agents), others)
}

/// The model on a step that meets every beginning and end of the roster, with the staffing that the roster is. Groups without rows keep `others`.
pub fn staffing(model: &Model, rows: &[RosterRow], others: &Staffing) -> Option<(Model, Staffing)> {
    let mut model = model.clone();
    let mut staffing = others.clone();
    let mut step = model.calendar.step();
    for (id, group) in model.groups.iter() {
        if !is_by_pattern(&model, id) {
            continue;
        }
        let own: Vec<RosterRow> = rows
            .iter()
            .filter(|row| row.group == group.name.text)
            .cloned()
            .collect();
        if own.is_empty() {
            staffing.heads[id] = Profile::Constant(0);
            staffing.duties[id] = None;
            continue;
        }
        let (heads, duties) = staff(&own, &model.calendar);
        step = SimDuration(gcd(step.0, heads.step().map_or(step.0, |step| step.0)));
        staffing.heads[id] = heads;
        staffing.duties[id] = Some(duties);
    }
    model.calendar = model.calendar.with_step(step)?;
    Some((model, staffing))
}

fn gcd(one: u64, other: u64) -> u64 {
    if other == 0 {
        one
    } else {
        gcd(other, one % other)
    }
}
