//! Counting the log.

use crate::scenario::log::Log;
use crate::time::{Calendar, SimDuration, SimTime};

use super::counted::{Counts, hour_of};
use super::duty::Stretch;
use super::laws::wait;

/// What the log shows by queue, day and hour.
pub(super) fn seen(
    log: &Log,
    stretches: &[Stretch],
    wrap_up: SimDuration,
    within: SimDuration,
) -> Counts {
    let calendar = &log.calendar;
    let mut counts = Counts::new(log.queues.len(), calendar.days().len());
    for contact in &log.contacts {
        let Some(hour) = hour_of(calendar, contact.arrived) else {
            continue;
        };
        let counted = counts.at(contact.queue as usize, hour);
        counted.offered += 1;
        match contact.answered {
            Some(answered) => {
                let handled = contact.released.since(answered) + wrap_up;
                counted.answer(wait(contact), handled, within);
            }
            None => counted.abandon(wait(contact), within),
        }
    }
    for stretch in stretches {
        // An hour at a time; a piece never reaches over the end of one.
        for_each_piece(calendar, stretch, |_, from, to| {
            if let Some(hour) = hour_of(calendar, from) {
                let presence = counts.presence_at(hour);
                let span = to.since(from).0;
                presence.on_duty += span;
                presence.busy += if stretch.is_busy { span } else { 0 };
            }
        });
    }
    counts
}

/// Mean heads on duty by interval of the horizon, then group.
pub(super) fn heads(calendar: &Calendar, stretches: &[Stretch], groups: usize) -> Vec<Vec<f64>> {
    let lengths: Vec<SimDuration> = calendar
        .pieces()
        .map(|piece| piece.end.since(piece.start))
        .collect();
    let mut heads = vec![vec![0.0; groups]; lengths.len()];
    for stretch in stretches {
        for_each_piece(calendar, stretch, |number, from, to| {
            heads[number][stretch.group] +=
                to.since(from).as_seconds() / lengths[number].as_seconds();
        });
    }
    heads
}

/// Tells the parts of a stretch that lie in each piece of the calendar, with the piece's number.
fn for_each_piece(
    calendar: &Calendar,
    stretch: &Stretch,
    mut tell: impl FnMut(usize, SimTime, SimTime),
) {
    let mut from = stretch.from.max(SimTime::START);
    while from < stretch.to {
        let Some((number, end)) = piece_of(calendar, from) else {
            return;
        };
        tell(number, from, end.min(stretch.to));
        from = end;
    }
}

/// The number of the piece of an instant among all of the horizon, and its end.
pub(super) fn piece_of(calendar: &Calendar, at: SimTime) -> Option<(usize, SimTime)> {
    if at < SimTime::START || at >= calendar.end() {
        return None;
    }
    let day = calendar.days().partition_point(|day| day.start <= at) - 1;
    let before: usize = (0..day).map(|day| calendar.pieces_in(day)).sum();
    let pieces = calendar.pieces_in(day);
    // Pieces are short where the clocks change alone, so the first guess is nearly always right.
    let elapsed = at.since(calendar.days()[day].start).0 / calendar.step().0;
    let mut index = usize::try_from(elapsed).unwrap_or(0).min(pieces - 1);
    while calendar.piece(day, index).end <= at {
        index += 1;
    }
    Some((before + index, calendar.piece(day, index).end))
}
