//! An agent takes longer over a contact of another queue than the one it began before.

use crate::ids::{GroupId, QueueId};
use crate::sim::features::Features;
use crate::sim::observer::{Observer, Step};
use crate::sim::replicate::Replication;
use crate::sim::work::InHand;
use crate::time::SimDuration;

impl<O: Observer, F: Features> Replication<'_, O, F> {
    /// An agent begins a contact: the work that this takes in addition.
    #[inline(never)]
    pub(in crate::sim) fn switch(
        &mut self,
        group: GroupId,
        agent: u32,
        hand: &InHand,
    ) -> SimDuration {
        if !self.is_other_work(group, agent, hand.queue) {
            return SimDuration::ZERO;
        }
        let extra = self.model.groups[group].switch;
        let contact = &self.centre.contacts[hand.contact];
        let step = Step::Switched(extra);
        self.observer.stepped(self.now, contact, group, agent, step);
        extra
    }

    /// An agent turns to a contact: whether the one before was of another queue. Nobody asks where that makes no difference.
    pub(super) fn is_other_work(&mut self, group: GroupId, agent: u32, queue: QueueId) -> bool {
        let last = self.centre.last_queue[group].get_mut(agent as usize);
        last.is_some_and(|last| last.replace(queue).is_some_and(|last| last != queue))
    }
}
