//! Customers who come again: after they left, with the same issue, or with another message of a thread.

use super::centre::Scope;
use super::delay::{delay, usual_delay};
use super::destination::targets;
use crate::ids::{GroupId, Id, Table};
use crate::scenario::journey::{Comeback, Replies, Resolution};
use crate::scenario::journey_file::{
    RepliesFile, ResolutionForm, ResolutionKeys, RetryFile, Times,
};
use crate::scenario::read::{At, hint_of};
use crate::scenario::scalar::Factor;

pub(super) fn comeback(file: &RetryFile, scope: &mut Scope<'_>) -> Option<Comeback> {
    let to = file.to.as_ref().map(|to| targets(to, scope));
    let delay = delay(file.delay.as_ref()?, scope);
    Some(Comeback {
        chance: file.chance.as_ref()?.value.0,
        delay: delay?,
        to: to.unwrap_or_default(),
        at_most: times(file.at_most.as_ref()),
        patience: factor(file.patience.as_ref()),
    })
}

pub(super) fn resolution(form: &ResolutionForm, scope: &mut Scope<'_>) -> Option<Resolution> {
    let usual = |share: f64, scope: &Scope<'_>| -> Table<GroupId, f64> {
        scope.group_names.iter().map(|_| share).collect()
    };
    match form {
        ResolutionForm::Share(share) => Some(Resolution {
            share: usual(share.value.0, scope),
            comeback: Comeback {
                chance: 1.0,
                delay: usual_delay()?,
                to: Vec::new(),
                at_most: u32::MAX,
                patience: 1.0,
            },
        }),
        ResolutionForm::Keys(keys) => {
            let mut share = usual(keys.share.as_ref()?.value.0, scope);
            by_group(keys, &mut share, scope);
            let to = keys.to.as_ref().map(|to| targets(to, scope));
            let delay = match &keys.delay {
                Some(form) => delay(form, scope),
                None => usual_delay(),
            };
            Some(Resolution {
                share,
                comeback: Comeback {
                    chance: keys.chance.as_ref().map_or(1.0, |chance| chance.value.0),
                    delay: delay?,
                    to: to.unwrap_or_default(),
                    at_most: times(keys.at_most.as_ref()),
                    patience: factor(keys.patience.as_ref()),
                },
            })
        }
    }
}

fn by_group(keys: &ResolutionKeys, share: &mut Table<GroupId, f64>, scope: &mut Scope<'_>) {
    for entry in keys.groups.iter().flat_map(|groups| &groups.value.entries) {
        let number = scope
            .group_names
            .iter()
            .position(|name| *name == entry.name);
        match (number, entry.value) {
            (Some(number), Some(value)) => share[GroupId::from_index(number)] = value.0,
            (None, _) => {
                let hint = hint_of(&entry.name, scope.group_names.iter().map(String::as_str));
                let message = format!("`{}` is no group", entry.name);
                scope.reader.report_at(&entry.place, message, Some(hint));
            }
            (Some(_), None) => {}
        }
    }
}

pub(super) fn replies(file: &RepliesFile, scope: &mut Scope<'_>) -> Option<Replies> {
    let delay = delay(file.delay.as_ref()?, scope);
    let mean = file.mean.as_ref()?.value.0;
    Some(Replies {
        chance: mean / (1.0 + mean),
        delay: delay?,
        at_most: times(file.at_most.as_ref()),
        handle_time: factor(file.handle_time.as_ref()),
        same_agent: file.same_agent.as_ref().map(|within| within.value.0),
    })
}

fn times(written: Option<&At<Times>>) -> u32 {
    written.map_or(u32::MAX, |times| {
        u32::try_from(times.value.0).unwrap_or(u32::MAX)
    })
}

pub(super) fn factor(written: Option<&At<Factor>>) -> f64 {
    written.map_or(1.0, |factor| factor.value.0)
}
