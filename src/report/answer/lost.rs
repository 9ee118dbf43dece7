//! The customers who got nothing.

use crate::stats::estimate::Estimate;
use crate::stats::summary::VariantSummary;

/// Customers lost: issues that were given up where issues are followed, else contacts that nobody answered.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Lost {
    /// How many.
    pub(in crate::report) count: Estimate,
    /// Of the issues that ended, or of the contacts wanted.
    pub(in crate::report) share: Estimate,
    /// How many more than in the base.
    pub(in crate::report) more: Option<Estimate>,
    /// `issues` or `contacts`.
    pub(in crate::report) things: &'static str,
    /// Where the number stands among the figures of a run.
    pub(in crate::report) count_path: &'static str,
    /// Where the share stands, or its complement.
    pub(in crate::report) share_path: &'static str,
}

impl Lost {
    /// Of a mix.
    pub(in crate::report) fn of(variant: &VariantSummary) -> Self {
        let differences = variant.differences.as_ref();
        match &variant.issues {
            Some(issues) => Self {
                count: issues.measures.lost,
                share: issues.measures.resolved_share.complement(),
                more: differences.and_then(|of| Some(of.issues.as_ref()?.lost)),
                things: "issues",
                count_path: "issues.lost",
                share_path: "issues.resolved_share",
            },
            None => Self {
                count: variant.demand.lost,
                share: variant.demand.lost_share,
                more: differences.map(|of| of.demand.lost),
                things: "contacts",
                count_path: "demand.lost",
                share_path: "demand.lost_share",
            },
        }
    }
}
