//! How the cost of one mix becomes that of another.

use askama::Template;

use super::section::Section;
use crate::report::material::Material;

#[derive(Template)]
#[template(path = "waterfall.html")]
struct Waterfall {}

/// From one mix to another.
pub(super) fn section(_material: &Material<'_>) -> askama::Result<Section> {
    Section::new("steps", "From one mix to another", &Waterfall {})
}
