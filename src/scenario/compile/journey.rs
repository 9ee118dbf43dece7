//! What contacts lead to: from what was written to what the engine reads.

use super::centre::Scope;
use super::law::law;
use super::money::millionths;
use super::source::name;
use crate::dist::Family;
use crate::ids::{BotId, GroupId, Id, QueueId, Table};
use crate::scenario::defaults::{AGAIN_S, CALLBACK_TRIES, COMEBACK_S, FCR_WINDOW_S, RING_S};
use crate::scenario::format::{QueueFile, ScenarioFile};
use crate::scenario::journey::{
    Announce, Bot, BotShares, Callback, Comeback, Deflection, Journey, Offer, Public, Replies,
    Resolution, Silent, Transfer, Triage,
};
use crate::scenario::journey_file::{
    BotFile, CallbackFile, IssuesFile, PublicFile, RepliesFile, ResolutionForm, ResolutionKeys,
    RetryFile, TargetsForm, Times, TransferFile,
};
use crate::scenario::law::LawForm;
use crate::scenario::model::{IssueRules, Law, Move, Queue};
use crate::scenario::read::{At, Named, NamedEntry, hint_of};
use crate::scenario::scalar::{Factor, ShareAboveZero};
use crate::scenario::tree::digits;
use crate::time::SimDuration;

/// How far a sum of shares may be from 1 by rounding.
const ROUNDING: f64 = 1e-9;

/// The rules for issues.
pub(super) fn rules(file: Option<&At<IssuesFile>>) -> IssueRules {
    let window = file.and_then(|issues| issues.value.window.as_ref());
    IssueRules {
        window: window.map_or(SimDuration::from_seconds(FCR_WINDOW_S), |window| {
            window.value.0
        }),
    }
}

/// What the contacts of queue `number` lead to, without a bot. Parts that could not be read are left out.
pub(super) fn journey(number: usize, file: &QueueFile, scope: &mut Scope<'_>) -> Journey {
    let own = QueueId::from_index(number);
    Journey {
        retry: file
            .retry
            .as_ref()
            .and_then(|retry| comeback(&retry.value, scope)),
        resolution: file
            .resolution
            .as_ref()
            .and_then(|form| resolution(&form.value, scope)),
        replies: file
            .replies
            .as_ref()
            .and_then(|form| replies(&form.value, scope)),
        transfer: file
            .transfer
            .as_ref()
            .and_then(|form| transfer(&form.value, own, scope)),
        bot: None,
        announce: file.announce.as_ref().and_then(|form| {
            let leave = form.value.leave.as_ref()?.value.0;
            Some(Announce { leave })
        }),
        callback: file
            .callback
            .as_ref()
            .and_then(|form| callback(form, scope)),
        silent: file.silent.as_ref().and_then(|form| {
            Some(Silent {
                share: form.value.share.as_ref()?.value.0,
                noticed: form.value.noticed.as_ref()?.value.0,
            })
        }),
        public: file
            .public
            .as_ref()
            .and_then(|form| public(&form.value, own, scope)),
        may_be_spared: false,
        triage: file.triage.as_ref().and_then(|form| {
            Some(Triage {
                share: form.value.share.as_ref()?.value.0,
                time: form.value.time.as_ref()?.value.0,
            })
        }),
    }
}

fn public(file: &PublicFile, own: QueueId, scope: &mut Scope<'_>) -> Option<Public> {
    let deflects = match &file.deflects {
        None => Vec::new(),
        Some(written) => {
            let keys = &written.value;
            let (share, lasts) = (keys.share.as_ref()?.value.0, keys.lasts.as_ref()?.value.0);
            let queues = match &keys.queues {
                None => vec![own],
                Some(names) => names
                    .value
                    .iter()
                    .filter_map(|name| queue_of(&name.value, &name.place, scope))
                    .collect(),
            };
            let deflection = |queue| Deflection {
                queue,
                share,
                lasts,
            };
            queues.into_iter().map(deflection).collect()
        }
    };
    Some(Public {
        share: file.share.as_ref()?.value.0,
        audience: file
            .audience
            .as_ref()
            .map_or(0.0, |audience| audience.value.0),
        deflects,
    })
}

