//! Telephone lines: a contact holds one from its arrival to the end of its talk, or until it leaves.

use crate::ids::{Table, TrunkId};
use crate::scenario::model::Model;
use crate::sim::contacts::Contact;
use crate::sim::observer::Observer;
use crate::sim::replicate::Replication;

impl<O: Observer> Replication<'_, O> {
    /// Takes a line for a contact that has just come; `false` where none is free.
    pub(in crate::sim) fn takes_line(&mut self, trunk: TrunkId, contact: &mut Contact) -> bool {
        let free = &mut self.centre.free_lines[trunk];
        contact.holds_line = *free > 0;
        *free -= i64::from(contact.holds_line);
        contact.holds_line
    }
}

/// Frees the line of a contact, if it holds one.
#[inline]
pub(in crate::sim) fn hang_up(
    contact: &mut Contact,
    model: &Model,
    free_lines: &mut Table<TrunkId, i64>,
) {
    if std::mem::take(&mut contact.holds_line)
        && let Some(trunk) = model.queues[contact.queue].trunk
    {
        free_lines[trunk] += 1;
    }
}
