//! Where contacts go: queues by name, and shares among them.

use super::centre::Scope;
use crate::ids::{Id, QueueId};
use crate::scenario::journey_file::TargetsForm;
use crate::scenario::model::Move;
use crate::scenario::problem::Place;
use crate::scenario::read::{At, Named, hint_of};
use crate::scenario::scalar::ShareAboveZero;
use crate::scenario::tree::digits;

/// How far a sum of shares may be from 1 by rounding.
pub(super) const ROUNDING: f64 = 1e-9;

/// Shares by queue, 1 at most in all.
pub(super) fn targets(written: &At<TargetsForm>, scope: &mut Scope<'_>) -> Vec<Move> {
    let shares: Vec<Move> = match &written.value {
        TargetsForm::One(queue) => queue_of(&queue.value, &queue.place, scope)
            .map(|to| Move { to, share: 1.0 })
            .into_iter()
            .collect(),
        TargetsForm::Shares(named) => by_queue(named, scope),
    };
    let total: f64 = shares.iter().map(|target| target.share).sum();
    if total > 1.0 + ROUNDING {
        let message = format!(
            "expected shares that sum to 1 at most, found a sum of {}",
            digits(total)
        );
        scope.reader.report_at(&written.place, message, None);
    }
    shares
}

fn by_queue(named: &Named<ShareAboveZero>, scope: &mut Scope<'_>) -> Vec<Move> {
    let mut shares = Vec::new();
    for entry in &named.entries {
        let queue = queue_of(&entry.name, &entry.place, scope);
        if let Some((to, share)) = queue.zip(entry.value) {
            shares.push(Move { to, share: share.0 });
        }
    }
    shares
}

pub(super) fn queue_of(name: &str, place: &Place, scope: &mut Scope<'_>) -> Option<QueueId> {
    let number = scope.queue_numbers.get(name).copied();
    if number.is_none() {
        let hint = hint_of(name, scope.queue_names.iter().map(String::as_str));
        let message = format!("there is no queue \"{name}\"");
        scope.reader.report_at(place, message, Some(hint));
    }
    number.map(QueueId::from_index)
}
