//! What is to be known of a queue to count its contacts, worked out once.

use crate::ids::QueueId;
use crate::scenario::model::{Model, ServiceLevelTarget};
use crate::time::calendar::Calendar;
use crate::time::hours::OpenClock;

/// How the contacts of a queue are counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) deferred: bool,
    pub(super) level: Option<&'a ServiceLevelTarget>,
    /// Whether the response of the answered is their wait; it is then copied at the end.
    pub(super) response_is_wait: bool,
    /// Whether customers of other queues come here.
    pub(super) takes_moved: bool,
}

impl<'a> Rules<'a> {
    pub(super) fn of(model: &'a Model, queue: QueueId) -> Self {
        let deferred = model.queues[queue].deferred;
        let target = model.queues[queue].target.as_ref();
        let level = target.and_then(|target| target.service_level.as_ref());
        let mut moves = model.sources.values().flat_map(|source| &source.moves);
        Self {
            calendar: &model.calendar,
            deferred,
            level,
            response_is_wait: !deferred && level.is_none_or(|level| level.open_hours.is_none()),
            takes_moved: moves.any(|to| to.to == queue),
        }
    }

    /// The hours by which the target's clock runs, where it does not always run.
    #[inline]
    pub(super) fn open_hours(&self) -> Option<&'a OpenClock> {
        self.level?.open_hours.as_ref()
    }
}
