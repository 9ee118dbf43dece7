//! What customers are worth: from what was written to curves in whole millionths.

use super::centre::Scope;
use super::money::{amount, millionths};
use crate::scenario::format::QueueFile;
use crate::scenario::money::{Churn, ChurnChance, Converts, Curve, Value};
use crate::scenario::money_file::{ChurnFile, CurveForm, ValueFile};
use crate::scenario::read::At;
use crate::scenario::scalar::Amount;
use crate::scenario::tree::digits;
use crate::time::SimDuration;

/// What the customers of a queue are worth. Parts that could not be read are left out.
pub(super) fn value(file: &QueueFile, scope: &mut Scope<'_>) -> Option<Value> {
    let written = file.value.as_ref()?;
    let keys = &written.value;
    let of = |written: &Option<At<Amount>>| amount(written.as_ref(), 1.0);
    check_value(written, file, scope);
    let churn = keys.churn.as_ref();
    let churn = churn.and_then(|churn| self::churn(churn, scope));
    let converts = keys.converts.as_ref().and_then(|converts| {
        let keys = &converts.value;
        let share = curve(keys.share.as_ref(), Slope::Falls, scope);
        Some(Converts {
            share: share?,
            revenue: amount(Some(keys.revenue.as_ref()?), 1.0),
        })
    });
    Some(Value {
        abandoned: of(&keys.abandoned),
        blocked: of(&keys.blocked),
        late: of(&keys.late),
        lost: of(&keys.lost),
        churn,
        converts,
    })
}

fn check_value(written: &At<ValueFile>, file: &QueueFile, scope: &mut Scope<'_>) {
    let keys = &written.value;
    let ValueFile {
        abandoned,
        blocked,
        late,
        lost,
        churn,
        converts,
    } = keys;
    let amounts = [abandoned, blocked, late, lost];
    let is_faulty = scope.reader.is_faulty(&written.place.key);
    if amounts.iter().all(|amount| amount.is_none())
        && churn.is_none()
        && converts.is_none()
        && !is_faulty
    {
        let message =
            "expected abandoned, blocked, late, lost, churn or converts, found none of them";
        scope.reader.report_at(&written.place, message, None);
    }
    let target = file.target.as_ref();
    let has_level = target.is_some_and(|target| target.value.within.is_some());
    if let Some(late) = late.as_ref().filter(|_| !has_level) {
        let message = "nothing is late without a time: the queue's target has no `within`";
        scope.reader.report_at(&late.place, message, None);
    }
}

fn churn(written: &At<ChurnFile>, scope: &mut Scope<'_>) -> Option<Churn> {
    let keys = &written.value;
    let of_contacts = keys.answered.is_some() || keys.abandoned.is_some() || keys.blocked.is_some();
    let of_issues = keys.resolved.is_some() || keys.lost.is_some();
    let message = match (of_contacts, of_issues) {
        (true, true) => Some(
            "chances are of contacts (answered, abandoned, blocked) or of issues (resolved, lost), not of both: a customer would count twice",
        ),
        (false, false) if !scope.reader.is_faulty(&written.place.key) => {
            Some("expected a chance: answered, abandoned, blocked, resolved or lost")
        }
        _ => None,
    };
    if let Some(message) = message {
        scope.reader.report_at(&written.place, message, None);
        return None;
    }
    let mut rising = |form: &Option<At<CurveForm>>| match form {
        Some(_) => curve(form.as_ref(), Slope::Rises, scope),
        None => Some(Curve::default()),
    };
    let chance = if of_issues {
        ChurnChance::Issues {
            resolved: rising(&keys.resolved)?,
            lost: rising(&keys.lost)?,
        }
    } else {
        let blocked = keys.blocked.as_ref().map(|share| share.value.0);
        let level = |share: f64| vec![(SimDuration::ZERO, millionths(share))];
        ChurnChance::Contacts {
            answered: rising(&keys.answered)?,
            abandoned: rising(&keys.abandoned)?,
            blocked: Curve {
                points: blocked.map_or_else(Vec::new, level),
            },
        }
    };
    Some(Churn {
        at_risk: amount(Some(keys.at_risk.as_ref()?), 1.0),
        chance,
    })
}

/// Where a curve may go as the wait grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slope {
    Rises,
    Falls,
}

/// A curve whose waits grow and whose chances go one way.
fn curve(written: Option<&At<CurveForm>>, slope: Slope, scope: &mut Scope<'_>) -> Option<Curve> {
    let points = &written?.value.0;
    let mut is_sound = true;
    for pair in points.windows(2) {
        let ((from, before), (to, after)) = (pair[0].value, pair[1].value);
        let (word, is_broken) = match slope {
            Slope::Rises => ("fall", after < before),
            Slope::Falls => ("rise", after > before),
        };
        let message = if to <= from {
            "waits grow from point to point".to_owned()
        } else if is_broken {
            format!(
                "the share must not {word} as the wait grows: {} follows {}",
                digits(after),
                digits(before)
            )
        } else {
            continue;
        };
        scope.reader.report_at(&pair[1].place, message, None);
        is_sound = false;
    }
    let points = points
        .iter()
        .map(|point| (point.value.0, millionths(point.value.1)));
    is_sound.then(|| Curve {
        points: points.collect(),
    })
}
