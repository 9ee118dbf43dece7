//! A scenario with the mix that a plan chose, as a file that can be run.

use super::file::Scenario;
use super::forms::WEEKDAYS;
use super::mix::MixSpace;
use super::model::Staffing;
use super::planned::{Planned, PlannedStaff, entry, heads, of_day};
use super::problem::Problems;
use super::roster::{RosterActivity, RosterRow};
use super::staffing::{AgentDuty, Duties, Span};
use super::tree::{Node, Table, Value};
use crate::time::profile::Profile;
use crate::time::{Calendar, SimDuration, SimTime};

/// Rows of an agent that lie further apart are two duties, see `compile/roster.rs`.
const REST: SimDuration = SimDuration::from_seconds(5 * 3_600);
/// What the mix is called where it stays a variant.
const NAME: &str = "best mix";

/// A mix that was chosen, and how a roster of it is written.
#[expect(missing_debug_implementations, reason = "who writes has none")]
pub struct ChosenMix<'a> {
    /// What could be chosen.
    pub space: &'a MixSpace,
    /// The setup, by its place.
    pub setup: usize,
    /// Who is on duty.
    pub staffing: &'a Staffing,
    /// The name of the file of the roster, beside the scenario.
    pub roster: &'a str,
    /// Writes it.
    pub write: &'a dyn Fn(&[RosterRow], &Calendar) -> Vec<u8>,
}

impl Scenario {
    /// The text of this scenario with a mix as its base; as its only variant where the mix takes queues away, which only a variant can. The
    /// second is the roster that it names: of groups of shifts and rosters which have other agents than in the file. `path` gives the new
    /// path of each data file, `said` the comment at its head.
    ///
    /// # Errors
    /// When the result is not accepted as a scenario.
    pub fn with_mix(
        &self,
        chosen: &ChosenMix<'_>,
        said: &[String],
        path: &dyn Fn(&str) -> String,
    ) -> Result<(Planned, Option<Vec<u8>>), Problems> {
        let variant = chosen.space.setup(chosen.setup);
        let calendar = &variant.model.calendar;
        let (mut staff, mut rows) = (Vec::new(), Vec::new());
        for (id, group) in variant.model.groups.iter() {
            let (own, other) = (&variant.staffing, chosen.staffing);
            if own.heads[id] == other.heads[id] && own.duties[id] == other.duties[id] {
                continue;
            }
            let name = group.name.text.clone();
            let written = match &other.duties[id] {
                Some(duties) if duties.days.iter().any(|day| !day.is_empty()) => {
                    rows.extend(rows_of(&name, duties));
                    let roster = entry("roster", Value::Text(chosen.roster.to_owned()));
                    Value::Table(Table {
                        entries: vec![roster],
                    })
                }
                Some(_) => Value::Integer(0),
                None => of_profile(&other.heads[id], calendar),
            };
            staff.push((name, written));
        }
        let mut table = chosen.space.table(chosen.setup);
        table.put(entry("name", Value::Text(NAME.to_owned())));
        let node = Node {
            span: 0..0,
            value: Value::Table(table),
        };
        let settled = self.settled(Some(&node), &staff, path);
        let roster = (!rows.is_empty()).then(|| (chosen.write)(&rows, calendar));
        let beside = roster.iter().map(|content| (chosen.roster, &content[..]));
        let beside: Vec<(&str, &[u8])> = beside.collect();
        let variant = if settled.stays { NAME } else { "base" };
        let planned = Planned {
            text: self.checked(settled.tree, said, path, &beside)?,
            variant: variant.to_owned(),
        };
        Ok((planned, roster))
    }
}

impl MixSpace {
    /// What a setup changes, by its place.
    fn table(&self, place: usize) -> Table {
        let nodes = self.scenario.variant_nodes();
        let own = nodes.get(nodes.len().saturating_sub(self.setups.len()) + place);
        let mut table = own.and_then(Node::as_table).cloned().unwrap_or_default();
        table.entries.retain(|entry| !is_empty(&entry.node.value));
        table
    }
}

/// Whether there is nothing in a list or a table.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::List(items) => items.is_empty(),
        Value::Table(table) => table.entries.is_empty(),
        _ => false,
    }
}