/// Marks the queues whose customers public answers may spare asking.
pub(super) fn mark_spared(queues: &mut [Option<Queue>]) {
    let deflected: Vec<QueueId> = queues
        .iter()
        .flatten()
        .filter_map(|queue| queue.journey.public.as_ref())
        .flat_map(|public| public.deflects.iter().map(|deflection| deflection.queue))
        .collect();
    for queue in deflected {
        if let Some(queue) = &mut queues[queue.index()] {
            queue.journey.may_be_spared = true;
        }
    }
}

fn callback(written: &At<CallbackFile>, scope: &mut Scope<'_>) -> Option<Callback> {
    let file = &written.value;
    let offer = match (&file.when_expecting, &file.when_waiting) {
        (Some(limit), None) => Offer::Expecting(limit.value.0),
        (None, Some(limit)) => Offer::Waiting(limit.value.0),
        _ => {
            let message = "expected exactly one of when_expecting and when_waiting";
            scope.reader.report_at(&written.place, message, None);
            return None;
        }
    };
    let later = file.delay.as_ref().map(|form| delay(form, scope));
    let again = match &file.again {
        Some(form) => delay(form, scope),
        None => constant(AGAIN_S),
    };
    let tries = file.tries.as_ref().map_or(CALLBACK_TRIES, |tries| {
        u32::try_from(tries.value.0).unwrap_or(CALLBACK_TRIES)
    });
    Some(Callback {
        offer,
        accept: file.accept.as_ref()?.value.0,
        delay: match later {
            Some(later) => Some(later?),
            None => None,
        },
        reached: file.reached.as_ref().map_or(1.0, |share| share.value.0),
        ring: file
            .ring
            .as_ref()
            .map_or(SimDuration::from_seconds(RING_S), |span| span.value.0),
        tries,
        again: again?,
    })
}

fn comeback(file: &RetryFile, scope: &mut Scope<'_>) -> Option<Comeback> {
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

fn resolution(form: &ResolutionForm, scope: &mut Scope<'_>) -> Option<Resolution> {
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

fn replies(file: &RepliesFile, scope: &mut Scope<'_>) -> Option<Replies> {
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

fn transfer(file: &TransferFile, own: QueueId, scope: &mut Scope<'_>) -> Option<Transfer> {
    let written = file.to.as_ref()?;
    let to = targets(written, scope);
    if to.iter().any(|target| target.to == own) {
        let message = "a transfer goes to another queue than its own";
        scope.reader.report_at(&written.place, message, None);
    }
    Some(Transfer {
        share: file.share.as_ref()?.value.0,
        to,
        after: file.after.as_ref().map_or(1.0, |part| part.value.0),
        warm: file
            .warm
            .as_ref()
            .map_or(SimDuration::ZERO, |span| span.value.0),
    })
}

/// A delay, for which `never` is no value.
fn delay(form: &At<LawForm>, scope: &mut Scope<'_>) -> Option<Law> {
    law(form, scope.data, scope.horizon, &mut scope.reader)
}

fn constant(value: f64) -> Option<Law> {
    let sampler = Family::Constant { value }.sampler().ok()?;
    Some(Law {
        sampler,
        mean: None,
    })
}

/// After how long customers come back where the file does not say.
fn usual_delay() -> Option<Law> {
    let family = Family::Exponential { mean: COMEBACK_S };
    let sampler = family.sampler().ok()?;
    Some(Law {
        sampler,
        mean: None,
    })
}

fn times(written: Option<&At<Times>>) -> u32 {
    written.map_or(u32::MAX, |times| {
        u32::try_from(times.value.0).unwrap_or(u32::MAX)
    })
}

fn factor(written: Option<&At<Factor>>) -> f64 {
    written.map_or(1.0, |factor| factor.value.0)
}

/// Shares by queue, 1 at most in all.
fn targets(written: &At<TargetsForm>, scope: &mut Scope<'_>) -> Vec<Move> {
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

fn queue_of(
    name: &str,
    place: &crate::scenario::problem::Place,
    scope: &mut Scope<'_>,
) -> Option<QueueId> {
    let number = scope.queue_numbers.get(name).copied();
    if number.is_none() {
        let hint = hint_of(name, scope.queue_names.iter().map(String::as_str));
        let message = format!("there is no queue \"{name}\"");
        scope.reader.report_at(place, message, Some(hint));
    }
    number.map(QueueId::from_index)
}

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
    let share = |written: &Option<At<crate::scenario::scalar::Share>>, usual: f64| {
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

fn micros(cost: Option<&At<crate::scenario::scalar::Wage>>) -> u64 {
    cost.map_or(0, |cost| millionths(cost.value.0))
}
