//! Expected load against heads, before anything is simulated: what a planner wants to be warned of, and where a search for staffing begins.

use std::collections::{BTreeMap, BTreeSet};

use super::forms::WEEKDAYS;
use super::model::{Group, Law, Model, Queue, Staffing};
use crate::ids::{GroupId, Id, QueueId};
use crate::time::hours::WeekHours;
use crate::time::profile::Profile;
use crate::time::{Calendar, Piece, SimDuration};

/// A real-time queue may lose this share of its contacts to closed doors without a warning.
const CLOSED_DOOR_SHARE: f64 = 0.05;
/// Loads are sums of many terms; so much over the heads is rounding.
const ROUNDING: f64 = 1.0 + 1e-9;

/// Looking at more steps than this would take longer than it is worth.
const MOST_STEPS: usize = 20_000_000;

/// Contacts expected over the horizon.
pub(super) fn expected(rate: &Profile<f64>, calendar: &Calendar) -> f64 {
    if let Profile::Dated { step, days } = rate {
        return days.iter().flatten().sum::<f64>() * step.as_hours();
    }
    let of_day = |day: usize| {
        pieces(calendar, day)
            .map(|piece| rate.at(&piece) * hours(&piece))
            .sum::<f64>()
    };
    days(calendar, false)
        .into_iter()
        .map(|(day, times)| times * of_day(day))
        .sum()
}

/// By queue: contacts of its own over the horizon, and hours of work that they bring at speed 1; what follows from them is left out.
pub(super) fn own_weeks(model: &Model) -> Vec<(f64, f64)> {
    let nobody = Staffing {
        heads: model.groups.ids().map(|_| Profile::Constant(0)).collect(),
        duties: model.groups.ids().map(|_| None).collect(),
    };
    let loads = Loads::new(model, &nobody);
    let of_queue = |id: QueueId| {
        let queue = &model.queues[id];
        let contacts = loads.sum(|piece| loads.rate(id, piece) * hours(piece));
        (contacts, loads.hours_arriving(id, queue))
    };
    model.queues.ids().map(of_queue).collect()
}

/// What is out of proportion in a variant, each with the queue that it is about.
pub(super) fn warnings(model: &Model, staffing: &Staffing) -> Vec<(QueueId, String)> {
    let loads = Loads::new(model, staffing);
    let steps: usize = loads
        .days
        .iter()
        .map(|(day, _)| model.calendar.pieces_in(*day))
        .sum();
    if steps.saturating_mul(model.queues.len()) > MOST_STEPS {
        let message = "load and heads were not compared beforehand: the horizon has too many steps";
        return model
            .queues
            .ids()
            .take(1)
            .map(|id| (id, message.to_owned()))
            .collect();
    }
    let mut warnings = loads.closed_doors();
    warnings.extend(loads.overloaded_pools());
    for (id, queue) in model.queues.iter().filter(|(_, queue)| !queue.deferred) {
        warnings.extend(
            loads
                .overloaded_intervals(id, queue)
                .map(|message| (id, message)),
        );
    }
    warnings
}

/// The days to look at, each with how often it occurs: one of each weekday where nothing goes by date.
fn days(calendar: &Calendar, by_date: bool) -> Vec<(usize, f64)> {
    let all = calendar.days();
    let mut seen: BTreeMap<u8, usize> = BTreeMap::new();
    let mut days: Vec<(usize, f64)> = Vec::new();
    for (number, day) in all.iter().enumerate() {
        let is_regular = day.end.since(day.start) == SimDuration::DAY;
        match seen.get(&day.weekday) {
            Some(at) if is_regular && !by_date => days[*at].1 += 1.0,
            _ => {
                if is_regular {
                    seen.insert(day.weekday, days.len());
                }
                days.push((number, 1.0));
            }
        }
    }
    days
}

fn pieces(calendar: &Calendar, day: usize) -> impl Iterator<Item = Piece> + '_ {
    (0..calendar.pieces_in(day)).map(move |index| calendar.piece(day, index))
}

fn hours(piece: &Piece) -> f64 {
    piece.end.since(piece.start).as_hours()
}

fn is_dated<T>(profile: &Profile<T>) -> bool {
    matches!(profile, Profile::Dated { .. })
}

