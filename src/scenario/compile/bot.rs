//! Bots: their sessions and how they end, and the queues that they stand in front of.

use super::centre::Scope;
use super::comeback::{comeback, factor};
use super::destination::{ROUNDING, queue_of};
use super::law::law;
use super::money::millionths;
use super::source::name;
use crate::ids::{BotId, Id, Table};
use crate::scenario::format::ScenarioFile;
use crate::scenario::journey::{Bot, BotShares};
use crate::scenario::journey_file::BotFile;
use crate::scenario::model::Queue;
use crate::scenario::read::{At, NamedEntry};
use crate::scenario::scalar::{Share, Wage};
use crate::scenario::tree::digits;

/// The bots, each put in front of its queues.
pub(super) fn bots(
    file: &ScenarioFile,
    queues: &mut [Option<Queue>],
    scope: &mut Scope<'_>,
) -> Table<BotId, Bot> {
    let mut bots = Table::default();
    for entry in file.bots.iter().flat_map(|named| &named.value.entries) {
        let Some(written) = &entry.value else {
            continue;
        };
        let Some(bot) = bot(entry, written, scope) else {
            continue;
        };
        let id = bots.push(bot);
        for queue in written.queues.iter().flat_map(|queues| &queues.value) {
            let Some(number) = queue_of(&queue.value, &queue.place, scope) else {
                continue;
            };
            let Some(front) = &mut queues[number.index()] else {
                continue;
            };
            if front.journey.bot.replace(id).is_some() {
                let message = format!("the queue \"{}\" has a bot already", queue.value);
                scope.reader.report_at(&queue.place, message, None);
            }
        }
    }
    bots
}

fn bot(entry: &NamedEntry<BotFile>, file: &BotFile, scope: &mut Scope<'_>) -> Option<Bot> {
    let share = |written: &Option<At<Share>>, usual: f64| {
        written.as_ref().map_or(usual, |share| share.value.0)
    };
    let ends = BotShares {
        resolved: share(&file.resolved, 0.0),
        unresolved: share(&file.unresolved, 0.0),
        gave_up: share(&file.gave_up, 0.0),
    };
    let total = ends.resolved + ends.unresolved + ends.gave_up;
    if total > 1.0 + ROUNDING {
        let message = format!(
            "resolved, unresolved and gave_up sum to 1 at most, the rest is handed over; found a sum of {}",
            digits(total)
        );
        scope.reader.report_at(&entry.place, message, None);
    }
    let closed = file
        .closed
        .as_ref()
        .map(|queue| queue_of(&queue.value, &queue.place, scope));
    let returns = file
        .returns
        .as_ref()
        .map(|returns| comeback(&returns.value, scope));
    let session = law(
        file.session.as_ref()?,
        scope.data,
        scope.horizon,
        &mut scope.reader,
    );
    Some(Bot {
        name: name(&entry.name),
        share: share(&file.share, 1.0),
        session: session?,
        sessions: file.sessions.as_ref().map_or(u32::MAX, |sessions| {
            u32::try_from(sessions.value.0).unwrap_or(u32::MAX)
        }),
        ends,
        comeback: returns.flatten(),
        handle_time: factor(file.handle_time.as_ref()),
        patience: factor(file.patience.as_ref()),
        closed: closed.flatten(),
        session_cost_micros: micros(file.cost_per_session.as_ref()),
        resolution_cost_micros: micros(file.cost_per_resolution.as_ref()),
    })
}

fn micros(cost: Option<&At<Wage>>) -> u64 {
    cost.map_or(0, |cost| millionths(cost.value.0))
}
