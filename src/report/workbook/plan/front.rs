//! The first sheet of a plan: the answer in words, the figures that it rests on, and what words mean.

use rust_xlsxwriter::{Format, FormatAlign, Formula, Worksheet, XlsxError};

use super::super::grid::{Kind, Value};
use super::super::pages::{Formats, Pages};
use crate::report::material::Material;
use crate::stats::estimate::Estimate;
use crate::stats::summary::ScenarioLabel;

/// Its name.
pub(super) const PLAN: &str = "Plan";
/// The first row of the sentences.
const SENTENCES: u32 = 2;

/// The first sheet.
pub(super) struct Front {
    title: String,
    sentences: Vec<String>,
    facts: Vec<(String, Kind, Value)>,
}

impl Front {
    /// One with the answer, sentence by sentence, the most important first.
    pub(super) fn new(title: String, sentences: Vec<String>) -> Self {
        Self {
            title,
            sentences,
            facts: Vec::new(),
        }
    }

    /// Adds a figure; the cell in which it will stand, as `$B$9`.
    pub(super) fn fact(&mut self, name: impl Into<String>, kind: Kind, value: Value) -> String {
        self.facts.push((name.into(), kind, value));
        format!("$B${}", self.first() + self.facts.len())
    }

    /// The row above the first figure, counted from 1.
    fn first(&self) -> usize {
        SENTENCES as usize + self.sentences.len() + 1
    }

    /// Adds an estimate: its mean, and a line with its interval. The cell of the mean.
    pub(super) fn estimate(&mut self, name: &str, kind: Kind, figure: &Estimate) -> String {
        let cell = self.fact(name, kind, figure.mean.into());
        for (end, value) in [("lower", figure.lo), ("upper", figure.hi)] {
            if value.is_some() {
                self.fact(format!("{name}, {end} 95 %"), kind, value.into());
            }
        }
        cell
    }

    /// What was simulated, and by which program.
    pub(super) fn basis(&mut self, label: &ScenarioLabel, proof: &str) {
        let days = format!("{} from {} ({})", label.days, label.start, label.time_zone);
        let rest = [
            ("Days of the horizon", days),
            (proof, format!("{} replications", label.replications)),
            ("Seed", label.seed.to_string()),
            ("Program", format!("channelmix {}", Material::VERSION)),
        ];
        for (name, value) in rest {
            self.fact(name, Kind::Text, Value::Text(value));
        }
    }

    /// Writes the sheet, closed by what words mean.
    pub(super) fn write(
        self,
        pages: &mut Pages<'_>,
        words: &[(&str, &str)],
    ) -> Result<(), XlsxError> {
        let (sheet, formats) = pages.sheet(PLAN)?;
        sheet.set_column_width(0, 54.0)?.set_column_width(1, 96.0)?;
        sheet.write_string_with_format(0, 0, &self.title, &formats.title)?;
        let headline = Format::new().set_bold().set_font_size(13).set_text_wrap();
        let looks = std::iter::once(&headline).chain(std::iter::repeat(&formats.wrapped));
        for ((row, sentence), look) in (SENTENCES..).zip(&self.sentences).zip(looks) {
            sheet.merge_range(row, 0, row, 1, sentence, look)?;
            sheet.set_row_height(row, height(sentence, 125))?;
        }
        let first = u32::try_from(self.first()).unwrap_or(u32::MAX);
        let mut row = first;
        for (name, kind, value) in self.facts {
            sheet.write_string_with_format(row, 0, name, &formats.strong)?;
            cell(sheet, formats, row, (kind, value))?;
            row += 1;
        }
        row += 1;
        for (word, meaning) in words {
            sheet.write_string_with_format(row, 0, *word, &formats.wrapped)?;
            sheet.write_string_with_format(row, 1, *meaning, &formats.wrapped)?;
            sheet.set_row_height(row, height(meaning, 100))?;
            row += 1;
        }
        Ok(())
    }
}

/// Writes a figure beside its name, where names end.
fn cell(
    sheet: &mut Worksheet,
    formats: &Formats,
    row: u32,
    (kind, value): (Kind, Value),
) -> Result<(), XlsxError> {
    let left = |format: Format| format.set_align(FormatAlign::Left);
    let look = left(formats.of(kind));
    match value {
        Value::Nothing => {}
        Value::Text(text) => {
            sheet.write_string(row, 1, text)?;
        }
        Value::Number(number) => {
            sheet.write_number_with_format(row, 1, number, &look)?;
        }
        Value::Of(kind, number) => {
            sheet.write_number_with_format(row, 1, number, &left(formats.of(kind)))?;
        }
        Value::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(result.to_string());
            sheet.write_formula_with_format(row, 1, formula, &look)?;
        }
        Value::Input(number) => {
            let look = left(formats.input.clone());
            sheet.write_number_with_format(row, 1, number, &look)?;
        }
    }
    Ok(())
}

/// A row's height in points for a text of lines of so many letters.
fn height(text: &str, letters: usize) -> f64 {
    let lines = text.chars().count().div_ceil(letters).max(1);
    18.0 * lines as f64
}
