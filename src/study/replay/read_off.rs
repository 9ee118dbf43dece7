//! From a log to a scenario.

use serde::Serialize;

use crate::scenario::log::draft::{DraftGroup, DraftQueue, Written};
use crate::scenario::log::{Draft, LeftOut, Log, LogMap};
use crate::time::instant::MICROS_PER_HOUR;
use crate::time::{Calendar, Piece, SimDuration};

use super::arrivals::expected;
use super::counted::{Counts, HOURS};
use super::groups::{Answered, Group, groups};
use super::laws::{Laws, Patience, laws};
use super::{duty, heads, seen};

/// Why no scenario can be read off a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadOffError {
    /// There is nobody to put on duty.
    #[error("no answered contact of the log names its agent: nobody can be put on duty")]
    NoAgents,
}

/// What the log says of a queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueueFacts {
    /// Its name.
    pub name: String,
    /// Mean handle time (s), without the map's wrap-up.
    pub handle_time_s: f64,
    /// Its coefficient of variation.
    pub handle_time_cv: f64,
    /// Whether handle times of all queues were taken, since this one has few.
    pub is_handle_time_pooled: bool,
    /// `None` where nobody left.
    pub patience: Option<Patience>,
}

/// What the log says of a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupFacts {
    /// Its name.
    pub name: String,
    /// Its queues, in the order in which its agents take.
    pub skills: Vec<String>,
    /// Agents seen over all days.
    pub agents: usize,
    /// Hours on duty.
    pub on_duty_h: f64,
}

/// A scenario read off a log, and what the log shows.
#[derive(Debug)]
pub struct ReadOff {
    /// Its name.
    pub name: String,
    /// The scenario and its data files.
    pub written: Written,
    /// The queues.
    pub queues: Vec<QueueFacts>,
    /// The groups.
    pub groups: Vec<GroupFacts>,
    /// The days.
    pub calendar: Calendar,
    /// The threshold of the service level.
    pub within: SimDuration,
    /// What the log shows by queue, day and hour.
    pub observed: Counts,
    /// Rows of the log that are no contacts of the horizon.
    pub left_out: LeftOut,
    /// Queues that nobody ever answered, with their contacts: left out too.
    pub never_answered: Vec<(String, u64)>,
    /// Contacts that began before their agent had ended the one before.
    pub overlaps: u64,
    /// Answered contacts without the name of an agent.
    pub without_agent: u64,
}

/// Reads a scenario off a log. `run` is how often it is to be simulated, and the seed.
///
/// # Errors
/// When nobody can be put on duty.
pub fn read_off(
    mut log: Log,
    map: &LogMap,
    name: &str,
    run: (u64, u64),
) -> Result<ReadOff, ReadOffError> {
    let never_answered = drop_never_answered(&mut log);
    let answered = log
        .contacts
        .iter()
        .filter(|contact| contact.answered.is_some());
    let mut by_agent = vec![vec![0_u32; log.queues.len()]; log.agents];
    let mut without_agent = 0;
    for contact in answered {
        match contact.agent {
            Some(agent) => by_agent[agent as usize][contact.queue as usize] += 1,
            None => without_agent += 1,
        }
    }
    let answered = Answered::new(by_agent, log.queues.len());
    let groups = groups(&answered, map.duty.most_groups);
    if groups.is_empty() {
        return Err(ReadOffError::NoAgents);
    }
    let laws = laws(&log);
    let (stretches, overlaps) = duty::stretches(&log, &groups, &map.duty, map.wrap_up);
    let heads = heads::whole(&seen::heads(&log.calendar, &stretches, groups.len()));
    let draft = Draft {
        name: name.to_owned(),
        calendar: &log.calendar,
        start: &log.start,
        time_zone: &map.time_zone,
        promise: (map.share, map.within),
        wrap_up: map.wrap_up,
        run,
        queues: draft_queues(&log, map, &laws),
        groups: draft_groups(&log, &groups, &heads),
    };
    let written = draft.write();
    let facts = draft.groups.iter().zip(&groups).enumerate();
    let facts = facts.map(|(number, (draft, group))| {
        let own = stretches.iter().filter(|stretch| stretch.group == number);
        GroupFacts {
            name: draft.name.clone(),
            skills: draft.skills.clone(),
            agents: group.agents.len(),
            on_duty_h: own
                .map(|stretch| stretch.to.since(stretch.from).as_hours())
                .sum(),
        }
    });
    Ok(ReadOff {
        name: draft.name.clone(),
        written,
        groups: facts.collect(),
        queues: queue_facts(&log, laws),
        observed: seen::seen(&log, &stretches, map.wrap_up, map.within),
        within: map.within,
        left_out: log.left_out,
        calendar: log.calendar,
        never_answered,
        overlaps,
        without_agent,
    })
}

