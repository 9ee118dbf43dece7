//! What the reader came for.

use rust_xlsxwriter::{Format, XlsxError};

use super::book::Book;
use crate::report::answer::answer;
use crate::report::material::Material;

/// The answer in words, and what it rests on.
pub(super) fn write(book: &mut Book<'_, '_>) -> Result<(), XlsxError> {
    let material = book.material;
    let label = &material.summary.scenario;
    let answer = answer(material);
    let facts = facts(material);
    let (sheet, formats) = book.sheet("Summary")?;
    let headline = Format::new().set_bold().set_font_size(13).set_text_wrap();
    sheet
        .set_column_width(0, 30.0)?
        .set_column_width(1, 100.0)?;
    sheet.write_string_with_format(0, 0, &label.name, &formats.title)?;
    sheet.merge_range(2, 0, 2, 1, &answer.headline, &headline)?;
    sheet.set_row_height(2, height(&answer.headline, 105))?;
    let mut row = 4;
    for line in &answer.lines {
        sheet.merge_range(row, 0, row, 1, line, &formats.wrapped)?;
        sheet.set_row_height(row, height(line, 130))?;
        row += 1;
    }
    row += 1;
    for (name, value) in facts {
        sheet.write_string_with_format(row, 0, name, &formats.strong)?;
        sheet.write_string(row, 1, value)?;
        row += 1;
    }
    Ok(())
}

fn facts(material: &Material<'_>) -> Vec<(&'static str, String)> {
    let label = &material.summary.scenario;
    let mut facts = vec![
        (
            "Days simulated",
            format!("{} from {} ({})", label.days, label.start, label.time_zone),
        ),
        (
            "Replications",
            format!(
                "{} ({}){}",
                label.replications,
                label.stopped.words(),
                label.in_batches()
            ),
        ),
        ("Seed", label.seed.to_string()),
        ("Program", format!("channelmix {}", Material::VERSION)),
        ("Currency", label.currency.clone()),
    ];
    if material.has_costs() {
        facts.push((
            "To try other wages",
            "change the yellow cells on the sheet Wages; Costs, Queue costs and Mixes follow"
                .to_owned(),
        ));
    }
    facts
}

/// A row's height in points for a text of lines of so many letters.
fn height(text: &str, letters: usize) -> f64 {
    let lines = text.chars().count().div_ceil(letters).max(1);
    18.0 * lines as f64
}
