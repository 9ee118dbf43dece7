//! Telephone lines: a contact holds one from its arrival to the end of its talk, or until it leaves.

use crate::ids::{Table, TrunkId};
use crate::scenario::model::Model;
use crate::sim::contacts::Contact;

/// How many lines of each bundle are free; less than none where those who were there at the start hold too many.
pub(in crate::sim) type FreeLines = Table<TrunkId, i64>;

/// Gives a contact a line, be there one or not.
pub(in crate::sim) fn hold(contact: &mut Contact, trunk: TrunkId, free_lines: &mut FreeLines) {
    free_lines[trunk] -= 1;
    contact.holds_line = true;
}

/// Gives a contact that has just come a line; `false` where none is free.
pub(in crate::sim) fn pick_up(
    contact: &mut Contact,
    trunk: TrunkId,
    free_lines: &mut FreeLines,
) -> bool {
    let is_free = free_lines[trunk] > 0;
    if is_free {
        hold(contact, trunk, free_lines);
    }
    is_free
}

/// Frees the line of a contact, if it holds one.
#[inline(always)]
pub(in crate::sim) fn hang_up(contact: &mut Contact, model: &Model, free_lines: &mut FreeLines) {
    if contact.holds_line {
        release(contact, model, free_lines);
    }
}

#[inline(never)]
fn release(contact: &mut Contact, model: &Model, free_lines: &mut FreeLines) {
    contact.holds_line = false;
    if let Some(trunk) = model.queues[contact.queue].trunk {
        free_lines[trunk] += 1;
    }
}