/// Seconds of work of a mean contact, at pace and speed 1.
pub fn work(queue: &Queue, piece: &Piece) -> f64 {
    let wrap_up = queue.wrap_up.as_ref();
    mean(&queue.handle_time, piece) + wrap_up.map_or(0.0, |law| mean(law, piece))
}

/// Its mean in seconds.
pub fn mean(law: &Law, piece: &Piece) -> f64 {
    law.sampler.mean() * law.mean.as_ref().map_or(1.0, |mean| mean.at(piece))
}

/// How much of a queue's work the bot before it leaves to agents.
pub fn left_by_bot(model: &Model, queue: &Queue) -> f64 {
    queue.journey.bot.map_or(1.0, |id| {
        let bot = &model.bots[id];
        let ends = bot.ends;
        let handed_over = 1.0 - ends.resolved - ends.unresolved - ends.gave_up;
        1.0 - bot.share + bot.share * handed_over * bot.handle_time
    })
}

/// The share of contacts that come as far as the door of their queue: the bot before it does not take them in.
pub fn comes_to_door(model: &Model, queue: &Queue) -> f64 {
    let Some(bot) = queue.journey.bot.map(|id| &model.bots[id]) else {
        return 1.0;
    };
    let ends = bot.ends;
    let contained = match bot.closed {
        Some(_) => 1.0,
        None => ends.resolved + ends.unresolved + ends.gave_up,
    };
    1.0 - bot.share * contained
}

/// The share of a piece in which contacts are accepted.
pub fn accepted(queue: &Queue, piece: &Piece) -> f64 {
    match &queue.open {
        Some(open) if !queue.deferred => open.open_in(piece).as_hours() / hours(piece),
        _ => 1.0,
    }
}

/// The work that an agent does in an hour at best, with as many contacts open as the queue allows.
pub fn throughput(model: &Model, group: &Group, at_once: u32) -> f64 {
    if group.in_turns(&model.queues) {
        return 1.0;
    }
    let speeds = group.pace.iter().take(at_once as usize).zip(1_u32..);
    speeds
        .map(|(pace, open)| pace * f64::from(open))
        .fold(0.0, f64::max)
}

/// The part of a chat's time at an agent that is the agent's work, where it goes in turns.
pub fn working_share(queue: &Queue, piece: &Piece) -> Option<f64> {
    let dialogue = queue.journey.dialogue.as_ref()?;
    let work = work(queue, piece);
    Some(work / (work + (dialogue.mean - 1.0) * mean(&dialogue.thinking, piece)))
}

/// For each queue the sources that feed it, with the share of each.
pub fn feeds(model: &Model) -> Vec<Vec<(&Profile<f64>, f64)>> {
    let mut feeds = vec![Vec::new(); model.queues.len()];
    for source in model.sources.values() {
        let mut stay = 1.0;
        for to in &source.moves {
            feeds[to.to.index()].push((&source.arrivals_per_hour, to.share));
            stay -= to.share;
        }
        if let Some(own) = source.own {
            feeds[own.index()].push((&source.arrivals_per_hour, stay));
        }
    }
    feeds
}

struct Loads<'a> {
    model: &'a Model,
    staffing: &'a Staffing,
    days: Vec<(usize, f64)>,
    /// For each queue the sources that feed it, with the share of each.
    feeds: Vec<Vec<(&'a Profile<f64>, f64)>>,
}

impl<'a> Loads<'a> {
    fn new(model: &'a Model, staffing: &'a Staffing) -> Self {
        let laws = model
            .queues
            .values()
            .flat_map(|queue| [Some(&queue.handle_time), queue.wrap_up.as_ref()]);
        let by_date = laws.flatten().any(|law| law.mean.is_some())
            || model
                .sources
                .values()
                .any(|source| is_dated(&source.arrivals_per_hour))
            || staffing.heads.values().any(is_dated)
            || model
                .queues
                .values()
                .any(|queue| queue.open.as_ref().is_some_and(WeekHours::is_dated));
        Self {
            model,
            staffing,
            days: days(&model.calendar, by_date),
            feeds: feeds(model),
        }
    }

    fn rate(&self, queue: QueueId, piece: &Piece) -> f64 {
        self.feeds[queue.index()]
            .iter()
            .map(|(rate, share)| rate.at(piece) * share)
            .sum()
    }

