//! Expected work, before anything is simulated: what `overload` holds against heads, and where a search for staffing begins.

use std::collections::BTreeMap;

use super::model::{Group, Law, Model, Queue, Staffing};
use crate::ids::{GroupId, Id, QueueId};
use crate::time::hours::WeekHours;
use crate::time::profile::Profile;
use crate::time::{Calendar, Piece, SimDuration};

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

pub(super) fn pieces(calendar: &Calendar, day: usize) -> impl Iterator<Item = Piece> + '_ {
    (0..calendar.pieces_in(day)).map(move |index| calendar.piece(day, index))
}

pub(super) fn hours(piece: &Piece) -> f64 {
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

/// What comes and who is there, on each kind of day.
pub(super) struct Loads<'a> {
    pub(super) model: &'a Model,
    staffing: &'a Staffing,
    /// The days to look at, each with how often it occurs.
    pub(super) days: Vec<(usize, f64)>,
    /// For each queue the sources that feed it, with the share of each.
    feeds: Vec<Vec<(&'a Profile<f64>, f64)>>,
}

impl<'a> Loads<'a> {
    pub(super) fn new(model: &'a Model, staffing: &'a Staffing) -> Self {
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

    pub(super) fn rate(&self, queue: QueueId, piece: &Piece) -> f64 {
        self.feeds[queue.index()]
            .iter()
            .map(|(rate, share)| rate.at(piece) * share)
            .sum()
    }

    pub(super) fn present(&self, group: GroupId, piece: &Piece) -> f64 {
        let Group {
            shrinkage,
            attendance,
            ..
        } = &self.model.groups[group];
        let absence = attendance.as_ref().map_or(0.0, |draws| draws.absence);
        f64::from(self.staffing.at_work(group, piece)) * (1.0 - absence) * (1.0 - shrinkage)
    }

    pub(super) fn sum(&self, of_piece: impl Fn(&Piece) -> f64) -> f64 {
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

    /// Hours of work that a queue's contacts bring, at speed 1.
    pub(super) fn hours_arriving(&self, id: QueueId, queue: &Queue) -> f64 {
        let seconds = self.sum(|piece| {
            self.rate(id, piece)
                * hours(piece)
                * accepted(queue, piece)
                * work(queue, piece)
                * left_by_bot(self.model, queue)
        });
        seconds / 3_600.0
    }
}