/// Takes out queues that nobody answered: there is no handle time and no agent for them.
fn drop_never_answered(log: &mut Log) -> Vec<(String, u64)> {
    let mut contacts = vec![0_u64; log.queues.len()];
    let mut is_answered = vec![false; log.queues.len()];
    for contact in &log.contacts {
        contacts[contact.queue as usize] += 1;
        is_answered[contact.queue as usize] |= contact.answered.is_some();
    }
    // Queues of other days than those that count have no contacts here, and go silently.
    let lost = (0..log.queues.len()).filter(|queue| !is_answered[*queue] && contacts[*queue] > 0);
    let lost = lost
        .map(|queue| (log.queues[queue].clone(), contacts[queue]))
        .collect();
    let mut kept: Vec<usize> = (0..log.queues.len())
        .filter(|queue| is_answered[*queue])
        .collect();
    kept.sort_by_key(|queue| std::cmp::Reverse(contacts[*queue]));
    let mut number = vec![None; log.queues.len()];
    for (new, old) in (0..).zip(&kept) {
        number[*old] = Some(new);
    }
    log.contacts.retain_mut(|contact| {
        let new = number[contact.queue as usize];
        contact.queue = new.unwrap_or(contact.queue);
        new.is_some()
    });
    log.queues = kept
        .iter()
        .map(|queue| log.queues[*queue].clone())
        .collect();
    lost
}

fn draft_queues(log: &Log, map: &LogMap, laws: &[Laws]) -> Vec<DraftQueue> {
    let thousandths = |mean: f64| (mean * 1e3).round() / 1e3;
    let arrivals = expected(log)
        .into_iter()
        .map(|means| means.into_iter().map(thousandths).collect());
    let queues = log.queues.iter().zip(laws).zip(arrivals);
    queues
        .map(|((name, laws), arrivals)| DraftQueue {
            name: name.clone(),
            remark: remark(laws),
            handle_time: laws.handle_time.clone(),
            handle_means_s: laws
                .hourly_means_s
                .map(|means| by_interval(&log.calendar, &means)),
            patience: laws
                .patience
                .as_ref()
                .map(|patience| patience.family.clone()),
            priority: map.priority(name),
            arrivals,
        })
        .collect()
}

/// Means by hour of the day as means by interval of the horizon.
fn by_interval(calendar: &Calendar, means: &[f64; HOURS]) -> Vec<f64> {
    let hour = |piece: Piece| usize::try_from(piece.time_of_day.0 / MICROS_PER_HOUR).unwrap_or(0);
    let tenths = |mean: f64| (mean * 10.0).round() / 10.0;
    let pieces = calendar.pieces();
    pieces
        .map(|piece| tenths(means[hour(piece).min(HOURS - 1)]))
        .collect()
}

fn remark(laws: &Laws) -> String {
    let handle_time = if laws.is_handle_time_pooled {
        "handle times of all queues"
    } else {
        "own handle times"
    };
    match &laws.patience {
        None => format!("{handle_time}; nobody left"),
        Some(patience) if patience.is_pooled => format!("{handle_time}; patience of all queues"),
        Some(patience) => format!("{handle_time}; patience from {} who left", patience.left),
    }
}

fn draft_groups(log: &Log, groups: &[Group], heads: &[Vec<u32>]) -> Vec<DraftGroup> {
    let draft = |(number, group): (usize, &Group)| DraftGroup {
        name: format!("group {}", number + 1),
        remark: format!(
            "{} agents over all days, {} contacts",
            group.agents.len(),
            group.contacts
        ),
        skills: group
            .skills
            .iter()
            .map(|queue| log.queues[*queue].clone())
            .collect(),
        heads: heads.iter().map(|interval| interval[number]).collect(),
    };
    groups.iter().enumerate().map(draft).collect()
}

fn queue_facts(log: &Log, laws: Vec<Laws>) -> Vec<QueueFacts> {
    let facts = log.queues.iter().zip(laws);
    facts
        .map(|(name, laws)| QueueFacts {
            name: name.clone(),
            handle_time_s: laws.handle_time.mean(),
            handle_time_cv: laws.handle_time.cv(),
            is_handle_time_pooled: laws.is_handle_time_pooled,
            patience: laws.patience,
        })
        .collect()
}
