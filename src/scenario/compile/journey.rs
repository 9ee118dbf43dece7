//! What contacts lead to: from what was written to what the engine reads.

use super::centre::Scope;
use super::comeback::{comeback, replies, resolution};
use super::delay::{constant, delay};
use super::destination::targets;
use super::public::public;
use crate::ids::{Id, QueueId};
use crate::scenario::defaults::{AGAIN_S, CALLBACK_TRIES, FCR_WINDOW_S, RING_S};
use crate::scenario::format::QueueFile;
use crate::scenario::journey::{
    Announce, Callback, Dialogue, Journey, Offer, Silent, Transfer, Triage,
};
use crate::scenario::journey_file::{CallbackFile, IssuesFile, TransferFile, TurnsFile};
use crate::scenario::law::LawForm;
use crate::scenario::model::IssueRules;
use crate::scenario::read::At;
use crate::time::SimDuration;

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
        dialogue: file
            .turns
            .as_ref()
            .and_then(|form| dialogue(form, file, scope)),
        triage: file.triage.as_ref().and_then(|form| {
            Some(Triage {
                share: form.value.share.as_ref()?.value.0,
                time: form.value.time.as_ref()?.value.0,
            })
        }),
    }
}

/// A chat in turns; what would end it otherwise goes with none.
fn dialogue(written: &At<TurnsFile>, file: &QueueFile, scope: &mut Scope<'_>) -> Option<Dialogue> {
    let others = [
        ("callback", file.callback.is_some()),
        ("silent", file.silent.is_some()),
        (
            "interruptible",
            file.interruptible.as_ref().is_some_and(|key| key.value),
        ),
    ];
    for (other, _) in others.into_iter().filter(|(_, is_there)| *is_there) {
        let message = format!("a chat in turns goes without {other}");
        scope.reader.report_at(&written.place, message, None);
    }
    let keys = &written.value;
    let thinking = delay(keys.thinking.as_ref()?, scope);
    let patience = match &keys.patience {
        None
        | Some(At {
            value: LawForm::Never,
            ..
        }) => None,
        Some(form) => Some(delay(form, scope)?),
    };
    Some(Dialogue {
        mean: keys.mean.as_ref()?.value.0,
        thinking: thinking?,
        patience,
    })
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
