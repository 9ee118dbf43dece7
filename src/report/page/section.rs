//! A part of the page under a heading of its own.

use askama::Template;

/// A part of the page.
#[derive(Debug)]
pub(super) struct Section {
    /// What links point to.
    pub(super) id: &'static str,
    /// Its heading.
    pub(super) title: String,
    /// Its content.
    pub(super) html: String,
}

impl Section {
    /// A section of a template.
    pub(super) fn new(
        id: &'static str,
        title: &str,
        content: &impl Template,
    ) -> askama::Result<Self> {
        Ok(Self {
            id,
            title: title.to_owned(),
            html: content.render()?,
        })
    }
}