    fn present(&self, group: GroupId, piece: &Piece) -> f64 {
        let Group {
            shrinkage,
            attendance,
            ..
        } = &self.model.groups[group];
        let absence = attendance.as_ref().map_or(0.0, |draws| draws.absence);
        f64::from(self.staffing.at_work(group, piece)) * (1.0 - absence) * (1.0 - shrinkage)
    }

    fn sum(&self, of_piece: impl Fn(&Piece) -> f64) -> f64 {
        let of_day = |day: usize| {
            pieces(&self.model.calendar, day)
                .map(|piece| of_piece(&piece))
                .sum::<f64>()
        };
        self.days
            .iter()
            .map(|(day, times)| times * of_day(*day))
            .sum()
    }

    fn closed_doors(&self) -> Vec<(QueueId, String)> {
        let mut warnings = Vec::new();
        for (id, queue) in self.model.queues.iter() {
            if queue.open.is_none() || queue.deferred {
                continue;
            }
            let all = self.sum(|piece| self.rate(id, piece) * hours(piece));
            let accepted =
                self.sum(|piece| self.rate(id, piece) * hours(piece) * accepted(queue, piece));
            let closed = (all - accepted) / all * comes_to_door(self.model, queue);
            if closed > CLOSED_DOOR_SHARE {
                let share = 100.0 * closed;
                warnings.push((
                    id,
                    format!(
                        "{share:.0} % of its contacts arrive while it is closed and are blocked"
                    ),
                ));
            }
        }
        warnings
    }

    /// Queues and groups that share work, where the work of the horizon exceeds the time of the agents.
    fn overloaded_pools(&self) -> Vec<(QueueId, String)> {
        let mut warnings = Vec::new();
        for pool in self.pools() {
            let work: f64 = pool.iter().map(|queue| self.hours_of_work(*queue)).sum();
            let queues = pool.iter().map(|queue| &self.model.queues[*queue]);
            let groups: BTreeSet<GroupId> = queues
                .flat_map(|queue| queue.servers.iter().map(|server| server.group))
                .collect();
            let time: f64 = groups
                .iter()
                .map(|group| self.hours_of_agents(*group))
                .sum();
            if work > time * ROUNDING {
                let queues = names(
                    pool.iter()
                        .map(|queue| &self.model.queues[*queue].name.text),
                );
                let groups = names(
                    groups
                        .iter()
                        .map(|group| &self.model.groups[*group].name.text),
                );
                let message = format!(
                    "over the horizon {work:.0} h of work are expected on {queues}, more than the {time:.0} h that {groups} can do"
                );
                warnings.push((pool[0], message));
            }
        }
        warnings
    }

    fn hours_of_work(&self, id: QueueId) -> f64 {
        let queue = &self.model.queues[id];
        let speed = queue
            .servers
            .iter()
            .map(|server| server.speed)
            .fold(0.0, f64::max);
        let first = self.model.calendar.pieces().next();
        let open = first.map_or(0.0, |piece| {
            f64::from(queue.backlog.count) * work(queue, &piece)
        });
        (self.hours_arriving(id, queue) + open / 3_600.0) / speed
    }

    /// Hours of work that a queue's contacts bring, at speed 1.
    fn hours_arriving(&self, id: QueueId, queue: &Queue) -> f64 {
        let seconds = self.sum(|piece| {
            self.rate(id, piece)
                * hours(piece)
                * accepted(queue, piece)
                * work(queue, piece)
                * left_by_bot(self.model, queue)
        });
        seconds / 3_600.0
    }

    fn hours_of_agents(&self, id: GroupId) -> f64 {
        let group = &self.model.groups[id];
        let most = group
            .skills
            .iter()
            .map(|skill| skill.at_once)
            .max()
            .unwrap_or(1);
        let best = throughput(self.model, group, most);
        self.sum(|piece| self.present(id, piece) * best * hours(piece))
    }

