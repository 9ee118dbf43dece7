//! What the words mean.

use askama::Template;

use super::section::Section;
use crate::report::definitions::DEFINITIONS;

#[derive(Template)]
#[template(path = "definitions.html")]
struct Definitions {
    words: [(&'static str, &'static str); DEFINITIONS.len()],
}

/// The definitions.
pub(super) fn section() -> askama::Result<Section> {
    Section::new(
        "definitions",
        "What the words mean",
        &Definitions { words: DEFINITIONS },
    )
}
