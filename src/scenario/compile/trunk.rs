//! Telephone lines: which queue's contacts come over which.

use super::centre::Scope;
use crate::ids::{Table, TrunkId};
use crate::scenario::format::{Lines, QueueFile, ScenarioFile};
use crate::scenario::model::Queue;
use crate::scenario::problem::Place;
use crate::scenario::read::{At, Named, hint_of};

/// Gives each queue its bundle of lines, and the lines of each: first those that the file names, then those of single queues.
pub(super) fn trunks(
    file: &ScenarioFile,
    files: &Named<QueueFile>,
    queues: &mut [Option<Queue>],
    scope: &mut Scope<'_>,
) -> Table<TrunkId, u32> {
    let mut trunks = Table::default();
    for entry in file.trunks.iter().flat_map(|named| &named.value.entries) {
        let Some(trunk) = &entry.value else {
            continue;
        };
        let id = trunks.push(trunk.lines.as_ref().map_or(0, many));
        for name in trunk.queues.iter().flat_map(|names| &names.value) {
            if let Some(number) = number_of(name, scope) {
                take(&mut queues[number], id, &name.place, scope);
            }
        }
    }
    for (queue, entry) in queues.iter_mut().zip(&files.entries) {
        let lines = entry.value.as_ref().and_then(|file| file.lines.as_ref());
        if let Some(lines) = lines {
            let id = trunks.push(many(lines));
            take(queue, id, &lines.place, scope);
        }
    }
    trunks
}

fn many(lines: &At<Lines>) -> u32 {
    u32::try_from(lines.value.0).unwrap_or(u32::MAX)
}

fn number_of(name: &At<String>, scope: &mut Scope<'_>) -> Option<usize> {
    let number = scope.queue_numbers.get(&name.value).copied();
    if number.is_none() {
        let hint = hint_of(&name.value, scope.queue_names.iter().map(String::as_str));
        let message = format!("there is no queue \"{}\"", name.value);
        scope.reader.report_at(&name.place, message, Some(hint));
    }
    number
}

fn take(queue: &mut Option<Queue>, trunk: TrunkId, place: &Place, scope: &mut Scope<'_>) {
    let Some(queue) = queue else {
        return;
    };
    if queue.trunk.replace(trunk).is_some() {
        let name = &queue.name.text;
        let message = format!("the queue \"{name}\" has lines already: one bundle for each queue");
        scope.reader.report_at(place, message, None);
    }
}
