//! How a mix stands to what is promised.

use crate::report::figure::promised_level;
use crate::report::material::Material;
use crate::stats::summary::{TargetSummary, VariantSummary, Verdict};

/// How a mix stands to its promises.
#[derive(Debug, Clone)]
pub(in crate::report) struct Standing<'a> {
    /// Every promise with the queue or group it is of.
    pub(in crate::report) promises: Vec<(&'a str, &'a TargetSummary)>,
}

impl<'a> Standing<'a> {
    /// Of a mix.
    pub(in crate::report) fn of(variant: &'a VariantSummary) -> Self {
        let queues = variant.queues.iter();
        let queues =
            queues.flat_map(|(name, queue)| queue.targets.iter().map(move |of| (name, of)));
        let groups = variant.groups.iter();
        let groups =
            groups.flat_map(|(name, group)| group.targets.iter().map(move |of| (name, of)));
        Self {
            promises: queues.chain(groups).collect(),
        }
    }

    /// The promises of one verdict.
    pub(in crate::report) fn of_verdict(
        &self,
        verdict: Verdict,
    ) -> Vec<(&'a str, &'a TargetSummary)> {
        let promises = self.promises.iter().copied();
        promises.filter(|(_, of)| of.verdict == verdict).collect()
    }

    /// Whether all are met beyond doubt.
    pub(in crate::report) fn is_kept(&self) -> bool {
        self.of_verdict(Verdict::Met).len() == self.promises.len()
    }

    /// By how much the promise that is kept the worst is exceeded, in parts of its limit; below zero where it falls short.
    pub(super) fn margin(&self) -> f64 {
        let margins = self.promises.iter().map(|(_, of)| {
            let beyond = of.value.mean.unwrap_or(0.0) - of.limit;
            let sign = if of.measure == "service_level" {
                1.0
            } else {
                -1.0
            };
            sign * beyond / of.limit.max(1e-9)
        });
        margins.fold(f64::INFINITY, f64::min)
    }

    /// `3 of 4 promises`.
    pub(in crate::report) fn told(&self) -> String {
        let kept = self.of_verdict(Verdict::Met).len();
        let plural = if self.promises.len() == 1 { "" } else { "s" };
        format!("{kept} of {} promise{plural}", self.promises.len())
    }
}

/// Whether a mix has every queue of the base.
pub(in crate::report) fn has_all_channels(
    material: &Material<'_>,
    variant: &VariantSummary,
) -> bool {
    let mut queues = material.base().queues.iter();
    queues.all(|(name, _)| variant.queues.find(name).is_some())
}

/// The service level that a queue promises, judged, where the mix has the queue.
pub(in crate::report) fn level<'a>(
    variant: &'a VariantSummary,
    queue: &str,
) -> Option<&'a TargetSummary> {
    variant.queues.find(queue).and_then(promised_level)
}
