//! The workbook while it is written: what it is about, how cells look, and where other sheets find a figure.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::grid::Kind;
use crate::report::material::Material;
use crate::stats::summary::VariantSummary;

/// The sheets that formulas point to.
pub(super) const WAGES: &str = "Wages";
pub(super) const COSTS: &str = "Costs";
pub(super) const MIXES: &str = "Mixes";

/// The workbook while it is written.
pub(super) struct Book<'a, 'b> {
    workbook: &'b mut Workbook,
    pub(super) material: &'b Material<'a>,
    pub(super) formats: Formats,
}

/// How cells look.
pub(super) struct Formats {
    pub(super) title: Format,
    pub(super) strong: Format,
    pub(super) wrapped: Format,
    pub(super) heading: Format,
    /// A cell that the reader may change.
    pub(super) input: Format,
    plain: Format,
}

impl Formats {
    fn new() -> Self {
        let heading = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_background_color(Color::RGB(0x00E3_EDF4))
            .set_border_bottom(FormatBorder::Thin);
        Self {
            title: Format::new().set_bold().set_font_size(16),
            strong: Format::new().set_bold(),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            heading,
            input: Format::new()
                .set_num_format("#,##0.00")
                .set_background_color(Color::RGB(0x00FF_F6CC))
                .set_border(FormatBorder::Thin),
            plain: Format::new(),
        }
    }

    /// Numbers of a kind.
    pub(super) fn of(&self, kind: Kind) -> Format {
        self.plain.clone().set_num_format(kind.pattern())
    }
}

impl<'a, 'b> Book<'a, 'b> {
    pub(super) fn new(workbook: &'b mut Workbook, material: &'b Material<'a>) -> Self {
        Self {
            workbook,
            material,
            formats: Formats::new(),
        }
    }

    /// A new sheet, which prints across the page, and how cells look.
    pub(super) fn sheet(&mut self, name: &str) -> Result<(&mut Worksheet, &Formats), XlsxError> {
        let sheet = self.workbook.add_worksheet();
        sheet
            .set_name(name)?
            .set_landscape()
            .set_print_fit_to_pages(1, 0);
        Ok((sheet, &self.formats))
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
