//! The sheets of a workbook while they are written, and how cells look.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::grid::Kind;
use crate::report::material::Material;
use crate::stats::summary::ScenarioLabel;

/// The sheets while they are written.
pub(super) struct Pages<'b> {
    workbook: &'b mut Workbook,
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

impl Pages<'_> {
    /// A new sheet, which prints across the page, and how cells look.
    pub(super) fn sheet(&mut self, name: &str) -> Result<(&mut Worksheet, &Formats), XlsxError> {
        let sheet = self.workbook.add_worksheet();
        sheet
            .set_name(name)?
            .set_landscape()
            .set_print_fit_to_pages(1, 0);
        Ok((sheet, &self.formats))
    }
}

/// A workbook's bytes: the same for the same sheets, since no clock is looked at.
pub(super) fn workbook(
    label: &ScenarioLabel,
    lay_out: impl FnOnce(Pages<'_>) -> Result<(), XlsxError>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A day that says nothing, so that the same report is the same file.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(&label.name)
        .set_comment(format!(
            "channelmix {}, seed {}",
            Material::VERSION,
            label.seed
        ))
        .set_creation_datetime(&day);
    workbook.set_properties(&properties);
    lay_out(Pages {
        workbook: &mut workbook,
        formats: Formats::new(),
    })?;
    workbook.save_to_buffer()
}
