//! The workbook of a run while it is written: what it is about, and where other sheets find a figure.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::pages::{Formats, Pages};
use crate::report::material::Material;
use crate::stats::summary::VariantSummary;

/// The sheets that formulas point to.
pub(super) const WAGES: &str = "Wages";
pub(super) const COSTS: &str = "Costs";
pub(super) const MIXES: &str = "Mixes";

/// The workbook while it is written.
pub(super) struct Book<'a, 'b> {
    pages: Pages<'b>,
    pub(super) material: &'b Material<'a>,
}

impl<'a, 'b> Book<'a, 'b> {
    pub(super) fn new(pages: Pages<'b>, material: &'b Material<'a>) -> Self {
        Self { pages, material }
    }

    /// A new sheet, and how cells look.
    pub(super) fn sheet(&mut self, name: &str) -> Result<(&mut Worksheet, &Formats), XlsxError> {
        self.pages.sheet(name)
    }

    /// The mixes.
    pub(super) fn variants(&self) -> &'a [VariantSummary] {
        &self.material.summary.variants
    }

    /// Every group of every mix, in the order of the sheet of costs, with the name of its mix.
    pub(super) fn group_rows(&self) -> Vec<(&'a VariantSummary, &'a str)> {
        let variants = self.variants().iter();
        variants
            .flat_map(|variant| variant.groups.iter().map(move |(name, _)| (variant, name)))
            .collect()
    }

    /// The names of all groups, those of the base first.
    pub(super) fn group_names(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        for (_, name) in self.group_rows() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The wage that stands for a group on the sheet of wages: that of the first mix that has the group.
    pub(super) fn common_wage(&self, group: &str) -> f64 {
        let mut rows = self.group_rows().into_iter();
        let first = rows.find(|(_, name)| *name == group);
        first.map_or(0.0, |(variant, name)| self.wage(variant, name))
    }

    /// What an hour of a group of a mix costs.
    pub(super) fn wage(&self, variant: &VariantSummary, group: &str) -> f64 {
        let group = self.material.group(&variant.name, group);
        group.map_or(0.0, |group| group.wage_micros_per_hour as f64 / 1e6)
    }

    /// The columns of a table that shows queues: every name that any mix has, those of the base first.
    pub(super) fn queue_names(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        for (name, _) in self
            .variants()
            .iter()
            .flat_map(|variant| variant.queues.iter())
        {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}
