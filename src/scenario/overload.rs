//! Expected load against heads, before anything is simulated: what a planner wants to be warned of.

use std::collections::{BTreeMap, BTreeSet};

use super::forms::WEEKDAYS;
use super::load::{
    Loads, accepted, comes_to_door, hours, left_by_bot, pieces, throughput, work, working_share,
};
use super::model::{Model, Queue, Server, Staffing};
use crate::ids::{GroupId, Id, QueueId};
use crate::time::Piece;

/// A real-time queue may lose this share of its contacts to closed doors without a warning.
const CLOSED_DOOR_SHARE: f64 = 0.05;
/// Loads are sums of many terms; so much over the heads is rounding.
const ROUNDING: f64 = 1.0 + 1e-9;

/// Looking at more steps than this would take longer than it is worth.
const MOST_STEPS: usize = 20_000_000;

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

impl Loads<'_> {
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
        let of_server = |server: &Server| {
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
