//! All charts of a summary, with their file names.

use std::collections::HashSet;

use thiserror::Error;

use super::picture::Picture;
use super::{
    abandonment, backlog, costs, flows, font, mixes, occupancy, render, service_level, wait,
};
use crate::stats::summary::Summary;

/// How a chart is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Scalable, for the web and for print.
    Svg,
    /// Pixels, for slides.
    Png,
}

impl Format {
    /// The end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// Why a chart could not be drawn.
#[derive(Debug, Error)]
pub enum ChartError {
    /// The font in the program can't be read.
    #[error("the shipped font can't be read")]
    Font,
    /// The drawing library refused.
    #[error("a chart could not be drawn: {reason}")]
    Drawing {
        /// What it said.
        reason: String,
    },
}

impl ChartError {
    #[expect(clippy::needless_pass_by_value, reason = "a function for map_err")]
    pub(super) fn drawing(error: impl ToString) -> Self {
        Self::Drawing {
            reason: error.to_string(),
        }
    }
}

/// Draws every chart of a summary in every format: file names and bytes.
///
/// # Errors
///
/// When the drawing library fails, which no summary should make it do.
pub fn draw_all(
    summary: &Summary,
    formats: &[Format],
) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    render_all(compose_all(summary), formats)
}

/// Pictures by the stems of their file names, in every format.
pub(super) fn render_all(
    pictures: Vec<(String, Picture)>,
    formats: &[Format],
) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    if !font::register() {
        return Err(ChartError::Font);
    }
    let mut files = Vec::new();
    for (stem, picture) in pictures {
        for format in formats {
            let bytes = match format {
                Format::Svg => render::svg(&picture)?,
                Format::Png => render::png(&picture)?,
            };
            files.push((format!("{stem}.{}", format.extension()), bytes));
        }
    }
    Ok(files)
}

/// Every chart before it is rendered, with its file's name but for the extension.
pub(super) fn compose_all(summary: &Summary) -> Vec<(String, Picture)> {
    let names: Vec<_> = summary
        .variants
        .iter()
        .map(|variant| variant.name.as_str())
        .collect();
    let mut all = Vec::new();
    for (variant, slug) in summary.variants.iter().zip(slugs(&names)) {
        let label = &summary.scenario;
        let charts = [
            ("wait", wait::compose(label, variant)),
            ("service-level", service_level::compose(label, variant)),
            ("abandonment", abandonment::compose(label, variant)),
            ("backlog", backlog::compose(label, variant)),
            ("occupancy", occupancy::compose(label, variant)),
            ("flows", flows::compose(label, variant)),
        ];
        for (chart, pictures) in charts {
            all.extend(numbered(&format!("{chart}-{slug}"), pictures));
        }
    }
    all.extend(numbered("costs", costs::compose(summary)));
    all.extend(numbered("mixes", mixes::compose(summary)));
    all
}

/// The first picture has the stem itself as its name, the next ones their number after it.
pub(super) fn numbered(
    stem: &str,
    pictures: Vec<Picture>,
) -> impl Iterator<Item = (String, Picture)> {
    (1..)
        .zip(pictures)
        .map(move |(number, picture)| match number {
            1 => (stem.to_owned(), picture),
            _ => (format!("{stem}_{number}"), picture),
        })
}

/// Most letters of a name in a file name, and most bytes: file systems allow 255 with what stands around them.
const LETTERS: usize = 60;
const BYTES: usize = 180;

/// Names as parts of file names: lower-case letters and digits of any script joined by `-`, each once.
fn slugs(names: &[&str]) -> Vec<String> {
    let mut taken = HashSet::new();
    (1..)
        .zip(names)
        .map(|(number, name)| {
            let words: Vec<String> = name
                .split(|letter: char| !(letter.is_alphanumeric() || is_mark(letter)))
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect();
            let joined = words.join("-");
            let mut slug = String::new();
            for letter in joined.chars().take(LETTERS) {
                if slug.len() + letter.len_utf8() <= BYTES {
                    slug.push(letter);
                }
            }
            if slug.is_empty() {
                slug = format!("variant-{number}");
            }
            while !taken.insert(slug.clone()) {
                slug = format!("{slug}-{number}");
            }
            slug
        })
        .collect()
}

/// Whether it belongs to the letter before it: accents, and the signs of Indian scripts and Thai that are no letters.
fn is_mark(letter: char) -> bool {
    let is_indian = ('\u{900}'..'\u{d80}').contains(&letter);
    let is_virama = is_indian && matches!(u32::from(letter) & 0x7f, 0x3c | 0x4d);
    is_virama
        || matches!(letter, '\u{300}'..='\u{36f}' | '\u{e47}'..='\u{e4e}' | '\u{3099}' | '\u{309a}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_safe_and_unique() {
        let names = [
            "base",
            "No phone!",
            "no-phone",
            "ohne Telefon & <Chat>",
            "電話なし",
            "../../etc",
            "Ärzte: docs, more",
            "A\u{308}rzte",
            "हिन्दी\\\u{202e}CON",
            "<>:\"/|?*\0",
        ];
        let expected = [
            "base",
            "no-phone",
            "no-phone-3",
            "ohne-telefon-chat",
            "電話なし",
            "etc",
            "ärzte-docs-more",
            "a\u{308}rzte",
            "हिन्दी-con",
            "variant-10",
        ];
        assert_eq!(slugs(&names), expected);
        let long = "𠀀".repeat(300);
        assert!(slugs(&[&long])[0].len() <= BYTES);
    }
}
