//! What a report is made of.

use crate::scenario::Scenario;
use crate::scenario::model::Compiled;
#[cfg(feature = "xlsx")]
use crate::scenario::model::{Group, Variant};
use crate::stats::summary::{Summary, VariantSummary};
use crate::study::marginal::Marginal;

/// What the page and the workbook show: what was found, and what was assumed.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// What the run found.
    pub summary: &'a Summary,
    /// What one agent more or fewer is worth in the base, where that was asked for.
    pub marginal: Option<&'a Marginal>,
    /// What the person wrote.
    pub scenario: &'a Scenario,
    /// What it was taken for: wages and names.
    pub compiled: &'a Compiled,
}

impl<'a> Material<'a> {
    /// The version of this program.
    pub const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    /// The base.
    pub(super) fn base(&self) -> &'a VariantSummary {
        &self.summary.variants[0]
    }

    /// The currency.
    pub(super) fn currency(&self) -> &'a str {
        &self.summary.scenario.currency
    }

    /// A group of a variant as it was run.
    #[cfg(feature = "xlsx")]
    pub(super) fn group(&self, variant: &str, name: &str) -> Option<&'a Group> {
        let is_named = |own: &&Variant| own.name == variant;
        let variant = self.compiled.variants.iter().find(is_named)?;
        let mut groups = variant.model.groups.values();
        groups.find(|group| group.name.text == name)
    }

    /// Whether anything costs anything.
    pub(super) fn has_costs(&self) -> bool {
        let mut totals = self
            .summary
            .variants
            .iter()
            .map(|variant| variant.cost.total);
        totals.any(|total| total.mean.is_some_and(|mean| mean > 0.0))
    }

    /// What the horizon is called: `the week`, `the day`, `the 12 days`; of batches, their unit.
    pub(super) fn horizon(&self) -> String {
        let label = &self.summary.scenario;
        if label.batch_days.is_some() {
            return format!("a {}", label.unit());
        }
        match label.days {
            1 => "the day".to_owned(),
            7 => "the week".to_owned(),
            days => format!("the {days} days"),
        }
    }
}
