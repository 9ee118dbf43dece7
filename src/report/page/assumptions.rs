//! What was assumed: every input as the file has it.

use askama::Template;

use super::section::Section;
use crate::report::material::Material;
use crate::scenario::inputs::Input;

#[derive(Template)]
#[template(path = "assumptions.html")]
struct Assumptions<'a> {
    inputs: Vec<Input>,
    data: Vec<(String, usize)>,
    text: &'a str,
}

/// The assumptions.
pub(super) fn section(material: &Material<'_>) -> askama::Result<Section> {
    let data = material.scenario.data_files();
    let content = Assumptions {
        inputs: material.scenario.inputs(),
        data: data
            .map(|(name, content)| (name.to_owned(), content.lines().count()))
            .collect(),
        text: material.scenario.text(),
    };
    Section::new("assumptions", "What is assumed", &content)
}
