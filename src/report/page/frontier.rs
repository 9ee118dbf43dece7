//! Cost against service, a point a mix.

use askama::Template;

use super::section::Section;
use crate::report::material::Material;

#[derive(Template)]
#[template(path = "frontier.html")]
struct Frontier {}

/// What service costs.
pub(super) fn section(_material: &Material<'_>) -> askama::Result<Section> {
    Section::new("frontier", "What service costs", &Frontier {})
}
