//! The shipped font: registering it, measuring text.

use std::sync::OnceLock;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

/// The family's name: what an SVG asks its viewer for, and the name under which the shipped font is registered.
pub(super) const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";

/// Font size of the measuring; widths are rounded to whole pixels, so a large one.
const MEASURED: f64 = 1000.0;

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    pub(super) fn style(self) -> FontStyle {
        match self {
            Self::Regular => FontStyle::Normal,
            Self::Bold => FontStyle::Bold,
        }
    }
}

/// What plotters calls the size of a text whose em is this long in a bitmap: ascent and descent together.
pub(super) fn bitmap_size(em: f64) -> f64 {
    em * 1.164_062_5
}

/// Makes the shipped font known to plotters; whether it could be read.
pub(super) fn register() -> bool {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    *REGISTERED.get_or_init(|| {
        let regular = include_bytes!("../../../assets/fonts/DejaVuSans.ttf");
        let bold = include_bytes!("../../../assets/fonts/DejaVuSans-Bold.ttf");
        register_font(FAMILY, FontStyle::Normal, regular).is_ok()
            && register_font(FAMILY, FontStyle::Bold, bold).is_ok()
    })
}

/// How wide a text is.
pub(super) fn width(text: &str, em: f64, weight: Weight) -> f64 {
    // Before the font is asked for: plotters looks it up at once.
    let registered = register();
    let font = FontDesc::new(
        FontFamily::Name(FAMILY),
        bitmap_size(MEASURED),
        weight.style(),
    );
    match font.box_size(text) {
        Ok((width, _)) if registered => f64::from(width) * em / MEASURED,
        Ok(_) | Err(_) => text.chars().count() as f64 * em * 0.7,
    }
}

/// The text, or as much of its beginning as fits, closed by an ellipsis.
pub(super) fn fit(text: &str, em: f64, weight: Weight, room: f64) -> String {
    if width(text, em, weight) <= room {
        return text.to_owned();
    }
    let mut kept = text.to_owned();
    while kept.pop().is_some() {
        let shortened = format!("{}…", kept.trim_end());
        if width(&shortened, em, weight) <= room {
            return shortened;
        }
    }
    String::new()
}

/// The text in lines that fit.
pub(super) fn wrap(text: &str, em: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), em, Weight::Regular) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(fit(word, em, Weight::Regular, room)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_letters() {
        let one = width("m", 10.0, Weight::Regular);
        assert!(
            (one - 9.74).abs() < 0.02,
            "the advance of m in DejaVu Sans is 1995/2048 em: {one}"
        );
        assert!(width("mm", 10.0, Weight::Bold) > 2.0 * one);
    }

    #[test]
    fn a_long_text_is_cut_to_its_room() {
        let cut = fit("a very long name of a variant", 12.0, Weight::Regular, 80.0);
        assert!(
            cut.ends_with('…') && width(&cut, 12.0, Weight::Regular) <= 80.0,
            "{cut}"
        );
        assert_eq!(fit("short", 12.0, Weight::Regular, 80.0), "short");
        assert_eq!(wrap("one two three", 10.0, 45.0).len(), 2);
    }
}
