//! The breaks of a duty.

use super::super::centre::Scope;
use super::super::shift::check_minutes;
use crate::scenario::pattern::Pause;
use crate::scenario::pattern_file::{PatternFile, PauseFile};
use crate::scenario::problem::Place;
use crate::scenario::read::At;
use crate::time::{SimDuration, quantity};

/// The breaks of a pattern's duties in order, each with its place in the file.
pub(super) fn pauses<'a>(file: &'a PatternFile, scope: &mut Scope<'_>) -> Vec<(Pause, &'a Place)> {
    let breaks = file.breaks.iter().flat_map(|breaks| &breaks.value);
    let breaks = breaks.map(|written| (written, true));
    let lunch = file.lunch.iter().map(|written| (written, false));
    let mut pauses: Vec<(Pause, &Place)> = Vec::new();
    for (written, is_paid) in breaks.chain(lunch) {
        let pause = pause(written, is_paid, scope);
        pauses.extend(pause.map(|pause| (pause, &written.place)));
    }
    pauses.sort_by_key(|(pause, _)| pause.after);
    for pair in pauses.windows(2) {
        if pair[1].0.after < pair[0].0.before {
            let message = "the break may begin before the one ahead of it is over".to_owned();
            scope.reader.report_at(pair[1].1, message, None);
        }
    }
    pauses
}

/// Whether breaks lie within a duty of this length.
pub(super) fn check_within(pauses: &[(Pause, &Place)], length: SimDuration, scope: &mut Scope<'_>) {
    for (_, place) in pauses.iter().filter(|(pause, _)| pause.before > length) {
        let message = format!(
            "the break does not lie within the duty, which lasts {}",
            quantity::text(length)
        );
        scope.reader.report_at(place, message, None);
    }
}

fn pause(written: &At<PauseFile>, is_paid: bool, scope: &mut Scope<'_>) -> Option<Pause> {
    let (keys, place) = (&written.value, &written.place);
    let length = keys.length.as_ref()?;
    check_minutes(length.value.0, &length.place, scope);
    let (length, after) = (length.value.0, keys.after.as_ref()?.value.0);
    let end = SimDuration(after.0.saturating_add(length.0));
    let before = keys.before.as_ref().map_or(end, |before| before.value.0);
    if before < end {
        let message = format!(
            "there is no time for a break of {} from `after` to `before`",
            quantity::text(length)
        );
        scope.reader.report_at(place, message, None);
        return None;
    }
    let interval = scope.horizon.calendar.interval();
    check_minutes(after, place, scope);
    check_minutes(before, place, scope);
    Some(Pause {
        after,
        before,
        length,
        step: length.min(interval),
        is_paid: keys.paid.as_ref().map_or(is_paid, |paid| paid.value),
    })
}
