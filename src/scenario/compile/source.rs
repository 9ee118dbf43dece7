//! Where customers come from, and where a variant sends them.

use super::centre::Scope;
use super::column::rates_by_interval;
use super::value;
use crate::ids::{Id, QueueId};
use crate::scenario::format::{ArrivalsFile, QueueFile, VariantFile};
use crate::scenario::forms::FileColumn;
use crate::scenario::model::{Move, Name, Source};
use crate::scenario::name_hash;
use crate::scenario::read::{At, NamedEntry, hint_of};
use crate::scenario::tree::digits;
use crate::time::profile::Profile;

/// How far a sum of shares may be over 1 by rounding.
const ROUNDING: f64 = 1e-9;

pub(super) fn name(text: &str) -> Name {
    Name {
        text: text.to_owned(),
        hash: name_hash(text),
    }
}

/// The source of one queue, without moves.
pub(super) fn source(
    entry: &NamedEntry<QueueFile>,
    own: Option<QueueId>,
    scope: &mut Scope<'_>,
) -> Option<Source> {
    let file = entry.value.as_ref()?;
    let arrivals = file.arrivals.as_ref()?;
    let backlog = file
        .backlog
        .as_ref()
        .map_or(0, |backlog| backlog.value.count);
    // Who finds no queue is worth what the customers of the queue are that was removed.
    let value = match own {
        Some(_) => None,
        None => value::value(file, scope),
    };
    Some(Source {
        value,
        name: name(&entry.name),
        arrivals_per_hour: rates(arrivals, scope)?,
        day_cv: arrivals.value.day_cv.as_ref().map_or(0.0, |cv| cv.value.0),
        own,
        moves: Vec::new(),
        lost_backlog: if own.is_none() { u64::from(backlog) } else { 0 },
    })
}

fn rates(arrivals: &At<ArrivalsFile>, scope: &mut Scope<'_>) -> Option<Profile<f64>> {
    let keys = &arrivals.value;
    if scope.reader.is_faulty(&arrivals.place.key) {
        return None;
    }
    match (&keys.per_hour, &keys.per_interval, &keys.file, &keys.column) {
        (Some(rate), None, None, None) => Some(Profile::Constant(rate.value.0)),
        (None, Some(list), None, None) => {
            let interval = scope.horizon.calendar.interval();
            let day = scope.horizon.calendar.intervals_a_day();
            if !scope.horizon.is_sound {
                return None;
            }
            if ![day, 7 * day].contains(&list.value.len()) {
                let message = format!(
                    "expected {day} numbers for a day or {} for a week, found {}",
                    7 * day,
                    list.value.len()
                );
                scope.reader.report_at(&list.place, message, None);
                return None;
            }
            let counts: Vec<f64> = list.value.iter().map(|count| count.value.0).collect();
            Some(rates_by_interval(&counts, interval))
        }
        (None, None, Some(_), Some(_)) => {
            let column = FileColumn {
                file: keys.file.clone(),
                column: keys.column.clone(),
            };
            scope.data.rates(&column, scope.horizon, &mut scope.reader)
        }
        _ => {
            let message = "expected exactly one of per_hour, per_interval, or file with column";
            scope.reader.report_at(&arrivals.place, message, None);
            None
        }
    }
}

/// Fills in the moves of a variant.
pub(super) fn moves(variant: &VariantFile, sources: &mut [Option<Source>], scope: &mut Scope<'_>) {
    let Some(written) = &variant.moves else {
        return;
    };
    for from in &written.value.entries {
        let Some(number) = scope
            .source_names
            .iter()
            .position(|name| *name == from.name)
        else {
            let hint = hint_of(&from.name, scope.source_names.iter().map(String::as_str));
            scope.reader.report_at(
                &from.place,
                format!("`{}` is no queue", from.name),
                Some(hint),
            );
            continue;
        };
        if from.value.as_ref().is_some_and(|to| to.entries.is_empty()) {
            let message = "expected at least one queue to move to with its share, found none";
            scope.reader.report_at(&from.place, message, None);
        }
        let mut moves = Vec::new();
        let mut total = 0.0;
        for to in from.value.iter().flat_map(|targets| &targets.entries) {
            let share = to.value.map_or(0.0, |share| share.0);
            total += share;
            let Some(&queue) = scope.queue_numbers.get(&to.name) else {
                let hint = hint_of(&to.name, scope.queue_names.iter().map(String::as_str));
                let gone = scope.source_names.contains(&to.name);
                let why = if gone { "was removed" } else { "is no queue" };
                scope.reader.report_at(
                    &to.place,
                    format!("customers cannot move to `{}`, which {why}", to.name),
                    Some(hint),
                );
                continue;
            };
            if to.name == from.name {
                let message = "customers who stay need no move: leave their share out";
                scope.reader.report_at(&to.place, message, None);
            } else if share > 0.0 {
                moves.push(Move {
                    to: QueueId::from_index(queue),
                    share,
                });
            }
        }
        if total > 1.0 + ROUNDING {
            let message = format!(
                "expected shares that sum to 1 at most, found a sum of {}",
                digits(total)
            );
            scope.reader.report_at(&from.place, message, None);
        }
        if let Some(source) = &mut sources[number] {
            source.moves = moves;
        }
    }
}
