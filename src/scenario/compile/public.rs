//! Answers that others can read, and whom they spare asking.

use super::centre::Scope;
use super::destination::queue_of;
use crate::ids::{Id, QueueId};
use crate::scenario::journey::{Deflection, Public};
use crate::scenario::journey_file::PublicFile;
use crate::scenario::model::Queue;

pub(super) fn public(file: &PublicFile, own: QueueId, scope: &mut Scope<'_>) -> Option<Public> {
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