    /// Queues that are connected by the groups that serve them.
    fn pools(&self) -> Vec<Vec<QueueId>> {
        let mut pool_of: Vec<usize> = (0..self.model.queues.len()).collect();
        for group in self.model.groups.values() {
            let members: BTreeSet<usize> = group
                .skills
                .iter()
                .map(|skill| pool_of[skill.queue.index()])
                .collect();
            if let Some(first) = members.first() {
                for pool in &mut pool_of {
                    if members.contains(pool) {
                        *pool = *first;
                    }
                }
            }
        }
        let mut pools: BTreeMap<usize, Vec<QueueId>> = BTreeMap::new();
        for (number, pool) in pool_of.into_iter().enumerate() {
            pools
                .entry(pool)
                .or_default()
                .push(QueueId::from_index(number));
        }
        pools.into_values().collect()
    }

    /// The intervals in which a queue's own load exceeds the heads of all groups that may serve it.
    fn overloaded_intervals(&self, id: QueueId, queue: &Queue) -> Option<String> {
        let interval = self.model.calendar.interval();
        let mut over: BTreeSet<(u8, u64)> = BTreeSet::new();
        let mut worst = (0.0, 0.0);
        for (day, _) in &self.days {
            let mut by_interval: BTreeMap<(u8, u64), (f64, f64, f64)> = BTreeMap::new();
            for piece in pieces(&self.model.calendar, *day) {
                let sums = by_interval
                    .entry((piece.weekday, piece.time_of_day.0 / interval.0))
                    .or_default();
                let hours = hours(&piece);
                sums.0 += hours;
                sums.1 += hours * self.load(id, queue, &piece);
                sums.2 += hours * self.capacity(queue, &piece);
            }
            for (at, (hours, load, capacity)) in by_interval {
                if load > capacity * ROUNDING {
                    over.insert(at);
                    let (load, capacity) = (load / hours, capacity / hours);
                    if load - capacity > worst.0 - worst.1 {
                        worst = (load, capacity);
                    }
                }
            }
        }
        let stretches = stretches(&over);
        let (weekday, from, to) = stretches.first()?;
        let more = match stretches.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let clock = |slot: u64| {
            let minutes = slot * interval.0 / 60_000_000;
            format!("{:02}:{:02}", minutes / 60, minutes % 60)
        };
        Some(format!(
            "its own load exceeds the heads that may serve it: {} {}-{}{more} (at worst {:.1} erlangs for {:.1} heads)",
            WEEKDAYS[usize::from(*weekday)],
            clock(*from),
            clock(*to),
            worst.0,
            worst.1
        ))
    }

    /// Erlangs of a queue, at the speed of its fastest group.
    fn load(&self, id: QueueId, queue: &Queue, piece: &Piece) -> f64 {
        let speed = queue
            .servers
            .iter()
            .map(|server| server.speed)
            .fold(0.0, f64::max);
        let per_hour = self.rate(id, piece) * accepted(queue, piece);
        let work = work(queue, piece) * left_by_bot(self.model, queue);
        per_hour * work / 3_600.0 / speed
    }

    /// Heads that may serve a queue, each counted by the work that it does at best.
    fn capacity(&self, queue: &Queue, piece: &Piece) -> f64 {
        let working = working_share(queue, piece);
        let of_server = |server: &super::model::Server| {
            let group = &self.model.groups[server.group];
            let best = throughput(self.model, group, server.at_once);
            let best = working.map_or(best, |share| best.min(share * f64::from(server.at_once)));
            self.present(server.group, piece) * best
        };
        queue.servers.iter().map(of_server).sum()
    }
}

/// Runs of intervals on one weekday: from the first to the end of the last.
fn stretches(intervals: &BTreeSet<(u8, u64)>) -> Vec<(u8, u64, u64)> {
    let mut stretches: Vec<(u8, u64, u64)> = Vec::new();
    for (weekday, slot) in intervals {
        match stretches.last_mut() {
            Some((last, _, to)) if last == weekday && to == slot => *to += 1,
            _ => stretches.push((*weekday, *slot, slot + 1)),
        }
    }
    stretches
}

fn names<'a>(names: impl Iterator<Item = &'a String>) -> String {
    const MOST: usize = 6;
    let names: Vec<&str> = names.map(String::as_str).collect();
    if names.len() > MOST {
        return format!(
            "{} and {} more",
            names[..MOST].join(", "),
            names.len() - MOST
        );
    }
    names.join(", ")
}