/// Heads as a file has them: a number, a list by interval of the day, by weekday, or by date.
fn of_profile(profile: &Profile<u32>, calendar: &Calendar) -> Value {
    let a_day = calendar.intervals_a_day();
    match profile {
        Profile::Constant(heads) => of_day(&[*heads]),
        Profile::Weekly { days, .. } => {
            let of_week = |day: &Vec<u32>| {
                let each = day.len().div_ceil(a_day).max(1);
                day.iter().step_by(each).copied().collect::<Vec<u32>>()
            };
            if days.iter().all(|day| *day == days[0]) {
                return of_day(&of_week(&days[0]));
            }
            let days = WEEKDAYS.iter().zip(days.iter());
            heads(&PlannedStaff {
                group: String::new(),
                days: days
                    .map(|(name, day)| (Some(*name), of_week(day)))
                    .collect(),
            })
        }
        Profile::Dated { .. } => {
            let mut lists = vec![vec![0; a_day]; calendar.days().len()];
            for piece in calendar.pieces() {
                let interval = piece.time_of_day.0 / calendar.interval().0;
                let interval = usize::try_from(interval).unwrap_or(0);
                // An hour that comes twice has the heads of whichever are more.
                let heads = &mut lists[piece.day as usize][interval];
                *heads = profile.at(&piece).max(*heads);
            }
            let dates = calendar.days().iter().zip(&lists);
            let entries = dates.map(|(day, list)| entry(&day.date.to_string(), of_day(list)));
            Value::Table(Table {
                entries: entries.collect(),
            })
        }
    }
}

/// The rows of a group's duties. Whose duty has been over for long has the next one, so no two of an agent are read as one.
fn rows_of(group: &str, duties: &Duties) -> Vec<RosterRow> {
    let teams = duties.days.iter().flatten();
    let mut all: Vec<(SimTime, &AgentDuty)> = teams
        .flat_map(|team| {
            let agents = team.agents.clone();
            agents.map(|agent| (team.begins_at, &duties.agents[agent as usize]))
        })
        .collect();
    all.sort_by_key(|(begins_at, _)| *begins_at);
    let mut free_at: Vec<SimTime> = Vec::new();
    let mut rows = Vec::new();
    for (begins_at, duty) in all {
        let spans = duty.at_work.iter().chain(&duty.paid);
        let Some(end) = spans.map(|span| span.to).max() else {
            continue;
        };
        let free = free_at.iter().position(|free_at| *free_at <= begins_at);
        let number = free.unwrap_or_else(|| {
            free_at.push(begins_at);
            free_at.len() - 1
        });
        free_at[number] = begins_at + end + REST;
        let agent = format!("{group} {}", number + 1);
        rows.extend(rows_of_duty(&agent, group, begins_at, duty));
    }
    rows
}

/// Work, and what is paid of the rest.
fn rows_of_duty(agent: &str, group: &str, begins_at: SimTime, duty: &AgentDuty) -> Vec<RosterRow> {
    let row = |span: Span, activity| RosterRow {
        agent: agent.to_owned(),
        group: group.to_owned(),
        from: begins_at + span.from,
        to: begins_at + span.to,
        activity,
    };
    let work = duty.at_work.iter();
    let work = work.map(|&span| row(span, RosterActivity::Work));
    let breaks = duty
        .paid
        .iter()
        .flat_map(|&paid| without(paid, &duty.at_work));
    let breaks = breaks.map(|span| row(span, RosterActivity::Break));
    let mut rows: Vec<RosterRow> = work.chain(breaks).collect();
    rows.sort_by_key(|row| row.from);
    rows
}

/// What of a span lies in none of others, which are in order and apart.
fn without(span: Span, others: &[Span]) -> Vec<Span> {
    let mut from = span.from;
    let mut rest = Vec::new();
    for other in others {
        if other.from > from && from < span.to {
            let to = other.from.min(span.to);
            rest.push(Span { from, to });
        }
        from = from.max(other.to);
    }
    if from < span.to {
        rest.push(Span { from, to: span.to });
    }
    rest
}
