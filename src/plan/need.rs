//! How many agents a real-time queue needs by itself: the queue models turned round, slot by slot, with the load that follows the arrivals
//! as contacts take time.

use std::collections::BTreeMap;

use crate::ids::QueueId;
use crate::queueing::chat::{self, Sharing};
use crate::queueing::staffing::{Goal, least};
use crate::queueing::{Load, MOST_SERVERS, QueueError, erlang_a, erlang_c, infinite};
use crate::scenario::load;
use crate::scenario::model::{Model, Queue, Server, Target};

use super::flow::Flow;
use super::grid::Grid;

/// Above so many erlangs agents with several chats are taken for ones that work as fast as they can: the exact chain grows too large.
const MOST_CHATS: f64 = 40.0;

/// What a queue needs, served by one group alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// By slot: agents at work.
    pub agents: Vec<f64>,
    /// By slot: how many of them the work takes.
    pub busy: Vec<f64>,
}

/// Which queue model is turned round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// As spreadsheets do it: each slot a steady state of its own contacts, and nobody leaves, however patient the file's customers are.
    ErlangC,
    /// The same with customers who leave after an exponential patience of the file's mean.
    ErlangA,
    /// As near as the models come: Erlang A, or C where nobody leaves, agents with several chats by their own chain, and the load that follows
    /// the arrivals.
    Closest,
}

/// How much work an agent does in an hour at best.
pub fn speed(model: &Model, queue: &Queue, server: &Server) -> f64 {
    let group = &model.groups[server.group];
    let best = load::throughput(model, group, server.at_once);
    let piece = model.calendar.piece(0, 0);
    let working = load::working_share(queue, &piece);
    let best = working.map_or(best, |share| best.min(share * f64::from(server.at_once)));
    best * server.speed
}

/// What a target asks for, as queue models read it.
pub fn goals(target: Option<&Target>) -> Vec<Goal> {
    let Some(target) = target else {
        return Vec::new();
    };
    let level = target
        .service_level
        .as_ref()
        .map(|level| Goal::ServiceLevel {
            share: level.share,
            within_s: level.within.as_seconds(),
            short_s: level.short.as_seconds(),
            definition: level.definition,
        });
    let asa = target.asa.map(|asa| Goal::Asa(asa.as_seconds()));
    let abandonment = target.abandonment.map(Goal::Abandonment);
    [level, asa, abandonment].into_iter().flatten().collect()
}

/// What a real-time queue needs if agents of one group serve it and nothing else. A queue that promises nothing needs what its work takes.
pub fn of_queue(
    model: &Model,
    grid: &Grid,
    flow: &Flow,
    (id, server): (QueueId, &Server),
    formula: Formula,
) -> Need {
    let queue = &model.queues[id];
    let speed = speed(model, queue, server);
    let goals = goals(queue.target.as_ref());
    let mut known: BTreeMap<(u64, u64), f64> = BTreeMap::new();
    let mut need = Need {
        agents: vec![0.0; grid.slots()],
        busy: vec![0.0; grid.slots()],
    };
    let loads = if formula == Formula::Closest {
        followed(grid, flow, (id, server), speed)
    } else {
        let slots = flow.order.iter();
        slots.map(|&slot| flow.work[id][slot]).collect()
    };
    for (&slot, erlangs) in flow.order.iter().zip(loads) {
        let contacts = flow.contacts[id][slot];
        if contacts <= 0.0 || erlangs <= 0.0 {
            continue;
        }
        need.busy[slot] = erlangs / speed;
        let work_s = 3_600.0 * flow.work[id][slot] / contacts;
        let agents = known
            .entry((erlangs.to_bits(), work_s.to_bits()))
            .or_insert_with(|| agents(model, queue, server, (erlangs, work_s), &goals, formula));
        need.agents[slot] = agents.max(need.busy[slot]);
    }
    need
}

/// The work in hand if nobody waited, in the mean of each slot: it lags behind the arrivals.
fn followed(grid: &Grid, flow: &Flow, (id, server): (QueueId, &Server), speed: f64) -> Vec<f64> {
    let slots = || flow.order.iter().copied();
    let raw: Vec<f64> = slots().map(|slot| flow.work[id][slot]).collect();
    let contacts: f64 = slots().map(|slot| flow.contacts[id][slot]).sum();
    let work_s = 3_600.0 * raw.iter().sum::<f64>() / contacts;
    let elapsed_s = work_s / speed * f64::from(server.at_once);
    let rates: Vec<f64> = raw.iter().map(|work| work / elapsed_s).collect();
    let ends = infinite::mean_busy_by_interval(&rates, grid.interval.as_seconds(), elapsed_s);
    let Ok(ends) = ends else {
        return raw;
    };
    // Within a slot it nears its load from where it was: the mean of that over the slot.
    let spans = grid.interval.as_seconds() / elapsed_s;
    let near = (1.0 - (-spans).exp()) / spans;
    let begins = std::iter::once(&0.0).chain(&ends);
    let means = begins.zip(&raw).map(|(&begins, &raw)| {
        // Nobody is needed once nobody comes.
        if raw > 0.0 {
            raw + (begins - raw) * near
        } else {
            0.0
        }
    });
    means.collect()
}

fn agents(
    model: &Model,
    queue: &Queue,
    server: &Server,
    (erlangs, work_s): (f64, f64),
    goals: &[Goal],
    formula: Formula,
) -> f64 {
    let speed = speed(model, queue, server);
    let busy = erlangs / speed;
    if goals.is_empty() {
        return busy;
    }
    let patience = queue
        .patience
        .as_ref()
        .filter(|_| formula != Formula::ErlangC);
    let patience_s = patience.map(|law| load::mean(law, &model.calendar.piece(0, 0)));
    let patience_s = patience_s.filter(|patience| *patience > 0.0);
    let in_turns = model.groups[server.group].in_turns(&model.queues);
    if formula == Formula::Closest && server.at_once > 1 && !in_turns && busy <= MOST_CHATS {
        let found = with_chats(model, server, (erlangs, work_s), goals, patience_s);
        if let Ok(found) = found {
            return f64::from(found);
        }
    }
    let each_s = work_s / speed;
    let found = Load::new(busy / each_s, each_s).and_then(|load| match patience_s {
        Some(patience_s) => least(goals, 1..=MOST_SERVERS, |servers| {
            erlang_a::solve(load, servers, patience_s)
        }),
        None => least(goals, 1..=MOST_SERVERS, |servers| {
            erlang_c::solve(load, servers)
        }),
    });
    found.map_or(busy, f64::from)
}

/// The fewest agents with several contacts at a time.
fn with_chats(
    model: &Model,
    server: &Server,
    (erlangs, work_s): (f64, f64),
    goals: &[Goal],
    patience_s: Option<f64>,
) -> Result<u32, QueueError> {
    let pace = &model.groups[server.group].pace[..server.at_once as usize];
    let load = Load::new(erlangs / work_s, work_s / server.speed)?;
    least(goals, 1..=MOST_SERVERS, |agents| {
        chat::solve(load, agents, pace, patience_s, Sharing::LeastLoaded)
    })
}
